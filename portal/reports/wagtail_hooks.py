from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.audit.views import may_see
from portal.reports.tables import REPORTS
from portal.reports.views import report


@hooks.register("register_admin_urls")
def register_urls():
    return [path("reports/figures/<slug:slug>/", report, name="portal_report")]


class ReportMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_see(request.user)


def _register(order: int, slug: str) -> None:
    @hooks.register("register_reports_menu_item")
    def register_report():
        url = reverse("portal_report", args=[slug])
        return ReportMenuItem(REPORTS[slug].title, url, name=f"figures-{slug}", icon_name="table", order=order)


for _order, _slug in enumerate(REPORTS, start=10):
    _register(_order, _slug)
