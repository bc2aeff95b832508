"""Pages that go public together: the three languages of a text, or several texts of one occasion."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Bundle(models.Model):
    """Several pages published in one transaction. While it waits, approving one of them does not publish it alone."""

    OPEN, SCHEDULED, PUBLISHED, REFUSED, CANCELLED = "open", "scheduled", "published", "refused", "cancelled"
    STATES = [
        (OPEN, _("being put together")),
        (SCHEDULED, _("scheduled")),
        (PUBLISHED, _("published")),
        (REFUSED, _("refused")),
        (CANCELLED, _("cancelled")),
    ]
    WAITING = (OPEN, SCHEDULED, REFUSED)

    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=OPEN, db_index=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    refusal = models.TextField(_("why it was refused"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("created by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_late(self) -> bool:
        """Whether its hour is over and it did not go out, as a scheduler with a database would have let it."""
        return self.state == self.SCHEDULED and self.publish_at < timezone.now() - timedelta(minutes=1)

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING


class BundleItem(models.Model):
    """One page of a bundle."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bundle", "page"], name="a_page_once_in_a_bundle")]

    def __str__(self) -> str:
        return f"{self.bundle_id}: {self.page_id}"
