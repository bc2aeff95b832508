"""Opening a PO file: whether it is one, and whether it is of this very page and language. Nothing is written here."""

import os
import tempfile

import polib
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from portal.core.languages import tag_of
from portal.translation.freshness import digest_of

TRANSLATION_ID = "X-WagtailLocalize-TranslationID"
SOURCE_DIGEST = "X-Portal-Original"
_LARGEST = 5 * 1024 * 1024
_MOST_ENTRIES = 20_000


class BadFile(Exception):
    """Raised for a file that cannot be imported; its message says why, to the translator."""


def write_po(translation: Translation) -> polib.POFile:
    """The translation as a file that says what it belongs to and from which wording of the original it was made."""
    po = translation.export_po()
    po.metadata["Language"] = tag_of(translation.target_locale.language_code)
    po.metadata[SOURCE_DIGEST] = digest_of(translation.source.as_instance())
    return po


def read_po(upload: UploadedFile | None, translation: Translation) -> polib.POFile:
    """The file as a catalogue made for this very translation; raises BadFile."""
    if upload is None or upload.size == 0:
        raise BadFile(_("There was no file, or it was empty."))
    if upload.size > _LARGEST:
        raise BadFile(_("The file is too large to be a PO file."))
    po = _parse(upload.read())
    if po is None:
        raise BadFile(_("The file is not a valid PO file."))
    if len(po) > _MOST_ENTRIES:
        raise BadFile(_("The file is too large to be a PO file."))
    if TRANSLATION_ID not in po.metadata:
        raise BadFile(_("The file does not say which page it belongs to. Use the file you downloaded here."))
    if po.metadata[TRANSLATION_ID].strip() != str(translation.uuid):
        raise BadFile(_whose(po.metadata[TRANSLATION_ID].strip(), translation))
    return po


def is_older(po: polib.POFile, translation: Translation) -> bool:
    """Whether the original was changed since the file was downloaded; unknown for files of before this was noted."""
    digest = po.metadata.get(SOURCE_DIGEST, "").strip()
    return bool(digest) and digest != digest_of(translation.source.as_instance())


def _whose(uuid: str, translation: Translation) -> str:
    """Where a file belongs that was uploaded here."""
    try:
        other = Translation.objects.filter(uuid=uuid).select_related("source", "target_locale").first()
    except (ValidationError, ValueError):
        other = None
    if other is None:
        return _("The file belongs to a page that does not exist here.")
    language = other.target_locale.get_display_name()
    if other.source_id == translation.source_id:
        return _("The file is for this page, but in another language: %(language)s.") % {"language": language}
    title = other.source.object_repr
    return _("The file belongs to another page: «%(title)s» (%(language)s).") % {"title": title, "language": language}


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
