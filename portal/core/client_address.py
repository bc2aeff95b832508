"""Where a request came from: the one place that rate limits and lock-out ask."""

import ipaddress

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """`REMOTE_ADDR`, which `portal.operations.requests` has corrected where a trusted proxy passed the request on.

    Forwarding headers are read nowhere else: a stranger writes into them what he likes.
    """
    return request.META.get("REMOTE_ADDR", "")


def sender(request: HttpRequest) -> str:
    """Whose uses are counted together: an address or, of IPv6, the network that one line or server gets.

    There everybody has 2^64 addresses, a fresh one for each guess.
    """
    address = client_address(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False).network_address)
