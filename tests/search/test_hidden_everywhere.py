"""What is not public shows nowhere: in no result, count, facet, other language, highlight, spelling or suggestion."""

import json
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from news.models import ArticlePage, ArticleTopic
from portal.core.models import Topic
from portal.publishing.service import publish_new
from portal.search.engines import tell_server
from portal.search.models import SearchEntry
from tests.builders import fill, make_article, translate, translation_of

pytestmark = pytest.mark.django_db
LANGUAGES = ("vi", "en", "zh-hans")
SECRET = {"vi": "Quýt hoẵng xyloba", "en": "Quillwort xyloba", "zh-hans": "鹬蚌貔貅"}
# Everything a reader may try: the words, some of them, misspelt, joined, in quotes, in another language.
TRIES = (
    "Quýt hoẵng xyloba",
    "quyt hoang",
    "quythoang",
    "xylobaa",
    "xyloba lai chau chè",
    '"quýt hoẵng"',
    "Quillwort",
    "quilwort xyloba",
    "鹬蚌",
    "貔貅",
    "鹬蚌 chè",
)


PUBLIC_WORDS = ("chè", "lai chau")


def secret(committed, *, publish: bool = True, translated: bool = True, **fields) -> ArticlePage:
    """An article with a topic, in three languages, and another one that is public and has some of its words."""
    with committed():
        make_article("Chè Lai Châu")
        article = make_article(SECRET["vi"], body=f"<p>{SECRET['vi']}</p>", publish=False, **fields)
        article.article_topics.add(ArticleTopic(topic=Topic.objects.filter(locale=article.locale).first()))
        article.save_revision()
        if publish:
            publish_new(article, "test")
            for code in LANGUAGES[1:] if translated else ():
                translate(ArticlePage.objects.get(pk=article.pk), code, text=lambda source, code=code: SECRET[code])
    return ArticlePage.objects.get(pk=article.pk)


def restricted(committed):
    article = secret(committed)
    with committed():
        PageViewRestriction.objects.create(page=article, restriction_type="login")


def below_a_restricted_section(committed):
    article = secret(committed)
    with committed():
        PageViewRestriction.objects.create(page=article.get_parent(), restriction_type="password", password="x")


def withdrawn(committed):
    article = secret(committed)
    with committed():
        article.unpublish()


def withdrawn_but_no_task_ran(committed):
    secret(committed).unpublish()


def deleted(committed):
    article = secret(committed)
    with committed():
        article.delete()


def scheduled(committed):
    secret(committed, go_live_at=timezone.now() + timedelta(hours=1))


def expired_before_the_scheduler_came(committed):
    secret(committed, expire_at=timezone.now() + timedelta(hours=1))
    ended = SearchEntry.objects.filter(title__in=SECRET.values())
    assert ended.update(public_until=timezone.now() - timedelta(seconds=1)) == 3
    tell_server()


def never_published(committed):
    secret(committed, publish=False)


WAYS = (
    restricted, below_a_restricted_section, withdrawn, withdrawn_but_no_task_ran, deleted, scheduled,
    expired_before_the_scheduler_came, never_published,
)  # fmt: skip


@pytest.fixture
def seen(client):
    """`seen(text, language)` → everything a reader gets for a text, the echo of the text itself left out."""

    def everything(text: str, language: str) -> tuple[str, list[int]]:
        with translation.override(language):
            suggested = client.get(reverse("search_suggestions"), {"q": text})
            answer = client.get(reverse("search"), {"q": text})
        page, html = answer.context["result"], unescape(answer.content.decode())
        counts = [one.count for one in page.elsewhere if page.total == 0]
        facets = [facet for values in page.facets.values() for facet in values]
        if not page.hits:
            counts += [page.total, *(facet.count for facet in facets)]
        shown = html.partition('class="search-total"')[2].replace(text, "")
        return f"{page.hits} {page.suggestion} {json.loads(suggested.content)} {shown}".casefold(), counts

    return everything


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_tells_of_what_is_hidden(seen, committed, way):
    way(committed)
    for language in LANGUAGES:
        for text in TRIES:
            shown, counts = seen(text, language)
            for word in ("hoẵng", "quillwort", "鹬蚌", "貔貅"):
                assert word not in shown, (text, language)
            if not any(word in text for word in PUBLIC_WORDS):
                assert sum(counts) == 0, (text, language)


def test_the_same_tries_find_what_is_public(ask, committed):
    """Else the test above could not fail."""
    secret(committed)
    page = ask("quyt hoang")
    assert page.total == 1 and all(len(values) == 1 for values in page.facets.values()) and len(page.facets) == 4
    assert ask("quythoang").suggestion == "quýt hoẵng" and ask("xylobaa").suggestion == "xyloba"
    assert ask("Quillwort", "en").hits and ask("貔貅", "zh-hans").hits
    assert [(one.language, one.count) for one in ask("Quillwort").elsewhere] == [("en", 1)]


def test_a_translation_in_work_shows_nowhere(seen, committed):
    article = secret(committed, translated=False)
    with committed():
        work = translation_of(article, "en")
        fill(work, text=lambda source: SECRET["en"])
        work.save_target(publish=False)
    for language in LANGUAGES:
        shown, counts = seen("Quillwort", language)
        assert "quillwort" not in shown and sum(counts) == 0
