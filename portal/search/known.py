"""Names of the register and synonyms of the editors, by the words they are made of. Read when they change."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings

from portal.names import whole
from portal.names.models import FIELD_OF, Name, NameVariant
from portal.names.whole import Record
from portal.publishing import generation
from portal.search.models import Synonyms, lines_of
from portal.search.spelling import distance, root, vietnamese_sound
from portal.search.text import WORD, characters, is_han, marked, pairs, tokens
from portal.search.understood import MOST_ALTERNATIVES, Alternative, Group, Notice, without_longer

_HOME = "lai-chau"  # the code of the province's own name
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_LONGEST_NAME = 10  # tokens
_PART = 0.5
_PART_OF_ABOLISHED = 0.3  # «Tam Đường» is still a place; who writes «huyện Tam Đường» wants to know what became of it
_SHORT = 4  # letters that may also be two words of their own
_SHORTEST_MISTAKEN = 2  # tokens of a name that is also recognised by its sound


@dataclass(eq=False)
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
    is_home: bool = False
    order: tuple[int, str, int] = (0, "", 0)  # among concepts that have a form in common: names before synonyms

    def is_meant(self, run: tuple[str, ...], typed: list[str], others_have_marks: bool) -> bool:
        """Whether a run may mean it of which some words were typed with marks: «bị mất» is not «bí mật», «đảo» not
        the Dao people. One agreeing word is enough, because tone marks are often mistaken. Where others have marks,
        a syllable without any is no synonym that has some: «tiếng Anh» speaks of no «ảnh»."""
        if run not in self.marks:
            return True
        if not any(typed):
            return not others_have_marks or len(run) > 1 or bool(self.display)
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
        self.roots: dict[tuple[str, ...], list[Concept]] = {}  # English: «tax break», «Spratlys»
        self.runs: dict[tuple[str, ...], list[Concept]] = {}
        self.sounds: dict[tuple[str, ...], list[Concept]] = {}
        self.joined: dict[str, list[Concept]] = {}
        self.han: dict[str, list[Concept]] = {}
        # Runs by what they are without one of their words, to recognise them where that word is misspelt.
        self.but_one: dict[tuple[int, tuple[str, ...]], list[tuple[str, Concept]]] = {}
        self.words: Counter[str] = Counter()
        self.longest_run = self.longest_han = 0
        self.add(concepts)

    @classmethod
    def nothing(cls, language: str) -> "Known":
        return cls(language, [])

    def add(self, concepts: Iterable[Concept]) -> None:
        """Others may be looking things up meanwhile: every list is replaced by a longer one, none is changed."""
        for concept in concepts:
            for table, key, one in self._places(concept):
                table[key] = sorted([*table.get(key, ()), one], key=_order) if key in table else [one]
            for run in concept.forms:
                if is_han(run[0]):
                    self.longest_han = max(self.longest_han, len(characters(run)))
                else:
                    self.longest_run = max(self.longest_run, min(_LONGEST_NAME, len(run)))
                    self.words.update(run)

    def remove(self, concepts: Iterable[Concept]) -> None:
        """Concepts as they were added."""
        for concept in concepts:
            for table, key, one in self._places(concept):
                rest = [other for other in table.get(key, ()) if other != one]
                if rest:
                    table[key] = rest
                else:
                    table.pop(key, None)
            for word in (word for run in concept.forms if not is_han(run[0]) for word in run):
                self.words[word] -= 1
                if not self.words[word]:
                    del self.words[word]

    def _places(self, concept: Concept) -> Iterator[tuple[dict, object, object]]:
        """Where it stands: a table, a key of it, and what stands there."""
        for run in concept.forms:
            if is_han(run[0]):
                yield self.han, characters(run), concept
                continue
            yield self.runs, run, concept
            if self.language == "en":
                yield self.roots, self._roots(run), concept
            if len(run) >= _SHORTEST_MISTAKEN:
                joined = "".join(run)
                yield self.joined, joined, concept
                if len(run) > 2:
                    for place, word in enumerate(run):
                        yield self.but_one, (place, run[:place] + run[place + 1 :]), (word, concept)
                if len(joined) > 5:
                    yield self.sounds, tuple(map(vietnamese_sound, run)), concept

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

    def has_inflected(self, concept: Concept, run: tuple[str, ...]) -> bool:
        """Whether a run is a form of it in another inflection: «tax breaks»."""
        return self.language == "en" and concept in self.roots.get(self._roots(run), ())

    def _roots(self, run: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(root(token, self.language) for token in run)

    def han_at(self, run: str, start: int) -> tuple[int, list[Concept]]:
        for length in range(min(self.longest_han, len(run) - start), 0, -1):
            if run[start : start + length] in self.han:
                return length, self.han[run[start : start + length]]
        return 0, []


class _Kept:
    """Every concept, and who looks them up, in this process. After a change only what changed is read anew: of ten
    thousand names the whole takes seconds."""

    def __init__(self):
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        # By language: the register and the synonyms it was made of, and what was made.
        self._made: dict[str, tuple[tuple[str, tuple], Known]] = {}
        self._records: dict[int, Record] = {}
        self._names: dict[int, Concept] = {}
        self._synonyms: dict[str, dict[tuple[int, str], Concept]] = defaultdict(dict)
        self._known: dict[str, Known] = {}

    def known(self, language: str) -> "Known":
        state, records = whole.present()
        seen = state, generation.cached(f"synonyms:{language}", lambda: _synonyms(language))
        kept = self._made.get(language)
        if kept is None or kept[0] != seen:
            with self._lock:
                try:
                    self._follow_register(records)
                    self._follow_synonyms(language, seen[1])
                except BaseException:
                    self._forget()  # half of it is done: the next who asks begins with nothing
                    raise
                kept = self._made[language] = seen, self._known[language]
        return kept[1]

    def _follow_register(self, records: Iterable[Record]) -> None:
        present = {record.pk: record for record in records}
        changed = {pk: _name(record) for pk, record in present.items() if self._records.get(pk) != record}
        gone = self._records.keys() - present.keys()
        if changed or gone:
            self._made = {}  # those of all languages change
        before = [self._names[pk] for pk in self._names if pk in changed or pk in gone]
        for known in self._known.values():
            known.remove(before)
        for pk in gone:
            del self._names[pk]
        # What was known stays the same object: others may have it as their successor.
        after = [self._names.setdefault(pk, concept) for pk, concept in changed.items()]
        for (pk, read), concept in zip(changed.items(), after, strict=True):
            read.successors = tuple(self._names[other] for other in present[pk].successors)
            vars(concept).update(vars(read))
        for known in self._known.values():
            known.add(after)
        self._records = present

    def _follow_synonyms(self, language: str, rows: tuple[tuple[int, str], ...]) -> None:
        kept = self._synonyms[language]
        added = {row: _synonym(row) for row in rows if row not in kept}
        gone = [kept.pop(row) for row in kept.keys() - set(rows)]
        kept |= added
        if language in self._known:
            self._known[language].remove(gone)
            self._known[language].add(added.values())
        else:
            self._known[language] = Known(language, [*self._names.values(), *kept.values()])


_kept = _Kept()


def known(language: str) -> Known:
    """What is known now. Four queries for the first who asks in a generation, three more after a change of names."""
    return _kept.known(language)


def _order(one) -> tuple[int, str, int]:
    return one[1].order if isinstance(one, tuple) else one.order


def run_of(text: str) -> tuple[str, ...]:
    """A form as a run of tokens; a form of mixed scripts as its words and pairs in a row."""
    return tuple(piece for token in tokens(text) for piece in (pairs(token) if is_han(token) else [token]))


def _name(record: Record) -> Concept:
    concept = Concept(
        order=(0, record.vi, record.pk),
        ended=record.ended_on,
        public=record.approved or bool(record.ended_on),
        is_unit=record.kind == Name.Kind.UNIT,
        is_home=record.code == _HOME,
    )
    # That a unit was abolished is a fact; how it is called in other languages may still be undecided.
    settled = {code: getattr(record, FIELD_OF[code]) for code, _name in settings.LANGUAGES} if record.approved else {}
    concept.display = {code: settled.get(code) or record.vi for code, _name in settings.LANGUAGES}
    for text in (record.vi, record.zh_hans, record.zh_hant, record.en, record.pinyin):
        _put(concept, text, 0.85)
        for part in _parts(text):
            _put(concept, part, 0.8)
    for kind, _language, text in record.forms:
        run = _put(concept, text, 0.8)
        if run and kind == NameVariant.Kind.FORMER:
            concept.former[run] = text
    return concept


def _parts(text: str) -> list[str]:
    """«Trường Sa (Spratly) archipelago» is also called «Trường Sa archipelago» and «Spratly»."""
    inside = _IN_BRACKETS.findall(text)
    return [_IN_BRACKETS.sub(" ", text), *inside] if inside else []


def _synonyms(language: str) -> tuple[tuple[int, str], ...]:
    return tuple(Synonyms.objects.filter(language=language).order_by("pk").values_list("pk", "words"))


def _synonym(row: tuple[int, str]) -> Concept:
    concept = Concept(order=(1, "", row[0]), public=True)
    for text in lines_of(row[1]):
        _put(concept, text, 0.75)
    return concept


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


def group_of(concepts: list[Concept], run: tuple[str, ...], found: list[Alternative]) -> Group:
    """What may be meant by a run, as a part of a query: `found` are the forms to look for, the typed one first."""
    abolished = any(one.is_abolished(run) for one in concepts)
    ways = without_longer(found, _PART_OF_ABOLISHED if abolished else _PART)
    return Group(
        ways[:MOST_ALTERNATIVES],
        abolished=abolished,
        home=any(one.is_home for one in concepts),
        titles=_titles_of(concepts),
    )


def _titles_of(concepts: list[Concept]) -> tuple[str, ...]:
    """The names of what is meant; of synonyms, whose forms are no names, none."""
    forms = [form for one in concepts if one.display for form in one.forms]
    return tuple(dict.fromkeys(" ".join(form) for form in forms))[:MOST_ALTERNATIVES]
