"""From an understood query to the body of a request. Words to match decide who is found, places decide the order."""

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from portal.search.engines.elastic.indices import still_open
from portal.search.query import SearchQuery
from portal.search.ranking import BODY, SUMMARY, TITLE
from portal.search.results import PAGE_SIZE
from portal.search.understanding import LIKELY, Alternative, Group, Understood

PLACES = 5_000  # kinds × sections × years; there are some hundreds
# Limits of what one question may cost the server, however many words and variants it has.
WEIGHED_GROUPS, ALTERNATIVES = 12, 12
_FIELDS = (("title", TITLE), ("summary", SUMMARY), ("everything", BODY))
_PHRASE = (("title", 12.0), ("summary", 5.0), ("everything", 3.0))
_WHOLE_TITLE = 60.0
_BEGINNING = 0.6  # what a word counts of which only the beginning matches
_EXACT = (("title", 20.0), ("everything", 15.0))  # for each word that has the very marks that were typed
_MISSPELT = 0.2
_FRESH = 0.1  # at most a tenth more, for what is new today
_FRESH_DAYS = "365d"


def hits(query: SearchQuery, understood: Understood, now, *, loosely: bool) -> Search:
    """One page of results, and all that was found counted by place. `loosely` also takes guesses and misspellings."""
    search = Search().query(_scored(understood, now, loosely)).post_filter(_narrowing(query))
    search.aggs.bucket("places", A("terms", field="place", size=PLACES))
    order = [{"date": {"order": "desc", "missing": "_last"}}] if query.sort == "date" else ["_score"]
    start = (query.page - 1) * PAGE_SIZE
    return search.sort(*order, {"row": "desc"}).source(False).extra(from_=start, size=PAGE_SIZE, track_total_hits=True)


def count(understood: Understood, now, *, loosely: bool) -> Search:
    """How much there is, without any narrowing."""
    return Search().query(Q("bool", filter=_conditions(understood, now, loosely))).extra(size=0, track_total_hits=True)


def _scored(understood: Understood, now, loosely: bool) -> Query:
    weighed = understood.groups[:WEIGHED_GROUPS]
    for_order = [Q("dis_max", queries=_scores(group, loosely)) for group in weighed] + _as_a_whole(understood)
    matching = Q("bool", filter=_conditions(understood, now, loosely), should=for_order)
    freshness = {"exp": {"fresh": {"origin": "now", "scale": _FRESH_DAYS, "decay": 0.37}}, "weight": _FRESH}
    return Q(
        "function_score",
        query=matching,
        functions=[{"weight": 1}, {"filter": {"exists": {"field": "fresh"}}, **freshness}],
        score_mode="sum",
        boost_mode="multiply",
    )


def _conditions(understood: Understood, now, loosely: bool) -> list:
    """What every result must fulfil."""
    conditions = [Q(still_open(now))]
    for group in understood.required:
        conditions.append(_any([_match(one, "everything", loosely) for one in _alternatives(group, loosely)]))
    return conditions + [_line(phrase, "everything") for phrase in understood.phrases]


def _alternatives(group: Group, loosely: bool) -> list[Alternative]:
    """The likeliest first, never none."""
    ranked = sorted(group.alternatives, key=lambda one: -one.weight)
    likely = [one for one in ranked if loosely or one.weight >= LIKELY]
    return (likely or ranked[:1])[:ALTERNATIVES]


def _scores(group: Group, loosely: bool) -> list[Query]:
    return [_score(one, loosely) for one in _alternatives(group, loosely)]


def _score(one: Alternative, loosely: bool) -> Query:
    """What an alternative adds in each field; a whole word more than the beginning of one."""
    clauses = []
    for field, weight in _FIELDS:
        clauses.append(_whole(one.tokens, field, weight * one.weight))
        if one.prefix:
            clauses.append(_beginning(one.tokens, field, _BEGINNING * weight * one.weight))
        if loosely and _may_be_misspelt(one):
            clauses.append(_misspelt(one.tokens[0], field, _MISSPELT * weight * one.weight))
    if one.exact:
        clauses += [Q("constant_score", filter=Q("term", **{field: one.exact}), boost=boost) for field, boost in _EXACT]
    return Q("bool", should=clauses)


def _match(one: Alternative, field: str, loosely: bool) -> Query:
    found = _beginning(one.tokens, field, 1.0) if one.prefix else _whole(one.tokens, field, 1.0)
    return _any([found, _misspelt(one.tokens[0], field, 1.0)]) if loosely and _may_be_misspelt(one) else found


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
    return len(one.tokens) == 1 and one.weight == 1.0 and one.tokens[0].isascii() and one.tokens[0].isalpha()


def _as_a_whole(understood: Understood) -> list[Query]:
    """More for what stands together as it was typed, most for a title that is the query."""
    whole = understood.whole.strip()
    if not whole:
        return []
    clauses = [Q("constant_score", filter=Q("term", whole_title=whole), boost=_WHOLE_TITLE)]
    return clauses + [_line(f"{whole} ", field, boost) for field, boost in _PHRASE if " " in whole]


def _line(piece: str, field: str, boost: float = 1.0) -> Query:
    """A piece of a token line as it stands; without a space at its end the last token may go on."""
    tokens = tuple(piece.split())
    return _whole(tokens, field, boost) if piece.endswith(" ") else _beginning(tokens, field, boost)


def _narrowing(query: SearchQuery) -> Query:
    conditions = []
    if query.kinds:
        conditions.append(Q("terms", kind=list(query.kinds)))
    if query.section:
        conditions.append(Q("term", section=query.section))
    if query.year is not None:
        conditions.append(Q("term", year=query.year))
    return Q("bool", filter=conditions) if conditions else Q("match_all")


def _any(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Q("bool", should=queries, minimum_should_match=1)
