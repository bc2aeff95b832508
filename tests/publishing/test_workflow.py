"""Nothing reaches the public without the approval of others, whichever door is tried."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page

from portal.publishing.approvals import NotApproved
from portal.publishing.service import publish_revision
from tests.builders import approve, make_article, make_staff, news, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def draft(staff):
    article = make_article("Bản nháp", publish=False)
    article.save_revision(user=staff["contributor"])
    return article


def test_editor_then_reviewer_publish(draft, staff):
    submit(draft, staff["contributor"])
    approve(draft, staff["editor"])
    assert not draft.live
    approve(draft, staff["reviewer"])
    assert draft.live
    assert draft.live_revision == draft.latest_revision


def test_nobody_approves_their_own_text(staff):
    article = make_article("Bài của biên tập viên", publish=False)
    article.save_revision(user=staff["editor"])
    submit(article, staff["editor"])
    with pytest.raises(PermissionDenied):
        approve(article, staff["editor"])
    approve(article, staff["editor2"], staff["reviewer"])
    assert article.live


def test_an_administrator_does_not_approve_their_own_text_either(staff):
    article = make_article("Bài của quản trị", publish=False)
    article.save_revision(user=staff["admin"])
    submit(article, staff["admin"])
    with pytest.raises(PermissionDenied):
        approve(article, staff["admin"])


def test_who_edits_during_review_becomes_an_author_and_the_review_starts_again(draft, staff):
    submit(draft, staff["contributor"])
    approve(draft, staff["editor"])
    draft.title = "Đổi sau khi biên tập"
    draft.save_revision(user=staff["reviewer"])
    with pytest.raises(PermissionDenied):
        approve(draft, staff["reviewer"])
    assert not draft.live


def test_a_revision_without_approval_is_refused(draft, staff):
    for user in (None, staff["admin"], staff["editor"]):
        with pytest.raises((NotApproved, PermissionDenied)):
            draft.latest_revision.publish(user=user)
    with pytest.raises(NotApproved):
        publish_revision(draft.latest_revision, skip_permission_checks=True)
    draft.refresh_from_db()
    assert not draft.live


def test_an_approval_covers_one_version_only(draft, staff):
    submit(draft, staff["contributor"])
    approve(draft, staff["editor"], staff["reviewer"])
    draft.title = "Nội dung khác"
    revision = draft.save_revision(user=staff["contributor"])
    with pytest.raises(NotApproved):
        revision.publish()
    draft.refresh_from_db()
    assert draft.title == "Bản nháp"


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_direct_posts_cannot_publish(client, draft, staff, role):
    """Wagtail's editor, create view and bulk action take `action-publish` only from who may publish: nobody."""
    client.force_login(staff[role])
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    data = {
        "title": "Chiếm quyền",
        "slug": draft.slug,
        "summary": "",
        "date": "2026-11-01",
        "kind": "news",
        "body-count": "0",
        "article_topics-TOTAL_FORMS": "0",
        "article_topics-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "action-publish",
    }
    client.post(edit, data)
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={draft.pk}", {})
    client.post(reverse("wagtailadmin_pages:add", args=["news", "articlepage", news().pk]), data | {"slug": "moi"})
    draft.refresh_from_db()
    assert not draft.live
    assert not Page.objects.filter(slug="moi", live=True).exists()


def test_copying_with_publish_makes_drafts_only(client, staff, portal):
    original = make_article("Bản gốc")
    client.force_login(staff["admin"])
    client.post(
        reverse("wagtailadmin_pages:copy", args=[original.pk]),
        {
            "new_title": "Bản sao",
            "new_slug": "ban-sao",
            "new_parent_page": news().pk,
            "publish_copies": "on",
            "alias": "",
        },
    )
    copy = Page.objects.filter(slug="ban-sao", locale=original.locale).first()
    assert copy is None or not copy.live


def test_a_reviewer_sees_no_approve_button_on_their_own_text(staff):
    article = make_article("Bài của người kiểm duyệt", publish=False)
    article.save_revision(user=staff["reviewer"])
    submit(article, staff["contributor"])
    approve(article, staff["editor"])
    task = article.current_workflow_task
    assert "approve" not in {name for name, *_ in task.get_actions(article, staff["reviewer"])}
