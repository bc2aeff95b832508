"""What every public page shows around its content: sections, particulars, languages. One cached answer a language."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from wagtail.models import Locale, Page

from portal.core.listing import published
from portal.core.models import PortalInformation
from portal.publishing.generation import cached


def site(request: HttpRequest) -> dict:
    """`chrome`: lazy, so that the administration and fragments never pay for it."""
    return {"chrome": SimpleLazyObject(lambda: chrome(translation.get_language()))}


def chrome(language: str) -> dict:
    """Sections for the menu, the footer's particulars and the home pages of the languages, for one language."""
    return cached(f"chrome:{language}", lambda: _build(language))


def _build(language: str) -> dict:
    locale = Locale.objects.filter(language_code=language).first()
    home = Page.objects.filter(depth=2, locale=locale, live=True).first()
    sections = published(home.get_children().in_menu()).order_by("path").defer_streamfields().specific() if home else []
    information = PortalInformation.objects.filter(locale=locale, live=True).first()
    return {
        "home_url": home.url if home else "/",
        "sections": [
            {"title": page.title, "url": page.url, "path": page.path, "summary": page.summary} for page in sections
        ],
        "information": information,
        "languages": [
            {"code": code, "name": name, "url": page.url}
            for code, name in settings.LANGUAGES
            if (page := Page.objects.filter(depth=2, locale__language_code=code, live=True).first())
        ],
    }
