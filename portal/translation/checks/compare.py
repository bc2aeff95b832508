"""A passage and its translation, held against one another."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue

from portal.translation.checks.facts import facts_of

_LINK = re.compile(r'<a id="([^"]+)"')
_BREAK = re.compile(r"<br\s*/?>")


@dataclass(frozen=True)
class Remark:
    """Something to look at: `kind` for the style, words for the translator."""

    kind: str
    text: str


def plain(html: str) -> str:
    """The text of a passage."""
    return StringValue(_BREAK.sub(" ", html)).render_text()


def warnings_of(source: str, target: str, language: str, source_language: str = "vi") -> list[Remark]:
    """Numbers, dates, times, telephone numbers, addresses and links that the two do not share (inner HTML both)."""
    here = facts_of(plain(source), source_language, as_source=True)
    there = facts_of(plain(target), language)
    missing = {fact.text for fact in here.stated if not there.answers(fact)}
    found = [
        Remark("number", _("«%(text)s» of the original is not in the translation.") % {"text": fact.text})
        for fact in _once(here.stated)
        if fact.text in missing
    ]
    found += [
        Remark("number", _("«%(text)s» is in the translation but not in the original.") % {"text": fact.text})
        for fact in _once(there.stated)
        if not here.answers(fact)
    ]
    found += [
        Remark("date", _("«%(text)s» has lost its year.") % {"text": text})
        for text, year in here.dates
        if text not in missing and ("n", year) not in there.keys
    ]
    return found + _addresses(here.addresses, there.addresses) + _links(source, target)


def _once(facts) -> list:
    return list({fact.text: fact for fact in facts}.values())


def _addresses(here: set[str], there: set[str]) -> list[Remark]:
    missing = _("The address «%(text)s» of the original is not in the translation.")
    added = _("The address «%(text)s» is in the translation but not in the original.")
    return [
        *(Remark("link", missing % {"text": text}) for text in sorted(here - there)),
        *(Remark("link", added % {"text": text}) for text in sorted(there - here)),
    ]


def _links(source: str, target: str) -> list[Remark]:
    """Links of the original that are gone; unknown ones are an error already."""
    gone = [name for name in _LINK.findall(source) if name not in _LINK.findall(target)]
    return [Remark("link", _("The link %(name)s of the original is gone.") % {"name": name}) for name in gone]
