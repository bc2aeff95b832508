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
    return problem_of(text, max_length_of(context) if context is not None else None)


def problem_of(text: str, limit: int | None) -> str:
    """The same where the limit, in characters, is known already."""
    plain = StringValue(text).render_text()
    if not plain.strip():
        return _("The translation is empty.")
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
    return max_length_in(model, context) if model is not None else None


def max_length_in(model: type[Model], context: TranslationContext) -> int | None:
    """The same where the model of the translated object is known already."""
    return _limit_of_field(model, (context.field_path or context.path).split("."))


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
