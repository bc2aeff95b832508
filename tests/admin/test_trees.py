"""Only originals are written: nobody adds, copies or moves a page by hand into a tree of another language."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage
from tests.builders import home, make_article, make_staff, news, translate

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODES = ["en", "zh-hans"]


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("role", ["editor", "admin"])
def test_no_page_is_added(client, staff, code, role):
    client.force_login(staff[role])
    parent = news(code)
    before = Page.objects.count()
    url = reverse("wagtailadmin_pages:add", args=["news", "articlepage", parent.pk])
    assert client.get(url).status_code == 302
    data = {"title": "By hand", "slug": "by-hand", "date": "2026-11-01", "kind": "news", "body-count": "0"}
    client.post(url, data)
    client.get(reverse("wagtailadmin_pages:add_subpage", args=[parent.pk]))
    assert Page.objects.count() == before
    listing = client.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
    assert reverse("wagtailadmin_pages:add_subpage", args=[parent.pk]) not in listing


@pytest.mark.parametrize("alias", ["", "on"])
@pytest.mark.parametrize("role", ["editor", "admin"])
def test_no_page_is_copied_there_or_out_of_there(client, staff, role, alias):
    client.force_login(staff[role])
    article = make_article("Bài")
    english = translate(article)
    before = Page.objects.count()
    for page, parent in ((article, news("en")), (english, news("en")), (english, news("vi"))):
        data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent.pk, "alias": alias}
        client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
        assert Page.objects.count() == before


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_no_page_is_moved_there(client, staff, role):
    client.force_login(staff[role])
    article = make_article("Bài")
    for page in (article, translate(article)):
        path = page.path
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home("en").pk]))
        client.post(reverse("wagtailadmin_pages:move", args=[page.pk]), {"new_parent_page": home("en").pk})
        assert Page.objects.get(pk=page.pk).path == path


def test_front_pages_are_not_made_by_hand(client, staff):
    client.force_login(staff["admin"])
    root = Page.get_first_root_node()
    client.post(reverse("wagtailadmin_pages:add", args=["home", "homepage", root.pk]), {"title": "x", "slug": "x"})
    assert HomePage.objects.count() == 3


def test_an_editor_still_adds_and_copies_originals(client, staff):
    client.force_login(staff["editor"])
    article = make_article("Bài")
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": news().pk, "alias": ""}
    client.post(reverse("wagtailadmin_pages:copy", args=[article.pk]), data)
    copy = Page.objects.get(slug="ban-sao", locale__language_code="vi")
    assert not copy.live
    assert copy.translation_key != article.translation_key
