"""What a query is cut into before anything is known of its words."""

import re
from dataclasses import dataclass

from portal.search.terms import Term
from portal.search.text import WORD, is_han, marked, pairs, tokens
from portal.search.understood import Alternative

_LETTERS_AND_DIGITS = re.compile(r"[a-z]+|[0-9]+")
_SHORT_LETTERS = 4  # «kV», «QL», «km»: written beside a number or joined to it
_BETWEEN_THOUSANDS = re.compile("[.,'’ \u00a0\u202f]?")


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


def halves(token: str) -> list[str]:
    """Letters and digits of a token that has both, in their order: «quoclo12» is «quoclo» and «12»; else []."""
    pieces = _LETTERS_AND_DIGITS.findall(token)
    return pieces if 1 < len(pieces) < 4 and "".join(pieces) == token else []


def cut(unit: Unit) -> list[Unit]:
    """A unit as it is, or in two where a long word was joined to a number; short ones belong together: «4D»."""
    pieces = halves(unit.token)
    if not pieces or unit.end - unit.start != len(unit.token) or unit.raw:
        return [unit]
    if pieces[0].isalpha() and len(pieces[0]) > _SHORT_LETTERS:
        at = len(pieces[0])
    elif pieces[-1].isalpha() and len(pieces[-1]) > _SHORT_LETTERS:
        at = len(unit.token) - len(pieces[-1])
    else:
        return [unit]
    middle = unit.start + at
    return [Unit(unit.token[:at], "", unit.start, middle), Unit(unit.token[at:], "", middle, unit.end)]


def joined_numbers(units: list[Unit], text: str) -> dict[int, str]:
    """By place: how a number is also written together with what stands beside it: «220 kV» is «220kV», «QL 12» is
    «QL12», «26.669» is «26669»."""
    found: dict[int, str] = {}
    for place, (one, other) in enumerate(zip(units, units[1:], strict=False)):
        letters, number = (other, one) if one.token.isdigit() else (one, other)
        is_short = letters.token.isascii() and letters.token.isalpha() and len(letters.token) <= _SHORT_LETTERS
        if number.token.isdigit() and is_short and text[one.end : other.start] in (" ", "-", ".", "/"):
            found.setdefault(place, one.token + other.token)
            found.setdefault(place + 1, one.token + other.token)
    place = 0
    while place < len(units):
        end = place + 1
        while end < len(units) and _go_on_in_thousands(units[place:end], units[end], text):
            end += 1
        if end > place + 1:
            found |= dict.fromkeys(range(place, end), "".join(unit.token for unit in units[place:end]))
        place = end
    return found


def _go_on_in_thousands(number: list[Unit], other: Unit, text: str) -> bool:
    are_digits = other.token.isdigit() and number[0].token.isdigit()
    between = _BETWEEN_THOUSANDS.fullmatch(text[number[-1].end : other.start])
    return are_digits and len(number[0].token) < 4 and len(other.token) == 3 and between is not None


def in_thousands(token: str) -> tuple[str, ...]:
    """A number as it is written with points or commas: «26669» is «26.669»; () for what is none."""
    if not token.isdigit() or not 3 < len(token) < 13:
        return ()
    first = len(token) % 3 or 3
    return (token[:first], *(token[at : at + 3] for at in range(first, len(token), 3)))


def as_typed(word: Term) -> Alternative:
    return Alternative((word.folded,), 1.0, word.exact, word.prefix)


def may_begin(unit: Unit, is_last: bool) -> bool:
    """Whether a word may be the beginning of a longer one: never what carries marks or was read out of Telex."""
    if unit.exact or unit.raw:
        return False
    return len(unit.token) >= 2 if is_last else len(unit.token) >= 3 and not unit.token.isdigit()


def line_of(units: list[Unit]) -> str:
    """The query as it would stand in a line of tokens, had it been typed well."""
    row = [piece for unit in units for piece in (pairs(unit.token) if unit.is_han else [unit.token])]
    return f" {' '.join(row)} " if row else ""
