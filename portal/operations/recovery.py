"""Tasks whose worker died in the middle are given to another one. All of ours may run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from portal.operations.clock import database_now
from portal.operations.models import Heartbeat

WORKER_BEAT = 5  # seconds between two signs of life of a worker
WORKER_DEAD = timedelta(seconds=30)
ATTEMPTS = 3  # a task that kills its worker must not kill all of them for ever
# What a task ends with that was interrupted because the database went away.
INTERRUPTED = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")


def worker_name(worker_id: str) -> str:
    return f"worker:{worker_id}"


def recover_tasks() -> int:
    """Give back tasks of workers that died; returns their number. Tasks tried too often fail, with mail."""
    now = database_now()  # heartbeats are by this clock
    since = now - WORKER_DEAD
    alive = set(Heartbeat.objects.filter(at__gte=since).values_list("name", flat=True))
    given_back = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=since):
        if worker_name(task.worker_ids[-1]) in alive:
            continue
        unchanged = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        if len(task.worker_ids) < ATTEMPTS:
            given_back += unchanged.update(status=TaskResultStatus.READY)
        elif unchanged.update(status=TaskResultStatus.FAILED, finished_at=timezone.now()):
            task.refresh_from_db()
            task_finished.send(sender=type(task.task.get_backend()), task_result=task.task_result)
    if any(name.startswith("worker:") for name in alive):  # the last one's stays, to say since when there is none
        Heartbeat.objects.filter(name__startswith="worker:", at__lt=now - timedelta(days=1)).delete()
    return given_back


def try_again(task_result: TaskResult) -> bool:
    """Put a task back that failed only because the database went away; whether it was."""
    if not task_result.errors or task_result.errors[-1].exception_class_path not in INTERRUPTED:
        return False
    if len(task_result.worker_ids) >= ATTEMPTS:
        return False
    failed = DBTaskResult.objects.failed().filter(pk=task_result.id)
    return bool(failed.update(status=TaskResultStatus.READY, finished_at=None))
