from django.apps import AppConfig
from django.conf import settings


class PortalSearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"

    def ready(self):
        from portal.search import signals  # noqa: F401  (connects them)

        if settings.ELASTICSEARCH_URL:  # before a web server forks: its processes share what is loaded
            from portal.search.engines import fallback  # noqa: F401
