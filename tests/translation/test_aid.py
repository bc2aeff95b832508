"""Beside the text: remarks, what changed in the original, translations made before; and once more before sending."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import String, StringTranslation

from news.models import ArticlePage
from portal.names.demo_register import load_names
from portal.publishing.service import publish_new
from portal.translation.changes import changes_of, marked, pairs
from portal.translation.memory import likeness
from portal.translation.models import MemoryKey
from tests.builders import fill, make_article, make_staff, text_block, translate, translation_of
from tests.translation.desk import open_editor, said, send, target

pytestmark = pytest.mark.django_db
OLD = "<p>Chợ họp vào chủ nhật. Có 20 dân tộc.</p>"


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def translator(client, staff):
    client.force_login(staff["translator_en"])
    return staff["translator_en"]


def aid(client, translation, **query) -> list[dict]:
    return list(client.get(reverse("translation_aid", args=[translation.pk]), query).json()["passages"].values())


def begun(article, **kwargs):
    translation = translation_of(article, "en")
    if kwargs:
        fill(translation, **kwargs)
    translation.save_target(publish=False)
    return translation


def test_names_and_remarks_stand_beside_each_passage(client, translator):
    load_names()
    article = make_article("Cửa khẩu Kim Thủy Hà", body="<p>Dài 9.068,7 km.</p>")
    translation = begun(article, text=lambda source: {"Cửa": "Kim Thuy Ha"}.get(source[:3], "9,068 km."))
    title, body = aid(client, translation)
    assert title["names"][0]["form"] == "Jinshuihe border gate"
    assert "Jinshuihe" in title["remarks"][0]
    assert any("9.068,7" in text for text in body["remarks"])
    assert "names" not in aid(client, translation, part="remarks")[0]


def test_what_is_still_missing_is_said_anew_after_each_passage(client, translator):
    translation = begun(make_article(body="<p>Một câu.</p>"))
    address = reverse("translation_aid", args=[translation.pk])
    assert "2 trong tổng số 2" in open_editor(client, translation.get_target_instance()).content.decode()
    fill(translation, text=lambda source: "A sentence.")
    assert "2" not in client.get(address, {"part": "remarks"}).json()["progress"]


def test_only_who_may_edit_sees_them(client, staff):
    translation = begun(make_article())
    for role, expected in [("translator_en", 200), ("editor", 200), ("translator_zh", 302), ("contributor", 302)]:
        client.force_login(staff[role])
        for name in ("translation_aid", "translation_changes"):
            assert client.get(reverse(name, args=[translation.pk])).status_code == expected, role


def test_sending_shows_the_remarks_once_more_and_the_reviewer_sees_them(client, staff, translator):
    article = make_article("Có 38 xã")
    translation = begun(article, text=lambda source: "36 communes")
    page = send(client, translation)
    assert "«38»" in said(page)
    assert not target(article).workflow_in_progress
    client.post(reverse("portal_send_for_review", args=[translation.pk]), {"seen": "1"})
    assert target(article).workflow_in_progress
    client.force_login(staff["editor"])
    editor = open_editor(client, target(article))
    assert "«38»" in said(editor)
    assert "data-remarks-left open" in editor.content.decode()


def test_nothing_to_remark_is_sent_at_once(client, translator):
    article = make_article("Có 38 xã")
    translation = begun(article, text=lambda source: source.replace("Có", "There are").replace("xã", "communes"))
    send(client, translation)
    assert target(article).workflow_in_progress


def test_missing_passages_are_told_before_remarks(client, translator):
    article = make_article("Có 38 xã")
    translation = begun(article, text=lambda source: "36 communes")
    StringTranslation.objects.filter(translation_of__data__contains="đoạn").delete()
    assert 'name="seen"' not in send(client, translation).content.decode()
    assert not target(article).workflow_in_progress


# -- what changed in the original ------------------------------------------------------------------------------------
@pytest.fixture
def changed(portal):
    """A published translation whose original has one sentence changed, one added and one gone."""
    article = make_article("Chợ phiên", body=f"{OLD}<p>Câu sẽ bỏ đi.</p>")
    translate(article, "en", text=lambda source: f"EN {source}")
    article = ArticlePage.objects.get(pk=article.pk)
    article.body = article.body.stream_block.to_python(
        [text_block("<p>Chợ họp vào thứ bảy. Có 20 dân tộc.</p><p>Câu mới thêm vào.</p>")]
    )
    return publish_new(article, "test")


def test_old_new_and_translation_stand_side_by_side(client, translator, changed):
    translation = translation_of(changed, "en")
    rows = changes_of(translation, target(changed)).rows
    assert [(row.old, row.new) for row in rows] == [
        ("Chợ họp vào chủ nhật. Có 20 dân tộc.", "Chợ họp vào thứ bảy. Có 20 dân tộc."),
        ("Câu sẽ bỏ đi.", "Câu mới thêm vào."),
    ]
    assert rows[0].translated == "EN Chợ họp vào chủ nhật. Có 20 dân tộc."
    page = client.get(reverse("translation_changes", args=[translation.pk]))
    assert "<del>chủ nhật</del>" in page.content.decode()
    assert "<ins>thứ bảy</ins>" in page.content.decode()
    link = reverse("translation_changes", args=[translation.pk])
    assert link in open_editor(client, target(changed)).content.decode()
    passage = next(one for one in aid(client, translation) if one["change"])
    assert ["deleted", "chủ nhật"] in passage["change"]["marked"]


def test_what_the_draft_follows_counts_once_there_is_one(client, translator, changed):
    translation = translation_of(changed, "en")
    fill(translation, user=translator)
    translation.save_target(user=translator)
    assert changes_of(translation, target(changed)) is None
    assert "<del>" not in client.get(reverse("translation_changes", args=[translation.pk])).content.decode()


def test_where_the_former_text_is_gone_it_is_said(client, translator, changed):
    changed.revisions.exclude(pk=changed.live_revision_id).delete()
    translation = translation_of(changed, "en")
    assert changes_of(translation, target(changed)).known is False
    assert client.get(reverse("translation_changes", args=[translation.pk])).status_code == 200


def test_words_are_marked_and_sentences_paired():
    assert marked("một hai ba", "một bốn ba") == [
        ("same", "một "), ("deleted", "hai"), ("inserted", "bốn"), ("same", " ba"),
    ]  # fmt: skip
    assert pairs(["a", "b", "c"], ["a", "x", "c", "d"]) == [("b", "x"), ("", "d")]


# -- translation memory ----------------------------------------------------------------------------------------------
SENTENCE = "Hội chợ mở cửa cho mọi người từ sáng đến chiều trong ba ngày liền."
NEAR = "Hội chợ mở cửa cho mọi người từ sáng đến tối trong ba ngày liền."


@pytest.fixture
def remembered(portal):
    article = make_article("Hội chợ", body=f"<p>{SENTENCE}</p>")
    translate(article, "en", text=lambda source: "The fair is open." if source == SENTENCE else "Fair")
    return article


def suggestions(client, article, source) -> list[dict]:
    translation = begun(article)
    answer = client.get(reverse("translation_aid", args=[translation.pk])).json()["passages"]
    segment = translation.source.stringsegment_set.get(string__data=source)
    return answer[str(segment.pk)]["suggestions"]


def test_the_same_sentence_elsewhere_is_offered(client, translator, remembered):
    article = make_article("Tin khác", body=f"<p>{SENTENCE}</p>")
    [found] = suggestions(client, article, SENTENCE)
    assert (found["text"], found["percent"], found["page"]) == ("The fair is open.", 100, "Fair")
    assert not StringTranslation.objects.filter(context__object_id=article.translation_key).exists()


def test_nearly_the_same_is_offered_with_its_percent(client, translator, remembered):
    [found] = suggestions(client, make_article("Tin khác", body=f"<p>{NEAR}</p>"), NEAR)
    assert 85 <= found["percent"] < 100
    assert found["source"] == SENTENCE


def test_another_sentence_is_not(client, translator, remembered):
    other = "Tỉnh vừa tổng kết một năm thực hiện kế hoạch phát triển du lịch cộng đồng."
    assert suggestions(client, make_article("Tin khác", body=f"<p>{other}</p>"), other) == []


def test_only_what_was_approved_is_remembered(client, translator, remembered):
    draft = make_article("Chưa duyệt", body="<p>Câu này chưa ai duyệt bao giờ cả.</p>")
    begun(draft, text=lambda source: "Nobody approved this.")
    text = "Câu này chưa ai duyệt bao giờ cả."
    assert suggestions(client, make_article("Khác", body=f"<p>{text}</p>"), text) == []
    row = StringTranslation.objects.get(data="The fair is open.")
    row.data = "Changed after its page was published."
    row.save()
    assert suggestions(client, make_article("Tin khác", body=f"<p>{SENTENCE}</p>"), SENTENCE) == []


def test_what_is_translated_already_gets_no_suggestion(client, translator, remembered):
    article = make_article("Tin khác", body=f"<p>{SENTENCE}</p>")
    translation = begun(article, text=lambda source: "Mine")
    assert not any(one["suggestions"] for one in aid(client, translation))


def test_new_sentences_are_findable_at_once_and_once(portal):
    article = make_article("Một câu", body=f"<p>{SENTENCE}</p>")
    translation_of(article, "en")
    string = String.objects.get(data=SENTENCE)
    assert MemoryKey.objects.filter(string=string).count() == 8
    translation_of(article, "zh-hans")
    assert MemoryKey.objects.filter(string=string).count() == 8


def test_likeness():
    assert likeness(SENTENCE, NEAR) > 85
    assert likeness("Chè <b>Lai Châu</b>", "chè Lai Châu") == 99
    assert likeness("một", "hai") == 0


def test_a_long_memory_costs_as_many_queries(client, translator, remembered):
    article = make_article("Tin khác", body=f"<p>{SENTENCE}</p><p>{NEAR}</p>")
    translation = begun(article)
    url = reverse("translation_aid", args=[translation.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(6):
        translate(make_article(f"Hội chợ {number}", body=f"<p>{SENTENCE} Lần {number}.</p>"), "en")
    client.get(url)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few) < 40
