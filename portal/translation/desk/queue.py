"""What waits for the translators of a language: by the day it is wanted, then by how many readers asked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Case, CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import TranslationSource

from portal.publishing.waiting import is_waiting
from portal.translation.desk.people import only_theirs
from portal.translation.models import TranslationDeadline, TranslationRequest, TranslationState
from portal.translation.sizes import sizes_of, words_left
from portal.translation.states import SIGNS, State, column_of, translations_in, with_states

WAITING = (State.RETURNED, State.STALE, State.REQUESTED, State.MISSING, State.WORK)
ORDER = (F("due_on").asc(nulls_last=True), F("asked").desc(), F("waits_since").asc(nulls_last=True), "pk")


def originals() -> QuerySet:
    """Vietnamese pages that are public, or approved and waiting: nobody translates what may still not go out."""
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of=None, depth__gt=1)
    return pages.filter(Q(live=True) | is_waiting())


def waiting_in(locale: Locale, user) -> QuerySet:
    """Originals of which something waits in a language for this person, with what a row of the queue shows."""
    rows = with_states(only_theirs(originals(), user, locale), [locale])
    rows = rows.annotate(state=F(column_of(locale)))
    of_page = {"translation_key": OuterRef("translation_key"), "locale": locale}
    targets = translations_in(locale)
    states = TranslationState.objects.filter(
        page__translation_key=OuterRef("translation_key"), page__locale=locale, page__alias_of=None
    )
    return rows.filter(~Exists(_done(locale)), state__in=WAITING).annotate(
        target_id=Subquery(targets.values("pk")[:1]),
        due_on=Subquery(TranslationDeadline.objects.filter(**of_page).values("due_on")[:1]),
        asked=Coalesce(Subquery(TranslationRequest.objects.filter(**of_page).values("count")[:1]), Value(0)),
        waits_since=Case(
            When(state=State.STALE, then=Subquery(states.values("original_changed_at")[:1])),
            When(state=State.RETURNED, then=Subquery(_returns(locale).values("current_task_state__finished_at")[:1])),
            default=F("first_published_at"),
            output_field=DateTimeField(),
        ),
    )


def _done(locale: Locale) -> QuerySet:
    """The translation of OuterRef's page that waits to go out, made after the text that is translated last changed."""
    source = TranslationSource.objects.filter(object_id=OuterRef("translation_key")).values("last_updated_at")[:1]
    return translations_in(locale).filter(is_waiting(), latest_revision__created_at__gte=Subquery(source))


def _returns(locale: Locale) -> QuerySet:
    target = Page.objects.filter(
        translation_key=OuterRef(OuterRef("translation_key")), locale=locale, alias_of=None
    ).annotate(number=Cast("pk", CharField()))
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    return states.filter(object_id__in=target.values("number")).order_by("-pk")


@dataclass
class Row:
    """One line of the queue."""

    original: Page
    locale: Locale
    state: State
    words: int
    asked: int
    due_on: date | None
    since: datetime | None
    target_id: int | None

    @property
    def pk(self) -> int:
        return self.original.pk

    @property
    def title(self) -> str:
        return self.original.title if self.is_public else self.original.get_admin_display_title()

    @property
    def is_public(self) -> bool:
        return self.original.live

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def url(self) -> str | None:
        """Where it goes on; None where it has to be begun, which is a POST."""
        return reverse("wagtailadmin_pages:edit", args=[self.target_id]) if self.target_id else None

    @property
    def start_url(self) -> str:
        return reverse("translation_start", args=[self.original.pk, self.locale.language_code])

    @property
    def compare_url(self) -> str:
        return reverse("translation_side_by_side", args=[self.original.pk])


def rows_of(pages: list[Page], locale: Locale) -> list[Row]:
    """Lines for annotated originals. 4 queries, more only for pages never counted before."""
    left = words_left([page.translation_key for page in pages], locale)
    sizes = sizes_of(page.pk for page in pages if page.translation_key not in left)
    return [
        Row(
            page,
            locale,
            State(page.state),
            left.get(page.translation_key, sizes.get(page.pk, 0)),
            page.asked,
            page.due_on,
            page.waits_since,
            page.target_id,
        )
        for page in pages
    ]
