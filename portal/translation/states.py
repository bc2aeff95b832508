"""Where every page stands in every language, as the database can sort and filter it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, WorkflowState

from portal.translation.models import TranslationRequest, TranslationState


class State(TextChoices):
    """One page in one language, from the reader's and the translator's point of view."""

    MISSING = "missing", _("missing")
    REQUESTED = "requested", _("requested")
    WORK = "work", _("in work")
    RETURNED = "returned", _("returned")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")
    STALE = "stale", _("out of date")
    WITHDRAWN = "withdrawn", _("withdrawn")


# A sign beside the word, so that colour is never alone in saying it.
SIGNS = {
    State.MISSING: "○",
    State.REQUESTED: "◎",
    State.WORK: "✎",
    State.RETURNED: "↩",
    State.REVIEW: "⧗",
    State.PUBLISHED: "✔",
    State.STALE: "▲",
    State.WITHDRAWN: "✕",
}


def column_of(locale: Locale) -> str:
    """The name under which the state in a language is annotated."""
    return f"state_{locale.language_code.replace('-', '_')}"


def with_states(originals: QuerySet, locales: list[Locale]) -> QuerySet:
    """Originals with their state in each of these languages; one query in all, whatever their number."""
    return originals.annotate(**{column_of(locale): _state_in(locale) for locale in locales})


def _state_in(locale: Locale) -> Coalesce:
    """The state of OuterRef's translation; where there is none, whether readers asked for it."""
    targets = translations_in(locale).annotate(desk_state=own_state()).values("desk_state")[:1]
    asked = TranslationRequest.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, count__gt=0)
    nothing = Case(When(Exists(asked), then=Value(State.REQUESTED)), default=Value(State.MISSING))
    return Coalesce(Subquery(targets), nothing, output_field=CharField())


def translations_in(locale: Locale) -> QuerySet:
    """The real translation of OuterRef's page; aliases are none."""
    return Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, alias_of=None)


def own_state() -> Case:
    """The state of a translation that exists."""
    was_public = Exists(TranslationState.objects.filter(page_id=OuterRef("pk")))
    stale = TranslationState.objects.filter(page_id=OuterRef("pk")).exclude(followed_digest=F("original_digest"))
    return Case(
        When(in_workflow(WorkflowState.STATUS_IN_PROGRESS), then=Value(State.REVIEW)),
        When(in_workflow(WorkflowState.STATUS_NEEDS_CHANGES), then=Value(State.RETURNED)),
        When(Exists(stale), live=True, then=Value(State.STALE)),
        When(live=True, then=Value(State.PUBLISHED)),
        When(was_public, then=Value(State.WITHDRAWN)),
        default=Value(State.WORK),
        output_field=CharField(),
    )


def in_workflow(status: str) -> Exists:
    """Whether the page of the query is in a workflow of this status."""
    states = WorkflowState.objects.filter(
        base_content_type_id=_page_type(), object_id=Cast(OuterRef("pk"), CharField()), status=status
    )
    return Exists(states)


def _page_type() -> int:
    return ContentType.objects.get_for_model(Page).pk
