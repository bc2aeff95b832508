"""The forms for people: their department is chosen by its name, and its group follows it by itself.

Who has one name alone leaves the family name empty; otherwise they could not even choose their language.
"""

from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.admin.forms import account
from wagtail.users import forms
from wagtail.users.views import users

from portal.contributors.department_rights import DEPARTMENT_GROUPS, departments


class _WithDepartment:
    """Groups of departments are no roles to tick: whoever ticks one would see it taken away again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = False
        self.fields["groups"].queryset = Group.objects.exclude(DEPARTMENT_GROUPS)
        of_today = [body.pk for body in departments() if not body.is_over]
        own = self.instance.department_id  # stays what it is, whatever became of it, until somebody changes it
        self.fields["department"].queryset = departments().filter(Q(pk__in=of_today) | Q(pk=own))

    def _save_m2m(self):
        kept = self.instance.groups.filter(DEPARTMENT_GROUPS)
        self.cleaned_data["groups"] = [*self.cleaned_data["groups"], *kept]
        super()._save_m2m()


class UserCreationForm(_WithDepartment, forms.UserCreationForm):
    class Meta(forms.UserCreationForm.Meta):
        fields = forms.UserCreationForm.Meta.fields | {"department"}


class UserEditForm(_WithDepartment, forms.UserEditForm):
    class Meta(forms.UserEditForm.Meta):
        fields = forms.UserEditForm.Meta.fields | {"department"}


class NameEmailForm(account.NameEmailForm):
    """A person's own names, in the order in which they are said."""

    field_order = ["last_name", "first_name", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = False


class UserViewSet(users.UserViewSet):
    def get_form_class(self, for_update=False):
        return UserEditForm if for_update else UserCreationForm
