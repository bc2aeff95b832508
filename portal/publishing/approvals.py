"""Who wrote a text, and whether others approved exactly this version of it."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

# How the log calls it that something stops being public: by hand, at its end, with its original.
WITHDRAWALS = ("wagtail.unpublish", "wagtail.unpublish.scheduled", "portal.withdraw")
_system_reason: ContextVar[str | None] = ContextVar("system_reason", default=None)


class NotApproved(PermissionDenied):
    """Raised when something would reach the public that nobody but its author has read."""


@contextmanager
def system_approval(reason: str):
    """Publish without a workflow, for commands that set the portal up or restore what was approved before.

    The reason is written to the log of everything published inside. Never entered on behalf of a request's user.
    """
    token = _system_reason.set(reason)
    try:
        yield
    finally:
        _system_reason.reset(token)


def system_reason() -> str | None:
    return _system_reason.get()


def author_ids(obj: Model) -> set[int]:
    """Ids of the users who worked on what is waiting to be published: its drafts, its submission, its passages.

    Of a translation everybody counts whose passages stand in it, those of its public version included: whoever reads
    it for approval reads all of it.
    """
    drafts = obj.revisions.all()
    live = obj.live_revision if obj.live_revision_id else None
    if live is not None:
        drafts = drafts.filter(Q(created_at__gt=live.created_at) | Q(pk__gt=live.pk))
    ids = set(drafts.exclude(user=None).values_list("user_id", flat=True))
    state = obj.current_workflow_state
    if state is not None and state.requested_by_id:
        ids.add(state.requested_by_id)
    return ids | _translator_ids(obj)


def _translator_ids(obj: Model) -> set[int]:
    from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation

    filters = {"context__object_id": obj.translation_key, "locale_id": obj.locale_id}
    present = StringSegment.objects.filter(source__object_id=obj.translation_key).values("string_id")
    strings = StringTranslation.objects.filter(**filters, translation_of_id__in=present)
    overrides = SegmentOverride.objects.filter(**filters)
    names = (
        strings.order_by()
        .values_list("last_translated_by_id")
        .union(overrides.order_by().values_list("last_translated_by_id"))
    )
    return {pk for (pk,) in names if pk}


def is_author(obj: Model, user) -> bool:
    """Whether this user wrote, translated or submitted what is waiting."""
    return user.pk in author_ids(obj)


def require_approval(revision: Revision) -> str:
    """Say by what right a revision may be published, or raise NotApproved.

    Three ways: the system's own (setup, restoration), a schedule that was approved earlier and is due, or a finished
    workflow in which every task was approved for exactly this revision by somebody else than its authors.
    """
    if reason := system_reason():
        return reason
    # The newest alone: what was approved once and sent again, returned or ended since is approved no more.
    state = WorkflowState.objects.filter(task_states__revision=revision).order_by("-pk").first()
    if state is not None and state.status != WorkflowState.STATUS_APPROVED:
        raise NotApproved(_("This version has not been approved."))
    if revision.approved_go_live_at and revision.approved_go_live_at <= timezone.now():
        return "schedule"
    if state is None:
        raise NotApproved(_("This version has not been approved."))
    from portal.contributors.models import ConfidentialityReviewTask

    tasks = {task.pk: task.specific for task in state.workflow.tasks}
    if not any(isinstance(task, ConfidentialityReviewTask) for task in tasks.values()):
        raise NotApproved(_("This way of approval has no confidentiality review, so it publishes nothing."))
    done = TaskState.objects.filter(workflow_state=state, revision=revision).values("task_id", "status", "finished_at")
    if _was_withdrawn_since(revision, max(task["finished_at"] or state.created_at for task in done)):
        raise NotApproved(_("This version was withdrawn after it had been approved, so it has to be approved again."))
    approved = {task["task_id"] for task in done if task["status"] == TaskState.STATUS_APPROVED}
    skipped = {task["task_id"] for task in done if task["status"] == TaskState.STATUS_SKIPPED}
    # Only the confidentiality review leaves itself out, and only after somebody else has approved.
    skipped = {pk for pk in skipped if approved and isinstance(tasks.get(pk), ConfidentialityReviewTask)}
    if not tasks.keys() <= approved | skipped:
        raise NotApproved(_("This version has not been approved by everybody who must read it."))
    return f"workflow {state.pk}"


def _was_withdrawn_since(revision: Revision, moment: datetime) -> bool:
    """Whether the object was taken out of public later: who withdrew it did not do so for the next bundle."""
    from portal.audit.recording import entries_of

    acts = entries_of(revision.content_type.model_class(), revision.object_id)
    return acts.filter(action__in=WITHDRAWALS, at__gt=moment).exists()


def is_cleared(revision: Revision) -> bool:
    """Whether a revision may be published as it is."""
    try:
        require_approval(revision)
    except NotApproved:
        return False
    return True


def versions_read_by_others() -> QuerySet[Revision]:
    """The versions that are not public but in review, or that may still go out as they were approved."""
    from portal.translation.models import TranslationState

    ahead = Page.objects.filter(Q(last_published_at=None) | Q(latest_revision_created_at__gt=F("last_published_at")))
    approved = TaskState.objects.filter(workflow_state__status=WorkflowState.STATUS_APPROVED)
    return Revision.objects.filter(
        Q(pk__in=TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision"))
        | Q(approved_go_live_at__isnull=False)
        | Q(pk__in=ahead.values("latest_revision")) & Q(pk__in=approved.values("revision"))
        | Q(pk__in=TranslationState.objects.filter(withdrawn_with_original=True).values("approved_revision"))
    )


def reviewed_or_none(revision: Revision | None) -> Revision | None:
    """The version an autosave may write over: none once it went into review, so that what was read is what is kept."""
    return None if revision is not None and revision.task_states.exists() else revision


class KeepsReviewedVersions:
    """Of pages and records: saving after a review has begun makes a new version, which is reviewed anew."""

    def save_revision(self, *args, overwrite_revision: Revision | None = None, **kwargs):
        return super().save_revision(*args, overwrite_revision=reviewed_or_none(overwrite_revision), **kwargs)
