"""Marks in the text the reader sees: «lai chau» marks «Lai Châu» with its accents. All HTML is escaped here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from portal.search import spelling
from portal.search.text import WORD, fold_word, is_han, pairs
from portal.search.understood import Understood

_BEFORE = 40  # characters of context before the first mark of a snippet
_WIDTH, _HAN_WIDTH = 220, 110  # a Han character is as wide as two letters
_AT_ONCE, _FURTHEST = 4_000, 60_000  # characters of a body that are read at once, and that are read at all


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
    in_summary, all_words = find(summary, asked), len(asked.likely)
    in_summary_many = len({span.word for span in in_summary})
    if summary and in_summary_many >= all_words:
        return _marked(summary, in_summary)
    piece, in_piece, start, many = body[:_AT_ONCE], [], 0, -1
    for other in _pieces(body):
        spans = find(other, asked)
        other_start, other_many = _best_window(spans, _width(other))
        if other_many > many:
            piece, in_piece, start, many = other, spans, other_start, other_many
        if many >= all_words:
            break
    if summary and in_summary_many >= many:
        return _marked(summary, in_summary)
    return _cut(piece, in_piece, start)


def _pieces(body: str) -> Iterator[str]:
    """A text in pieces, cut between words: a long one is read only until a piece has everything."""
    begin = 0
    while begin < min(len(body), _FURTHEST):
        end = begin + _AT_ONCE
        space = body.find(" ", end, end + _WIDTH)
        end = space if space >= 0 else end
        yield body[begin:end]
        begin = end


def find(text: str, asked: Understood) -> list[Span]:
    """All places of a text that match words of a query, in order, not overlapping.

    Where a word stands whole, its inflections are not marked. Likewise the pairs of a Han run count only where the run
    itself stands nowhere.
    """
    typed = WORD.findall(text)
    row = list(map(fold_word, typed))
    there = set(row)
    found: dict[tuple[int, int], str] = {}  # number of the first word and after the last, and which of the query
    for run, prefix in asked.marks:
        found |= dict.fromkeys(_numbers(row, there, run, prefix), " ".join(run))
    spans: list[Span] = []
    if found or asked.runs or asked.han_variants:
        places = [match.span() for match in WORD.finditer(text)]
        spans = [Span(places[first][0], places[end - 1][1], word) for (first, end), word in found.items()]
        runs = (
            [(row[n], places[n][0]) for n in range(len(row)) if is_han(typed[n])]
            if asked.runs or asked.han_variants
            else []
        )
        for run in asked.runs:
            spans += _in_runs(runs, run) or [span for pair in pairs(run) for span in _in_runs(runs, pair)]
        for run in asked.han_variants:
            spans += _in_runs(runs, run)
    return _without_overlap(sorted(spans, key=lambda span: (span.start, -span.end)))


def _numbers(row: list[str], there: set[str], run: tuple[str, ...], prefix: bool) -> list[tuple[int, int]]:
    """Where a run of words stands; one that is nowhere whole also where its only word is inflected. What merely begins
    with it is another word: of «tea» nothing in «teams» is meant."""
    size, numbers = len(run), []
    if run[0] in there:
        numbers = [(n, n + size) for n, word in enumerate(row) if word == run[0] and tuple(row[n : n + size]) == run]
    if not numbers and prefix and size == 1:
        longer = {word for word in there if word.startswith(run[0]) and spelling.is_inflected(run[0], word)}
        numbers = [(n, n + 1) for n, word in enumerate(row) if word in longer] if longer else []
    return numbers


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
