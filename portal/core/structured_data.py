"""What a page says of itself to search engines, as schema.org in JSON-LD."""

import json

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from portal.core.languages import tag_of
from portal.core.way import way_to

# JSON inside HTML: nothing may look like the end of the script element.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def absolute(address: str) -> str:
    return settings.PUBLIC_URL.origin + address


def card_address(page: Page) -> str:
    """The page's social card; the moment of publication makes a new address of a new card."""
    address = absolute(reverse("card", args=[page.pk]))
    return f"{address}?v={page.last_published_at:%Y%m%d%H%M%S}" if page.last_published_at else address


def describe(page: Page, chrome: dict) -> SafeString:
    """The JSON of one page: who publishes, the portal, the way to the page, and an article's particulars."""
    publisher = _publisher(chrome)
    graph = [publisher, _site(page, chrome, publisher)]
    if page.depth > 2:
        graph.append(_way(page))
    if page.search_kind == "article":
        graph.append(_article(page, publisher))
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))


def _publisher(chrome: dict) -> dict:
    information = chrome["information"]
    body = {
        "@type": "GovernmentOrganization",
        "@id": absolute(chrome["home_url"]) + "#publisher",
        "name": information.managing_body if information else "Lai Châu",
        "url": absolute(chrome["home_url"]),
        "logo": absolute(static("img/mark.svg")),
    }
    for name, value in (("telephone", "phone"), ("email", "email"), ("address", "address")):
        if information and getattr(information, value):
            body[name] = getattr(information, value)
    return body


def _site(page: Page, chrome: dict, publisher: dict) -> dict:
    information = chrome["information"]
    return {
        "@type": "WebSite",
        "name": information.portal_name if information else str(settings.WAGTAIL_SITE_NAME),
        "url": absolute(chrome["home_url"]),
        "inLanguage": tag_of(page.locale.language_code),
        "publisher": {"@id": publisher["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute(reverse("search")) + "?q={search_term_string}",
            "query-input": "required name=search_term_string",
        },
    }


def _way(page: Page) -> dict:
    steps = [*way_to(page), page]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": step.title, "item": step.full_url}
            for number, step in enumerate(steps, 1)
        ],
    }


def _article(page: Page, publisher: dict) -> dict:
    article = {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": tag_of(page.locale.language_code),
        "mainEntityOfPage": page.full_url,
        "image": [card_address(page)],
        "datePublished": page.date.isoformat(),
        "author": {"@type": "Organization", "name": page.credit or publisher["name"]},
        "publisher": {"@id": publisher["@id"]},
    }
    if page.last_published_at:
        article["dateModified"] = page.last_published_at.isoformat()
    return article
