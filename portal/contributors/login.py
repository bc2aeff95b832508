"""The form that staff log in with."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm


class LoginForm(WagtailLoginForm):
    """Wagtail's, whose password field has no label that can be translated. Labels say enough; hints are left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        for name in ("username", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def get_invalid_login_error(self) -> ValidationError:
        """Wagtail's begins with the name of the field, which in a sentence of ours would begin small."""
        return ValidationError(_("The user name or the password is not right. Please try again."), code="invalid_login")
