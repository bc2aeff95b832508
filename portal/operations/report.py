"""The operator's page in the administration: versions, parts, background work, backup, certificate."""

import socket
import ssl
from datetime import UTC, datetime
from importlib.metadata import version

import django
import wagtail
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.operations import probes
from portal.operations.models import Heartbeat
from portal.search.models import SearchEntry

SECONDS = 3  # to wait for the certificate


def may_see(user) -> bool:
    return user.is_superuser


def state(request: HttpRequest) -> HttpResponse:
    if not may_see(request.user):
        raise PermissionDenied
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
            "parts": probes.all_results(),
            "tasks": probes.tasks_by_state(),
            "entries": SearchEntry.objects.order_by("language").values_list("language").annotate(Count("pk")),
            "backup": Heartbeat.objects.filter(name="backup").first(),
            "certificate": certificate_ends(),
        },
    )


def certificate_ends() -> datetime | None:
    """Until when the certificate of the public address is valid; None where there is none or nobody answers."""
    if not settings.PUBLIC_URL.is_secure:
        return None
    host, port = settings.PUBLIC_URL.host, settings.PUBLIC_URL.port
    try:
        with (
            socket.create_connection((host.strip("[]"), port), timeout=SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
        ):
            certificate = secure.getpeercert() or {}
    except OSError:
        return None
    ends = certificate.get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if ends else None
