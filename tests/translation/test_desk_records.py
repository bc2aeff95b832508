"""Topics, departments, notices and the portal's particulars wait for translators as pages do."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import Translation

from portal.core.models import Notice, Topic
from portal.publishing.approvals import system_approval
from portal.publishing.service import publish_new
from portal.translation.gate import send_for_review
from tests.builders import answers, fill, locale, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


def notice(**fields) -> Notice:
    now = timezone.now().replace(microsecond=123456)  # more exact than any form and any version
    made = Notice.objects.create(text="Cửa khẩu tạm đóng", shown_from=now, locale=locale("vi"), live=False, **fields)
    publish_new(made, "test")
    return made


def waiting(client, code="en") -> dict[str, str]:
    """Title and state of the records in a translator's queue."""
    soup = BeautifulSoup(client.get(reverse("translation_desk", args=[code])).content, "html.parser")
    lines = [line.select("td") for line in soup.select("[data-desk=records] tbody tr")]
    states = {cells[0].get_text(strip=True): cells[2].select_one(".desk-state")["class"][-1] for cells in lines}
    return {title: state.removeprefix("desk-state--") for title, state in states.items()}


def begin(client, record, code="en"):
    args = [record._meta.model_name, record.pk, code]
    return client.post(reverse("translation_start_record", args=args))


def english(record):
    return record.get_translation_or_none(locale("en"))


def test_the_way_of_a_notice_through_the_desk(client, staff):
    made = notice()
    client.force_login(staff["translator_en"])
    assert waiting(client) == {"Cửa khẩu tạm đóng": "missing"}
    answer = begin(client, made)
    editor = client.get(answer["Location"])
    assert editor.status_code == 200
    assert "Cửa khẩu tạm đóng" in editor.content.decode()
    assert not english(made).live
    assert waiting(client) == {"Cửa khẩu tạm đóng": "work"}
    translation = Translation.objects.get(source__object_id=made.translation_key, target_locale=locale("en"))
    segment = translation.source.stringsegment_set.get()
    place = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    assert client.put(place, "value=Gate+closed", content_type="application/x-www-form-urlencoded").status_code == 201
    client.post(reverse("portal_send_for_review", args=[translation.pk]), {"seen": "1"})
    assert waiting(client) == {}
    client.force_login(staff["reader_en"])
    target = english(made)
    assert target.text != "Gate closed" or not target.live
    state = target.current_workflow_task_state
    client.post(
        reverse(target.snippet_viewset.get_url_name("workflow_action"), args=[target.pk, "approve", state.pk]),
        answers(state.task.specific),
    )
    target = english(made)
    assert (target.live, target.text) == (True, "Gate closed")


def test_a_record_whose_original_changed_waits_again(client, staff):
    topic = Topic.objects.get(code="tourism", locale=locale("vi"))
    topic.name = "Du lịch và nghỉ dưỡng"
    with system_approval("test"):
        topic.save_revision().publish()
    client.force_login(staff["translator_en"])
    assert waiting(client) == {"Du lịch và nghỉ dưỡng": "stale"}
    client.force_login(staff["translator_zh"])
    assert waiting(client, "zh-hans") == {"Du lịch và nghỉ dưỡng": "stale"}
    translation = Translation.objects.get(source__object_id=topic.translation_key, target_locale=locale("en"))
    fill(translation, user=staff["translator_en"])
    send_for_review(translation, staff["translator_en"])
    client.force_login(staff["editor"])
    page = BeautifulSoup(client.get(reverse("translation_records")).content, "html.parser")
    [line] = [row for row in page.select("tbody tr") if "nghỉ dưỡng" in row.get_text()]
    assert [state["class"][-1] for state in line.select(".desk-state")] == ["desk-state--stale", "desk-state--review"]


def test_a_notice_that_is_over_waits_for_nobody(client, staff):
    made = notice()
    Notice.objects.filter(pk=made.pk).update(shown_until=timezone.now())
    client.force_login(staff["translator_en"])
    assert waiting(client) == {}


def test_each_translates_into_their_own_language_only(client, staff):
    made = notice()
    client.force_login(staff["translator_zh"])
    begin(client, made)
    assert english(made) is None
    client.force_login(staff["contributor"])
    begin(client, made)
    assert english(made) is None
    client.force_login(staff["translator_en"])
    begin(client, made)
    mine, original = english(made), made
    url_name = mine.snippet_viewset.get_url_name("edit")
    assert client.get(reverse(url_name, args=[mine.pk])).status_code == 200
    assert client.get(reverse(url_name, args=[original.pk])).status_code == 302, "the original is not theirs"
    client.force_login(staff["translator_zh"])
    assert client.get(reverse(url_name, args=[mine.pk])).status_code == 404, "nor is a draft of another language told"


def test_beginning_what_is_not_there_or_not_public(client, staff):
    draft = Notice.objects.create(text="Nháp", locale=locale("vi"), live=False)
    client.force_login(staff["translator_en"])
    begin(client, draft)
    assert english(draft) is None
    for args in (["khong-co", 1, "en"], ["notice", 999999, "en"], ["notice", draft.pk, "vi"]):
        answer = client.post(reverse("translation_start_record", args=args), follow=True)
        assert answer.status_code == 404
    made = notice()
    begin(client, made)
    assert begin(client, made).status_code == 302, "begun twice leads to the same draft"


def test_the_lists_cost_the_same_however_many_records_there_are(client, staff, django_assert_max_num_queries):
    client.force_login(staff["translator_en"])
    url = reverse("translation_desk", args=["en"])
    for _number in range(8):
        notice()
    client.get(url)
    with django_assert_max_num_queries(40):
        client.get(url)
