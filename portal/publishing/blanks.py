"""Places that somebody has still to fill in, written [[so]]: no text goes out with one."""

import re

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from portal.core.texts import texts_in
from portal.publishing.approvals import NotApproved

_BLANK = re.compile(r"\[\[(.*?)(?:\]\]|$)", re.DOTALL)


class NotFilledIn(NotApproved):
    """Raised when a text would go out that says itself what is missing in it."""


def has_blank(text: str) -> bool:
    return _BLANK.search(text) is not None


def blanks_of(obj: Model) -> list[str]:
    """The words of every blank in the fields of an object, in their order."""
    return [blank.strip() for text in _words(obj) for blank in _BLANK.findall(text)]


def refuse_blanks(obj: Model) -> None:
    """Raise NotFilledIn if something about to go public has a blank left."""
    if blanks := blanks_of(obj):
        raise NotFilledIn(
            _("Something is still to be filled in: «%(blank)s». Write it, or delete its line, and send the text again.")
            % {"blank": blanks[0]}
        )


def _words(obj: Model):
    for field in obj._meta.fields:
        value = getattr(obj, field.attname)
        if isinstance(value, (str, StreamValue)):
            yield from texts_in(value if isinstance(value, str) else value.raw_data)
