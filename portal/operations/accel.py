"""Files are handed out by nginx: Django decides who may read, and names the file in X-Accel-Redirect.

The module is a backend of Wagtail's sendfile (SENDFILE_BACKEND), so documents and pictures take the same way.
"""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def sendfile(request: HttpRequest, filename: str, mimetype: str = "", **kwargs) -> HttpResponse:
    """An answer without a body that makes nginx send the file; raise ValueError for a file outside of MEDIA_ROOT."""
    name = Path(filename).resolve().relative_to(Path(settings.MEDIA_ROOT).resolve())
    response = HttpResponse(content_type=mimetype)
    response["X-Accel-Redirect"] = settings.ACCEL_LOCATION + quote(str(name))
    return response
