"""«Was this useful» and «report a mistake» reach the desk, and nothing of the reader but the words."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from portal.audit.models import AuditEntry
from portal.core.models import Feedback
from portal.core.working_days import working_days_after
from portal.translation.models import TranslationRequest
from tests.builders import make_article, make_staff, translate
from tests.conftest import PrefixClient

pytestmark = pytest.mark.django_db

OURS = {"Origin": "http://testserver"}


@pytest.fixture
def article(portal):
    return make_article()


def send(client, page, language="vi", address="127.0.0.1", **data):
    return client.post(f"/{language}/feedback/{page.pk}/", data, headers=OURS, REMOTE_ADDR=address)


def test_the_forms_on_the_page_work_as_they_stand(client, article):
    page = BeautifulSoup(client.get(article.url).content, "html.parser")
    answers, mistake = page.select(".feedback form")
    button = answers.select_one("button")
    assert client.post(answers["action"], {button["name"]: button["value"]}, headers=OURS).status_code == 200
    fields = {field["name"]: field.get("value", "") for field in mistake.select("input")}
    response = client.post(mistake["action"], {**fields, "text": "Sai ngày"}, headers=OURS)
    assert response.status_code == 200 and response["Cache-Control"] == "private, no-store"
    assert list(Feedback.objects.values_list("kind", "text", "language")) == [
        ("mistake", "Sai ngày", "vi"),
        ("useful", "", "vi"),
    ]


def test_a_mistake_without_words_is_asked_for_them(client, article):
    response = send(client, article, kind="mistake", text=" ")
    page = BeautifulSoup(response.content, "html.parser")
    field = page.select_one("main textarea")
    assert response.status_code == 422 and field["aria-invalid"] == "true"
    errors = page.find(id=f"{field['id']}_error")
    assert errors.get_text(strip=True) and errors["id"] in field["aria-describedby"].split()
    assert page.select_one(f'[role=alert] a[href="#{field["id"]}"]') and page.title.get_text().startswith("Lỗi:")
    assert not Feedback.objects.exists()
    assert send(client, article, kind="mistake", text="x" * 1001).status_code == 422


def test_reloading_the_thanks_leads_back_to_the_page(client, article):
    assert client.get(f"/vi/feedback/{article.pk}/")["Location"] == article.url
    assert client.get("/vi/feedback/999999/").status_code == client.get("/vi/feedback/1/").status_code == 404
    stub = article.get_translation(Locale.objects.get(language_code="en"))
    assert client.get(f"/en/translation-request/{article.translation_key}/")["Location"] == stub.url
    assert not Feedback.objects.exists() and not TranslationRequest.objects.exists()


def test_what_did_not_come_from_our_form_is_refused(client, article):
    address = f"/vi/feedback/{article.pk}/"
    data = {"kind": "useful"}
    assert client.post(address, data).status_code == 403
    assert client.post(address, data, headers={"Origin": "https://evil.example"}).status_code == 403
    for nonsense in ("http://[", "https://[::1", "null", "testserver", "://"):
        assert client.post(address, data, headers={"Origin": nonsense}).status_code == 403, nonsense
    assert client.put(address).status_code == 405
    assert send(client, article, kind="made-up").status_code == 404
    assert send(client, article, kind="useful", website="spam").status_code == 200
    assert not Feedback.objects.exists()


def test_only_public_pages_of_the_language_take_feedback(client, article):
    draft = make_article("Nháp", publish=False)
    assert send(client, draft, kind="useful").status_code == 404
    assert send(client, article, language="en", kind="useful").status_code == 404
    english = translate(article, "en")
    assert send(client, english, language="en", kind="not-useful").status_code == 200
    assert Feedback.objects.get().language == "en"


def test_too_much_from_one_place_is_refused(client, article):
    answers = [send(client, article, kind="useful").status_code for _number in range(21)]
    assert answers == [200] * 20 + [429]


def test_one_line_has_many_addresses_and_one_count(client, article):
    """Whoever has IPv6 has 2^64 addresses; a neighbour's network is another sender."""
    answers = [
        send(client, article, kind="useful", address=f"2001:db8:1:2::{number:x}").status_code for number in range(21)
    ]
    assert answers == [200] * 20 + [429]
    assert send(client, article, kind="useful", address="2001:db8:1:3::1").status_code == 200


def test_editors_read_it_and_contributors_do_not(client, article):
    staff = make_staff()
    send(client, article, kind="mistake", text="Sai tên xã")
    for name, seen in (("editor", True), ("contributor", False)):
        desk = PrefixClient()
        desk.force_login(staff[name])
        assert ("Sai tên xã" in desk.get("/cms/reports/feedback/").content.decode()) is seen
        assert (b"/reports/feedback/" in desk.get("/cms/").content) is seen


def test_it_is_forgotten_after_a_year(article):
    """The words and what they were about; that somebody said something of a section stays for the reports."""
    kept = Feedback.objects.create(page=article, language="vi", kind="useful")
    came = timezone.now() - timedelta(days=366)
    old = Feedback.objects.create(page=article, language="vi", kind="mistake", text="Sai", note="x", created_at=came)
    call_command("scheduler", once=True)
    assert list(Feedback.remembered()) == [kept]
    old.refresh_from_db()
    assert (old.page, old.text, old.note, old.answered_by) == (None, "", "", None)
    assert (old.kind, old.language, old.created_at) == ("mistake", "vi", came)
    assert old.section_key == article.get_parent().translation_key


def test_the_site_map_lists_sections_and_pages_of_the_language(client, article):
    page = BeautifulSoup(client.get("/en/site-map/").content, "html.parser")
    assert len(page.select(".site-map > ul > li > ul > li")) == 7 and not page.select("main a[href*='/vi/']")
    assert page.select_one("footer a[href$='/en/site-map/']")


def test_a_mistake_is_answered_for_by_a_day(client, article):
    staff = make_staff()
    send(client, article, kind="mistake", text="Sai tên xã")
    question = Feedback.objects.get()
    assert question.answer_by == working_days_after(timezone.localdate(), 5)
    desk, address = PrefixClient(), f"/cms/reports/feedback/{question.pk}/"
    desk.force_login(staff["editor"])
    assert "Bạn đọc báo sai sót" in desk.get("/cms/").content.decode()
    assert address in desk.get("/cms/reports/feedback/").content.decode()
    form = {"seen": "-", "state": "closed", "note": ""}
    assert "Hãy ghi" in desk.post(address, form).content.decode(), "closing without a reason is refused"
    assert desk.post(address, form | {"note": "Tên đúng theo nghị quyết"}).status_code == 302
    question.refresh_from_db()
    assert (question.state, question.answered_by) == ("closed", staff["editor"])
    assert question.answered_at is not None
    entry = AuditEntry.objects.get(action="portal.feedback.answer")
    assert (entry.actor_id, entry.comment) == (staff["editor"].pk, "Tên đúng theo nghị quyết")
    assert "Bạn đọc báo sai sót" not in desk.get("/cms/").content.decode()


def test_an_answer_does_not_overwrite_a_colleagues(client, article):
    staff = make_staff()
    send(client, article, kind="mistake", text="Sai tên xã")
    address = f"/cms/reports/feedback/{Feedback.objects.get().pk}/"
    first, second = PrefixClient(), PrefixClient()
    first.force_login(staff["editor"])
    second.force_login(staff["editor2"])
    first.post(address, {"seen": "-", "state": "corrected", "note": "Đã sửa tên"})
    page = second.post(address, {"seen": "-", "state": "closed", "note": "Không phải lỗi"}).content.decode()
    assert "đã trả lời" in page and "Đã sửa tên" in page and "Không phải lỗi" in page
    assert Feedback.objects.get().answered_by == staff["editor"]
    seen = BeautifulSoup(page, "html.parser").select_one("input[name=seen]")["value"]
    assert second.post(address, {"seen": seen, "state": "closed", "note": "Không phải lỗi"}).status_code == 302
    assert Feedback.objects.get().answered_by == staff["editor2"]


def test_opinions_are_no_questions_and_not_everybody_answers(client, article):
    staff = make_staff()
    send(client, article, kind="not-useful")
    send(client, article, kind="mistake", text="Sai")
    opinion, mistake = Feedback.objects.get(kind="not-useful"), Feedback.objects.get(kind="mistake")
    desk = PrefixClient()
    desk.force_login(staff["editor"])
    assert desk.get(f"/cms/reports/feedback/{opinion.pk}/", follow=True).status_code == 404
    desk.force_login(staff["contributor"])
    form = {"seen": "-", "state": "corrected", "note": "x"}
    desk.post(f"/cms/reports/feedback/{mistake.pk}/", form)
    assert Feedback.objects.get(kind="mistake").state == "new"
