"""What readers say of a page: whether it was useful, or what is wrong with it. No sender, no address.

After a year, or with its page, an answer is forgotten: words, page and names go, and what reports count stays, so that
the figures of a past period remain what they were.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Substr
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core.working_days import working_days_after

KEPT_DAYS = 365
_SECTION = Page.steplen * 3  # of a path


class Feedback(models.Model):
    """One answer of a reader. Its words are kept for a year; it holds nothing else of the reader.

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

    # None once the answer is forgotten; then the section is kept: its translation key, None for front pages.
    page = models.ForeignKey(Page, verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="+")
    section_key = models.UUIDField(null=True, editable=False)
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
        """What somebody has to answer for, or had to."""
        return cls.objects.filter(kind=cls.Kind.MISTAKE)

    @classmethod
    def remembered(cls) -> models.QuerySet:
        """Those whose words and page are known."""
        return cls.objects.filter(page__isnull=False)

    @property
    def is_late(self) -> bool:
        """Whether it still waits, past its day."""
        return self.state == self.State.NEW and self.answer_by is not None and self.answer_by < timezone.localdate()

    @classmethod
    def forget_old(cls) -> int:
        """Forget what was kept for its time; returns how many rows."""
        old = cls.remembered().filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
        return _forget(old)


def _forget(rows: models.QuerySet) -> int:
    """Leave of these what reports count: language, kind, section and days."""
    section = Page.objects.filter(depth=3, path=Substr(OuterRef("path"), 1, _SECTION)).values("translation_key")[:1]
    of_page = Page.objects.filter(pk=OuterRef("page_id")).annotate(section=Subquery(section)).values("section")[:1]
    return rows.update(section_key=Subquery(of_page), page=None, text="", note="", answered_by=None)


@receiver(pre_delete, sender=Page, dispatch_uid="feedback_of_a_deleted_page")
def forget_page(instance: Page, **kwargs) -> None:
    """Nothing of a deleted page can be corrected: what still waits is closed by its deletion."""
    waiting = Feedback.questions().filter(page_id=instance.pk, state=Feedback.State.NEW)
    waiting.update(state=Feedback.State.CLOSED, answered_at=timezone.now())
    _forget(Feedback.objects.filter(page_id=instance.pk))
