"""Names of the register and synonyms of the editors, by the words they are made of. Read once a cache generation."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings

from portal.names.models import FIELD_OF, Name, NameSuccession, NameVariant
from portal.publishing import generation
from portal.search.models import Synonyms
from portal.search.spelling import distance, root, vietnamese_sound
from portal.search.text import WORD, characters, is_han, marked, pairs, tokens
from portal.search.understood import Notice

_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_LONGEST_NAME = 10  # tokens
_SHORT = 4  # letters that may also be two words of their own
_SHORTEST_MISTAKEN = 2  # tokens of a name that is also recognised by its sound


@dataclass
class Concept:
    """One thing with all its forms as runs of tokens, best first, with their weights. `display` is by language."""

    forms: dict[tuple[str, ...], float] = field(default_factory=dict)
    display: dict[str, str] = field(default_factory=dict)  # of names only
    former: dict[tuple[str, ...], str] = field(default_factory=dict)  # forms that are former names
    marks: dict[tuple[str, ...], set[tuple[str, ...]]] = field(default_factory=dict)  # its words with their marks
    texts: dict[tuple[str, ...], str] = field(default_factory=dict)  # its forms as somebody wrote them
    ended: object | None = None
    successors: tuple["Concept", ...] = ()
    public: bool = False
    is_unit: bool = False

    def is_meant(self, run: tuple[str, ...], typed: list[str]) -> bool:
        """Whether a run may mean it of which some words were typed with marks: «bị mất» is not «bí mật», «đảo» not
        the Dao people. One agreeing word is enough, because tone marks are often mistaken."""
        if run not in self.marks or not any(typed):
            return True
        return any(one and one == other for way in self.marks[run] for one, other in zip(typed, way, strict=True))

    def is_abolished(self, run: tuple[str, ...]) -> bool:
        """Whether a run of several words names a unit that is no more."""
        return self.is_unit and self.ended is not None and len(run) > 1

    def written(self, form: tuple[str, ...]) -> list[tuple[str, ...]]:
        """How a form is looked for. Of a synonym that is one syllable with marks only that: «trà» is not «tra cứu»."""
        ways = self.marks.get(form, ()) if len(form) == 1 and not self.display else ()
        return sorted(ways) or [form]

    @property
    def later(self) -> list[tuple[str, ...]]:
        """Forms of what took its place, where it does the same work: an office, not the province of a district."""
        return [] if self.is_unit else [form for one in self.successors for form in one.forms]

    def notice(self, run: tuple[str, ...], language: str) -> Notice | None:
        """What the reader is told who typed this form: that it is a former name or that its bearer ended."""
        if not self.public:
            return None
        if self.ended:
            later = tuple(one.display[language] for one in self.successors if one.public)
            return Notice(self.display[language], self.ended, later, self.is_unit)
        if run in self.former:
            return Notice(self.former[run], None, (self.display[language],))
        return None


class Known:
    """Looks names up in a row of tokens. Han names are looked up character by character."""

    def __init__(self, language: str, concepts: Iterable[Concept]):
        self.language = language
        self.roots: dict[tuple[str, ...], list[Concept]] = defaultdict(list)  # English: «tax break», «Spratlys»
        self.runs: dict[tuple[str, ...], list[Concept]] = defaultdict(list)
        self.sounds: dict[tuple[str, ...], list[Concept]] = defaultdict(list)
        self.joined: dict[str, list[Concept]] = defaultdict(list)
        self.han: dict[str, list[Concept]] = defaultdict(list)
        # Runs by what they are without one of their words, to recognise them where that word is misspelt.
        self.but_one: dict[tuple[int, tuple[str, ...]], list[tuple[str, Concept]]] = defaultdict(list)
        for concept in concepts:
            self._add(concept)
        self.words = {word for run in self.runs for word in run}
        self.longest_run = min(_LONGEST_NAME, max((len(run) for run in self.runs), default=0))
        self.longest_han = max(map(len, self.han), default=0)

    @classmethod
    def nothing(cls, language: str) -> "Known":
        return cls(language, [])

    def _add(self, concept: Concept) -> None:
        for run in concept.forms:
            if is_han(run[0]):
                self.han[characters(run)].append(concept)
                continue
            self.runs[run].append(concept)
            if self.language == "en":
                self.roots[self._roots(run)].append(concept)
            if len(run) >= _SHORTEST_MISTAKEN:
                self.joined["".join(run)].append(concept)
                if len(run) > 2:
                    for place, word in enumerate(run):
                        self.but_one[place, run[:place] + run[place + 1 :]].append((word, concept))
                if len("".join(run)) > 5:
                    self.sounds[tuple(map(vietnamese_sound, run))].append(concept)

    def at(self, row: list[str], start: int) -> tuple[int, list[Concept], bool]:
        """The longest known name that begins at a place of a row: its length, what it may mean, whether as written."""
        for length in range(min(self.longest_run, len(row) - start), 0, -1):
            run = tuple(row[start : start + length])
            if run in self.runs:
                return length, self.runs[run], True
            if self.language == "en" and (inflected := self.roots.get(self._roots(run))):
                return length, inflected, True
            if length >= _SHORTEST_MISTAKEN:
                heard = self.sounds.get(tuple(map(vietnamese_sound, run)))
                if heard:
                    return length, heard, False
                joined = "".join(run)  # «xin xi hu» for «Xinxihu», «Ma Luthang» for «Ma Lù Thàng»
                if len(joined) > _SHORT and (written := self.runs.get((joined,)) or self.joined.get(joined)):
                    return length, written, True
                if near := self._near(run):
                    return length, near, False
            elif run[0] in self.joined:
                return 1, self.joined[run[0]], True
        return 0, [], True

    def _near(self, run: tuple[str, ...]) -> list[Concept]:
        """What a run of three words or more may be of which one has one wrong letter: «Ma Lu Tang»."""
        found = []
        for place, word in enumerate(run if len(run) > 2 else ()):
            if word.isascii() and word.isalpha() and len(word) > 2:
                others = self.but_one.get((place, run[:place] + run[place + 1 :]), ())
                found += [
                    one for other, one in others if abs(len(other) - len(word)) < 2 and distance(word, other) == 1
                ]
        return found

    def _roots(self, run: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(root(token, self.language) for token in run)

    def han_at(self, run: str, start: int) -> tuple[int, list[Concept]]:
        for length in range(min(self.longest_han, len(run) - start), 0, -1):
            if run[start : start + length] in self.han:
                return length, self.han[run[start : start + length]]
        return 0, []


def known(language: str) -> Known:
    return _known(language, generation.current())


@lru_cache(maxsize=6)
def _known(language: str, token: str) -> Known:
    """For one generation, in this process; the token is there to tell generations apart."""
    return _made_of(language, _fingerprint(language))


@lru_cache(maxsize=3)
def _made_of(language: str, fingerprint: str) -> Known:
    """A generation begins with every publication, but names and synonyms seldom change: then all stays as it is."""
    return Known(language, [*_names(), *_synonyms(language)])


def _fingerprint(language: str) -> str:
    """A digest of everything that a `Known` is made of. Four queries."""
    digest = hashlib.sha256()
    synonyms = Synonyms.objects.filter(language=language)
    for rows in (Name.objects.all(), NameVariant.objects.all(), NameSuccession.objects.all(), synonyms):
        digest.update(repr(list(rows.order_by("pk").values_list())).encode())
    return digest.hexdigest()


def run_of(text: str) -> tuple[str, ...]:
    """A form as a run of tokens; a form of mixed scripts as its words and pairs in a row."""
    return tuple(piece for token in tokens(text) for piece in (pairs(token) if is_han(token) else [token]))


def _names() -> list[Concept]:
    rows = list(Name.objects.prefetch_related("variants", "successions"))
    concepts = {row.pk: Concept(ended=row.ended_on, public=row.approved or bool(row.ended_on)) for row in rows}
    for row in rows:
        concept = concepts[row.pk]
        concept.is_unit = row.kind == Name.Kind.UNIT
        concept.successors = tuple(concepts[one.successor_id] for one in row.successions.all())
        # That a unit was abolished is a fact; how it is called in other languages may still be undecided.
        settled = {code: getattr(row, FIELD_OF[code]) for code, _name in settings.LANGUAGES} if row.approved else {}
        concept.display = {code: settled.get(code) or row.vi for code, _name in settings.LANGUAGES}
        for text in (row.vi, row.zh_hans, row.zh_hant, row.en, row.pinyin):
            _put(concept, text, 0.85)
            for part in _parts(text):
                _put(concept, part, 0.8)
        for variant in row.variants.all():
            run = _put(concept, variant.text, 0.8)
            if run and variant.kind == NameVariant.Kind.FORMER:
                concept.former[run] = variant.text
    return list(concepts.values())


def _parts(text: str) -> list[str]:
    """«Trường Sa (Spratly) archipelago» is also called «Trường Sa archipelago» and «Spratly»."""
    inside = _IN_BRACKETS.findall(text)
    return [_IN_BRACKETS.sub(" ", text), *inside] if inside else []


def _synonyms(language: str) -> list[Concept]:
    concepts = []
    for row in Synonyms.objects.filter(language=language):
        concept = Concept(public=True)
        for text in row.lines:
            _put(concept, text, 0.75)
        concepts.append(concept)
    return concepts


def _put(concept: Concept, text: str, weight: float) -> tuple[str, ...]:
    run = run_of(text)
    if run and len({is_han(token) for token in run}) == 1:
        concept.forms.setdefault(run, weight)
        if any(map(marked, WORD.findall(text))) or run not in concept.texts:
            concept.texts[run] = text
        marks = tuple(map(marked, WORD.findall(unicodedata.normalize("NFC", text))))
        if len(marks) == len(run) and any(marks):
            concept.marks.setdefault(run, set()).add(marks)
    return run


def titles_of(concepts: list[Concept], most: int) -> tuple[str, ...]:
    """The names of what is meant; of synonyms, whose forms are no names, none."""
    forms = [form for one in concepts if one.display for form in one.forms]
    return tuple(dict.fromkeys(" ".join(form) for form in forms))[:most]
