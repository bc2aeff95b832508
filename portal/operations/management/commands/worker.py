"""`manage.py worker`: django-tasks' db_worker with a heartbeat, that waits for a database that is away.

A task that hangs ends the process; the scheduler gives it to another worker, and fails it after three of them.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import Error, connection
from django.utils.crypto import get_random_string
from django_tasks.signals import task_finished, task_started
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from portal.operations import pulse, watch
from portal.operations.models import Heartbeat
from portal.operations.outage import is_database_away
from portal.operations.recovery import WORKER_BEAT, worker_name

logger = logging.getLogger(__name__)


class Command(DatabaseWorker):
    help = "Run background tasks until stopped. Several may run, on several machines."

    def handle(self, **options):
        # Only in this process: elsewhere a task is part of something that has a limit of its own.
        task_started.connect(_task_begins, dispatch_uid="task_limit")
        task_finished.connect(_task_ends, dispatch_uid="task_limit")
        looks = watch.Watch()
        while True:
            # A new id after each failure: what the old one had claimed is given back by the scheduler.
            worker_id = get_random_string(32)
            stop = threading.Event()
            # Each in a thread of its own: a mail server that keeps the operators' letter waiting must not make this
            # worker seem dead.
            for act in (partial(_beat, worker_id), looks.look):
                threading.Thread(target=_repeat, args=(stop, act), daemon=True).start()
            try:
                return super().handle(**{**options, "worker_id": worker_id})
            except Error as error:
                if not is_database_away(error):
                    raise
                logger.error("The database is away: %s", type(error).__name__)
                connection.close()
                time.sleep(2)
            finally:
                watch.end()
                stop.set()


def _task_begins(sender, **kwargs) -> None:
    watch.begin(watch.TASK_LIMIT)


def _task_ends(sender, **kwargs) -> None:
    watch.end()


def _beat(worker_id: str) -> None:
    pulse.beat("worker")
    Heartbeat.beat(worker_name(worker_id))


def _repeat(stop: threading.Event, act: Callable[[], None]) -> None:
    """Do something beside the tasks, again and again until the worker ends."""
    while not stop.is_set():
        try:
            act()
        except Error:
            pass  # the worker itself says so
        except Exception:
            logger.exception("Not done beside the tasks: %s", act)
        finally:
            connection.close()
        stop.wait(WORKER_BEAT)
