"""What the desk works with: the reviewer's checklist, deadlines, substitutes."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class ChecklistItem(models.Model):
    """A statement the confidentiality reviewer must confirm. Data: laws change, and so does the list."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    statement = models.CharField(
        _("statement"), max_length=300, help_text=_("What the reviewer confirms, in the official wording")
    )
    explanation = models.CharField(
        _("explanation"), max_length=400, blank=True, help_text=_("The rule behind it, or how to check")
    )
    may_not_apply = models.BooleanField(
        _("may not apply"),
        default=False,
        help_text=_("The reviewer may also say that the text holds nothing of the kind"),
    )
    active = models.BooleanField(_("in use"), default=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("statement"),
        FieldPanel("explanation"),
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("sort_order"), FieldPanel("active"), FieldPanel("may_not_apply")]),
    ]

    class Meta:
        verbose_name = _("item of the reviewer's checklist")
        verbose_name_plural = _("reviewer's checklist")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.statement


class ReviewDeadline(models.Model):
    """Until when a task of a workflow should be done, when its people were last reminded, and whether it had any."""

    task_state = models.OneToOneField("wagtailcore.TaskState", on_delete=models.CASCADE, related_name="deadline")
    due_at = models.DateTimeField(_("due"), db_index=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    is_stuck = models.BooleanField(_("nobody can decide"), default=False, db_default=False)

    class Meta:
        verbose_name = _("deadline of a review")
        verbose_name_plural = _("deadlines of reviews")

    def __str__(self) -> str:
        return f"{self.task_state_id}: {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def is_over(self) -> bool:
        return self.due_at < timezone.now()


class Substitution(models.Model):
    """For some days somebody else does a person's reviews. The substitute's own texts stay barred to them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("absent"), on_delete=models.CASCADE, related_name="absences"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("substitute"), on_delete=models.CASCADE, related_name="substitutions"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    panels = [
        FieldRowPanel([FieldPanel("person"), FieldPanel("substitute")]),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
    ]

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["-last_day", "pk"]

    def __str__(self) -> str:
        return f"{self.person} → {self.substitute}"

    def clean(self):
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        if self.person_id and self.person_id == self.substitute_id:
            raise ValidationError({"substitute": _("Nobody stands in for themselves.")})

    @classmethod
    def today(cls) -> models.QuerySet:
        """The substitutions of today; with a person's account ends what others may do in their place."""
        day = timezone.localdate()
        return cls.objects.filter(first_day__lte=day, last_day__gte=day, person__is_active=True)
