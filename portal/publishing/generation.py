"""The cache generation: one value in the shared cache, changed whenever something public changes.

It is part of the key of everything cached, so a change is seen at once by every process and nothing is ever deleted.
A token instead of a counter: it needs no atomic increment, which files and local memory do not offer.
"""

import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from portal.operations.models import PendingGeneration

_KEY = "generation"
_LONGEST = 3600  # seconds a cached value may live at most

Boundary = Callable[[datetime], datetime | None]
_boundaries: list[Boundary] = []


def current() -> str:
    """The present generation, made if the cache was emptied."""
    shared = caches["shared"]
    token = shared.get(_KEY)
    if token is None:
        shared.add(_KEY, _new_token(), timeout=None)
        token = shared.get(_KEY) or _new_token()
    return token


def raise_generation() -> None:
    """Begin a new generation when the present transaction commits, or now outside of one.

    The row says so to the scheduler, should this process die before the cache knows, or the cache be away.
    """
    connection = transaction.get_connection()
    if connection.in_atomic_block and _will_begin(connection):
        return  # a thousand changes of one transaction are one new generation
    pending = PendingGeneration.objects.create()

    def begin() -> None:
        begin.begins_generation = False  # done, should somebody still find it in the list of what waits
        _settle([pending.pk])

    begin.begins_generation = True
    transaction.on_commit(begin)


def _will_begin(connection) -> bool:
    """Whether the present transaction begins a generation, unless what is being done now is rolled back with it."""
    inside = set(connection.savepoint_ids)
    return any(savepoints <= inside for savepoints in _savepoints_with_change(connection))


def _savepoints_with_change(connection) -> list[set]:
    """Inside which savepoints changes were made that begin a generation with the commit; what was undone is gone."""
    return [
        savepoints
        for savepoints, call, _robust in connection.run_on_commit
        if getattr(call, "begins_generation", False)
    ]


def settle_pending() -> None:
    """Make good what was left behind: asked by the scheduler in every round."""
    left = list(PendingGeneration.objects.values_list("pk", flat=True))
    if left:
        _settle(left)


def _settle(pending: list[int]) -> None:
    shared = caches["shared"]
    before = shared.get(_KEY)
    shared.set(_KEY, _new_token(), timeout=None)
    now = shared.get(_KEY)  # perhaps a newer one than ours; while Redis is away, or not asked, there is none
    if now is not None and now != before:
        PendingGeneration.objects.filter(pk__in=pending).delete()
    else:
        shared.delete(_KEY)  # perhaps it is full: it takes nothing new, but goes on telling what is old


def _is_pending() -> bool:
    """Whether this connection sees changes that nobody else sees yet, and that may still be rolled back."""
    connection = transaction.get_connection()
    return connection.in_atomic_block and bool(_savepoints_with_change(connection))


def cached(key: str, build: Callable[[], Any]) -> Any:
    """`build()`, remembered for this generation and at most until the next from/until boundary."""
    if _is_pending():
        return build()
    full_key = f"{key}:{current()}"
    value = caches["default"].get(full_key)
    if value is None:
        until = cached_until()  # asked before building: a boundary that passes meanwhile ends the value
        value = build()
        caches["default"].set(full_key, value, timeout=until - time.time())
    return value


def ends_caches(find: Boundary) -> Boundary:
    """Register `find(now)`: the next moment after `now` at which something public begins or ends by itself."""
    _boundaries.append(find)
    return find


def cached_until() -> float:
    """The moment (POSIX seconds) at which whatever is made now has to be made again at the latest."""
    now = timezone.now()
    key = f"boundary:{current()}"
    boundary: datetime | None = caches["default"].get(key)
    if boundary is None or boundary <= now:
        moments = (find(now) for find in _boundaries)
        latest = now + timedelta(seconds=_LONGEST)
        boundary = min((moment for moment in moments if moment is not None), default=latest)
        if not _is_pending():
            caches["default"].set(key, boundary, timeout=_LONGEST)
    return min(boundary.timestamp(), now.timestamp() + _LONGEST)


@ends_caches
def _next_expiry(now: datetime) -> datetime | None:
    """When the next public page expires by its own date."""
    from wagtail.models import Page

    pages = Page.objects.live().filter(expire_at__gt=now)
    return pages.order_by("expire_at").values_list("expire_at", flat=True).first()


def _new_token() -> str:
    return f"{time.time_ns():x}{uuid.uuid4().hex[:6]}"
