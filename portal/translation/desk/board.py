"""Every page in every language: one table, page × language."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Case, CharField, Q, QuerySet, TextChoices, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, WorkflowState, get_page_models

from portal.publishing.waiting import is_waiting
from portal.translation.desk.people import locales_of, may_all, may_set_day, target_locales
from portal.translation.models import TranslationDeadline, TranslationRequest
from portal.translation.states import SIGNS, State, column_of, in_workflow, with_states


class OriginalState(TextChoices):
    """Where an original stands."""

    DRAFT = "draft", _("draft")
    WAITS = "waits", _("approved, waits")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")
    CHANGED = "changed", _("published, with a newer draft")


_OWN_SIGNS = {
    OriginalState.DRAFT: "○",
    OriginalState.WAITS: "◷",
    OriginalState.REVIEW: "⧗",
    OriginalState.PUBLISHED: "✔",
    OriginalState.CHANGED: "✔",
}


def all_originals() -> QuerySet:
    """Vietnamese pages, drafts included, with their own state and that in every other language."""
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of=None, depth__gt=1)
    own = Case(
        When(in_workflow(WorkflowState.STATUS_IN_PROGRESS), then=Value(OriginalState.REVIEW)),
        When(is_waiting(), then=Value(OriginalState.WAITS)),
        When(live=False, then=Value(OriginalState.DRAFT)),
        When(has_unpublished_changes=True, then=Value(OriginalState.CHANGED)),
        default=Value(OriginalState.PUBLISHED),
        output_field=CharField(),
    )
    return with_states(pages.annotate(own=own), target_locales())


def in_state(queryset: QuerySet, states: list[str], language: str) -> QuerySet:
    """Pages that stand so in a language, or in any of them where none is chosen."""
    chosen = [locale for locale in target_locales() if language in ("", locale.language_code)]
    wanted = Q()
    for locale in chosen:
        wanted |= Q(**{f"{column_of(locale)}__in": states})
    return queryset.filter(wanted)


def of_departments(queryset: QuerySet, ids: list[int]) -> QuerySet:
    """Pages these departments answer for; the column is one of every page type."""
    wanted = Q()
    for model in get_page_models():
        if hasattr(model, "department"):
            wanted |= Q(pk__in=model.objects.filter(department__in=ids).values("pk"))
    return queryset.filter(wanted)


def sections() -> list[Page]:
    """What stands below the Vietnamese front page."""
    return list(Page.objects.filter(depth=3, locale__language_code=settings.LANGUAGE_CODE).order_by("path"))


@dataclass
class Cell:
    """One page in one language."""

    locale: Locale
    state: State
    url: str | None = None
    start_url: str | None = None
    asked: int = 0
    due_on: object = None
    has_draft: bool = False
    may_begin: bool = False
    day_url: str = ""

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


@dataclass
class Row:
    """One original and its cells, in the order of the languages."""

    original: Page
    bundle_url: str = ""
    cells: list[Cell] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.original.pk

    @property
    def title(self) -> str:
        return self.original.get_admin_display_title()

    @property
    def own(self) -> str:
        return self.original.own

    @property
    def own_label(self) -> str:
        return OriginalState(self.own).label

    @property
    def own_sign(self) -> str:
        return _OWN_SIGNS[OriginalState(self.own)]

    @property
    def compare_url(self) -> str:
        return reverse("translation_side_by_side", args=[self.original.pk])


def rows_of(pages: list[Page], user) -> list[Row]:
    """Lines of the table for annotated originals, with what this person may do. A fixed number of queries."""
    keys = [page.translation_key for page in pages]
    locales = target_locales()
    mine = {locale.pk: may_all(user, locale) for locale in locales_of(user)}
    targets = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=keys, locale__in=locales, alias_of=None)
    }
    asked = defaultdict(int, _by_place(TranslationRequest.objects.filter(translation_key__in=keys), "count"))
    due = _by_place(TranslationDeadline.objects.filter(translation_key__in=keys), "due_on")
    rows = []
    for page in pages:
        may_lead = may_set_day(user, page)
        row = Row(page, reverse("bundle_add", args=[page.pk]) if may_lead else "")
        for locale in locales:
            place = (page.translation_key, locale.pk)
            cell = _cell(page, locale, targets.get(place), asked[place], due.get(place))
            cell.may_begin = mine.get(locale.pk, False)
            if may_lead and cell.state != State.PUBLISHED:
                cell.day_url = reverse("translation_day", args=[page.pk, locale.language_code])
            row.cells.append(cell)
        rows.append(row)
    return rows


def _by_place(queryset: QuerySet, column: str) -> dict:
    return {(key, locale): value for key, locale, value in queryset.values_list("translation_key", "locale_id", column)}


def _cell(page: Page, locale: Locale, target: Page | None, asked: int, due_on) -> Cell:
    cell = Cell(locale, State(getattr(page, column_of(locale))), asked=asked, due_on=due_on)
    if target is not None:
        cell.url = reverse("wagtailadmin_pages:edit", args=[target.pk])
        cell.has_draft = target.live and target.has_unpublished_changes
    elif page.live or page.own == OriginalState.WAITS:
        cell.start_url = reverse("translation_start", args=[page.pk, locale.language_code])
    return cell
