"""`manage.py worker`: django-tasks' db_worker with a heartbeat, that waits for a database that is away."""

import logging
import threading
import time

from django.db import Error, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from portal.operations import pulse
from portal.operations.models import Heartbeat
from portal.operations.outage import is_database_away
from portal.operations.recovery import WORKER_BEAT, worker_name

logger = logging.getLogger(__name__)


class Command(DatabaseWorker):
    help = "Run background tasks until stopped. Several may run, on several machines."

    def handle(self, **options):
        while True:
            # A new id after each failure: what the old one had claimed is given back by the scheduler.
            worker_id = get_random_string(32)
            stop = threading.Event()
            heart = threading.Thread(target=_beat, args=(worker_id, stop), daemon=True)
            heart.start()
            try:
                return super().handle(**{**options, "worker_id": worker_id})
            except Error as error:
                if not is_database_away(error):
                    raise
                logger.error("The database is away: %s", type(error).__name__)
                connection.close()
                time.sleep(2)
            finally:
                stop.set()


def _beat(worker_id: str, stop: threading.Event) -> None:
    while not stop.is_set():
        pulse.beat("worker")
        try:
            Heartbeat.beat(worker_name(worker_id))
        except Error:
            pass  # the worker itself says so
        finally:
            connection.close()
        stop.wait(WORKER_BEAT)
