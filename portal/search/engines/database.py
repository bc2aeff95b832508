"""The embedded engine: answers from the rows, the same on SQLite and on PostgreSQL.

Three queries, however much is found: one counts everything by language, kind, section and year; one reads the best
candidates; one reads what the page shows. The database finds words by its index and orders roughly by title and
summary; the first 100 of that order are then put into their final one by `portal.search.ranking`.
"""

from collections import Counter, namedtuple
from collections.abc import Callable

from django.db import connection
from django.db.models import Case, Count, F, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.urls import get_script_prefix
from django.utils import timezone

from portal.search import ranking
from portal.search.engines.storage import matching
from portal.search.highlight import mark, snippet
from portal.search.kinds import kind_label
from portal.search.models import SearchEntry
from portal.search.query import SearchQuery
from portal.search.results import PAGE_SIZE, Elsewhere, Facet, Hit, SearchPage
from portal.search.sections import section_titles
from portal.search.terms import Term, Terms

RANKED = 100  # candidates that get their final order; a multiple of PAGE_SIZE
_ROUGHLY_WEIGHED = 12  # words that take part in the rough order; the rest of a long query only has to match

Group = namedtuple("Group", "language kind section year count")


class DatabaseEngine:
    """Answers from `SearchEntry`."""

    name = "database"

    def search(self, query: SearchQuery) -> SearchPage:
        found = self._found(query.terms)
        groups = [
            Group(*row)
            for row in found.values_list("language", "kind", "section", "year").annotate(Count("pk")).order_by()
        ]
        here = [group for group in groups if group.language == query.language]
        page = SearchPage(total=sum(group.count for group in here if _fits(group, query)), page=query.page)
        return SearchPage(
            total=page.total,
            page=query.page,
            hits=self._hits(found, query, page.total) if page.exists and page.total else [],
            facets=_facets(here, query),
            elsewhere=_elsewhere(groups, query),
            engine=self.name,
        )

    def _found(self, terms: Terms) -> QuerySet:
        """Everything that has all the words and phrases, in all languages."""
        entries = SearchEntry.objects.open().filter(matching(terms.words, connection.vendor))
        for phrase in terms.phrases:
            entries = entries.filter(_contains("folded", phrase))
        return entries

    def _hits(self, found: QuerySet, query: SearchQuery, total: int) -> list[Hit]:
        start = (query.page - 1) * PAGE_SIZE
        narrowed = _narrowed(found, query)
        if query.sort == "date":
            ids = list(
                narrowed.order_by(F("date").desc(nulls_last=True), "-pk").values_list("pk", flat=True)[
                    start : start + PAGE_SIZE
                ]
            )
        elif start >= RANKED:
            ids = list(_roughly_ordered(narrowed, query.terms).values_list("pk", flat=True)[start : start + PAGE_SIZE])
        else:
            if total > RANKED:
                # Sorted without the texts, which are read of the best only.
                best = _roughly_ordered(narrowed, query.terms).values("pk")[:RANKED]
                narrowed = SearchEntry.objects.filter(pk__in=best)
            rows = narrowed.values_list("pk", "folded_title", "folded_summary", "folded", "date", "is_dated")
            candidates = [ranking.Candidate(*row) for row in rows]
            ids = ranking.in_order(candidates, query.terms, timezone.localdate())[start : start + PAGE_SIZE]
        entries = SearchEntry.objects.defer("folded_title", "folded_summary", "folded").in_bulk(ids)
        return [_hit(entries[pk], query) for pk in ids if pk in entries]


def _narrowed(entries: QuerySet, query: SearchQuery) -> QuerySet:
    entries = entries.filter(language=query.language)
    if query.kinds:
        entries = entries.filter(kind__in=query.kinds)
    if query.section:
        entries = entries.filter(section=query.section)
    if query.year is not None:
        entries = entries.filter(year=query.year)
    return entries


def _fits(group: Group, query: SearchQuery, but: str = "") -> bool:
    """Whether a counted group is inside the narrowing, leaving one facet out: that one is still to be chosen."""
    return (
        (but == "kind" or not query.kinds or group.kind in query.kinds)
        and (but == "section" or not query.section or group.section == query.section)
        and (but == "year" or query.year is None or group.year == query.year)
    )


def _roughly_ordered(entries: QuerySet, terms: Terms) -> QuerySet:
    """By typed marks, then by words in title and summary, then by date: cheap enough for every row that matches."""
    whole = When(_contains("folded_title", terms.whole), then=Value(20.0))
    score = Case(whole, default=Value(0.0), output_field=FloatField())
    for word in terms.words[:_ROUGHLY_WEIGHED]:
        score = score + _rough(word, "folded_title", ranking.TITLE) + _rough(word, "folded_summary", ranking.SUMMARY)
    if terms.has_marks:
        exactly = When(matching(terms.exactly(), connection.vendor), then=Value(10_000.0))
        score = score + Case(exactly, default=Value(0.0), output_field=FloatField())
    return entries.annotate(rough=score).order_by("-rough", F("date").desc(nulls_last=True), "-pk")


def _rough(word: Term, column: str, weight: float) -> Case:
    whole = When(_contains(column, f" {word.folded} "), then=Value(weight))
    beginning = When(_contains(column, f" {word.folded}"), then=Value(weight / 2))
    return Case(*([whole, beginning] if word.prefix else [whole]), default=Value(0.0), output_field=FloatField())


def _contains(column: str, text: str) -> Q:
    """Plain position of a text: `__contains` would be LIKE, which on SQLite also folds case and is slower."""
    return Q(GreaterThan(StrIndex(F(column), Value(text)), 0))


def _facets(here: list[Group], query: SearchQuery) -> dict[str, list[Facet]]:
    titles = section_titles(query.language)
    return {
        "kind": _facet(here, query, "kind", kind_label, query.kinds, lambda kinds: {"kinds": kinds}),
        "section": _facet(
            here,
            query,
            "section",
            lambda slug: titles.get(slug, slug),
            (query.section,),
            lambda values: {"section": values[-1] if values else ""},
        ),
        "year": sorted(
            _facet(here, query, "year", str, (query.year,), lambda values: {"year": values[-1] if values else None}),
            key=lambda facet: facet.value,
            reverse=True,
        ),
    }


def _facet(here, query: SearchQuery, name: str, label: Callable, chosen: tuple, change: Callable) -> list[Facet]:
    """The values of one facet with their counts, most first. A chosen value stays, even if nothing is left of it."""
    chosen = tuple(value for value in chosen if value)
    counts = Counter(dict.fromkeys(chosen, 0))
    for group in here:
        if _fits(group, query, but=name) and getattr(group, name):
            counts[getattr(group, name)] += group.count
    facets = []
    for value, count in counts.most_common():
        values = tuple(other for other in chosen if other != value) if value in chosen else (*chosen, value)
        address = query.address(page=1, **change(values))
        facets.append(Facet(str(value), str(label(value)), count, value in chosen, address))
    return facets


def _elsewhere(groups: list[Group], query: SearchQuery) -> list[Elsewhere]:
    """How often the words were found in each other language, without any narrowing."""
    counts = Counter()
    for group in groups:
        if group.language != query.language:
            counts[group.language] += group.count
    return [Elsewhere(language, count) for language, count in counts.most_common()]


def _hit(entry: SearchEntry, query: SearchQuery) -> Hit:
    return Hit(
        key=entry.key,
        url=get_script_prefix().rstrip("/") + entry.path,
        kind=entry.kind,
        kind_label=kind_label(entry.kind),
        section_title=section_titles(entry.language).get(entry.section, ""),
        title=entry.title,
        title_html=mark(entry.title, query.terms),
        snippet_html=snippet(entry.summary, entry.body, query.terms),
        date=entry.date if entry.is_dated else None,
        updated=entry.updated,
    )
