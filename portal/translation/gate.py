"""The one place where wagtail-localize's internals are changed: it may write drafts, and nothing else.

Upstream, `Translation.save_target` publishes on commit without asking a workflow, and with `publish=False` it writes
the live row of a published page. Every door of wagtail-localize (editor, submit, «sync translated pages», PO import,
machine translation) goes through it, so this one replacement holds for all. `tests/translation/test_gate.py` fails
when the upstream function changes.
"""

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision, WorkflowMixin
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationLog, TranslationSource

from portal.publishing.approvals import NotApproved
from portal.translation.freshness import basis_of, digest_of, note_basis
from portal.translation.segments import refresh_segments


class NotSent(Exception):
    """Raised when a translation cannot be sent for review; its message says why, to the translator."""


class NotComplete(NotSent):
    """Raised when a translation is sent for review while sentences are still missing."""


class InReview(NotSent):
    """Raised when a translation is sent for review while others are reading what somebody else sent."""


@transaction.atomic
def save_target(self: Translation, user=None, publish: bool = True):
    """Write the translation as a draft; `publish=True`, where upstream would publish, changes nothing about that."""
    target = _target_or_none(self)
    if isinstance(target, DraftStateMixin) and target.live and not getattr(target, "alias_of_id", None):
        revision = _draft_beside_live(self, user)
    else:
        if isinstance(target, Page) and target.alias_of_id and target.live:
            # A live alias becomes an unpublished draft: its address keeps answering with the stub.
            target.unpublish(log_action=False)
        self.source.create_or_update_translation(
            self.target_locale, user=user, publish=False, fallback=True, copy_parent_pages=True
        )
        revision = self.get_target_instance().latest_revision
    if revision is not None:
        note_basis(revision, self.source)


def _draft_beside_live(translation: Translation, user):
    """A new draft revision of a live translation; the live row, which readers see, is left alone."""
    instance = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    revision = instance.save_revision(user=user, log_action=True, clean=False)
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    return revision


def _target_or_none(translation: Translation):
    model = translation.source.specific_content_type.model_class()
    try:
        return translation.get_target_instance()
    except model.DoesNotExist:
        return None


@transaction.atomic
def send_for_review(translation: Translation, user):
    """Write the translation's draft and start its workflow; raise NotSent where that may not be.

    A review that one asked for oneself starts again: what is reviewed is what the draft holds.
    """
    total, done = translation.get_progress()
    if done < total:
        raise NotComplete(_missing(total, done))
    target = _target_or_none(translation)
    state = getattr(target, "current_workflow_state", None)
    if state is not None and state.status == state.STATUS_IN_PROGRESS and state.requested_by_id != user.pk:
        raise InReview(
            _("%(name)s has sent this translation for review already. Wait for the result, or ask them to withdraw it.")
            % {"name": state.requested_by or "—"}
        )
    translation.save_target(user=user, publish=False)
    target = translation.get_target_instance()
    if isinstance(target, WorkflowMixin) and target.has_workflow:
        if target.current_workflow_state is not None:  # under way, or returned with changes requested
            target.current_workflow_state.cancel(user=user)
        target.get_workflow().start(target, user)
    return target


def translation_of(instance: Model) -> Translation | None:
    """The record by which a page or record is translated; None for originals, and where translation was ended."""
    return Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    ).first()


def refuse_unfinished(instance: Model, revision: Revision) -> None:
    """Raise NotApproved where a version to be approved lacks passages: of its original, or some typed since.

    Where the original changed after the version was made it is complete, of the wording that it follows.
    """
    translation = translation_of(instance)
    if translation is None:
        return
    source, basis = translation.source, basis_of(revision)
    if basis is not None and basis.digest != digest_of(source.as_instance()):
        return
    later = {"locale": translation.target_locale, "updated_at__gt": revision.created_at}
    segments = source.stringsegment_set
    strings = StringTranslation.objects.filter(translation_of__in=segments.values("string"), **later)
    overrides = SegmentOverride.objects.filter(context__in=source.overridablesegment_set.values("context"), **later)
    if strings.filter(context__in=segments.values("context")).exists() or overrides.exists():
        raise NotApproved(
            _("Passages were changed after this version was sent for review, so it does not hold them. Return it.")
        )
    total, done = translation.get_progress()
    if basis is not None and done < total:
        raise NotApproved(_missing(total, done))


def _missing(total: int, done: int) -> str:
    return _("%(missing)d of %(total)d passages are not translated yet, or have an error.") % {
        "missing": total - done,
        "total": total,
    }


def install() -> None:
    Translation.save_target = save_target
    TranslationSource.refresh_segments = refresh_segments
