"""Approving through the page editor and the translation editor; the author never."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from portal.core.models import Topic
from portal.translation.gate import send_for_review
from tests.admin.forms import body_of, form_data, notices, text_of
from tests.builders import answers, fill, locale, make_article, make_staff, submit, translation_of

pytestmark = pytest.mark.django_db
# Who approves in turn; words that only translate need no reviewer.
HANDS = {"vi": ("editor", "reviewer"), "en": ("reader_en",), "zh-hans": ("reader_zh",)}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture
def staff(portal):
    return make_staff()


def submitted(code, staff):
    """A page of a language in review, and its author."""
    if code == "vi":
        page = make_article("Bản nháp", publish=False)
        page.save_revision(user=staff["contributor"])
        submit(page, staff["contributor"])
        return page, staff["contributor"]
    author = staff["translator_en" if code == "en" else "translator_zh"]
    translation = translation_of(make_article("Bài gốc"), code)
    fill(translation, user=author)
    return send_for_review(translation, author), author


def approve_button(page, response) -> str | None:
    """The address behind an «Approve» button without a form, as the page shows it."""
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return url if re.search(rf'data-workflow-action-url="{re.escape(url)}"', response.content.decode()) else None


def through_translation_editor(client, page):
    screen = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    client.post(approve_button(page, screen), answers(page.current_workflow_task))


def through_page_editor(client, page):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.get(url)
    assert 'data-workflow-action-name="approve"' in response.content.decode()
    filled_in = {"workflow-action-extra-data": json.dumps(answers(page.current_workflow_task))}
    client.post(url, form_data(response, **body_of(page), **APPROVE, **filled_in))


@pytest.mark.parametrize(
    ("code", "door"),
    [
        ("vi", through_page_editor),
        ("en", through_translation_editor),
        ("zh-hans", through_translation_editor),
    ],
)
def test_the_last_approval_publishes(client, staff, code, door):
    page, _author = submitted(code, staff)
    said = []
    for role in HANDS[code]:
        assert not Page.objects.get(pk=page.pk).live
        client.force_login(staff[role])
        door(client, Page.objects.get(pk=page.pk).specific)
        said += notices(client.get(reverse("wagtailadmin_home")), "success")
    assert Page.objects.get(pk=page.pk).live
    # Each is told what came of it, once.
    assert len(said) == len(HANDS[code])
    assert all("Bạn đã duyệt" in words for words in said)
    assert said[-1].endswith("đã được đăng.")
    assert all("Bước tiếp theo: Kiểm duyệt bảo mật" in words for words in said[:-1])


def test_who_returns_a_text_is_told_so_and_its_author_why(client, staff):
    page, author = submitted("vi", staff)
    Page.objects.filter(pk=page.pk).update(owner=author)
    client.force_login(staff["editor"])
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    client.post(url, {"comment": "Thiếu nguồn của số liệu"})
    assert notices(client.get(reverse("wagtailadmin_home")), "success") == ["Đã trả lại «Bản nháp» kèm lý do của bạn."]
    client.force_login(author)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "editor trả lại bài này: «Thiếu nguồn của số liệu»" in notices(edit, "warning")


@pytest.mark.parametrize("code", ["vi", "en", "zh-hans"])
def test_the_author_is_told_instead_of_asked(client, staff, code):
    """No button on any screen; a forged request gets 403 with the reason; the draft stays in review."""
    page, author = submitted(code, staff)
    author.is_superuser = True  # even an administrator
    author.save()
    client.force_login(author)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    screens = [client.get(reverse("wagtailadmin_home")), client.get(edit)]
    assert not any(approve_button(page, screen) for screen in screens)
    assert 'data-workflow-action-name="approve"' not in screens[1].content.decode()
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    forged = {**APPROVE, "title": "x"}
    for response in (client.post(url), client.post(url, {"comment": "ok"}), client.get(url), client.post(edit, forged)):
        assert response.status_code == 403
        assert "Không ai tự duyệt văn bản của mình" in text_of(response)
    assert client.post(url, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    page = Page.objects.get(pk=page.pk).specific
    assert page.workflow_in_progress
    assert not page.live


def test_who_changes_the_text_while_approving_is_told_and_the_change_is_kept(client, staff):
    page, _author = submitted("vi", staff)
    client.force_login(staff["editor"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(edit, form_data(client.get(edit), title="Đổi lúc duyệt", **body_of(page), **APPROVE))
    assert response.status_code == 403
    page = Page.objects.get(pk=page.pk).specific
    assert page.get_latest_revision_as_object().title == "Đổi lúc duyệt"
    assert page.current_workflow_task.name == "Biên tập"


def test_a_translation_before_its_original_is_refused_with_the_reason(client, staff):
    translation = translation_of(make_article("Chưa công bố", publish=False), "en")
    fill(translation, user=staff["translator_en"])
    page = send_for_review(translation, staff["translator_en"])
    client.force_login(staff["reader_en"])
    through_translation_editor(client, page)
    client.force_login(staff["reviewer"])  # the original is not cleared, so the reviewer is asked too
    page = Page.objects.get(pk=page.pk).specific
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    response = client.post(url, answers(page.current_workflow_task))
    assert response.status_code == 403
    assert "bản gốc" in text_of(response).lower() or "original" in text_of(response)
    assert Page.objects.get(pk=page.pk).specific.workflow_in_progress


@pytest.mark.parametrize(("code", "door"), [("vi", through_page_editor), ("en", through_translation_editor)])
def test_a_reviewer_whose_turn_is_over_is_led_home_without_reproach(client, staff, code, door):
    page, _author = submitted(code, staff)
    for role in HANDS[code]:
        client.force_login(staff[role])
        door(client, Page.objects.get(pk=page.pk).specific)
    home = client.get(reverse("wagtailadmin_home"))
    assert notices(home, "error") == []


def main_button(client, url) -> dict:
    """The attributes of the large button at the foot of an editor; none where nothing can be done."""
    button = BeautifulSoup(client.get(url).content.decode(), "html.parser").select_one("footer button")
    return button.attrs if button else {}


def test_the_large_button_approves_for_whoever_has_to_and_saves_for_everybody_else(client, staff):
    page, author = submitted("vi", staff)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.force_login(staff["editor"])
    button = main_button(client, edit)
    assert button["data-workflow-action-name"] == "approve"
    assert "data-workflow-action-modal-url" not in button  # a comment is not needed
    through_page_editor(client, Page.objects.get(pk=page.pk).specific)
    assert "action-save" in main_button(client, edit)["class"]
    client.force_login(staff["reviewer"])
    button = main_button(client, edit)
    assert button["data-workflow-action-name"] == "approve"
    assert "data-workflow-action-modal-url" in button  # the checklist
    client.force_login(author)
    assert "data-workflow-action-name" not in main_button(client, edit)


def test_the_large_button_of_a_record_in_review_approves(client, staff):
    topic = Topic(name="Chè", code="che", locale=locale("vi"), live=False)
    topic.save()
    topic.save_revision(user=staff["editor2"])
    submit(topic, staff["editor2"])
    client.force_login(staff["editor"])
    button = main_button(client, reverse("wagtailsnippets_core_topic:edit", args=[topic.pk]))
    assert button["data-workflow-action-name"] == "approve"
