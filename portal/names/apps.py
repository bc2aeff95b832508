from django.apps import AppConfig


class NamesConfig(AppConfig):
    name = "portal.names"
    label = "names"

    def ready(self):
        from portal.names import signals  # noqa: F401  (connects them)
