"""What an operator needs: health, logs, metrics, alerts, and the processes beside the web server."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "portal.operations"
    verbose_name = _("operations")

    def ready(self):
        from portal.operations import alerts

        alerts.connect()
