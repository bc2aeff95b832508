"""Two people edit one page, and a session that ends in the middle: nothing is lost, and everybody is told."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests.admin.forms import body_of, form_data, notices
from tests.builders import answers, approve, make_article, make_staff, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def page(staff):
    page = make_article("Bản nháp", publish=False)
    page.save_revision(user=staff["contributor"])
    return page


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(client, user, page) -> dict:
    """The editor's form as a person finds it."""
    client.force_login(user)
    return form_data(client.get(edit_url(page)), **body_of(page.get_latest_revision_as_object()))


def saved_meanwhile(page, user, title="Của người khác"):
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    draft.title = title
    return draft.save_revision(user=user)


@pytest.mark.parametrize("button", [{}, {"action-submit": "action-submit"}], ids=["save", "send for review"])
def test_both_versions_are_kept_and_the_later_one_is_told(client, staff, page, button):
    mine = opened(client, staff["editor"], page)
    theirs = saved_meanwhile(page, staff["editor2"])
    answer = client.post(edit_url(page), mine | {"title": "Của tôi"} | button, follow=True)
    [warning] = notices(answer, "warning")
    assert "editor2" in warning
    assert (
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, theirs.pk, "latest"]) in answer.content.decode()
    )
    page = Page.objects.get(pk=page.pk).specific
    titles = [revision.content["title"] for revision in page.revisions.order_by("pk")]
    assert titles[-2:] == ["Của người khác", "Của tôi"]
    assert not page.workflow_in_progress, "what nobody has compared is not sent on"


def test_who_was_first_is_not_bothered(client, staff, page):
    mine = opened(client, staff["editor"], page)
    answer = client.post(edit_url(page), mine | {"title": "Của tôi", "action-submit": "1"}, follow=True)
    assert notices(answer, "warning") == []
    assert Page.objects.get(pk=page.pk).specific.workflow_in_progress


def test_an_approval_of_what_was_changed_meanwhile_decides_nothing(client, staff, page):
    submit(page, staff["contributor"])
    form = opened(client, staff["editor"], page)
    saved_meanwhile(page, staff["editor2"])
    press = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = client.post(edit_url(page), form | press, follow=True)
    assert "editor2" in notices(answer, "error")[0]
    page = Page.objects.get(pk=page.pk).specific
    assert page.current_workflow_task.name == "Biên tập"
    assert page.latest_revision.user == staff["editor2"], "nothing was written over it"


def test_a_session_that_ended_decides_nothing_and_leads_back(client, staff, page):
    """The window is answered so that it can say so; the form leads to the login page and from there to the text."""
    submit(page, staff["contributor"])
    approve(page, staff["editor"])
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.force_login(staff["reviewer"])
    client.get(url, headers={"x-requested-with": "XMLHttpRequest"})
    client.logout()
    filled = answers(state.task.specific)
    window = client.post(url, filled, headers={"x-requested-with": "XMLHttpRequest"})
    assert window.status_code == 401
    assert "đăng nhập" in json.loads(window.content)["message"].lower()
    form = client.post(edit_url(page), filled)
    assert form.status_code == 302
    assert f"next={edit_url(page)}" in form["Location"]
    assert Page.objects.get(pk=page.pk).specific.current_workflow_task_state == state
