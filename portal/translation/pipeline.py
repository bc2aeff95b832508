"""Translating by code as a translator would: strings into wagtail-localize, then a draft through the gate."""

from collections.abc import Mapping

from django.db import transaction
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue, validate_translation_links

from portal.translation.limits import max_length_in, problem_of


class MissingTexts(ValueError):
    """Raised when a text of the original has no translation; says which."""


@transaction.atomic
def translate(original, locale: Locale, texts: Mapping, user=None) -> Revision:
    """Write translations of an object's texts and return the draft revision made from them.

    `texts` maps a source text (inner HTML, as wagtail-localize cuts it), or a pair (content path, source text), to its
    translation. Raises MissingTexts if one is missing, ValueError if wagtail-localize refuses one.
    """
    if isinstance(original, Page):
        original = original.specific
    source, _created = TranslationSource.update_or_create_from_instance(original)
    # The record alone: wagtail-localize's own creator would write the draft twice, once without the strings.
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    segments = list(source.stringsegment_set.select_related("string", "context").order_by("order"))
    pairs, missing = {}, []
    for segment in segments:
        text = texts.get((segment.context.path, segment.string.data), texts.get(segment.string.data))
        if text is None:
            missing.append(f"{segment.context.path}: {segment.string.data}")
        else:
            _refuse_bad_html(segment.string.data, text)
            _refuse_misfit(text, type(original), segment.context)
            pairs[segment.string_id, segment.context_id] = text
    if missing:
        more = len(missing[3:])
        raise MissingTexts(f"{original} → {locale.language_code}: no translation of {missing[:3]} (+{more})")
    _write(pairs, locale, user)
    translation.save_target(user=user, publish=False)
    return translation.get_target_instance().latest_revision


def _refuse_bad_html(source: str, text: str) -> None:
    """Raise ValueError for what wagtail-localize would keep but never use."""
    if "<" in text or "&" in text:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)


def _refuse_misfit(text: str, model: type, context) -> None:
    """Raise ValueError for what the gate would keep marked as wrong; `bulk_create` does not ask it."""
    problem = problem_of(text, max_length_in(model, context))
    if problem:
        raise ValueError(f"{context.path}: {problem} {text[:80]!r}")


def _write(pairs: dict[tuple[int, int], str], locale: Locale, user) -> None:
    """Store translations by string and context: new ones at once, changed ones one by one, equal ones not at all."""
    contexts = {context for _string, context in pairs}
    known = StringTranslation.objects.filter(locale=locale, context_id__in=contexts)
    existing = {(row.translation_of_id, row.context_id): row for row in known}
    manual = StringTranslation.TRANSLATION_TYPE_MANUAL
    new = []
    for (string, context), text in pairs.items():
        row = existing.get((string, context))
        if row is None:
            row = StringTranslation(translation_of_id=string, context_id=context, locale=locale)
        elif (row.data, row.translation_type, row.has_error) == (text, manual, False):
            continue
        row.data, row.translation_type, row.tool_name = text, manual, ""
        row.last_translated_by, row.has_error, row.field_error = user, False, ""
        if row.pk:
            row.save()
        else:
            new.append(row)
    StringTranslation.objects.bulk_create(new)
