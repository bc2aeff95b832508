"""The translation memory: sentences translated before, on any page, offered and never taken without a click.

Only what stands in a published translation counts: a sentence changed since its page was approved is left out.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, Translation

from portal.search.text import WORD
from portal.translation.checks.compare import plain
from portal.translation.checks.passages import Passage
from portal.translation.memory_keys import keys_of
from portal.translation.models import MemoryKey

LEAST_PERCENT = 70
_PASSAGES_AT_MOST = 120
_ROWS_AT_MOST = 20_000
_CANDIDATES = 12
_SHOWN = 3


@dataclass(frozen=True)
class Suggestion:
    """A translation made before, of a sentence that is this much the same."""

    text: str
    source: str
    percent: int
    page: str


def approved(translation: Translation) -> QuerySet:
    """Passages translated into this language as their published page has them."""
    pages = Page.objects.filter(
        translation_key=OuterRef("context__object_id"),
        locale_id=translation.target_locale_id,
        alias_of=None,
        live=True,
        live_revision__created_at__gte=OuterRef("updated_at"),
    )
    rows = StringTranslation.objects.filter(locale_id=translation.target_locale_id, has_error=False)
    rows = rows.exclude(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE, last_translated_by=None)
    return rows.filter(Exists(pages))


def suggestions_for(translation: Translation, passages: list[Passage]) -> dict[int, list[Suggestion]]:
    """Suggestions by segment for passages that are not translated yet. 4 queries, whatever the memory holds."""
    wanted = [passage for passage in passages if passage.is_missing][:_PASSAGES_AT_MOST]
    if not wanted:
        return {}
    near = _near(translation, wanted)
    numbers = {passage.string_id for passage in wanted} | {pk for found in near.values() for pk in found}
    known = defaultdict(dict)
    rows = approved(translation).filter(translation_of_id__in=numbers).order_by("-updated_at", "pk")
    for string, text, item in rows.values_list("translation_of_id", "data", "context__object_id"):
        known[string].setdefault(text, item)
    sources = dict(String.objects.filter(pk__in=known).values_list("pk", "data"))
    titles = _titles(translation, {item for texts in known.values() for item in texts.values()})
    return {
        passage.segment_id: found
        for passage in wanted
        if (found := _best(passage, near[passage.segment_id], known, sources, titles))
    }


def _near(translation: Translation, passages: list[Passage]) -> dict[int, list[int]]:
    """For each passage the sentences that share most keys with it."""
    by_key = defaultdict(list)
    for passage in passages:
        for key in keys_of(passage.source):
            by_key[key].append(passage.segment_id)
    rows = MemoryKey.objects.filter(key__in=by_key, string__locale_id=translation.source.locale_id)
    shared = defaultdict(Counter)
    for key, string in rows.values_list("key", "string_id")[:_ROWS_AT_MOST]:
        for segment in by_key[key]:
            shared[segment][string] += 1
    return {
        passage.segment_id: [string for string, _count in shared[passage.segment_id].most_common(_CANDIDATES)]
        for passage in passages
    }


def _titles(translation: Translation, items: set) -> dict:
    pages = Page.objects.filter(translation_key__in=items, locale_id=translation.target_locale_id)
    return dict(pages.values_list("translation_key", "title"))


def _best(passage: Passage, near: list[int], known: dict, sources: dict, titles: dict) -> list[Suggestion]:
    found = []
    for string in dict.fromkeys([passage.string_id, *near]):
        if string not in known:
            continue
        percent = 100 if string == passage.string_id else likeness(passage.source, sources[string])
        if percent >= LEAST_PERCENT:
            found += [
                Suggestion(text, sources[string], percent, titles.get(item, "")) for text, item in known[string].items()
            ]
    return sorted(found, key=lambda suggestion: -suggestion.percent)[:_SHOWN]


def likeness(one: str, other: str) -> int:
    """How much of two passages is the same, word by word, in percent; 100 only where they are the same."""
    first, second = (WORD.findall(plain(text).casefold()) for text in (one, other))
    ratio = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return min(99, int(100 * ratio))
