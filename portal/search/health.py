"""How the public search is doing, for operators: the command `search status` and the administration's front page."""

import time
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count

from portal.search.engines import fallback
from portal.search.engines.elastic import sync
from portal.search.engines.elastic.connection import Unreachable
from portal.search.models import SearchChange, SearchEntry


@dataclass(frozen=True)
class Health:
    """`answering` is the engine that readers get now; `away_seconds` is None while nothing is wrong.

    `entries` are rows by language; `indexed` documents by language, None for a missing index, {} where no server is
    configured or it does not answer. `untold` counts changes that the server has not heard of.
    """

    answering: str
    away_seconds: float | None = None
    reason: str = ""
    untold: int = 0
    entries: dict[str, int] = field(default_factory=dict)
    indexed: dict[str, int | None] = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        """Whether readers get everything from the engine that was configured."""
        return (
            self.away_seconds is None
            and not self.untold
            and all(self.entries.get(language, 0) == count for language, count in self.indexed.items())
        )


def health() -> Health:
    """Asks the server, so not for a reader's request. Never raises because of the server."""
    entries = dict(SearchEntry.objects.open().order_by().values_list("language").annotate(Count("pk")))
    if not settings.ELASTICSEARCH_URL:
        return Health("database", entries=entries)
    untold, state = SearchChange.objects.count(), fallback.away()
    try:
        indexed = {language: documents for language, (_, documents) in sync.differences().items()}
    except Unreachable as error:
        seconds = time.time() - state.since if state else 0.0
        return Health("database", seconds, str(error), untold, entries)
    if state is not None:
        return Health("database", time.time() - state.since, state.reason, untold, entries, indexed)
    return Health("elasticsearch", None, "", untold, entries, indexed)
