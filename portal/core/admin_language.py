"""The administration speaks Vietnamese until a person chooses otherwise, whatever language their browser is set to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation


class AdminLanguageMiddleware:
    """After ReaderLanguageMiddleware: addresses of the administration carry no language, so the browser would decide.

    A person's own choice (their account page) is applied later, by Wagtail, and wins.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return self.get_response(request)
