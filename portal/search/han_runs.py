"""Chinese in a query: names inside a run of characters, and pairs that cover what is left between them."""

from functools import cached_property

from portal.search.corrections import Corrections
from portal.search.known import Known, group_of
from portal.search.query import SearchQuery
from portal.search.small_words import without_asking
from portal.search.text import pairs
from portal.search.understood import LATER, MOST_ALTERNATIVES, Alternative, Group, Notice
from portal.search.units import Unit
from portal.search.vocabulary import Guess, Lookup


class HanRuns:
    """What the reading of a query does with its Chinese; the rest of the reading gives it what is known."""

    query: SearchQuery
    language: str
    known: Known
    units: list[Unit]
    lookup: Lookup
    corrections: Corrections
    notices: dict[Notice, None]

    def _han_groups(self, unit: Unit) -> list[Group]:
        """Names inside the run are groups of their own; what is left between them is covered by pairs."""
        groups, rest, place = [], "", 0
        run = unit.token
        while place < len(run):
            length, concepts = self.known.han_at(run, place)
            if not length or (length == 1 and len(run) > 1):
                rest, place = rest + run[place], place + 1
                continue
            groups += self._covering(rest, unit)
            rest = ""
            typed = tuple(pairs(run[place : place + length]))
            found = {typed: Alternative(typed, 1.0, prefix=len(typed[0]) == 1)}
            for concept in concepts:
                for form, weight in concept.forms.items():
                    found.setdefault(form, Alternative(form, weight))
                for form in concept.later:
                    found.setdefault(form, Alternative(form, LATER))
                if (notice := concept.notice(typed, self.language)) is not None:
                    self.notices[notice] = None
            groups.append(group_of(concepts, typed, list(found.values())))
            place += length
        groups += self._covering(rest, unit)
        return groups or self._pieces(run, unit)

    def _covering(self, rest: str, unit: Unit) -> list[Group]:
        return [group for piece in without_asking(rest) for group in self._pieces(piece, unit)]

    @cached_property
    def _han_guesses(self) -> dict[str, list[Guess]]:
        """For every pair that no entry has, asked for once."""
        cut = {pair for unit in self.units if unit.is_han for pair in pairs(unit.token)}
        return self.lookup.guesses(sorted(pair for pair in cut if not self.lookup.knows(pair)))

    def _pieces(self, run: str, unit: Unit) -> list[Group]:
        """Groups by which every character of a run is found, in a pair with one of its neighbours."""
        cut = pairs(run)
        if len(run) == 1:
            return [Group((Alternative((run,), 1.0, prefix=True),))]
        unknown = [] if self.query.as_written else [pair for pair in cut if not self.lookup.knows(pair)]
        guesses = self._han_guesses
        for pair in unknown:
            if guesses.get(pair):
                self.corrections.add([unit], unit.token.replace(pair, guesses[pair][0].form), is_public=True)
        required: list[list[str]] = []
        for place in range(len(run)):
            around = cut[max(0, place - 1) : place + 1]
            if not any(set(other) <= set(around) for other in required):
                required = [other for other in required if not set(around) <= set(other)] + [around]
        groups = []
        for around in required:
            ways = [Alternative((pair,)) for pair in around]
            ways += [Alternative((guess.folded,), guess.weight) for pair in around for guess in guesses.get(pair, [])]
            if len(run) % 2:
                single = around[0][-1] if len(around) > 1 else (run[0] if around[0] == cut[0] else run[-1])
                ways.append(Alternative((single,), 0.3, prefix=True))
            groups.append(Group(tuple(dict.fromkeys(ways))[:MOST_ALTERNATIVES]))
        return groups
