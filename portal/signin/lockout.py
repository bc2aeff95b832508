"""When too many wrong passwords close the door, and what somebody sees then. django-axes counts, in the database."""

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from portal.core.client_address import sender


class ByNameAndByAddress(AxesDatabaseHandler):
    """A name is closed for one address; an address that tries many names is closed for all of them.

    Both for a quarter of an hour after the last wrong password, and never a name for everybody, or a stranger could
    keep anybody out.
    """

    def is_locked(self, request, credentials=None) -> bool:
        return super().is_locked(request, credentials) or _failures_from(request) >= settings.SIGNIN_ADDRESS_FAILURES


def _failures_from(request: HttpRequest) -> int:
    recent = AccessAttempt.objects.filter(
        ip_address=sender(request) or None, attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    return recent.aggregate(number=Sum("failures_since_start"))["number"] or 0


def locked_out(request: HttpRequest, original_response=None, credentials=None) -> HttpResponse:
    """One page for an account that exists and one that does not, so that nobody learns which do."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = TemplateResponse(request, "wagtailadmin/signin/locked_out.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response.render()
