"""Blocks of words: heading, rich text, quote, call-out.

Text children are `required=False, default=""` where they may be empty: wagtail-localize fails on a missing child in
older content (its issue 298), and an empty default is what it copes with.
"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class HeadingBlock(blocks.StructBlock):
    """A heading inside the body; the page's own title is the only first-level heading."""

    text = blocks.CharBlock(label=_("Text"), max_length=160)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("2", _("Section")), ("3", _("Sub-section"))], default="2")

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides a long page; readers can jump to it")
        template = "blocks/heading.html"
        preview_value = {"text": "Chè Shan Tuyết cổ thụ", "level": "2"}


class RichTextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": settings.RICH_TEXT_BODY, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs with lists and links")
        template = "blocks/text.html"
        preview_value = "<p>Lai Châu có <b>38 đơn vị hành chính cấp xã</b> từ ngày 1 tháng 7 năm 2025.</p>"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with whose they are."""

    text = blocks.TextBlock(label=_("Words"), rows=3)
    attribution = blocks.CharBlock(
        label=_("Who said or wrote it"), required=False, default="", help_text=_("E.g. Plan 93/KH-UBND, section II.5")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Words of a person or a document, with their source")
        template = "blocks/quote.html"
        preview_value = {"text": "Chính xác, kịp thời.", "attribution": "Nghị định 72/2015/NĐ-CP"}


class CalloutBlock(blocks.StructBlock):
    """A short note that stands out from the text."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"), choices=[("note", _("Note")), ("important", _("Important"))], default="note"
    )
    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=settings.RICH_TEXT_BASIC)

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        description = _("A note or a warning that must not be overlooked")
        template = "blocks/callout.html"
        preview_value = {"kind": "note", "title": "Múi giờ", "text": "<p>Hà Nội: UTC+7, Bắc Kinh: UTC+8.</p>"}
