"""What every public page shows around its content: sections, particulars, languages. One cached answer a language."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from wagtail.models import Locale, Page, get_page_models

from portal.core.listing import published
from portal.core.models import BasePage, Notice, PortalInformation
from portal.publishing.generation import cached, ends_caches


def site(request: HttpRequest) -> dict:
    """`chrome`: lazy, so that the administration and fragments never pay for it."""
    return {"chrome": SimpleLazyObject(lambda: chrome(translation.get_language()))}


def chrome(language: str) -> dict:
    """Sections for the menu, the footer's particulars and the home pages of the languages, for one language."""
    return cached(f"chrome:{language}", lambda: _build(language))


def _build(language: str) -> dict:
    locale = Locale.objects.filter(language_code=language).first()
    home = Page.objects.filter(depth=2, locale=locale, live=True).first()
    sections = _menu(home) if home else []
    information = PortalInformation.objects.filter(locale=locale, live=True).defer("footer_pages").first()
    return {
        "home_url": home.url if home else "/",
        "sections": [
            {"title": page.title, "url": page.url, "path": page.path, "summary": page.summary} for page in sections
        ],
        "information": information,
        "notices": _notices(locale),
        "footer": [{"title": page.title, "url": page.url} for page in _footer_pages(locale)],
        "languages": [
            {"code": code, "name": name, "url": page.url}
            for code, name in settings.LANGUAGES
            if (page := Page.objects.filter(depth=2, locale__language_code=code, live=True).first())
        ],
    }


def _menu(home: Page) -> list[Page]:
    """The sections in the header's menu now, in the order of the tree."""
    now = timezone.now()
    sections = published(home.get_children().in_menu()).order_by("path").defer_streamfields().specific()
    return [page for page in sections if page.menu_until is None or page.menu_until > now]


@ends_caches
def _next_menu_end(now: datetime) -> datetime | None:
    """When the next entry leaves the menu by itself. Asked once a generation."""
    kinds = [model for model in get_page_models() if issubclass(model, BasePage)]  # each has a column of its own
    entries = [kind.objects.filter(depth=3, live=True, show_in_menus=True, menu_until__gt=now) for kind in kinds]
    first, *others = [found.order_by().values_list("menu_until", flat=True) for found in entries]
    return min(first.union(*others), default=None)


def _notices(locale: Locale | None) -> list[dict]:
    """What stands above every page now, each with the address of the page that says more, if it is public."""
    notices = list(Notice.objects.shown(locale))
    pages = {}
    for notice in notices:
        pages[notice.pk] = next(iter(in_language([notice.page_id], locale)), None) if notice.page_id else None
    return [{"text": notice.text, "url": pages[notice.pk].url if pages[notice.pk] else None} for notice in notices]


def _footer_pages(locale: Locale | None) -> list[Page]:
    """The pages that the Vietnamese record names, in one language, as far as they are public there."""
    record = PortalInformation.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True).first()
    chosen = [row["value"] for row in record.footer_pages.raw_data] if record else []
    return in_language(chosen, locale)


def in_language(chosen: list[int], locale: Locale | None) -> list[Page]:
    """The public pages of a language that are the items of some pages, in their order."""
    keys = dict(Page.objects.filter(pk__in=chosen).values_list("pk", "translation_key")) if chosen else {}
    pages = published(Page.objects.filter(translation_key__in=keys.values(), locale=locale)) if keys else []
    by_key = {page.translation_key: page for page in pages}
    return [by_key[keys[pk]] for pk in chosen if keys.get(pk) in by_key]
