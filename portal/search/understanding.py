"""How a query is understood: the same for every engine, at query time, so that a new name works at once.

A query is cut into units: Latin words and Han runs. Names and synonyms are looked up first, the longest first; each
of the other words is a group with its spellings and inflections; of a Han run every character must be found in one
of its pairs. Guesses (mistaken initials, misspellings) weigh less than `LIKELY`.
"""

from dataclasses import replace
from functools import cached_property

from portal.search import pinyin, spelling
from portal.search.corrections import Corrections
from portal.search.days import day_at
from portal.search.han_runs import HanRuns
from portal.search.known import Concept, Known, group_of, known, run_of
from portal.search.query import SearchQuery
from portal.search.small_words import asked_for, is_small
from portal.search.terms import Term, without_quotes
from portal.search.text import fold_word, is_han, marked, pairs
from portal.search.understood import (
    LATER,
    LIKELY,
    MOST_ALTERNATIVES,
    Alternative,
    Group,
    Notice,
    Understood,
    foremost,
)
from portal.search.units import Unit, as_typed, cut, halves, in_thousands, joined_numbers, line_of, may_begin, units_of
from portal.search.vocabulary import Guess, Lookup, may_be_joined

__all__ = ["LIKELY", "Alternative", "Group", "Notice", "Understood", "understand"]

_MOST_GROUPS = 24
_MOST_KIN = 4
_INFLECTED, _MADE_OF = 0.8, 0.6  # weights of «permits» for «permit», and of «payment» for «pay»
_SYLLABLE = 7  # letters; what is longer was rather joined than misspelt


def understand(query: SearchQuery) -> Understood:
    """Take a query apart with all that is known. At most three queries, one where every word is known."""
    return _Reading(query, known(query.language)).understood()


def understand_words(query: SearchQuery, asked: Understood) -> Understood:
    """The same without names and synonyms: for what is found nowhere as a whole, though its words may be. What became
    of a name is told all the more where no page has it."""
    return replace(_Reading(query, Known.nothing(query.language)).understood(), notices=asked.notices)


class _Reading(HanRuns):
    """One query on its way from text to groups."""

    def __init__(self, query: SearchQuery, names: Known):
        self.query, self.language = query, query.language
        self.known = names
        self.text, self.quoted = without_quotes(query.text)
        self.units = units_of(self.text)
        self.lookup = Lookup(self._words_to_look_up(), self.language)
        self.split: dict[str, tuple[str, ...]] = {}  # unknown words, by what they may have been joined of
        self.notices: dict[Notice, None] = {}
        self.corrections = Corrections(self.text, self.language)

    def _words_to_look_up(self) -> set[str]:
        latin = [piece for unit in self.units if not unit.is_han for piece in [unit.token, *halves(unit.token)]]
        joined = {first + second for first, second in zip(latin, latin[1:], strict=False)}
        joined |= {"".join(latin[place : place + 3]) for place in range(len(latin) - 2)}
        decoded = {fold_word(spelling.typed_out(token)) for token in latin} - {""}
        han = {pair for unit in self.units if unit.is_han for pair in pairs(unit.token) if len(pair) > 1}
        row = [unit.token for unit in self.units]
        for place, unit in enumerate(self.units):
            if not unit.is_han:
                _length, concepts, _as_written = self.known.at(row, place)
                latin += [form[-1] for one in concepts for form in one.forms if self._bends(form)]
        if self.language == "en":
            latin += [other for token in list(latin) for other in spelling.other_english(token)]
        return set(latin) | {word for word in joined if may_be_joined(word)} | decoded | han

    def understood(self) -> Understood:
        self._type_out()
        self._take_apart()
        groups = foremost(self._groups(), _MOST_GROUPS)
        if any(not group.optional for group in groups):
            groups += self._hints()
        terms = self.query.terms
        quoted = [Group((replace(as_typed(word), literal=True),)) for part in self.quoted for word in part]
        if self.query.as_written:
            groups = [group.likely() for group in groups]
        return Understood(
            groups=tuple(dict.fromkeys([*groups, *quoted])),
            phrases=terms.phrases,
            whole=terms.whole if self.quoted else line_of(self.units),
            runs=terms.runs,
            corrections=() if self.quoted else self.corrections.made(),
            notices=tuple(self.notices),
            of_syllables=self.language == "vi",
            as_written=self.query.as_written,
        )

    def _hints(self) -> list[Group]:
        """What a question asks for without naming it: «how do I get to …» is rather answered by a page of roads."""
        answers = asked_for(self.text, self.language)
        return [Group(tuple(Alternative(run_of(one), 0.9) for one in words), hint=True) for words in answers]

    def _type_out(self) -> None:
        """Read raw Telex and VNI. What is a word as it stands («tax», «moon»), or one of its forms («laws»), stays what
        it is."""
        for unit in self.units:
            if unit.is_han or unit.exact or spelling.is_syllable(unit.token) or self._has_relatives(unit.token):
                continue
            if (meant := spelling.typed_out(unit.token)) and self._are_keys(unit, meant):
                unit.raw, unit.token, unit.exact = unit.token, fold_word(meant), marked(meant)
        self.units = [piece for unit in self.units for piece in cut(unit)]

    def _are_keys(self, unit: Unit, meant: str) -> bool:
        """Whether it was hardly typed to stay as it is. What nobody knows may also be words joined («poto»), and where
        only the last letter is a key it may be an English word («chair»), unless all around it is Vietnamese."""
        if self._is_known(meant):
            others = (other for other in self.units if other is not unit and not other.is_han)
            around = (spelling.is_syllable(other.token) or spelling.typed_out(other.token) for other in others)
            return self.language == "vi" or not spelling.ends_as_telex(unit.token) or all(around)
        return self.language == "vi" and not spelling.may_be_syllables(unit.token)

    def _take_apart(self) -> None:
        """Find out what unknown words may have been joined of; long ones are read as if their pieces had been typed."""
        row, place, free = [unit.token for unit in self.units], 0, []
        while place < len(self.units):
            length = self.known.at(row, place)[0]
            free += [] if length else [self.units[place]]
            place += length or 1
        odd = [] if self.query.as_written else [unit for unit in free if not unit.is_han and not self._is_word(unit)]
        odd = [unit for unit in odd if not is_small(unit.token, unit.exact, self.language)]
        across = [one.token + other.token for one, other in self._cut_elsewhere(free)]
        joined = dict.fromkeys(word for word in (*(unit.token for unit in odd), *across) if may_be_joined(word))
        self.split = self.lookup.split(list(joined))
        units: list[Unit] = []
        for unit in self.units:
            pieces = self.split.get(unit.token, ()) if unit in odd and len(unit.token) > _SYLLABLE else ()
            units += [Unit(piece, "", unit.start, unit.end) for piece in pieces] or [unit]
            if pieces:
                self.corrections.add([unit], " ".join(map(self.lookup.form, pieces)))
        self.units = units

    def _has_relatives(self, word: str) -> bool:
        return bool(self._is_known(word) or self.lookup.kin(word) or self.lookup.family(word))

    def _is_known(self, word: str) -> bool:
        """Whether it is a word of the entries or of a name."""
        folded = fold_word(word)
        return self.lookup.knows(folded) or folded in self.known.words

    # -- groups ----------------------------------------------------------------------------------------------------
    def _groups(self) -> list[Group]:
        row, place = [unit.token for unit in self.units], 0
        groups: list[Group] = []
        plain: list[tuple[int, Unit]] = []  # words that are no names, with the place of their group
        group_of: dict[int, int] = {}  # by the place of a unit
        while place < len(self.units):
            unit = self.units[place]
            if day := day_at(row, place, self.language):
                groups.append(day[1])
                place += day[0]
                continue
            group_of[place] = len(groups)
            if unit.is_han:
                groups += self._han_groups(unit)
                place += 1
                continue
            length, concepts, as_written = self._name_at(row, place)
            if length == 1 and (taken := self._joined_group(place)):
                groups.append(taken[1])
                place += taken[0]
            elif length and (length > 1 or as_written):
                groups.append(self._name_group(self.units[place : place + length], concepts, as_written))
                place += length
            elif taken := self._joined_group(place):
                groups.append(taken[1])
                place += taken[0]
            elif heard := self._pinyin_groups(place):
                groups += heard[1]
                place += heard[0]
            else:
                plain.append((len(groups), unit))
                groups.append(Group(()))
                place += 1
        for index, group in zip([index for index, _unit in plain], self._word_groups(plain), strict=True):
            groups[index] = group
        for place, joined in joined_numbers(self.units, self.text).items():
            group = groups[group_of[place]] if place in group_of else Group(())
            if group.alternatives:
                more = Alternative((joined,), 0.9)
                groups[group_of[place]] = replace(
                    group, alternatives=(*group.alternatives[: MOST_ALTERNATIVES - 1], more)
                )
        return [group for group in groups if group.alternatives]

    def _name_at(self, row: list[str], place: int) -> tuple[int, list[Concept], bool]:
        length, concepts, as_written = self.known.at(row, place)
        typed = [unit.exact for unit in self.units[place : place + length]]
        if length == 1 and is_small(row[place], typed[0], self.language) and not self._is_abbreviated(place, typed[0]):
            return 0, [], True
        run = tuple(row[place : place + length])
        meant = [one for one in concepts if one.is_meant(run, typed, self.has_marks)]
        return length if meant else 0, meant, as_written

    def _is_abbreviated(self, place: int, exact: str) -> bool:
        """Whether a small word without marks is rather an abbreviation. English tells by capitals, where not all is in
        capitals: «US visa», «contact us»."""
        if exact or self.language == "vi":
            return False
        unit = self.units[place]
        capitals = self.text[unit.start : unit.end].isupper() and (len(self.units) == 1 or not self.text.isupper())
        return self.language != "en" or capitals

    @cached_property
    def has_marks(self) -> bool:
        """Whether somebody types marks: then a word without any has none."""
        return any(unit.exact for unit in self.units)

    def _name_group(self, units: list[Unit], concepts: list[Concept], as_written: bool) -> Group:
        run = tuple(unit.token for unit in units)
        found = {run: Alternative(run, 1.0, units[0].exact if len(units) == 1 else "", len(units) == 1)}
        for concept in concepts:
            joined = run not in concept.forms and not self.known.has_inflected(concept, run)
            for form, weight in concept.forms.items():
                for tokens in concept.written(form) if form != run else ():
                    found.setdefault(tokens, Alternative(tokens, weight if as_written else weight - 0.2))
            for form in concept.later:
                found.setdefault(form, Alternative(form, LATER))
            if (notice := concept.notice(run, self.language)) is not None:
                self.notices[notice] = None
            if not as_written or joined:
                self.corrections.add(units, self._display(concept, run), is_public=concept.public)
        for one in [one for one in found.values() if self._bends(one.tokens)]:
            for kin, worth in self._kin(one.tokens[-1]):
                bent = (*one.tokens[:-1], kin)
                found.setdefault(bent, Alternative(bent, max(LIKELY, one.weight - 1 + worth)))
        return group_of(concepts, run, list(found.values()))

    def _kin(self, word: str) -> list[tuple[str, float]]:
        """Inflections and equal spellings of a word, then what else is made of it, with what they are worth."""
        same = self.language != "en"
        found = [
            (kin, _INFLECTED if same or spelling.same_word(word, kin) else _MADE_OF) for kin in self.lookup.kin(word)
        ]
        return sorted(found, key=lambda one: -one[1])[:_MOST_KIN]

    def _bends(self, run: tuple[str, ...]) -> bool:
        """Whether its last word may be inflected: any single one; of several only in English («work permits»)."""
        return not is_han(run[-1]) and (len(run) == 1 or self.language == "en")

    def _display(self, concept: Concept, run: tuple[str, ...]) -> str:
        """How a mistaken or joined name is written, in the language in which it was typed."""
        sounds = tuple(map(spelling.vietnamese_sound, run))

        def is_meant(form: tuple[str, ...]) -> bool:
            misspelt = len(form) == len(run) and spelling.distance(" ".join(form), " ".join(run)) == 1
            return misspelt or "".join(form) == "".join(run) or tuple(map(spelling.vietnamese_sound, form)) == sounds

        for name in concept.display.values():
            heard = "".join(map(spelling.vietnamese_sound, run_of(name)))
            if heard == "".join(sounds) or is_meant(run_of(name)):
                return name
        return next((concept.texts[form] for form in concept.forms if not is_han(form[0]) and is_meant(form)), "")

    def _joined_group(self, place: int) -> tuple[int, Group] | None:
        """Words that the entries also write as one: «pu sam cap» and «Pusamcap»."""
        for length in (3, 2):
            units = self.units[place : place + length]
            run = tuple(unit.token for unit in units)
            if len(run) < length or any(unit.is_han for unit in units):
                continue
            joined = "".join(run)
            written = [joined] * self.lookup.knows(joined) + self.lookup.kin(joined)[:_MOST_KIN]
            if written and not (self.language == "en" and is_small(run[0], "", "en")):
                return length, Group((Alternative(run), *(Alternative((one,), 0.8) for one in written)))
        return None

    def _pinyin_groups(self, place: int) -> tuple[int, list[Group]] | None:
        """Words that are no words of the Chinese entries, but sound like some: as many in a row as there are."""
        if self.language != pinyin.LANGUAGE:
            return None
        row = []
        for unit in self.units[place:]:
            if unit.is_han or self.lookup.knows(unit.token) or not pinyin.readings(unit.token):
                break
            row.append(unit.token)
        alone = len(self.units) == 1
        groups = pinyin.Heard(row, self._sounds, alone).groups() if row else []
        return (len(row), groups) if groups else None

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        return pinyin.pairs_by_sound([unit.token for unit in self.units if not unit.is_han])

    def _word_groups(self, words: list[tuple[int, Unit]]) -> list[Group]:
        units = [unit for _index, unit in words]
        odd = [] if self.query.as_written else [unit for unit in units if not self._is_word(unit)]
        unknown = [unit.token for unit in odd if not is_small(unit.token, unit.exact, self.language)]
        guesses = self.lookup.guesses([word for word in unknown if word not in self.split or len(word) <= _SYLLABLE])
        last = self.units[-1] if self.units else None
        groups = [
            self._word_group(
                unit, unit is last, self._ways(self.split.get(unit.token, ())), guesses.get(unit.token, [])
            )
            for unit in units
        ]
        for one, other in self._cut_elsewhere(units):
            place, pieces = units.index(one), self.split.get(one.token + other.token, ())
            cuts = {len("".join(pieces[:number])) for number in range(len(pieces))}
            if len(cuts) > 1 and len(one.token) not in cuts and groups[place].alternatives:
                ways = Alternative((one.token, other.token)), Alternative(pieces, 0.7, loose=True)
                groups[place : place + 2] = [Group(ways), Group(())]
                self.corrections.add([one, other], " ".join(map(self.lookup.form, pieces)))
        return groups

    def _ways(self, pieces: tuple[str, ...]) -> list[tuple[str, ...]]:
        """A joined word in pieces, also with the last one inflected: «drinkdrive» is «drink driving», too."""
        kin = self.lookup.kin(pieces[-1])[:_MOST_KIN] if pieces and self.language == "en" else []
        return [pieces, *((*pieces[:-1], other) for other in kin)] if pieces else []

    def _cut_elsewhere(self, units: list[Unit]) -> list[tuple[Unit, Unit]]:
        """Neighbours of which one is no word: «uma tukhoong» may be «u ma tu khoong»."""
        row = zip(self.units, self.units[1:], strict=False) if not self.query.as_written else ()
        among = {id(unit) for unit in units}
        return [
            (one, other)
            for one, other in row
            if id(one) in among
            and id(other) in among
            and not (one.is_han or other.is_han or self._is_word(one) and self._is_word(other))
        ]

    def _other_english(self, unit: Unit) -> list[str]:
        return sorted(spelling.other_english(unit.token)) if self.language == "en" else []

    def _is_word(self, unit: Unit) -> bool:
        """Whether it need not be guessed at: the entries have it or a relative of it, or it is too short."""
        known = self.lookup.knows(unit.token) or self.lookup.kin(unit.token) or self.lookup.family(unit.token)
        return bool(known or unit.raw) or not unit.token.isalpha() or len(unit.token) < 3

    def _word_group(self, unit: Unit, is_last: bool, split: list[tuple[str, ...]], guesses: list[Guess]) -> Group:
        typed = as_typed(Term(unit.token, may_begin(unit, is_last), unit.exact))
        found = {typed.tokens: typed}

        def add(tokens_of: tuple[str, ...], weight: float, exact: str = "", loose: bool = False) -> None:
            found.setdefault(tokens_of, Alternative(tokens_of, weight, exact, loose=loose))

        if unit.raw:
            add((unit.raw,), 0.6)
        if pieces := tuple(halves(unit.token)):
            add(pieces, 0.9, loose=True)  # «10, 21 and 42 km» has «21km»
        if thousands := in_thousands(unit.token):
            add(thousands, 0.9)
        other = spelling.other_i_or_y(unit.token)
        if other:
            add((other,), 0.9, spelling.other_i_or_y(unit.exact))
        others = [other for other in self._other_english(unit) if self.lookup.knows(other)]
        for other in others:
            add((other,), 0.9)
        for kin, worth in (one for word in (unit.token, *others) for one in self._kin(word)):
            add((kin,), worth)
        for other in self.lookup.family(unit.token)[:_MOST_KIN]:
            add((other,), _MADE_OF)
        for way in split:
            found[way] = Alternative(way, 0.7, loose=True)
        if split:
            self.corrections.add([unit], " ".join(map(self.lookup.form, split[0])))
        for slip in self.lookup.slips(unit.token):
            add((slip,), 0.4)
        for guess in guesses:
            add((guess.folded,), min(guess.weight, 0.45))
        if guesses and not split:
            self.corrections.add([unit], guesses[0].form, is_public=True)
        return Group(
            tuple(found.values())[:MOST_ALTERNATIVES],
            small=is_small(unit.token, unit.exact, self.language),
            misspelt=bool(guesses),
        )
