"""What is searched, counted in the cache without personal data and stored by the scheduler.

Of a query only its text, its language, the day and how much was found are kept; nothing about who asked. Texts that
may name a person or an account (an address with @, a long number) are not counted at all. A public GET writes no
database row: counts wait in the shared cache for `store`.
"""

import hashlib
import re
import unicodedata
from datetime import timedelta

from django.core.cache import caches
from django.db.models import F
from django.utils import timezone

from portal.operations.locks import alone
from portal.search.models import SearchedQuery
from portal.search.query import SearchQuery
from portal.search.text import plain

DAYS_KEPT = 400
_LOCK = 0x5EA7C5  # of whoever stores
_WAITING = 2 * 24 * 3600  # seconds that counts may wait for the scheduler
_MOST_WAITING = 5000  # different queries; what comes on top is not counted until the next storing
_LAST, _DONE = "searched:last", "searched:done"
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b")
_PERSONAL = re.compile(r"@|(?:\d[\s.,:/\-–_()+]*){7,}")


def count(query: SearchQuery, found: int) -> None:
    """Count one search; does nothing for a further page or a narrowed question, which are the same search."""
    text = plain(query.text).casefold()[:200]
    personal = _PERSONAL.search(_DATE.sub("", unicodedata.normalize("NFKC", text)))
    if query.page > 1 or query.is_narrowed or personal:
        return
    cache, day = caches["shared"], timezone.localdate().isoformat()
    digest = hashlib.sha256(f"{day}|{query.language}|{text}".encode()).hexdigest()[:32]
    if cache.get(f"searched:{digest}") is None:
        # Asked before anything is kept: whoever sends random words fills no cache.
        if int(cache.get(_LAST) or 0) - int(cache.get(_DONE) or 0) >= _MOST_WAITING:
            return
    if cache.add(f"searched:{digest}", 0, timeout=_WAITING):
        last = _next_slot(cache)
        row = {"day": day, "language": query.language, "text": text, "digest": digest, "found": found}
        cache.set(f"searched:slot:{last}", row, timeout=_WAITING)
    try:
        cache.incr(f"searched:{digest}")
    except ValueError:
        return  # stored in this very moment


def _next_slot(cache) -> int:
    cache.add(_LAST, 0, timeout=None)
    try:
        return cache.incr(_LAST)
    except ValueError:
        return 1  # the cache was emptied in this very moment


def store() -> int:
    """Move the waiting counts into the table and drop what is too old; return how many queries were stored."""
    with alone(_LOCK):  # of several schedulers each finds only what the others have left
        return _store(caches["shared"])


def _store(cache) -> int:
    last, done = int(cache.get(_LAST) or 0), int(cache.get(_DONE) or 0)
    if last < done:
        done = 0  # the cache was emptied
    slots = [f"searched:slot:{number}" for number in range(max(done, last - _MOST_WAITING) + 1, last + 1)]
    rows = list(cache.get_many(slots).values()) if slots else []
    counts = cache.get_many([f"searched:{row['digest']}" for row in rows]) if rows else {}
    for row in rows:
        key = {name: row[name] for name in ("day", "language", "text")}
        stored, _created = SearchedQuery.objects.get_or_create(**key)
        searches = counts.get(f"searched:{row['digest']}", 0)
        SearchedQuery.objects.filter(pk=stored.pk).update(searches=F("searches") + searches, found=row["found"])
    SearchedQuery.objects.filter(day__lt=timezone.localdate() - timedelta(days=DAYS_KEPT)).delete()
    # Before the lock is given up: a commit that fails then loses these counts, and none is ever counted twice.
    cache.delete_many([*slots, *counts])
    cache.set(_DONE, last, timeout=None)
    return len(rows)
