"""Addresses of pages: ASCII, made from Vietnamese titles, shared by the three languages."""

import re
import unicodedata

from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets.slug import SlugInput

MAX_LENGTH = 80
_ASCII = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_VIETNAMESE = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "d": "đ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
    "": "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323",  # marks typed as characters of their own
}
_GAP = re.compile(r"[^a-z0-9]+")


def ascii_slug(text: str, max_length: int = MAX_LENGTH) -> str:
    """«Đối ngoại Lai Châu» → doi-ngoai-lai-chau; empty where nothing of the text can be written in ASCII."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    slug = _GAP.sub("-", unicodedata.normalize("NFKC", plain).lower()).strip("-")
    return _shorten(slug, max_length)


def _shorten(slug: str, max_length: int) -> str:
    """Cut at a word's end; a single word longer than that is cut hard."""
    if len(slug) <= max_length:
        return slug
    head, _hyphen, _cut_word = slug[: max_length + 1].rpartition("-")
    return head or slug[:max_length]


def proper_slug(slug: str, title: str) -> str:
    """The slug as an editor gave it, put right; from the title where it is empty or a browser spoilt it.

    A browser without our formatters leaves out «Đ», so that the address begins or ends with a hyphen.
    """
    if _ASCII.match(slug or ""):
        return _shorten(slug, MAX_LENGTH)
    spoilt = not slug or slug.startswith("-") or slug.endswith("-") or "--" in slug
    return ascii_slug(title if spoilt else slug) or ascii_slug(slug or "") or slug


class SlugPanel(FieldPanel):
    """The slug field, typing by itself what `ascii_slug` would make of the title."""

    def get_form_options(self) -> dict:
        options = super().get_form_options()
        options["widgets"] = {**options.get("widgets", {}), self.field_name: slug_input()}
        return options


def slug_input() -> SlugInput:
    """Wagtail's slug field, told of every Vietnamese letter: left alone it drops those it has no table for."""
    return SlugInput(formatters=[(f"[{letters}{letters.upper()}]", plain) for plain, letters in _VIETNAMESE.items()])
