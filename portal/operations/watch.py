"""Who stopped without saying so. Scheduler and workers look after one another, and both after the backup.

A process that hangs looks alive and does nothing. At a generous limit it ends, says where it was, and whoever started
it starts another.
"""

import faulthandler
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.operations import probes
from portal.operations.alerts import report
from portal.operations.models import Heartbeat

ROUND_LONG = timedelta(minutes=10)  # the operator is told; a round may rebuild the search server's indices
TASK_LONG = timedelta(minutes=30)  # the operator is told
TASK_LIMIT, ROUND_LIMIT = timedelta(hours=1), timedelta(minutes=30)  # the process ends
EVERY = 60  # seconds between two looks
# Before the first look: after a night without power, or without a database, nobody has given a sign of life yet.
PATIENCE = 2 * probes.SCHEDULER_LATE.total_seconds()


class Watch:
    """The looks of one process, asked for as often as it likes."""

    def __init__(self):
        self._next = time.monotonic() + PATIENCE

    def look(self) -> None:
        """Tell the operators, once until it is over, of what has stopped; does nothing between two looks."""
        if time.monotonic() < self._next:
            return
        try:
            report("stopped", stopped())
            self._next = time.monotonic() + EVERY
        except Error:
            self._next = time.monotonic() + PATIENCE
            raise


def stopped() -> dict[str, tuple[str, str]]:
    """What gives no sign of life, by name with subject and text of a mail. What never ran is not missed."""
    found = {}
    age = Heartbeat.age("scheduler")
    if age is not None and age > ROUND_LONG:
        found["scheduler"] = (
            "The scheduler has stopped",
            f"Its last round ended {_words(age)} ago: nothing that is due goes out, nobody is reminded.\n",
        )
    if reasons := _of_workers():
        found["worker"] = ("Background work has stopped", "\n".join([*reasons, ""]))
    age = Heartbeat.age("backup")
    if age is not None and age > probes.BACKUP_OLD:
        found["backup"] = (
            "There is no new backup",
            f"The last one was made {_words(age)} ago; the output of the nightly `manage.py backup` says why.\n",
        )
    return found


def _of_workers() -> list[str]:
    reasons = []
    last = Heartbeat.objects.filter(name__startswith="worker:").order_by("-at").first()
    age = last and Heartbeat.age(last.name)
    if age and age > probes.WORKER_LATE:
        reasons.append(f"No worker is alive: the last sign of one is {_words(age)} old.")
    if late := probes.late_tasks():
        reasons.append(f"Tasks that wait for more than {_words(probes.QUEUE_LATE)}: {late}.")
    for task in DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - TASK_LONG):
        reasons.append(f"{task.task_path} ({task.pk}) has been running for more than {_words(TASK_LONG)}.")
    return reasons


def _words(age: timedelta) -> str:
    minutes = age.total_seconds() / 60
    return f"{minutes / 60:.0f} hours" if minutes > 120 else f"{minutes:.0f} minutes"


def begin(limit: timedelta) -> None:
    """End this process, with the tracebacks of its threads, unless `end` is called within the limit."""
    faulthandler.dump_traceback_later(limit.total_seconds(), exit=True, file=sys.__stderr__)


def end() -> None:
    faulthandler.cancel_dump_traceback_later()


@contextmanager
def ends_within(limit: timedelta) -> Iterator[None]:
    """The block ends within the limit, or the process does."""
    begin(limit)
    try:
        yield
    finally:
        end()
