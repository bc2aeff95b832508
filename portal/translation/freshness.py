"""Whether a translation still follows its original: noted at every publication, told to readers and translators."""

import hashlib
from datetime import date

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.audit.recording import rewrite
from portal.translation.models import TranslationBasis, TranslationDeadline, TranslationState
from portal.translation.sizes import note_size


def digest_of(original: Model) -> str:
    """SHA-256 over the translatable words of an object, in order. Dates, numbers and pictures do not enter."""
    digest = hashlib.sha256()
    for segment in sorted(extract_segments(original), key=lambda segment: (segment.path, segment.order)):
        if isinstance(segment, StringSegmentValue):
            digest.update(f"{segment.path}\0{segment.string.data}\0".encode())
        elif isinstance(segment, TemplateSegmentValue):
            digest.update(f"{segment.path}\0{segment.template}\0".encode())
    return digest.hexdigest()


def note_basis(revision: Revision, source: TranslationSource) -> None:
    """Remember which words of the original a draft translation was made from."""
    original = source.as_instance()
    TranslationBasis.objects.update_or_create(
        revision=revision,
        defaults={
            "digest": digest_of(original),
            "original_published_at": getattr(original, "last_published_at", None) or source.last_updated_at,
        },
    )


def basis_of(revision: Revision) -> TranslationBasis | None:
    """Which words a version of a translation was made from; versions that only change its dates keep the last."""
    made = TranslationBasis.objects.filter(
        revision__object_id=revision.object_id,
        revision__base_content_type=revision.base_content_type_id,
        revision__pk__lte=revision.pk,
    )
    return made.order_by("-revision_id").first()


def original_published(original: Model, user=None) -> None:
    """After an original went live: tell its translations, refresh what translators see, restore what it took away."""
    if isinstance(original, Page):
        _tell_translations(original)
        _forget_minor_change(original, user)
        note_size(original)
    source = TranslationSource.objects.get_for_instance_or_none(original)
    if source is not None:
        source.update_from_db()
    if isinstance(original, Page):
        from portal.publishing.withdrawal import restore_translations

        restore_translations(original, user)


def original_approved(version: Model) -> None:
    """After a version of an original was approved that waits: what translators began from the last one follows it.

    Not while the original is public: a translation of words that are not would go out before them.
    """
    if not isinstance(version, Page) or version.live or version.locale.language_code != settings.LANGUAGE_CODE:
        return
    if TranslationSource.objects.get_for_instance_or_none(version) is not None:
        TranslationSource.update_or_create_from_instance(version)


def _tell_translations(original: Page) -> None:
    digest = digest_of(original)
    for state in TranslationState.objects.filter(page__translation_key=original.translation_key):
        if digest == state.original_digest:
            continue
        if original.minor_change and not state.is_out_of_date:
            state.followed_digest, state.followed_at = digest, original.last_published_at
        state.original_digest, state.original_changed_at = digest, original.last_published_at
        state.save()


def _forget_minor_change(original: Page, user) -> None:
    """The mark concerns one change: the next edit starts without it."""
    if not original.minor_change:
        return
    type(original).objects.filter(pk=original.pk).update(minor_change=False)
    original.minor_change = False
    for revision in {
        original.live_revision_id: original.live_revision,
        original.latest_revision_id: original.latest_revision,
    }.values():
        if revision is not None:
            rewrite(revision, revision.content | {"minor_change": False}, user)


def translation_published(page: Model) -> None:
    """After a translation went live: note what it follows."""
    if not isinstance(page, Page):
        return
    original = original_of(page)
    if original is None:
        return
    basis = basis_of(page.live_revision)
    current = digest_of(original)
    TranslationState.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "approved_revision_id": page.live_revision_id,
            "followed_digest": basis.digest if basis else current,
            "followed_at": basis.original_published_at if basis else original.last_published_at or timezone.now(),
            "original_digest": current,
            "original_changed_at": original.last_published_at or timezone.now(),
            "withdrawn_with_original": False,
        },
    )
    _deadline_of(page).delete()


def due_day(page: Model) -> date | None:
    """The day by which an editor wants this translation; None without one. It ends with the publication."""
    return _deadline_of(page).values_list("due_on", flat=True).first() if isinstance(page, Page) else None


def _deadline_of(page: Page) -> QuerySet:
    return TranslationDeadline.objects.filter(translation_key=page.translation_key, locale_id=page.locale_id)


def original_of(page: Page) -> Page | None:
    """The Vietnamese page a translation or alias belongs to."""
    return (
        type(page)
        .objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
        .exclude(pk=page.pk)
        .first()
    )
