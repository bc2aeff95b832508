"""Small changes inside Wagtail that the desk needs and that no hook offers.

`tests/admin/test_departments.py` fails when one of the functions that are replaced changes.
"""

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

upstream_decorate = PageTypesUsageReportView.decorate_paginated_queryset
upstream_act = WorkflowAction.post


def install() -> None:
    """Called once when the application is ready."""
    from portal.contributors.user_forms import NameEmailForm

    PageTypesUsageReportView.decorate_paginated_queryset = decorate_paginated_queryset
    WorkflowAction.post = act
    NameEmailSettingsPanel.form_class = NameEmailForm


def decorate_paginated_queryset(self, page_types):
    """Without the page last edited where it is not this person's to edit: its title may be nobody else's business."""
    page_types = upstream_decorate(self, page_types)
    for row in page_types:
        page = row.last_edited_page
        if page is not None and not page.permissions_for_user(self.request.user).can_edit():
            row.last_edited_page = None
    return page_types


def act(self: WorkflowAction, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """Decide, and say what came of it: Wagtail's buttons outside the editor say nothing."""
    from portal.contributors.outcome import tell

    response = upstream_act(self, request, *args, **kwargs)
    tell(request, self.object, self.task_state)
    return response
