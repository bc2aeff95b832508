"""The operator's page in the administration: versions, parts, background work, backup, certificate."""

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import django
import wagtail
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus

from portal.operations import probes
from portal.operations.models import Heartbeat
from portal.search.models import SearchEntry

SECONDS = 3  # to wait for the certificate
CERTIFICATE_SHORT = timedelta(days=21)
HAS_EXPIRED = 10  # OpenSSL's number; its other reasons keep its own words


def may_see(user) -> bool:
    return user.is_superuser


def part_names() -> dict[str, str]:
    """What the administration calls the parts that `/readyz` names."""
    return {
        "database": _("Database"),
        "cache": _("Cache"),
        "search": _("Search"),
        "storage": _("File storage"),
        "disk": _("Disk"),
        "scheduler": _("Scheduler"),
        "queue": _("Background work"),
        "clock": _("Clock"),
    }


def state_names() -> dict[str, str]:
    """What becomes of a background task."""
    return {
        TaskResultStatus.READY: _("waiting"),
        TaskResultStatus.RUNNING: _("being done"),
        TaskResultStatus.FAILED: _("failed"),
        TaskResultStatus.SUCCESSFUL: _("done"),
    }


def state(request: HttpRequest) -> HttpResponse:
    if not may_see(request.user):
        raise PermissionDenied
    now = timezone.now()
    tasks = probes.tasks_by_state()
    found = dict(SearchEntry.objects.order_by().values_list("language").annotate(Count("pk")))
    backup = Heartbeat.objects.filter(name="backup").first()
    return render(
        request,
        "operations/state.html",
        {
            "versions": {
                _("Release"): settings.RELEASE or _("none named"),
                "Django": django.get_version(),
                "Wagtail": wagtail.__version__,
                "wagtail-localize": version("wagtail-localize"),
                connection.display_name: ".".join(map(str, connection.get_database_version())),
            },
            "parts": [(part_names()[name], result) for name, result in probes.all_results().items()],
            "tasks": [(name, tasks[status]) for status, name in state_names().items() if status in tasks],
            "failed": tasks.get(TaskResultStatus.FAILED, 0),
            "entries": [(name, found.get(code, 0)) for code, name in settings.LANGUAGES],
            "backup": backup,
            "backup_is_old": backup is not None and now - backup.at > probes.BACKUP_OLD,
            "certificate": certificate(),
        },
    )


@dataclass(frozen=True)
class Certificate:
    """What the public address shows browsers; `distrust` says why they would refuse it, which hides when it ends."""

    ends: datetime | None = None
    distrust: str = ""

    @property
    def is_short(self) -> bool:
        return self.ends is not None and self.ends - timezone.now() < CERTIFICATE_SHORT


def certificate() -> Certificate | None:
    """The certificate of the public address, as a browser asks for it; None where there is none or nobody answers."""
    if not settings.PUBLIC_URL.is_secure:
        return None
    host, port = settings.PUBLIC_URL.host, settings.PUBLIC_URL.port
    try:
        with (
            socket.create_connection((host.strip("[]"), port), timeout=SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host.strip("[]")) as secure,
        ):
            shown = secure.getpeercert() or {}
    except ssl.SSLCertVerificationError as refusal:
        ended = refusal.verify_code == HAS_EXPIRED
        return Certificate(distrust=_("it has ended") if ended else refusal.verify_message)
    except OSError:
        return None
    return Certificate(datetime.fromtimestamp(ssl.cert_time_to_seconds(shown["notAfter"]), UTC))
