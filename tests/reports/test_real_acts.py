"""Figures of what was really published and decided, through the doors that people use."""

import io
from collections import Counter
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, TaskState
from wagtail.users.models import UserProfile

from news.models import ArticlePage
from portal.audit.models import AuditEntry
from portal.contributors.models import ReviewDeadline
from portal.core.models import Feedback
from portal.publishing.schedule import run_due
from portal.publishing.service import publish_new
from portal.reports import figures
from portal.reports.answers import QUESTION, REQUEST, answers
from portal.reports.period import Period
from portal.reports.tables import REPORTS
from portal.translation.models import RequestsOfDay, TranslationRequest
from tests.builders import approve, make_article, make_staff, news, pass_an_hour, submit, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


def test_real_publications_count_once_as_new(staff):
    today = timezone.localdate()
    period = Period(today, today)
    before = {row.key: row for row in figures.output(period, ("language",))}
    article = make_article("Tin")
    translate(article)
    publish_new(article, "test")
    after = {row.key: row for row in figures.output(period, ("language",))}
    for code, new, updated in (("vi", 1, 1), ("en", 1, 0)):
        old = before.get((code,), figures.Output((code,), 0, 0, 0))
        now = after[code,]
        assert (now.new - old.new, now.updated - old.updated) == (new, updated), code


def ask_for(article, client) -> None:
    """A reader's wish for the English translation."""
    address = f"/en/translation-request/{article.translation_key}/"
    assert client.post(address, {}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def public_languages(article) -> set[str]:
    pages = Page.objects.filter(translation_key=article.translation_key, live=True, alias_of=None)
    return set(pages.values_list("locale__language_code", flat=True))


def test_output_agrees_with_what_readers_saw(staff):
    """Each act through its own door; what readers see is asked before and after it, and counted by hand."""
    period = Period(timezone.localdate(), timezone.localdate())
    before = {row.key: row for row in figures.output(period, ("language",))}
    counted = Counter()

    def act(article, do):
        earlier = public_languages(article)
        do()
        counted.update(("withdrawn", code) for code in earlier - public_languages(article))

    kept, ending, hidden, deleted = (make_article(title) for title in ("Giữ", "Hết hạn", "Rút", "Xóa"))
    counted["new", "vi"] += 4
    for article in (ending, hidden, deleted):
        translate(article)
        counted["new", "en"] += 1
    # A new version of a public page, approved for later: nothing has gone out yet.
    kept.title = "Giữ, sửa"
    kept.go_live_at = timezone.now() + timedelta(hours=1)
    kept.save_revision(user=staff["contributor"])
    submit(kept, staff["contributor"])
    approve(kept, staff["editor"], staff["reviewer"])
    assert Page.objects.get(pk=kept.pk).title == "Giữ"
    entries = AuditEntry.objects.filter(object_id=str(kept.pk), action__startswith="portal.")
    assert entries.first().action == "portal.schedule"
    # Its hour comes: now it counts, once.
    pass_an_hour(kept)
    assert run_due() == (1, 0)
    assert Page.objects.get(pk=kept.pk).title == "Giữ, sửa"
    counted["updated", "vi"] += 1
    Page.objects.filter(pk=ending.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    act(ending, run_due)
    act(hidden, lambda: hidden.unpublish(user=staff["editor"]))
    act(deleted, lambda: deleted.delete(user=staff["editor"]))
    draft = make_article("Nháp", publish=False)
    act(draft, draft.delete)  # nobody loses what nobody saw
    assert (counted["withdrawn", "vi"], counted["withdrawn", "en"]) == (3, 3)
    now = {row.key: row for row in figures.output(period, ("language",))}
    for code in ("vi", "en", "zh-hans"):
        old, new = (rows.get((code,), figures.Output((code,), 0, 0, 0)) for rows in (before, now))
        for name in ("new", "updated", "withdrawn"):
            assert getattr(new, name) - getattr(old, name) == counted[name, code], (name, code)


def test_figures_of_a_past_period_stay_when_the_page_goes(staff, client):
    """Reviews, what readers said, reported and wished for: all of it about a page that is deleted afterwards."""
    today = timezone.localdate()
    period = Period(today - timedelta(days=1), today)
    page = make_article("Sẽ xóa", publish=False)
    page.save_revision(user=staff["contributor"])
    submit(page, staff["contributor"])
    TaskState.objects.filter(status="in_progress").update(started_at=timezone.now() - timedelta(hours=3))
    approve(page, staff["editor"], staff["reviewer"])
    for kind in ("useful", "mistake"):
        Feedback.objects.create(page=page, language="vi", kind=kind, text="Sai tên xã")
    ask_for(page, client)
    before = (figures.decisions(period), figures.feedback(period), [row.title for row in figures.requests(period)])
    assert before[0][0].median_hours == 3.0
    assert before[2] == ["Sẽ xóa"]
    received = {(row.kind, row.section_key): row.received for row in answers(period)}
    assert set(received) == {(QUESTION, news().translation_key), (REQUEST, news().translation_key)}
    page.delete()
    after = (figures.decisions(period), figures.feedback(period), [row.title for row in figures.requests(period)])
    assert after == before
    assert {(row.kind, row.section_key): row.received for row in answers(period)} == received
    assert not Feedback.objects.exclude(text="").exists()


def test_requests_count_on_the_day_they_came(staff, client):
    article = make_article("Được hỏi")
    today = timezone.localdate()
    ask_for(article, client)
    RequestsOfDay.objects.update(day=today - timedelta(days=200))
    for _time in range(2):
        ask_for(article, client)
    [row] = figures.requests(Period(today - timedelta(days=1), today))
    assert (row.title, row.count, row.last_requested_on) == ("Được hỏi", 2, today)
    [row] = figures.requests(Period(today - timedelta(days=300), today - timedelta(days=100)))
    assert (row.count, row.last_requested_on) == (1, today - timedelta(days=200))
    assert figures.requests_without_day() == 0
    TranslationRequest.objects.update(count=5)  # as an earlier version counted
    assert figures.requests_without_day() == 2


def test_a_report_says_what_is_not_known_of_a_period(staff, client):
    client.force_login(staff["editor"])
    UserProfile.objects.update_or_create(user=staff["editor"], defaults={"preferred_language": "en"})
    url = reverse("portal_report", args=["searches"])
    today = timezone.localdate()
    old = {"first": today - timedelta(days=500), "last": today - timedelta(days=450)}
    assert "Searches are kept for 400 days" in client.get(url, old).content.decode()
    assert "Searches are kept for 400 days" in client.get(url, old | {"export": "csv"}).content.decode()
    assert "kept for" not in client.get(url, {"first": today, "last": today}).content.decode()
    AuditEntry.objects.create(
        at=timezone.now(),
        action="wagtail.workflow.approve",
        model="news.ArticlePage",
        object_id="1",
        title="x",
        data={"workflow": {"task": {"title": "Biên tập"}, "task_state_id": 1}},
    )
    decisions = client.get(reverse("portal_report", args=["decisions"]), {"first": today, "last": today})
    assert "Of 1 decision, made before" in decisions.content.decode()


def test_days_in_a_table_are_days(staff, client):
    """Written as the reader writes them, found as they are written, sorted as days, days in the file."""
    today = timezone.localdate()
    first, second = date(today.year - 1, 10, 30), date(today.year - 1, 11, 2)
    for day in (first, second):
        article = make_article(f"Được hỏi {day}")
        ask_for(article, client)
        RequestsOfDay.objects.filter(day=today).update(day=day)
        ArticlePage.objects.filter(pk=article.pk).update(review_date=day)
    client.force_login(staff["editor"])
    url, days = reverse("portal_report", args=["requests"]), {"first": first, "last": second}
    shown = [row[3] for row in client.get(url, days | {"sort": "3"}).context["rows"]]
    assert shown == [f"30/10/{first.year}", f"02/11/{first.year}"]
    assert len(client.get(url, days | {"contains": "02/11/"}).context["rows"]) == 1
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(url, days | {"export": "xlsx"}).content)).active
    assert {type(row[3].value) for row in sheet.iter_rows(min_row=4)} == {datetime}
    review = client.get(reverse("portal_report", args=["review-dates"])).context["rows"]
    assert {row[2] for row in review} == set(shown)


def test_decisions_with_their_hours(staff):
    today = timezone.localdate()
    for title, hours in (("Một", 2), ("Hai", 5)):
        page = make_article(title, publish=False)
        page.save_revision(user=staff["contributor"])
        submit(page, staff["contributor"])
        TaskState.objects.filter(status="in_progress").update(started_at=timezone.now() - timedelta(hours=hours))
        if title == "Một":
            ReviewDeadline.objects.update(due_at=timezone.now() - timedelta(hours=1))
            approve(page, staff["editor"])
        else:
            state = page.current_workflow_task_state
            state.task.specific.on_action(state, staff["editor"], "reject", comment="Thiếu nguồn số liệu")
    [row] = figures.decisions(Period(today - timedelta(days=1), today))
    assert (row.task, row.approved, row.returned) == ("Biên tập", 1, 1)
    with translation.override("en"):
        assert REPORTS["decisions"].rows(Period(today - timedelta(days=1), today))[0][0] == "Editorial review"
    assert (row.median_hours, row.longest_hours) == (3.5, 5.0)
    assert (row.in_time, row.late) == (1, 1)
    assert figures.decisions(Period(date(2020, 1, 1), date(2020, 1, 2))) == []
