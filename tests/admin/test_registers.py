"""Topics, departments and particulars: seen in lists, edited as drafts, published by approval only."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from portal.contributors.models import Department
from portal.core.models import PortalInformation, Topic
from tests.admin.forms import form_data, text_of
from tests.builders import answers, approve, locale, make_staff

pytestmark = pytest.mark.django_db
MODELS = [Topic, Department, PortalInformation]


@pytest.fixture
def staff(portal):
    return make_staff()


def url(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def first(model):
    return model.objects.filter(locale=locale("vi"), live=True).first()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", ["editor", "admin", "reviewer", "contributor"])
def test_the_lists_answer(client, staff, model, role):
    client.force_login(staff[role])
    assert client.get(url(model, "list")).status_code == 200


def test_one_menu_entry(client, staff):
    client.force_login(staff["editor"])
    assert "registers" in client.get(reverse("wagtailadmin_home")).content.decode()
    assert set(MODELS) <= set(get_snippet_models())


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", ["editor", "admin"])
def test_nobody_is_offered_or_granted_publishing(client, staff, model, role):
    """A forged `action-publish` keeps what was typed as a draft and publishes nothing."""
    client.force_login(staff[role])
    instance = first(model)
    page = client.get(url(model, "edit", instance.pk))
    assert "action-publish" not in page.content.decode()
    name = "portal_name" if model is PortalInformation else "name"
    # The browser makes the fields of a stream by script.
    changes = {name: "Tên mới", "action-publish": "1", "footer_pages-count": "0"}
    response = client.post(url(model, "edit", instance.pk), form_data(page, **changes))
    assert response.status_code == 302
    before = getattr(instance, name)
    instance.refresh_from_db()
    assert getattr(instance, name) == before
    assert getattr(instance.get_latest_revision_as_object(), name) == "Tên mới"


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_creating_and_unpublishing_by_hand_are_refused_too(client, staff, role):
    client.force_login(staff[role])
    page = client.get(url(Topic, "add"))
    client.post(url(Topic, "add"), form_data(page, name="Thể thao", code="sport", **{"action-publish": "1"}))
    assert not Topic.objects.get(code="sport").live
    topic = first(Topic)
    client.post(url(Topic, "unpublish", topic.pk))
    topic.refresh_from_db()
    assert topic.live


def test_the_way_of_a_record_through_the_editor_views(client, staff):
    """Editor writes and submits, another editor and the reviewer approve with the buttons of the record's own form."""
    topic = first(Topic)
    client.force_login(staff["editor"])
    page = client.get(url(Topic, "edit", topic.pk))
    client.post(url(Topic, "edit", topic.pk), form_data(page, name="Chủ đề mới", **{"action-submit": "1"}))
    for role in ("editor2", "reviewer"):
        topic.refresh_from_db()
        assert not topic.live or topic.name != "Chủ đề mới"
        client.force_login(staff[role])
        page = client.get(url(Topic, "edit", topic.pk))
        filled_in = json.dumps(answers(topic.current_workflow_task))
        data = form_data(
            page,
            **{
                "action-workflow-action": "true",
                "workflow-action-name": "approve",
                "workflow-action-extra-data": filled_in,
            },
        )
        assert client.post(url(Topic, "edit", topic.pk), data).status_code == 302
    topic.refresh_from_db()
    assert topic.name == "Chủ đề mới"


def test_the_author_is_told_why_there_is_nothing_to_approve(client, staff):
    topic = first(Topic)
    client.force_login(staff["editor"])
    page = client.get(url(Topic, "edit", topic.pk))
    client.post(url(Topic, "edit", topic.pk), form_data(page, name="Của tôi", **{"action-submit": "1"}))
    topic.refresh_from_db()
    page = client.get(url(Topic, "edit", topic.pk))
    assert 'data-workflow-action-name="approve"' not in page.content.decode()
    data = form_data(page, **{"action-workflow-action": "true", "workflow-action-name": "approve"})
    response = client.post(url(Topic, "edit", topic.pk), data)
    assert response.status_code == 403
    state = topic.current_workflow_task_state
    response = client.post(url(Topic, "workflow_action", topic.pk, "approve", state.pk))
    assert response.status_code == 403
    assert text_of(response)
    approve(topic, staff["editor2"], staff["reviewer"])
    assert topic.name == "Của tôi"


@pytest.mark.parametrize("model", MODELS)
def test_a_record_is_shown_in_words(client, staff, model):
    client.force_login(staff["contributor"])
    page = BeautifulSoup(client.get(url(model, "inspect", first(model).pk)).content, "html.parser")
    shown = [value.get_text(" ", strip=True) for value in page.select("dd")]
    assert str(first(model)) in shown
    assert not {"None", "True", "False", ""} & set(shown)
    assert "Translation key" not in page.get_text()
