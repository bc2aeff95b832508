"""How many words there are to translate."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from portal.translation.models import OriginalSize


def words_in(text: str) -> int:
    """Words of a passage (inner HTML); of Vietnamese, its syllables."""
    return len(StringValue(text).render_text().split())


def count_words(original: Page) -> int:
    """All translatable words of a page as it is."""
    return sum(
        words_in(segment.string.data)
        for segment in extract_segments(original)
        if isinstance(segment, StringSegmentValue)
    )


def note_size(original: Page) -> None:
    """Remember the size of a page that was published."""
    OriginalSize.objects.update_or_create(page_id=original.pk, defaults={"words": count_words(original)})


def sizes_of(page_ids: Iterable[int]) -> dict[int, int]:
    """Words by page; pages published before sizes were noted are counted now, once."""
    wanted = set(page_ids)
    known = dict(OriginalSize.objects.filter(page_id__in=wanted).values_list("page_id", "words"))
    unknown = wanted - known.keys()
    if unknown:
        counted = {}
        for page in Page.objects.filter(pk__in=unknown).specific():
            if page.live:
                counted[page.pk] = count_words(page)
            else:  # approved and waiting: its row holds its first draft, and what it holds may still change
                known[page.pk] = count_words(page.get_latest_revision_as_object())
        OriginalSize.objects.bulk_create(
            (OriginalSize(page_id=pk, words=words) for pk, words in counted.items()), ignore_conflicts=True
        )
        known |= counted
    return known


def words_left(translation_keys: Iterable, locale: Locale) -> dict:
    """Words of the passages not translated yet, by translation key; only of translations that were begun. 2 queries."""
    begun = Translation.objects.filter(source__object_id__in=list(translation_keys), target_locale=locale)
    sources = dict(begun.values_list("source_id", "source__object_id"))
    done = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale=locale, has_error=False
    )
    left = Counter(dict.fromkeys(sources.values(), 0))
    segments = StringSegment.objects.filter(~Exists(done), source_id__in=sources)
    for source_id, text in segments.values_list("source_id", "string__data"):
        left[sources[source_id]] += words_in(text)
    return dict(left)
