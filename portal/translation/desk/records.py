"""The records that readers see, in every language: few enough to be looked through one by one."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Locale, WorkflowState

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
    """For every public record its rows, in the order of the languages. 4 queries a kind of record, and one."""
    rows = []
    for model in record_types():
        originals = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True).select_related(
            "locale"
        )
        originals = [original for original in originals if original.needs_translation]
        targets = {
            (target.translation_key, target.locale_id): target
            for target in model.objects.filter(locale__in=locales).select_related("locale")
        }
        reviews, bases = _reviews(model), _bases(model)
        for original in originals:
            digest = digest_of(original)
            cells = []
            for locale in locales:
                target = targets.get((original.translation_key, locale.pk))
                cells.append(RecordRow(original, locale, _state(target, digest, reviews, bases), target))
            rows.append(cells)
    return rows


def _reviews(model) -> dict[str, str]:
    """How the review of each record stands that is in one."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    return dict(states.values_list("object_id", "status"))


def _bases(model) -> dict[str, list[tuple[int, str]]]:
    """The words each version of a translation was made from, by record, the newest first."""
    found = TranslationBasis.objects.filter(revision__base_content_type=ContentType.objects.get_for_model(model))
    bases: dict[str, list[tuple[int, str]]] = {}
    for object_id, *basis in found.order_by("-revision_id").values_list("revision__object_id", "revision_id", "digest"):
        bases.setdefault(object_id, []).append(tuple(basis))
    return bases


def _state(target: ReviewedSnippet | None, digest: str, reviews: dict, bases: dict) -> State:
    if target is None:
        return State.MISSING
    status = reviews.get(str(target.pk))
    if status is not None:
        return State.REVIEW if status == WorkflowState.STATUS_IN_PROGRESS else State.RETURNED
    if not target.live:
        return State.WORK  # begun, or withdrawn: in both cases the translator goes on
    made = bases.get(str(target.pk), [])
    followed = next((followed for revision, followed in made if revision <= (target.live_revision_id or 0)), digest)
    return State.PUBLISHED if followed == digest else State.STALE
