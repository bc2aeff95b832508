"""The address that a request came from: the one place that decides it. Rate limits and lock-out ask here."""

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The connection's own address. Forwarding headers are not read: a stranger writes into them what he likes.

    Behind a proxy `REMOTE_ADDR` has to be corrected first, from proxies that are trusted by name, before this is asked.
    """
    return request.META.get("REMOTE_ADDR", "")
