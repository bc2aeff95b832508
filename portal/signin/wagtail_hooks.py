"""Signing in, as the administration shows it: panels of an account and of a role, an entry in the list of people."""

from django import forms
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.admin.widgets.button import Button

from portal.signin import account, second_factor
from portal.signin.forms import RoleRuleForm
from portal.signin.models import SignIn


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("account/second-factor/", account.manage_second_factor, name="signin_manage"),
        path("account/sessions/", account.list_sessions, name="signin_sessions"),
        path("account/sessions/end/<int:pk>/", account.end_session, name="signin_end_session"),
        path("account/sessions/end-others/", account.end_other_sessions, name="signin_end_others"),
        path("users/<int:pk>/second-factor/", account.help_locked_out_person, name="signin_help"),
    ]


class LinkPanel(BaseSettingsPanel):
    """A panel that shows how things are and leads to a page of its own: it adds no field to the account's form."""

    def get_form(self):
        return forms.Form()


@hooks.register("register_account_settings_panel")
class SecondFactorPanel(LinkPanel):
    name = "second_factor"
    title = _("Second factor")
    order = 510
    template_name = "wagtailadmin/signin/account_second_factor.html"

    def get_context_data(self):
        return {
            "device": second_factor.device_of(self.user),
            "required": second_factor.is_required(self.user),
            "codes_left": second_factor.recovery_codes_left(self.user),
        }


@hooks.register("register_account_settings_panel")
class SessionsPanel(LinkPanel):
    name = "sessions"
    title = _("Where you are signed in")
    order = 520
    template_name = "wagtailadmin/signin/account_sessions.html"

    def get_context_data(self):
        return {"count": SignIn.objects.open_for(self.user).count()}


@hooks.register("register_group_permission_panel")
def role_panel():
    return RoleRuleForm


@hooks.register("register_user_listing_buttons")
def remove_second_factor_button(user, request_user):
    if account.may_help(request_user, user) and second_factor.device_of(user) is not None:
        yield Button(_("Remove second factor"), reverse("signin_help", args=(user.pk,)), icon_name="lock-open")
