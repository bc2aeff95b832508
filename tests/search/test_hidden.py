"""What is not public is never found, whichever way it stopped being public."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.synctree import create_aliases_for_new_page

from home.models import InformationIndexPage, InformationPage
from portal.publishing.service import publish_new
from portal.search.models import SearchEntry
from tests.builders import fill, home, locale, make_article, make_user, translate, translation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(committed):
    with committed():
        return make_article("Cây sa nhân tím")


@pytest.fixture
def english(committed, article):
    with committed():
        return translate(article, "en", text=lambda source: "Purple cardamom")


def make_information(title: str, parent, model=InformationPage):
    page = model(title=title, locale=parent.locale, live=False)
    parent.add_child(instance=page)
    create_aliases_for_new_page(page)
    return publish_new(page, "test")


@pytest.fixture
def branch(committed):
    """A part of a section with a page in it."""
    with committed():
        section = InformationIndexPage.objects.get(depth=3, locale=locale("vi"))
        part = make_information("Vùng cao nguyên", section, InformationIndexPage)
        leaf = make_information("Hồ nước xanh", part)
        return section, part, leaf


def test_an_alias_is_no_translation(titles, article):
    assert titles("sa nhan tim") == ["Cây sa nhân tím"]
    assert titles("sa nhan tim", "en") == titles("sa nhan tim", "zh-hans") == []


def test_a_draft_is_not_found_and_a_published_change_is(titles, committed, article):
    with committed():
        draft = make_article("Bản thảo kín", publish=False)
        article.title = "Cây quế"
        article.save_revision()
    assert "Bản thảo kín" not in titles("ban thao") and titles("cay que") == [] and titles("sa nhan")
    with committed():
        publish_new(article, "test")
    assert titles("cay que") and titles("sa nhan") == []
    assert not draft.live


def test_a_translation_in_work_is_not_found(titles, committed, article):
    with committed():
        translation = translation_of(article, "en")
        fill(translation, text=lambda source: "Purple cardamom")
        translation.save_target(publish=False)
    assert titles("purple", "en") == []


def test_withdrawal_takes_all_languages_away_before_any_task_ran(titles, article, english):
    assert titles("purple", "en")
    article.unpublish()  # nothing here waits for the commit
    assert titles("sa nhan") == [] == titles("purple", "en")


def test_republishing_brings_them_back(titles, committed, article, english):
    with committed():
        article.unpublish()
    with committed():
        publish_new(type(article).objects.get(pk=article.pk), "test")
    assert titles("sa nhan") and titles("purple", "en")


def test_deletion(titles, committed, article, english):
    with committed():
        article.delete()
    assert titles("sa nhan") == [] == titles("purple", "en")
    assert not SearchEntry.objects.filter(title__in=["Cây sa nhân tím", "Purple cardamom"]).exists()


def test_its_own_end_is_obeyed_without_the_scheduler(titles, committed):
    with committed():
        article = make_article("Lễ hội sắp qua", expire_at=timezone.now() + timedelta(hours=1))
    assert titles("le hoi sap")
    SearchEntry.objects.filter(page_id=article.pk).update(public_until=timezone.now() - timedelta(seconds=1))
    assert titles("le hoi sap") == []


def test_restriction_of_the_page_and_of_an_ancestor_at_any_depth(titles, committed, branch):
    section, part, leaf = branch
    for restricted in (leaf, part, section):
        assert titles("ho nuoc xanh")
        restriction = PageViewRestriction(page=restricted, restriction_type="login")
        restriction.save()  # taken away in the same transaction
        assert titles("ho nuoc xanh") == []
        with committed():
            restriction.delete()
    assert titles("ho nuoc xanh")


def test_publishing_below_a_restricted_page(titles, committed, branch):
    with committed():
        PageViewRestriction.objects.create(page=branch[1], restriction_type="password", password="x")
    with committed():
        make_information("Trang nội bộ", branch[1])
    assert titles("trang noi bo") == []


def test_privacy_reaches_the_translation(titles, committed, article, english):
    with committed():
        PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert titles("purple", "en") == []


def test_moving_under_a_restricted_page_hides_and_out_of_it_shows(titles, committed, branch):
    section, part, leaf = branch
    with committed():
        closed = make_information("Kho lưu", section, InformationIndexPage)
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
    with committed():
        Page.objects.get(pk=part.pk).move(Page.objects.get(pk=closed.pk), pos="last-child")
    assert titles("ho nuoc xanh") == []
    with committed():
        Page.objects.get(pk=part.pk).move(Page.objects.get(pk=section.pk), pos="last-child")
    assert titles("ho nuoc xanh")


def test_moving_and_renaming_change_the_address_and_the_section_of_everything_below(ask, committed, branch):
    section, part, leaf = branch
    with committed():
        other = make_information("Mục mới", home(), InformationIndexPage)
    with committed():
        Page.objects.get(pk=part.pk).move(Page.objects.get(pk=other.pk), pos="last-child")
    (hit,) = ask("ho nuoc xanh").hits
    assert hit.url == Page.objects.get(pk=leaf.pk).url and other.slug in hit.url
    assert hit.section_title == "Mục mới"
    with committed():
        renamed = InformationIndexPage.objects.get(pk=other.pk)
        renamed.slug = "ten-khac"
        publish_new(renamed, "test")
    (hit,) = ask("ho nuoc xanh", section="ten-khac").hits
    assert hit.url == Page.objects.get(pk=leaf.pk).url and "/ten-khac/" in hit.url


def test_dates_carried_into_a_translation_reach_its_entry(committed, article, english):
    with committed():
        article = type(article).objects.get(pk=article.pk)
        article.date = article.date - timedelta(days=400)
        publish_new(article, "test")
    assert set(SearchEntry.objects.filter(page__in=[article, english]).values_list("date", flat=True)) == {article.date}


def test_unpublished_parts_below_and_their_children(titles, committed, branch):
    with committed():
        UnpublishPageAction(
            branch[1].specific, user=make_user("admin", is_superuser=True), include_descendants=True
        ).execute(skip_permission_checks=True)
    assert titles("ho nuoc xanh") == [] == titles("vung cao nguyen")
