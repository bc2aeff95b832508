"""Files that the portal sends itself, where no nginx can: as they come from the storage, and in parts for who asks.

A reader of a long PDF asks for the pages that they look at, a player for the minute that was chosen (RFC 9110, 14).
"""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

CHUNK = 1 << 16
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")  # one range: several are answered with the whole, which is allowed


def send(request: HttpRequest, name: str, headers: dict[str, str]) -> HttpResponse:
    """The file with these headers, whole or the part that the request names; raise FileNotFoundError."""
    size = default_storage.size(name)
    part = _part(request, size, headers.get("ETag", ""))
    if part is None:
        first, last, status = 0, size - 1, 200
    else:
        first, last, status = *part, 206
    if first > last and part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_bytes(name, first, last), status=status, headers=headers)
    response["Accept-Ranges"], response["Content-Length"] = "bytes", str(last - first + 1)
    if part:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte that are asked for, first behind last where there are none; None for the whole file."""
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or match[1] == match[2] == "":
        return None
    if request.headers.get("if-range", etag) != etag:
        return None  # the reader has a part of what the file was before
    if match[1] == "":
        return size - min(size, int(match[2])), size - 1
    if match[2] and int(match[2]) < int(match[1]):
        return None  # no range at all, which is to be overlooked
    return int(match[1]), min(int(match[2] or size), size - 1)


def _bytes(name: str, first: int, last: int) -> Iterator[bytes]:
    if first > last:
        return iter(())
    if hasattr(default_storage, "open_part"):  # from a bucket, as they arrive
        return default_storage.open_part(name, first, last)
    return _from_folder(name, first, last)


def _from_folder(name: str, first: int, last: int) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
