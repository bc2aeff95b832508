"""The address that a request came from: the one place that rate limits and lock-out ask."""

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """`REMOTE_ADDR`, which `portal.operations.requests` has corrected where a trusted proxy passed the request on.

    Forwarding headers are read nowhere else: a stranger writes into them what he likes.
    """
    return request.META.get("REMOTE_ADDR", "")
