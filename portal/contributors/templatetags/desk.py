"""For templates of the administration."""

from django import template
from wagtail.admin.templatetags.wagtailadmin_tags import workflow_status_with_date
from wagtail.models import WorkflowState

from portal.contributors.names import in_sentence, in_words

register = template.Library()
register.filter("in_words", in_words)


@register.simple_tag
def workflow_status_in_words(workflow_state: WorkflowState) -> str:
    """Wagtail's «Sent to … two hours ago», with the task's name in the reader's language."""
    return in_sentence(workflow_status_with_date(workflow_state))
