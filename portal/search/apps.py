from django.apps import AppConfig


class PortalSearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"

    def ready(self):
        from portal.search import signals  # noqa: F401  (connects them)
