"""What a page weighs on a slow line, by page type: bytes, never time. The figures are the contract."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.pages import WORDS
from tests.builders import home

pytestmark = [pytest.mark.django_db, pytest.mark.once]

KIB = 1024
HTML, CSS, SCRIPT, ARTICLE, FONTS, FRONT, REQUESTS = 8 * KIB, 12 * KIB, 6 * KIB, 40 * KIB, 60 * KIB, 300 * KIB, 6
STATIC = Path(settings.BASE_DIR, "static")
# Signs of each subset of the font, as the style sheet declares them.
_FACE = re.compile(r'font-weight: (\d+);[^}]*?url\("\.\./fonts/([^"]+)"\)[^}]*?unicode-range: ([^;]+);')


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def html_weight(visit, address: str) -> int:
    return packed(visit(address).content)


def of_every_type(site):
    """One page of each type and language: the one with the longest address, which is seldom the shortest text."""
    chosen = {}
    for pages in site.values():
        for page in pages:
            chosen[(page.content_type_id, page.locale_id, bool(page.depth % 2))] = page
    return list(chosen.values())


def static_file(address: str) -> Path:
    return STATIC / address.partition("/static/")[2]


def requests(html) -> list[str]:
    """What a browser asks for at once: style sheets, scripts, icon, preloads, pictures that are not lazy."""
    links = [tag["href"] for tag in html.select("link[rel=stylesheet], link[rel=icon], link[rel=preload]")]
    scripts = [tag["src"] for tag in html.select("script[src]")]
    pictures = [tag["src"] for tag in html.select("img") if tag.get("loading") != "lazy"]
    return [*dict.fromkeys([*links, *scripts, *pictures])]


def fonts_for(text: str) -> dict[str, int]:
    """The font files that a text needs, with their bytes."""
    needed = {}
    for _weight, name, ranges in _FACE.findall((STATIC / "css" / "portal.css").read_text()):
        spans = [part.strip().removeprefix("U+").partition("-") for part in ranges.split(",")]
        if any(int(a, 16) <= ord(sign) <= int(b or a, 16) for sign in set(text) for a, _dash, b in spans):
            needed[name] = (STATIC / "fonts" / name).stat().st_size
    return needed


def test_html_of_every_type_and_language(site, visit):
    weights = {page.url: html_weight(visit, page.url) for pages in site.values() for page in pages}
    heavy = {url: weight for url, weight in weights.items() if weight > HTML}
    assert not heavy, f"{len(heavy)} of {len(weights)}: {heavy}"


@pytest.mark.parametrize("code", ["vi", "en", "zh-hans"])
def test_html_of_what_is_no_page(site, visit, code):
    views = ("names/", "site-map/", "search/", f"search/?q={WORDS[code]}", "search/?q=zzqqxx")
    weights = {view: html_weight(visit, f"{home(code).url}{view}") for view in views}
    assert max(weights.values()) <= HTML, weights


def test_an_article_without_its_own_pictures(site, visit):
    for page in of_every_type(site):
        html = visit(page.url).html
        if html.select("main img") or html.select("main .figures"):
            continue
        asked = [address for address in requests(html) if "/fonts/" not in address]
        total = html_weight(visit, page.url) + sum(packed(static_file(address).read_bytes()) for address in asked)
        assert total <= ARTICLE, (page.url, total)
        assert 1 + len(asked) <= REQUESTS, (page.url, asked)


def test_style_sheet_and_scripts():
    assert packed((STATIC / "css" / "portal.css").read_bytes()) <= CSS
    assert sum(packed(script.read_bytes()) for script in STATIC.glob("js/*.js")) <= SCRIPT


@pytest.mark.parametrize("code", ["vi", "en", "zh-hans"])
def test_fonts(site, visit, code):
    address = home(code).url
    assert sum(fonts_for(visit(address).html.get_text()).values()) <= FONTS


@pytest.mark.parametrize("code", ["vi", "en", "zh-hans"])
def test_the_front_page_with_its_pictures(site, visit, code):
    """On a phone: of each picture the size that a 412-pixel screen at 1.75 takes, lazy ones included."""
    from django.core.files.storage import default_storage

    html = visit(home(code).url).html
    total = html_weight(visit, home(code).url)
    total += sum(packed(static_file(address).read_bytes()) for address in requests(html) if "/static/" in address)
    for source in html.select("main picture > source:first-child"):
        sizes = [entry.split(" ") for entry in source["srcset"].split(", ")]
        wide_enough = [name for name, width in sizes if int(width[:-1]) >= 640] or [sizes[-1][0]]
        total += default_storage.size(wide_enough[0].partition("/media/")[2])
    assert total <= FRONT, total
