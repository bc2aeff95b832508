"""Whose clock counts: the database's, which all machines share. A machine whose own is wrong must not decide by it."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

MOST_WRONG = timedelta(seconds=30)


def database_now() -> datetime:
    """The time by the database's clock; SQLite's is this machine's."""
    if connection.vendor == "sqlite":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def wrong_by() -> timedelta:
    """How far this machine's clock is ahead of the database's."""
    return timezone.now() - database_now()


def is_right() -> bool:
    return abs(wrong_by()) <= MOST_WRONG
