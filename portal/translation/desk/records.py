"""The records that readers see, in every language: few enough to be looked through one by one."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Locale, TranslatableMixin, WorkflowState

from portal.core.models.snippets import ReviewedSnippet
from portal.translation.editor import edit_url
from portal.translation.freshness import digest_of
from portal.translation.models import TranslationBasis
from portal.translation.records import record_types
from portal.translation.states import SIGNS, State


@dataclass(frozen=True)
class RecordRow:
    """One record in one language."""

    original: ReviewedSnippet
    locale: Locale
    state: State
    target: ReviewedSnippet | None

    @property
    def title(self) -> str:
        return str(self.original)

    @property
    def kind(self) -> str:
        return str(self.original._meta.verbose_name)

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def url(self) -> str:
        """Where it goes on; empty where it has to be begun, which is a POST."""
        return edit_url(self.target) if self.target is not None else ""

    @property
    def start_url(self) -> str:
        label = self.original._meta.model_name
        return reverse("translation_start_record", args=[label, self.original.pk, self.locale.language_code])


def record_rows(locales: list[Locale]) -> list[list[RecordRow]]:
    """For every public record its rows, in the order of the languages. A query for each kind of record, 2 for all."""
    types = ContentType.objects.get_for_models(*record_types())
    reviews, bases = _reviews(types.values()), _bases(types.values())
    rows = []
    for model, kind in types.items():
        wanted = Q(locale__in=locales) | Q(locale__language_code=settings.LANGUAGE_CODE)
        records = list(model.objects.filter(wanted).select_related("locale", *_neighbours(model)))
        targets = {(record.translation_key, record.locale_id): record for record in records}
        for original in records:
            if original.locale.language_code != settings.LANGUAGE_CODE or not original.live:
                continue
            if original.needs_translation:
                digest = digest_of(original)
                found = [targets.get((original.translation_key, locale.pk)) for locale in locales]
                states = [_state(target, digest, kind.pk, reviews, bases) for target in found]
                rows.append(list(map(RecordRow, [original] * len(locales), locales, states, found)))
    return rows


def _neighbours(model) -> list[str]:
    """What the digest looks at besides the record itself."""
    fields = [field for field in model._meta.concrete_fields if field.many_to_one]
    return [field.name for field in fields if issubclass(field.related_model, TranslatableMixin)]


def _reviews(types) -> dict[tuple, str]:
    """How the review of each record stands that is in one, by kind and number."""
    states = WorkflowState.objects.filter(
        base_content_type__in=types, status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
    )
    return {(kind, pk): status for kind, pk, status in states.values_list("base_content_type", "object_id", "status")}


def _bases(types) -> dict[tuple, list[tuple[int, str]]]:
    """The words each version of a translation was made from, by kind and number of the record, the newest first."""
    made = TranslationBasis.objects.filter(revision__base_content_type__in=types).order_by("-revision_id")
    bases = defaultdict(list)
    columns = ("revision__base_content_type", "revision__object_id", "revision_id", "digest")
    for kind, pk, revision, digest in made.values_list(*columns):
        bases[kind, pk].append((revision, digest))
    return bases


def _state(target: ReviewedSnippet | None, digest: str, kind: int, reviews: dict, bases: dict) -> State:
    if target is None:
        return State.MISSING
    status = reviews.get((kind, str(target.pk)))
    if status is not None:
        return State.REVIEW if status == WorkflowState.STATUS_IN_PROGRESS else State.RETURNED
    if not target.live:
        return State.WORK  # begun, or withdrawn: in both cases the translator goes on
    made = bases.get((kind, str(target.pk)), [])
    followed = next((followed for revision, followed in made if revision <= (target.live_revision_id or 0)), digest)
    return State.PUBLISHED if followed == digest else State.STALE
