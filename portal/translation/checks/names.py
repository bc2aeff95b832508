"""Names of the register in a passage: how they are written in the language of the translation, and how they are not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial

from portal.names import whole
from portal.names.models import FIELD_OF
from portal.names.whole import OfEveryRecord, Record
from portal.search.text import WORD, fold, marked

# Before a name of one syllable, which is an ordinary word as well, one of these must stand in the sentence.
_OF_PEOPLES = re.compile(r"\b(?:dân tộc|người|đồng bào|tộc người|phụ nữ|bản làng|thiếu nữ|thổ cẩm)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[()（）]")


@dataclass
class Entry:
    """One name of the register in one language."""

    vi: str
    form: str  # the form to write; empty where none is settled
    approved: bool
    accepted: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    ended: bool = False


@dataclass
class Mention:
    """A name as it stands in the original, with what the register says of it."""

    text: str
    entries: list[Entry]

    @property
    def best(self) -> Entry:
        """The entry to show: settled before not settled, present before former, its own name before an alias."""
        return min(
            self.entries,
            key=lambda entry: (not entry.form, not entry.approved, entry.ended, fold(entry.vi) != fold(self.text)),
        )

    @property
    def accepted(self) -> list[str]:
        return [form for entry in self.entries for form in entry.accepted]

    @property
    def unwanted(self) -> list[str]:
        return [form for entry in self.entries for form in entry.unwanted]


_Row = tuple[tuple[str, ...], str, Entry]  # a Vietnamese form as words to compare, as it is written, and whose it is


class Glossary:
    """The register of one target language, ready to be looked for in Vietnamese text."""

    def __init__(self, rows: Iterable[_Row]):
        self._by_first: dict[str, list[_Row]] = {}
        for row in rows:
            self._by_first.setdefault(row[0][0], []).append(row)
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def mentions(self, text: str) -> list[Mention]:
        """Names in a Vietnamese text, the longest at every place, each once."""
        words = list(WORD.finditer(text))
        keys = [_key(word.group()) for word in words]
        found: dict[str, Mention] = {}
        place = 0
        while place < len(words):
            length, entries = self._at(text, words, keys, place)
            if entries:
                shown = text[words[place].start() : words[place + length - 1].end()]
                known = found.setdefault(shown.casefold(), Mention(shown, []))
                known.entries += [entry for entry in entries if entry not in known.entries]
            place += max(1, length)
        return list(found.values())

    def _at(self, text: str, words: list, keys: list[str], place: int) -> tuple[int, list[Entry]]:
        length, entries = 0, []
        for candidate, form, entry in self._by_first.get(keys[place], ()):
            size = len(candidate)
            if size < length or tuple(keys[place : place + size]) != candidate:
                continue
            if _written_as_name(form, words[place : place + size]) and (
                size > 1 or _is_people(text, words, place, form)
            ):
                length = size
                entries.append(entry)
        return length, entries


def _key(word: str) -> str:
    return marked(word) or word.casefold()


def _written_as_name(form: str, words: list) -> bool:
    """Capitals where the register has them; the first letter may follow the sentence."""
    for number, (wanted, found) in enumerate(zip(WORD.findall(form), words, strict=False)):
        if wanted[:1].isupper() and not found.group()[:1].isupper() and (number or len(words) == 1):
            return False
    return True


def _is_people(text: str, words: list, place: int, form: str) -> bool:
    """A single capitalised syllable is a people only where peoples are spoken of, and no part of a longer name."""
    if not form[:1].isupper() or not _OF_PEOPLES.search(text):
        return False
    for other in (place - 1, place + 1):
        if 0 <= other < len(words) and words[other].group()[:1].isupper():
            between = text[words[min(place, other)].end() : words[max(place, other)].start()]
            if not between.strip() and not (other < place and _OF_PEOPLES.search(words[other].group())):
                return False
    return True


def glossary_of(language: str) -> Glossary:
    """The register for a language; each process makes it again when a name has changed, and what of it has changed."""
    return _glossary_of(language, whole.state())


@cache
def _rows_of(language: str) -> OfEveryRecord:
    return OfEveryRecord(partial(_rows, language=language))


@lru_cache(maxsize=len(FIELD_OF))
def _glossary_of(language: str, register: str) -> Glossary:
    return Glossary(row for rows in _rows_of(language).values() for row in rows)


def _rows(record: Record, language: str) -> list[_Row]:
    """A row for each Vietnamese form."""
    form = getattr(record, FIELD_OF[language])
    unwanted = [text for kind, code, text in record.forms if kind == "unwanted" and code == language]
    accepted = [form] if form else []
    accepted += [text for kind, code, text in record.forms if kind != "unwanted" and code == language]
    accepted += [part.strip() for text in list(accepted) for part in _BRACKETS.split(text) if len(part.strip()) > 1]
    vietnamese = [record.vi, *(text for kind, code, text in record.forms if code == "vi" and kind != "unwanted")]
    if language == "en":  # Vietnamese names keep their form in English, unless the register forbids it
        forbidden = {fold(text) for text in unwanted}
        accepted += [text for text in vietnamese if fold(text) not in forbidden]
    entry = Entry(record.vi, form, record.approved, accepted, unwanted, record.ended_on is not None)
    rows = [(tuple(_key(word) for word in WORD.findall(text)), text, entry) for text in vietnamese]
    return [row for row in rows if row[0]]


def holds(text: str, form: str, language: str) -> bool:
    """Whether a form stands in a translation, whatever its marks and capitals."""
    return bool(_pattern(form, language).search(fold(text)))


def _pattern(form: str, language: str) -> re.Pattern:
    folded = re.escape(fold(form))
    return re.compile(folded if language == "zh-hans" else rf"(?<!\w){folded}(?:['’]?s)?(?!\w)")


def without(text: str, forms: list[str], language: str) -> str:
    """The folded text with these forms taken out, so that 蒙族 is not found inside 赫蒙族."""
    folded = fold(text)
    for form in sorted(forms, key=len, reverse=True):
        folded = _pattern(form, language).sub("\n", folded)
    return folded
