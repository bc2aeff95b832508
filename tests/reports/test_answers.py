"""Requests and questions of readers with their days, against counting them one by one in Python."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from news.models import ArticlePage
from portal.audit.models import AuditEntry
from portal.core.models import Feedback
from portal.core.working_days import working_days_after
from portal.reports import figures as all_figures
from portal.reports.answers import DUE, QUESTION, REQUEST, answers
from portal.reports.period import Period
from portal.translation.models import TranslationDeadline, TranslationRequest
from tests.builders import add_many, home, locale, make_article, news, translate

pytestmark = pytest.mark.django_db
HALF = Period(date(2026, 6, 16), date(2026, 11, 15))
TODAY = date(2026, 11, 16)
OUTCOMES = ("in_time", "late", "waiting", "overdue")


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())


def outcome(due: date, answered: date | None) -> str:
    if answered is None:
        return "overdue" if due < TODAY else "waiting"
    return "late" if answered > due else "in_time"


def figures(kind: str) -> dict:
    rows = [row for row in answers(HALF, TODAY) if row.kind == kind]
    assert all(row.received == sum(getattr(row, name) for name in OUTCOMES) for row in rows)
    return {
        (row.section_key, row.language, name): getattr(row, name)
        for row in rows
        for name in OUTCOMES
        if getattr(row, name)
    }


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2026, 11, 16), 5, date(2026, 11, 23)),  # Monday to Monday
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday to Monday
        (date(2026, 8, 31), 3, date(2026, 9, 4)),  # the National Day, a Wednesday, is free
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
    ],
)
def test_working_days(first, count, last):
    assert working_days_after(first, count) == last


def test_questions_agree_with_counting(portal, settings):
    chance, counted = random.Random(11), Counter()
    sections = list(home().get_children())
    for number in range(300):
        section = chance.choice(sections)
        language = chance.choice(["vi", "en"])
        page = section if language == "vi" else section.get_translation(locale("en"))
        came = date(2026, 6, 1) + timedelta(days=chance.randrange(175))
        answered = came + timedelta(days=chance.randrange(14)) if chance.random() < 0.8 else None
        kind = Feedback.Kind.USEFUL if number % 10 == 0 else Feedback.Kind.MISTAKE
        question = Feedback.objects.create(page=page, language=language, kind=kind, created_at=at(came))
        if answered:
            Feedback.objects.filter(pk=question.pk).update(answered_at=at(answered, 23), state="corrected")
        if kind == Feedback.Kind.MISTAKE and HALF.first <= came <= HALF.last:
            due = working_days_after(came, settings.READERS_QUESTION_DAYS)
            counted[section.translation_key, language, outcome(due, answered)] += 1
    assert {name for *_place, name in counted} == set(OUTCOMES)
    assert figures(QUESTION) == dict(counted)


def published(page: Page, code: str, moment: datetime, **data) -> None:
    """The log's entry of a translation, as the publishing service writes it."""
    AuditEntry.objects.create(
        at=moment,
        action="portal.publish",
        model="news.ArticlePage",
        object_id="1",
        translation_key=page.translation_key,
        section_key=news().translation_key,
        title="x",
        language=code,
        data={"live": True} | data,
    )


def test_requests_agree_with_counting(portal, settings):
    chance, counted = random.Random(12), Counter()
    add_many(news(), ArticlePage, 200, summary="x")
    section = news().translation_key
    for page in Page.objects.filter(slug__startswith="trang-", locale=locale("vi")):
        code = chance.choice(["zh-hans", "en"])
        came = date(2026, 6, 1) + timedelta(days=chance.randrange(175))
        asked = TranslationRequest.objects.create(translation_key=page.translation_key, locale=locale(code), count=3)
        TranslationRequest.objects.filter(pk=asked.pk).update(first_requested_at=at(came))
        answered = came + timedelta(days=chance.randrange(60)) if chance.random() < 0.7 else None
        for day in filter(None, (came - timedelta(days=3), answered, answered and answered + timedelta(days=1))):
            published(page, code, at(day, 22), first=day == answered)
        if HALF.first <= came <= HALF.last:
            counted[section, code, outcome(working_days_after(came, settings.READERS_REQUEST_DAYS), answered)] += 1
    assert {name for *_place, name in counted} == set(OUTCOMES)
    assert figures(REQUEST) == dict(counted)


def test_translations_with_a_day_agree_with_counting(portal):
    chance, counted, kept = random.Random(13), Counter(), Counter()
    add_many(news(), ArticlePage, 200, summary="x")
    section = news().translation_key
    for page in Page.objects.filter(slug__startswith="trang-", locale=locale("vi")):
        code = chance.choice(["zh-hans", "en"])
        due = date(2026, 6, 1) + timedelta(days=chance.randrange(190))
        done = due + timedelta(days=chance.randrange(-9, 9)) if chance.random() < 0.7 else None
        if done:
            published(page, code, at(done, 23), first=False, due_on=due.isoformat())
        else:
            wanted = {"translation_key": page.translation_key, "locale": locale(code), "due_on": due}
            TranslationDeadline.objects.create(**wanted)
        if HALF.first <= due <= HALF.last:
            counted[section, code, outcome(due, done)] += 1
        if done and HALF.first <= done <= HALF.last:
            kept[code, done <= due] += 1
    assert {name for *_place, name in counted} == {"in_time", "late", "overdue"}
    assert figures(DUE) == dict(counted)
    rows = all_figures.translation_delay(HALF)
    assert {(row.language, True): row.in_time for row in rows} | {
        (row.language, False): row.late for row in rows
    } == kept


@pytest.mark.parametrize(("days", "kept"), [(0, "in_time"), (1, "in_time"), (-1, "late")])
def test_a_real_publication_keeps_its_day_or_does_not(portal, days, kept):
    today = timezone.localdate()
    due = today + timedelta(days=days)
    article = make_article("Có hạn")
    TranslationDeadline.objects.create(translation_key=article.translation_key, locale=locale("en"), due_on=due)
    about = Period(due, due)
    [before] = [row for row in answers(about, today) if row.kind == DUE]
    assert (before.waiting, before.overdue) == ((0, 1) if days < 0 else (1, 0))
    translate(article, "en")
    [after] = [row for row in answers(about, today) if row.kind == DUE]
    assert (getattr(after, kept), after.received, after.language) == (1, 1, "en")
    [delay] = [row for row in all_figures.translation_delay(Period(today, today)) if row.language == "en"]
    assert getattr(delay, kept) == 1
    translate(article, "en")  # once more, without a day
    [delay] = [row for row in all_figures.translation_delay(Period(today, today)) if row.language == "en"]
    assert delay.in_time + delay.late == 1
