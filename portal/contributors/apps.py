from django.apps import AppConfig


class ContributorsConfig(AppConfig):
    name = "portal.contributors"
    label = "contributors"

    def ready(self):
        from portal.contributors import deadlines, department_rights  # noqa: F401  (connect the signals)
