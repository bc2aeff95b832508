"""The confidentiality review: every statement answered, on the server, kept with the version it is about."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision

from portal.audit.models import AuditEntry
from portal.audit.recording import digest_of_revision
from portal.contributors.models import ChecklistItem
from portal.contributors.tasks import Unanswered
from portal.publishing.approvals import NotApproved
from portal.translation.gate import send_for_review
from tests.admin.forms import body_of, form_data, text_of
from tests.builders import answers, approve, fill, make_article, make_staff, submit, translation_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
XHR = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def waiting(staff):
    """An article that an editor has approved and the reviewer has not."""
    page = make_article("Bản nháp", publish=False)
    page.save_revision(user=staff["contributor"])
    submit(page, staff["contributor"])
    approve(page, staff["editor"])
    return page


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def action_url(page, action="approve"):
    state = page.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])


def full(page) -> dict:
    return answers(page.current_workflow_task)


def test_the_list_of_a_new_installation_covers_the_rules(staff):
    codes = set(ChecklistItem.objects.filter(active=True).values_list("code", flat=True))
    assert codes == {"state-secret", "personal-data", "people-in-pictures", "maps", "copyright", "foreign-press"}


def test_the_window_asks_every_statement_and_answers_none(client, staff, waiting):
    client.force_login(staff["reviewer"])
    html = json.loads(client.get(action_url(waiting), headers=XHR).content)["html"]
    for item in ChecklistItem.objects.all():
        assert item.statement in html
    assert "checked" not in html


BROKEN = {
    "nothing": lambda data: {},
    "one answer missing": lambda data: dict(list(data.items())[1:]),
    "an answer of its own": lambda data: data | {"check_maps": "yes"},
    "a secret that does not apply": lambda data: data | {"check_state-secret": "not-applicable"},
    "an empty answer": lambda data: data | {"check_copyright": ""},
    "an endless comment": lambda data: data | {"comment": "x" * 2001},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_forged_checklist_is_refused_through_every_door(client, staff, waiting, name):
    data = BROKEN[name](full(waiting))
    client.force_login(staff["reviewer"])
    plain = client.post(action_url(waiting), data)
    assert plain.status_code == 403
    assert text_of(plain)
    in_window = client.post(action_url(waiting), data, headers=XHR)
    assert json.loads(in_window.content)["step"] == "action"
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    form = form_data(client.get(edit), **body_of(waiting))
    form |= {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert client.post(edit, form | {"workflow-action-extra-data": json.dumps(data)}).status_code == 403
    state = waiting.current_workflow_task_state
    with pytest.raises(Unanswered):
        state.task.specific.on_action(state, staff["reviewer"], "approve", **data)
    assert not fresh(waiting).live
    assert fresh(waiting).current_workflow_task_state == state
    assert not AuditEntry.objects.filter(action="portal.review.confirm").exists()


@pytest.mark.parametrize("extra", ["[1]", "{", '"x"', '{"user": 1}', '{"task_state": 1}', "null"])
def test_data_that_are_no_answers_are_refused_not_a_500(client, staff, waiting, extra):
    client.force_login(staff["reviewer"])
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    form = form_data(client.get(edit), **body_of(waiting))
    form |= {"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": extra}
    assert client.post(edit, form).status_code == 403
    assert not fresh(waiting).live


def test_the_answers_are_kept_with_the_version_and_shown_in_the_history(client, staff, waiting):
    data = full(waiting) | {"check_maps": "not-applicable", "comment": "Không có bản đồ"}
    client.force_login(staff["reviewer"])
    client.post(action_url(waiting), data)
    page = fresh(waiting)
    assert page.live
    entry = AuditEntry.objects.get(action="portal.review.confirm")
    assert (entry.actor_name, entry.revision_id, entry.object_id) == ("reviewer", page.live_revision_id, str(page.pk))
    assert entry.digest == digest_of_revision(page.live_revision)
    kept = {answer["code"]: answer for answer in entry.data["answers"]}
    assert kept["maps"]["answer"] == "not-applicable"
    assert kept["state-secret"] == {
        "code": "state-secret",
        "statement": ChecklistItem.objects.get(code="state-secret").statement,
        "answer": "confirmed",
    }
    ChecklistItem.objects.all().delete()  # what was answered stays readable when the list changes
    client.force_login(staff["admin"])
    history = text_of(client.get(reverse("wagtailadmin_pages:history", args=[page.pk])))
    assert "bí mật nhà nước" in history
    assert "Không có bản đồ" in history


def test_a_refused_publication_leaves_no_confirmation(client, staff):
    translation = translation_of(make_article("Chưa công bố", publish=False), "en")
    fill(translation, user=staff["translator_en"])
    page = send_for_review(translation, staff["translator_en"])
    approve(page, staff["reader_en"])
    with pytest.raises(NotApproved):
        approve(page, staff["reviewer"])
    assert fresh(page).workflow_in_progress
    assert not AuditEntry.objects.filter(action="portal.review.confirm").exists()


def test_the_list_is_data(client, staff, waiting):
    ChecklistItem.objects.exclude(code="maps").update(active=False)
    ChecklistItem.objects.create(code="drones", statement="Ảnh chụp từ trên cao đã được phép", sort_order=9)
    assert set(full(waiting)) == {"check_maps", "check_drones"}
    client.force_login(staff["admin"])
    for name in ("checklist:index", "checklist:add", "substitutions:index", "substitutions:add"):
        assert client.get(reverse(name)).status_code == 200
    client.force_login(staff["reviewer"])
    assert client.get(reverse("checklist:index")).status_code == 302


@pytest.mark.parametrize("role", ["editor2", "reviewer"])
def test_a_text_is_returned_with_a_reason(client, staff, role):
    page = make_article("Bản nháp", publish=False)
    page.save_revision(user=staff["contributor"])
    submit(page, staff["contributor"])
    if role == "reviewer":
        approve(page, staff["editor"])
    client.force_login(staff[role])
    for comment in ("", "   ", "Sai"):
        assert client.post(action_url(page, "reject"), {"comment": comment}).status_code == 403
        assert fresh(page).workflow_in_progress
    client.post(action_url(page, "reject"), {"comment": "Thiếu nguồn của ảnh chụp ở trang 2"})
    assert fresh(page).current_workflow_state.status == "needs_changes"
    entry = AuditEntry.objects.get(action="wagtail.workflow.reject")
    assert (entry.comment, entry.actor_name) == ("Thiếu nguồn của ảnh chụp ở trang 2", staff[role].username)


def test_what_a_reviewer_returned_is_read_from_the_beginning_again(staff, waiting):
    """Wagtail resumes with whoever returned it: the editor, who has not seen the new words, would come last."""
    waiting.current_workflow_task.on_action(
        waiting.current_workflow_task_state, staff["reviewer"], "reject", comment="Ghi rõ nguồn của con số"
    )
    page = fresh(waiting)
    page.title = "Bản nháp có nguồn"
    page.save_revision(user=staff["contributor"])
    page.current_workflow_state.resume(staff["contributor"])
    page = fresh(page)
    assert page.current_workflow_task.name == "Biên tập"
    approve(page, staff["editor"])
    assert (page.live, page.current_workflow_task.name) == (False, "Kiểm duyệt bảo mật")
    approve(page, staff["reviewer"])
    assert (page.live, page.title) == (True, "Bản nháp có nguồn")


def test_what_is_sent_again_unchanged_goes_back_to_who_returned_it(staff, waiting):
    waiting.current_workflow_task.on_action(
        waiting.current_workflow_task_state, staff["reviewer"], "reject", comment="Ghi rõ nguồn của con số"
    )
    fresh(waiting).current_workflow_state.resume(staff["contributor"])
    assert fresh(waiting).current_workflow_task.name == "Kiểm duyệt bảo mật"


def test_opening_a_review_is_logged_once_a_person_and_task(client, staff, waiting):
    client.force_login(staff["reviewer"])
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    for _round in range(2):
        client.get(edit)
        client.get(action_url(waiting), headers=XHR)
    client.force_login(staff["editor"])  # may look, but it is not their turn
    client.get(edit)
    opened = AuditEntry.objects.filter(action="portal.review.open", object_id=str(waiting.pk))
    assert [entry.actor_name for entry in opened] == ["reviewer"]


def test_a_version_in_review_is_never_written_over(staff, waiting):
    """An autosave would write into the version it made itself; once others read it, it makes a new one."""
    revision = waiting.latest_revision
    before = digest_of_revision(revision)
    waiting.title = "Sau khi duyệt"
    new = waiting.save_revision(user=staff["contributor"], overwrite_revision=revision)
    assert new.pk != revision.pk
    assert digest_of_revision(Revision.objects.get(pk=revision.pk)) == before
    again = waiting.save_revision(user=staff["contributor"], overwrite_revision=new)
    assert again.pk == new.pk
