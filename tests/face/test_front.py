"""The front page as an editor composes it: each language shows what it has, and nothing is an empty box."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.models import PortalImage
from portal.publishing.approvals import system_approval
from tests.builders import home, make_article, news, translate
from tests.face.test_pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def item(value, number):
    return {"type": "item", "value": value, "id": f"{number:08d}-0000-4000-8000-000000000000"}


def compose(*blocks):
    """Publish a Vietnamese front page made of (type, value) blocks, with its translations."""
    raw = [item(value, number) | {"type": kind} for number, (kind, value) in enumerate(blocks)]
    page = home()
    page.body = page.body.stream_block.to_python(raw)
    with system_approval("test"):
        page.save_revision().publish()
    for code in ("en", "zh-hans"):
        translate(home(), code)


def read(client, code="vi") -> BeautifulSoup:
    return BeautifulSoup(client.get(home(code).url).content, "html.parser").main


@pytest.fixture
def articles(portal):
    return [make_article(f"Bài {number}") for number in range(3)]


def everything(articles):
    task = {"label": "Đọc ưu đãi", "page": articles[1].pk}
    visitor = {"visitor": "Nhà báo", "tasks": [item(task, 71)]}
    return [
        ("lead_story", {"page": articles[0].pk}),
        (
            "quick_tasks",
            {"title": "Cần gì?", "visitors": [item(visitor, 70)]},
        ),
        ("latest", {"title": "Tin", "section": news().pk, "number": 2}),
        ("chosen_pages", {"title": "Nên đọc", "pages": [item(page.pk, 80 + n) for n, page in enumerate(articles)]}),
    ]


def test_the_blocks_show_what_was_chosen(client, articles):
    compose(*everything(articles))
    page = read(client)
    assert page.select_one(".card--large a")["href"] == articles[0].url
    assert page.select_one(".tasks a")["href"] == articles[1].url
    latest, chosen = page.select(".front__band .cards")
    assert [link["href"] for link in latest.select("a")] == [articles[2].url, articles[1].url]
    assert [link["href"] for link in chosen.select("a")] == [article.url for article in articles]


def test_the_lead_story_is_not_among_the_latest_again(client, articles):
    compose(("lead_story", {"page": articles[2].pk}), ("latest", {"title": "Tin", "section": news().pk, "number": 2}))
    assert read(client).select_one(".card--large a")["href"] == articles[2].url
    assert [link["href"] for link in read(client).select(".cards a")] == [articles[1].url, articles[0].url]


@pytest.mark.parametrize("pictured", ["lead story", "latest"])
def test_the_first_picture_of_a_front_page_without_a_hero_comes_at_once(client, articles, pictured):
    picture = PortalImage.objects.create(title="Ruộng", file=jpeg(900, 600))
    first = [make_article("Có ảnh", lead_picture=picture), make_article("Cũng có", lead_picture=picture)]
    lead = first[0] if pictured == "lead story" else articles[0]
    compose(("lead_story", {"page": lead.pk}), ("latest", {"title": "Tin", "section": news().pk, "number": 5}))
    images = read(client).select("img")
    assert [image.get("fetchpriority") for image in images] == ["high", None]
    assert [image.get("loading") for image in images] == [None, "lazy"]
    page = home()
    page.lead_picture = picture
    with system_approval("test"):
        page.save_revision().publish()
    assert [image.get("fetchpriority") for image in read(client).select("img")] == ["high", None, None], "the hero's"


def test_a_language_without_translations_shows_no_empty_box(client, articles):
    compose(*everything(articles))
    page = read(client, "en")
    assert not page.select(".front__band, .front__lead, .card, .tasks")


def test_a_language_shows_its_own_versions(client, articles):
    compose(*everything(articles))
    english = translate(articles[1], "en")
    page = read(client, "en")
    assert {link["href"] for link in page.select(".front a")} == {english.url}
    assert page.select_one(".tasks h3").get_text() == "EN Nhà báo"
    assert len(page.select(".front__band")) == 3 and not page.select(".front__lead")


def test_a_withdrawn_page_leaves_the_front_page(client, articles):
    compose(*everything(articles))
    read(client)
    articles[0].unpublish()
    page = read(client)
    assert not page.select(".front__lead") and articles[0].url not in str(page)


def test_another_choice_of_the_original_reaches_the_translations(client, articles):
    compose(*everything(articles))
    english = translate(articles[2], "en")
    page = home()
    raw = list(page.body.raw_data)
    raw[0]["value"]["page"] = articles[2].pk
    page.body = page.body.stream_block.to_python(raw)
    with system_approval("test"):
        page.save_revision().publish()
    assert read(client, "en").select_one(".card--large a")["href"] == english.url


def test_a_front_page_that_nobody_composed_shows_the_news(client, articles):
    assert {link["href"] for link in read(client).select(".card a")} == {article.url for article in articles}


def test_a_composed_front_page_keeps_its_budget(client, articles):
    compose(*everything(articles))
    address = home().url
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address, query_params={"another": "address"})
    assert len(captured) <= 12, "\n".join(query["sql"].partition(" FROM ")[2] for query in captured)


def test_the_preview_of_a_draft_shows_its_blocks(articles):
    compose(*everything(articles))
    assert articles[1].url in home().make_preview_request().content.decode()
