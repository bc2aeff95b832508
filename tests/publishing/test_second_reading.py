"""Translations: a second reader of the language, and the reviewer again only for what is more than translated words."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page, TaskState, Workflow, WorkflowPage
from wagtail_localize.models import OverridableSegment, SegmentOverride

from portal.audit.models import AuditEntry
from portal.contributors import home, roles
from portal.contributors.deadlines import deciders
from portal.core.models import PortalImage, SetupStep, Topic
from portal.publishing.approvals import NotApproved
from portal.publishing.service import publish_new
from portal.translation.additions import additions_in
from portal.translation.gate import send_for_review
from tests.builders import approve, fill, make_article, make_staff, make_user, submit, translation_of
from tests.builders import home as home_of

pytestmark = pytest.mark.django_db
REVIEW, READING = "Kiểm duyệt bảo mật", "Hiệu đính tiếng Anh"
TABLE = "33333333-3333-4333-8333-333333333333"
BODY = (
    '<p>Một đoạn <b>văn</b>, xem <a href="https://laichau.gov.vn/">cổng tỉnh</a>.</p><ul><li>một</li><li>hai</li></ul>'
)


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def article(staff):
    return make_article("Chè cổ thụ", body=BODY, lead_picture=picture("Chè"), lead_alt="Cây chè")


def picture(title: str) -> PortalImage:
    from django.core.files.base import ContentFile

    from tests.office import photograph_with_place

    return PortalImage.objects.create(title=title, file=ContentFile(photograph_with_place().read(), f"{title}.jpg"))


def sent(original, staff, user="translator_en", before=lambda translation: None):
    """An English translation in review, after `before` did something else to it."""
    translation = translation_of(original, "en")
    fill(translation, user=staff[user])
    before(translation)
    return send_for_review(translation, staff[user])


def override(translation, value_of, path: str) -> None:
    """As the translation editor does: another picture, link or document for this language."""
    segment = OverridableSegment.objects.get(source=translation.source, context__path__contains=path)
    SegmentOverride.objects.update_or_create(
        locale=translation.target_locale,
        context=segment.context,
        defaults={"data_json": json.dumps(value_of(json.loads(segment.data_json)))},
    )


def task_of(page) -> str | None:
    task = Page.objects.get(pk=page.pk).specific.current_workflow_task
    return task.name if task else None


def test_words_alone_need_no_second_confidentiality_review(article, staff):
    page = sent(article, staff)
    assert task_of(page) == READING
    assert additions_in(page.latest_revision) == []
    approve(page, staff["reader_en"])
    assert page.live
    assert page.live_revision == page.latest_revision
    states = TaskState.objects.filter(revision=page.latest_revision).order_by("pk")
    assert [(state.task.name, state.status) for state in states] == [(READING, "approved"), (REVIEW, "skipped")]
    assert AuditEntry.objects.get(action="portal.review.not_needed").revision_id == page.live_revision_id


def with_table(article, **changes):
    """The article with a table of four cells in which one word stands twice."""
    value = {"data": [["Bản", "Ghi chú"], ["Tả Lèng", "Bản"]], "table_caption": "Vụ chè", **changes}
    raw = [*article.body.raw_data, {"type": "table", "value": value, "id": TABLE}]
    article.body = article.body.stream_block.to_python(raw)
    return article


def test_the_words_of_a_table_are_words(article, staff):
    """Its segments are named by their words, which no translation shares with its original."""
    publish_new(with_table(article), "test")
    page = sent(article, staff)
    assert "EN Tả Lèng" in str(page.get_latest_revision_as_object().body.raw_data)
    assert additions_in(page.latest_revision) == []
    approve(page, staff["reader_en"])
    assert page.live


def test_a_row_more_than_the_original_has_is_an_addition(article, staff):
    publish_new(with_table(article, data=[["Bản", "Ghi chú"], ["Tả Lèng", ""]]), "test")
    page = sent(article, staff)
    for data in ([["A", "B"], ["C", "D"]], [["A", "B"], ["C", ""], ["E", ""]]):

        def change(draft, data=data):
            raw = list(draft.body.raw_data)
            raw[1] = {**raw[1], "value": {**raw[1]["value"], "data": data}}
            draft.body = draft.body.stream_block.to_python(raw)

        assert len(additions_in(edited(page, change))) == 1


OVERRIDES = {
    "another picture": ("lead_picture", lambda old: picture("Khác").pk),
    "another link": ("laichau.gov.vn", lambda old: "https://example.org/"),
}


@pytest.mark.parametrize("name", OVERRIDES)
def test_what_was_overridden_goes_to_the_reviewer_who_publishes(article, staff, name):
    path, value_of = OVERRIDES[name]
    page = sent(article, staff, before=lambda translation: override(translation, value_of, path))
    assert additions_in(page.latest_revision)
    approve(page, staff["reader_en"])
    assert not page.live
    assert task_of(page) == REVIEW
    approve(page, staff["reviewer"])
    assert page.live
    assert AuditEntry.objects.filter(action="portal.review.confirm", object_id=str(page.pk)).exists()


def edited(page, change):
    """A version of a translation that did not come from the translator's passages."""
    draft = page.get_latest_revision_as_object()
    change(draft)
    return draft.save_revision()


def add_block(draft):
    raw = [*draft.body.raw_data, {"type": "text", "value": "<p>New</p>", "id": "22222222-2222-4222-8222-222222222222"}]
    draft.body = draft.body.stream_block.to_python(raw)


def change_date(draft):
    draft.date = draft.date.replace(year=2020)


@pytest.mark.parametrize("change", [add_block, change_date])
def test_blocks_and_dates_of_its_own_are_additions(article, staff, change):
    page = sent(article, staff)
    page.current_workflow_state.cancel(user=staff["translator_en"])
    revision = edited(page, change)
    assert len(additions_in(revision)) == 1
    page.refresh_from_db()
    submit(page, staff["translator_en"])
    approve(page, staff["reader_en"])
    assert task_of(page) == REVIEW


def test_what_translates_a_wording_that_nobody_cleared_goes_to_the_reviewer(staff):
    """The draft's secret was struck out in review; its translation still holds it."""
    original = make_article("Nháp có bí mật", publish=False)
    page = sent(original, staff)
    original = type(original).objects.get(pk=original.pk)
    original.title = "Bản sạch"
    publish_new(original, "test")
    approve(page, staff["reader_en"])
    assert not page.live
    assert task_of(page) == REVIEW


def test_translations_of_an_approved_original_that_waits_need_no_reviewer_either(staff):
    original = make_article("Chờ đăng cùng", publish=False)
    page = sent(original, staff)
    assert additions_in(page.latest_revision), "nobody has read the original yet"
    revision = original.latest_revision
    submit(original, staff["contributor"])
    from portal.publishing.bundles import add_to_bundle, publish_bundle
    from portal.publishing.models import Bundle

    bundle = Bundle.objects.create(name="Cùng lúc")
    add_to_bundle(bundle, [original, page], staff["editor"])
    approve(original, staff["editor"], staff["reviewer"])
    assert original.latest_revision == revision
    assert additions_in(page.latest_revision) == []
    approve(page, staff["reader_en"])
    assert not Page.objects.get(pk=page.pk).live
    publish_bundle(bundle, staff["editor"])
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("role", ["translator_en", "translator_zh", "editor", "reviewer", "reader_zh", "contributor"])
def test_nobody_else_reads_for_the_second_time(client, article, staff, role):
    page = sent(article, staff)
    state = page.current_workflow_task_state
    client.force_login(staff[role])
    response = client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    assert response.status_code in (302, 403, 404)
    assert task_of(page) == READING
    with pytest.raises(NotApproved):
        approve(page, staff[role])


def test_a_second_reader_who_has_a_passage_in_it_does_not_read_it(article, staff):
    """Not for the version they worked on, and not for a later one in which their words still stand."""
    page = sent(article, staff, user="reader_en")
    with pytest.raises(NotApproved):
        approve(page, staff["reader_en"])
    other = make_user("other-reader", roles.second_readers("en"))
    assert [person.username for person in deciders(page.current_workflow_task_state)] == ["other-reader"]
    assert home.waiting_for(staff["reader_en"]) == []
    approve(page, other)
    assert page.live
    translation = translation_of(article, "en")
    string = translation.source.stringsegment_set.get(context__path="title")
    row = string.string.translations.get(locale=translation.target_locale)
    row.data, row.last_translated_by = "Old tea trees", staff["translator_en"]
    row.save()
    page = send_for_review(translation, staff["translator_en"])
    with pytest.raises(NotApproved):
        approve(page, staff["reader_en"])
    approve(page, other)
    assert page.title == "Old tea trees"


def test_records_have_second_readers_too(staff):
    topic = Topic.objects.filter(locale__language_code="vi").first()
    translation = translation_of(topic, "en")
    fill(translation, user=staff["translator_en"], text=lambda source: f"New {source}")
    record = send_for_review(translation, staff["translator_en"])
    assert record.current_workflow_task.name == READING
    approve(record, staff["reader_en"])
    assert record.name.startswith("New ")
    assert topic.get_workflow().name == "Quy trình xuất bản"


def test_an_urgent_translation_keeps_its_second_reader_and_hurries_to_the_end(client, article, staff):
    page = sent(article, staff, before=lambda translation: override(translation, *reversed(OVERRIDES["another link"])))
    client.force_login(staff["editor"])
    client.post(reverse("desk_urgent", args=[page.pk]), {"comment": "Báo chí nước ngoài hỏi sáng nay"})
    page = Page.objects.get(pk=page.pk).specific
    assert task_of(page) == READING
    assert page.current_workflow_task_state.deadline.is_urgent
    approve(page, staff["reader_en"])
    assert task_of(page) == REVIEW
    assert page.current_workflow_task_state.deadline.is_urgent


def test_the_urgent_path_sends_a_translation_whole_or_not_at_all(client, article, staff):
    """With the passages typed last, and never with Vietnamese in the place of what is missing."""
    translation = translation_of(article, "en")
    translation.save_target(user=staff["translator_en"], publish=False)
    page = translation.get_target_instance()
    client.force_login(staff["editor"])
    url, reason = reverse("desk_urgent", args=[page.pk]), {"comment": "Báo chí nước ngoài hỏi sáng nay"}
    answer = client.post(url, reason)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    page = Page.objects.get(pk=page.pk).specific
    assert not page.workflow_in_progress
    assert not AuditEntry.objects.filter(action="portal.workflow.urgent").exists()
    fill(translation, user=staff["translator_en"])
    client.post(url, reason)
    page = Page.objects.get(pk=page.pk).specific
    assert page.current_workflow_task_state.revision.as_object().title == "EN Chè cổ thụ"
    assert AuditEntry.objects.get(action="portal.workflow.urgent").revision_id == page.latest_revision_id


def test_nobody_approves_a_translation_that_lacks_passages(client, article, staff):
    translation = translation_of(article, "en")
    translation.save_target(user=staff["translator_en"], publish=False)
    page = translation.get_target_instance()
    submit(page, staff["translator_en"])
    client.force_login(staff["reader_en"])
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert client.post(url).status_code == 403
    with pytest.raises(NotApproved):
        approve(page, staff["reader_en"])
    fill(translation, user=staff["translator_en"])
    with pytest.raises(NotApproved):
        approve(page, staff["reader_en"])
    page.refresh_from_db()
    assert not page.live and page.workflow_in_progress


def as_before_the_second_readers() -> None:
    """The database as an earlier version's setup left it."""
    SetupStep.objects.filter(name__startswith="second readers of").delete()
    workflow = Workflow.objects.get(name="Quy trình xuất bản")
    WorkflowPage.objects.filter(page__locale__language_code__in=["en", "zh-hans"]).update(workflow=workflow)
    Workflow.objects.filter(name__startswith="Quy trình bản dịch").delete()


def test_an_earlier_installation_goes_on_with_what_is_under_way(article, staff):
    as_before_the_second_readers()
    page = sent(article, staff)
    assert task_of(page) == "Biên tập"
    call_command("setup", verbosity=0)
    call_command("setup", verbosity=0)
    approve(page, staff["editor"], staff["reviewer"])
    assert page.live
    new = sent(make_article("Bài mới"), staff)
    assert task_of(new) == READING
    assert Workflow.objects.filter(name__startswith="Quy trình bản dịch").count() == 2


def test_setup_leaves_the_workflow_that_administrators_chose(staff):
    as_before_the_second_readers()
    own = Workflow.objects.create(name="Của tỉnh")
    WorkflowPage.objects.filter(page=home_of("en")).update(workflow=own)
    call_command("setup", verbosity=0)
    assert home_of("en").get_workflow() == own
    assert home_of("zh-hans").get_workflow().name == "Quy trình bản dịch tiếng Trung"
