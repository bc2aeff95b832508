"""How a query is better spelled: said above the results as «Did you mean»."""

from portal.search.engines.storage import present
from portal.search.known import run_of
from portal.search.text import fold_word
from portal.search.units import Unit


class Corrections:
    """Better spellings of parts of one query, gathered while it is understood."""

    def __init__(self, text: str, language: str):
        self._text, self._language = text, language
        # Places of the text, how they are better spelled, and whether that is public.
        self._replaced: dict[tuple[int, int], tuple[str, bool]] = {}

    def add(self, units: list[Unit], better: str, *, is_public: bool = False) -> None:
        """`is_public`: it need not be asked whether entries have it: an approved name, a guess that was asked for."""
        if better:
            self._replaced.setdefault((units[0].start, units[-1].end), (better, is_public))

    def made(self) -> tuple[str, ...]:
        """The whole query, better spelled; nothing if it is the same. At most one query of the database."""
        text, better = self._text, ""
        if not self._replaced:
            return ()
        place = 0
        for (start, end), words in sorted(self._may_be_shown().items()):
            if start < place:
                continue  # two ideas about the same letters
            better += text[place:start] + words
            place = end
            if text[end : end + 1].isalnum():
                better += " "  # «quoclo12»
        better += text[place:]
        return (better,) if fold_word(better) != fold_word(text) else ()

    def _may_be_shown(self) -> dict[tuple[int, int], str]:
        """Better spellings without words that only stand in what is not public: the vocabulary forgets nothing, and
        the register has names that nobody approved. One query, none where all of it is public anyway."""
        doubtful = {place: set(run_of(words)) for place, (words, is_public) in self._replaced.items() if not is_public}
        there = present(set().union(*doubtful.values()), self._language)
        hidden = {place for place, words in doubtful.items() if not words <= there}
        return {place: words for place, (words, _public) in self._replaced.items() if place not in hidden}
