"""The bar of the translation editor: where a translation stands, and what this person may do about it."""

import pytest
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from portal.core.models import Topic
from portal.publishing.approvals import system_approval
from portal.publishing.service import publish_new
from portal.translation.editor import review_bar
from portal.translation.gate import send_for_review
from tests.admin.forms import notices
from tests.builders import answers, approve, fill, locale, make_article, make_staff, translate, translation_of
from tests.translation.desk import open_editor, props, said, send, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def article(portal):
    return make_article("Chè cổ thụ")


@pytest.fixture
def begun(article):
    """A translation with a draft and without a word."""
    translation = translation_of(article, "en")
    translation.save_target(publish=False)
    return translation


def bar(translation, user):
    return review_bar(translation, translation.get_target_instance(), user)


def test_the_bar_follows_a_translation_through_its_life(article, begun, staff):
    translator = staff["translator_en"]
    states = [bar(begun, translator).state]
    fill(begun, user=translator)
    send_for_review(begun, translator)
    states.append(bar(begun, translator).state)
    approve(target(article), staff["reader_en"])
    states.append(bar(begun, translator).state)
    fill(begun, user=translator, text=lambda source: f"NEW {source}")
    begun.save_target(user=translator)
    states.append(bar(begun, translator).state)
    assert len(set(states)) == 4, states
    assert "Hiệu đính" in states[1]


def test_it_says_whose_text_is_followed_and_that_the_original_changed(article, begun, staff):
    translate(article)
    notes = len(bar(begun, staff["editor"]).notes)
    assert notes
    article.title = "Chè Shan Tuyết"
    publish_new(article, "test")
    assert len(bar(begun, staff["editor"]).notes) > notes


def test_it_says_that_passages_are_newer_than_the_draft(begun, staff):
    before = bar(begun, staff["translator_en"]).notes
    fill(begun, user=staff["translator_en"])
    assert len(bar(begun, staff["translator_en"]).notes) == len(before) + 1


def test_a_comment_of_the_reviewer_reaches_the_translator(client, article, begun, staff):
    fill(begun, user=staff["translator_en"])
    send_for_review(begun, staff["translator_en"])
    state = target(article).current_workflow_task_state
    client.force_login(staff["reader_en"])
    url = reverse("wagtailadmin_pages:workflow_action", args=[target(article).pk, "reject", state.pk])
    client.post(url, {"comment": "Tên sông là Jinshuihe"})
    client.force_login(staff["translator_en"])
    assert "Jinshuihe" in said(open_editor(client, target(article)))
    send(client, begun)
    assert target(article).workflow_in_progress


def test_the_translator_sends_for_review(client, article, begun, staff):
    fill(begun, user=staff["translator_en"])
    client.force_login(staff["translator_en"])
    page = open_editor(client, target(article))
    assert reverse("portal_send_for_review", args=[begun.pk]) in page.content.decode()
    send(client, begun)
    state = target(article).current_workflow_state
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert state.requested_by == staff["translator_en"]
    assert target(article).get_latest_revision_as_object().title == "EN Chè cổ thụ"
    assert not target(article).live


def test_missing_sentences_are_told_and_nothing_is_lost(client, article, begun, staff):
    fill(begun, user=staff["translator_en"])
    StringTranslation.objects.filter(context__path="title").delete()
    kept = StringTranslation.objects.filter(locale=locale("en")).count()
    client.force_login(staff["translator_en"])
    page = send(client, begun)
    assert "1" in notices(page, "error")[0]
    assert not target(article).workflow_in_progress
    assert StringTranslation.objects.filter(locale=locale("en")).count() == kept


def test_what_others_are_reviewing_is_not_taken_from_under_them(client, article, begun, staff):
    fill(begun, user=staff["translator_en"])
    send_for_review(begun, staff["translator_en"])
    before = target(article).latest_revision_id
    client.force_login(staff["editor"])
    page = send(client, begun)
    assert staff["translator_en"].username in notices(page, "error")[0]
    assert target(article).latest_revision_id == before
    assert not bar(begun, staff["editor"]).can_send
    client.post(reverse("portal_save_draft", args=[begun.pk]))
    assert target(article).latest_revision_id == before


def test_one_may_send_again_what_one_sent(client, article, begun, staff):
    fill(begun, user=staff["translator_en"])
    send_for_review(begun, staff["translator_en"])
    fill(begun, user=staff["translator_en"], text=lambda source: f"BETTER {source}")
    client.force_login(staff["translator_en"])
    send(client, begun)
    page = target(article)
    assert page.workflow_in_progress
    assert page.current_workflow_task_state.revision.as_object().title == "BETTER Chè cổ thụ"


def test_a_locked_translation_is_not_sent(client, article, begun, staff):
    fill(begun, user=staff["translator_en"])
    page = target(article)
    page.locked, page.locked_by = True, staff["editor"]
    page.save(update_fields=["locked", "locked_by"])
    client.force_login(staff["translator_en"])
    assert notices(send(client, begun), "error")
    assert not target(article).workflow_in_progress


def test_who_may_not_edit_may_not_send(client, article, begun, staff):
    fill(begun)
    for role in ("contributor", "translator_zh", "reviewer"):
        client.force_login(staff[role])
        send(client, begun)
        assert not target(article).workflow_in_progress


def test_saving_the_draft_shows_it_in_the_preview(client, article, begun, staff):
    fill(begun, user=staff["translator_en"])
    client.force_login(staff["translator_en"])
    client.post(reverse("portal_save_draft", args=[begun.pk]))
    assert target(article).get_latest_revision_as_object().title == "EN Chè cổ thụ"
    assert not target(article).live


def test_publishing_is_not_offered_to_anyone(client, article, begun, staff):
    fill(begun)
    for role in ("translator_en", "editor", "admin"):
        client.force_login(staff[role])
        page = open_editor(client, target(article))
        data = props(page)
        assert not data["perms"]["canPublish"]
        assert not data["links"]["convertToAliasUrl"]
        page = client.post(page.request["PATH_INFO"], {"action": "publish"}, follow=True)
        assert notices(page, "error")
        assert not target(article).live


def test_stopping_converting_and_restarting_are_refused(client, article, begun, staff):
    """Each of them throws away passages, or puts Vietnamese text under a foreign address."""
    client.force_login(staff["admin"])
    page = target(article)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    refused = [
        client.post(reverse("wagtail_localize:stop_translation", args=[begun.pk]), {"next": edit}, follow=True),
        client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]), follow=True),
        client.post(edit, {"localize-convert-to-alias": "1"}, follow=True),
    ]
    assert all(notices(response, "error") for response in refused)
    begun.refresh_from_db()
    assert begun.enabled
    assert target(article).alias_of_id is None
    Translation.objects.filter(pk=begun.pk).update(enabled=False)
    form = client.get(edit).content.decode()
    assert "localize-restart-translation" not in form
    client.post(edit, {"localize-restart-translation": "1"})
    begun.refresh_from_db()
    assert not begun.enabled


def test_an_alias_is_not_made_an_ordinary_page(client, article, staff):
    client.force_login(staff["admin"])
    alias = target(article, "zh-hans")
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    assert target(article, "zh-hans").alias_of_id


def topic_translation(user=None, text=lambda source: f"NEW {source}"):
    topic = Topic.objects.get(code="tourism", locale=locale("vi"))
    topic.name = "Du lịch và nghỉ dưỡng"
    with system_approval("test"):
        topic.save_revision().publish()
    translation = Translation.objects.get(source__object_id=topic.translation_key, target_locale=locale("en"))
    translation.source.update_from_db()
    fill(translation, user=user, text=text)
    return translation


def test_records_are_translated_the_same_way(client, staff):
    translation = topic_translation(staff["editor"])
    client.force_login(staff["editor"])
    topic = translation.get_target_instance()
    page = open_editor(client, topic)
    assert page.status_code == 200
    assert "portal_send" not in page.content.decode()
    assert reverse("portal_send_for_review", args=[translation.pk]) in page.content.decode()
    send(client, translation)
    client.force_login(staff["reader_en"])
    topic = translation.get_target_instance()
    assert not topic.name.startswith("NEW")
    actions = {action["name"]: action["url"] for action in bar(translation, staff["reader_en"]).actions}
    assert actions["approve"] in open_editor(client, topic).content.decode()
    client.post(actions["approve"], answers(topic.current_workflow_task))
    assert translation.get_target_instance().name == "NEW Du lịch và nghỉ dưỡng"


def test_the_sync_screen_offers_no_publishing(client, article, begun, staff):
    client.force_login(staff["editor"])
    page = client.get(reverse("wagtail_localize:update_translations", args=[begun.source_id]))
    assert page.status_code == 200
    assert "publish_translations" not in page.content.decode()
