"""What an index looks like, and the document that a row becomes.

Words come as the rows keep them: lines of tokens cut by `portal.search.text`, taken apart at spaces only. So both
engines find the same, and the server needs no plugin, no dictionary and no analyzer of a language.
"""

import hashlib
import json

from portal.search.models import SearchEntry
from portal.search.terms import parse

LONGEST_BODY_LINE = 400_000  # characters of tokens; far beyond what `documents` keeps of a body

SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "1s",  # named, so that an index nobody asks is refreshed, too
    # How long a deletion is remembered, so that a row copied from before cannot bring it back.
    "gc_deletes": "1h",
    "analysis": {"analyzer": {"line": {"type": "custom", "tokenizer": "whitespace"}}},
    # A long text does not match much worse because it is long.
    "similarity": {
        "default": {"type": "BM25", "k1": 1.0, "b": 0.4},
        # Of a title it counts how much was asked for.
        "short": {"type": "BM25", "k1": 0.6, "b": 0.9},
    },
}
_LINE = {"type": "text", "analyzer": "line"}
_NAME = {"type": "keyword"}
MAPPING = {
    "dynamic": False,
    "_source": {"enabled": False},  # what is shown is read from the rows
    "properties": {
        "title": {**_LINE, "similarity": "short"},
        "summary": _LINE,
        "everything": _LINE,
        "whole_title": _NAME,
        # kind, section, year and topics in one value: one count of it gives all facets, each without its own narrowing.
        "place": _NAME,
        "kind": _NAME,
        "section": _NAME,
        "year": {"type": "short"},
        "topics": _NAME,
        "date": {"type": "date"},
        "fresh": {"type": "date"},  # only of what has a date of its own
        "public_until": {"type": "date"},
        "row": {"type": "long"},  # decides between equals
    },
}
_FORM_OF_VALUES = 2  # to be raised with a change of `document` that the mapping does not show
# Changes with any change above: an index of another version is made again by itself.
VERSION = hashlib.sha256(json.dumps([SETTINGS, MAPPING, _FORM_OF_VALUES], sort_keys=True).encode()).hexdigest()[:12]
_BETWEEN = "|"


def place(kind: str, section: str, year: int | None, topics: str) -> str:
    return _BETWEEN.join((kind, section, str(year or ""), " ".join(sorted(topics.split()))))


def place_parts(value: str) -> tuple[str, str, int | None, tuple[str, ...]]:
    kind, section, year, topics = (value.split(_BETWEEN) + [""])[:4]  # an index of before serves until it is made again
    return kind, section, int(year) if year else None, tuple(topics.split())


def document(entry: SearchEntry) -> dict:
    """The fields of a row's document."""
    return {
        "title": entry.folded_title,
        "summary": entry.folded_summary,
        "everything": entry.folded[:LONGEST_BODY_LINE].replace("|", " | "),
        "whole_title": parse(entry.title).whole.strip()[:2000],
        "place": place(entry.kind, entry.section, entry.year, entry.topics),
        "kind": entry.kind,
        "section": entry.section,
        "year": entry.year,
        "topics": entry.topics.split(),
        "date": entry.date,
        "fresh": entry.date if entry.is_dated else None,
        "public_until": entry.public_until,
        "row": entry.pk,
    }
