"""The style page shows every block and part by its own template, in the language of the page, to staff alone."""

import re

import pytest
from bs4 import BeautifulSoup

from home.blocks import FrontPageStreamBlock
from portal.names.models import Name
from tests.builders import make_article, make_staff, translate
from tests.conftest import PrefixClient

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PARTS = [
    ".notice",
    ".breadcrumbs a",
    ".section-nav a",
    ".back-to-top",
    ".about",
    ".feedback details form",
    ".archive details a",
    ".contents a",
    ".card--large",
    ".cards .card",
    ".paging [aria-current]",
    ".tiles .tile",
    ".search-form",
    ".result mark",
    ".name",
    ".form [aria-invalid=true]",
    ".form__summary a",
    ".languages",
]
BLOCKS = [
    "h2",
    "h3",
    ".text li",
    "figure.picture",
    ".gallery li",
    ".quote blockquote",
    "table caption",
    "dl.figures .figure",
    ".callout--note",
    ".callout--important",
    ".download",
    ".front__lead .card",
    "#latest",
    "#chosen",
    ".tasks__visitor a",
]
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯẠ-ỹ]")
# What is written with its marks in every language: the province, a kind of tea, the number of a decree.
_NAMES = re.compile("Lai Châu|Shan tuyết|NĐ-CP")


def style_page(code: str) -> BeautifulSoup:
    staff = PrefixClient()
    staff.force_login(make_staff()["editor"])
    response = staff.get(f"/{code}/style/")
    assert response.status_code == 200 and response["Cache-Control"] == "private, no-store"
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def content(portal):
    """Articles in three languages, and a name."""
    for number in range(2):
        article = make_article(f"Ruộng bậc thang {number}", summary="Một mùa nước đổ.")
        translate(article, "en", text=lambda source: "Terraced fields")
        translate(article, "zh-hans", text=lambda source: "梯田")
    Name.objects.create(code="sin-ho", kind="place", vi="Sìn Hồ", zh_hans="辛胡", en="Sin Ho", approved=True)


@pytest.mark.parametrize("code", ["vi", "en", "zh-hans"])
def test_staff_see_every_part_and_every_block_in_every_language(content, code):
    page = style_page(code)
    assert len(page.select(".style-page > section:not([class])")) == len(FrontPageStreamBlock().child_blocks)
    missing = [part for part in PARTS if not page.select_one(f".style-page {part}")]
    assert not missing
    assert not [block for block in BLOCKS if not page.select_one(f".style-page > section:not([class]) .prose {block}")]
    names = [one["id"] for one in page.select("[id]")]
    assert len(names) == len(set(names)), "ids are there once"


@pytest.mark.parametrize(("code", "own"), [("en", "[A-Za-z]"), ("zh-hans", "[\u4e00-\u9fff]")])
def test_samples_are_in_the_language_of_the_page(content, code, own):
    page = style_page(code)
    for other in page.select("[lang]:not(html), code, .share, .about__short, .print-only, script, style"):
        other.decompose()
    texts = [text.strip() for text in page.select_one(".style-page").stripped_strings]
    assert len(texts) > 80
    foreign = [text for text in texts if _VIETNAMESE.search(_NAMES.sub("", text))]
    without = [text for text in texts if re.search(r"[^\W\d_]{3,}", text) and not re.search(own, text)]
    assert not foreign and not without


def test_an_empty_portal_has_a_style_page_too(portal):
    page = style_page("en")
    assert page.select_one(".style-page .front__lead .card a") and page.select_one(".style-page .tasks__visitor a")


def test_readers_do_not(client, portal):
    assert client.get("/vi/style/").status_code == 404
