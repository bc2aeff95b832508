"""One sitemap per language, in files of bounded size, with the other languages where real translations exist."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as sitemap_index_view
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page

from portal.core.languages import HREFLANG, addresses_of_view
from portal.core.listing import page_number, published


class LanguageSitemap(Sitemap):
    """The public, really translated pages of one language, and the views that are lists of their own."""

    limit = 5000
    views = ("names", "site_map")

    def __init__(self, language: str):
        self.language = language

    def items(self):
        pages = published(Page.objects.filter(depth__gt=1, locale__language_code=self.language))
        return pages.order_by("path").only("pk", "path", "url_path", "locale", "last_published_at", "translation_key")

    def location(self, page: Page) -> str:
        return page.full_url

    def lastmod(self, page: Page):
        return page.last_published_at

    def get_urls(self, page=1, site=None, protocol=None):
        """Rows as Django's template prints them: location, lastmod, alternates."""
        rows = list(self.paginator.page(page).object_list)
        others = {}
        siblings = published(Page.objects.filter(translation_key__in=[row.translation_key for row in rows]))
        for sibling in siblings.select_related("locale"):
            others.setdefault(sibling.translation_key, []).append(
                {"location": sibling.full_url, "lang_code": HREFLANG[sibling.locale.language_code]}
            )
        pages = [
            _row(
                row.full_url,
                row.last_published_at,
                others[row.translation_key] if len(others.get(row.translation_key, ())) > 1 else [],
            )
            for row in rows
        ]
        return [*pages, *(self._views() if int(page) == 1 else ())]

    def _views(self) -> list[dict]:
        rows = []
        for view in self.views:
            addresses = addresses_of_view(view)
            alternates = [{"location": address, "lang_code": tag} for tag, address in addresses.items()]
            rows.append(_row(addresses[HREFLANG[self.language]], None, alternates))
        return rows


def _row(location: str, lastmod: datetime | None, alternates: list[dict]) -> dict:
    """A row as Django's template prints it."""
    return {
        "item": None,
        "location": location,
        "lastmod": lastmod,
        "changefreq": None,
        "priority": "",
        "alternates": alternates,
    }


_MAPS = {code: LanguageSitemap(code) for code, _name in settings.LANGUAGES}


def index(request: HttpRequest) -> HttpResponse:
    """The index of the languages' sitemaps."""
    return sitemap_index_view(request, _MAPS, sitemap_url_name="sitemap_section")


def language_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    if section not in _MAPS:
        raise Http404("no sitemap of this language")
    page_number(request, "p")
    return sitemap_view(request, _MAPS, section=section)
