"""Workflow tasks of the first workflow: an editor, then a reviewer, and nobody their own text."""
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from portal.publishing.approvals import is_author


class FourEyesTask(AbstractGroupApprovalTask):
    """A group's approval that nobody can give to what they wrote or sent for review, administrators included."""

    class Meta:
        abstract = True

    def get_actions(self, obj, user):
        if is_author(obj, user):
            return [action for action in super().get_actions(obj, user) if action[0] != "approve"]
        return super().get_actions(obj, user)

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve" and is_author(task_state.workflow_state.content_object, user):
            raise PermissionDenied(_("Nobody approves their own text."))
        return super().on_action(task_state, user, action_name, **kwargs)


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
