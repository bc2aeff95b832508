"""Whole answers for anonymous readers: kept for one cache generation, and never past the next from/until boundary.

A view says that its answer is the same for everybody (`shareable`), and what of the query it reads; everything else
stays out of every cache. What is asked for again costs no query: two reads of the cache, and no body where the browser
has it already. Whoever writes addresses of their own (`?x=1`, `?x=2`, …) fills no cache with them.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils.http import parse_etags, urlencode

from portal.publishing.generation import cached_until, current

# A shared cache may keep an answer for this long, which is how late a change may be seen; browsers ask every time.
SHARED_SECONDS = 1
_LONGEST_QUERY = 200  # characters; longer questions are asked once
_WORTH_COMPRESSING = 500  # bytes
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")  # «gzip;q=0» says: anything but that
_OWN_HEADERS = ("Cache-Control", "Content-Length", "ETag", "Vary", "Last-Modified")


def shareable(view: Callable[..., HttpResponse], reads: Iterable[str] = ()) -> Callable[..., HttpResponse]:
    """Mark what a view answers as the same for every anonymous reader.

    `reads`: names in the query that change the answer. The view sees no other, so that there is one answer to keep,
    whatever stands behind the address. An answer may refuse to be kept by `is_shareable = False`: a value that leads
    to nothing can be written in endless ways.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        generation = getattr(request, "generation_of_answer", None)  # none: the middleware keeps nothing of it
        if _leave_out_unread(request, reads) and generation is not None:
            kept = caches["default"].get(_key(request, generation))
            if kept is not None:
                response = HttpResponse()
                response.kept = kept
                return response
        response = view(request, *args, **kwargs)
        response.is_shareable = getattr(response, "is_shareable", True)
        return response

    return answer


def _leave_out_unread(request: HttpRequest, reads: Iterable[str]) -> bool:
    """Rewrite the query as the portal itself would write it; whether that changed it."""
    asked = request.META.get("QUERY_STRING", "")
    if not asked:
        return False
    query = urlencode([(name, request.GET[name]) for name in request.GET if name in reads and request.GET[name]])
    request.META["QUERY_STRING"], request.GET = query, QueryDict(query)
    return query != asked


@dataclass
class Answer:
    """One kept answer: plain and compressed body, headers, and the moment (POSIX seconds) at which it ends."""

    body: bytes
    compressed: bytes | None
    headers: list[tuple[str, str]]
    etag: str
    until: float

    @classmethod
    def of(cls, response: HttpResponse, until: float) -> "Answer":
        body = response.content
        compressed = gzip.compress(body, 6, mtime=0) if len(body) > _WORTH_COMPRESSING else None
        headers = [(name, value) for name, value in response.items() if name not in _OWN_HEADERS]
        # Weak: the compressed and the plain body are one answer, and nginx may compress again.
        etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        return cls(body, compressed, headers, etag, until)

    def to(self, request: HttpRequest) -> HttpResponse:
        """The answer for one request: 304 if the reader has it, compressed if the reader can read that."""
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and self._is_among(parse_etags(known)):
            response = HttpResponseNotModified()
        else:
            packed = self.compressed is not None and _TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
            response = HttpResponse(self.compressed if packed else self.body)
            response["Content-Length"] = str(len(response.content))
            if packed:
                response["Content-Encoding"] = "gzip"
            for name, value in self.headers:
                response[name] = value
        response["ETag"] = self.etag
        response["Vary"] = "Accept-Encoding"
        shared = max(0, min(SHARED_SECONDS, int(self.until - time.time())))
        response["Cache-Control"] = f"public, max-age=0, must-revalidate, s-maxage={shared}"
        # nginx counts whole seconds: «for one second» is up to two, from when the answer came. By its own clock, and
        # to the end of the second in which it asked, it never shows what was replaced more than a second ago.
        asked = getattr(request, "asked_at", None)
        if not _is_asked_as_written(request):
            response["X-Accel-Expires"] = "0"
        elif asked is not None:
            response["X-Accel-Expires"] = f"@{min(int(asked), int(self.until) - SHARED_SECONDS)}"
        return response

    def _is_among(self, etags: list[str]) -> bool:
        return etags == ["*"] or any(etag.removeprefix("W/") == self.etag.removeprefix("W/") for etag in etags)


class PageCacheMiddleware:
    """Stands before sessions and languages: an answer that is kept needs neither."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_share(request):
            return _keep_out(self.get_response(request))
        # Both before building: what is published or ends meanwhile makes this answer one of the past.
        generation = request.generation_of_answer = current()
        answer = caches["default"].get(_key(request, generation))
        if answer is None:
            until = cached_until()
            response = self.get_response(request)
            if hasattr(response, "kept"):
                return response.kept.to(request)
            if not _is_shareable(response) or len(request.META.get("QUERY_STRING", "")) > _LONGEST_QUERY:
                return _keep_out(response)
            answer = Answer.of(response, until)
            if request.method == "GET":
                caches["default"].set(_key(request, generation), answer, timeout=until - time.time())
        return answer.to(request)


def _may_share(request: HttpRequest) -> bool:
    """Whether a request is a reader's: previews and whoever has a session get answers of their own."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not getattr(request, "is_dummy", False)
        and request.get_host() in _own_hosts()  # raises DisallowedHost
    )


def _own_hosts() -> set[str]:
    """The portal's names, with its port and without. With others, or in capitals, it answers too, endlessly many."""
    port = settings.PUBLIC_URL.origin.partition("://")[2].removeprefix(settings.PUBLIC_URL.host)
    return {f"{host}{end}" for host in settings.ALLOWED_HOSTS for end in ("", port)}


def _is_asked_as_written(request: HttpRequest) -> bool:
    """Whether the address is, letter by letter, one that the portal writes: by the others nginx would be filled.

    RAW_URI is gunicorn's; where there is none no nginx stands before us.
    """
    written = request.get_full_path()
    return request.META.get("RAW_URI", written) == written


def _key(request: HttpRequest, generation: str) -> str:
    """Addresses as the reader sees them, host included: feeds and links name it."""
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    return f"answer:{generation}:{hashlib.blake2b(address.encode(errors='replace'), digest_size=16).hexdigest()}"


def _is_shareable(response: HttpResponse) -> bool:
    return (
        getattr(response, "is_shareable", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
        and "no-store" not in response.get("Cache-Control", "")
        and "private" not in response.get("Cache-Control", "")
    )


def _keep_out(response: HttpResponse) -> HttpResponse:
    """Nobody stores what was not said to be public; a permanent redirect too may be wrong tomorrow."""
    if "Cache-Control" not in response:
        response["Cache-Control"] = "private, no-store"
    return response
