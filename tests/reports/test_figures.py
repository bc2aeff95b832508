"""The figures of a seeded year of 2,000 items, against counting them one by one in Python."""

import io
from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from news.models import ArticlePage
from portal.audit.models import AuditEntry
from portal.core.models import Feedback
from portal.reports import figures
from portal.reports.answers import QUESTION, REQUEST, answers
from portal.reports.tables import REPORTS
from portal.search.models import SearchedQuery
from portal.translation.models import RequestsOfDay, TranslationRequest
from tests.admin.forms import text_of
from tests.builders import home, locale, make_staff, news
from tests.reports.year import DUE, HALF, ORIGINALS, STALE, TRANSLATED, WITHDRAWALS, YEAR, seed

pytestmark = pytest.mark.django_db


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
    live = within(acts, period)
    new = Counter(key(act) for act in live if act.data["first"])
    updated = Counter(key(act) for act in live if not act.data["first"])
    away = [act for name, data in WITHDRAWALS for act in within(acts, period, name) if data.items() <= act.data.items()]
    withdrawn = Counter(map(key, away))
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
    """Those within a month, and no page that is not public."""
    today = timezone.localdate()
    rows = ArticlePage.objects.filter(locale=locale("vi")).exclude(review_date=None).select_related("department")
    near = [page for page in rows if page.review_date <= today + timedelta(days=30)]
    assert 0 < len(near) < len(rows) == DUE
    codes = Counter(page.department.code if page.department else "" for page in near)
    due = figures.due_for_review()
    assert Counter(row.department for row in due) == codes
    assert [row.review_date for row in due] == sorted(page.review_date for page in near)
    assert len(figures.due_for_review(today + timedelta(days=90))) == DUE
    ArticlePage.objects.filter(pk=near[0].pk).update(live=False)
    assert len(figures.due_for_review()) == len(near) - 1


@pytest.mark.parametrize("period", [YEAR, HALF], ids=["year", "half"])
def test_decisions_agree_with_counting(year, period):
    entries = list(AuditEntry.objects.filter(action__startswith="wagtail.workflow."))
    decided, hours, times = Counter(), defaultdict(list), Counter()
    for act in entries:
        if not period.first <= timezone.localtime(act.at).date() <= period.last:
            continue
        state = TaskState.objects.select_related("deadline").get(pk=act.data["workflow"]["task_state_id"])
        name = state.task.name
        decided[name, act.action.rpartition(".")[2]] += 1
        hours[name].append((act.at - state.started_at).total_seconds() / 3600)
        deadline = getattr(state, "deadline", None)
        if deadline is not None:
            times[name, act.at <= deadline.due_at] += 1
    rows = figures.decisions(period)
    assert {row.task for row in rows} == set(hours)
    for row in rows:
        assert (row.approved, row.returned) == (decided[row.task, "approve"], decided[row.task, "reject"])
        assert (row.in_time, row.late) == (times[row.task, True], times[row.task, False])
        median_hours, longest = round(median(hours[row.task]), 1), round(max(hours[row.task]), 1)
        assert (row.median_hours, row.longest_hours) == (median_hours, longest)


def test_requests_agree_with_what_readers_asked(year):
    asked = list(RequestsOfDay.objects.select_related("request__locale"))
    originals = dict(Page.objects.filter(locale=locale("vi")).values_list("translation_key", "title"))
    public = set(Page.objects.filter(live=True, alias_of=None).values_list("translation_key", "locale_id"))
    for period in (HALF, YEAR):
        mine, last = Counter(), {}
        for one in asked:
            if period.first <= one.day <= period.last:
                place = (one.request.translation_key, one.request.locale)
                mine[place] += one.count
                last[place] = max(one.day, last.get(place, one.day))
        wanted = [
            (originals[key], locale.language_code, count, last[key, locale], (key, locale.pk) in public)
            for (key, locale), count in mine.items()
        ]
        rows = figures.requests(period)
        assert Counter(tuple(vars(row).values()) for row in rows) == Counter(wanted)
        assert [row.count for row in rows] == sorted((row.count for row in rows), reverse=True)
    assert {row.translated for row in rows} == {True, False}


@pytest.mark.parametrize("period", [YEAR, HALF], ids=["year", "half"])
def test_searches_without_result_agree_with_counting(year, period):
    counted = Counter()
    for row in SearchedQuery.objects.all():
        if row.found == 0 and period.first <= row.day <= period.last:
            counted[row.text, row.language] += row.searches
    ours = figures.searches_without_result(period)
    assert {(row.text, row.language): row.searches for row in ours} == dict(counted)
    assert [row.searches for row in ours] == sorted(counted.values(), reverse=True)


@pytest.mark.parametrize("period", [YEAR, HALF], ids=["year", "half"])
def test_what_readers_said_agrees_with_counting(year, period):
    said = [row for row in Feedback.objects.all() if period.start <= row.created_at < period.end]
    counted = Counter((row.language, row.kind) for row in said)
    assert {(row.language, row.kind): row.count for row in figures.feedback(period)} == dict(counted)


@pytest.mark.parametrize("period", [YEAR, HALF], ids=["year", "half"])
def test_requests_and_questions_agree_with_counting(year, settings, period):
    """The mistakes that were reported and the wishes that came, whatever became of them; their days: test_answers."""
    questions = [
        row
        for row in Feedback.objects.filter(kind=Feedback.Kind.MISTAKE)
        if period.first <= timezone.localtime(row.created_at).date() <= period.last
    ]
    wishes = [
        row
        for row in TranslationRequest.objects.all()
        if period.first <= timezone.localtime(row.first_requested_at).date() <= period.last
    ]
    rows = answers(period)
    news_key = news().translation_key
    assert {row.section_key for row in rows} == {news_key}
    assert sum(row.received for row in rows if row.kind == QUESTION) == len(questions)
    assert sum(row.received for row in rows if row.kind == REQUEST) == len(wishes)
    answered = sum(row.in_time + row.late for row in rows if row.kind == QUESTION)
    assert answered == sum(row.state != Feedback.State.NEW for row in questions)


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.mark.parametrize("slug", REPORTS)
def test_a_report_of_2000_items_needs_few_queries(client, year, staff, slug, django_assert_max_num_queries):
    client.force_login(staff["admin"])
    url = reverse("portal_report", args=[slug])
    client.get(url)
    with django_assert_max_num_queries(24):
        response = client.get(url, {"first": "2026-01-01", "last": "2026-12-31"})
    assert response.status_code == 200
    assert response.context["rows"], "a report without rows shows nothing of its cost"
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
