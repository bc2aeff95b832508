"""Until when a review should be done, and letters to those who have not done it."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task as background_task
from wagtail.admin.utils import get_latest_str
from wagtail.models import Task, TaskState
from wagtail.signals import task_submitted

from portal.contributors.models import ReviewDeadline, Substitution
from portal.contributors.names import URGENT_WORKFLOW, in_words
from portal.core.admin_language import language_of
from portal.publishing.approvals import author_ids


@receiver(task_submitted, dispatch_uid="portal_deadline")
def set_deadline(instance: TaskState, **kwargs) -> None:
    """Give every task its hour as it begins. What is urgent stays so until the last task."""
    urgent = instance.workflow_state.workflow.name == URGENT_WORKFLOW
    earlier = ReviewDeadline.objects.filter(task_state__workflow_state=instance.workflow_state, is_urgent=True)
    _set_hour(instance, urgent or earlier.exists())


def make_urgent(task_state: TaskState) -> None:
    """Shorten the time of a task that has begun, and of those that follow it."""
    _set_hour(task_state, urgent=True)


def _set_hour(instance: TaskState, urgent: bool) -> None:
    hours = settings.URGENT_REVIEW_HOURS if urgent else settings.REVIEW_HOURS
    ReviewDeadline.objects.update_or_create(
        task_state_id=instance.pk,
        defaults={"due_at": timezone.now() + timedelta(hours=hours), "is_urgent": urgent},
    )


@transaction.atomic
def remind(now: datetime | None = None) -> int:
    """Write to everybody whose turn it is with something due; returns how many letters. Once a day for each task.

    Of several schedulers each takes what no other has locked; letters are enqueued with the note that they were.
    """
    now = now or timezone.now()
    due = (
        ReviewDeadline.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(
            Q(reminded_at=None) | Q(reminded_at__lte=now - timedelta(days=1)),
            task_state__status=TaskState.STATUS_IN_PROGRESS,
            due_at__lte=now + timedelta(hours=settings.REMIND_HOURS_BEFORE),
        )
        .select_related("task_state__workflow_state", "task_state__task")
    )
    letters = defaultdict(list)
    for deadline in due:
        if deadline.task_state.workflow_state.content_object is None:
            continue
        for person in people_of(deadline.task_state):
            letters[person.pk].append(deadline.pk)
        deadline.reminded_at = now
        deadline.save(update_fields=["reminded_at"])
    for person_id, deadlines in letters.items():
        send_reminder.enqueue(person_id, deadlines)
    return len(letters)


def absences_of(task: Task) -> QuerySet:
    """Today's substitutions of those whose turn it is in a kind of review."""
    return Substitution.today().filter(person__groups__in=task.groups.all(), person__is_active=True)


def people_of(task_state: TaskState) -> list:
    """Who can decide: members of the task's groups, for absent ones their substitutes, never the authors."""
    task = task_state.task.specific
    users = get_user_model().objects.filter(is_active=True)
    members = users.filter(groups__in=task.groups.all())
    absences = absences_of(task)
    absent = set(absences.values_list("person_id", flat=True))
    substitutes = set(absences.values_list("substitute_id", flat=True))
    authors = author_ids(task_state.workflow_state.content_object)
    people = users.filter(Q(pk__in=members.exclude(pk__in=absent)) | Q(pk__in=substitutes)).exclude(pk__in=authors)
    return [person for person in people if person.email]


@background_task()
def send_reminder(user_id: int, deadline_ids: list[int]) -> None:
    """One letter in the person's language on everything that waits for them; nothing of the texts but their titles."""
    from portal.translation.editor import edit_url

    user = get_user_model().objects.get(pk=user_id)
    with translation.override(language_of(user, otherwise=settings.LANGUAGE_CODE)):
        lines = []
        for deadline in ReviewDeadline.objects.filter(pk__in=deadline_ids).order_by("due_at"):
            obj = deadline.task_state.workflow_state.content_object
            when = timezone.localtime(deadline.due_at).strftime("%d/%m/%Y %H:%M")
            mark = _("URGENT ") if deadline.is_urgent else ""
            hour = (_("was due on %(when)s") if deadline.is_over else _("due on %(when)s")) % {"when": when}
            lines.append(
                f"{mark}{get_latest_str(obj)}\n{in_words(deadline.task_state.task.name)}, {hour}\n"
                f"{settings.WAGTAILADMIN_BASE_URL}{edit_url(obj)}"
            )
        subject = ngettext(
            "%(count)d text is waiting for your review", "%(count)d texts are waiting for your review", len(lines)
        ) % {"count": len(lines)}
        body = "\n\n".join([_("These texts wait for your decision:"), *lines])
    if lines:
        send_mail(subject, body, None, [user.email])
