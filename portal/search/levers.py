"""What editors chose to be shown first for a query (best bets). Read once a cache generation."""

from collections import defaultdict

from portal.publishing.generation import cached
from portal.search.engines.database import hit_of
from portal.search.models import BestBet, SearchEntry, lines_of
from portal.search.query import SearchQuery
from portal.search.results import Hit
from portal.search.text import tokens
from portal.search.understanding import understand


def chosen_for(query: SearchQuery) -> list[Hit]:
    """The chosen results of a query in their order; only what is public now. No query where nothing was chosen."""
    ids = _bets(query.language).get(_same(query.text), [])
    if not ids:
        return []
    entries = SearchEntry.objects.open().filter(page_id__in=ids, language=query.language)
    by_page = {entry.page_id: entry for entry in entries}
    asked = understand(query)
    return [hit_of(by_page[pk], asked) for pk in ids if pk in by_page]


def _bets(language: str) -> dict[str, list[int]]:
    def build() -> dict[str, list[int]]:
        found = defaultdict(list)
        for bet in BestBet.objects.filter(language=language):
            for line in lines_of(bet.queries):
                found[_same(line)].append(bet.page_id)
        return dict(found)

    return cached(f"best-bets:{language}", build)


def _same(text: str) -> str:
    return " ".join(tokens(text))
