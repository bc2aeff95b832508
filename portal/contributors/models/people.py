"""People and the departments they write for. Departments are data with dates: some merged in 2025, more will."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from portal.core.models.snippets import ReviewedSnippet


class Department(ReviewedSnippet):
    """A body of the province that answers for content, with the time it exists and the body that took over."""

    code = models.SlugField(_("code"), max_length=60, help_text=_("Short ASCII word, e.g. so-ngoai-vu"))
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text=_("The body above it"),
    )
    contact = models.TextField(_("contact"), blank=True, help_text=_("Office, address and telephone, as published"))
    valid_from = models.DateField(_("exists since"), null=True, blank=True)
    valid_until = models.DateField(_("existed until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    source = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        db_default="",
        help_text=_("Where the dates come from, for the desk alone"),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("code"),
        FieldPanel("parent"),
        FieldPanel("contact"),
        MultiFieldPanel(
            [FieldPanel("valid_from"), FieldPanel("valid_until"), FieldPanel("replaced_by")], heading=_("Validity")
        ),
        FieldPanel("source"),
    ]
    override_translatable_fields = [
        SynchronizedField("code", overridable=False),
        SynchronizedField("valid_from", overridable=False),
        SynchronizedField("valid_until", overridable=False),
        SynchronizedField("source", overridable=False),
    ]

    class Meta(ReviewedSnippet.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day lies before the first.")})
        for name in ("parent", "replaced_by"):
            if self._leads_back(name):
                raise ValidationError({name: _("This would lead round in a circle.")})

    def _leads_back(self, name: str) -> bool:
        """Whether following a relation from body to body comes back to this one."""
        body, seen = getattr(self, name), set()
        while body is not None and body.pk not in seen:
            if self.pk is not None and body.pk == self.pk:
                return True
            seen.add(body.pk)
            body = getattr(body, name)
        return False

    @property
    def is_over(self) -> bool:
        """Whether the body has ceased to exist."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @property
    def heir(self) -> "Department":
        """The body that answers today: this one, or after mergers the last successor."""
        body, seen = self, set()
        while body.is_over and body.replaced_by is not None and body.pk not in seen:
            seen.add(body.pk)
            body = body.replaced_by
        return body


class User(AbstractUser):
    """A member of staff. The department is the Vietnamese record: rights and reports follow it in every language."""

    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )

    def get_full_name(self) -> str:
        """The family name first, as it is said in Vietnam."""
        return f"{self.last_name} {self.first_name}".strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
