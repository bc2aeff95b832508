from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "portal.publishing"
    label = "publishing"

    def ready(self):
        from portal.publishing import bundles, mirror, records, redirects  # noqa: F401  (connect the signals)

        records.connect()
