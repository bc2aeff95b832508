from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "portal.publishing"
    label = "publishing"

    def ready(self):
        from portal.publishing import mirror  # noqa: F401  (connects the signals)
