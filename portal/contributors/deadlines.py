"""Until when a review should be done, and who hears that it waits: those who decide, or, without any, who can help."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Task, TaskState
from wagtail.signals import task_submitted

from portal.contributors.letters import send_reminder, send_stuck
from portal.contributors.models import ReviewDeadline, Substitution
from portal.contributors.names import URGENT_WORKFLOW
from portal.publishing.approvals import author_ids


@receiver(task_submitted, dispatch_uid="portal_deadline")
def set_deadline(instance: TaskState, **kwargs) -> None:
    """Give every task its hour as it begins, and say at once if nobody can do it. Urgent stays so to the last task."""
    urgent = instance.workflow_state.workflow.name == URGENT_WORKFLOW
    earlier = ReviewDeadline.objects.filter(task_state__workflow_state=instance.workflow_state, is_urgent=True)
    deadline = _set_hour(instance, urgent or earlier.exists())
    if not deciders(instance).exists():
        for person in _told_of_stuck(deadline):
            send_stuck.enqueue(person.pk, [deadline.pk])


def make_urgent(task_state: TaskState) -> None:
    """Shorten the time of a task that has begun, and of those that follow it."""
    _set_hour(task_state, urgent=True)


def _set_hour(instance: TaskState, urgent: bool) -> ReviewDeadline:
    hours = settings.URGENT_REVIEW_HOURS if urgent else settings.REVIEW_HOURS
    deadline, _created = ReviewDeadline.objects.update_or_create(
        task_state_id=instance.pk,
        defaults={"due_at": timezone.now() + timedelta(hours=hours), "is_urgent": urgent},
    )
    return deadline


@transaction.atomic
def remind(now: datetime | None = None) -> int:
    """Write to everybody whose turn it is with something due; returns how many letters. Once a day for each task.

    Of what nobody can decide the requester and the administrators hear instead.
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
        people = list(deciders(deadline.task_state))
        send = send_reminder if people else send_stuck
        for person in people or _told_of_stuck(deadline):
            if person.email:
                letters[send, person.pk].append(deadline.pk)
        deadline.reminded_at = now
        deadline.save(update_fields=["reminded_at"])
    for (send, person_id), deadlines in letters.items():
        send.enqueue(person_id, deadlines)
    return len(letters)


def _told_of_stuck(deadline: ReviewDeadline) -> list:
    """Who is told that nobody can decide, and notes on the deadline that it is so: the home screens show it."""
    ReviewDeadline.objects.filter(pk=deadline.pk).update(is_stuck=True)
    requester = deadline.task_state.workflow_state.requested_by_id
    users = get_user_model().objects.filter(is_active=True)
    return list(users.filter(Q(is_superuser=True) | Q(pk=requester)).exclude(email=""))


def stuck_reviews(user) -> list[TaskState]:
    """Reviews that nobody can give: for administrators all, for others those they asked for.

    Those noted as such are asked again: somebody may have joined the group since.
    """
    noted = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, deadline__is_stuck=True)
    if not user.is_superuser:
        noted = noted.filter(workflow_state__requested_by=user)
    noted = noted.select_related("task", "workflow_state__requested_by", "deadline", "revision").order_by("started_at")
    return [state for state in noted if state.workflow_state.content_object and not deciders(state).exists()]


def absences_of(task: Task) -> QuerySet:
    """Today's substitutions of those whose turn it is in a kind of review."""
    return Substitution.today().filter(person__groups__in=task.groups.all())


def deciders(task_state: TaskState) -> QuerySet:
    """Who can decide: members of the task's groups, for absent ones their substitutes, never the authors."""
    task = task_state.task.specific
    users = get_user_model().objects.filter(is_active=True)
    members = users.filter(groups__in=task.groups.all())
    absences = absences_of(task)
    absent = set(absences.values_list("person_id", flat=True))
    substitutes = set(absences.values_list("substitute_id", flat=True))
    authors = author_ids(task_state.workflow_state.content_object)
    return users.filter(Q(pk__in=members.exclude(pk__in=absent)) | Q(pk__in=substitutes)).exclude(pk__in=authors)
