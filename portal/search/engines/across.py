"""What was asked in another language than that of the pages: their translations are the answer.

«ruộng bậc thang» typed in the English edition finds nothing there, but it finds Vietnamese pages; where these are
translated into English, the reader gets them. Asked only where the reader's own language has nothing that has it all,
and as it is written: guesses in a language that was hardly meant would cost more than they find.
"""

from dataclasses import replace

from django.conf import settings
from wagtail.models import Page

from portal.search.engines.database import hit_of
from portal.search.models import SearchEntry
from portal.search.query import SearchQuery
from portal.search.results import PAGE_SIZE, SearchPage
from portal.search.text import is_han, tokens
from portal.search.understood import Group, Understood
from portal.search.units import as_typed


class AcrossLanguages:
    """An engine that also looks for translations."""

    def __init__(self, engine):
        self._engine = engine
        self.name = engine.name

    def search(self, query: SearchQuery) -> SearchPage:
        page = self._engine.search(query)
        narrowed = query.is_narrowed
        if page.total and not page.relaxed or narrowed or query.page > 1:
            return page
        for language in _languages(query):
            found = self._engine.search(replace(query, language=language, sort="relevance", as_written=True))
            if found.total and (hits := _translated(found, query)):
                return replace(page, hits=hits, total=len(hits), facets={}, relaxed=False, translated_from=language)
        return page


def _languages(query: SearchQuery) -> list[str]:
    """In which the query may be written: Han is Chinese, everything else Vietnamese or English."""
    han = any(map(is_han, tokens(query.text)))
    others = [code for code, _name in settings.LANGUAGES if code != query.language]
    return [code for code in others if (code == "zh-hans") == han]


def _translated(found: SearchPage, query: SearchQuery) -> list:
    """The same pages in the reader's language, in the same order; only what is public there. Two queries."""
    entries = SearchEntry.objects.filter(key__in=[hit.key for hit in found.hits], page__isnull=False)
    keys = dict(entries.values_list("key", "page__translation_key"))
    pages = Page.objects.filter(translation_key__in=keys.values(), locale__language_code=query.language)
    there = SearchEntry.objects.open().filter(page__in=pages, language=query.language).select_related("page")
    by_key = {entry.page.translation_key: entry for entry in there}
    typed = tuple(Group((as_typed(word),)) for word in query.terms.words)
    asked = Understood(groups=typed, runs=query.terms.runs)  # only to mark what was typed: needs no query
    best = [by_key[keys[hit.key]] for hit in found.hits if keys.get(hit.key) in by_key]
    return [hit_of(entry, asked) for entry in best[:PAGE_SIZE]]
