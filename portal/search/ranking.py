"""The order of results, decided in Python for the best candidates, so that every database gives the same one.

Title counts far more than summary, summary more than body; words that few titles have count more than words that many
have; words that stand together as typed count most. What has the very marks that were typed comes first of all.
"""

import math
from dataclasses import dataclass
from datetime import date

from portal.search.terms import Term, Terms

TITLE, SUMMARY, BODY = 10.0, 4.0, 1.0
_PHRASE = {"title": 12.0, "summary": 5.0, "body": 3.0}  # times the weight of all words
_BEGINNING = 0.6  # what a word counts of which only the beginning matches
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


def in_order(candidates: list[Candidate], terms: Terms, today: date) -> list[int]:
    """The ids of the candidates, best first."""
    weights = _weights(candidates, terms)
    scored = [
        (_has_exactly(each, terms), _score(each, terms, weights, today), each.date or date.min, each.pk)
        for each in candidates
    ]
    return [row[-1] for row in sorted(scored, reverse=True)]


def _weights(candidates: list[Candidate], terms: Terms) -> dict[Term, float]:
    """A word that stands in every title says little about any of them."""
    total = len(candidates)
    return {
        word: math.log(1.5 + total / (1 + sum(word.needle in each.title for each in candidates)))
        for word in terms.words
    }


def _has_exactly(candidate: Candidate, terms: Terms) -> bool:
    return terms.has_marks and all(word.needle in candidate.everything for word in terms.exactly())


def _score(candidate: Candidate, terms: Terms, weights: dict[Term, float], today: date) -> float:
    all_words = sum(weights.values())
    score = sum(weight * _word_score(candidate, word) for word, weight in weights.items())
    for name, line in (("title", candidate.title), ("summary", candidate.summary), ("body", candidate.everything)):
        if terms.whole in line:
            score += _PHRASE[name] * all_words
            break
    score += 6.0 * all_words * _share_of_title(candidate, terms)
    if candidate.is_dated and candidate.date:
        score *= 1 + _FRESH * math.exp(-max(0, (today - candidate.date).days) / _FRESH_DAYS)
    return score


def _word_score(candidate: Candidate, word: Term) -> float:
    often = candidate.everything.count(word.needle)
    return (
        TITLE * _strength(candidate.title, word)
        + SUMMARY * _strength(candidate.summary, word)
        + BODY * min(3.0, math.log1p(often))
    )


def _strength(line: str, word: Term) -> float:
    if f" {word.folded} " in line:
        return 1.0
    return _BEGINNING if word.prefix and word.needle in line else 0.0


def _share_of_title(candidate: Candidate, terms: Terms) -> float:
    """How much of the title was asked for: the short title that is the query beats the long one that contains it."""
    found = sum(f" {word.folded} " in candidate.title for word in terms.words)
    return found / max(1, len(candidate.title.split()))
