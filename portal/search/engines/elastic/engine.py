"""Elasticsearch as an engine: it says what is found and in which order; what a reader sees is read from the rows.

So nothing can be shown that the rows no longer have, however late the server hears of a change.
"""

import re
import time
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.search.engines.database import FEW, Group, _elsewhere, _facets, hit_of, weights_of
from portal.search.engines.elastic import questions
from portal.search.engines.elastic.connection import (
    Unanswerable,
    Unreachable,
    ask_within,
    for_readers,
    for_work,
    translated_errors,
)
from portal.search.engines.elastic.indices import alias_of, languages
from portal.search.engines.elastic.questions import Reach
from portal.search.engines.elastic.schema import place_parts
from portal.search.models import SearchChange, SearchEntry
from portal.search.query import SearchQuery
from portal.search.results import PAGE_SIZE, WINDOW, Hit, SearchPage
from portal.search.understanding import understand, understand_words
from portal.search.understood import Some, Understood

_BAD_REQUEST = 400
_CLAUSE = re.compile(r"(?:weight\(|ConstantScore\()?\+?(title|summary|everything|whole_title):")


class ElasticEngine:
    """Answers from the server; raises `Unreachable` if it is away or slow."""

    name = "elasticsearch"

    def search(self, query: SearchQuery) -> SearchPage:
        if query.page * PAGE_SIZE > WINDOW:
            return SearchPage(total=WINDOW, page=query.page, engine=self.name)
        asked, deadline = understand(query), time.monotonic() + settings.ELASTICSEARCH_SECONDS
        found = self._ask(query, asked, Reach.LIKELY, deadline)
        if asked.has_guesses and found.all_here < FEW:
            found = self._ask(query, asked, Reach.GUESSES, deadline)
        if not found.all_here and asked.may_be_words:
            asked = understand_words(query, asked)
            found = self._ask(query, asked, Reach.GUESSES, deadline)
        relaxed, whole = None if found.all_here else asked.relaxed, found.elsewhere
        if relaxed:
            wanted = relaxed.likely[: questions.RELAXED_GROUPS]
            asked = replace(relaxed, weights=weights_of(wanted, query.language))
            for way in asked.relaxed_ways:
                found = self._ask(query, asked, way, deadline)
                if found.all_here:
                    break
        return SearchPage(
            total=found.total,
            page=query.page,
            hits=self._hits(found.keys, query, asked),
            facets=_facets(found.places, query),
            elsewhere=_elsewhere(whole or found.elsewhere, query),  # how often all of it is there, if it is
            suggestion=asked.corrections[0] if asked.corrections and found.places and not relaxed else "",
            notices=asked.notices,
            relaxed=relaxed is not None and found.all_here > 0,
            engine=self.name,
        )

    def explain(self, query: SearchQuery) -> dict[str, tuple[float, dict[str, float], dict]]:
        """By key: the score of each hit of the page, how much of it came from which field, the server's figures."""
        search = questions.hits(query, understand(query), Reach.LIKELY, timezone.now(), self._gone).extra(explain=True)
        with translated_errors():
            answer = search.index(alias_of(query.language)).using(for_work()).execute()
        found = {}
        for hit in answer.to_dict()["hits"]["hits"]:
            fields: dict[str, float] = {}
            _add_fields(hit["_explanation"], fields)
            found[hit["_id"]] = hit["_score"], fields, hit["_explanation"]
        return found

    def _ask(self, query: SearchQuery, asked: Understood, reach: Reach | Some, deadline: float) -> "_Found":
        """What is found in the query's language, and how much in the others. One request."""
        now, gone = timezone.now(), self._gone
        seconds = max(0.01, deadline - time.monotonic())
        others = [language for language in languages() if language != query.language]
        # The server, too, stops when nobody waits any more.
        limit = {"timeout": f"{int(settings.ELASTICSEARCH_SECONDS * 1000)}ms"}
        elsewhere = questions.count(query, asked, reach, now, gone).to_dict() | limit
        here = questions.hits(query, asked, reach, now, gone).to_dict() | limit
        searches = [{"index": alias_of(query.language)}, here]
        for language in others:
            searches += [{"index": alias_of(language)}, elsewhere]
        client = for_readers().options(request_timeout=seconds)
        with translated_errors():
            answer = ask_within(seconds, lambda: client.msearch(searches=searches).body)
        main, *counts = map(_checked, answer["responses"])
        totals = zip(others, (one["hits"]["total"]["value"] for one in counts), strict=True)
        return _Found(
            total=main["hits"]["total"]["value"],
            keys=[hit["_id"] for hit in main["hits"]["hits"]],
            places=[
                Group(query.language, *place_parts(bucket["key"]), bucket["doc_count"])
                for bucket in main["aggregations"]["places"]["buckets"]
            ],
            elsewhere=[Group(language, "", "", None, (), total) for language, total in totals if total],
        )

    @cached_property
    def _gone(self) -> list[str]:
        """Keys of rows that are withdrawn and of which the server has not heard yet: not even counts may tell of them.

        One query for a question. Of more of them than a question may name, the server has to hear first.
        """
        # A look into the index for each note; NOT IN would read the keys of all rows.
        notes = SearchChange.objects.filter(~Exists(SearchEntry.objects.filter(key=OuterRef("key"))))
        keys = list(notes.values_list("key", flat=True).distinct()[: questions.MOST_GONE + 1])
        if "" in keys:
            raise Unreachable("it has to be told of everything anew")
        if len(keys) > questions.MOST_GONE:
            raise Unreachable("it has not heard of many withdrawals yet")
        return keys

    def _hits(self, keys: list[str], query: SearchQuery, asked: Understood) -> list[Hit]:
        """The rows decide what is shown: what only the server still has, or is open no more, is left out."""
        # Asked for by key alone: SQLite reads a whole language where it is given one besides.
        entries = SearchEntry.objects.defer("folded_title", "folded_summary", "folded").in_bulk(keys, field_name="key")
        now = timezone.now()
        shown = [entries[key] for key in keys if key in entries]
        return [hit_of(entry, asked) for entry in shown if entry.language == query.language and entry.is_open(now)]


@dataclass(frozen=True)
class _Found:
    """An answer of the server: how much there is, what the page shows, and everything counted by place."""

    total: int
    keys: list[str]
    places: list[Group]
    elsewhere: list[Group]

    @property
    def all_here(self) -> int:
        """How much there is before any narrowing."""
        return sum(group.count for group in self.places)


def _checked(response: dict) -> dict:
    """One response of several, if it is an answer."""
    if error := response.get("error"):
        kind = Unanswerable if response["status"] == _BAD_REQUEST else Unreachable
        raise kind(f"{response['status']} {error.get('type', '')}")
    if response["timed_out"]:
        raise Unreachable("the search took too long")
    return response


def _add_fields(explanation: dict, fields: dict[str, float]) -> None:
    """Add up, by field, the scores of the clauses that counted: «weight(title:chau in 3) …», «title:châu^20.0»."""
    name = _CLAUSE.match(explanation["description"])
    if name:
        fields[name[1]] = fields.get(name[1], 0.0) + explanation["value"]
        return
    counted = explanation["details"]
    if explanation["description"].startswith("max of"):
        counted = sorted(counted, key=lambda one: one["value"])[-1:]
    for detail in counted:
        _add_fields(detail, fields)
