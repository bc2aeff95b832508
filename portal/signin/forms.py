"""Forms of signing in: a code, and the mail that resets a password in its reader's language."""

from django import forms
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.users.models import UserProfile

from portal.signin.models import RoleRule


class CodeForm(forms.Form):
    """One code of the app, or one recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


class RecipientsLanguageResetForm(PasswordResetForm):
    """The person who gets the mail chose a language; the browser that asked for it may be anybody's."""

    def send_mail(self, subject_template_name, email_template_name, context, *args, **kwargs):
        profile = UserProfile.objects.filter(user=context["user"]).first()
        with translation.override(profile.get_preferred_language() if profile else translation.get_language()):
            super().send_mail(subject_template_name, email_template_name, context, *args, **kwargs)


class RoleRuleForm(forms.ModelForm):
    """A panel of Wagtail's page for a group: what the role asks at signing in."""

    def __init__(self, data=None, files=None, instance=None):
        self.group = instance
        rule = RoleRule.objects.filter(group=instance).first() if instance is not None and instance.pk else None
        super().__init__(data, files, instance=rule, prefix="signin")

    class Meta:
        model = RoleRule
        fields = ["second_factor_required"]
        labels = {"second_factor_required": _("Members need a second factor to sign in")}

    def save(self, commit=True):
        self.instance.group = self.group
        return super().save(commit)

    def as_admin_panel(self) -> str:
        return render_to_string("wagtailadmin/signin/role_panel.html", {"form": self})
