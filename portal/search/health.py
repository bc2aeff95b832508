"""How the public search is doing, for operators: the command `search status`, `/readyz` and the page of the portal's
state."""

import time
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.search.engines import fallback
from portal.search.engines.elastic import indices
from portal.search.engines.elastic.connection import Unreachable, ask_within, for_readers, translated_errors
from portal.search.models import SearchChange, SearchEntry

_SECONDS = 3  # an operator's patience with a server that hangs


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
        with translated_errors():
            indexed = ask_within(_SECONDS, _documents)
    except Unreachable as error:
        seconds = time.time() - state.since if state else 0.0
        return Health("database", seconds, str(error), untold, entries)
    if state is not None:
        return Health("database", time.time() - state.since, state.reason, untold, entries, indexed)
    return Health("elasticsearch", None, "", untold, entries, indexed)


def _documents() -> dict[str, int | None]:
    client, now = for_readers().options(request_timeout=_SECONDS), timezone.now()
    return {language: indices.count(client, language, now) for language in indices.languages()}


def answering() -> str:
    """The engine that answers readers, as far as is noted: nothing is asked of the server."""
    return "elasticsearch" if settings.ELASTICSEARCH_URL and fallback.away() is None else "database"


def entries() -> int:
    return SearchEntry.objects.count()


def trouble() -> str:
    """Why readers are not answered by the server that is configured, in one line, or "".

    Nothing is asked of the server: readers and the scheduler, every ten seconds, note what they meet.
    """
    state = fallback.away() if settings.ELASTICSEARCH_URL else None
    if state is None:
        return ""
    return _(
        "Elasticsearch has been away for %(seconds)s s (%(reason)s), %(changes)s changes wait for it; "
        "the database answers"
    ) % {
        "seconds": round(time.time() - state.since),
        "reason": state.reason,
        "changes": SearchChange.objects.count(),
    }
