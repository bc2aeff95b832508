"""How many queries a page may ask: frozen, because each page that asks once per item was fast in its first week."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import ArticlePage
from portal.publishing.generation import raise_generation
from tests.builders import add_many, make_article, news, translate

pytestmark = pytest.mark.django_db

MOST = 12


def statements(client, address):
    """The statements of one answer, the process warm: what is cached for the generation is there, the answer is not."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, query_params={"another": "address"}).status_code == 200
    return [
        query["sql"] for query in captured.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]


def addresses(article):
    return {"home": "/vi/", "section": "/vi/thong-tin-chung/", "list": news().url, "article": article.url}


@pytest.fixture
def articles(portal):
    return [make_article(f"Bài {number}") for number in range(5)]


@pytest.mark.parametrize("place", ["home", "section", "list", "article"])
def test_at_most_twelve_and_none_twice(client, articles, place):
    asked = statements(client, addresses(articles[0])[place])
    assert len(asked) <= MOST, "\n".join(asked)
    assert not [sql for sql, times in Counter(asked).items() if times > 1]


def test_the_same_number_with_fifty_and_five_hundred_articles(client, articles):
    counts = {5: {place: len(statements(client, address)) for place, address in addresses(articles[0]).items()}}
    for total in (50, 500):
        add_many(news(), ArticlePage, total - ArticlePage.objects.filter(locale=news().locale).count())
        raise_generation()
        counts[total] = {place: len(statements(client, address)) for place, address in addresses(articles[0]).items()}
    assert counts[5] == counts[50] == counts[500]


def test_the_same_number_with_one_language_and_three(client, articles):
    alone = len(statements(client, articles[0].url))
    translate(articles[0], "en")
    translate(articles[0], "zh-hans")
    assert len(statements(client, articles[0].url)) == alone
    english = ArticlePage.objects.get(translation_key=articles[0].translation_key, locale__language_code="en")
    assert len(statements(client, english.url)) <= MOST


def test_no_reader_makes_a_rendition_or_writes_a_row(client, articles):
    for address in [
        *addresses(articles[0]).values(),
        "/vi/search/?q=bai",
        "/vi/feeds/news/",
        "/sitemap-vi.xml",
        "/en" + articles[0].url.partition("/vi")[2],
    ]:
        asked = statements(client, address)
        assert not [sql for sql in asked if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
