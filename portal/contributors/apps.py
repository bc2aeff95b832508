from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class ContributorsConfig(AppConfig):
    name = "portal.contributors"
    label = "contributors"
    default = True

    def ready(self):
        from portal.contributors import deadlines, department_rights, upstream  # noqa: F401  (the first two connect signals)

        upstream.install()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's administration of users, with the department of a person."""

    user_viewset = "portal.contributors.user_forms.UserViewSet"
