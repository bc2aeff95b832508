"""What a typed query asks for: words that must all be there, and phrases in quotes that must stand as written."""

import re
import unicodedata
from dataclasses import dataclass

from portal.search.text import WORD, fold_word, is_han, marked, pairs, tokens

# As keyboards of Vietnamese, English, Chinese and their neighbours write them, wide ones and „low“ ones, too.
_QUOTED = re.compile('"[^"]+"|＂[^＂]+＂|[“”„‟][^“”„‟]+[“”]|«[^»]+»|»[^«]+«|「[^」]+」|『[^』]+』')


@dataclass(frozen=True)
class Term:
    """One word of a query. `exact` is the word with its marks if it was typed with any, else ""."""

    folded: str
    prefix: bool = False
    exact: str = ""


@dataclass(frozen=True)
class Terms:
    """A query taken apart.

    `words` must all match. `phrases` are pieces of token lines that must occur as they are. `whole` is the query in
    one piece, for ranking. `runs` are the Han runs as typed, for marking. Empty if nothing can be searched.
    """

    words: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()
    whole: str = ""
    runs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)


def parse(text: str) -> Terms:
    """Take a query apart. Operators mean nothing: whoever types «AND (» looks for the word «and»."""
    text = unicodedata.normalize("NFC", text)
    loose, quoted_words = without_quotes(text)
    words = [*_words(loose, closed=False), *(word for part in quoted_words for word in part)]
    return Terms(
        words=_without_doubles(dict.fromkeys(words)),
        phrases=tuple(phrase for part in _quoted(text) for phrase in _phrases(part)),
        whole=_line(text),
        runs=tuple(dict.fromkeys(token for token in tokens(text) if is_han(token))),
    )


def without_quotes(text: str) -> tuple[str, list[list[Term]]]:
    """What stands outside of quotes, quotes blanked so that places stay the same, and the words of each quote."""
    text = unicodedata.normalize("NFC", text)
    loose = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    return loose, [_words(part, closed=True) for part in _quoted(text)]


def _quoted(text: str) -> list[str]:
    return [match[0][1:-1] for match in _QUOTED.finditer(text)]


def _words(text: str, *, closed: bool) -> list[Term]:
    """Terms in order. A word of three letters may be the beginning of a longer one; so may the last word, which the
    reader may still be typing. In quotes (`closed`) words are whole, and so is what carries marks: whoever types «chè»
    does not mean «check»."""
    found: list[tuple[str, str]] = []
    for word in WORD.findall(text):
        pieces = list(tokens(fold_word(word)))
        found += [(piece, marked(word) if len(pieces) == 1 and not is_han(piece) else "") for piece in pieces]
    terms = []
    for position, (piece, exact) in enumerate(found):
        last = position == len(found) - 1
        if is_han(piece):
            terms += [Term(pair, prefix=len(pair) == 1) for pair in pairs(piece)]
        else:
            prefix = not closed and not exact and (len(piece) >= 2 if last else len(piece) >= 3 and not piece.isdigit())
            terms.append(Term(piece, prefix, exact))
    return terms


def _without_doubles(words) -> tuple[Term, ...]:
    """One term a word: the stricter of a whole word and a beginning, the one typed with marks."""
    kept: dict[str, Term] = {}
    for word in words:
        other = kept.get(word.folded)
        if other is not None:
            word = Term(word.folded, word.prefix and other.prefix, word.exact or other.exact)
        kept[word.folded] = word
    return tuple(kept.values())


def _line(text: str) -> str:
    """A text as it stands inside a line of tokens, with spaces at both ends; "" if it has no words."""
    line = " ".join(piece for token in tokens(text) for piece in (pairs(token) if is_han(token) else [token]))
    return f" {line} " if line else ""


def _phrases(text: str) -> list[str]:
    """A quoted text in pieces that stand together in a line of tokens; a Han run ends a piece, its tail is indexed."""
    pieces: list[str] = []
    latin: list[str] = []
    for token in tokens(text):
        if is_han(token):
            pieces += [f" {' '.join(latin)} "] if latin else []
            pieces.append(_line(token) if len(token) > 1 else f" {token}")
            latin = []
        else:
            latin.append(token)
    return pieces + ([f" {' '.join(latin)} "] if latin else [])
