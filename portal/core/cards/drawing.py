"""Draws a card: the title on indigo cloth with a woven band, the portal's name, and the page's picture beside it."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

SIZE = (1200, 630)
_INDIGO, _GOLD, _WHITE, _SOFT = "#141b3d", "#e0a92e", "#ffffff", "#d5d9ec"
_MARGIN, _BAND = 72, 66
_PICTURE_WIDTH = 440
_TITLE_SIZES = (68, 60, 52, 46, 40)
_MOST_LINES = 5
_FONTS = settings.BASE_DIR / "static" / "fonts"
_VIETNAMESE = frozenset(map(ord, "ĂăĐđĨĩŨũƠơƯư₫"))
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
# Lines break after these: a name, a Han sign with the punctuation that must not begin a line, a word with its spaces.
_PIECE = re.compile(
    r"(?:Lai Châu|Việt Nam)\S*\s*|越南莱州省?|莱州省?|越南"
    r"|[\u2e80-\u9fff\uf900-\ufaff][，。：；、！？）》”]*|[^\s\u2e80-\u9fff\uf900-\ufaff]+\s*|\s+"
)
# Where Debian and others keep a font for simplified Chinese; CARD_HAN_FONT names another file.
_HAN_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
_SIMPLIFIED = 2  # the face of a Noto collection: Japanese, Korean, simplified Chinese, …


@cache
def _latin(subset: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"be-vietnam-pro-{subset}-{weight}.woff2", size)


def _subset(sign: str) -> str:
    """The file of Be Vietnam Pro that has a sign: the ranges of static/css/portal.css."""
    code = ord(sign)
    if code in _VIETNAMESE or 0x1EA0 <= code <= 0x1EF9:
        return "vietnamese"
    return "latin-ext" if 0x100 <= code < 0x2000 else "latin"


@cache
def han_font(size: int) -> ImageFont.FreeTypeFont | None:
    """A font for Chinese, or None if this server has none."""
    for name in filter(None, (settings.CARD_HAN_FONT, *_HAN_FONTS)):
        if Path(name).is_file():
            index = _SIMPLIFIED if "NotoSansCJK" in name else 0
            return ImageFont.truetype(name, size, index=index)
    return None


def _runs(text: str, weight: int, size: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """A text in pieces, each with a font that has all its signs."""
    runs: list[tuple[str, ImageFont.FreeTypeFont]] = []
    for sign in text:
        font = han_font(size) if _HAN.match(sign) else None
        font = font or _latin(_subset(sign), weight, size)
        if runs and runs[-1][1] is font:
            runs[-1] = (runs[-1][0] + sign, font)
        else:
            runs.append((sign, font))
    return runs


def _width(text: str, weight: int, size: int) -> float:
    return sum(font.getlength(piece) for piece, font in _runs(text, weight, size))


def _lines(text: str, weight: int, size: int, width: float) -> list[str]:
    """Break a text into lines: between words, and before any Han sign that may begin a line."""
    pieces = _PIECE.findall(text)
    lines, line = [], ""
    for piece in pieces:
        if line and _width((line + piece).rstrip(), weight, size) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _even_lines(text: str, weight: int, size: int, width: float) -> list[str]:
    """As few lines as fit, none of them much shorter than the others."""
    lines = _lines(text, weight, size, width)
    for narrower in range(95, 45, -5):
        narrow = _lines(text, weight, size, width * narrower / 100)
        if len(narrow) > len(lines):
            break
        lines = narrow
    return lines


def _write(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, weight: int, size: int, fill: str) -> None:
    """Write one line with its base line at a place."""
    x, y = place
    for piece, font in _runs(text, weight, size):
        draw.text((x, y), piece, font=font, fill=fill, anchor="ls")
        x += font.getlength(piece)


@cache
def _cloth() -> Image.Image:
    """The empty card: indigo, with the woven band of the portal's header at its foot."""
    card = Image.new("RGB", SIZE, _INDIGO)
    drawing = (settings.BASE_DIR / "static" / "img" / "brocade.svg").read_text()
    tile = Image.new("RGB", (24, 11), _INDIGO)
    for fill, outline in re.findall(r'<path fill="(#[0-9a-f]{6})" d="([^"]+)"', drawing):
        for x, y, width, height in re.findall(r"M([0-9]+) ([0-9]+)h([0-9]+)v([0-9]+)", outline):
            tile.paste(fill, (int(x), int(y), int(x) + int(width), int(y) + int(height)))
    tile = tile.resize((24 * 6, 11 * 6), Image.Resampling.NEAREST)
    for x in range(0, SIZE[0], tile.width):
        card.paste(tile, (x, SIZE[1] - _BAND))
    ImageDraw.Draw(card).rectangle((0, SIZE[1] - _BAND - 6, SIZE[0], SIZE[1] - _BAND), fill=_GOLD)
    return card


def can_write(text: str) -> bool:
    """Whether this server has the fonts for a text."""
    return not _HAN.search(text) or han_font(_TITLE_SIZES[0]) is not None


def draw_card(title: str = "", portal_name: str = "", picture: Image.Image | None = None, focus=(0.5, 0.5)) -> bytes:
    """A card as JPEG, with the picture cut around a point, given as shares of its width and height.

    Without a title, or where its script has no font, only cloth, band and picture.
    """
    card = _cloth().copy()
    width = SIZE[0] - 2 * _MARGIN
    if picture is not None:
        size = (_PICTURE_WIDTH, SIZE[1] - _BAND - 6)
        part = ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS, centering=focus)
        card.paste(part, (SIZE[0] - _PICTURE_WIDTH, 0))
        width -= _PICTURE_WIDTH - _MARGIN // 2
    draw = ImageDraw.Draw(card)
    if title and can_write(title + portal_name):
        _write_words(draw, title, portal_name, width)
    content = BytesIO()
    card.save(content, "JPEG", quality=85)
    return content.getvalue()


def _write_words(draw: ImageDraw.ImageDraw, title: str, portal_name: str, width: float) -> None:
    _write(draw, (_MARGIN, 88), portal_name, 400, 26, _SOFT)
    draw.rectangle((_MARGIN, 112, _MARGIN + 96, 118), fill=_GOLD)
    for size in _TITLE_SIZES:
        lines = _even_lines(title, 700, size, width)
        if len(lines) * size * 1.3 <= 370:
            break
    lines = lines if len(lines) <= _MOST_LINES + 1 else [*lines[:_MOST_LINES], lines[_MOST_LINES] + " …"]
    for number, line in enumerate(lines):
        _write(draw, (_MARGIN, 130 + size * 1.15 + number * size * 1.3), line, 700, size, _WHITE)
