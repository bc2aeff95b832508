from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class ContributorsConfig(AppConfig):
    name = "portal.contributors"
    label = "contributors"
    default = True

    def ready(self):
        from portal.contributors import deadlines, department_rights  # noqa: F401  (connect the signals)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's administration of users, with the department of a person."""

    user_viewset = "portal.contributors.user_forms.UserViewSet"
