"""Who answers a `SearchQuery` with a `SearchPage`. One engine today; the view never asks which."""

from typing import Protocol

from portal.search.query import SearchQuery
from portal.search.results import SearchPage


class Engine(Protocol):
    name: str

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer a question that `can_be_answered`. A page beyond the last comes back without hits."""


def get_engine() -> Engine:
    from portal.search.engines.database import DatabaseEngine

    return DatabaseEngine()
