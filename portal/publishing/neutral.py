"""What must be equal in three languages: dates, amounts, states. Carried when the original is published.

A page class names its fields in `neutral_fields` and its child relations in `neutral_relations` (relation name → field
names); a block names its children in `neutral_children`. Values go into the live translations and into their pending
drafts, in the transaction that publishes the original: one approval covers all of it, and the log says so.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Revision, TranslatableMixin

from portal.audit.recording import rewrite


def carry_neutral_fields(original: Model, user=None) -> None:
    """Write the original's language-neutral values into every real translation and its latest draft."""
    for translation in original.get_translations().filter(**_not_alias(original)):
        translation = getattr(translation, "specific", translation)
        if _carry(original, translation):
            translation.save()
            log(instance=translation, action="portal.neutral", user=user, data={"original": original.pk})
        if translation.latest_revision is not None:
            carry_into_draft(original, translation.latest_revision, user)


def carry_into_draft(original: Model, revision: Revision, user=None) -> None:
    """The same for one version. It stays the same version: whoever reviews it reviews the same words."""
    draft = revision.as_object()
    if _carry(original, draft):
        rewrite(revision, draft.serializable_data(), user)


def differs_in_neutral_fields(original: Model, translation: Model) -> bool:
    """Whether a translation, which is used up by the comparison, says another date or amount than its original."""
    return _carry(original, translation)


def _not_alias(original: Model) -> dict:
    return {"alias_of__isnull": True} if hasattr(original, "alias_of_id") else {}


def _carry(original: Model, target: Model) -> bool:
    """Copy neutral values between two instances; say whether anything changed."""
    changed = False
    for name in getattr(original, "neutral_fields", ()):
        changed |= _set(target, name, _localised(original, name, target.locale))
    for relation, names in getattr(original, "neutral_relations", {}).items():
        changed |= _carry_rows(original, target, relation, names)
    for field in original._meta.get_fields():
        if isinstance(field, StreamField):
            changed |= _carry_stream(field, getattr(original, field.name), target)
    return changed


def _localised(original: Model, name: str, locale):
    """A value, or for a reference to a translatable record that record in the target's language."""
    value = getattr(original, name)
    if isinstance(value, TranslatableMixin):
        return value.get_translation_or_none(locale) or value
    return value


def _set(target: Model, name: str, value) -> bool:
    if _as_kept(getattr(target, name)) == _as_kept(value):
        return False
    setattr(target, name, value)
    return True


def _as_kept(value):
    """A moment as versions keep it, to the millisecond; what came from no form may be more exact in its own row."""
    if not isinstance(value, datetime):
        return value
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


def _carry_rows(original: Model, target: Model, relation: str, names: Iterable[str]) -> bool:
    """Copy neutral fields of child rows, matched by their translation key."""
    changed = False
    sources = {row.translation_key: row for row in getattr(original, relation).all()}
    rows = list(getattr(target, relation).all())
    for row in rows:
        source = sources.get(row.translation_key)
        for name in names if source is not None else ():
            changed |= _set(row, name, _localised(source, name, target.locale))
    if changed:
        setattr(target, relation, rows)  # modelcluster saves only the rows it was given
    return changed


def _carry_stream(field: StreamField, source, target: Model) -> bool:
    values = dict(_neutral_values(field.stream_block, source.raw_data if source else ()))
    if not values:
        return False
    stream = getattr(target, field.name)
    raw = list(stream.raw_data)
    if not _apply(field.stream_block, raw, values):
        return False
    setattr(target, field.name, field.stream_block.to_python(raw))
    return True


def _walk(block, raw) -> Iterable[tuple[str, object, dict]]:
    """Yield (id of the nearest item, struct block with neutral children, its raw value) inside a raw stream."""
    if isinstance(block, StreamBlock):
        for item in raw:
            child = block.child_blocks.get(item["type"])
            if child is not None:
                yield from ((inner or item.get("id"), b, v) for inner, b, v in _walk(child, item["value"]))
    elif isinstance(block, ListBlock):
        for item in raw:
            if isinstance(item, dict) and "value" in item:
                yield from ((inner or item.get("id"), b, v) for inner, b, v in _walk(block.child_block, item["value"]))
    elif isinstance(block, StructBlock) and isinstance(raw, dict):
        if getattr(block, "neutral_children", ()):
            yield None, block, raw
        for name, child in block.child_blocks.items():
            if name in raw and raw[name] is not None:
                yield from _walk(child, raw[name])


def _neutral_values(block, raw):
    for item_id, struct, value in _walk(block, raw):
        yield item_id, {name: value.get(name) for name in struct.neutral_children}


def _apply(block, raw, values: dict) -> bool:
    changed = False
    for item_id, _struct, value in _walk(block, raw):
        for name, new in values.get(item_id, {}).items():
            if value.get(name) != new:
                value[name] = new
                changed = True
    return changed
