"""Which language a reader is answered in: the address's; where it names none, what their browser asks for.

Unlike Django's, readers of other languages get English rather than the Vietnamese source, no cookie is looked at, and
an address without a language is not sent on to one that may not exist (see `near_addresses`).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from portal.core.languages import FOR_OTHERS


def reader_language(request: HttpRequest) -> str:
    """The first language of the browser's list that is ours; the source language for a browser that names none."""
    wanted = [code for code, _weight in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))]
    for code in wanted:
        if code != "*" and (ours := _ours(code)):
            return ours
    return FOR_OTHERS if any(code != "*" for code in wanted) else settings.LANGUAGE_CODE


def language_of_answer(request: HttpRequest) -> str:
    """The language to answer in, also where a request failed before the middleware below could choose one.

    What is active then is the language of whoever this thread answered last.
    """
    of_address = translation.get_language_from_path(request.path_info)
    return of_address or getattr(request, "LANGUAGE_CODE", "") or reader_language(request)


def _ours(code: str) -> str | None:
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return None


class ReaderLanguageMiddleware(LocaleMiddleware):
    """Activates the language for an answer, and says to caches and browsers which it was."""

    def process_request(self, request: HttpRequest) -> None:
        language = translation.get_language_from_path(request.path_info) or reader_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if translation.get_language_from_path(request.path_info):
            response.headers.setdefault("Content-Language", translation.get_language())
        elif response.get("Content-Type", "").startswith("text/"):  # pictures and files are the same for everybody
            patch_vary_headers(response, ("Accept-Language",))
            response.headers.setdefault("Content-Language", translation.get_language())
        return response
