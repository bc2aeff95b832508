from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.audit.views import AuditReport, may_see


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("reports/audit/", AuditReport.as_view(), name="audit_log"),
        path("reports/audit/results/", AuditReport.as_view(results_only=True), name="audit_log_results"),
    ]


class AuditMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_report():
    return AuditMenuItem(_("Audit log"), reverse("audit_log"), name="audit-log", icon_name="history", order=90)


@hooks.register("register_permissions")
def register_permissions():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="audit", codename="view_auditentry")
