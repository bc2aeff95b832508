"""The words of all entries, by language, and what a typed word may have been meant to be."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, F, Max, Q, Subquery

from portal.search import spelling
from portal.search.engines.storage import present
from portal.search.models import SearchEntry, Word
from portal.search.text import WORD, fold, fold_word, is_han, pairs

_TELLS = 1.5  # how much more a word says that fewer entries have
_LONGEST = 24  # letters; what is longer is no word that somebody misspells
_BATCH = 1000
_DOUBLED = re.compile(r"(.)\1+")
_MOST_CANDIDATES = 400
_KEPT = 6  # candidates that are asked for in the index
_SHORTEST_GUESSED = 4  # letters of a word that is compared letter by letter; a syllable may have one less
_SHORTEST_JOINED, _LONGEST_JOINED = 4, 40
_SHORT_SYLLABLE, _LONGEST_SYLLABLE, _LONGEST_PIECE = 3, 6, 14  # letters
_PRICE_OF_A_LETTER = 3  # a syllable of one letter («U Ma Tu Khoòng») only at the beginning, and where nothing else fits


def sound(folded: str, language: str) -> str:
    if is_han(folded):
        return spelling.chinese_sound(folded)
    if language == "en" and not spelling.is_syllable(folded):
        return spelling.english_sound(folded)
    return spelling.vietnamese_sound(folded)


# -- written with the entries --------------------------------------------------------------------------------------
def remember(entries: Iterable[SearchEntry]) -> None:
    """Add the words of these entries, in the transaction in which the entries are written."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for entry in entries:
        counts[entry.language].update(_forms(entry))
    for language, forms in counts.items():
        for batch in _batches(sorted(forms), _BATCH):
            Word.objects.bulk_create([_word(language, form) for form in batch], ignore_conflicts=True)
            for roughly, same in _by_size({form: forms[form] for form in batch}).items():
                Word.objects.filter(language=language, form__in=same).update(count=F("count") + roughly)


@dataclass(frozen=True)
class Counted:
    """The words of all entries at one time, by language, and the newest row that there was then."""

    forms: dict[str, Counter]
    newest: int


def count_all() -> Counted:
    """Count all words anew, after everything was indexed again; takes its time, so before the writers' lock."""
    newest = Word.objects.aggregate(newest=Max("pk"))["newest"] or 0
    counts: dict[str, Counter] = defaultdict(Counter)
    for entry in SearchEntry.objects.only("language", "title", "summary", "body").iterator(chunk_size=_BATCH):
        counts[entry.language].update(_forms(entry))
    return Counted(counts, newest)


def replace_by(counted: Counted) -> None:
    """Put these words in the place of those that there were. Whoever reads meanwhile has the old ones, because without
    any no inflection and no slip would be understood; what was published since keeps its new words."""
    Word.objects.filter(pk__lte=counted.newest).delete()
    for language, forms in counted.forms.items():
        for batch in _batches(sorted(forms.items()), _BATCH):
            Word.objects.bulk_create(
                [_word(language, form, count) for form, count in batch],
                update_conflicts=True,
                update_fields=["count"],
                unique_fields=["language", "form"],
            )


def _by_size(counts: dict[str, int]) -> dict[int, list[str]]:
    """Words by their count, rounded down to a power of two: a few statements, however many words."""
    found: dict[int, list[str]] = defaultdict(list)
    for form, count in counts.items():
        found[1 << (count.bit_length() - 1)].append(form)
    return found


def _forms(entry: SearchEntry) -> set[str]:
    forms = set()
    for match in WORD.finditer(f"{entry.title} {entry.summary} {entry.body}"):
        word = match[0]
        if not is_han(word) and len(word) <= _LONGEST and word.isalpha():
            forms.add(word.lower())
    for run in WORD.findall(f"{entry.title} {entry.summary}"):
        if is_han(run) and len(run) > 1:
            forms.update(pairs(fold(run)))
    return forms


def _word(language: str, form: str, count: int = 0) -> Word:
    folded = fold_word(form)
    return Word(
        language=language,
        form=form,
        folded=folded,
        root=spelling.root(folded, language),
        sound=sound(folded, language),
        count=count,
    )


def _batches(values: list, size: int):
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch


# -- asked with a query --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Guess:
    """Another word for a typed one: its folded form, how it is usually written, how likely it is (0 to 1)."""

    folded: str
    form: str
    weight: float


class Telling:
    """How much it says that an entry has one of these groups, or fewer alternatives of it. One query."""

    def __init__(self, groups, language: str):
        tokens = {token for group in groups for one in group.alternatives for token in one.tokens}
        self._counts = Counter()
        self._total = 1
        entries = SearchEntry.objects.filter(language=language).order_by().values("language")
        words = Word.objects.of_language(language).filter(folded__in=tokens)
        words = words.annotate(total=Subquery(entries.annotate(total=Count("pk")).values("total")))
        for folded, count, total in words.values_list("folded", "count", "total"):
            self._counts[folded] += count
            self._total = total or 1

    def of(self, group) -> int:
        """1 for what half of the entries has, one or two more for each time that only half as many have it."""
        many = max(min(self._counts[token] for token in one.tokens) for one in group.alternatives)
        if not many:
            return 1  # whoever asked for what nothing has gets the rest of it
        return max(1, round(_TELLS * math.log(self._total / many)))


class Lookup:
    """What the vocabulary of one language knows of the words of a query: one query, two more if a word is unknown."""

    def __init__(self, words: Iterable[str], language: str):
        self.language = language
        self.words = list(dict.fromkeys(words))
        self._by_folded: dict[str, tuple[str, int]] = {}
        self._by_root: dict[str, set[str]] = defaultdict(set)
        asked = set(self.words).union(*(spelling.slips(word) for word in self.words)) if self.words else set()
        roots = {spelling.root(word, language) for word in self.words}
        if self._is_english:
            roots = roots.union(*map(spelling.same_family, self.words))
        if asked:
            self._read(Q(folded__in=asked) | Q(root__in=roots))

    def _read(self, condition: Q) -> None:
        rows = Word.objects.of_language(self.language).filter(condition).order_by("-count", "form")
        for folded, form, root, count in rows.values_list("folded", "form", "root", "count")[:_MOST_CANDIDATES]:
            best, before = self._by_folded.get(folded, (form, 0))
            self._by_folded[folded] = best, before + count
            self._by_root[root].add(folded)

    def knows(self, word: str) -> bool:
        return word in self._by_folded

    def frequency(self, word: str) -> int:
        """Roughly how many texts of the language have it."""
        return self._by_folded.get(word, ("", 0))[1]

    def kin(self, word: str) -> list[str]:
        """Other inflections and equal spellings of a word that the entries use, the frequent ones first."""
        found = self._by_root.get(spelling.root(word, self.language), set()) - {word}
        return sorted(found, key=lambda other: -self._by_folded[other][1])

    def family(self, word: str) -> list[str]:
        """English words made of the same one that the entries use, the frequent ones first: «invest» for «investor»."""
        roots = spelling.same_family(word) if self._is_english else ()
        found = {other for root in roots for other in self._by_root.get(root, ())}
        return sorted(found, key=lambda other: -self._by_folded[other][1])

    def slips(self, word: str) -> list[str]:
        """Known words with an initial that is often mistaken for that of this one."""
        return sorted(other for other in spelling.slips(word) if other in self._by_folded)

    def form(self, folded: str) -> str:
        return self._by_folded.get(folded, (folded, 0))[0]

    def guesses(self, unknown: list[str]) -> dict[str, list[Guess]]:
        """What unknown words may have been meant to be, best first; only words that a public entry has now."""
        if not unknown:
            return {}
        near = {word: self._near(word) for word in unknown}
        sounds = {word: sound(word, self.language) for word in unknown}
        # A misspelt word may keep an ending that the right one loses: «chnage», which is near to «changing».
        roots = {
            word: {root, root.removesuffix("e")} for word in unknown for root in [spelling.root(word, self.language)]
        }
        condition = Q(sound__in=set(sounds.values()))
        for word, words in near.items():
            condition |= Q(folded__in=words)
            if self.language == "en" and words:  # «resettelment» is near to what «resettled» comes from
                condition |= Q(root__in=words.union(*map(spelling.neighbours, roots[word])))
        rows = list(
            Word.objects.of_language(self.language)
            .filter(condition)
            .order_by("-count", "form")
            .values_list("folded", "form", "root", "sound", "count")[:_MOST_CANDIDATES]
        )
        scored: dict[str, dict[str, Guess]] = {}
        for word in unknown:
            best: dict[str, tuple[float, int, str]] = {}
            for folded, form, root, heard, count in rows:
                likeness = max(_likeness(one, folded, heard == sounds[word]) for one in self._written(word))
                if self.language == "en" and not likeness:
                    likeness = max(_likeness(one, root, False) for one in roots[word])
                if likeness and folded not in best:
                    best[folded] = (likeness, count, form)
            kept = sorted(best.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))[:_KEPT]
            scored[word] = {folded: Guess(folded, form, likeness) for folded, (likeness, _count, form) in kept}
        public = present({folded for found in scored.values() for folded in found}, self.language)
        return {word: [guess for guess in found.values() if guess.folded in public] for word, found in scored.items()}

    def _near(self, word: str) -> set[str]:
        """Every word one letter away, in English also from the other way to write it."""
        shortest = _SHORTEST_GUESSED - (self.language == "vi" and spelling.is_syllable(word))
        if not word.isascii() or not shortest <= len(word) <= _LONGEST:
            return set()
        if len(word) < _SHORTEST_GUESSED:  # near to too much: only «voc» for «vooc»
            doubled = {word[:place] + letter + word[place:] for place, letter in enumerate(word)}
            return doubled | {_DOUBLED.sub(r"\1", word)} - {word}
        return set().union(*map(spelling.neighbours, self._written(word)))

    def _written(self, word: str) -> set[str]:
        return {word, *spelling.other_english(word)} if self.language == "en" else {word}

    def split(self, joined: list[str]) -> dict[str, tuple[str, ...]]:
        """Joined words as the words they are made of, where the entries know each of them: syllables, longer words in
        any inflection («laichauairports»), in English also two short ones («xray»). One query, in English two.

        Many an English word that no entry has falls into short syllables, «data» and «mango»: there they count only as
        they stand side by side somewhere."""
        pieces = {piece for word in joined for piece in _pieces(word)}
        if not pieces:
            return {}
        written = self._known_pieces(pieces)
        syllables = {piece for piece, form in written.items() if piece == form and spelling.is_syllable(piece)}
        words = {piece for piece in written if len(piece) > _LONGEST_SYLLABLE or len(piece) > 3 and self._is_english}
        found = {}
        for word in joined:
            ways = [_fewest_pieces(word, syllables), _fewest_pieces(word, syllables | words)]
            if self._is_english:
                ways.append(_two_words(word, written))
            best = next((way for way in ways if len(way) > 1), ())
            if best:
                found[word] = tuple(written[piece] for piece in best)
        if self._is_english:
            doubtful = {word: _short_syllables(pieces) for word, pieces in found.items()}
            there = present(set().union(*doubtful.values()), self.language)
            found = {word: pieces for word, pieces in found.items() if doubtful[word] <= there}
        return found

    @property
    def _is_english(self) -> bool:
        return self.language == "en"

    def _known_pieces(self, pieces: set[str]) -> dict[str, str]:
        """Those of these pieces that the entries have, with the inflection in which they have them."""
        roots = {piece: spelling.root(piece, self.language) for piece in pieces}
        condition = Q(folded__in=pieces)
        if self._is_english:
            condition |= Q(root__in=set(roots.values()))
        rows = Word.objects.of_language(self.language).filter(condition).order_by("-count", "form")
        words: dict[str, str] = {}
        for folded, form, root, count in rows.values_list("folded", "form", "root", "count"):
            words.setdefault(folded, root)
            self._by_folded.setdefault(folded, (form, count))
            self._by_root[root].add(folded)
        of_root = {root: folded for folded, root in reversed(words.items())}
        written = {piece: piece if piece in words else of_root.get(root, "") for piece, root in roots.items()}
        return {piece: word for piece, word in written.items() if word}


def _likeness(word: str, other: str, sounds_alike: bool) -> float:
    if is_han(word):
        return 0.45 if sounds_alike and is_han(other) else 0.0
    steps = spelling.distance(word, other)
    allowed = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    if not sounds_alike and steps > 1 or steps > allowed + sounds_alike:
        return 0.0
    doubled = 0.03 * (_DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", other))
    return min(0.45, max(0.1, 0.4 - 0.08 * steps + 0.05 * sounds_alike + 0.04 * (word[0] == other[0]) + doubled))


def _pieces(word: str) -> set[str]:
    """What may be a word of its own inside a joined one."""
    places = ((start, end) for start in range(len(word)) for end in range(start + 1, len(word) + 1))
    places = ((start, end) for start, end in places if end - start <= min(_LONGEST_PIECE, len(word) - 1))
    return {
        word[start:end]
        for start, end in places
        if end - start > 3 or not start or end == len(word) or spelling.is_syllable(word[start:end])
    }


def _short_syllables(pieces: tuple[str, ...]) -> set[str]:
    """Each two syllables side by side of which one is short."""
    rows = (two for two in zip(pieces, pieces[1:], strict=False) if all(map(spelling.is_syllable, two)))
    return {" ".join(two) for two in rows if min(map(len, two)) <= _SHORT_SYLLABLE}


def _two_words(word: str, known: dict[str, str]) -> tuple[str, ...]:
    """The word cut into two known ones, of which the first may be a letter («xray») and one is long enough."""
    halves = ((word[:cut], word[cut:]) for cut in range(1, len(word) - 1))
    known_halves = (two for two in halves if all(half in known for half in two))
    return next((two for two in known_halves if max(map(len, two)) > 2 + (len(two[0]) > 1)), ())


def _fewest_pieces(word: str, known: set[str]) -> tuple[str, ...]:
    """The word cut into as few known pieces as possible, () if it cannot be."""
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ())] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_PIECE), end):
            before = best[start]
            if before is None or word[start:end] not in known or (end - start == 1 and start):
                continue
            price = before[0] + (1 if end - start > 1 else _PRICE_OF_A_LETTER)
            if best[end] is None or price < best[end][0]:
                best[end] = price, (*before[1], word[start:end])
    return best[len(word)][1] if best[len(word)] else ()


def may_be_joined(word: str) -> bool:
    return _SHORTEST_JOINED <= len(word) <= _LONGEST_JOINED and word.isascii() and word.isalpha()
