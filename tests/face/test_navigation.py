"""Ways on from a page: its section, its subject, its short address, other people; and the menu's temporary entries."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from home.models import InformationPage
from news.models import ArticleTopic
from portal.core.models import PublicId, Topic
from portal.core.short_address import qr_code, short_address
from portal.publishing.approvals import system_approval
from portal.publishing.service import publish_new
from tests.builders import home, make_article, news, translate

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def about(code: str, *articles):
    topic = Topic.objects.get(code=code, locale__language_code="vi")
    for article in articles:
        article.article_topics = [ArticleTopic(topic=topic, locale=article.locale)]
        with system_approval("test"):
            article.save_revision().publish()


def test_articles_of_the_same_subject_are_named(client, portal):
    first, second, other = (make_article(f"Bài {number}") for number in range(3))
    about("tourism", first, second)
    about("law", other)
    assert [link["href"] for link in read(client, first.url).select(".related .card a")] == [second.url]
    assert not read(client, other.url).select(".related")


def test_an_information_page_shows_what_stands_beside_it(client, portal):
    section = home().get_children().get(slug="thong-tin-chung")
    pages = []
    for slug in ("dan-so", "dia-ly"):
        page = InformationPage(title=slug, slug=slug, locale=section.locale, live=False)
        section.add_child(instance=page)
        pages.append(publish_new(page, "test"))
    links = read(client, pages[0].url).select(".section-nav a")
    assert [link["href"] for link in links] == [page.url for page in pages]
    assert [link.get("aria-current") for link in links] == ["page", None]
    pages[1].unpublish()
    assert not read(client, pages[0].url).select(".section-nav")


def test_print_carries_the_short_address_as_a_qr_code(client, portal):
    article = make_article()
    short = short_address(PublicId.of(article.translation_key))
    page = read(client, article.url)
    assert page.select_one(".about__short a")["href"] == short
    assert page.select_one(".print-only .qr svg path") and article.full_url in page.select_one(".print-only").get_text()
    english = translate(article)
    assert read(client, english.url).select_one(".about__short a")["href"] == short
    assert client.get(short, headers={"Accept-Language": "en"})["Location"] == english.url


def test_the_qr_code_is_whole_and_needs_no_style():
    drawing = ET.fromstring(qr_code("https://laichau.gov.vn/thongtindoingoai/p/12"))
    assert drawing.get("viewBox") and not [one for one in drawing.iter() if one.get("style")]


def test_share_links_carry_the_address_and_load_nothing(client, portal):
    article = make_article()
    links = read(client, article.url).select(".share a")
    assert len(links) == 3 and all(quote(article.full_url, safe="") in link["href"] for link in links)
    assert all("noreferrer" in link["rel"] for link in links)
    chinese = translate(article, "zh-hans")
    assert any("weibo" in link["href"] for link in read(client, chinese.url).select(".share a"))


def test_a_temporary_entry_leaves_the_menu_at_its_hour_in_every_language(client, portal, monkeypatch):
    end = timezone.now() + timedelta(hours=1)
    section = news()
    section.menu_until = end
    with system_approval("test"):
        section.save_revision().publish()

    def menu(code):
        return [link["href"] for link in read(client, home(code).url).select(".sections-menu a")]

    addresses = {code: news(code).url for code in ("vi", "en")}
    assert all(addresses[code] in menu(code) for code in addresses)
    later = end + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr("time.time", lambda: later.timestamp())
    assert not any(addresses[code] in menu(code) for code in addresses)


def test_long_pages_lead_back_to_their_top(client, portal):
    assert read(client, make_article().url).select_one(".back-to-top a")["href"] == "#top"
