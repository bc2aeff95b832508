"""Every figure of the reports as a function of its own, all from the audit log or from what is public today.

Each returns plain rows (dataclasses), takes a Period where time matters, and asks the database a fixed number of
times however much there is. Languages are codes, departments codes, sections translation keys; `tables.py` words them.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page, get_page_models

from portal.audit.models import AuditEntry
from portal.audit.recording import DECISIONS
from portal.core.models import Feedback
from portal.publishing.approvals import WITHDRAWALS
from portal.reports.period import Period
from portal.search.models import SearchedQuery
from portal.translation.models import RequestsOfDay, TranslationRequest, TranslationState

# A page is withdrawn, or deleted while it is public.
_WITHDRAWAL = Q(action__in=WITHDRAWALS) | Q(action="wagtail.delete", data__live=True)
GROUPINGS = ("department", "section_key", "model", "language")


@dataclass(frozen=True)
class Output:
    """How much went public, for one combination of the groupings asked for."""

    key: tuple
    new: int  # items public for the first time
    updated: int  # further publications of what was public before
    withdrawn: int


def publications(period: Period):
    """The log's entries of pages that went public in a period. Registers are no output."""
    entries = AuditEntry.objects.filter(at__gte=period.start, at__lt=period.end, action="portal.publish")
    return _of_pages(entries).filter(data__live=True)


def _of_pages(entries):
    return entries.filter(model__in=[model._meta.label for model in get_page_models()])


def output(period: Period, by: tuple[str, ...] = GROUPINGS) -> list[Output]:
    """New, updated and withdrawn items by any of GROUPINGS. 2 queries."""
    rows = publications(period).order_by().values(*by)
    rows = rows.annotate(new=Count("pk", filter=Q(data__first=True)), all=Count("pk"))
    counted = {tuple(row[name] for name in by): [row["new"], row["all"] - row["new"], 0] for row in rows}
    withdrawn = _of_pages(AuditEntry.objects.filter(_WITHDRAWAL, at__gte=period.start, at__lt=period.end))
    for row in withdrawn.order_by().values(*by).annotate(count=Count("pk")):
        counted.setdefault(tuple(row[name] for name in by), [0, 0, 0])[2] = row["count"]
    return [Output(key, *counts) for key, counts in sorted(counted.items(), key=lambda item: str(item[0]))]


@dataclass(frozen=True)
class Coverage:
    """How many public originals a language has as translations, and how many of these lag behind."""

    language: str
    originals: int
    translated: int
    out_of_date: int

    @property
    def percent(self) -> float:
        return round(100 * self.translated / self.originals, 1) if self.originals else 0.0


def coverage() -> list[Coverage]:
    """Of what is public now, by language. 3 queries."""
    live = Page.objects.filter(live=True, alias_of=None, depth__gt=2)
    originals = set(live.filter(locale__language_code=settings.LANGUAGE_CODE).values_list("translation_key", flat=True))
    translated = defaultdict(set)
    for code, key in live.values_list("locale__language_code", "translation_key"):
        translated[code].add(key)
    stale = Counter(
        TranslationState.objects.exclude(followed_digest=F("original_digest"))
        .filter(page__live=True, page__alias_of=None, page__depth__gt=2)
        .values_list("page__locale__language_code", flat=True)
    )
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [Coverage(code, len(originals), len(originals & translated[code]), stale[code]) for code in others]


@dataclass(frozen=True)
class Delay:
    """Days from the original's first publication to the translation's, for translations first public in a period.

    Of those that went public in it, updates too, and had a day set by an editor: how many kept it.
    """

    language: str
    count: int
    median_days: float
    longest_days: float
    in_time: int
    late: int


def translation_delay(period: Period) -> list[Delay]:
    """By language. 3 queries."""
    translations = publications(period).exclude(language=settings.LANGUAGE_CODE)
    new = translations.filter(data__first=True)
    moments = list(new.values_list("language", "translation_key", "at"))
    originals = _of_pages(
        AuditEntry.objects.filter(action="portal.publish", data__first=True, language=settings.LANGUAGE_CODE)
    )
    # A subquery rather than a list of keys: SQLite takes a limited number of values.
    originals = originals.filter(translation_key__in=new.values("translation_key")).order_by()
    started = dict(
        originals.values("translation_key").annotate(first=Min("at")).values_list("translation_key", "first")
    )
    days = defaultdict(list)
    for language, key, at in moments:
        if key in started:
            days[language].append(max(0.0, (at - started[key]) / timedelta(days=1)))
    kept = Counter(
        (language, timezone.localtime(at).date() <= date.fromisoformat(due_on))
        for language, at, due_on in translations.filter(data__has_key="due_on").values_list(
            "language", "at", "data__due_on"
        )
    )
    return [
        Delay(
            language,
            len(days[language]),
            round(median(days[language] or [0.0]), 1),
            round(max(days[language], default=0.0), 1),
            kept[language, True],
            kept[language, False],
        )
        for language in sorted({*days, *(language for language, _in_time in kept)})
    ]


@dataclass(frozen=True)
class StalePage:
    """A public translation whose original has changed since."""

    page_id: int
    title: str
    language: str
    followed_at: datetime
    changed_at: datetime


def out_of_date() -> list[StalePage]:
    """Longest waiting first. 1 query."""
    states = TranslationState.objects.exclude(followed_digest=F("original_digest"))
    states = states.filter(page__live=True, page__alias_of=None).order_by("original_changed_at", "pk")
    rows = states.values_list(
        "page_id", "page__title", "page__locale__language_code", "followed_at", "original_changed_at"
    )
    return [StalePage(*row) for row in rows]


@dataclass(frozen=True)
class DuePage:
    """A public page whose content somebody should check."""

    page_id: int
    title: str
    language: str
    department: str
    review_date: date


def due_for_review(until: date | None = None) -> list[DuePage]:
    """Originals with a review date up to a day, by default within 30 days; earliest first. 1 query a page type."""
    until = until or timezone.localdate() + timedelta(days=30)
    rows = []
    for model in get_page_models():
        if hasattr(model, "review_date"):
            due = model.objects.filter(live=True, alias_of=None, review_date__lte=until)
            due = due.filter(locale__language_code=settings.LANGUAGE_CODE)
            rows += due.values_list("pk", "title", "locale__language_code", "department__code", "review_date")
    return sorted(
        (DuePage(pk, *rest[:2], rest[2] or "", rest[3]) for pk, *rest in rows), key=lambda row: row.review_date
    )


@dataclass(frozen=True)
class Decisions:
    """What became of a kind of review in a period."""

    task: str
    approved: int
    returned: int
    median_hours: float
    longest_hours: float
    in_time: int  # decided before the task's deadline
    late: int


def decisions(period: Period) -> list[Decisions]:
    """Approvals and returns by task, with hours since the task began, and deadlines met. 1 query."""
    counts, hours = Counter(), defaultdict(list)
    for entry in _decided(period).only("data", "action", "at"):
        task = entry.data["workflow"]["task"]["title"]
        counts[task, entry.action] += 1
        if started_at := entry.data.get("started_at"):
            hours[task].append((entry.at - datetime.fromisoformat(started_at)) / timedelta(hours=1))
        if due_at := entry.data.get("due_at"):
            counts[task, "in time" if entry.at <= datetime.fromisoformat(due_at) else "late"] += 1
    return [
        Decisions(
            task,
            counts[task, "wagtail.workflow.approve"],
            counts[task, "wagtail.workflow.reject"],
            round(median(hours[task] or [0]), 1),
            round(max(hours[task] or [0]), 1),
            counts[task, "in time"],
            counts[task, "late"],
        )
        for task in sorted({task for task, _action in counts})
    ]


def decisions_without_hours(period: Period) -> int:
    """How many decisions of a period the log notes without the review's beginning, as it did at first. 1 query."""
    return _decided(period).exclude(data__has_key="started_at").count()


def _decided(period: Period):
    return AuditEntry.objects.filter(at__gte=period.start, at__lt=period.end, action__in=DECISIONS)


@dataclass(frozen=True)
class Request:
    """A page that readers asked for in a language."""

    title: str
    language: str
    count: int  # in the period
    last_requested_on: date  # in the period
    translated: bool


def requests(period: Period) -> list[Request]:
    """What was asked for in a period, most wanted first; what was deleted since too. 4 queries."""
    days = RequestsOfDay.objects.filter(day__gte=period.first, day__lte=period.last).order_by()
    found = days.values("request__translation_key", "request__locale__language_code")
    found = found.annotate(asked=Sum("count"), last=Max("day")).order_by("-asked", "request")
    keys = days.values("request__translation_key")
    pages = Page.objects.filter(alias_of=None, translation_key__in=keys)
    deleted = AuditEntry.objects.filter(action="wagtail.delete", language=settings.LANGUAGE_CODE)
    titles = dict(deleted.filter(translation_key__in=keys).order_by().values_list("translation_key", "title"))
    live = set()
    for key, code, title, is_live in pages.values_list("translation_key", "locale__language_code", "title", "live"):
        if code == settings.LANGUAGE_CODE:
            titles[key] = title
        if is_live:
            live.add((key, code))
    return [
        Request(
            titles[key],
            code,
            asked,
            last,
            (key, code) in live,
        )
        for key, code, asked, last in found.values_list(
            "request__translation_key", "request__locale__language_code", "asked", "last"
        )
        if key in titles
    ]


def requests_without_day() -> int:
    """How many requests were counted before they were counted by day, and so belong to no period. 1 query."""
    days = RequestsOfDay.objects.filter(request=OuterRef("pk")).values("request").annotate(all=Sum("count"))
    rows = TranslationRequest.objects.annotate(known=Coalesce(Subquery(days.values("all")), 0))
    return rows.aggregate(rest=Sum(F("count") - F("known"), default=0))["rest"]


@dataclass(frozen=True)
class FruitlessSearch:
    """Words for which readers of a language found nothing, and how often in all."""

    text: str
    language: str
    searches: int


def searches_without_result(period: Period) -> list[FruitlessSearch]:
    """Most frequent first. 1 query."""
    rows = SearchedQuery.objects.filter(day__gte=period.first, day__lte=period.last, found=0)
    rows = rows.order_by().values_list("text", "language").annotate(total=Sum("searches"))
    return [FruitlessSearch(*row) for row in rows.order_by("-total", "text", "language")]


@dataclass(frozen=True)
class ReadersWords:
    """How many readers said one kind of thing about the pages of a language."""

    language: str
    kind: str  # a value of Feedback.Kind
    count: int


def feedback(period: Period) -> list[ReadersWords]:
    """What readers said of pages, by language and kind. 1 query."""
    rows = Feedback.objects.filter(created_at__gte=period.start, created_at__lt=period.end)
    rows = rows.order_by().values_list("language", "kind").annotate(count=Count("pk"))
    return [ReadersWords(*row) for row in rows.order_by("language", "kind")]


def section_titles() -> dict[UUID, str]:
    """The Vietnamese title of every section by its translation key. 1 query."""
    sections = Page.objects.filter(depth=3, locale__language_code=settings.LANGUAGE_CODE)
    return dict(sections.values_list("translation_key", "title"))


def kind_names() -> dict[str, str]:
    """What each type of page is called, by its label. No query."""
    return {model._meta.label: str(model._meta.verbose_name) for model in get_page_models()}
