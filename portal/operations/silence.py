"""A database that takes questions and does not answer, as on a disk that hangs: the network sees nothing wrong there.

A web process waits so long and no longer: otherwise a few readers of new pages would hold all its threads, and nobody
would get even the pages that need no database. Workers and the scheduler wait as long as it takes.
"""

from contextlib import suppress

from django.db.backends.signals import connection_created

SECONDS = 12  # for one answer; nginx waits 20 for a page


def bound() -> None:
    """From now on no connection of this process waits longer for an answer."""
    connection_created.connect(_bound_from_the_start, dispatch_uid="silence")


def _bound_from_the_start(sender, connection, **kwargs) -> None:
    if connection.vendor == "postgresql":
        bind(connection.connection)


def bind(raw, seconds: float = SECONDS) -> None:
    """Let a psycopg connection end that waits too long; what was asked raises OperationalError, as of a server away."""
    from psycopg import OperationalError
    from psycopg.pq import TransactionStatus

    wait = raw.wait

    def wait_so_long(work, *arguments, **options):
        try:
            return wait(work, *arguments, **{"timeout": seconds, **options})
        except OperationalError:
            if raw.info.transaction_status == TransactionStatus.ACTIVE:
                # One that waits for a lock would do it after all, when the reader has been told that it was not done.
                with suppress(Exception):
                    raw.cancel_safe(timeout=1)
                raw.close()
            raise

    raw.wait = wait_so_long
