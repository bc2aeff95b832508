"""Mail to the operator: what failed or has stopped, with what it was and where to look, and no personal data."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished

from portal.operations.models import Alarm
from portal.operations.recovery import try_again

logger = logging.getLogger(__name__)


def connect() -> None:
    """Called once when the application is ready."""
    task_finished.connect(on_task_finished, dispatch_uid="operator_alert")


def on_task_finished(sender, task_result, **kwargs) -> None:
    """Signal receiver."""
    if task_result.status == TaskResultStatus.FAILED and not try_again(task_result):
        errors = ", ".join(error.exception_class_path for error in task_result.errors) or "it was interrupted too often"
        tell(
            f"Task failed: {task_result.task.name}",
            f"The background task {task_result.task.module_path} failed: {errors}\n"
            f"Its id is {task_result.id}; the worker's log has the traceback.\n",
        )


def report(kind: str, troubles: dict[str, tuple[str, str]]) -> None:
    """Tell of all that is wrong now of one kind, by name with subject and text: of each once until it is over.

    What was told before and is not among it is over, and would be told again.
    """
    for name, (subject, text) in troubles.items():
        alarm, is_new = Alarm.objects.get_or_create(kind=kind, name=name)
        if is_new and not tell(subject, text):
            alarm.delete()
    Alarm.objects.filter(kind=kind).exclude(name__in=troubles).delete()


def tell(subject: str, text: str) -> bool:
    """Mail to all operators; whether nobody was left untold. A mail server that is away is logged: it must not fail
    the work that it reports."""
    if not settings.OPERATOR_EMAILS:
        return True
    try:
        send_mail(f"[{settings.PUBLIC_URL.host}] {subject}", text, settings.SERVER_EMAIL, settings.OPERATOR_EMAILS)
    except OSError as error:
        logger.error("The operator could not be told «%s»: %s", subject, type(error).__name__)
        return False
    return True
