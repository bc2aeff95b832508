from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "portal.translation"
    label = "translation"

    def ready(self):
        from portal.translation import gate, limits, upstream  # noqa: F401  (limits connects a signal)

        gate.install()
        upstream.install()
