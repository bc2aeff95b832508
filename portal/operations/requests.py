"""Around every request: whose it is, an id for the logs, one log line, and a count for the metrics."""

import ipaddress
import logging
import re
import time
import uuid

from django.conf import settings
from django.http import HttpRequest

from portal.operations import metrics
from portal.operations.logs import request_id

logger = logging.getLogger("portal.requests")
_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


def client_address(peer: str, forwarded: str) -> str:
    """The reader's address: the last one in X-Forwarded-For that is no trusted proxy, if a trusted proxy asks.

    Everything before it was written by the reader, and may be forged.
    """
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    address = peer
    while chain and _is_trusted(address):
        address = chain.pop()
    return address if _parse(address) else peer


def _is_trusted(address: str) -> bool:
    parsed = _parse(address)
    return parsed is not None and any(parsed in network for network in settings.TRUSTED_PROXIES)


def _moment(text: str) -> float | None:
    """When the proxy asked, by its own clock (POSIX seconds)."""
    try:
        return float(text)
    except ValueError:
        return None


def _parse(address: str):
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None


class RequestMiddleware:
    """First of all. The id comes from nginx, a trusted proxy, or is made here; it returns as X-Request-ID."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        started = time.monotonic()
        peer = request.META.get("REMOTE_ADDR", "")
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        number = given if _ID.fullmatch(given) and _is_trusted(peer) else uuid.uuid4().hex
        request.META["REMOTE_ADDR"] = client_address(peer, request.META.get("HTTP_X_FORWARDED_FOR", ""))
        request.asked_at = _moment(request.META.get("HTTP_X_REQUEST_START", "")) if _is_trusted(peer) else None
        token = request_id.set(number)
        try:
            response = self.get_response(request)
            seconds = time.monotonic() - started
            response["X-Request-ID"] = number
            view = request.resolver_match.view_name if request.resolver_match else ""
            metrics.request_done(request.method, view, response.status_code, seconds)
            # The path without its query: what somebody searched for, or a token in a link, is theirs.
            fields = {
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round(seconds * 1000),
            }
            logger.info("%s %s %s", request.method, request.path, response.status_code, extra={"fields": fields})
            return response
        finally:
            request_id.reset(token)
