"""The real content, whole: what the portal's demo promises."""

import pytest
from django.conf import settings
from wagtail.models import PageViewRestriction, Revision

from portal.contributors import home
from portal.contributors.models import User
from portal.core.demo.files import read_items
from portal.core.demo.plan import Plan
from portal.core.feedback import report as feedback
from portal.core.starting_pages import FOOTER
from portal.publishing.blanks import blanks_of
from portal.translation.models import TranslationRequest, TranslationState

pytestmark = pytest.mark.django_db


def test_the_demo_holds_what_was_promised(site):
    assert len(site["vi"]) >= 60
    assert len(site["en"]) >= 30
    assert len(site["zh-hans"]) >= 30
    sections = {page.url_path.split("/")[2] for page in site["vi"] if page.depth > 2}
    assert len(sections) == 7


def test_the_pages_that_setup_began_are_continued_and_stand_in_their_place(site):
    for pages in site.values():
        begun = {page.slug: page.specific for page in pages if page.slug in FOOTER}
        assert begun.keys() == set(FOOTER)
        assert not any(blanks_of(page) for page in begun.values())
    items = read_items(settings.BASE_DIR)
    orders = {item.slug: item.original.head["order"] for item in items if item.parents == ("thong-tin-chung",)}
    listed = [page for page in site["vi"] if page.depth == 4 and page.get_parent().slug == "thong-tin-chung"]
    listed = [orders[page.slug] for page in sorted(listed, key=lambda page: page.path)]
    assert listed == sorted(listed)


def test_one_page_is_private_and_one_waits(site):
    private = PageViewRestriction.objects.filter(page__locale__language_code="vi")
    assert private.count() >= 1
    assert Revision.objects.exclude(approved_go_live_at=None).count() >= 1


def test_a_translation_is_out_of_date_in_each_language_and_no_other(site):
    states = TranslationState.objects.select_related("page__locale")
    outdated = {(state.page.slug, state.page.locale.language_code) for state in states if state.is_out_of_date}
    meant = {
        (item.slug, language)
        for item in read_items(settings.BASE_DIR)
        for language in item.translations
        if item.is_outdated(language)
    }
    assert outdated == meant
    assert {language for _slug, language in outdated} == {"en", "zh-hans"}


def test_every_file_is_loaded(site):
    plan = Plan(read_items(settings.BASE_DIR))
    assert (plan.steps, plan.kept) == ([], [])


def test_the_desk_has_work_for_every_role(site):
    """Texts wait for an editor, a reviewer and second readers; one came back; readers asked and reported."""
    people = {user.username: user for user in User.objects.all()}
    waiting = {name: [row["title"] for row in home.waiting_for(user)] for name, user in people.items()}
    assert waiting["editor2"] == ["Bài mẫu: đang chờ biên tập"]
    assert waiting["reviewer"] == ["Bài mẫu: đang chờ kiểm duyệt bảo mật"]
    assert len(waiting["second-reader-zh"]) == len(waiting["second-reader-en"]) == 1
    assert [row["title"] for row in home.returned_to(people["editor2"])] == ["Bài mẫu: bị trả lại"]
    assert feedback.waiting() == {"count": 2, "late": 1}
    assert TranslationRequest.objects.filter(count__gt=0).count() == 4
    assert not any("Bài mẫu" in page.title for pages in site.values() for page in pages), "samples are not public"
