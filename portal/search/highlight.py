"""Marks in the text the reader sees: «lai chau» marks «Lai Châu» with its accents. All HTML is escaped here."""
from collections import Counter
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from portal.search.terms import Terms
from portal.search.text import WORD, fold_word, is_han, pairs

_BEFORE = 40  # characters of context before the first mark of a snippet
_WIDTH, _HAN_WIDTH = 220, 110  # a Han character is as wide as two letters


@dataclass(frozen=True)
class Span:
    """A found place in a text, and which word of the query it is."""

    start: int
    end: int
    word: str


def mark(text: str, terms: Terms) -> SafeString:
    """The whole text, escaped, with what was found in <mark>."""
    return _marked(text, find(text, terms))


def snippet(summary: str, body: str, terms: Terms) -> SafeString:
    """A passage that shows why this was found: the summary if it has as many of the words as the best of the body.

    Neither has any: the summary, or how the body begins.
    """
    in_summary, in_body = find(summary, terms), find(body, terms)
    start, many = _best_window(in_body, _width(body))
    if summary and len({span.word for span in in_summary}) >= many:
        return _marked(summary, in_summary)
    return _cut(body, in_body, start)


def find(text: str, terms: Terms) -> list[Span]:
    """All places of a text that match words of a query, in order, not overlapping."""
    whole = {word.folded for word in terms.words if not word.prefix}
    beginnings = tuple(word.folded for word in terms.words if word.prefix)
    spans = []
    for match in WORD.finditer(text):
        if is_han(match[0]):
            spans += _find_han(match[0], match.start(), terms)
        else:
            word = fold_word(match[0])
            if word in whole or (beginnings and word.startswith(beginnings)):
                spans.append(Span(match.start(), match.end(), word))
    return spans


def _find_han(run: str, offset: int, terms: Terms) -> list[Span]:
    """Whole runs of the query where they stand; only where none does, their pairs."""
    for wanted in (terms.runs, tuple(pair for each in terms.runs for pair in pairs(each))):
        places: dict[int, Span] = {}
        for piece in wanted:
            start = run.find(piece)
            while start >= 0:
                places[start] = Span(offset + start, offset + start + len(piece), piece)
                start = run.find(piece, start + 1)
        if places:
            return _without_overlap([places[start] for start in sorted(places)])
    return []


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
    inside = [Span(span.start - begin, span.end - begin, span.word) for span in spans if begin <= span.start and span.end <= end]
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
