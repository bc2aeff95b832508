"""Questions to the parts that the portal stands on, as `/readyz`, the metrics and the operator's page ask them."""

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.db.models import Count
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from portal.operations.clock import is_right, wrong_by
from portal.operations.models import Heartbeat
from portal.operations.outage import is_disk_full, is_refused

LEAST_FREE = 500 * 1024 * 1024  # bytes
SCHEDULER_LATE = timedelta(minutes=2)
WORKER_LATE = timedelta(minutes=2)
QUEUE_LATE = timedelta(minutes=10)
BACKUP_OLD = timedelta(days=2)


@dataclass(frozen=True)
class Result:
    """`needed`: without this part the process cannot do its work, and should be sent no more of it."""

    ok: bool
    needed: bool
    note: str = ""


def all_results() -> dict[str, Result]:
    """Every probe's answer by the name of the part. None of them raises."""
    return {name: _ask(probe, needed) for name, (probe, needed) in PROBES.items()}


def _ask(probe: Callable[[], str], needed: bool) -> Result:
    try:
        note = probe()
    except Exception as error:
        if is_disk_full(error):  # what is there is served as before, so no process is worth taking down
            return Result(False, False, _("no room to write"))
        # The kind only: messages of drivers may hold addresses and passwords.
        note = str(error) if isinstance(error, Trouble) else type(error).__name__
        return Result(False, needed and not isinstance(error, OnlyRead), note)
    return Result(True, needed, note)


class Trouble(Exception):
    """A part answers, but not as it should."""


class OnlyRead(Trouble):
    """A part takes nothing new. Pages are served as before: without the process there would be none at all."""

    def __init__(self):
        super().__init__(_("can be read, but not written to"))


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            if cursor.fetchone() == ("on",):
                raise OnlyRead
    return connection.vendor


def database_answers() -> bool:
    """Whether the database does its work, after an error that may be of one statement or connection only."""
    if not connection.in_atomic_block:  # where it would be closed for no fault
        connection.close_if_unusable_or_obsolete()
    try:
        database()
    except Exception:
        return False
    return True


def cache() -> str:
    key, value = f"probe:{uuid.uuid4().hex}", uuid.uuid4().hex
    caches["shared"].set(key, value, timeout=10)
    if caches["shared"].get(key) != value:
        raise Trouble(_("does not keep what it is given"))
    return ""


def search() -> str:
    from portal.search import health

    if trouble := health.trouble():
        raise Trouble(trouble)
    number = health.entries()
    entries = ngettext("%(number)s entry", "%(number)s entries", number) % {"number": number}
    names = {"database": _("Database"), "elasticsearch": "Elasticsearch"}
    return f"{names.get(health.answering(), health.answering())}, {entries}"


def storage() -> str:
    try:
        name = default_storage.save(f"probe/{uuid.uuid4().hex}", ContentFile(b"probe"))
    except Exception as error:
        if is_refused(error):
            default_storage.listdir("")  # raises where it cannot be read either
            raise OnlyRead from error
        raise
    try:
        with default_storage.open(name) as file:
            if file.read() != b"probe":
                raise Trouble(_("does not keep what it is given"))
    finally:
        default_storage.delete(name)
    return ""


def disk() -> str:
    if not isinstance(default_storage, FileSystemStorage):
        return _("not used")
    free = shutil.disk_usage(settings.MEDIA_ROOT).free
    note = _("%(size)s free") % {"size": filesizeformat(free)}
    if free < LEAST_FREE:
        raise Trouble(note)
    return note


def scheduler() -> str:
    age = Heartbeat.age("scheduler")
    if age is None:
        raise Trouble(_("has never run"))
    note = _("last run %(seconds)d s ago") % {"seconds": age.total_seconds()}
    if age > SCHEDULER_LATE:
        raise Trouble(note)
    return note


def clock() -> str:
    seconds = round(wrong_by().total_seconds())
    if not is_right():
        ahead, behind = _("%(seconds)d s ahead of the database's"), _("%(seconds)d s behind the database's")
        raise Trouble((ahead if seconds > 0 else behind) % {"seconds": abs(seconds)})
    return ""


def late_tasks() -> int:
    return DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - QUEUE_LATE).count()


def queue() -> str:
    if late := late_tasks():
        raise Trouble(
            ngettext(
                "%(number)d task waits for more than %(minutes)d minutes",
                "%(number)d tasks wait for more than %(minutes)d minutes",
                late,
            )
            % {"number": late, "minutes": QUEUE_LATE.total_seconds() / 60}
        )
    return ""


PROBES: dict[str, tuple[Callable[[], str], bool]] = {
    "database": (database, True),
    "cache": (cache, False),  # without it the portal is slower, and still right
    "search": (search, False),
    "storage": (storage, True),
    "disk": (disk, False),
    "scheduler": (scheduler, False),
    "queue": (queue, False),
    "clock": (clock, False),  # sessions end too early, schedules are left to other machines
}


def tasks_by_state() -> dict[str, int]:
    """Number of background tasks by state; empty while the database is away."""
    try:
        rows = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
        return dict(rows)
    except DatabaseError:
        return {}
