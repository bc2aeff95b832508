"""Letters on reviews, each in the language of whoever gets it; nothing of the texts but their titles."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task as background_task
from wagtail.admin.utils import get_latest_str
from wagtail.models import WorkflowState

from portal.contributors.models import ReviewDeadline
from portal.contributors.names import in_words
from portal.core.admin_language import language_of


@background_task()
def send_reminder(user_id: int, deadline_ids: list[int]) -> None:
    """One letter on everything that waits for a person."""
    _write(user_id, deadline_ids, _on_waiting)


@background_task()
def send_stuck(user_id: int, deadline_ids: list[int]) -> None:
    """To whoever asked for a review that nobody can give, and to the administrators, who can change that."""
    _write(user_id, deadline_ids, _on_stuck)


def _write(user_id: int, deadline_ids: list[int], words: Callable[[Any, int], tuple[str, list[str]]]) -> None:
    """A letter on these reviews; `words` gives its subject and first paragraphs for a person and their number."""
    user = get_user_model().objects.get(pk=user_id)
    with translation.override(language_of(user, otherwise=settings.LANGUAGE_CODE)):
        lines = _lines(deadline_ids)
        subject, opening = words(user, len(lines))
    if lines:
        send_mail(subject, "\n\n".join([*opening, *lines]), None, [user.email])


def _on_waiting(_user, count: int) -> tuple[str, list[str]]:
    subject = ngettext(
        "%(count)d text is waiting for your review", "%(count)d texts are waiting for your review", count
    )
    return subject % {"count": count}, [_("These texts wait for your decision:")]


def _on_stuck(user, count: int) -> tuple[str, list[str]]:
    subject = ngettext("Nobody can review %(count)d text", "Nobody can review %(count)d texts", count)
    why = _(
        "Nobody can decide on these texts: there is no other person in the group of the review than those who"
        " wrote, translated or sent them."
    )
    if user.is_superuser:
        what = _("Put somebody into the group, name a substitute, decide yourself or release the text from review.")
    else:
        what = _("The administrators were told too.")
    return subject % {"count": count}, [why, what]


@background_task()
def send_released(workflow_state_id: int, administrator: str, reason: str) -> None:
    """To whoever asked for a review that an administrator ended."""
    from portal.translation.editor import edit_url

    state = WorkflowState.objects.select_related("requested_by").get(pk=workflow_state_id)
    user, obj = state.requested_by, state.content_object
    if user is None or not user.is_active or not user.email or obj is None:
        return
    with translation.override(language_of(user, otherwise=settings.LANGUAGE_CODE)):
        title = get_latest_str(obj)
        subject = _("The review of «%(title)s» was ended") % {"title": title}
        text = _(
            "%(name)s ended the review of «%(title)s» without a decision: «%(reason)s». Nothing was published; the"
            " draft stays and can be sent again."
        )
        body = text % {"name": administrator, "title": title, "reason": reason}
    send_mail(subject, f"{body}\n\n{settings.WAGTAILADMIN_BASE_URL}{edit_url(obj)}", None, [user.email])


def _lines(deadline_ids: list[int]) -> list[str]:
    """A paragraph for each review: title, task and hour, address."""
    from portal.translation.editor import edit_url

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
    return lines
