"""What readers asked of the desk in a period, and whether they had it by the day that the settings promise.

Mistakes they reported are questions, answered for in the list of readers' feedback; wishes for a translation are
requests, met by the first publication in that language that the audit log has after them. Translations for which an
editor set a day count where that day lies in the period; the entry of their publication keeps the day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from portal.audit.models import AuditEntry
from portal.core.models import Feedback
from portal.core.working_days import working_days_after
from portal.reports.period import Period
from portal.translation.models import TranslationDeadline, TranslationRequest

QUESTION, REQUEST, DUE = "question", "request", "due"
IN_TIME, LATE, WAITING, OVERDUE = "in time", "late", "waiting", "overdue"
_SECTION = Page.steplen * 3  # of a path


@dataclass(frozen=True)
class Answers:
    """How many questions or requests of one section and language came, and what became of them."""

    kind: str  # QUESTION, REQUEST or DUE
    section_key: UUID | None  # translation key of the section; None for front pages
    language: str
    in_time: int
    late: int
    waiting: int  # not answered, the day not over
    overdue: int  # not answered, past the day

    @property
    def received(self) -> int:
        return self.in_time + self.late + self.waiting + self.overdue


def answers(period: Period, today: date | None = None) -> list[Answers]:
    """Of what was received or due in a period, by kind, section and language. 7 queries."""
    today = today or timezone.localdate()
    keys = dict(Page.objects.filter(depth=3).values_list("path", "translation_key"))
    totals = defaultdict(Counter)
    for kind, path, language, due, answered in [*_questions(period), *_requests(period), *_due(period)]:
        totals[kind, keys.get(path[:_SECTION]), language][_outcome(due, answered, today)] += 1
    return [
        Answers(*place, *(totals[place][outcome] for outcome in (IN_TIME, LATE, WAITING, OVERDUE)))
        for place in sorted(totals, key=str)
    ]


def _outcome(due: date, answered: datetime | None, today: date) -> str:
    if answered is None:
        return WAITING if today <= due else OVERDUE
    return IN_TIME if timezone.localtime(answered).date() <= due else LATE


def _questions(period: Period) -> Iterator[tuple]:
    rows = Feedback.questions().filter(created_at__gte=period.start, created_at__lt=period.end)
    for path, language, due, answered in rows.values_list("page__path", "language", "answer_by", "answered_at"):
        yield QUESTION, path, language, due, answered


def _requests(period: Period) -> Iterator[tuple]:
    """One for each item and language, however many readers wished for it: from the first of them the days count."""
    asked = TranslationRequest.objects.filter(first_requested_at__gte=period.start, first_requested_at__lt=period.end)
    keys = asked.order_by().values("translation_key")
    paths = _paths_of_originals(keys)
    published = AuditEntry.objects.filter(action="portal.publish", data__live=True, translation_key__in=keys)
    moments = defaultdict(list)
    for key, language, at in published.order_by("at").values_list("translation_key", "language", "at"):
        moments[key, language].append(at)
    for key, language, first in asked.values_list("translation_key", "locale__language_code", "first_requested_at"):
        if key not in paths:
            continue  # deleted: there is nothing to translate any more
        met = next((at for at in moments[key, language] if at >= first), None)
        due = working_days_after(timezone.localtime(first).date(), settings.READERS_REQUEST_DAYS)
        yield REQUEST, paths[key], language, due, met


def _paths_of_originals(keys: QuerySet | set[UUID]) -> dict[UUID, str]:
    originals = Page.objects.filter(translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE)
    return dict(originals.values_list("translation_key", "path"))


def _due(period: Period) -> Iterator[tuple]:
    """Translations whose day lies in a period: those published, with the day they had, and those still wanted."""
    done = AuditEntry.objects.filter(
        action="portal.publish",
        data__due_on__gte=period.first.isoformat(),
        data__due_on__lte=period.last.isoformat(),
    )
    wanted = TranslationDeadline.objects.filter(due_on__gte=period.first, due_on__lte=period.last)
    published = done.order_by().values_list("translation_key", "language", "data__due_on", "at")
    rows = [(key, language, date.fromisoformat(day), at) for key, language, day, at in published]
    rows += [(*row, None) for row in wanted.values_list("translation_key", "locale__language_code", "due_on")]
    paths = _paths_of_originals({key for key, *_rest in rows})
    for key, language, due, at in rows:
        if key in paths:
            yield DUE, paths[key], language, due, at
