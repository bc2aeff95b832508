"""Renamed and moved pages keep answering at their old addresses, whatever the size of the section."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.synctree import create_aliases_for_new_page

from home.models import InformationIndexPage, InformationPage
from portal.publishing.service import publish_new
from tests.builders import add_many, home, make_article, translate

pytestmark = pytest.mark.django_db

PAGES = 1500


@pytest.fixture
def section(portal):
    """A section with 1,500 live pages below it."""
    parent = InformationIndexPage.objects.get(slug="thong-tin-chung", locale=home().locale)
    section = InformationIndexPage(title="Lớn", slug="lon", locale=parent.locale, live=False)
    parent.add_child(instance=section)
    create_aliases_for_new_page(section)
    publish_new(section, "test")
    add_many(section, InformationPage, PAGES)
    return InformationIndexPage.objects.get(pk=section.pk)


def test_renaming_a_large_section(client, section):
    old = InformationPage.objects.descendant_of(section).last().url
    section.slug = "rat-lon"
    publish_new(section, "test")
    assert (
        Redirect.objects.filter(automatically_created=True, redirect_page__path__startswith=section.path).count()
        == PAGES + 1
    )
    answer = client.get(old)
    assert answer.status_code == 301
    assert answer["Location"] == InformationPage.objects.descendant_of(section).last().url
    assert client.get(answer["Location"]).status_code == 200


def test_moving_a_large_section(client, section):
    target = InformationIndexPage(title="Nơi khác", slug="noi-khac", locale=section.locale, live=False)
    section.get_parent().add_child(instance=target)
    create_aliases_for_new_page(target)
    publish_new(target, "test")
    old = InformationPage.objects.descendant_of(section).first().url
    Page.objects.get(pk=section.pk).move(target, pos="last-child")
    answer = client.get(old)
    assert answer.status_code == 301
    assert "/noi-khac/lon/" in answer["Location"]


def test_a_renamed_original_renames_its_translations(client, portal):
    article = make_article("Tên cũ", slug="ten-cu")
    english = translate(article)
    old = english.url
    article.slug = "ten-moi"
    publish_new(article, "test")
    english.refresh_from_db()
    assert english.slug == "ten-moi"
    answer = client.get(old)
    assert answer.status_code == 301
    assert answer["Location"].endswith("/en/tin-tuc-su-kien/ten-moi/")


def test_an_old_address_that_is_taken_again_answers_with_the_new_page(client, portal):
    first = make_article("Một", slug="mot")
    first.slug = "hai"
    publish_new(first, "test")
    second = make_article("Lại là một", slug="mot")
    assert client.get(second.url).status_code == 200
    second.slug = "ba"
    publish_new(second, "test")
    assert client.get("/vi/tin-tuc-su-kien/mot/")["Location"] == second.url
