"""Text as search compares it: folded, cut into words, Han characters in pairs. Pages and queries pass the same code.

What a row keeps of a text is one line of tokens: first the folded words in their order, then the words that carry
marks with their marks, so that «châu» can be told from «chau» by the same index. A token is never longer than 64
characters and consists of letters and digits (marked words also of combining tone marks).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# A run of Han characters, or a word with its combining marks.
WORD = re.compile(rf"[{HAN}]+|(?:[^\W_{HAN}][\u0300-\u036f]*)+")
LONGEST_TOKEN = 64

_HAN_RUN = re.compile(rf"[{HAN}]+")
_TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_CONTROL = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


def plain(text: str) -> str:
    """Readable text in one form: composed characters, no control or invisible ones, single spaces."""
    return _CONTROL.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def _simplified() -> dict[int, str]:
    """Traditional → Simplified, character by character, for `str.translate`: the length of a text stays the same."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    pairs_of_characters = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(character): choices.split()[0] for character, choices in pairs_of_characters if len(character) == 1}


_SIMPLIFIED = _simplified() | {ord("đ"): "d"}


def fold(text: str) -> str:
    """Lower case without marks, full-width as half-width, đ as d, Traditional characters as Simplified ones."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(_SIMPLIFIED)


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """`fold`, remembered: the words of a language return all the time."""
    return fold(word)


@lru_cache(maxsize=20_000)
def marked(word: str) -> str:
    """A word with its marks in one order, or "" if it has none.

    The tone goes to the end of the syllable, so that hòa and hoà, thủy and thuỷ, are the same word.
    """
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    if decomposed.isascii() or fold_word(word) == decomposed:
        return ""
    tones = "".join(dict.fromkeys(_TONES.findall(decomposed)))  # a mark typed twice is one
    return (unicodedata.normalize("NFC", _TONES.sub("", decomposed)) + tones)[:LONGEST_TOKEN]


def is_han(token: str) -> bool:
    return token >= "\u3005" and _HAN_RUN.match(token) is not None  # most words need no closer look


def pairs(run: str) -> list[str]:
    """Overlapping pairs of a run of Han characters; a single character stays alone."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def characters(run: tuple[str, ...]) -> str:
    """The Han characters of a run of pairs."""
    return run[0] + "".join(pair[-1] for pair in run[1:])


def tokens(text: str) -> Iterator[str]:
    """Words and whole Han runs of a text, folded."""
    return (token if is_han(token) else token[:LONGEST_TOKEN] for token in _TOKEN.findall(fold(text)))


def index_text(text: str) -> str:
    """The line of tokens a row keeps: " folded words … words with marks … ", with a space at both ends.

    A Han run gives its pairs and its last character, so that any single character is the beginning of some token.
    """
    folded: list[str] = []
    for token in tokens(text):
        if is_han(token):
            folded += [*pairs(token), token[-1]] if len(token) > 1 else [token]
        else:
            folded.append(token)
    with_marks = dict.fromkeys(filter(None, map(marked, WORD.findall(unicodedata.normalize("NFC", text)))))
    line = " ".join([*folded, *with_marks])
    return f" {line} " if line else ""
