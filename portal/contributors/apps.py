from django.apps import AppConfig


class ContributorsConfig(AppConfig):
    name = "portal.contributors"
    label = "contributors"
