"""What a query is cut into before anything is known of its words."""

from dataclasses import dataclass

from portal.search.terms import Term
from portal.search.text import WORD, is_han, marked, tokens
from portal.search.understood import Alternative


@dataclass
class Unit:
    """A typed word or Han run: its folded token, its form with marks for comparing, and where it stands."""

    token: str
    exact: str
    start: int
    end: int
    raw: str = ""  # the folded keys, where the token was read out of raw Telex or VNI

    @property
    def is_han(self) -> bool:
        return is_han(self.token)


def units_of(text: str) -> list[Unit]:
    found = []
    for match in WORD.finditer(text):
        pieces = list(tokens(match[0]))
        exact = marked(match[0]) if len(pieces) == 1 and not is_han(pieces[0]) else ""
        found += [Unit(piece, exact, *match.span()) for piece in pieces]
    return found


def as_typed(word: Term) -> Alternative:
    return Alternative((word.folded,), 1.0, word.exact, word.prefix)


def may_begin(unit: Unit, is_last: bool) -> bool:
    """Whether a word may be the beginning of a longer one: never what carries marks or was read out of Telex."""
    if unit.exact or unit.raw:
        return False
    return len(unit.token) >= 2 if is_last else len(unit.token) >= 3 and not unit.token.isdigit()
