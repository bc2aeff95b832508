"""The same page in the other languages: for the switch, for `hreflang`, and for what `lang` a passage carries."""
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation as django_translation
from wagtail.models import Page

from django.conf import settings
from portal.publishing.visibility import is_public

# BCP 47 tags as browsers and search engines write them.
HREFLANG = {"vi": "vi", "zh-hans": "zh-Hans", "en": "en"}
OPEN_GRAPH = {"vi": "vi_VN", "zh-hans": "zh_CN", "en": "en_US"}


def versions(page: Page) -> dict[str, Page]:
    """Every page of this item by language code: translations, originals and aliases, one query."""
    siblings = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
    return {sibling.locale.language_code: sibling for sibling in siblings}


def alternates(pages: dict[str, Page]) -> list[dict]:
    """`hreflang` links between real, public translations, with x-default; none where there is only one."""
    real = [(code, page) for code, page in pages.items() if is_public(page)]
    if len(real) < 2:
        return []
    links = [{"hreflang": HREFLANG[code], "href": page.full_url} for code, page in real]
    default = dict(real).get(settings.LANGUAGE_CODE, real[0][1])
    return [*links, {"hreflang": "x-default", "href": default.full_url}]


def switch(pages: dict[str, Page], request: HttpRequest) -> list[dict]:
    """The language switch: the same page in each language, or its stub, never the home page."""
    current = django_translation.get_language()
    entries = []
    for code, name in settings.LANGUAGES:
        page = pages.get(code)
        entries.append(
            {
                "code": code,
                "lang": HREFLANG[code],
                "name": name,
                "url": page.get_url(request) if page is not None else None,
                "current": code == current,
                "translated": page is not None and is_public(page),
            }
        )
    return entries


def switch_for_view(request: HttpRequest, view_name: str, **kwargs) -> list[dict]:
    """The switch on a view that is no page, such as search: the same view in each language, with its query."""
    entries = []
    query = request.META.get("QUERY_STRING", "")
    for code, name in settings.LANGUAGES:
        with django_translation.override(code):
            url = reverse(view_name, kwargs=kwargs) + (f"?{query}" if query else "")
        current = code == django_translation.get_language()
        entries.append({"code": code, "lang": HREFLANG[code], "name": name, "url": url, "current": current, "translated": True})
    return entries
