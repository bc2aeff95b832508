"""Move, withdrawal, privacy and deletion of an original reach its translations, by single and bulk actions."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.synctree import create_aliases_for_new_page

from home.models import InformationIndexPage, InformationPage
from portal.contributors import roles
from portal.publishing.service import publish_new
from portal.publishing.visibility import is_public
from portal.translation.models import TranslationState
from tests.builders import fill, make_article, make_staff, make_user, news, translate, translation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def article(portal):
    article = make_article()
    translate(article, "en")
    return article


def in_language(page, code):
    return Page.objects.filter(translation_key=page.translation_key, locale__language_code=code).first()


def information_section(title, slug):
    parent = InformationIndexPage.objects.get(slug="thong-tin-chung", locale__language_code="vi")
    section = InformationIndexPage(title=title, slug=slug, locale=parent.locale, live=False)
    parent.add_child(instance=section)
    create_aliases_for_new_page(section)
    return publish_new(section, "test")


def information_page(parent, title="Trang", slug="trang"):
    page = InformationPage(title=title, slug=slug, locale=parent.locale, live=False)
    parent.add_child(instance=page)
    create_aliases_for_new_page(page)
    return publish_new(page, "test")


def test_withdrawing_takes_translations_away_and_republishing_brings_them_back(article, staff):
    english = in_language(article, "en")
    assert is_public(english)
    article.unpublish(user=staff["editor"])
    english.refresh_from_db()
    assert not english.live
    publish_new(article, "test")
    english.refresh_from_db()
    assert is_public(english)


def test_republishing_a_changed_text_does_not_bring_the_old_translation_back(article, staff):
    article.unpublish()
    article.title = "Một bài khác"
    publish_new(article, "test")
    english = in_language(article, "en")
    assert not english.live
    assert TranslationState.objects.get(page=english).is_out_of_date


def test_what_comes_back_has_the_originals_present_date(article, staff):
    """Even where a newer draft lies above the approved revision."""
    translation = translation_of(article, "en")
    fill(translation, text=lambda source: f"NEWER {source}")
    translation.save_target(publish=False)
    article.unpublish()
    article.date = datetime.date(2026, 9, 9)
    publish_new(article, "test")
    english = in_language(article, "en").specific
    assert english.live
    assert english.title.startswith("EN")
    assert english.date == datetime.date(2026, 9, 9)


def test_bulk_unpublish(client, article, staff):
    client.force_login(staff["editor"])
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{url}?id={article.pk}", {"include_descendants": ""})
    assert not in_language(article, "vi").live
    assert not in_language(article, "en").live


@pytest.mark.parametrize("bulk", [False, True])
def test_moving(client, staff, bulk):
    first, second = information_section("Một", "mot"), information_section("Hai", "hai")
    page = information_page(first)
    translate(page, "en")
    client.force_login(staff["admin"])
    if bulk:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        client.post(f"{url}?id={page.pk}", {"chooser": second.pk})
    else:
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, second.pk]))
    for code in ("vi", "en", "zh-hans"):
        assert in_language(page, code).get_parent().translation_key == second.translation_key


def test_privacy_reaches_translations_and_leaves_with_the_original(article, staff):
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="password", password="x" * 12)
    assert not is_public(in_language(article, "en"))
    assert not is_public(in_language(article, "vi"))
    restriction.restriction_type = "groups"
    restriction.save()
    restriction.groups.set(staff["editor"].groups.all())
    copy = in_language(article, "en").view_restrictions.get()
    assert list(copy.groups.all()) == list(restriction.groups.all())
    restriction.delete()
    assert is_public(in_language(article, "en"))


@pytest.mark.parametrize("bulk", [False, True])
def test_deleting_takes_every_language(client, article, staff, bulk):
    client.force_login(staff["admin"])
    if bulk:
        client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={article.pk}")
    else:
        client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert not Page.objects.filter(translation_key=article.translation_key).exists()


def test_deleting_a_section_takes_its_translations(client, staff):
    section = information_section("Mục", "muc")
    page = information_page(section)
    translate(section, "en")
    translate(page, "en")
    client.force_login(staff["admin"])
    client.post(reverse("wagtailadmin_pages:delete", args=[section.pk]))
    keys = {section.translation_key, page.translation_key}
    assert not Page.objects.filter(translation_key__in=keys).exists()


@pytest.mark.parametrize("bulk", [False, True])
def test_deletion_is_refused_whole_where_a_translation_may_not_be_deleted(client, article, staff, bulk):
    """Somebody with rights over the Vietnamese tree only is told which translation stands in the way."""
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    group = Group.objects.create(name="only-vi")
    for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page"):
        permission = Permission.objects.get(
            content_type__model="page", codename=codename, content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(group=group, page=news(), permission=permission)
    user = make_user("only-vi", "only-vi", roles.CONTRIBUTORS)
    client.force_login(user)
    if bulk:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={article.pk}"
    else:
        url = reverse("wagtailadmin_pages:delete", args=[article.pk])
    response = client.post(url, follow=True)
    assert Page.objects.filter(translation_key=article.translation_key).count() == 3
    assert in_language(article, "en").title in response.content.decode()


def test_translations_are_not_moved_or_deleted_on_their_own(article, staff):
    english = in_language(article, "en").specific
    tester = english.permissions_for_user(staff["admin"])
    assert not tester.can_move()
    assert not tester.can_delete()
