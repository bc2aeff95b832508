"""What a decision on a text led to, said to whoever decided, in place of Wagtail's «has been updated» or nothing."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_latest_str
from wagtail.models import TaskState, WorkflowState

from portal.contributors.names import in_words
from portal.core.languages import write_date
from portal.publishing.bundles import waits_in_bundle


def tell(request: HttpRequest, obj, task_state: TaskState) -> None:
    """Add the message, if a decision was made; what Wagtail says of saving is left out, warnings stay."""
    task_state = TaskState.objects.select_related("workflow_state", "revision").get(pk=task_state.pk)
    if task_state.status == TaskState.STATUS_IN_PROGRESS:
        return
    said = [message for message in messages.get_messages(request) if message.level != messages.SUCCESS]
    for message in said:
        messages.add_message(request, message.level, message.message, extra_tags=message.extra_tags)
    messages.success(request, _sentence(obj, task_state))


def _sentence(obj, task_state: TaskState) -> str:
    obj = type(obj)._default_manager.get(pk=obj.pk)  # asked anew: the decision may have published it
    title = {"title": get_latest_str(obj)}
    workflow = task_state.workflow_state
    if task_state.status == TaskState.STATUS_REJECTED:
        return _("«%(title)s» was returned with your reason.") % title
    if workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        task = in_words(workflow.current_task_state.task.name)
        return _("You approved «%(title)s». Next comes: %(task)s.") % {**title, "task": task}
    if obj.live and obj.live_revision_id == task_state.revision_id:
        return _("You approved «%(title)s», and it is public.") % title
    if waits_in_bundle(obj):
        return _("You approved «%(title)s». It waits to be published together with others.") % title
    if day := task_state.revision.approved_go_live_at:
        return _("You approved «%(title)s». It will be public on %(date)s.") % {**title, "date": write_date(day)}
    return _("You approved «%(title)s».") % title
