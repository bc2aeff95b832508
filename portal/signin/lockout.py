"""What somebody sees who typed too many wrong passwords. Counting is django-axes', in the database."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def locked_out(request: HttpRequest, original_response=None, credentials=None) -> HttpResponse:
    """One page for an account that exists and one that does not, so that nobody learns which do."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = TemplateResponse(request, "wagtailadmin/signin/locked_out.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response.render()
