"""Translating by code as a translator would: strings into wagtail-localize, a draft through the gate, approval apart."""
from collections.abc import Mapping

from django.db import transaction
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationSource


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
    missing = []
    for segment in source.stringsegment_set.select_related("string", "context").order_by("order"):
        text = texts.get((segment.context.path, segment.string.data), texts.get(segment.string.data))
        if text is None:
            missing.append(f"{segment.context.path}: {segment.string.data}")
            continue
        _write(segment, locale, text, user)
    if missing:
        raise MissingTexts(f"{original} → {locale.language_code}: no translation of {missing[:3]} (+{len(missing[3:])})")
    refused = StringTranslation.objects.filter(locale=locale, context__object_id=source.object_id, has_error=True)
    if refused.exists():
        raise ValueError([(row.data, row.get_error()) for row in refused])
    translation.save_target(user=user, publish=False)
    return translation.get_target_instance().latest_revision


def _write(segment, locale: Locale, text: str, user) -> None:
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=locale,
        context=segment.context,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
