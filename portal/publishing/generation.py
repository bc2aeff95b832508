"""The cache generation: one value in the shared cache, changed whenever something public changes.

It is part of the key of everything cached, so a change is seen at once by every process and nothing is ever deleted.
A token instead of a counter: it needs no atomic increment, which files and local memory do not offer.
"""

import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from portal.operations.models import PendingGeneration

_KEY = "generation"
_LONGEST = 3600  # seconds a cached value may live at most


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
    pending = PendingGeneration.objects.create()
    transaction.on_commit(lambda: _settle([pending.pk]))


def settle_pending() -> None:
    """Make good what was left behind: asked by the scheduler in every round."""
    left = list(PendingGeneration.objects.values_list("pk", flat=True))
    if left:
        _settle(left)


def _settle(pending: list[int]) -> None:
    token = _new_token()
    caches["shared"].set(_KEY, token, timeout=None)
    if caches["shared"].get(_KEY) is not None:  # perhaps a newer one than ours; while Redis is away there is none
        PendingGeneration.objects.filter(pk__in=pending).delete()


def cached(key: str, build: Callable[[], Any]) -> Any:
    """`build()`, remembered for this generation and at most until the next from/until boundary."""
    full_key = f"{key}:{current()}"
    value = caches["default"].get(full_key)
    if value is None:
        value = build()
        caches["default"].set(full_key, value, timeout=seconds_to_boundary())
    return value


def seconds_to_boundary() -> float:
    """Seconds until some public page expires by its own date: cached answers must end there."""
    key = f"boundary:{current()}"
    boundary: datetime | str | None = caches["default"].get(key)
    if boundary is None:
        boundary = _next_boundary() or "none"
        caches["default"].set(key, boundary, timeout=60)
    if boundary == "none":
        return _LONGEST
    return max(0.0, min(_LONGEST, (boundary - timezone.now()).total_seconds()))


def _next_boundary() -> datetime | None:
    from wagtail.models import Page

    pages = Page.objects.live().filter(expire_at__gt=timezone.now())
    return pages.order_by("expire_at").values_list("expire_at", flat=True).first()


def _new_token() -> str:
    return f"{time.time_ns():x}{uuid.uuid4().hex[:6]}"
