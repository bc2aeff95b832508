"""The administration's forms: what cannot be accepted is refused in the form, with the reason."""

import json
import re
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.log_actions import log

from portal.core.document_traces import in_short, tells_place
from portal.core.uploads import UNREADABLE, CleanFile, check_document, clean_picture, refuse_bomb
from portal.publishing.exchange import REFUSAL, is_as_read, opens

_BLOCK_KEY = re.compile(r' data-block-key=\\?"[^"\\]*\\?"')


class PictureField(WagtailImageField):
    """Wagtail's field unpacks a picture before it asks how large it is, and fails on one that ends too early."""

    def to_python(self, data):
        if isinstance(data, UploadedFile):
            with suppress(*UNREADABLE):  # what is no picture gets Wagtail's own message
                refuse_bomb(Image.open(data))
            data.seek(0)
        try:
            return super().to_python(data)
        except UNREADABLE as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class _AsRead:
    """Of a file: what a live page shows, or others have read, stays what it is. Administrators may exchange it.

    Its page went through a review, which would mean nothing if the file or the words that readers see with it could
    become others afterwards. Wagtail's forms for one file, for several and its API are all made from these forms.
    """

    # What nobody reads, and how a picture is cut.
    _FREE = {"tags", "collection", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}

    def __init__(self, *args, **kwargs):
        self._person = kwargs.get("user")
        super().__init__(*args, **kwargs)
        self._exchanged = []

    def clean(self):
        data = super().clean()
        changed = [name for name in self.changed_data if self._is_shown(name)] if self.instance.pk else []
        if not changed or not is_as_read(self.instance):
            return data
        if self._person is not None and self._person.is_superuser:
            self._exchanged = changed
            return data
        for name in changed:
            self.add_error(name, REFUSAL)
        return data

    def _is_shown(self, name: str) -> bool:
        if name == "collection":
            return opens(self.instance.collection, self.cleaned_data.get(name))
        return name not in self._FREE

    def save(self, commit=True):
        before = self.original_file.name
        saved = super().save(commit=commit)
        if self._exchanged:
            data = {"fields": self._exchanged, "file": before, "comment": ", ".join(map(self._label, self._exchanged))}
            log(instance=saved, action="portal.file.exchange", user=self._person, data=data)
        return saved

    def _label(self, name: str) -> str:
        return str(self.fields[name].label)


class PortalImageForm(_AsRead, BaseImageForm):
    """Of a picture: what is stored is the cleaned copy."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if plain := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=plain.label, required=plain.required, widget=plain.widget, max_length=plain.max_length
            )
        elif told := told_of(self.instance):  # of several uploads each form says it of its picture
            self.fields["title"].help_text = told

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if not isinstance(upload, UploadedFile):
            return upload  # the picture keeps the file it has
        upload.seek(0)
        content = upload.read()
        cleaned = CleanFile(clean_picture(upload.name, content), name=upload.name)
        self.instance.place_removed = False
        if not upload.name.lower().endswith(".svg"):
            with suppress(*UNREADABLE):  # what was noted beside the picture may be damaged where the picture is not
                self.instance.place_removed = tells_place(content)
        cleaned.image, cleaned.content_type = upload.image, upload.content_type
        return cleaned


class PortalDocumentForm(_AsRead, BaseDocumentForm):
    """Of a document: its content must be of the kind its name says. What the file tells is said beside it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Wagtail's form for several uploads has no field for the file.
        field = self.fields.get("file") or self.fields["title"]
        field.help_text = " ".join(filter(None, [str(field.help_text), *self._notes()]))
        # Were it asked for, Wagtail would keep an upload aside, and its form could not say what the file tells.
        self.fields["language"].required = False

    def _notes(self) -> list[str]:
        """What the file tells about people, and where the search could not read it."""
        if not self.instance.pk:
            return []
        traces = said_of(self.instance) if self.instance.traces else ""
        return [traces, getattr(getattr(self.instance, "search_text", None), "note", "")]

    def clean_language(self):
        return self.cleaned_data["language"] or self.instance.language

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            check_document(upload.name, upload)
        return upload


def told_of(upload: Model) -> str:
    """What whoever has just uploaded a file should know of it; of a picture, what was taken out of it."""
    if getattr(upload, "place_removed", False):
        return _("This picture told where it was taken. The place was removed from it.")
    return said_of(upload) if getattr(upload, "findings", None) else ""


def said_of(document) -> str:
    """What a document tells beside its text, and what that means for its publication."""
    found = in_short(document.traces)
    if document.obstacles:
        return _("This file cannot be published until it is saved again without: %(found)s.") % {"found": found}
    return _("Please note: %(found)s.") % {"found": found}


class PortalPageForm(WagtailAdminPageForm):
    """Of a page: the address may be left empty, it is then made from the title."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Django asks for a second, hidden field where a default is computed, such as today's date; Wagtail's
            # editor prints none, so the page would count as changed by whoever only approves it.
            field.show_hidden_initial = False
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "department" in self.fields and not self.instance.pk and self.for_user is not None:
            mine = getattr(self.for_user, "department", None)
            self.initial["department"] = mine.heir.pk if mine is not None else None

    @cached_property
    def changed_data(self) -> list[str]:
        """Names of changed fields. The keys that the text editor gives to paragraphs made by code are no change."""
        return [name for name in super().changed_data if not self._only_keys_changed(name)]

    def _only_keys_changed(self, name: str) -> bool:
        block = getattr(self.fields[name], "block", None)
        if block is None or name not in getattr(self, "cleaned_data", {}):
            return False
        values = (self.get_initial_for_field(self.fields[name], name), self.cleaned_data[name])
        before, after = (
            _BLOCK_KEY.sub("", json.dumps(block.get_prep_value(value), default=str, sort_keys=True)) for value in values
        )
        return before == after
