"""A translation must fit where it goes: checked when a passage is saved, through whichever door it comes.

wagtail-localize keeps translations in a text column and finds out only when it writes the page, where PostgreSQL
answers with an error. Here a passage that does not fit is kept as typed, marked as wrong with the reason, and not used.
"""

from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail_localize.models import StringTranslation, TranslationContext, TranslationSource
from wagtail_localize.strings import StringValue


@receiver(pre_save, sender=StringTranslation)
def check_translation(instance: StringTranslation, raw: bool = False, update_fields=None, **kwargs) -> None:
    if raw or (update_fields is not None and "data" not in update_fields):
        return
    instance.data = instance.data.replace("\0", "")  # PostgreSQL stores none
    error = error_of(instance.data, instance.context)
    instance.field_error = error
    if error:
        instance.has_error = True


def error_of(text: str, context: TranslationContext | None) -> str:
    """Why a translation cannot be used in its place, in the language of whoever is working; empty where it can."""
    plain = StringValue(text).render_text()
    if not plain.strip():
        return _("The translation is empty.")
    limit = max_length_of(context) if context is not None else None
    if limit is not None and len(plain) > limit:
        return _("Too long: %(length)d characters, at most %(limit)d fit here.") % {
            "length": len(plain),
            "limit": limit,
        }
    return ""


def max_length_of(context: TranslationContext) -> int | None:
    """How many characters the field or block behind a passage takes; None where there is no limit."""
    source = (
        TranslationSource.objects.filter(object_id=context.object_id).select_related("specific_content_type").first()
    )
    model = source and source.specific_content_type.model_class()
    if model is None:
        return None
    path = context.field_path or context.path
    names = path.split(".")
    return _limit_of_field(model, names)


def _limit_of_field(model: type[Model], names: list[str]) -> int | None:
    try:
        field = model._meta.get_field(names[0])
    except LookupError:
        return None
    if isinstance(field, StreamField):
        return _limit_of_block(field.stream_block, names[1:])
    if field.is_relation:
        return _limit_of_field(field.related_model, names[-1:]) if len(names) > 1 else None
    return getattr(field, "max_length", None)


def _limit_of_block(block, names: list[str]) -> int | None:
    """Follow the names down; the ids of list items among them name no block and are passed over."""
    for name in names:
        while isinstance(block, ListBlock):
            block = block.child_block
        if isinstance(block, StructBlock | StreamBlock) and name in block.child_blocks:
            block = block.child_blocks[name]
    while isinstance(block, ListBlock):
        block = block.child_block
    field = getattr(block, "field", None)
    return getattr(field, "max_length", None)
