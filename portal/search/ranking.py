"""The order of results, decided in Python for the best candidates, so that every database gives the same one.

Title counts far more than summary, summary more than body; words that few titles have count more than words that many
have; words that stand together as typed count most. What has the very marks that were typed counts more than what
only folds to the same, and what was typed more than its variants.
"""

import math
from dataclasses import dataclass
from datetime import date

from portal.search.text import fold_word, is_han
from portal.search.understood import Alternative, Group, Understood

TITLE, SUMMARY, BODY = 10.0, 4.0, 1.0
_PHRASE = {"title": 12.0, "summary": 6.0, "body": 3.0}  # times the weight of all words
_BEGINNING = 0.6  # what a word counts of which only the beginning matches
_OTHER_MARKS = 0.5  # what a word counts that was typed with marks and stands there with others
_APART = 0.35  # what a typed name counts whose words do not stand together
WHOLE = 12.0  # times the weight of all words: the title is the query, or an abolished unit has its full name
MARKED = 10.0  # times the weight of all words, where all that was typed with marks stands with these
RELAXED = 5.0  # what counts, where nothing has all that was asked, for how much of it an entry has
_FRESH, _FRESH_DAYS = 0.1, 365  # at most a tenth more, for what is new today


@dataclass(frozen=True)
class Candidate:
    """What ranking knows of an entry: its token lines and its date."""

    pk: int
    title: str
    summary: str
    everything: str
    date: date | None
    is_dated: bool


def in_order(candidates: list[Candidate], asked: Understood, today: date) -> list[int]:
    """The ids of the candidates, best first."""
    weights = _weights(candidates, asked)
    scored = [(_score(each, asked, weights, today), each.date or date.min, each.pk) for each in candidates]
    return [row[-1] for row in sorted(scored, reverse=True)]


def _weights(candidates: list[Candidate], asked: Understood) -> dict[Group, float]:
    """A word that stands in every title says little about any of them."""
    total = len(candidates)
    return {
        group: math.log(1.5 + total / (1 + sum(_strength(each.title, group) > 0 for each in candidates))) * group.worth
        for group in asked.groups
    }


def _score(candidate: Candidate, asked: Understood, weights: dict[Group, float], today: date) -> float:
    all_words = sum(weights.values())
    score = sum(weight * _group_score(candidate, group) for group, weight in weights.items())
    whole, *together = _stretches(asked)
    lines = (("title", candidate.title), ("summary", candidate.summary), ("body", candidate.everything))
    score += all_words * max(_PHRASE[name] * _side_by_side(line, whole, together) for name, line in lines)
    if asked.typed_marks and all(f" {exact} " in candidate.everything for exact in asked.typed_marks.values()):
        score += MARKED * all_words
    score += 6.0 * all_words * _share_of_title(candidate, asked)
    score += (
        WHOLE
        * all_words
        * (
            any(_is_title(candidate.title, f" {title} ") for title in asked.titles)
            + _tells_of_abolished(candidate, asked)
        )
    )
    for group, weight in zip(asked.required, asked.weights, strict=False):
        score += RELAXED * weight * (_strength(candidate.everything, group) > 0)
    if candidate.is_dated and candidate.date:
        score *= 1 + _FRESH * math.exp(-max(0, (today - candidate.date).days) / _FRESH_DAYS)
    return score


@dataclass(frozen=True)
class _Stretch:
    """Typed words side by side as they stand in a line, and the marked forms of those typed with marks."""

    needle: str
    marks: tuple[str, ...]

    def share(self, line: str) -> float:
        """«Chó cắn» typed with its marks hardly means «cho cán bộ»."""
        if self.needle not in line:
            return 0.0
        return 1.0 if all(mark in line for mark in self.marks) else _OTHER_MARKS


def _stretches(asked: Understood) -> list[_Stretch]:
    """The whole query, then each two neighbouring words: «cửa khẩu» says more than «cửa» and «khẩu»."""
    words = asked.whole.split()
    rows = [words, *zip(words, words[1:], strict=False)]
    return [
        _Stretch(f" {' '.join(row)} ", tuple(f" {asked.typed_marks[w]} " for w in row if w in asked.typed_marks))
        for row in rows
    ]


def _side_by_side(line: str, whole: _Stretch, together: list[_Stretch]) -> float:
    """1.0 where the query stands as typed; else what share of its neighbours stand together, counted less."""
    apart = 0.6 * sum(two.share(line) for two in together) / len(together) if together else 0.0
    return max(whole.share(line), apart)


def _group_score(candidate: Candidate, group: Group) -> float:
    """Every field by the alternative that is best in it."""
    often = max((one.weight * _often(candidate.everything, one) for one in group.alternatives), default=0.0)
    return TITLE * _strength(candidate.title, group) + SUMMARY * _strength(candidate.summary, group) + BODY * often


def _often(line: str, one: Alternative) -> float:
    count = line.count(one.needle)
    if one.exact:
        exact = line.count(f" {one.exact} ")  # marked words are listed once: here or not
        return (1.0 if exact else _OTHER_MARKS) * min(3.0, math.log1p(count))
    return min(3.0, math.log1p(count))


def _strength(line: str, group: Group) -> float:
    return max((one.weight * _alternative_strength(line, one) for one in group.alternatives), default=0.0)


def _alternative_strength(line: str, one: Alternative) -> float:
    if f" {' '.join(one.tokens)} " in line:
        return _marks_share(line, one)
    if len(one.tokens) > 1:
        apart = not one.is_phrase and all(f" {token} " in line for token in one.tokens)
        return _APART if apart else 0.0
    return _BEGINNING if one.prefix and one.needle in line else 0.0


def _marks_share(line: str, one: Alternative) -> float:
    return _OTHER_MARKS if one.exact and f" {one.exact} " not in line else 1.0


def _is_title(line: str, whole: str) -> bool:
    """Whether a title's line has nothing but this: then only its words with marks and a last character follow."""
    if not line.startswith(whole):
        return False
    words = set(whole.split())
    rest = line[len(whole) :].split()
    return all(fold_word(word) in words if not is_han(word) else whole.endswith(f"{word} ") for word in rest)


def _tells_of_abolished(candidate: Candidate, asked: Understood) -> bool:
    """Who writes «huyện Tam Đường» wants to know what became of it, rather than whatever is called Tam Đường."""
    line = candidate.everything
    names = [one for group in asked.groups for one in group.full_names]
    return any(
        one.needle in line or not one.is_phrase and all(f" {token} " in line for token in one.tokens) for one in names
    )


def _share_of_title(candidate: Candidate, asked: Understood) -> float:
    """How much of the title was asked for: the short title that is the query beats the long one that contains it."""
    found = 0.0
    for group in asked.groups:
        there = (one for one in group.alternatives if f" {' '.join(one.tokens)} " in candidate.title)
        found += max((len(one.tokens) * one.weight * _marks_share(candidate.title, one) for one in there), default=0.0)
    return found / max(1, len(candidate.title.split()))
