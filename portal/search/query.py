"""The question: what a reader asks for, read from an address and written back into addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from portal.search.terms import Terms, parse
from portal.search.text import plain

LONGEST_QUERY = 200
SORTS = ("relevance", "date")
_LONGEST_NUMBER = 9
_DAY = re.compile("(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})")
_YEAR_LAST = re.compile("(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})")
_LONGEST_SHOWN = 30  # characters of a value that is repeated to the reader


@dataclass(frozen=True)
class SearchQuery:
    """A question in one language. Every engine answers it with a `SearchPage`.

    `kinds`, `section`, `topic` and `year` narrow the answer and are counted as facets; values nobody knows find
    nothing, so the view leaves them out. `since` and `until` bound everything that is found and counted.
    `as_written` asks for nothing but what the words say: no guesses, and all of them have to be there.
    `problem` says why nothing is looked for: "too_long", "no_words", "no_such_day" (`unread` is what was typed),
    "days_reversed" or "" (also for an empty text). `wrong` names the parameters it lies in, as the form calls them.
    """

    text: str = ""
    language: str = "vi"
    kinds: tuple[str, ...] = ()
    section: str = ""
    topic: str = ""
    year: int | None = None
    since: date | None = None
    until: date | None = None
    sort: str = "relevance"
    page: int = 1
    as_written: bool = False
    problem: str = ""
    unread: str = ""
    wrong: tuple[str, ...] = ()
    typed_days: tuple[str, str] = ("", "")

    @classmethod
    def from_get(cls, data: QueryDict | Mapping, language: str) -> "SearchQuery":
        """Read the parameters q, kind (several), section, topic, year, from, to, sort and page.

        Raise Http404 for a page number that is none. Unknown sorts and years are ignored.
        """
        text = plain(data.get("q", ""))
        too_long = len(text) > LONGEST_QUERY
        days = {name: plain(data.get(name, "")) for name in ("from", "to")}
        unread = {name: typed for name, typed in days.items() if typed and _day(typed) is None}
        query = cls(
            text=text[:LONGEST_QUERY],
            language=language,
            kinds=tuple(dict.fromkeys(kind for kind in data.getlist("kind") if kind)),
            section=plain(data.get("section", "")),
            topic=plain(data.get("topic", "")),
            year=_number(data.get("year", "")),
            since=_day(days["from"]),
            until=_day(days["to"]),
            sort=data.get("sort") if data.get("sort") in SORTS else SORTS[0],
            page=_page_number(data.get("page", "")),
            typed_days=tuple(typed[:_LONGEST_SHOWN] for typed in days.values()),
        )
        if too_long:
            return replace(query, problem="too_long", wrong=("q",))
        if unread:
            shown = next(iter(unread.values()))[:_LONGEST_SHOWN]
            return replace(query, problem="no_such_day", unread=shown, wrong=tuple(unread))
        if query.since and query.until and query.since > query.until:
            return replace(query, problem="days_reversed", wrong=("from", "to"))
        return replace(query, problem="no_words", wrong=("q",)) if text and not query.terms else query

    @cached_property
    def terms(self) -> Terms:
        return parse(self.text)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kinds or self.section or self.topic or self.year or self.since or self.until)

    def without_narrowing(self, **changes) -> str:
        """The address of the same words everywhere."""
        return self.address(kinds=(), section="", topic="", year=None, since=None, until=None, page=1, **changes)

    @property
    def can_be_answered(self) -> bool:
        return bool(self.text) and not self.problem

    def address(self, **changes) -> str:
        """The part of an address after «?» that asks this again, with changes: `query.address(page=2)`."""
        other = replace(self, **changes)
        pairs = [("q", other.text), *(("kind", kind) for kind in other.kinds)]
        for name, value, default in (
            ("section", other.section, ""),
            ("topic", other.topic, ""),
            ("year", other.year, None),
            ("from", other.since, None),
            ("to", other.until, None),
            ("sort", other.sort, SORTS[0]),
            ("page", other.page, 1),
        ):
            if value != default:
                pairs.append((name, value))
        return urlencode(pairs)


def _day(value: str) -> date | None:
    """A day as browsers send it, 2026-02-28, or as people write it, 28/2/2026 and 2026/2/28; None for anything else
    and for days that do not exist."""
    written = _DAY.fullmatch(value) or _YEAR_LAST.fullmatch(value)
    try:
        return date(*(int(written[part]) for part in ("year", "month", "day"))) if written else None
    except ValueError:
        return None


def _number(value: str) -> int | None:
    """A plain decimal number, or None. `int` alone would also take « 1_0 » and other scripts' digits."""
    if value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER:
        return int(value)
    return None


def _page_number(value: str) -> int:
    number = _number(value) if value else 1
    if not number:
        raise Http404("no such page of results")
    return number
