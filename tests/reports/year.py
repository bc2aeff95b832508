"""A year of the portal as the reports see it: 2,000 items and all that was done with them, made at random."""

import random
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, Revision, Task, TaskState, Workflow, WorkflowState

from news.models import ArticlePage
from portal.audit.models import AuditEntry
from portal.contributors.models import Department, ReviewDeadline
from portal.core.models import Feedback
from portal.reports.period import Period
from portal.search.models import SearchedQuery
from portal.translation.models import RequestsOfDay, TranslationRequest, TranslationState
from tests.builders import add_many, home, locale, news

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
HALF = Period(date(2026, 6, 16), date(2026, 11, 15))
ORIGINALS, TRANSLATED, STALE, DUE = 1400, 600, 150, 90
# By hand, at its end, with its original, or deleted while it was public.
WITHDRAWALS = [
    ("wagtail.unpublish", {}),
    ("wagtail.unpublish.scheduled", {}),
    ("portal.withdraw", {}),
    ("wagtail.delete", {"live": True}),
]
DECISIONS, QUESTIONS, REQUESTS = 700, 400, 300
CODES = ["so-ngoai-vu", "so-vhttdl", "cong-an-tinh", ""]
START = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())


def some_moment(chance: random.Random) -> datetime:
    return START + timedelta(minutes=chance.randrange(365 * 24 * 60))


def seed() -> list[AuditEntry]:
    chance = random.Random(93)
    add_many(news(), ArticlePage, ORIGINALS, summary="x")
    add_many(news("en"), ArticlePage, TRANSLATED, summary="x")
    originals = list(Page.objects.filter(slug__startswith="trang-", locale=locale("vi")).order_by("path"))
    english = list(Page.objects.filter(slug__startswith="trang-", locale=locale("en")).order_by("path"))
    sections = list(home().get_children().values_list("translation_key", flat=True))
    acts = []
    for page, original in zip(english, originals, strict=False):
        page.translation_key = original.translation_key
    Page.objects.bulk_update(english, ["translation_key"], batch_size=200)
    for number, page in enumerate([*originals, *english]):
        at = some_moment(chance)
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
            acts.append(AuditEntry(at=at, action="portal.schedule", data={"live": False, "first": False}, **fields))
            away, data = chance.choice([*WITHDRAWALS, ("wagtail.delete", {"live": False})])
            acts.append(AuditEntry(at=at + timedelta(days=9), action=away, data=data, **fields))
    AuditEntry.objects.bulk_create(acts, batch_size=500)
    TranslationState.objects.bulk_create(
        TranslationState(
            page=page,
            followed_digest="a",
            original_digest="b" if number < STALE else "a",
            followed_at=START,
            original_changed_at=START + timedelta(days=number),
        )
        for number, page in enumerate(english)
    )
    seed_decisions(chance, originals)
    seed_readers(chance, originals, english)
    seed_review_dates(chance, originals)
    return acts


def seed_decisions(chance: random.Random, originals: list[Page]) -> None:
    """Reviews that were decided, in time or late, most of them with a deadline."""
    pages = ContentType.objects.get_for_model(Page)
    articles = ContentType.objects.get_for_model(ArticlePage)
    about = {"content_type": articles, "base_content_type": pages, "object_id": str(originals[0].pk)}
    revision = Revision.objects.create(content={}, **about)
    workflow_state = WorkflowState.objects.create(workflow=Workflow.objects.first(), status="approved", **about)
    tasks = list(Task.objects.all())
    states = []
    for _number in range(DECISIONS):
        finished = some_moment(chance)
        states.append(
            TaskState(
                workflow_state=workflow_state,
                revision=revision,
                task=chance.choice(tasks),
                status=chance.choice(["approved", "approved", "rejected"]),
                finished_at=finished,
                content_type=pages,
            )
        )
    TaskState.objects.bulk_create(states, batch_size=200)
    for state in states:
        state.started_at = state.finished_at - timedelta(minutes=chance.randrange(10, 9000))
    TaskState.objects.bulk_update(states, ["started_at"], batch_size=200)
    due = {state.pk: state.started_at + timedelta(hours=48) for state in states if chance.random() < 0.9}
    ReviewDeadline.objects.bulk_create(ReviewDeadline(task_state_id=pk, due_at=due_at) for pk, due_at in due.items())
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=state.finished_at,
            action=f"wagtail.workflow.{'approve' if state.status == 'approved' else 'reject'}",
            model="news.ArticlePage",
            object_id=str(originals[0].pk),
            title="x",
            data={
                "workflow": {"task": {"title": state.task.name}, "task_state_id": state.pk},
                "started_at": state.started_at,
                "due_at": due.get(state.pk),
            },
        )
        for state in states
    )


def seed_readers(chance: random.Random, originals: list[Page], english: list[Page]) -> None:
    """What readers said, reported, wished for and searched."""
    for _number in range(QUESTIONS):
        page, code = chance.choice([(chance.choice(originals), "vi"), (chance.choice(english), "en")])
        kind = chance.choice([*Feedback.Kind.values, Feedback.Kind.MISTAKE, Feedback.Kind.MISTAKE])
        question = Feedback(page=page, language=code, kind=kind, created_at=some_moment(chance))
        if kind == Feedback.Kind.MISTAKE and chance.random() < 0.8:
            question.state = chance.choice([Feedback.State.CORRECTED, Feedback.State.CLOSED])
            question.answered_at = question.created_at + timedelta(days=chance.randrange(14))
        question.save()
    asked = []
    for page in chance.sample(originals, REQUESTS):
        code = locale(chance.choice(["zh-hans", "en"]))
        request = TranslationRequest(translation_key=page.translation_key, locale=code, count=0)
        asked.append(request)
    TranslationRequest.objects.bulk_create(asked)
    days = []
    for request in asked:
        request.first_requested_at = some_moment(chance)
        came = timezone.localtime(request.first_requested_at).date()
        for day in sorted({came, *(came + timedelta(days=chance.randrange(60)) for _number in range(3))}):
            days.append(RequestsOfDay(request=request, day=day, count=chance.randrange(1, 20)))
        request.count = sum(row.count for row in days if row.request is request)
        request.last_requested_at = request.first_requested_at + (days[-1].day - came)
    TranslationRequest.objects.bulk_update(asked, ["count", "first_requested_at", "last_requested_at"], batch_size=200)
    RequestsOfDay.objects.bulk_create(days, batch_size=200)
    SearchedQuery.objects.bulk_create(
        SearchedQuery(
            day=YEAR.first + timedelta(days=number),
            language=chance.choice(["vi", "en"]),
            text=text,
            searches=chance.randrange(1, 9),
            found=chance.choice([0, 0, 5]),
        )
        for number in range(365)
        for text in ("chè", "cửa khẩu", "=1+1")
    )


def seed_review_dates(chance: random.Random, originals: list[Page]) -> None:
    """Days on which somebody should check a page: some past, some near, some far."""
    bodies = {code: Department.objects.filter(code=code, locale=locale("vi")).first() for code in CODES}
    for page in originals[:DUE]:
        day = timezone.localdate() + timedelta(days=chance.randrange(-60, 90))
        ArticlePage.objects.filter(pk=page.pk).update(review_date=day, department=bodies[chance.choice(CODES)])
