"""Work that several processes would do wrong at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def alone(lock: int) -> Iterator[None]:
    """A transaction that no other one with this number overlaps: what was read last is what is written last.

    SQLite has one writer anyway; on PostgreSQL a lock of the transaction's length, which readers do not notice.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
        yield
