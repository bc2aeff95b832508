from django import template

from portal.translation import editor
from portal.translation.checks import passages

register = template.Library()
register.filter("editor_props", editor.editor_props)


@register.simple_tag(takes_context=True)
def review_bar(context, translation, instance) -> editor.ReviewBar:
    return editor.review_bar(translation, instance, context["request"].user)


@register.simple_tag
def kept_passages(translation):
    return editor.kept_passages(translation)


@register.simple_tag
def remarks_left(translation):
    return passages.remarks_left(translation)
