"""Blocks that carry a file: a picture in the text, a document to download."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows, who made it, and words for those who do not see it.

    The alternative text belongs to this use and not to the image, so that it is translated with the page.
    """

    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        default="",
        max_length=250,
        help_text=_("What a reader who cannot see the picture should know. Empty only for pure decoration."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=250)
    credit = blocks.CharBlock(label=_("Credit"), required=False, default="", max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with caption, credit and alternative text")
        template = "blocks/picture.html"
        preview_value = {"caption": "Ruộng bậc thang", "credit": "Hình minh họa", "alt": "Ruộng bậc thang bên sườn núi"}


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side, each with its own words. A plain list: nothing to learn, nothing to open."""

    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Two to twelve pictures side by side, each with caption and alternative text")
        template = "blocks/gallery.html"
        preview_value = {
            "title": "Mùa nước đổ",
            "pictures": [
                {"caption": "Ruộng bậc thang", "credit": "Hình minh họa", "alt": ""},
                {"caption": "Đồi chè", "credit": "Hình minh họa", "alt": ""},
            ],
        }


class DownloadBlock(blocks.StructBlock):
    """A file to download; readers see its type, size and language before they choose."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, default="", max_length=200, help_text=_("Empty: the document's own title")
    )

    class Meta:
        icon = "download"
        label = _("Download")
        description = _("A document with its type and size. Give the main content as text too, never only as a scan.")
        template = "blocks/download.html"
        preview_value = {"title": "Kế hoạch 93/KH-UBND"}
