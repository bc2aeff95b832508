"""The urgent notice above every page: a closed border gate, a storm, a cancelled event."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Locale
from wagtail_localize.fields import SynchronizedField

from portal.core.models.snippets import ReviewedSnippet
from portal.publishing.generation import ends_caches


class NoticeQuerySet(models.QuerySet):
    def shown(self, locale: Locale, now: datetime | None = None):
        """What stands above the pages of a language at a moment, the newest first."""
        now = now or timezone.now()
        current = self.filter(locale=locale, live=True, shown_from__lte=now)
        return current.filter(models.Q(shown_until=None) | models.Q(shown_until__gt=now)).order_by("-shown_from", "-pk")


class Notice(ReviewedSnippet):
    """One or two sentences with a beginning and an end, reviewed and translated like a page."""

    text = models.CharField(_("notice"), max_length=300)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page with more about it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    shown_from = models.DateTimeField(_("shown from"), default=timezone.now)
    shown_until = models.DateTimeField(_("shown until"), null=True, blank=True, help_text=_("Empty: until withdrawn"))

    objects = NoticeQuerySet.as_manager()

    neutral_fields = ("shown_from", "shown_until")
    panels = [
        FieldPanel("text"),
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("shown_from"), FieldPanel("shown_until")]),
    ]
    override_translatable_fields = [
        SynchronizedField("page", overridable=False),
        SynchronizedField("shown_from", overridable=False),
        SynchronizedField("shown_until", overridable=False),
    ]

    class Meta(ReviewedSnippet.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return self.text

    @property
    def needs_translation(self) -> bool:
        return self.shown_until is None or self.shown_until > timezone.now()

    def clean(self):
        super().clean()
        if self.shown_until and self.shown_from and self.shown_until <= self.shown_from:
            raise ValidationError({"shown_until": _("The end must be after the beginning.")})


@ends_caches
def _next_change(now: datetime) -> datetime | None:
    """When a notice appears or disappears by itself."""
    live = Notice.objects.filter(live=True)
    moments = live.aggregate(
        begins=models.Min("shown_from", filter=models.Q(shown_from__gt=now)),
        ends=models.Min("shown_until", filter=models.Q(shown_until__gt=now)),
    )
    return min((moment for moment in moments.values() if moment is not None), default=None)
