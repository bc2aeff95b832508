"""One change inside Wagtail that the rights of departments need.

`tests/admin/test_departments.py` fails when the function that is replaced changes.
"""

from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

upstream_decorate = PageTypesUsageReportView.decorate_paginated_queryset


def install() -> None:
    """Called once when the application is ready."""
    PageTypesUsageReportView.decorate_paginated_queryset = decorate_paginated_queryset


def decorate_paginated_queryset(self, page_types):
    """Without the page last edited where it is not this person's to edit: its title may be nobody else's business."""
    page_types = upstream_decorate(self, page_types)
    for row in page_types:
        page = row.last_edited_page
        if page is not None and not page.permissions_for_user(self.request.user).can_edit():
            row.last_edited_page = None
    return page_types
