"""What readers said of pages, newest first: the desk's list."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from portal.core.models import Feedback


def may_see(user) -> bool:
    """Whom `manage.py setup` or an administrator gave the right: at first the editors."""
    return user.has_perm("core.view_feedback")


class FeedbackReport(ReportView):
    """One row an answer."""

    model = Feedback
    page_title = _("Readers' feedback")
    header_icon = "comment"
    index_url_name = "feedback_report"
    index_results_url_name = "feedback_report_results"
    paginate_by = 50
    default_ordering = "-created_at"
    is_searchable = False
    list_filter = ["kind", "language"]
    list_export = ["page", "language", "kind", "text", "created_at"]
    columns = [
        TitleColumn(
            "page", label=_("Page"), get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.page_id])
        ),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("text", label=_("Words of the reader")),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
    ]
    permission_required = "view"

    def user_has_permission(self, permission) -> bool:
        return may_see(self.request.user)

    def get_filename(self) -> str:
        return "feedback"

    def get_base_queryset(self):
        return Feedback.objects.select_related("page")
