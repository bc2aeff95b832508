"""The palette of body blocks. A section takes the smallest part of it that serves."""

from wagtail.blocks import StreamBlock

from portal.core.blocks.figures import KeyFiguresBlock
from portal.core.blocks.media import DownloadBlock, GalleryBlock, PictureBlock
from portal.core.blocks.tables import TranslatableTableBlock
from portal.core.blocks.text import CalloutBlock, HeadingBlock, QuoteBlock, RichTextBlock

__all__ = [
    "BodyStreamBlock",
    "CalloutBlock",
    "DownloadBlock",
    "GalleryBlock",
    "HeadingBlock",
    "KeyFiguresBlock",
    "PictureBlock",
    "QuoteBlock",
    "RichTextBlock",
    "TranslatableTableBlock",
]


class BodyStreamBlock(StreamBlock):
    """What the body of a page is made of. No raw HTML, no embeds: the Chinese edition must work from the mainland."""

    heading = HeadingBlock()
    text = RichTextBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TranslatableTableBlock()
    figures = KeyFiguresBlock()
    callout = CalloutBlock()
    download = DownloadBlock()
