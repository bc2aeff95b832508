"""Chinese typed as pinyin, with or without tones and spaces: «malutang», «Mǎlùtáng» and «ma lu tang» find 马鹿塘.

The syllables are compared with the pairs of characters that titles and summaries of entries have (`Word.sound`), so no
index of its own is needed. Where several pairs sound alike, each is meant.
"""

import re
from collections.abc import Iterable
from functools import cache

from portal.search.models import Word
from portal.search.understood import Alternative, Group

LANGUAGE = "zh-hans"
_WEIGHT = 0.9
_MOST_READINGS, _MOST_PAIRS, _MOST_ROWS = 6, 8, 400
_LONGEST = 30  # letters of one word
_TONE_NUMBERS = re.compile("(?<=[a-z])[1-5]")


@cache
def _syllables() -> frozenset[str]:
    """Every syllable of the standard language as Latin letters without tones."""
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal  # 0.1 s and 20 MB: not for processes that never meet Chinese

    marked = {reading for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    plain = {to_normal(reading) for reading in marked}  # ü as v
    return frozenset(one for one in plain if one.isascii() and re.search("[aeiouv]", one) and len(one) < 7)


def readings(word: str) -> list[tuple[str, ...]]:
    """The ways to cut letters into syllables, those of few syllables first; none if they are no pinyin."""
    word = _TONE_NUMBERS.sub("", word)
    if not word.isascii() or not word.isalpha() or len(word) > _LONGEST:
        return []
    ways: list[list[tuple[str, ...]]] = [[()]] + [[] for _letter in word]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            if ways[start] and word[start:end] in _syllables():
                ways[end] += [(*before, word[start:end]) for before in ways[start]]
        ways[end] = sorted(ways[end], key=len)[:_MOST_READINGS]
    return ways[-1]


def pairs_by_sound(words: list[str]) -> dict[str, list[str]]:
    """The pairs of characters of the entries that sound like neighbouring syllables of these words. One query."""
    ways = [readings(word) for word in words]
    sounds = {" ".join(two) for some in ways for way in some for two in zip(way, way[1:], strict=False)}
    for before, after in zip(ways, ways[1:], strict=False):
        sounds |= {f"{one[-1]} {other[0]}" for one in before for other in after}
    found: dict[str, list[str]] = {}
    if sounds:
        rows = Word.objects.of_language(LANGUAGE).filter(sound__in=sounds).order_by("-count", "form")
        for sound, folded in rows.values_list("sound", "folded")[:_MOST_ROWS]:
            found.setdefault(sound, []).append(folded)
    return found


class Heard:
    """What a row of pinyin words may stand for: pairs of characters by their sound.

    A single syllable says too little, unless it is `alone` all that was asked: then one query more.
    """

    def __init__(self, words: Iterable[str], pairs: dict[str, list[str]], alone: bool = False):
        self._readings = [readings(word) for word in words]
        self._pairs = pairs
        self._alone = self._characters() if alone else []

    def _characters(self) -> list[str]:
        """Of a single syllable: characters with which titles begin a pair."""
        alone = [way[0] for way in self._readings[0] if len(way) == 1]
        rows = (
            Word.objects.of_language(LANGUAGE).filter(sound__startswith=f"{alone[0]} ")
            if alone
            else Word.objects.none()
        )
        pairs = rows.order_by("-count", "form").values_list("folded", flat=True)[:_MOST_ROWS]
        return list(dict.fromkeys(pair[0] for pair in pairs))[:_MOST_PAIRS]

    def groups(self) -> list[Group]:
        """One group for each syllable, found in a pair with a neighbour; [] if a word is nothing that entries have."""
        if self._alone:
            return [Group(tuple(Alternative((one,), _WEIGHT, prefix=True) for one in self._alone))]
        row, ends = [], set()
        for ways in self._readings:
            if not ways:
                return []
            way = max(ways, key=lambda way: (self._known(way), -len(way)))
            row += way
            ends.add(len(row) - 1)
        found: list[Group] = []
        for place in range(len(row)):
            # A word of several syllables is found in itself, a single one with either neighbour.
            inside = [at for at in (place - 1, place) if 0 <= at < len(row) - 1 and at not in ends]
            across = [at for at in (place - 1, place) if 0 <= at < len(row) - 1]
            pairs = [
                pair
                for at in inside or across
                for pair in self._pairs.get(f"{row[at]} {row[at + 1]}", [])[:_MOST_PAIRS]
            ]
            if not pairs:
                return []
            group = Group(tuple(Alternative((pair,), _WEIGHT) for pair in dict.fromkeys(pairs)))
            if not any(set(other.alternatives) <= set(group.alternatives) for other in found):
                found = [other for other in found if not set(group.alternatives) <= set(other.alternatives)] + [group]
        return found

    def _known(self, way: tuple[str, ...]) -> float:
        """The share of neighbours that some pair of the entries sounds like."""
        heard = [" ".join(two) in self._pairs for two in zip(way, way[1:], strict=False)]
        return sum(heard) / len(heard) if heard else 0.5
