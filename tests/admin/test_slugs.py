"""Addresses of pages written in Vietnamese."""

import pytest
from django.urls import reverse

from news.models import ArticlePage
from portal.core.slugs import ascii_slug, proper_slug
from tests.builders import make_article, make_staff, news

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đối ngoại Lai Châu", "doi-ngoai-lai-chau"),
        ("Đường đá Pavi – «Ự Ợ Ữ ằ»", "duong-da-pavi-u-o-u-a"),
        ("  Nghị định 72/2015/NĐ-CP ", "nghi-dinh-72-2015-nd-cp"),
        ("Lễ hội", "le-hoi"),  # decomposed letters, as some systems type them
        ("莱州", ""),
        ("Km²", "km2"),
    ],
)
def test_ascii_slug(title, slug):
    assert ascii_slug(title) == slug


def test_a_long_title_is_cut_at_a_word():
    slug = ascii_slug("Thông tin đối ngoại " * 10)
    assert len(slug) <= 80
    assert slug.endswith(("thong", "tin", "doi", "ngoai"))
    assert ascii_slug("a" * 200) == "a" * 80


@pytest.mark.parametrize("typed", ["", "-oi-ngoai-lai-chau", "oi--ngoai", "Đối-ngoại-Lai-Châu"])
def test_what_a_browser_spoilt_is_made_anew(typed):
    assert proper_slug(typed, "Đối ngoại Lai Châu") in ("doi-ngoai-lai-chau",)


def test_an_editors_own_slug_is_kept():
    assert proper_slug("cua-khau", "Đối ngoại") == "cua-khau"


def test_a_browser_writes_long_titles_out_and_the_server_cuts_them():
    assert proper_slug("-".join(["doi-ngoai"] * 20), "Đối ngoại " * 20) == "-".join(["doi-ngoai"] * 8)


def add(client, **fields):
    url = reverse("wagtailadmin_pages:add", args=["news", "articlepage", news().pk])
    data = {
        "slug": "",
        "summary": "",
        "date": "2026-11-01",
        "kind": "news",
        "body-count": "0",
        "article_topics-TOTAL_FORMS": "0",
        "article_topics-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    return client.post(url, data | fields)


@pytest.fixture
def editor(client, portal):
    client.force_login(make_staff()["editor"])
    return client


@pytest.mark.parametrize("typed", ["", "-oi-ngoai-lai-chau"])
def test_a_page_made_in_the_administration(editor, typed):
    add(editor, title="Đối ngoại Lai Châu", slug=typed)
    assert ArticlePage.objects.get(title="Đối ngoại Lai Châu", locale__language_code="vi").slug == "doi-ngoai-lai-chau"


def test_the_second_page_of_a_title_gets_a_number(editor):
    add(editor, title="Đối ngoại", slug="")
    add(editor, title="Đối ngoại", slug="-oi-ngoai")
    slugs = ArticlePage.objects.filter(title="Đối ngoại", locale__language_code="vi").values_list("slug", flat=True)
    assert sorted(slugs) == ["doi-ngoai", "doi-ngoai-2"]


def test_a_reserved_address_is_refused_with_a_word(editor):
    response = add(editor, title="Tìm kiếm", slug="search")
    assert response.status_code == 200
    assert "slug" in response.context["form"].errors
    assert not ArticlePage.objects.filter(title="Tìm kiếm").exists()


def test_a_title_that_is_a_reserved_word_gets_another_address(portal):
    assert make_article("Search").slug == "search-1"
