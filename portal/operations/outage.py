"""While database or storage are away or take nothing new, or the disk is full: a clear 503 in the reader's language."""

import errno
import sys

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = 15  # seconds
READ_ONLY = "25006"  # PostgreSQL's SQLSTATE: during maintenance, or where another server has become the one to write to


def is_database_away(error: BaseException | None) -> bool:
    """Whether the database does not answer, or takes nothing new."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    return isinstance(error, OperationalError | InterfaceError)


def is_storage_away(error: BaseException | None) -> bool:
    """Whether S3-compatible storage did not answer, or a folder was taken away from under us or takes nothing new."""
    if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EIO, errno.ESTALE):
        return True
    # Its client is there only where it is used.
    client = sys.modules.get("botocore.exceptions")
    return client is not None and isinstance(error, client.BotoCoreError | client.ClientError)


def is_refused(error: BaseException) -> bool:
    """Whether a storage that answers does not let us write."""
    if isinstance(error, OSError):
        return error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    client = sys.modules.get("botocore.exceptions")
    return client is not None and isinstance(error, client.ClientError)


def is_disk_full(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def unavailable(request: HttpRequest, disk_full: bool = False) -> HttpResponse:
    """A page that asks nothing of database or cache."""
    body = render_to_string("503.html", {"disk_full": disk_full})
    return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})
