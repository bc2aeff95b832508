"""Workflow tasks of the first workflow: an editor, then a reviewer, and nobody their own text."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page
from wagtail.permissions import policy_registry

from portal.publishing.approvals import NotApproved, is_author


def refuse_own(obj, user) -> None:
    """Raise NotApproved, with a reason, where a person would approve what they wrote."""
    if is_author(obj, user):
        raise NotApproved(
            _(
                "Nobody approves their own text. You wrote, translated or sent this version for review, so somebody"
                " else has to approve it. The draft is kept as it is."
            )
        )


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


class FourEyesTask(AbstractGroupApprovalTask):
    """A group's approval that nobody can give to what they wrote or sent for review, administrators included."""

    class Meta:
        abstract = True

    def get_actions(self, obj, user):
        if is_author(obj, user):
            return [action for action in super().get_actions(obj, user) if action[0] != "approve"]
        return super().get_actions(obj, user)

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve":
            refuse_own(task_state.workflow_state.content_object, user)
        way_out = super().on_action(task_state, user, action_name, **kwargs)
        return way_out or way_out_for(task_state.workflow_state.content_object, user)


class EditorialReviewTask(FourEyesTask):
    """An editor reads for substance, style and names."""

    @classmethod
    def get_description(cls):
        return _("An editor who did not write the text approves it")

    class Meta:
        verbose_name = _("editorial review")
        verbose_name_plural = _("editorial reviews")


class ConfidentialityReviewTask(FourEyesTask):
    """A reviewer confirms that nothing secret, personal or unlicensed goes out. Its approval publishes."""

    @classmethod
    def get_description(cls):
        return _("A reviewer confirms that nothing secret, personal or unlicensed is published")

    class Meta:
        verbose_name = _("confidentiality review")
        verbose_name_plural = _("confidentiality reviews")
