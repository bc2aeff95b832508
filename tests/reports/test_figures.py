"""The figures of a seeded year of 2,000 items, against counting them one by one in Python."""

import io
import random
from collections import Counter
from datetime import date, datetime, timedelta
from statistics import median

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from news.models import ArticlePage
from portal.audit.models import AuditEntry
from portal.contributors.models import Department, ReviewDeadline
from portal.core.models import Feedback
from portal.publishing.service import publish_new
from portal.reports import figures
from portal.reports.period import Period
from portal.reports.tables import REPORTS
from portal.search.models import SearchedQuery
from portal.translation.models import TranslationRequest, TranslationState
from tests.admin.forms import text_of
from tests.builders import add_many, approve, home, locale, make_article, make_staff, news, submit, translate

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
HALF = Period(date(2026, 6, 16), date(2026, 11, 15))
ORIGINALS, TRANSLATED, STALE = 1400, 600, 150
CODES = ["so-ngoai-vu", "so-vhttdl", "cong-an-tinh", ""]


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """1,400 originals and 600 English translations, public over a year, some updated, some withdrawn; made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed()
        transaction.set_rollback(True)


@pytest.fixture
def year(seeded, portal):
    """The seeded year, to which each test comes back after its own changes."""
    return seeded


def seed() -> list[AuditEntry]:
    chance = random.Random(93)
    add_many(news(), ArticlePage, ORIGINALS, summary="x")
    add_many(news("en"), ArticlePage, TRANSLATED, summary="x")
    originals = list(Page.objects.filter(slug__startswith="trang-", locale=locale("vi")).order_by("path"))
    english = list(Page.objects.filter(slug__startswith="trang-", locale=locale("en")).order_by("path"))
    sections = list(home().get_children().values_list("translation_key", flat=True))
    acts, start = [], datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
    for page, original in zip(english, originals, strict=False):
        page.translation_key = original.translation_key
    Page.objects.bulk_update(english, ["translation_key"], batch_size=200)
    for number, page in enumerate([*originals, *english]):
        at = start + timedelta(minutes=chance.randrange(365 * 24 * 60))
        fields = {
            "model": "news.ArticlePage",
            "object_id": str(page.pk),
            "translation_key": page.translation_key,
            "title": page.title,
            "language": "vi" if number < ORIGINALS else "en",
            "section_key": chance.choice(sections),
            "department": chance.choice(CODES),
        }
        acts.append(AuditEntry(at=at, action="portal.publish", data={"live": True, "first": True}, **fields))
        for _update in range(chance.randrange(3)):
            later = at + timedelta(days=chance.randrange(60))
            acts.append(AuditEntry(at=later, action="portal.publish", data={"live": True, "first": False}, **fields))
        if chance.random() < 0.1:
            acts.append(AuditEntry(at=at, action="portal.publish", data={"live": False, "first": False}, **fields))
            acts.append(AuditEntry(at=at + timedelta(days=9), action="wagtail.unpublish", data={}, **fields))
    AuditEntry.objects.bulk_create(acts, batch_size=500)
    TranslationState.objects.bulk_create(
        TranslationState(
            page=page,
            followed_digest="a",
            original_digest="b" if number < STALE else "a",
            followed_at=start,
            original_changed_at=start + timedelta(days=number),
        )
        for number, page in enumerate(english)
    )
    return acts


def within(acts, period, action="portal.publish"):
    first, last = period.first, period.last
    return [act for act in acts if act.action == action and first <= timezone.localtime(act.at).date() <= last]


@pytest.mark.parametrize("period", [YEAR, HALF], ids=["year", "half"])
@pytest.mark.parametrize("by", [("department",), ("section_key",), ("model",), ("language",), figures.GROUPINGS])
def test_output_agrees_with_counting(year, period, by):
    def key(act):
        return tuple(getattr(act, name) for name in by)

    # What `manage.py setup` published, today, is part of the year.
    acts = [act for act in AuditEntry.objects.all() if act.model.endswith("Page")]
    assert len(acts) > len(year)
    live = [act for act in within(acts, period) if act.data["live"]]
    new = Counter(key(act) for act in live if act.data["first"])
    updated = Counter(key(act) for act in live if not act.data["first"])
    withdrawn = Counter(key(act) for act in within(acts, period, "wagtail.unpublish"))
    ours = {row.key: row for row in figures.output(period, by)}
    assert {name: row.new for name, row in ours.items() if row.new} == dict(new)
    assert {name: row.updated for name, row in ours.items() if row.updated} == dict(updated)
    assert {name: row.withdrawn for name, row in ours.items() if row.withdrawn} == dict(withdrawn)


def test_delay_agrees_with_counting(year):
    firsts = [act for act in year if act.data.get("first")]
    started = {act.translation_key: act.at for act in firsts if act.language == "vi"}
    mine = [act for act in within(year, HALF) if act.data["first"] and act.language == "en"]
    days = [max(0, (act.at - started[act.translation_key]).total_seconds() / 86400) for act in mine]
    [row] = figures.translation_delay(HALF)
    assert (row.language, row.count) == ("en", len(days))
    assert (row.median_days, row.longest_days) == (round(median(days), 1), round(max(days), 1))


def test_coverage_agrees_with_counting(year):
    english = next(row for row in figures.coverage() if row.language == "en")
    originals = Page.objects.filter(locale=locale("vi"), live=True, depth__gt=2)
    sections = home().get_children().count()
    assert english.originals == originals.count() == ORIGINALS + sections
    assert english.translated == TRANSLATED + sections
    assert english.out_of_date == STALE
    assert english.percent == round(100 * (TRANSLATED + sections) / (ORIGINALS + sections), 1)


def test_out_of_date_lists_the_longest_waiting_first(year):
    rows = figures.out_of_date()
    assert len(rows) == STALE
    assert rows == sorted(rows, key=lambda row: row.changed_at)


def test_pages_to_check(year):
    today = timezone.localdate()
    body = Department.objects.get(code="so-ngoai-vu", locale=locale("vi"))
    due = ArticlePage.objects.filter(locale=locale("vi"), slug__in=["trang-1", "trang-2", "trang-3"])
    due.update(review_date=today - timedelta(days=1), department=body)
    ArticlePage.objects.filter(locale=locale("vi"), slug="trang-4").update(review_date=today + timedelta(days=31))
    assert [row.department for row in figures.due_for_review()] == ["so-ngoai-vu"] * 3
    assert len(figures.due_for_review(today + timedelta(days=31))) == 4


def test_requests_agree_with_what_readers_asked(year):
    originals = Page.objects.filter(locale=locale("vi"), slug__startswith="trang-").order_by("path")
    for number, page in enumerate(originals[:40], start=1):
        TranslationRequest.objects.create(translation_key=page.translation_key, locale=locale("en"), count=number)
    rows = figures.requests()
    assert [row.count for row in rows] == list(range(40, 0, -1))
    assert all(row.translated for row in rows), "the first forty have English versions"
    assert figures.requests(Period(date(2020, 1, 1), date(2020, 12, 31))) == []


def test_searches_without_result_agree_with_counting(year):
    chance, days = random.Random(7), [date(2026, 6, 15) + timedelta(days=number) for number in range(160)]
    rows = [
        SearchedQuery(
            day=day,
            language=chance.choice(["vi", "en"]),
            text=text,
            searches=chance.randrange(1, 9),
            found=chance.choice([0, 0, 5]),
        )
        for day in days
        for text in ("chè", "cửa khẩu", "=1+1")
    ]
    SearchedQuery.objects.bulk_create(rows)
    counted = Counter()
    for row in rows:
        if row.found == 0 and HALF.first <= row.day <= HALF.last:
            counted[row.text, row.language] += row.searches
    ours = figures.searches_without_result(HALF)
    assert {(row.text, row.language): row.searches for row in ours} == dict(counted)
    assert [row.searches for row in ours] == sorted(counted.values(), reverse=True)


def test_what_readers_said_agrees_with_counting(year):
    chance, page = random.Random(8), Page.objects.get(slug="trang-1", locale=locale("vi"))
    rows = [
        Feedback(
            page=page,
            language=chance.choice(["vi", "en", "zh-hans"]),
            kind=chance.choice(Feedback.Kind.values),
            created_at=HALF.start + timedelta(hours=chance.randrange(-500, 5000)),
        )
        for _number in range(300)
    ]
    Feedback.objects.bulk_create(rows)
    counted = Counter((row.language, row.kind) for row in rows if HALF.start <= row.created_at < HALF.end)
    assert {(row.language, row.kind): row.count for row in figures.feedback(HALF)} == dict(counted)


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
    assert (row.median_hours, row.longest_hours) == (3.5, 5.0)
    assert (row.in_time, row.late) == (1, 1)
    assert figures.decisions(Period(date(2020, 1, 1), date(2020, 1, 2))) == []


@pytest.mark.parametrize("slug", REPORTS)
def test_a_report_of_2000_items_needs_few_queries(client, year, staff, slug, django_assert_max_num_queries):
    client.force_login(staff["admin"])
    url = reverse("portal_report", args=[slug])
    client.get(url)
    with django_assert_max_num_queries(24):
        response = client.get(url, {"first": "2026-01-01", "last": "2026-12-31"})
    assert response.status_code == 200
    with django_assert_max_num_queries(24):
        sheet = client.get(url, {"first": "2026-06-16", "last": "2026-11-15", "export": "xlsx"})
    cells = [row[0].value for row in openpyxl.load_workbook(io.BytesIO(sheet.content)).active.iter_rows(max_row=2)]
    assert cells[0]
    assert "2026" in cells[1]


def test_sorting_filtering_and_odd_questions(client, year, staff):
    client.force_login(staff["editor"])
    url = reverse("portal_report", args=["output"])
    days = {"first": "2026-01-01", "last": "2026-12-31"}
    counts = [int(row[4]) for row in client.get(url, days | {"sort": "-4"}).context["rows"]]
    assert counts == sorted(counts, reverse=True)
    assert [int(row[4]) for row in client.get(url, days | {"sort": "4"}).context["rows"]] == sorted(counts)
    rows = client.get(url, days | {"contains": "ngoại vụ"}).context["rows"]
    assert rows
    assert {row[0] for row in rows} == {"Sở Ngoại vụ"}
    odd = [
        {"first": "x"},
        {"first": "2026-12-31", "last": "2026-01-01"},
        {"sort": "99"},
        {"sort": "٣"},
        {"export": "exe"},
    ]
    for question in [*odd, {"first": "9999-12-31"}, {"last": "0001-01-01"}]:
        assert client.get(url, question).status_code == 200
    assert client.get(reverse("portal_report", args=["khong-co"]), follow=True).status_code == 404
    assert text_of(client.get(url, {"first": "2020-01-01", "last": "2020-01-02"}))


@pytest.mark.parametrize(("role", "allowed"), [("reviewer", True), ("contributor", False), ("translator_zh", False)])
def test_who_sees_reports(client, staff, role, allowed):
    client.force_login(staff[role])
    assert (client.get(reverse("portal_report", args=["output"])).status_code == 200) is allowed
