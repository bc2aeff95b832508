"""Marks in the text the reader sees: «lai chau» marks «Lai Châu» with its accents. All HTML is escaped here."""

from collections import Counter
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from portal.search.text import WORD, fold_word, is_han, pairs
from portal.search.understood import Understood

_BEFORE = 40  # characters of context before the first mark of a snippet
_WIDTH, _HAN_WIDTH = 220, 110  # a Han character is as wide as two letters


@dataclass(frozen=True)
class Span:
    """A found place in a text, and which word of the query it is."""

    start: int
    end: int
    word: str


def mark(text: str, asked: Understood) -> SafeString:
    """The whole text, escaped, with what was found in <mark>."""
    return _marked(text, find(text, asked))


def snippet(summary: str, body: str, asked: Understood) -> SafeString:
    """A passage that shows why this was found: the summary if it has as many of the words as the best of the body.

    Neither has any: the summary, or how the body begins.
    """
    in_summary, in_body = find(summary, asked), find(body, asked)
    start, many = _best_window(in_body, _width(body))
    if summary and len({span.word for span in in_summary}) >= many:
        return _marked(summary, in_summary)
    return _cut(body, in_body, start)


def find(text: str, asked: Understood) -> list[Span]:
    """All places of a text that match words of a query, in order, not overlapping.

    Where a word stands whole, words that only begin with it are not marked: «sa» is not meant in «sao». Likewise the
    pairs of a Han run count only where the run itself stands nowhere.
    """
    words, runs = _matches(text)
    spans = [span for run, prefix in asked.marks for span in _places(words, run, prefix)]
    for run in asked.runs:
        spans += _in_runs(runs, run) or [span for pair in pairs(run) for span in _in_runs(runs, pair)]
    for run in asked.han_variants:
        spans += _in_runs(runs, run)
    return _without_overlap(sorted(spans, key=lambda span: (span.start, -span.end)))


@dataclass(frozen=True)
class _Words:
    """The folded words of a text in their order, where each stands, and the numbers of each word."""

    row: list[str]
    places: list[tuple[int, int]]
    numbers: dict[str, list[int]]


def _matches(text: str) -> tuple[_Words, list[tuple[str, int]]]:
    """The folded words of a text with their places, and its folded Han runs with where they begin."""
    words, runs = _Words([], [], {}), []
    for match in WORD.finditer(text):
        if is_han(match[0]):
            runs.append((fold_word(match[0]), match.start()))
        else:
            word = fold_word(match[0])
            words.numbers.setdefault(word, []).append(len(words.row))
            words.row.append(word)
            words.places.append(match.span())
    return words, runs


def _places(words: _Words, run: tuple[str, ...], prefix: bool) -> list[Span]:
    """Where a run of words stands; one that is nowhere whole also where longer words begin with its only word."""
    size = len(run)
    starts = [number for number in words.numbers.get(run[0], ()) if tuple(words.row[number : number + size]) == run]
    if not starts and prefix and size == 1:
        starts = [number for word, numbers in words.numbers.items() if word.startswith(run[0]) for number in numbers]
    return [Span(words.places[start][0], words.places[start + size - 1][1], " ".join(run)) for start in starts]


def _in_runs(runs: list[tuple[str, int]], piece: str) -> list[Span]:
    spans = []
    for run, offset in runs:
        start = run.find(piece)
        while start >= 0:
            spans.append(Span(offset + start, offset + start + len(piece), piece))
            start = run.find(piece, start + 1)
    return spans


def _without_overlap(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end), kept[-1].word)
        else:
            kept.append(span)
    return kept


def _width(text: str) -> int:
    return _HAN_WIDTH if any(is_han(character) for character in text[:20]) else _WIDTH


def _best_window(spans: list[Span], width: int) -> tuple[int, int]:
    """Where to begin so that most different words are seen, and how many those are; a window slides over the spans."""
    best, first, inside = (0, 0), 0, Counter()
    for span in spans:
        inside[span.word] += 1
        while span.end - spans[first].start > width - _BEFORE and spans[first] is not span:
            inside -= Counter([spans[first].word])
            first += 1
        if len(inside) > best[1]:
            best = (spans[first].start, len(inside))
    return best


def _cut(text: str, spans: list[Span], start: int) -> SafeString:
    """A passage of a text around a place, cut between words, with «…» where something is left out."""
    begin, width = max(0, start - _BEFORE), _width(text)
    if begin:
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + width)
    if end < len(text):
        space = text.rfind(" ", begin + width // 2, end)
        end = space if space >= 0 else end
    inside = [
        Span(span.start - begin, span.end - begin, span.word)
        for span in spans
        if begin <= span.start and span.end <= end
    ]
    return mark_safe(("… " if begin else "") + _marked(text[begin:end], inside) + (" …" if end < len(text) else ""))


def _marked(text: str, spans: list[Span]) -> SafeString:
    pieces, position = [], 0
    for start, end in _neighbours_joined(text, spans):
        pieces += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    return mark_safe("".join([*pieces, escape(text[position:])]))


def _neighbours_joined(text: str, spans: list[Span]) -> list[tuple[int, int]]:
    """«Lai» and «Châu» with a space between them are one mark."""
    joined: list[tuple[int, int]] = []
    for span in spans:
        if joined and text[joined[-1][1] : span.start] in ("", " "):
            joined[-1] = (joined[-1][0], span.end)
        else:
            joined.append((span.start, span.end))
    return joined
