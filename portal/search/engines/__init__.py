"""Who answers a `SearchQuery` with a `SearchPage`. Settings choose; the view never asks which."""

from typing import Protocol

from django.conf import settings

from portal.search.query import SearchQuery
from portal.search.results import SearchPage


class Engine(Protocol):
    name: str

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer a question that `can_be_answered`. A page beyond the last comes back without hits."""


def get_engine() -> Engine:
    from portal.search.engines.across import AcrossLanguages

    if settings.ELASTICSEARCH_URL:
        from portal.search.engines.fallback import FallbackEngine

        return AcrossLanguages(FallbackEngine())
    from portal.search.engines.database import DatabaseEngine

    return AcrossLanguages(DatabaseEngine())


def tell_server() -> None:
    """Tell the search server what has changed; where none is configured its client is not even loaded."""
    if settings.ELASTICSEARCH_URL:
        from portal.search.engines import fallback

        fallback.tell_server()


def keep_up() -> None:
    """A round of the scheduler: what was left untold, and from time to time whether both have the same."""
    if settings.ELASTICSEARCH_URL:
        from portal.search.engines import fallback

        fallback.keep_up()
