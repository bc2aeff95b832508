"""The sentences of an original as rows, written in a handful of queries.

Upstream, `TranslationSource.refresh_segments` asks about ten queries for every sentence, at every publication of a page
that has translations: a second for a long page. This writes the same rows in bulk; `tests/translation/test_segments.py`
compares both.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from portal.translation.memory_keys import remember

# What besides context and order makes a segment the one it is.
_IDENTITY = {
    StringSegment: ("string_id", "attrs"),
    TemplateSegment: ("template_id",),
    RelatedObjectSegment: ("object_id",),
    OverridableSegment: ("data_json",),
}


@transaction.atomic
def refresh_segments(self: TranslationSource) -> None:
    """Make the segment rows of a source those of its content: new ones added, gone ones removed, others kept."""
    instance = self.as_instance()
    values = extract_segments(instance)
    contexts = _contexts(self, instance, {value.path for value in values})
    strings = _strings(self, {value.string.data for value in values if isinstance(value, StringSegmentValue)})
    templates: dict[tuple[str, str], Template] = {}
    wanted: dict[type[Model], set[tuple]] = {model: set() for model in _IDENTITY}
    for value in values:
        place = (contexts[value.path], value.order)
        if isinstance(value, StringSegmentValue):
            attributes = json.dumps(value.attrs, cls=DjangoJSONEncoder)
            wanted[StringSegment].add((*place, strings[value.string.data], attributes))
        elif isinstance(value, TemplateSegmentValue):
            key = (value.format, value.template)
            template = templates.get(key) or templates.setdefault(key, Template.from_value(value))
            wanted[TemplateSegment].add((*place, template.pk))
        elif isinstance(value, RelatedObjectSegmentValue):
            related, _created = TranslatableObject.objects.get_or_create(
                content_type=value.content_type, translation_key=value.translation_key
            )
            wanted[RelatedObjectSegment].add((*place, related.pk))
        elif isinstance(value, OverridableSegmentValue):
            wanted[OverridableSegment].add((*place, json.dumps(value.data, cls=DjangoJSONEncoder)))
    for model, keys in wanted.items():
        _replace(self, model, keys)


def _contexts(source: TranslationSource, instance: Model, paths: set[str]) -> dict[str, int]:
    """Numbers of the contexts by content path; missing ones are made, with their field path."""
    by_id = {TranslationContext._get_path_id(path): path for path in paths}
    known = TranslationContext.objects.filter(object_id=source.object_id, path_id__in=by_id)
    found = {context.path: context for context in known}
    new = []
    for path_id, path in by_id.items():
        if path in found:
            found[path].get_field_path(instance)
            continue
        context = TranslationContext(object_id=source.object_id, path_id=path_id, path=path)
        context.save = lambda **_kwargs: None  # upstream saves the field path on its own; here it goes with the row
        context.get_field_path(instance)
        del context.save
        new.append(context)
    if new:
        TranslationContext.objects.bulk_create(new, ignore_conflicts=True)
    return dict(known.values_list("path", "pk"))


def _strings(source: TranslationSource, texts: set[str]) -> dict[str, int]:
    """Numbers of the strings by their text; missing ones are made."""
    hashes = {String._get_data_hash(text): text for text in texts}
    known = String.objects.filter(locale_id=source.locale_id, data_hash__in=hashes)
    missing = hashes.keys() - set(known.values_list("data_hash", flat=True))
    if missing:
        rows = [String(locale_id=source.locale_id, data_hash=key, data=hashes[key]) for key in missing]
        String.objects.bulk_create(rows, ignore_conflicts=True)
        remember(known.filter(data_hash__in=missing).values_list("pk", "data"))
    return {hashes[key]: pk for key, pk in known.values_list("data_hash", "pk")}


def _replace(source: TranslationSource, model: type[Model], wanted: set[tuple]) -> None:
    names = ("context_id", "order", *_IDENTITY[model])
    rows = {row[1:]: row[0] for row in model.objects.filter(source=source).values_list("pk", *names)}
    gone = [pk for key, pk in rows.items() if key not in wanted]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - rows.keys(), key=lambda key: key[1])
    model.objects.bulk_create([model(source=source, **dict(zip(names, key, strict=True))) for key in new])
