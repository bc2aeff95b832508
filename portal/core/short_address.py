"""The short, language-neutral address of an item and its QR code, for print and for quoting."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


def short_address(number: int) -> str:
    """`https://…/p/12`, which answers in the reader's language."""
    return settings.PUBLIC_URL.origin + reverse("short_address", args=[number])


def qr_code(text: str) -> SafeString:
    """A QR code as SVG that takes the size of its box; drawn with one path and no style of its own."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=2))
