"""What every engine gets to know of a query: groups of alternatives, phrases, better spellings, notices."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from portal.search.text import characters, fold_word, is_han, pairs

_SHORT = 3  # letters
_SMALL, _HINT = 0.15, 0.5  # what small words, and hints and the province's name, count for the order
_HOME = "越南莱州省"  # with this the Chinese titles of the province's own places and offices begin
_SENTENCE = 4  # words that say something
_THIRD = Fraction(1, 3)
MOST_ALTERNATIVES = 16  # of a group
LATER = 0.45
LIKELY = 0.5  # alternatives below this weight are guesses: used when the likely ones find little or nothing


@dataclass(frozen=True)
class Alternative:
    """A run of folded tokens that stands side by side, as `portal.search.text` cuts them (Han runs as pairs).

    `weight` is 1.0 for what was typed, lower for variants and corrections. `exact` is the marked form of a single
    token if it was typed with marks; `literal`: in quotes, so that nothing else will do. With `prefix` the last token
    may be the beginning of a longer one. The words of a `loose` one may stand apart.
    """

    tokens: tuple[str, ...]
    weight: float = 1.0
    exact: str = ""
    prefix: bool = False
    loose: bool = False
    literal: bool = False

    @property
    def needed(self) -> tuple[str, ...]:
        """The tokens that an entry must have."""
        return (self.exact,) if self.literal and self.exact else self.tokens

    @property
    def is_phrase(self) -> bool:
        """Whether its words only mean it where they stand together: several Latin words that were not typed.

        What was typed may stand apart, and pairs of Han characters hardly ever do.
        """
        return len(self.tokens) > 1 and self.weight < 1 and not self.loose and not is_han(self.tokens[0])

    @property
    def needle(self) -> str:
        """What to look for in a line of tokens."""
        return f" {' '.join(self.tokens)}" + ("" if self.prefix else " ")


@dataclass(frozen=True)
class Group:
    """One part of what was typed: a word, or a known name of several words.

    A result must match at least one alternative of every group, unless the group is `small` («how», «của») or a
    `hint`, what the question asks for without naming it: then it only counts for the order.
    """

    alternatives: tuple[Alternative, ...]
    small: bool = False
    hint: bool = False
    abolished: bool = False  # the name of an administrative unit that is no more
    misspelt: bool = False  # a word that no entry has, with guesses at what was meant
    home: bool = False  # the province itself: all of the portal is about it
    is_day: bool = False  # its numbers mean something only where they stand together
    titles: tuple[str, ...] = ()  # whole names of what is meant, as runs of tokens: so its own page may be called

    @property
    def optional(self) -> bool:
        return self.small or self.hint

    @property
    def worth(self) -> float:
        """What it counts for the order."""
        return _SMALL if self.small else _HINT if self.hint or self.home else 1.0

    @property
    def is_han(self) -> bool:
        return is_han(self.alternatives[0].tokens[0])

    @property
    def size(self) -> int:
        """How much of the query it is: the number of its words, one for Chinese."""
        return 1 if self.is_han else len(self.alternatives[0].tokens)

    @property
    def full_names(self) -> tuple[Alternative, ...]:
        """Of an abolished unit's name the forms that are more than a part of it."""
        return tuple(one for one in self.alternatives if one.weight >= LIKELY) if self.abolished else ()

    @property
    def has_phrases(self) -> bool:
        return any(one.is_phrase for one in self.alternatives)

    def likely(self) -> "Group":
        kept = tuple(one for one in self.alternatives if one.weight >= LIKELY)
        return replace(self, alternatives=kept or self.alternatives)

    def carefully(self) -> "Group":
        """Without guesses at what is short and so near to much: pairs of Han characters, words of three letters."""
        is_short = self.is_han or len(self.alternatives[0].tokens[0]) <= _SHORT
        kept = tuple(one for one in self.alternatives if one.weight >= LIKELY or one.prefix or not is_short)
        return replace(self, alternatives=kept or self.alternatives)

    def exactly(self) -> "Group":
        kept = tuple(Alternative((one.exact,)) for one in self.alternatives if one.exact)
        return replace(self, alternatives=kept) if kept else self.likely()


def foremost(groups: Sequence[Group], most: int) -> list[Group]:
    """In their order those that count most: what is asked for, then hints, then small words."""
    places = sorted(range(len(groups)), key=lambda place: -groups[place].worth)[:most]
    return [groups[place] for place in sorted(places)]


@dataclass(frozen=True)
class Notice:
    """Former → present: the name that was typed, the day it ended (if known) and what took its place.

    `successors` are names in the reader's language. What is not approved stands in Vietnamese.
    """

    former: str
    ended: date | None
    successors: tuple[str, ...]
    abolished: bool = False  # an administrative unit


@dataclass(frozen=True)
class Some:
    """What to look for where nothing has all of it: some of these groups, one for each required one.

    By their weights, a result has at least a `share` of the whole, or `more` than that.
    """

    groups: tuple[Group, ...]
    share: Fraction = Fraction(1, 2)
    more: bool = False
    guessing: bool = False

    def least(self, weights: tuple[int, ...]) -> int:
        """The least weight of a result."""
        share = sum(weights) * self.share
        return math.floor(share) + 1 if self.more else max(1, math.ceil(share))


@dataclass(frozen=True)
class Understood:
    """A query taken apart. Empty (false) if nothing can be searched.

    `phrases` are pieces of token lines from quotes, to be found as they stand. `whole` is the query as one piece of a
    token line. `runs` are its Han runs, folded. `corrections` are better spelled query texts, best first.
    `of_syllables`: Vietnamese, where a written word is but a syllable.
    """

    groups: tuple[Group, ...] = ()
    phrases: tuple[str, ...] = ()
    whole: str = ""
    runs: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    of_syllables: bool = False
    as_written: bool = False  # asked for as it is, or not at all
    weights: tuple[int, ...] = ()  # what each required group counts where not all of them are needed

    def __bool__(self) -> bool:
        return bool(self.groups)

    @cached_property
    def neighbours(self) -> list[tuple[str, str]]:
        """Each two words that stand side by side; first those that both say something."""
        words, asked = self.whole.split(), (group for group in self.groups if not group.optional)
        says = {token for group in asked for token in group.alternatives[0].tokens}
        return sorted(zip(words, words[1:], strict=False), key=lambda two: -len(says.intersection(two)))

    @cached_property
    def likely(self) -> tuple[Group, ...]:
        """The required groups without guesses; a group that is nothing but guesses stays as it is."""
        return tuple(group.likely() for group in self.required)

    @cached_property
    def relaxed_ways(self) -> tuple[Some, ...]:
        """What to look for some of where nothing has all, one after the other.

        Vietnamese, of whose syllables a few are soon somewhere: half of what was typed; then guesses, or of a whole
        sentence, of which some words are surely right, a third. Other languages a third, then anything; what has more
        of it comes first.

        What was typed with marks is meant with them here: of «khoa học lượng tử» nobody wants a «khóa học».
        """
        first = self.exactly if self.has_marks else self.likely
        first = tuple(way if way.misspelt else one for one, way in zip(first, self.required, strict=True))
        guessed = tuple(group.carefully() for group in self.required)
        if not self.of_syllables:
            third, anything = Some(first, _THIRD), Some(guessed, Fraction(0), guessing=True)
            return (third,) if guessed == first and third.least(self.weights) == 1 else (third, anything)
        half = Some(first, more=True)
        if len(first) >= _SENTENCE:
            return half, Some(first, _THIRD)
        return (half,) if guessed == self.likely else (half, Some(guessed, more=True, guessing=True))

    @property
    def relaxed(self) -> "Understood | None":
        """Itself, if something that has not all of it can still be meant; the province's name is looked for like all
        other words only where too little is left without it. A Vietnamese syllable alone says too little."""
        if self.as_written or self.phrases:
            return None
        at_home = replace(self, groups=tuple(replace(group, home=False) for group in self.groups))
        ways = (way for way in (self, at_home) if len(way.required) > 1 and self._says_enough(way.required))
        return next(ways, None)

    def _says_enough(self, groups: tuple[Group, ...]) -> bool:
        return sum(group.size for group in groups) >= (3 if self.of_syllables else 2)

    @property
    def may_be_words(self) -> bool:
        """Whether it was read as one name or expression of several words, which may also be meant one by one."""
        if self.as_written or self.phrases:
            return False
        return len(self.required) == 1 and len(self.required[0].alternatives[0].tokens) > 1

    @property
    def has_guesses(self) -> bool:
        return self.likely != self.required

    @cached_property
    def has_marks(self) -> bool:
        return any(one.exact for group in self.groups for one in group.alternatives)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """How the page is called that is about nothing but what was typed, as lines of tokens."""
        named = self.required[0].titles if len(self.required) == 1 else ()
        titles = [title for title in (self.whole.strip(), *named) if title]
        runs = [title.split() for title in titles if is_han(title)]
        at_home = [" ".join(pairs(_HOME + characters(tuple(run)))) for run in runs if all(map(is_han, run))]
        return tuple(dict.fromkeys([*titles, *at_home]))

    @cached_property
    def typed_marks(self) -> dict[str, str]:
        """The words that were typed with marks, by their folded forms."""
        ways = (one for group in self.groups for one in group.alternatives)
        return {one.tokens[0]: one.exact for one in ways if one.exact and one.weight == 1}

    @cached_property
    def exactly(self) -> tuple[Group, ...]:
        """The required groups, those typed with marks required with their marks."""
        return tuple(group.exactly() for group in self.required)

    @cached_property
    def marks(self) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """What to mark in a text: runs of Latin words, and whether the last may be the beginning of a longer one."""
        found = {}
        for group in self.groups:
            for one in group.alternatives:
                if is_han(one.tokens[0]):
                    continue
                if one.weight >= 1 and not group.is_day:
                    last = len(one.tokens) - 1
                    found |= {((token,), one.prefix and place == last): 1 for place, token in enumerate(one.tokens)}
                else:
                    found[(tuple(map(fold_word, one.tokens)), one.prefix)] = 1
        return tuple(found)

    @cached_property
    def han_variants(self) -> tuple[str, ...]:
        """Han runs that stand for something typed, to be marked where they stand whole."""
        runs = (
            characters(one.tokens)
            for group in self.groups
            for one in group.alternatives
            if one.weight < 1 and is_han(one.tokens[0]) and len(one.tokens[0]) > 1
        )
        return tuple(dict.fromkeys(run for run in runs if run not in self.runs))

    @cached_property
    def required(self) -> tuple[Group, ...]:
        """The groups a result must match; if all are optional, all of them. Of «hotels in Lai Châu» only the hotels:
        few pages of the portal say where they are."""
        needed = tuple(group for group in self.groups if not group.optional)
        if self.as_written:
            return needed or self.groups
        elsewhere = tuple(group for group in needed if not group.home)
        tell = not self.of_syllables or any(group.size > 1 for group in elsewhere) or self._says_enough(elsewhere)
        return (elsewhere if tell else needed) or needed or self.groups


def without_longer(found: list[Alternative], part: float) -> tuple[Alternative, ...]:
    """Without forms that contain what was typed: «Lai Châu Province» is found wherever «Lai Châu» is.

    A form that is only a `part` of what was typed weighs little: who asks for a district does not mean the commune.
    """
    typed = found[0].tokens
    others = [one for one in found[1:] if not _contains(one.tokens, typed)]
    return (found[0], *(replace(one, weight=part) if _contains(typed, one.tokens) else one for one in others))


def _contains(run: tuple[str, ...], piece: tuple[str, ...]) -> bool:
    if is_han(piece[0]) and is_han(run[0]):
        return characters(piece) in characters(run)
    return any(run[start : start + len(piece)] == piece for start in range(len(run) - len(piece) + 1))
