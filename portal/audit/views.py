"""The audit log as a report: sorted, filtered and downloaded, never changed."""

import django_filters
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry

from portal.audit.models import AuditEntry
from portal.contributors.checklist import answers_as_text
from portal.core.inspect_in_words import DayColumn
from portal.core.languages import own_name, write_date
from portal.reports.sheets import sheet_response

_COLUMNS = {
    "at": _("Time"),
    "actor_name": _("User"),
    "action": _("Action"),
    "title": _("Title"),
    "language": _("Language"),
    "department": _("Department"),
    "revision_id": _("Version"),
    "digest": _("Digest of the version"),
    "comment": _("Comment"),
    "answers": _("Checklist"),
}


def may_see(user) -> bool:
    return user.has_perm("audit.view_auditentry")


def action_label(action: str) -> str:
    return force_str(registry.get_action_label(action)) if registry.action_exists(action) else action


def _actions(request) -> list[tuple[str, str]]:
    used = AuditEntry.objects.order_by().values_list("action", flat=True).distinct()
    return sorted(((action, action_label(action)) for action in used), key=lambda choice: choice[1])


class AuditFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("Time"), widget=DateRangePickerWidget)
    action = django_filters.ChoiceFilter(label=_("Action"), choices=lambda: _actions(None))
    actor_name = django_filters.CharFilter(label=_("User"), lookup_expr="icontains")
    title = django_filters.CharFilter(label=_("Title"), lookup_expr="icontains")
    object_id = django_filters.CharFilter(label=_("Number"), widget=forms.HiddenInput)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = AuditEntry
        fields = []


class AuditReport(ReportView):
    """One row an act."""

    model = AuditEntry
    page_title = _("Audit log")
    header_icon = "history"
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    default_ordering = "-at"
    is_searchable = False
    filterset_class = AuditFilterSet
    list_export = list(_COLUMNS)
    export_headings = _COLUMNS
    permission_required = "view"
    columns = [
        DayColumn("at", label=_COLUMNS["at"], sort_key="at"),
        Column("actor_name", label=_COLUMNS["actor_name"], sort_key="actor_name"),
        Column("action", label=_COLUMNS["action"], accessor=lambda row: action_label(row.action), sort_key="action"),
        Column("title", label=_COLUMNS["title"], sort_key="title"),
        Column(
            "language", label=_COLUMNS["language"], accessor=lambda row: own_name(row.language), sort_key="language"
        ),
        Column("comment", label=_COLUMNS["comment"], accessor=lambda row: _comment(row)),
    ]

    def user_has_permission(self, permission) -> bool:
        return may_see(self.request.user)

    def as_spreadsheet(self, queryset, spreadsheet_format):
        heading = [
            gettext("Audit log"),
            gettext("Made on %(date)s") % {"date": write_date(timezone.now())},
        ]
        rows = (_cells(entry) for entry in queryset)
        return sheet_response(spreadsheet_format, "audit-log", heading, list(_COLUMNS.values()), rows)


def _comment(entry: AuditEntry) -> str:
    return "\n".join(filter(None, [entry.comment, answers_as_text(entry.data.get("answers", []))]))


def _cells(entry: AuditEntry) -> list:
    values = {name: getattr(entry, name, "") for name in _COLUMNS}
    values["action"] = action_label(entry.action)
    values["language"] = own_name(entry.language)
    values["answers"] = answers_as_text(entry.data.get("answers", []))
    return list(values.values())
