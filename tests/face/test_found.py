"""What search engines, messengers and networks learn of a page."""

import json
from datetime import datetime
from io import BytesIO
from uuid import UUID
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from PIL import Image
from wagtail.models import PageViewRestriction

from portal.core.cards import drawing
from portal.core.cards.tasks import name_of
from tests.builders import home, make_article, news, translate
from tests.face.test_pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def article(portal):
    return make_article("Chè <Shan> & Tuyết", summary="Một vùng chè cổ thụ.")


def read(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def graph(page: BeautifulSoup) -> dict:
    data = json.loads(page.select_one("script[type='application/ld+json']").string)
    return {entry["@type"]: entry for entry in data["@graph"]}


def test_an_article_says_what_it_is(client, article):
    page = read(client, article.url)
    entries = graph(page)
    assert set(entries) == {"GovernmentOrganization", "WebSite", "BreadcrumbList", "NewsArticle"}
    assert entries["NewsArticle"]["headline"] == article.title
    assert entries["NewsArticle"]["datePublished"] == article.date.isoformat()
    steps = entries["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in steps] == [home().full_url, news().full_url, article.full_url]
    assert "{search_term_string}" in entries["WebSite"]["potentialAction"]["target"]


# What schema.org's readers require of each kind, beyond its name.
REQUIRED = {
    "NewsArticle": ("headline", "image", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"),
    "BreadcrumbList": ("itemListElement",),
    "WebSite": ("name", "url", "publisher", "potentialAction"),
    "GovernmentOrganization": ("name", "url", "logo"),
}


def addresses_in(value, name="") -> list[str]:
    """Everything in a description that leads somewhere."""
    if isinstance(value, dict):
        return [found for key, child in value.items() for found in addresses_in(child, key)]
    if isinstance(value, list):
        return [found for child in value for found in addresses_in(child, name)]
    return [value] if name in {"@id", "url", "logo", "image", "item", "target", "mainEntityOfPage"} else []


@pytest.mark.parametrize(("code", "tag"), [("vi", "vi"), ("en", "en"), ("zh-hans", "zh-Hans")])
def test_every_kind_of_page_is_described_whole_and_in_its_language(client, article, code, tag):
    own = article if code == "vi" else translate(article, code)
    kinds = {"GovernmentOrganization", "WebSite"}
    information = home(code).get_children().get(slug="thong-tin-chung")
    for page, more in (
        (home(code), set()),
        (information, {"BreadcrumbList"}),
        (own, {"BreadcrumbList", "NewsArticle"}),
    ):
        entries = graph(read(client, page.url))
        assert set(entries) == kinds | more, page.url
        for kind, entry in entries.items():
            assert all(entry.get(name) for name in REQUIRED[kind]), (kind, entry)
        found = addresses_in(list(entries.values()))
        assert all(address.startswith("http://testserver/") for address in found), found
        assert {entry["inLanguage"] for entry in entries.values() if "inLanguage" in entry} == {tag}
        identities = {entry["publisher"]["@id"] for entry in entries.values() if "publisher" in entry}
        assert identities == {entries["GovernmentOrganization"]["@id"]}
    way = entries["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in way] == [1, 2, 3] and all(step["name"] for step in way)
    assert [step["item"] for step in way] == [home(code).full_url, news(code).full_url, own.full_url]


def test_a_stub_describes_no_article(client, article):
    stub = type(article).objects.get(translation_key=article.translation_key, locale__language_code="en")
    assert not read(client, stub.url).select("script[type='application/ld+json']")


def test_the_feed_has_what_atom_asks_for(client, article):
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(client.get("/vi/feeds/news/").content)
    for name in ("id", "title", "updated", "author", "link"):
        assert feed.find(f"{atom}{name}") is not None, name
    assert feed.findtext(f"{atom}author/{atom}name").strip()
    for entry in feed.findall(f"{atom}entry"):
        assert all(entry.findtext(f"{atom}{name}") for name in ("id", "title", "updated"))
        UUID(entry.findtext(f"{atom}id").removeprefix("urn:uuid:"))
        published, updated = (
            datetime.fromisoformat(entry.findtext(f"{atom}{name}")) for name in ("published", "updated")
        )
        assert published <= updated


def test_an_entry_of_the_feed_is_another_in_each_language_and_its_summary_no_code(client, portal):
    atom = "{http://www.w3.org/2005/Atom}"
    translate(make_article(summary="Cao < 2.000 m & mát"), "en")
    entries = [
        ElementTree.fromstring(client.get(f"/{code}/feeds/news/").content).find(f"{atom}entry") for code in ("vi", "en")
    ]
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == 2
    summary = entries[0].find(f"{atom}summary")
    assert summary.get("type") == "html" and summary.text == "Cao &lt; 2.000 m &amp; mát"


def test_the_front_page_has_no_way_and_is_no_article(client, portal):
    assert set(graph(read(client, home("en").url))) == {"GovernmentOrganization", "WebSite"}


def test_open_graph_names_the_languages_that_there_are(client, article):
    def locales(address):
        page = read(client, address)
        named = [tag["content"] for tag in page.select("meta[property='og:locale:alternate']")]
        return page.select_one("meta[property='og:locale']")["content"], named

    assert locales(article.url) == ("vi_VN", [])
    english = translate(article, "en")
    assert locales(article.url) == ("vi_VN", ["en_US"])
    assert locales(english.url) == ("en_US", ["vi_VN"])


def test_the_card_is_made_when_the_page_is_published(client, article):
    address = read(client, article.url).select_one("meta[property='og:image']")["content"]
    response = client.get(address)
    picture = Image.open(BytesIO(b"".join(response.streaming_content)))
    assert picture.size == (1200, 630) and response["Content-Type"] == "image/jpeg"


def test_the_card_shows_title_and_picture():
    plain = drawing.draw_card("Chè", "Cổng")
    photo = Image.open(jpeg(900, 600))
    assert (
        len({drawing.draw_card(), plain, drawing.draw_card("Trà", "Cổng"), drawing.draw_card("Chè", "Cổng", photo)})
        == 4
    )
    shown = Image.open(BytesIO(drawing.draw_card("Chè", "Cổng", photo)))
    red, green, blue = shown.getpixel((1100, 200))
    assert green > red and green > blue, "the picture of this test is green"


def test_a_reader_draws_no_card(client, article):
    default_storage.delete(name_of(article.pk))
    response = client.get(f"/cards/{article.pk}.jpg")
    assert response["Location"].endswith("img/card.jpg") and not default_storage.exists(name_of(article.pk))


def test_the_card_of_what_is_not_public_is_not_there(client, article):
    address = f"/cards/{article.pk}.jpg"
    assert client.get(address).status_code == 200
    restriction = PageViewRestriction.objects.create(page=news(), restriction_type="login")
    assert client.get(address).status_code == 404
    restriction.delete()
    article.unpublish()
    assert client.get(address).status_code == client.get("/cards/99999.jpg").status_code == 404


def test_a_deleted_page_takes_its_card_along(article):
    assert default_storage.exists(name_of(article.pk))
    article.delete()
    assert not default_storage.exists(name_of(article.pk))


def test_long_titles_in_every_script_stay_on_the_card():
    width = drawing.SIZE[0] - 2 * 72
    for title in ("Thông tin đối ngoại " * 9, "越南莱州省对外信息门户，" * 10):
        lines = drawing._lines(title, 700, 40, width)
        assert "".join(lines).replace(" ", "") == title.replace(" ", "")
        assert all(drawing._width(line, 700, 40) <= width for line in lines)
    assert not any(line.startswith("，") for line in drawing._lines("越南莱州省对外信息门户，" * 10, 700, 40, width))


def test_without_a_font_for_chinese_the_card_has_no_words(monkeypatch):
    monkeypatch.setattr(drawing, "han_font", lambda size: None)
    assert drawing.draw_card("莱州", "门户") == drawing.draw_card()
    assert drawing.draw_card("Lai Châu") != drawing.draw_card()
