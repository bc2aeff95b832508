"""A PO file that comes back: checked before anything is written, and reported on afterwards."""

import os
import tempfile

import polib
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation

from portal.translation.editor import edit_url, strings_of
from portal.translation.views import translation_for

_TRANSLATION_ID = "X-WagtailLocalize-TranslationID"
_LARGEST = 5 * 1024 * 1024
_NAMED_AT_MOST = 5


class BadFile(Exception):
    """Raised for a file that cannot be imported; its message says why, to the translator."""


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """In place of wagtail-localize's view, which fails on files without its header and never says what was left out."""
    translation, instance = translation_for(request, translation_id)
    try:
        po = read_po(request.FILES.get("file"), translation)
    except BadFile as error:
        messages.error(request, _("Nothing was imported. %(reason)s") % {"reason": error})
    else:
        unknown = translation.import_po(po, user=request.user, tool_name="PO File")
        _report(request, translation, po, unknown)
    return redirect(get_valid_next_url_from_request(request) or edit_url(instance))


def read_po(upload: UploadedFile | None, translation: Translation) -> polib.POFile:
    """The file as a catalogue made for this very translation; raises BadFile."""
    if upload is None or upload.size == 0:
        raise BadFile(_("There was no file, or it was empty."))
    if upload.size > _LARGEST:
        raise BadFile(_("The file is too large to be a PO file."))
    po = _parse(upload.read())
    if po is None:
        raise BadFile(_("The file is not a valid PO file."))
    if _TRANSLATION_ID not in po.metadata:
        raise BadFile(_("The file does not say which page it belongs to. Use the file you downloaded here."))
    if po.metadata[_TRANSLATION_ID] != str(translation.uuid):
        raise BadFile(_("The file belongs to another page or to another language."))
    return po


def _parse(content: bytes) -> polib.POFile | None:
    # By a file's name: a text given to polib that happens to be a path would be read from the server's disk.
    with tempfile.NamedTemporaryFile(suffix=".po", delete=False) as file:
        file.write(content)
    try:
        return polib.pofile(file.name)
    except Exception:  # polib's parser raises OSError, but also whatever broken input makes of it
        return None
    finally:
        os.unlink(file.name)


def _report(request: HttpRequest, translation: Translation, po: polib.POFile, unknown: list) -> None:
    taken = sum(1 for entry in po if entry.msgstr and not entry.obsolete) - len(unknown)
    text = ngettext("%(count)d passage was imported.", "%(count)d passages were imported.", taken)
    messages.success(request, text % {"count": taken})
    if unknown:
        text = ngettext(
            "%(count)d passage was left out: the original has no such sentence any more.",
            "%(count)d passages were left out: the original has no such sentences any more.",
            len(unknown),
        )
        messages.warning(request, text % {"count": len(unknown)})
    sources = {entry.msgid for entry in po}
    wrong = (
        strings_of(translation)
        .filter(has_error=True, translation_of__data__in=sources)
        .select_related("translation_of")
    )
    for row in wrong[:_NAMED_AT_MOST]:
        messages.error(request, f"«{row.translation_of.data[:60]}»: {row.get_error()}")
