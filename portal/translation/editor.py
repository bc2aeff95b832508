"""What the translation editor says and offers beyond wagtail-localize: state, freshness, review, kept passages."""

import json
import time
from dataclasses import dataclass, field

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from portal.contributors.models import ConfidentialityReviewTask
from portal.contributors.names import in_words
from portal.core.languages import write_date
from portal.translation.additions import additions_in
from portal.translation.freshness import digest_of
from portal.translation.models import TranslationBasis, TranslationState

_KEPT_AT_MOST = 20


@dataclass
class ReviewBar:
    """The bar below the editor. `tone` is one of Wagtail's message tones."""

    translation: Translation
    instance: Model
    state: str
    tone: str
    total: int
    done: int
    notes: list[str] = field(default_factory=list)
    actions: list[dict] = field(default_factory=list)
    can_send: bool = True
    can_save: bool = True
    preview_url: str = ""
    changes_url: str = ""
    compare_url: str = ""
    bundle_url: str = ""

    @property
    def progress(self) -> str:
        return progress_words(self.total, self.done)


def progress_words(total: int, done: int) -> str:
    """How much of a translation is there, in one sentence."""
    if total == done:
        return _("All passages are translated.")
    numbers = {"missing": total - done, "total": total}
    return _("%(missing)s of %(total)s passages are missing or have an error.") % numbers


def review_bar(translation: Translation, instance: Model, user) -> ReviewBar:
    """Everything the bar shows to one person."""
    total, done = translation.get_progress()
    workflow_state = instance.current_workflow_state
    state, tone = _state_of(instance, workflow_state)
    in_review = workflow_state is not None and workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    bar = ReviewBar(translation, instance, state, tone, total, done)
    freshness, changed = _freshness(translation, instance)
    bar.notes = [*freshness, *_review_notes(translation, instance, workflow_state)]
    bar.actions = _actions(instance, user)
    bar.can_save = not in_review
    bar.can_send = not in_review or workflow_state.requested_by_id == user.pk
    if isinstance(instance, Page):
        bar.preview_url = reverse("wagtail_localize:preview_translation", args=[translation.pk])
        bar.compare_url = reverse("translation_side_by_side", args=[instance.pk])
        bar.changes_url = reverse("translation_changes", args=[translation.pk]) if changed else ""
        if instance.permissions_for_user(user).can_unschedule():
            bar.bundle_url = reverse("bundle_add", args=[instance.pk])
    return bar


def _state_of(instance: Model, workflow_state: WorkflowState | None) -> tuple[str, str]:
    if workflow_state is not None and workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
        task = in_words(workflow_state.current_task_state.task.name)
        return _("In review: %(task)s") % {"task": task}, "info"
    if workflow_state is not None:
        return _("Changes were requested"), "warning"
    if instance.live and instance.has_unpublished_changes:
        return _("Published; a newer draft is not published"), "info"
    if instance.live:
        return _("Published"), "success"
    return _("Draft, not public"), "info"


def _freshness(translation: Translation, instance: Model) -> tuple[list[str], bool]:
    """What is to be said about the text that is followed, and whether the original changed since."""
    notes, changed = [], False
    state = TranslationState.objects.filter(page_id=instance.pk).first() if isinstance(instance, Page) else None
    if state is not None:
        notes.append(_("Follows the original of %(date)s.") % {"date": write_date(state.followed_at)})
        if state.is_out_of_date:
            changed = True
            notes.append(_("The original changed on %(date)s.") % {"date": write_date(state.original_changed_at)})
    if instance.latest_revision_id and instance.latest_revision_id != instance.live_revision_id:
        basis = TranslationBasis.objects.filter(revision_id=instance.latest_revision_id).first()
        if basis is not None and basis.digest != digest_of(translation.source.as_instance()):
            changed = True
            notes.append(_("The original changed after this draft was written."))
    return notes, changed


def _review_notes(translation: Translation, instance: Model, workflow_state: WorkflowState | None) -> list[str]:
    notes = []
    if workflow_state is not None:
        if workflow_state.requested_by is not None:
            notes.append(_("Sent for review by %(name)s.") % {"name": workflow_state.requested_by})
        task_state = workflow_state.current_task_state
        if workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES and task_state and task_state.get_comment():
            notes.append(f"{task_state.finished_by}: «{task_state.get_comment()}»")
        if task_state and isinstance(task_state.task.specific, ConfidentialityReviewTask):
            notes += [
                _("For the reviewer: %(addition)s.") % {"addition": one} for one in additions_in(task_state.revision)
            ]
    written = instance.latest_revision.created_at if instance.latest_revision_id else None
    if written is not None and strings_of(translation).filter(updated_at__gt=written).exists():
        notes.append(_("Passages were changed after the draft was written; it does not hold them yet."))
    return notes


def strings_of(translation: Translation):
    """All passages translated for this object and language, those of earlier wordings of the original included."""
    return StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )


def kept_passages(translation: Translation):
    """Translations whose original sentence has changed or gone, newest first: nothing typed is lost."""
    present = StringSegment.objects.filter(source=translation.source).values("string_id")
    kept = strings_of(translation).exclude(translation_of_id__in=present).select_related("translation_of", "context")
    return kept.order_by("-updated_at")[:_KEPT_AT_MOST]


def lock_reason(instance: Model, user) -> str:
    """Why somebody's lock keeps this user from changing the draft; a workflow's own lock is dealt with elsewhere."""
    lock = instance.get_lock()
    if lock is None or isinstance(lock, WorkflowLock) or not lock.for_user(user):
        return ""
    return str(lock.get_message(user) or _("This page is locked."))


def _actions(instance: Model, user) -> list[dict]:
    """The workflow buttons this person may press, with the addresses of Wagtail's own views."""
    task_state = instance.current_workflow_task_state
    if task_state is None:
        return []
    return [
        {"name": name, "label": label, "modal": modal, "url": _action_url(instance, name, task_state.pk)}
        for name, label, modal in task_state.task.specific.get_actions(instance, user)
    ]


def _action_url(instance: Model, action: str, task_state_id: int) -> str:
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:workflow_action", args=[instance.pk, action, task_state_id])
    name = instance.snippet_viewset.get_url_name("workflow_action")
    return reverse(name, args=[quote(instance.pk), action, task_state_id])


def edit_url(instance: Model) -> str:
    """The address of the editor of a page or record."""
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return reverse(instance.snippet_viewset.get_url_name("edit"), args=[quote(instance.pk)])


def editor_props(props: str, translation: Translation) -> str:
    """wagtail-localize's data for its editor, less publishing, and with every passage naming its original sentence.

    A passage's row is deleted when its original changes. The added names let the server keep what is sent for it, and
    the moment of opening lets it see that somebody else saved the passage since.
    """
    data = json.loads(props)
    rows = translation.source.stringsegment_set.values_list("pk", "string_id", "context_id")
    opened = int(time.time() * 1000)
    names = {pk: f"?string={string}&context={context}&since={opened}" for pk, string, context in rows}
    for segment in data["segments"]:
        if segment["type"] == "string":
            segment["editUrl"] += names.get(segment["id"], "")
    data["perms"]["canPublish"] = False
    data["links"]["convertToAliasUrl"] = None
    return json.dumps(data)
