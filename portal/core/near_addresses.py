"""Addresses that are nearly right: copied with the full stop behind them, in capitals, with /zh-CN/ or no language,
typed with the marks or spaces of the title, or encoded twice on the way.

Whoever meets a 404 by one of these is sent on, but only to a page that is there; everything else stays the 404 it is.
"""

from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from portal.core import views
from portal.core.slugs import ascii_slug

_AFTER_A_LINK = " .,;:!?'\"()[]<>*»”’。，、；：！？）】》"  # what texts and chats set right behind an address
_INDEX_FILES = {"index.html", "index.htm", "index.php", "index.aspx", "default.aspx"}


class NearAddressMiddleware:
    """Around the redirects that editors wrote: those come first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        near = near_address(request)
        if near is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        address = f"{near}?{query}" if query else near
        if translation.get_language_from_path(request.path_info):
            return HttpResponsePermanentRedirect(address)
        sent_on = HttpResponseRedirect(address)
        patch_vary_headers(sent_on, ("Accept-Language",))
        return sent_on


def near_address(request: HttpRequest) -> str | None:
    """The address that was probably meant, if it differs and something public answers there."""
    parts = [part.lower() for part in request.path_info.split("/") if part]
    if parts:
        parts[-1] = parts[-1].strip(_AFTER_A_LINK)
    if parts and (not parts[-1] or parts[-1] in _INDEX_FILES):
        parts.pop()
    # The language that the answer is made in: of /zh-cn/ that is zh-hans already.
    if parts and translation.get_language_from_path(f"/{parts[0]}/"):
        parts.pop(0)
    language = translation.get_language()
    for meant in dict.fromkeys((_path(language, parts), _path(language, _as_slugs(parts)))):
        if meant and meant != request.path_info and (address := _address_of(request, meant)):
            return address
    return None


def _path(language: str, parts: list[str]) -> str:
    """The path of these parts; none where one is empty, as what has no ASCII letter is."""
    return "/".join(["", language, *parts, ""]) if all(parts) else ""


def _as_slugs(parts: list[str]) -> list[str]:
    return [ascii_slug(unquote(part)) for part in parts]


def _address_of(request: HttpRequest, path: str) -> str | None:
    try:
        match = resolve(path)
        if match.url_name == "wagtail_serve":
            views.resolve(request, match.kwargs.get("path") or "".join(match.args))
    except (Resolver404, Http404):
        return None
    return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
