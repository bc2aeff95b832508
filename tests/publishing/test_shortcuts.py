"""Every short cut to the public, past the people who must read first, or past one's own rights: tried and refused.

Each attempt is the request that a browser, a script or an old tab would send. Afterwards the public, the tree, the
people, the groups and the workflows are what they were.
"""

import json
from copy import copy

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Revision, Workflow, WorkflowTask
from wagtail_localize.models import TranslationSource

from portal.contributors.department_rights import grant_all
from portal.contributors.models import ChecklistItem, DepartmentRight, Substitution, User
from portal.core.models import Topic
from portal.publishing.bundles import add_to_bundle
from portal.publishing.models import Bundle
from portal.translation.gate import send_for_review
from tests.admin.forms import body_of, form_data
from tests.builders import (
    answers,
    approve,
    fill,
    locale,
    make_article,
    make_staff,
    news,
    submit,
    translate,
    translation_of,
)

pytestmark = pytest.mark.django_db
EVERYBODY = ("contributor", "editor", "editor2", "reviewer", "translator_en", "reader_en", "admin")
NO_RIGHTS = ("contributor", "reviewer", "translator_en", "reader_en")
NO_ADMINISTRATOR = (*NO_RIGHTS, "editor")


class Desk:
    """What the attempts are made on."""

    def __init__(self):
        self.staff = make_staff()
        self.public = make_article("Bài công khai")
        self.english = translate(self.public)
        self.public.title = "Chưa ai duyệt"
        self.public.save_revision(user=self.staff["contributor"])
        self.draft = make_article("Chờ kiểm duyệt", publish=False, owner=self.staff["contributor"])
        self.draft.save_revision(user=self.staff["contributor"])
        submit(self.draft, self.staff["contributor"])
        approve(self.draft, self.staff["editor"])
        self.alias = self.public.get_translation(locale("zh-hans"))
        translation = translation_of(self.public, "en")
        fill(translation, user=self.staff["translator_en"], text=lambda source: f"UNREAD {source}")
        send_for_review(translation, self.staff["translator_en"])
        self.translation = translation
        self.topic = Topic.objects.filter(locale=locale("vi")).first()
        self.topic.name = "Chưa ai duyệt"
        self.topic.save_revision(user=self.staff["editor"])

        self.other_section = Page.objects.get(slug="thong-tin-chung", locale=locale("vi"))
        self.body = self.staff["contributor"].department
        self.body.rights.exclude(section=news()).delete()
        grant_all()
        self.workflow = Workflow.objects.get(name="Quy trình xuất bản")
        self.task = self.workflow.tasks.last()
        self.locked = make_article("Khóa")
        by = {"locked_by": self.staff["editor2"], "locked_at": timezone.now()}
        Page.objects.filter(pk=self.locked.pk).update(locked=True, **by)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Made once for all attempts, each of which is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Desk()
        transaction.set_rollback(True)


@pytest.fixture
def desk(made, portal):
    return copy(made)


def everything() -> dict:
    """What no attempt may change."""
    return {
        "pages": set(Page.objects.filter(live=True).values_list("pk", "title", "path", "alias_of")),
        "translations": set(
            Page.objects.filter(alias_of=None)
            .exclude(locale__language_code="vi")
            .values_list("pk", "draft_title", "latest_revision")
        ),
        "tree": set(Page.objects.filter(alias_of=None).values_list("pk", "path", "locked")),
        "schedules": set(Revision.objects.exclude(approved_go_live_at=None).values_list("pk", "approved_go_live_at")),
        "privacy": set(PageViewRestriction.objects.values_list("page", "restriction_type")),
        "records": set(Topic.objects.filter(live=True).values_list("pk", "name")),
        "people": set(User.objects.values_list("pk", "is_superuser", "is_active", "groups", "department")),
        "rights": set(GroupPagePermission.objects.values_list("group", "page", "permission")),
        "departments": set(DepartmentRight.objects.values_list("department", "section", "level")),
        "workflows": set(WorkflowTask.objects.values_list("workflow__active", "task__active", "workflow", "task")),
        "checklist": set(ChecklistItem.objects.values_list("pk", "active", "may_not_apply")),
        "substitutes": set(Substitution.objects.values_list("person", "substitute")),
        "bundles": set(Bundle.objects.values_list("pk", "state")),
    }


# -- requests ------------------------------------------------------------------------------------------------------
def edit(page, /, **data):
    """The editor's form as the browser sends it, where it opens, with something added."""

    def attempt(client, desk):
        target = getattr(desk, page)
        url = reverse("wagtailadmin_pages:edit", args=[target.pk])
        screen = client.get(url)
        filled = {}
        if b"data-edit-form" in screen.content:
            filled = form_data(screen, **body_of(target.get_latest_revision_as_object()))
        client.post(url, {"title": "Chiếm", "slug": target.slug, **filled, **data})

    return attempt


def view(name, page, /, *more, **data):
    def attempt(client, desk):
        arguments = [value(desk) if callable(value) else value for value in more]
        sent = {key: value(desk) if callable(value) else value for key, value in data.items()}
        url = reverse(f"wagtailadmin_pages:{name}", args=[getattr(desk, page).pk, *arguments])
        client.get(url)
        client.post(url, sent)

    return attempt


def bulk(action, page, model="wagtailcore.page", **data):
    def attempt(client, desk):
        app, name = model.split(".")
        sent = {key: value(desk) if callable(value) else value for key, value in data.items()}
        client.post(reverse("wagtail_bulk_action", args=[app, name, action]) + f"?id={getattr(desk, page).pk}", sent)

    return attempt


def api(action, page, **data):
    """Wagtail's interface for its own scripts."""

    def attempt(client, desk):
        sent = {key: value(desk) if callable(value) else value for key, value in data.items()}
        url = reverse("wagtailadmin_api:pages:action", args=[getattr(desk, page).pk, action])
        client.post(url, json.dumps(sent), content_type="application/json")

    return attempt


def post(name, /, *arguments, **data):
    def attempt(client, desk):
        url = reverse(name, args=[value(desk) if callable(value) else value for value in arguments])
        client.post(url, {key: value(desk) if callable(value) else value for key, value in data.items()})

    return attempt


def approve_here(page):
    """The approval of the last task, filled in, sent to the window's own address and to the editor."""

    def attempt(client, desk):
        target = getattr(desk, page)
        state = target.current_workflow_task_state
        filled = answers(state.task.specific)
        client.post(reverse("wagtailadmin_pages:workflow_action", args=[target.pk, "approve", state.pk]), filled)
        edit(
            page,
            **{
                "action-workflow-action": "true",
                "workflow-action-name": "approve",
                "workflow-action-extra-data": json.dumps(filled),
            },
        )(client, desk)

    return attempt


def topic_form(**data):
    def attempt(client, desk):
        url = reverse(desk.topic.snippet_viewset.get_url_name("edit"), args=[desk.topic.pk])
        client.post(url, {"name": "Chiếm", "code": desk.topic.code, **data})

    return attempt


def bundle_with(page):
    def attempt(client, desk):
        bundle = Bundle.objects.create(name="Cùng lúc", created_by=desk.staff["editor"])
        add_to_bundle(bundle, [getattr(desk, page)], desk.staff["editor"])
        client.post(reverse("bundle", args=[bundle.pk]), {"action": "publish"})
        bundle.delete()

    return attempt


def me(desk):
    return desk.me.pk


def first_version(desk):
    return desk.public.revisions.order_by("pk").first().pk


PUBLISH = {"action-publish": "action-publish"}
IN_AN_HOUR = {"go_live_at": "2099-01-01 08:00"}

# Name → (who tries, what).
ATTEMPTS = {
    "publish from the editor": (EVERYBODY, edit("draft", **PUBLISH)),
    "publish a change of a public page": (EVERYBODY, edit("public", **PUBLISH)),
    "publish at an hour": (EVERYBODY, edit("draft", **PUBLISH, **IN_AN_HOUR)),
    "publish an old version": (
        EVERYBODY,
        lambda client, desk: edit("public", **PUBLISH, revision=first_version(desk))(client, desk),
    ),
    "go back to an old version": (
        EVERYBODY,
        lambda client, desk: client.get(
            reverse("wagtailadmin_pages:revisions_revert", args=[desk.public.pk, first_version(desk)])
        ),
    ),
    "bulk publish": (EVERYBODY, bulk("publish", "draft")),
    "bulk publish with what lies below": (EVERYBODY, bulk("publish", "public", include_descendants="on")),
    "interface: publish": (EVERYBODY, api("publish", "draft")),
    "interface: an old version": (EVERYBODY, api("revert_to_page_revision", "public", revision_id=first_version)),
    "interface: convert an alias": (EVERYBODY, api("convert_alias", "alias")),
    "interface: copy that is public": (EVERYBODY, api("copy", "draft", slug="ban-sao", keep_live=True)),
    "interface: translate": (EVERYBODY, api("copy_for_translation", "draft", locale="en", copy_parents=True)),
    "interface: an alias of a public page": (NO_RIGHTS, api("create_alias", "public", slug="bi-danh")),
    "convert an alias": (EVERYBODY, view("convert_alias", "alias")),
    "alias of a translation": (EVERYBODY, post("wagtail_localize:convert_to_alias", lambda d: d.english.pk)),
    "publish in the translation's editor": (EVERYBODY, view("edit", "english", action="publish")),
    "start the translation anew": (EVERYBODY, view("edit", "english", **{"localize-restart-translation": "1"})),
    "stop the translation": (EVERYBODY, post("wagtail_localize:stop_translation", lambda d: d.translation.pk)),
    "synchronise and publish": (
        EVERYBODY,
        post(
            "wagtail_localize:update_translations",
            lambda d: TranslationSource.objects.get_for_instance(d.public).pk,
            publish_translations="on",
        ),
    ),
    "publish a record": (EVERYBODY, topic_form(**PUBLISH)),
    "approve one's own text": (("contributor",), approve_here("draft")),
    "approve for the reviewer": (("editor", "editor2", "translator_en", "reader_en"), approve_here("draft")),
    "approve one's own translation": (("translator_en",), approve_here("english")),
    "approve for the second reader": (("contributor", "editor", "reviewer"), approve_here("english")),
    "a bundle of what nobody approved": (("editor", "editor2", "admin"), bundle_with("draft")),
    "withdraw": (NO_RIGHTS, view("unpublish", "public")),
    "withdraw a translation": (NO_RIGHTS, view("unpublish", "english")),
    "bulk withdraw": (NO_RIGHTS, bulk("unpublish", "public")),
    "interface: withdraw": (NO_RIGHTS, api("unpublish", "public")),
    "delete": (NO_RIGHTS, view("delete", "public")),
    "delete a translation alone": (EVERYBODY, view("delete", "english")),
    "bulk delete": (NO_RIGHTS, bulk("delete", "public")),
    "interface: delete": (NO_RIGHTS, api("delete", "public")),
    "move": (NO_RIGHTS, view("move_confirm", "public", lambda d: d.other_section.pk)),
    "move one's own draft where one may not write": (
        ("contributor",),
        view("move_confirm", "draft", lambda d: d.other_section.pk),
    ),
    "copy where one may not write": (
        ("contributor",),
        view("copy", "draft", new_title="Sao", new_slug="sao", new_parent_page=lambda d: d.other_section.pk),
    ),
    "write where one may not": (
        ("contributor",),
        lambda client, desk: client.post(
            reverse("wagtailadmin_pages:add", args=["home", "informationpage", desk.other_section.pk]),
            {"title": "Chen vào", "slug": "chen-vao", "body-count": "0"},
        ),
    ),
    "bulk move": (NO_RIGHTS, bulk("move", "public", chooser=lambda d: d.other_section.pk)),
    "interface: move": (NO_RIGHTS, api("move", "public", destination_page_id=lambda d: d.other_section.pk)),
    "move a translation alone": (EVERYBODY, view("move_confirm", "english", lambda d: d.other_section.pk)),
    "order of pages": (NO_RIGHTS, view("set_page_position", "public")),
    "privacy": (NO_RIGHTS, view("set_privacy", "public", restriction_type="login")),
    "unlock what somebody else locked": (NO_RIGHTS, view("unlock", "locked")),
    "urgent path": (NO_RIGHTS, post("desk_urgent", lambda d: d.draft.pk, comment="Không chờ được nữa")),
    "release from review": (NO_ADMINISTRATOR, post("desk_release", lambda d: d.draft.pk, comment="Không chờ được nữa")),
    "one's own roles": (
        NO_ADMINISTRATOR,
        post(
            "wagtailusers_users:edit",
            me,
            username="x",
            email="x@example.org",
            first_name="x",
            last_name="x",
            is_active="on",
            is_superuser="on",
        ),
    ),
    "a group's rights": (
        NO_ADMINISTRATOR,
        post("wagtailusers_groups:edit", lambda d: d.me.groups.first().pk, name="x", permissions="1"),
    ),
    "rights of the department": (NO_ADMINISTRATOR, post("department_rights_edit", lambda d: d.body.pk)),
    "a way of approval": (NO_ADMINISTRATOR, post("wagtailadmin_workflows:disable", lambda d: d.workflow.pk)),
    "a task of the approval": (NO_ADMINISTRATOR, post("wagtailadmin_workflows:disable_task", lambda d: d.task.pk)),
    "the checklist": (NO_ADMINISTRATOR, post("checklist:delete", lambda d: ChecklistItem.objects.first().pk)),
    "a substitute of one's own choice": (
        NO_ADMINISTRATOR,
        post(
            "substitutions:add",
            person=lambda d: d.staff["reviewer"].pk,
            substitute=me,
            first_day="2026-01-01",
            last_day="2099-01-01",
        ),
    ),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_refused(client, desk, name):
    who, attempt = ATTEMPTS[name]
    before = everything()
    for role in who:
        desk.me = User.objects.get(pk=desk.staff[role].pk)
        client.force_login(desk.me)
        attempt(client, desk)
        after = everything()
        changed = {what: before[what] ^ after[what] for what in before if before[what] != after[what]}
        assert not changed, f"{role}: {changed}"


def test_a_copy_that_is_asked_to_be_public_is_a_draft(client, desk):
    """Who may write in a section may copy into it; what comes out has not been approved by anybody."""
    before = everything()["pages"]
    for role in EVERYBODY:
        client.force_login(desk.staff[role])
        chosen = {"new_parent_page": news().pk, "publish_copies": "on"}
        view("copy", "draft", new_title="Sao", new_slug=f"sao-{role.replace('_', '-')}", **chosen)(client, desk)
    copies = Page.objects.filter(slug__startswith="sao-", locale__language_code="vi")
    assert {copy.slug for copy in copies} >= {"sao-editor", "sao-editor2"}
    assert not copies.filter(live=True).exists()
    assert everything()["pages"] == before


def test_the_public_has_no_interface_at_all(client, portal):
    for version in ("v2", "v3"):
        assert client.get(f"/thongtindoingoai/api/{version}/pages/", follow=True).status_code == 404
    assert client.get(reverse("wagtailadmin_api:pages:listing")).status_code in (302, 401, 403)


def test_an_approval_from_an_old_tab_is_for_the_version_that_was_read(client, desk):
    """Between opening and approving somebody else changed the text: it is read again, from the beginning."""
    staff, draft = desk.staff, desk.draft
    state = draft.current_workflow_task_state
    changed = draft.get_latest_revision_as_object()
    changed.title = "Đổi ở cửa sổ khác"
    changed.save_revision(user=staff["editor2"])
    client.force_login(staff["reviewer"])
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    client.post(url, answers(state.task.specific))
    draft = Page.objects.get(pk=draft.pk).specific
    assert not draft.live
    assert draft.current_workflow_task.name == "Biên tập"
    assert draft.current_workflow_task_state.revision == draft.latest_revision


def test_the_same_approval_sent_twice_counts_once(client, desk):
    state = desk.draft.current_workflow_task_state
    client.force_login(desk.staff["reviewer"])
    url = reverse("wagtailadmin_pages:workflow_action", args=[desk.draft.pk, "approve", state.pk])
    client.post(url, answers(state.task.specific))
    published = Page.objects.get(pk=desk.draft.pk).last_published_at
    assert published
    assert client.post(url, answers(state.task.specific), follow=True).status_code == 200
    assert Page.objects.get(pk=desk.draft.pk).last_published_at == published
