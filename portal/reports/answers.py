"""What readers asked of the desk in a period, and whether they had it by the day that the settings promise.

Mistakes they reported are questions, answered for in the list of readers' feedback; wishes for a translation are
requests, met by the first publication in that language that the audit log has after them, or ended by the deletion of
the page. Translations for which an editor set a day count where that day lies in the period; the entry of their
publication keeps the day.
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
    """Of what was received or due in a period, by kind, section and language. 9 queries."""
    today = today or timezone.localdate()
    sections = dict(Page.objects.filter(depth=3).values_list("path", "translation_key"))
    totals = defaultdict(Counter)
    for rows in (_questions, _requests, _due):
        for kind, section, language, due, answered in rows(period, sections):
            totals[kind, section, language][_outcome(due, answered, today)] += 1
    return [
        Answers(*place, *(totals[place][outcome] for outcome in (IN_TIME, LATE, WAITING, OVERDUE)))
        for place in sorted(totals, key=str)
    ]


def _outcome(due: date, answered: datetime | None, today: date) -> str:
    if answered is None:
        return WAITING if today <= due else OVERDUE
    return IN_TIME if timezone.localtime(answered).date() <= due else LATE


def _questions(period: Period, sections: dict[str, UUID]) -> Iterator[tuple]:
    rows = Feedback.questions().filter(created_at__gte=period.start, created_at__lt=period.end)
    names = ("page__path", "section_key", "language", "answer_by", "answered_at")
    for path, kept, language, due, answered in rows.values_list(*names):
        yield QUESTION, sections.get(path[:_SECTION]) if path else kept, language, due, answered


def _requests(period: Period, sections: dict[str, UUID]) -> Iterator[tuple]:
    """One for each item and language, however many readers wished for it: from the first of them the days count."""
    asked = TranslationRequest.objects.filter(first_requested_at__gte=period.start, first_requested_at__lt=period.end)
    keys = asked.order_by().values("translation_key")
    places = _places_of_originals(keys, sections)
    deleted = AuditEntry.objects.filter(
        action="wagtail.delete", language=settings.LANGUAGE_CODE, translation_key__in=keys
    )
    ended = {key: (section, at) for key, section, at in deleted.values_list("translation_key", "section_key", "at")}
    published = AuditEntry.objects.filter(action="portal.publish", data__live=True, translation_key__in=keys)
    moments = defaultdict(list)
    for key, language, at in published.order_by("at").values_list("translation_key", "language", "at"):
        moments[key, language].append(at)
    for key, language, first in asked.values_list("translation_key", "locale__language_code", "first_requested_at"):
        section, end = ended.get(key, (None, None))
        met = next((at for at in moments[key, language] if at >= first), end)
        due = working_days_after(timezone.localtime(first).date(), settings.READERS_REQUEST_DAYS)
        yield REQUEST, places.get(key, section), language, due, met


def _places_of_originals(keys: QuerySet, sections: dict[str, UUID]) -> dict[UUID, UUID | None]:
    """The section of each original that exists, None for front pages."""
    originals = Page.objects.filter(translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE)
    return {key: sections.get(path[:_SECTION]) for key, path in originals.values_list("translation_key", "path")}


def _due(period: Period, sections: dict[str, UUID]) -> Iterator[tuple]:
    """Translations whose day lies in a period: those published, with the day they had, and those still wanted."""
    done = AuditEntry.objects.filter(
        action="portal.publish",
        data__due_on__gte=period.first.isoformat(),
        data__due_on__lte=period.last.isoformat(),
    )
    wanted = TranslationDeadline.objects.filter(due_on__gte=period.first, due_on__lte=period.last)
    for section, language, day, at in done.order_by().values_list("section_key", "language", "data__due_on", "at"):
        yield DUE, section, language, date.fromisoformat(day), at
    places = _places_of_originals(wanted.values("translation_key"), sections)
    for key, language, day in wanted.values_list("translation_key", "locale__language_code", "due_on"):
        if key in places:  # of what was deleted nobody wants a translation any more
            yield DUE, places[key], language, day, None
