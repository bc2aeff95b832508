"""The embedded engine: answers from the rows, the same on SQLite and on PostgreSQL.

Few queries, however much is found: what the words may mean; one counts everything by language, kind, section and
year; one reads the best candidates; one reads what the page shows. The database finds words by its index and orders
roughly by title and summary; the first 100 of that order are then put into their final one by `portal.search.ranking`.
"""

from collections import Counter, namedtuple
from collections.abc import Callable
from dataclasses import replace

from django.db import connection
from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, IntegerField, Q, QuerySet, Value, When
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
from portal.search.sections import section_titles, topic_names
from portal.search.understanding import understand, understand_words
from portal.search.understood import Group as Wanted
from portal.search.understood import Some, Understood
from portal.search.vocabulary import Telling

RANKED = 100  # candidates that get their final order; a multiple of PAGE_SIZE
FEW = 3  # with fewer results than this, guesses are looked for too
_ROUGHLY_WEIGHED = 12  # words that take part in the rough order; the rest of a long query only has to match
_ROUGH_ALTERNATIVES = 3
_RANKED_BY = ("pk", "folded_title", "folded_summary", "folded", "date", "is_dated")
_RELAXED_MOST = 12  # groups that are counted one by one where nothing has them all

Group = namedtuple("Group", "language kind section year topics count")


class DatabaseEngine:
    """Answers from `SearchEntry`."""

    name = "database"

    def search(self, query: SearchQuery) -> SearchPage:
        found, groups, asked = self._counted(understand(query), query)
        relaxed = bool(asked.weights)
        here = [group for group in groups if group.language == query.language]
        page = SearchPage(total=sum(group.count for group in here if _fits(group, query)), page=query.page)
        return SearchPage(
            total=page.total,
            page=query.page,
            hits=self._hits(found, query, asked, page.total) if page.exists and page.total else [],
            facets=_facets(here, query),
            elsewhere=_elsewhere(groups, query),
            suggestion=asked.corrections[0] if asked.corrections and here and not relaxed else "",
            notices=asked.notices,
            relaxed=relaxed,
            engine=self.name,
        )

    def _counted(self, asked: Understood, query: SearchQuery) -> tuple[QuerySet, list[Group], Understood]:
        """What was found, counted by language and facets: first without guesses; where that is little, with them;
        where it is nothing, what has some of the words (then the third value has weights). Of other languages that have
        all of it, that is the number."""
        found = self._found(asked, query, asked.likely)
        groups = _count(found)
        if asked.has_guesses and _in_language(groups, query) < FEW:
            found = self._found(asked, query, asked.required)
            groups = _count(found)
        if not _in_language(groups, query) and asked.may_be_words:
            asked = understand_words(query, asked)
            found = self._found(asked, query, asked.required)
            groups = _count(found)
        if not _in_language(groups, query) and (some := asked.relaxed):
            some, whole = replace(some, weights=weights_of(some.likely[:_RELAXED_MOST], query.language)), groups
            for way in some.relaxed_ways:
                found = self._found_some(way, some.weights, query)
                groups = _count(found)
                if _in_language(groups, query):
                    here, others = _apart(groups, query)
                    return found, here + (_apart(whole, query)[1] or others), some
            groups = whole or groups
        return found, groups, asked

    def _found(self, asked: Understood, query: SearchQuery, wanted: tuple[Wanted, ...]) -> QuerySet:
        """Everything that has all the groups and phrases, in all languages."""
        entries = _between(query).filter(matching(wanted, connection.vendor))
        for group in wanted:
            if group.has_phrases:
                entries = entries.filter(_together(group))
        for phrase in asked.phrases:
            entries = entries.filter(_contains("folded", phrase))
        return entries

    def _found_some(self, way: Some, weights: tuple[int, ...], query: SearchQuery) -> QuerySet:
        """Everything that has enough of what was asked, rare words counting more."""
        wanted = way.groups[:_RELAXED_MOST]
        score = Value(0)
        for group, weight in zip(wanted, weights, strict=True):
            has_it = When(matching((group,), connection.vendor), then=Value(weight))
            score = score + Case(has_it, default=Value(0), output_field=IntegerField())
        ways = tuple(one for group in wanted for one in group.alternatives)
        some = _between(query).filter(matching((Wanted(ways),), connection.vendor)).annotate(has=score)
        return some.filter(has__gte=way.least(weights))

    def _hits(self, found: QuerySet, query: SearchQuery, asked: Understood, total: int) -> list[Hit]:
        start = (query.page - 1) * PAGE_SIZE
        narrowed = _narrowed(found, query)
        if query.sort == "date":
            ids = list(
                narrowed.order_by(F("date").desc(nulls_last=True), "-pk").values_list("pk", flat=True)[
                    start : start + PAGE_SIZE
                ]
            )
        elif start >= RANKED:
            ids = list(_roughly_ordered(narrowed, asked).values_list("pk", flat=True)[start : start + PAGE_SIZE])
        else:
            if total > RANKED:
                # Sorted without the texts, which are read of the best only.
                best = _roughly_ordered(narrowed, asked).values("pk")[:RANKED]
                narrowed = SearchEntry.objects.filter(pk__in=best)
            if total <= PAGE_SIZE:  # then all of each row in one query
                few = narrowed.in_bulk()
                candidates = [ranking.Candidate(*(getattr(one, name) for name in _RANKED_BY)) for one in few.values()]
                return [hit_of(few[pk], asked) for pk in ranking.in_order(candidates, asked, timezone.localdate())]
            candidates = [ranking.Candidate(*row) for row in narrowed.values_list(*_RANKED_BY)]
            ids = ranking.in_order(candidates, asked, timezone.localdate())[start : start + PAGE_SIZE]
        entries = SearchEntry.objects.defer("folded_title", "folded_summary", "folded").in_bulk(ids)
        return [hit_of(entries[pk], asked) for pk in ids if pk in entries]


def weights_of(wanted: tuple[Wanted, ...], language: str) -> tuple[int, ...]:
    """What each group counts where not all of them are needed. One query."""
    telling = Telling(wanted, language)
    return tuple(telling.of(group) * group.size for group in wanted)


def _between(query: SearchQuery) -> QuerySet:
    """Everything public of the days that are asked for."""
    entries = SearchEntry.objects.open()
    if query.since:
        entries = entries.filter(date__gte=query.since)
    return entries.filter(date__lte=query.until) if query.until else entries


def _count(found: QuerySet) -> list[Group]:
    counted = found.order_by().values_list("language", "kind", "section", "year", "topics").annotate(Count("pk"))
    return [Group(*place, tuple(topics.split()), count) for *place, topics, count in counted]


def _in_language(groups: list[Group], query: SearchQuery) -> int:
    return sum(group.count for group in groups if group.language == query.language)


def _together(group: Wanted) -> Q:
    """Phrases stand together, which the index does not know; asked only of entries that have all their words."""
    loose = Wanted(tuple(one for one in group.alternatives if not one.is_phrase))
    condition = matching((loose,), connection.vendor) if loose.alternatives else Q()
    for one in group.alternatives:
        if one.is_phrase:
            condition |= _contains("folded", f" {' '.join(one.tokens)} ")
    return condition


def _narrowed(entries: QuerySet, query: SearchQuery) -> QuerySet:
    entries = entries.of_language(query.language)
    if query.kinds:
        entries = entries.filter(kind__in=query.kinds)
    if query.section:
        entries = entries.filter(section=query.section)
    if query.topic:
        entries = entries.filter(_contains("topics", f" {query.topic} "))
    if query.year is not None:
        entries = entries.filter(year=query.year)
    return entries


def _fits(group: Group, query: SearchQuery, but: str = "") -> bool:
    """Whether a counted group is inside the narrowing, leaving one facet out: that one is still to be chosen."""
    return (
        (but == "kind" or not query.kinds or group.kind in query.kinds)
        and (but == "section" or not query.section or group.section == query.section)
        and (but == "topics" or not query.topic or query.topic in group.topics)
        and (but == "year" or query.year is None or group.year == query.year)
    )


def _roughly_ordered(entries: QuerySet, asked: Understood) -> QuerySet:
    """By how much they have where nothing has all, by typed marks, then by words in title and summary, then by date:
    cheap enough for every row that matches."""
    whole = When(_contains("folded_title", asked.whole), then=Value(20.0))
    score = Case(whole, default=Value(0.0), output_field=FloatField())
    for group in asked.likely[:_ROUGHLY_WEIGHED]:
        score = score + _rough(group, "folded_title", ranking.TITLE) + _rough(group, "folded_summary", ranking.SUMMARY)
    if asked.has_marks:
        exactly = When(matching(asked.exactly, connection.vendor), then=Value(2 * ranking.TITLE))
        score = score + Case(exactly, default=Value(0.0), output_field=FloatField())
    if asked.weights:
        score = score + ExpressionWrapper(F("has") * Value(ranking.RELAXED), output_field=FloatField())
    return entries.annotate(rough=score).order_by("-rough", F("date").desc(nulls_last=True), "-pk")


def _rough(group: Wanted, column: str, weight: float) -> Case:
    """The first alternatives of a group in one column, weighed; the beginning of a word counts half."""
    ways = []
    for one in group.alternatives[:_ROUGH_ALTERNATIVES]:
        ways.append(When(_contains(column, f" {' '.join(one.tokens)} "), then=Value(weight * one.weight)))
        if one.prefix:
            ways.append(When(_contains(column, one.needle), then=Value(weight / 2)))
    return Case(*ways, default=Value(0.0), output_field=FloatField())


def _contains(column: str, text: str) -> Q:
    """Plain position of a text: `__contains` would be LIKE, which on SQLite also folds case and is slower."""
    return Q(GreaterThan(StrIndex(F(column), Value(text)), 0))


def _facets(here: list[Group], query: SearchQuery) -> dict[str, list[Facet]]:
    titles, topics = section_titles(query.language), topic_names(query.language)
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
        "topic": _facet(
            here,
            query,
            "topics",
            lambda code: topics.get(code, code),
            (query.topic,),
            lambda values: {"topic": values[-1] if values else ""},
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
        if not _fits(group, query, but=name):
            continue
        of_group = getattr(group, name)
        for value in of_group if isinstance(of_group, tuple) else filter(None, (of_group,)):
            counts[value] += group.count
    facets = []
    for value, count in counts.most_common():
        values = tuple(other for other in chosen if other != value) if value in chosen else (*chosen, value)
        address = query.address(page=1, **change(values))
        facets.append(Facet(str(value), str(label(value)), count, value in chosen, address))
    return facets


def _apart(groups: list[Group], query: SearchQuery) -> tuple[list[Group], list[Group]]:
    """Those in the language of the query, and those in others."""
    here = [group for group in groups if group.language == query.language]
    return here, [group for group in groups if group.language != query.language]


def _elsewhere(groups: list[Group], query: SearchQuery) -> list[Elsewhere]:
    """How often the words were found in each other language, without any narrowing."""
    counts = Counter()
    for group in groups:
        if group.language != query.language:
            counts[group.language] += group.count
    return [Elsewhere(language, count) for language, count in counts.most_common()]


def hit_of(entry: SearchEntry, asked: Understood) -> Hit:
    """An entry as a result shows it."""
    return Hit(
        key=entry.key,
        url=get_script_prefix().rstrip("/") + entry.path,
        kind=entry.kind,
        kind_label=kind_label(entry.kind),
        section_title=section_titles(entry.language).get(entry.section, ""),
        title=entry.title,
        title_html=mark(entry.title, asked),
        snippet_html=snippet(entry.summary, entry.body, asked),
        date=entry.date if entry.is_dated else None,
        updated=entry.updated,
        file_type=entry.file_type,
        file_size=entry.file_size,
    )
