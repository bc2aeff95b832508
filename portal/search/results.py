"""The answer: what every engine gives back, ready for a template."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.safestring import SafeString

from portal.search.understood import Notice

PAGE_SIZE = 10
WINDOW = 10_000  # nobody reads further; paging there costs a search server more with every page


@dataclass(frozen=True)
class Hit:
    """One result. Title and snippet are HTML, escaped, with the found words in <mark>."""

    key: str
    url: str
    kind: str
    kind_label: str
    section_title: str
    title: str
    title_html: SafeString
    snippet_html: SafeString
    date: date | None  # only what has a date of its own
    updated: datetime | None
    file_type: str = ""  # of a document: "pdf"
    file_size: int | None = None  # bytes


@dataclass(frozen=True)
class Facet:
    """One value to narrow by, with how many results it would leave, and the address that does it (or undoes it)."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Elsewhere:
    """The same words found in another language."""

    language: str
    count: int


@dataclass(frozen=True)
class SearchPage:
    """One page of the answer. `facets` are by name: "kind", "section", "topic", "year"."""

    total: int
    page: int
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    suggestion: str = ""  # a better spelled query: «did you mean»
    notices: tuple[Notice, ...] = ()
    chosen: list[Hit] = field(default_factory=list)  # by editors for this query, shown above the hits
    relaxed: bool = False  # nothing has all the words: these have some of them
    translated_from: str = ""  # nothing in this language: these are translations of what another language has
    engine: str = ""

    @property
    def pages(self) -> int:
        """How many pages can be turned to; nothing found is one empty page."""
        return max(1, -(-min(self.total, WINDOW) // PAGE_SIZE))

    @property
    def exists(self) -> bool:
        return 1 <= self.page <= self.pages

    @property
    def first_number(self) -> int:
        """The place of the first hit among all, for numbered lists."""
        return (self.page - 1) * PAGE_SIZE + 1
