"""The question: what a reader asks for, read from an address and written back into addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import Http404, QueryDict

from portal.search.terms import Terms, parse
from portal.search.text import plain

LONGEST_QUERY = 200
SORTS = ("relevance", "date")
_LONGEST_NUMBER = 9


@dataclass(frozen=True)
class SearchQuery:
    """A question in one language. Every engine answers it with a `SearchPage`.

    `kinds`, `section` and `year` narrow the answer; values nobody knows find nothing, so the view leaves them out.
    `problem` says why the text cannot be searched: "too_long", "no_words" or "" (also for an empty text).
    """

    text: str = ""
    language: str = "vi"
    kinds: tuple[str, ...] = ()
    section: str = ""
    year: int | None = None
    sort: str = "relevance"
    page: int = 1
    problem: str = ""

    @classmethod
    def from_get(cls, data: QueryDict | Mapping, language: str) -> "SearchQuery":
        """Read the parameters q, kind (several), section, year, sort and page.

        Raise Http404 for a page number that is none. Unknown sorts and years are ignored.
        """
        text = plain(data.get("q", ""))
        too_long = len(text) > LONGEST_QUERY
        query = cls(
            text=text[:LONGEST_QUERY],
            language=language,
            kinds=tuple(dict.fromkeys(kind for kind in data.getlist("kind") if kind)),
            section=plain(data.get("section", "")),
            year=_number(data.get("year", "")),
            sort=data.get("sort") if data.get("sort") in SORTS else SORTS[0],
            page=_page_number(data.get("page", "")),
        )
        if too_long:
            return replace(query, problem="too_long")
        return replace(query, problem="no_words") if text and not query.terms else query

    @cached_property
    def terms(self) -> Terms:
        return parse(self.text)

    @property
    def can_be_answered(self) -> bool:
        return bool(self.text) and not self.problem

    def address(self, **changes) -> str:
        """The part of an address after «?» that asks this again, with changes: `query.address(page=2)`."""
        other = replace(self, **changes)
        data = QueryDict(mutable=True)
        data["q"] = other.text
        data.setlist("kind", list(other.kinds))
        for name, value, default in (
            ("section", other.section, ""),
            ("year", other.year, None),
            ("sort", other.sort, SORTS[0]),
            ("page", other.page, 1),
        ):
            if value != default:
                data[name] = value
        return data.urlencode()


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
