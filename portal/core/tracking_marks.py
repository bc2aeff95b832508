"""Marks that social networks and newsletters hang on links to us: dropped before anything looks at the address.

With them every shared link would be a page of its own to make, and paging links would hand the marks on.
"""

import re

from django.http import HttpRequest, HttpResponse

_MARK = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|mibextid|igshid|igsh|mc_cid|mc_eid|_ga|spm|zarsrc"
    r"|isappinstalled|nsukey)(?:=.*)?"
    r"|from=(?:singlemessage|groupmessage|timeline)"  # WeChat
)


class TrackingMarksMiddleware:
    """Before the kept answers, so that all readers of a shared link get the same one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if query:
            kept = [part for part in query.split("&") if not _MARK.fullmatch(part)]
            request.META["QUERY_STRING"] = "&".join(kept)
        return self.get_response(request)
