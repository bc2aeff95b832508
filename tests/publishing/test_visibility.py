"""`is_public` and `published()` are one rule: what a list shows is what a reader may open, in every state."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.core.listing import published
from portal.publishing.generation import raise_generation
from portal.publishing.visibility import is_public
from tests.builders import locale, make_article, news, translate

pytestmark = pytest.mark.django_db


def every_state():
    """Articles in every state a page can be in, by name."""
    live = make_article("Công khai")
    translate(live)
    withdrawn = make_article("Đã gỡ")
    withdrawn.unpublish()
    expired = make_article("Hết hạn")
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    private = make_article("Hạn chế")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    make_article("Nháp", publish=False)
    raise_generation()
    return live


def test_lists_and_pages_agree(portal):
    every_state()
    pages = Page.objects.filter(depth__gt=1)
    listed = set(published(pages).values_list("pk", flat=True))
    assert listed == {page.pk for page in pages if is_public(page)}
    assert {page.title for page in published(Page.objects.descendant_of(news()))} == {"Công khai"}
    assert {page.title for page in published(Page.objects.descendant_of(news("en")))} == {"EN Công khai"}
    assert not published(Page.objects.descendant_of(news("zh-hans"))).exists(), "an alias is not a translation"


def test_below_a_restricted_section_nothing_is_public(portal):
    article = make_article()
    PageViewRestriction.objects.create(page=news(), restriction_type="password", password="geheim-geheim")
    assert not is_public(article)
    assert not published(Page.objects.filter(pk=article.pk)).exists()


def test_a_page_is_public_in_its_own_language_only(portal):
    article = make_article()
    assert is_public(article, locale("vi"))
    assert not is_public(article, locale("en"))


def test_the_moment_counts(portal):
    article = make_article()
    article.expire_at = timezone.now() + timedelta(hours=1)
    assert is_public(article)
    assert not is_public(article, now=timezone.now() + timedelta(hours=2))
