"""Forms of signing in: a code, and the address to which a link to a new password is sent."""

from django import forms
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordResetForm

from portal.signin import password_mail
from portal.signin.models import RoleRule


class CodeForm(forms.Form):
    """One code of the app, or one recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


class MailedLaterResetForm(PasswordResetForm):
    """Leaves the mail to a task, and gives the queue one for an address that nobody has as well.

    So the answer takes the same time in both cases, and nobody learns from it who has an account.
    """

    def save(self, *args, **kwargs) -> None:
        people = [user.pk for user in self.get_users(self.cleaned_data["email"])]
        password_mail.send_links.enqueue(people, translation.get_language())


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
