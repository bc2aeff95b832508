"""What readers said of pages, newest first: the desk's list."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from portal.core.languages import write_date
from portal.core.models import Feedback


def may_see(user) -> bool:
    """Whom `manage.py setup` or an administrator gave the right: at first the editors."""
    return user.has_perm("core.view_feedback")


def may_answer(user) -> bool:
    """Whom the right to change them was given: at first the editors."""
    return user.has_perm("core.change_feedback")


def waiting() -> dict[str, int]:
    """How many mistakes wait for an answer, and how many of them past their day. 1 query."""
    new = (Feedback.questions() & Feedback.remembered()).filter(state=Feedback.State.NEW)
    return new.aggregate(count=Count("pk"), late=Count("pk", filter=Q(answer_by__lt=timezone.localdate())))


class _WordsColumn(TitleColumn):
    """The reader's words; of a mistake they lead to its answer."""

    def get_link_url(self, instance, parent_context):
        if instance.kind != Feedback.Kind.MISTAKE or not may_answer(parent_context["request"].user):
            return None
        return reverse("feedback_answer", args=[instance.pk])


class _StateColumn(Column):
    """Where the answer stands; opinions have none."""

    def get_value(self, instance) -> str:
        if instance.kind != Feedback.Kind.MISTAKE:
            return ""
        return _("New, late") if instance.is_late else instance.get_state_display()


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
    list_filter = ["kind", "state", "language"]
    list_export = [
        "page",
        "language",
        "kind",
        "text",
        "created_at",
        "state",
        "answer_by",
        "answered_at",
        "answered_by",
        "note",
    ]
    columns = [
        TitleColumn(
            "page", label=_("Page"), get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.page_id])
        ),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        _WordsColumn("text", label=_("Words of the reader")),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
        _StateColumn("state", label=_("State"), sort_key="state"),
        Column(
            "answer_by",
            label=_("Answer by"),
            accessor=lambda row: write_date(row.answer_by) if row.answer_by else "",
            sort_key="answer_by",
        ),
        Column("answered_by", label=_("Answered by")),
    ]
    permission_required = "view"

    def user_has_permission(self, permission) -> bool:
        return may_see(self.request.user)

    def get_filename(self) -> str:
        return "feedback"

    def get_base_queryset(self):
        return Feedback.remembered().select_related("page", "answered_by")
