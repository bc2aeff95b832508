"""What readers say of a page: whether it was useful, or what is wrong with it. No sender, no address."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.working_days import working_days_after

KEPT_DAYS = 365


class Feedback(models.Model):
    """One answer of a reader. Kept for a year; holds nothing of the reader but the words that were typed.

    A mistake that was reported is a question to the desk: somebody answers for it by a day, by correcting the page or
    by saying why nothing is to be corrected.
    """

    class Kind(models.TextChoices):
        USEFUL = "useful", _("Useful")
        NOT_USEFUL = "not-useful", _("Not useful")
        MISTAKE = "mistake", _("Mistake reported")

    class State(models.TextChoices):
        NEW = "new", _("New")
        CORRECTED = "corrected", _("Corrected")
        CLOSED = "closed", _("Closed without correction")

    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("words of the reader"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NEW, db_default="new")
    answer_by = models.DateField(_("answer by"), null=True, blank=True, editable=False)  # only of mistakes
    note = models.TextField(_("what was done"), max_length=1000, blank=True, db_default="")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page}"

    def save(self, *args, **kwargs):
        if self.kind == self.Kind.MISTAKE and self.answer_by is None:
            received = timezone.localtime(self.created_at).date()
            self.answer_by = working_days_after(received, settings.READERS_QUESTION_DAYS)
        super().save(*args, **kwargs)

    @classmethod
    def questions(cls) -> models.QuerySet:
        """What somebody has to answer for."""
        return cls.objects.filter(kind=cls.Kind.MISTAKE)

    @property
    def is_late(self) -> bool:
        """Whether it still waits, past its day."""
        return self.state == self.State.NEW and self.answer_by is not None and self.answer_by < timezone.localdate()

    @classmethod
    def forget_old(cls) -> int:
        """Delete what was kept for its time; returns how many rows."""
        return cls.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()[0]
