"""Rules that hold in every public template and style sheet, checked by reading them."""

import gzip
import re

import pytest
from django.conf import settings

TEMPLATES = sorted(
    path
    for path in (settings.BASE_DIR / "templates").rglob("*.html")
    if not path.relative_to(settings.BASE_DIR / "templates")
    .parts[0]
    .startswith(("wagtailadmin", "wagtail_localize", "wagtailsnippets"))
)
CSS = settings.BASE_DIR / "static" / "css" / "portal.css"
FONTS = settings.BASE_DIR / "static" / "fonts"

every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))


@every_template
def test_nothing_inline_and_nothing_from_elsewhere(path):
    source = path.read_text()
    assert not re.search(r"\sstyle\s*=", source), "inline style"
    assert not re.search(r"<style\b", source), "inline style sheet"
    assert not re.search(r"\son[a-z]+\s*=", source), "inline handler"
    assert not [tag for tag in re.findall(r"<script\b[^>]*>", source) if "src=" not in tag and "ld+json" not in tag], (
        "inline script"
    )
    assert not re.search(r"(?:src|srcset|href|action|data)\s*=\s*[\"'](?:https?:)?//", source), "another host"


def test_no_filter_prints_unchecked_html():
    for path in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text()), path


def test_weights():
    assert len(gzip.compress(CSS.read_bytes(), 9)) <= 12 * 1024
    vietnamese = [font for font in FONTS.glob("*.woff2") if "latin-ext" not in font.name]
    assert len(vietnamese) == 4 and sum(font.stat().st_size for font in vietnamese) <= 60 * 1024
    assert (FONTS / "OFL.txt").exists()


def test_the_style_sheet_asks_nobody_else():
    for address in re.findall(r"url\(\"?([^\")]+)", CSS.read_text()):
        assert address.startswith("../") and (CSS.parent / address).resolve().exists(), address


# -- contrast, WCAG 2.2 AA -----------------------------------------------------------------------------------------
def scheme(dark: bool) -> dict[str, str]:
    source = re.search(r"@layer tokens {(.*?)\n}", CSS.read_text(), re.S).group(1)
    light, _, night = source.partition("@media (prefers-color-scheme: dark)")
    tokens = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", light))
    return {**tokens, **(dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", night)) if dark else {})}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_stand_out(dark):
    tokens = {**scheme(dark), "white": "#ffffff"}
    grounds = ("paper", "surface", "tint")
    pairs = [
        (word, ground) for word in ("ink", "ink-soft", "link", "link-hover", "heading", "accent") for ground in grounds
    ]
    pairs += [
        ("ink", "warn-bg"),
        ("link", "warn-bg"),
        ("white", "indigo"),
        ("on-dark", "indigo-deep"),
        ("on-dark-soft", "indigo-deep"),
    ]
    weak = [
        (word, ground, round(contrast(tokens[word], tokens[ground]), 2))
        for word, ground in pairs
        if contrast(tokens[word], tokens[ground]) < 4.5
    ]
    assert not weak
    edges = [("line-strong", ground) for ground in grounds] + [("focus", ground) for ground in grounds]
    assert not [pair for pair in edges if contrast(tokens[pair[0]], tokens[pair[1]]) < 3]
