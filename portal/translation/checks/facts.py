"""The numbers, dates, times and telephone numbers of a text, as values that can be compared across languages.

A fact has one or more ways to be answered: each a set of keys that must all be there on the other side. So «1–5/7/2025»
answers «from 1 to 5 July 2025», and a figure that reads two ways («5 m») is answered by either.
"""

import re
from dataclasses import dataclass, field

from portal.translation.checks.dates import take_dates
from portal.translation.checks.number_words import words_of
from portal.translation.checks.numbers import take_numbers
from portal.translation.checks.times import take_times

Key = tuple
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>«»“”，。；、）)]+|www\.[^\s<>«»“”，。；、）)]+")
_PHONE = re.compile(r"(?<![\d.,/])(?:\+|\(?0)\d[\d .\-\u00a0()]{6,}\d(?![\d/])")
_ROUND_THE_CLOCK = re.compile(r"24/(?:24|7)\s?(?:h|giờ)?\b")


@dataclass(frozen=True)
class Fact:
    """One thing a text states, as it stands there, and the ways in which another text may state it."""

    text: str
    ways: tuple[frozenset[Key], ...]


@dataclass
class Facts:
    """What a text states, and every key that may answer for a fact of another text."""

    stated: list[Fact] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    dates: list[tuple[str, int]] = field(default_factory=list)  # as they stand, with their year

    def state(self, text: str, *ways: set[Key]) -> None:
        self.stated.append(Fact(text.strip(), tuple(frozenset(way) for way in ways)))

    def answers(self, fact: Fact) -> bool:
        return any(way <= self.keys for way in fact.ways)


def facts_of(text: str, language: str, *, as_source: bool = False) -> Facts:
    """Everything comparable in a plain text. A source may write its numbers carelessly; a translation may not."""
    facts = Facts()
    facts.addresses = {found.rstrip(".,;:").casefold() for found in _ADDRESS.findall(text)}
    text = _blank(_ADDRESS, text)
    text = _blank(_ROUND_THE_CLOCK, text)
    text = _take_phones(text, facts)
    text = take_dates(text, language, facts)
    text = take_times(text, language, facts)
    take_numbers(text, language, facts, lenient=as_source)
    values, percent = words_of(text, language)
    facts.keys |= {("n", value.normalize()) for value in values}
    facts.keys |= {("pct", value.normalize()) for value in percent}
    return facts


def _blank(pattern: re.Pattern, text: str) -> str:
    return pattern.sub(lambda found: "\n" * len(found.group()), text)


def _take_phones(text: str, facts: Facts) -> str:
    def take(found: re.Match) -> str:
        digits = re.sub(r"\D", "", found.group())
        if len(digits) < 9:
            return found.group()
        key = ("tel", re.sub(r"^(?:00)?(?:84)?0?", "", digits))
        facts.keys.add(key)
        facts.state(found.group(), {key})
        return "\n" * len(found.group())

    return _PHONE.sub(take, text)
