"""From an understood query to the body of a request. Words to match decide who is found, places decide the order.

The order follows `portal.search.ranking`: title before summary before body, rare words before common ones, what stands
together and has the marks that were typed before what does not.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from functools import partial

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from portal.search.engines.elastic.indices import still_open
from portal.search.query import SearchQuery
from portal.search.ranking import BODY, MARKED, RELAXED, SUMMARY, TITLE
from portal.search.results import PAGE_SIZE
from portal.search.understood import Alternative, Group, Some, Understood, foremost

MOST_GONE = 1_000  # withdrawn entries that a question may name
PLACES = 5_000  # kinds × sections × years; there are some hundreds
# Limits of what one question may cost the server, however many words and variants it has.
_WEIGHED_GROUPS, RELAXED_GROUPS, _NEIGHBOURS = 12, 12, 8
_FIELDS = (("title", TITLE), ("summary", SUMMARY), ("everything", BODY))
_PHRASE = (("title", 12.0), ("summary", 5.0), ("everything", 3.0))
_WHOLE_TITLE = 60.0  # also for a page that has an abolished unit's full name
_CALLED_SO = 0.5  # how much more a page counts whose title is the query, however often others speak of it
_BEGINNING = 0.6  # what a word counts of which only the beginning matches
_OTHER_MARKS = 0.5  # what a word counts that was typed with marks and stands there with others
_APART = 0.35  # what a typed name counts whose words do not stand together
_TOGETHER = 0.6  # what two neighbouring words of the query count, beside the whole of it
_MISSPELT = 0.2
_FRESH, _FRESH_DAYS = 0.1, "365d"  # at most a tenth more, for what is new today


class Reach(Enum):
    """How far a question for all of it reaches: without guesses, or with guesses and misspellings."""

    LIKELY, GUESSES = range(2)

    @property
    def guessing(self) -> bool:
        return self is Reach.GUESSES


def hits(query: SearchQuery, asked: Understood, reach: Reach | Some, now, gone: list[str]) -> Search:
    """One page of results, and all that was found counted by place; nothing of what is gone."""
    search = Search().query(_scored(query, asked, reach, _open(query, now, gone))).post_filter(_narrowing(query))
    search.aggs.bucket("places", A("terms", field="place", size=PLACES))
    order = [{"date": {"order": "desc", "missing": "_last"}}] if query.sort == "date" else ["_score"]
    start = (query.page - 1) * PAGE_SIZE
    return search.sort(*order, {"row": "desc"}).source(False).extra(from_=start, size=PAGE_SIZE, track_total_hits=True)


def count(query: SearchQuery, asked: Understood, reach: Reach | Some, now, gone: list[str]) -> Search:
    """How much there is, without any narrowing but that of days."""
    return Search().query(_conditions(asked, reach, _open(query, now, gone))).extra(size=0, track_total_hits=True)


def _scored(query: SearchQuery, asked: Understood, reach: Reach | Some, open_now: list[Query]) -> Query:
    for_order = [_score(group, reach) for group in foremost(asked.groups, _WEIGHED_GROUPS)] + _as_a_whole(asked)
    abolished = [_match(one) for group in asked.groups for one in group.full_names]
    if abolished:
        told = Q("bool", should=abolished, minimum_should_match=1)
        for_order.append(Q("constant_score", filter=told, boost=_WHOLE_TITLE))
    if isinstance(reach, Some):
        for group, weight in zip(reach.groups, asked.weights, strict=False):
            for_order.append(Q("constant_score", filter=_condition(group, reach), boost=RELAXED * weight))
    matching = Q("bool", filter=[_conditions(asked, reach, open_now)], should=for_order)
    freshness = {"exp": {"fresh": {"origin": "now", "scale": _FRESH_DAYS, "decay": 0.37}}, "weight": _FRESH}
    return Q(
        "function_score",
        query=matching,
        functions=[
            {"weight": 1},
            {"filter": _called_so(asked), "weight": _CALLED_SO},
            {"filter": {"exists": {"field": "fresh"}}, **freshness},
        ],
        score_mode="sum",
        boost_mode="multiply",
    )


# --- Who is found -------------------------------------------------------------------------------------------------


def _open(query: SearchQuery, now, gone: list[str]) -> list[Query]:
    """What may be found at all: what is public now, of the days that are asked for."""
    withdrawn = [Q("bool", must_not=Q("ids", values=gone))] if gone else []
    return [Q(still_open(now)), *_between(query), *withdrawn]


def _conditions(asked: Understood, reach: Reach | Some, open_now: list[Query]) -> Query:
    """What every result must fulfil."""
    phrases = [_line(phrase, "everything") for phrase in asked.phrases]
    if isinstance(reach, Some):
        return Q("bool", filter=[*open_now, _enough(reach, asked.weights)])
    groups = asked.likely if reach is Reach.LIKELY else asked.required
    return Q("bool", filter=[*open_now, *(_condition(group, reach) for group in groups), *phrases])


def _enough(some: Some, weights: tuple[int, ...]) -> Query:
    """What has groups that together weigh enough: added up as a score of its own."""
    wanted = [
        Q("constant_score", filter=_condition(group, some), boost=weight)
        for group, weight in zip(some.groups, weights, strict=False)
    ]
    return Q("function_score", query=Q("bool", should=wanted, minimum_should_match=1), min_score=some.least(weights))


def _condition(group: Group, reach: Reach | Some) -> Query:
    ways = [_match(one) for one in group.alternatives]
    if reach.guessing:
        ways += [_misspelt(one.tokens[0], "everything", 1.0) for one in group.alternatives if _may_be_misspelt(one)]
    return ways[0] if len(ways) == 1 else Q("bool", should=ways, minimum_should_match=1)


def _match(one: Alternative) -> Query:
    """All its tokens; of what was typed, wherever they stand: whether they stand together decides the order."""
    if one.is_phrase:
        return _whole(one.tokens, "everything", 1.0)
    *first, last = (_whole((token,), "everything", 1.0) for token in one.needed)
    if one.prefix:
        last = _beginning(one.tokens[-1:], "everything", 1.0)
    return Q("bool", filter=[*first, last]) if first else last


# --- In which order -----------------------------------------------------------------------------------------------


def _score(group: Group, reach: Reach | Some) -> Query:
    """The best alternative of a group, in all fields together."""
    ways = [Q("bool", should=_clauses(one, group.worth)) for one in group.alternatives]
    if reach.guessing:
        likely = [one for one in group.alternatives if _may_be_misspelt(one)]
        ways += [_misspelt(one.tokens[0], field, _MISSPELT * most) for one in likely for field, most in _FIELDS]
    return Q("dis_max", queries=ways)


def _clauses(one: Alternative, weight: float) -> list[Query]:
    clauses = []
    for field, most in _FIELDS:
        boost = most * weight * one.weight
        if one.exact:
            marked = Q("term", **{field: one.exact})
            clauses.append(_whole(one.tokens, field, boost * _OTHER_MARKS))
            clauses.append(Q("bool", must=_whole(one.tokens, field, boost * (1 - _OTHER_MARKS)), filter=marked))
        else:
            clauses.append(_whole(one.tokens, field, boost))
        if one.prefix:
            clauses.append(_beginning(one.tokens, field, boost * _BEGINNING))
        if len(one.tokens) > 1 and not one.is_phrase:
            clauses += [Q("bool", must=[_whole((token,), field, boost * _APART) for token in one.tokens])]
    return clauses


def _as_a_whole(asked: Understood) -> list[Query]:
    """More for what stands together as it was typed, most for a title that is the query."""
    whole = asked.whole.strip()
    words = whole.split()
    if not words:
        return []
    clauses = _with_marks(
        lambda boost: Q("constant_score", filter=_called_so(asked), boost=boost),
        _WHOLE_TITLE,
        "title",
        words,
        asked,
    )
    rows = [(tuple(words), 1.0)] if len(words) > 1 else []
    if len(words) > 2:
        together = asked.neighbours[:_NEIGHBOURS]
        rows += [(two, _TOGETHER / len(together)) for two in together]
    for row, share in rows:
        for field, boost in _PHRASE:
            clauses += _with_marks(partial(_whole, row, field), boost * share, field, row, asked)
    if asked.typed_marks:
        exactly = [Q("term", everything=exact) for exact in asked.typed_marks.values()]
        clauses.append(Q("constant_score", filter=Q("bool", filter=exactly), boost=2 * MARKED * len(exactly)))
        # And by how rare they are, as all else is weighed: else rare words of a title that are only spelled alike win.
        weighed = [_whole((exact,), "everything", 2 * MARKED) for exact in asked.typed_marks.values()]
        clauses.append(Q("bool", must=weighed))
    return clauses


def _called_so(asked: Understood) -> Query:
    """Pages whose title is the query, or another name of what it means."""
    return Q("terms", whole_title=list(asked.titles))


def _with_marks(
    clause: Callable[[float], Query], boost: float, field: str, words: Iterable[str], asked: Understood
) -> list[Query]:
    """A clause for words side by side; where some were typed with marks, a part of its boost is for what has these."""
    marks = [Q("term", **{field: asked.typed_marks[word]}) for word in words if word in asked.typed_marks]
    if not marks:
        return [clause(boost)]
    exactly = Q("bool", must=clause(boost * (1 - _OTHER_MARKS)), filter=marks)
    return [clause(boost * _OTHER_MARKS), exactly]


# --- Pieces -------------------------------------------------------------------------------------------------------


def _whole(tokens: tuple[str, ...], field: str, boost: float) -> Query:
    if len(tokens) == 1:
        return Q("term", **{field: {"value": tokens[0], "boost": boost}})
    return Q("match_phrase", **{field: {"query": " ".join(tokens), "boost": boost}})


def _beginning(tokens: tuple[str, ...], field: str, boost: float) -> Query:
    if len(tokens) == 1:
        return Q("prefix", **{field: {"value": tokens[0], "boost": boost}})
    return Q("match_phrase_prefix", **{field: {"query": " ".join(tokens), "boost": boost, "max_expansions": 50}})


def _misspelt(token: str, field: str, boost: float) -> Query:
    options = {"value": token, "fuzziness": "AUTO:5,9", "prefix_length": 1, "max_expansions": 20, "boost": boost}
    return Q("fuzzy", **{field: options})


def _may_be_misspelt(one: Alternative) -> bool:
    may_be = len(one.tokens) == 1 and one.weight == 1.0 and not one.literal
    return may_be and one.tokens[0].isascii() and one.tokens[0].isalpha()


def _line(piece: str, field: str) -> Query:
    """A piece of a token line as it stands; without a space at its end the last token may go on."""
    return (_whole if piece.endswith(" ") else _beginning)(tuple(piece.split()), field, 1.0)


def _between(query: SearchQuery) -> list[Query]:
    """The days that are asked for."""
    bounds = {"gte": query.since, "lte": query.until}
    wanted = {name: day.isoformat() for name, day in bounds.items() if day}
    return [Q("range", date=wanted)] if wanted else []


def _narrowing(query: SearchQuery) -> Query:
    conditions = []
    if query.kinds:
        conditions.append(Q("terms", kind=list(query.kinds)))
    if query.section:
        conditions.append(Q("term", section=query.section))
    if query.topic:
        conditions.append(Q("term", topics=query.topic))
    if query.year is not None:
        conditions.append(Q("term", year=query.year))
    return Q("bool", filter=conditions) if conditions else Q("match_all")
