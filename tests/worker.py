"""The tasks of the queue in the database, done in the test's own process."""

from unittest import mock

from django.core.management import call_command


def work() -> None:
    """Do what waits, as a worker does; the fixture `queue` makes it wait there.

    Between tasks a worker leaves old connections, and with its connection a test's transaction would be gone.
    """
    with mock.patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        call_command("db_worker", batch=True, startup_delay=False, interval=0, verbosity=0)
