from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"

    def ready(self):
        from portal.core import date_inputs, renditions, upstream
        from portal.core.cards import tasks as cards

        upstream.install()
        date_inputs.install()
        renditions.connect()
        cards.connect()
