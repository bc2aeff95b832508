"""The administration speaks Vietnamese until a person chooses otherwise, whatever language their browser is set to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

COOKIE = "portal_staff_language"
YEAR = 365 * 24 * 60 * 60  # seconds


def language_of(user, otherwise: str) -> str:
    """The language in which a person chose to read the administration, for what is written to them; else another."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else otherwise


class AdminLanguageMiddleware:
    """After ReaderLanguageMiddleware: addresses of the administration carry no language, so the browser would decide.

    A person's own choice (their account page) is applied later, by Wagtail, and wins. Whoever signs in leaves it in the
    browser, so that the next login page, which knows nobody yet, speaks it too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")):
            chosen = request.COOKIES.get(COOKIE)
            language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        chosen = getattr(request, "language_to_remember", "")
        if chosen:
            response.set_cookie(
                COOKIE,
                chosen,
                max_age=YEAR,
                path=settings.COOKIE_PATH,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
