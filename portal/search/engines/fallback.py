"""The search server with the database behind it: a reader always gets an answer, and soon.

One failure is enough to leave the server alone for some seconds, so that not every reader waits for it in turn; then
one reader's question tries it again. While it has not heard of every change it is not tried: `keep_up`, run by the
scheduler and after every change, tells it. So it comes back complete or not at all.
"""

import logging
import time
from dataclasses import asdict, dataclass

from django.core.cache import caches
from django.db import DatabaseError

from portal.search.engines.database import DatabaseEngine
from portal.search.engines.elastic import sync
from portal.search.engines.elastic.connection import Unanswerable, Unreachable
from portal.search.engines.elastic.engine import ElasticEngine
from portal.search.models import SearchChange
from portal.search.query import SearchQuery
from portal.search.results import SearchPage

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds without asking after a failure
MENDING_PAUSE = 600  # seconds between two comparisons of counts
_AWAY, _TRYING, _MENDED = "search-server-is-away", "search-server-trying", "search-server-mended"


@dataclass(frozen=True)
class Away:
    """Since when the server is not used, why, and until when it is not asked."""

    since: float
    until: float
    reason: str


class FallbackEngine:
    """Elasticsearch while it answers in time and is complete, else the database."""

    name = "elasticsearch"

    def search(self, query: SearchQuery) -> SearchPage:
        if self._may_be_asked():
            try:
                page = ElasticEngine().search(query)
            except Unanswerable as error:
                logger.error("The search server refuses a question (%s): the database answers it.", error)
            except Unreachable as error:
                note_failure(str(error))
            except DatabaseError:
                raise  # the rows could not answer either
            except Exception as error:
                # What answers is no search server, or not as this version knows one. The rows can answer all the same.
                logger.exception("The search server's answer is not understood.")
                note_failure(type(error).__name__)
            else:
                if away() is not None:
                    note_success()
                return page
        return DatabaseEngine().search(query)

    def _may_be_asked(self) -> bool:
        state = away()
        if state is None:
            return True
        if time.time() < state.until or SearchChange.objects.exists():
            return False
        return caches["shared"].add(_TRYING, True, timeout=PAUSE)


def away() -> Away | None:
    """None while the server is used."""
    state = caches["shared"].get(_AWAY)
    return Away(**state) if state else None


def note_failure(reason: str) -> None:
    """The server is not asked for a while; the first failure is logged, not each."""
    state, now = away(), time.time()
    if state is None:
        logger.error("The search server is away (%s): the database answers.", reason)
    state = Away(since=state.since if state else now, until=now + PAUSE, reason=reason)
    caches["shared"].set(_AWAY, asdict(state), timeout=None)


def note_success() -> None:
    """The server is used again."""
    state = away()
    if state is not None:
        caches["shared"].delete(_AWAY)
        logger.warning("The search server is back after %.0f s.", time.time() - state.since)


def tell_server() -> bool:
    """After a change of rows: tell the server; whether it knows everything now.

    Never fails: what cannot be told stays noted, and the database answers until it is.
    """
    state = away()
    if state is not None and time.time() < state.until:
        return False  # not asked again by each of many changes
    try:
        sync.catch_up()
    except Unreachable as error:
        note_failure(str(error))
        return False
    note_success()
    return True


def keep_up() -> None:
    """A round of the scheduler: tell what was left untold, and from time to time compare what both have."""
    if tell_server() and caches["shared"].add(_MENDED, True, timeout=MENDING_PAUSE):
        try:
            sync.mend()
        except Unreachable as error:
            note_failure(str(error))
