"""How a query is understood: the same for every engine, at query time, so that a new name works at once."""

from dataclasses import dataclass
from functools import cached_property

from portal.search.query import SearchQuery

LIKELY = 0.5  # alternatives below this weight are guesses: used when the likely ones find little or nothing


@dataclass(frozen=True)
class Alternative:
    """A run of folded tokens that stands side by side, as `portal.search.text` cuts them (Han runs as pairs).

    `weight` is 1.0 for what was typed, lower for variants and corrections. `exact` is the marked form of a single
    token if it was typed with marks. With `prefix` the last token may be the beginning of a longer one.
    """

    tokens: tuple[str, ...]
    weight: float = 1.0
    exact: str = ""
    prefix: bool = False

    @property
    def needle(self) -> str:
        """What to look for in a line of tokens."""
        return f" {' '.join(self.tokens)}" + ("" if self.prefix else " ")


@dataclass(frozen=True)
class Group:
    """One part of what was typed: a word, or a known name of several words.

    A result must match at least one alternative of every group, unless the group is `optional` («how», «của»):
    then it only counts for the order.
    """

    alternatives: tuple[Alternative, ...]
    optional: bool = False


@dataclass(frozen=True)
class Notice:
    """Former → present: the name that was typed, the day it ended (if known) and what took its place.

    `successors` are names in the reader's language.
    """

    former: str
    ended: object | None  # datetime.date
    successors: tuple[str, ...]


@dataclass(frozen=True)
class Understood:
    """A query taken apart. Empty (false) if nothing can be searched.

    `phrases` are pieces of token lines from quotes, to be found as they stand. `whole` is the query as one piece of a
    token line. `runs` are its Han runs, folded. `corrections` are better spelled query texts, best first.
    """

    groups: tuple[Group, ...] = ()
    phrases: tuple[str, ...] = ()
    whole: str = ""
    runs: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    @cached_property
    def required(self) -> tuple[Group, ...]:
        """The groups a result must match; if all are optional, all of them."""
        return tuple(group for group in self.groups if not group.optional) or self.groups


def understand(query: SearchQuery) -> Understood:
    terms = query.terms
    groups = tuple(Group((Alternative((word.folded,), 1.0, word.exact, word.prefix),)) for word in terms.words)
    return Understood(groups, terms.phrases, terms.whole, terms.runs)
