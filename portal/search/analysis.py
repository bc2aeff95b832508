"""Whether entries and words were made by the present analysis of texts. If not, they are made again by themselves.

Roots of words and lines of tokens are kept in rows, but made by code: after a change of it what is looked for would no
longer be what is kept.
"""

import hashlib
from pathlib import Path

from django.db import transaction

from portal.search import documents, pinyin, spelling, text, vocabulary
from portal.search.models import SearchAnalysis, SearchEntry

# By their source: nobody has to remember to raise a number. A changed comment costs one rebuild in the background.
_MADE_BY = (documents, pinyin, spelling, text, vocabulary)
VERSION = hashlib.sha256(b"".join(Path(one.__file__).read_bytes() for one in _MADE_BY)).hexdigest()[:12]


def note() -> None:
    """What there is was made by it."""
    SearchAnalysis.objects.update_or_create(pk=1, defaults={"version": VERSION})


def begin() -> None:
    """Where nothing is to be found yet, all that comes will be made by it."""
    if not SearchEntry.objects.exists():
        note()


def follow() -> None:
    """Have everything made again if the analysis has changed. Asked by the scheduler in every round; one query."""
    from portal.search.tasks import rebuild_entries

    if SearchAnalysis.objects.filter(version=VERSION).exists():
        return
    with transaction.atomic():
        note()  # so that the next round does not ask once more
        rebuild_entries.enqueue()
