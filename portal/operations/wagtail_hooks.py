from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.operations import report


@hooks.register("register_admin_urls")
def register_urls():
    return [path("reports/state/", report.state, name="operations_state")]


class StateMenuItem(MenuItem):
    """For administrators only."""

    def is_shown(self, request) -> bool:
        return report.may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_menu_item():
    return StateMenuItem(_("State of the portal"), reverse("operations_state"), icon_name="cogs", order=900)
