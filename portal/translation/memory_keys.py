"""What a sentence is found by in the translation memory: hashes of runs of its words, the smallest eight.

Two sentences that share most of their words share most of their runs, so nearly always one of these eight; that holds
for any database, needs an index of whole numbers, and costs the same however long the memory is.
"""

import hashlib
from collections.abc import Iterable

from portal.search.text import tokens
from portal.translation.models import MemoryKey

_RUN = 3
_KEPT = 8


def keys_of(text: str) -> list[int]:
    """The keys of a source text (inner HTML as wagtail-localize cuts it)."""
    words = list(tokens(_plain(text)))
    length = min(_RUN, max(1, len(words) - 1))
    runs = {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)} if words else set()
    return sorted(_hash(run) for run in runs)[:_KEPT]


def _plain(text: str) -> str:
    from wagtail_localize.strings import StringValue

    return StringValue(text).render_text()


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), signed=True)


def remember(strings: Iterable[tuple[int, str]]) -> None:
    """Write the keys of new sentences, given as (number, text)."""
    rows = [MemoryKey(string_id=pk, key=key) for pk, text in strings for key in keys_of(text)]
    MemoryKey.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
