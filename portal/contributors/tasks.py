"""The kinds of review: an editor or, for a translation, a second reader; then a reviewer; nobody their own text."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState
from wagtail.permissions import policy_registry

from portal.contributors.checklist import ReasonForm, answers_of, checklist_form
from portal.publishing.approvals import NotApproved, is_author


class Unanswered(NotApproved):
    """Raised when a review is decided without the answers or the reason it needs; the text stays in review."""


def refuse_own(obj, user) -> None:
    """Raise NotApproved, with a reason, where a person would approve what they wrote."""
    if is_author(obj, user):
        raise NotApproved(
            _(
                "Nobody approves their own text. You wrote, translated or sent this version for review, so somebody"
                " else has to approve it. The draft is kept as it is."
            )
        )


def refuse_unready(obj, revision: Revision, user) -> None:
    """Raise NotApproved, with a reason, where this person cannot approve, or nobody this version."""
    from portal.translation.gate import refuse_unfinished

    refuse_own(obj, user)
    refuse_unfinished(obj, revision)


def way_out_for(obj, user) -> str | None:
    """The administration's home for somebody who could open the text only while it was their turn; else None.

    Wagtail leads back to the editor, which would greet a reviewer who has just approved with «no permission».
    """
    obj = type(obj)._default_manager.get(pk=obj.pk)  # asked anew: the turn is over
    if isinstance(obj, Page):
        stays = obj.permissions_for_user(user).can_edit()
    else:
        task = obj.current_workflow_task
        stays = policy_registry.get(obj).user_has_permission(user, "change")
        stays = stays or (task is not None and task.user_can_access_editor(obj, user))
    return None if stays else reverse("wagtailadmin_home")


def note_opening(obj, user) -> None:
    """Log, once a task and person, that somebody whose turn it is has opened a text for review."""
    state = getattr(obj, "current_workflow_task_state", None)
    if state is None or not state.task.specific.get_actions(obj, user):
        return
    from portal.audit.models import AuditEntry

    seen = AuditEntry.objects.filter(action="portal.review.open", actor_id=user.pk, data__task_state=state.pk)
    if not seen.exists():
        data = {"task_state": state.pk, "task": state.task.name}
        log(instance=obj, action="portal.review.open", user=user, revision=state.revision, data=data)


class FourEyesTask(AbstractGroupApprovalTask):
    """A group's approval that nobody can give to what they wrote or sent for review, administrators included.

    Substitutes of the group's members decide too. A text is returned only with a reason.
    """

    class Meta:
        abstract = True

    def get_actions(self, obj, user):
        if is_author(obj, user):
            return [action for action in super().get_actions(obj, user) if action[0] != "approve"]
        return super().get_actions(obj, user)

    def get_form_for_action(self, action):
        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        obj = task_state.workflow_state.content_object
        if action_name == "approve":
            refuse_unready(obj, task_state.revision, user)
        if action_name not in {name for name, *_rest in self.get_actions(obj, user)}:
            raise NotApproved(_("It is not your turn to decide on this text."))
        form = self.checked_form(action_name, kwargs)
        self.note_decision(obj, task_state, user, action_name, form)
        way_out = super().on_action(task_state, user, action_name, comment=form.cleaned_data["comment"])
        return way_out or way_out_for(obj, user)

    def checked_form(self, action_name: str, data):
        """The action's form, filled in and valid; raises Unanswered. Asked here because browsers prove nothing."""
        form = self.get_form_for_action(action_name)(data)
        if not form.is_valid():
            raise Unanswered(_reasons(form))
        return form

    def note_decision(self, obj, task_state, user, action_name: str, form) -> None:
        """What a kind of review keeps beyond Wagtail's own log; called before the decision takes effect."""

    def _user_in_groups(self, user) -> bool:
        return super()._user_in_groups(user) or self._stands_in(user)

    def _stands_in(self, user) -> bool:
        from portal.contributors.models import Substitution

        return Substitution.today().filter(substitute_id=user.pk, person__groups__in=self.groups.all()).exists()


def _reasons(form) -> str:
    """What is missing, in one sentence a field."""
    missing = [f"{form.fields[name].label}: {' '.join(errors)}" for name, errors in form.errors.items()]
    return gettext("The review is not complete. %(missing)s") % {"missing": " ".join(missing)}


class EditorialReviewTask(FourEyesTask):
    """An editor reads for substance, style and names."""

    @classmethod
    def get_description(cls):
        return _("An editor who did not write the text approves it")

    class Meta:
        verbose_name = _("editorial review")
        verbose_name_plural = _("editorial reviews")


class SecondReadingTask(FourEyesTask):
    """Somebody who knows the language compares a translation with its original, and has no passage in it."""

    @classmethod
    def get_description(cls):
        return _("A reader of the language who did not work on the translation approves it")

    class Meta:
        verbose_name = _("second reading of a translation")
        verbose_name_plural = _("second readings of translations")


class ConfidentialityReviewTask(FourEyesTask):
    """A reviewer confirms that nothing secret, personal or unlicensed goes out. Its approval publishes.

    After the second reading of a translation it leaves itself out if there is nothing but translated words.
    """

    def start(self, workflow_state, user=None):
        # A text that was returned from here and changed is read anew from the beginning: Wagtail would resume with
        # this task, and the approval that publishes would be the editor's.
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        revision = workflow_state.content_object.get_latest_revision()
        if not self._is_needed(workflow_state, revision):
            return self._skip(workflow_state, revision, user)
        return super().start(workflow_state, user=user)

    def _is_needed(self, workflow_state, revision) -> bool:
        from portal.translation.additions import needs_reviewer

        read = TaskState.objects.filter(
            workflow_state=workflow_state, revision=revision, status=TaskState.STATUS_APPROVED
        )
        second = SecondReadingTask.objects.filter(pk__in=read.values("task_id"))
        return not second.exists() or needs_reviewer(revision)

    def _skip(self, workflow_state, revision, user) -> TaskState:
        data = {"task": self.name, "workflow": workflow_state.pk}
        obj = workflow_state.content_object
        log(instance=obj, action="portal.review.not_needed", user=user, revision=revision, data=data)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            revision=revision,
            task=self,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )

    def get_actions(self, obj, user):
        """Wagtail's two ways to approve become one: with the checklist, which opens in a window."""
        actions = {name: (name, label, True) for name, label, _modal in super().get_actions(obj, user)}
        if "approve" in actions:
            actions["approve"] = ("approve", _("Approve with checklist"), True)
        return list(actions.values())

    def get_form_for_action(self, action):
        return checklist_form() if action == "approve" else super().get_form_for_action(action)

    def note_decision(self, obj, task_state: TaskState, user, action_name, form):
        if action_name == "approve":
            data = {"answers": answers_of(form), "task_state": task_state.pk, "comment": form.cleaned_data["comment"]}
            log(instance=obj, action="portal.review.confirm", user=user, revision=task_state.revision, data=data)

    @classmethod
    def get_description(cls):
        return _("A reviewer confirms that nothing secret, personal or unlicensed is published")

    class Meta:
        verbose_name = _("confidentiality review")
        verbose_name_plural = _("confidentiality reviews")
