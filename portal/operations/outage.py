"""While the database or the storage is away or the disk is full: a clear 503 in the reader's language."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = 15  # seconds


def is_database_away(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError | InterfaceError)


def is_storage_away(error: BaseException | None) -> bool:
    """Whether S3-compatible storage did not answer; its client is there only where it is used."""
    client = sys.modules.get("botocore.exceptions")
    return client is not None and isinstance(error, client.BotoCoreError | client.ClientError)


def is_disk_full(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def unavailable(request: HttpRequest, disk_full: bool = False) -> HttpResponse:
    """A page that asks nothing of database or cache."""
    body = render_to_string("503.html", {"disk_full": disk_full})
    return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})
