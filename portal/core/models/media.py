"""Pictures and documents. Every file lies in private storage; `portal.publishing.files` decides who may read it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.core.document_traces import Trace, traces_of
from portal.core.uploads import check_document, clean_upload
from portal.publishing.generation import raise_generation


class PortalImage(AbstractImage):
    """A picture with its rights. Its alternative text belongs to each use, so that it is translated with the page."""

    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("E.g. Photo: Department of Culture"))
    licence = models.CharField(_("licence or permission"), max_length=200, blank=True)
    is_illustration = models.BooleanField(
        _("illustration"),
        default=False,
        help_text=_("A drawing or generated picture, not a photograph of something real"),
    )
    # Which sizes exist: [{"width": 640, "height": 427, "format": "webp", "name": "images/….webp"}, …]. Written by the
    # rendition task, so that a page prints its pictures without asking for rendition rows.
    variants = models.JSONField(default=list, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence", "is_illustration")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    @property
    def focus(self) -> tuple[float, float] | None:
        """The middle of the focal point, as shares of width and height from the upper left; None if none is set."""
        area = self.get_focal_point()
        if area is None:
            return None
        return min(area.centroid_x / self.width, 1), min(area.centroid_y / self.height, 1)

    def save(self, *args, **kwargs):
        """Clean a new file before it is used: whichever door it came through, no GPS reaches the public."""
        raw = None
        if self.file and (self._state.adding or not self.file._committed):
            # Wagtail's multiple upload stores the file itself when a field has to be filled in first.
            raw = self.file.name if self.file._committed else None
            clean_upload(self)
        super().save(*args, **kwargs)
        if raw and raw != self.file.name:
            self.file.storage.delete(raw)


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class PortalDocument(AbstractDocument):
    """A file for download. It is public exactly while a public page uses it."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="vi")
    credit = models.CharField(_("issued by"), max_length=200, blank=True)
    # What the file tells beside its text, see portal.core.document_traces; None: not examined yet.
    findings = models.JSONField(null=True, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "language", "credit")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self):
        """Wagtail's form for several uploads asks before it has put the file in; then there is nothing to check yet."""
        if self.file:
            super().clean()

    def save(self, *args, **kwargs):
        """The last look at a new file: forms have said so before, code and API have not."""
        if self.file and (self._state.adding or not self.file._committed):
            check_document(self.file.name, self.file.file)
            self.findings = traces_of(self.file.name, self.file.file)
            raise_generation()  # whether the file is public was answered for the one before
        super().save(*args, **kwargs)

    @property
    def traces(self) -> list[Trace]:
        """What the file tells beside its text; files from before this was asked are examined now."""
        if self.findings is None:
            with self.file.open() as file:
                self.findings = traces_of(self.file.name, file)
            type(self).objects.filter(pk=self.pk).update(findings=self.findings)
        return [Trace(**finding) for finding in self.findings]

    @property
    def obstacles(self) -> list[Trace]:
        """Why the file may not be published; its author has to save it again without them."""
        return [trace for trace in self.traces if not trace.is_warning]
