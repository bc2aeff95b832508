"""The honest answer at the address of a page that has no translation yet."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from wagtail.models import Page

from portal.core.languages import tag_of, versions
from portal.core.listing import published
from portal.publishing.visibility import Gone, is_live, is_public, is_restricted, is_withdrawn
from portal.translation.freshness import original_of


def needs_stub(page: Page) -> bool:
    """Whether this address has only other languages behind it: an alias, or a translation that is not public.

    A translation that was withdrawn by itself is one: its original still stands, and every switch leads here.
    """
    return not page.is_original and (page.alias_of_id is not None or not page.live)


def stub_response(page: Page, request: HttpRequest) -> TemplateResponse:
    """200 with the title in each language that there is, the nearest page in this one and a button that asks for it."""
    original = original_of(page)
    if original is not None and is_withdrawn(original):
        raise Gone("the original was withdrawn")
    if original is None or not _may_be_named(original, page):
        raise Http404("the original is not public")
    response = TemplateResponse(
        request,
        "core/not_translated.html",
        {
            "page": page,
            "original": original,
            "written": _written(page, original),
            "nearest": _nearest_translated(page),
        },
    )
    response["X-Robots-Tag"] = "noindex, follow"
    response["Link"] = f'<{original.full_url}>; rel="canonical"'
    return response


def _may_be_named(original: Page, page: Page) -> bool:
    """Whether this reader may learn of the original: everybody may, or Wagtail has let them in here already."""
    return is_public(original) or (is_restricted(page) and is_live(original))


def _written(page: Page, original: Page) -> list[dict]:
    """Where this item can be read: `page`, `code` and `lang` of the original, then of each public translation."""
    pages = versions(page)  # as the language switch, which asks no second time
    others = [pages[code] for code, _ in settings.LANGUAGES if code in pages and is_public(pages[code])]
    written = [original, *(other for other in others if other.pk != original.pk)]
    codes = [(version, version.locale.language_code) for version in written]
    return [{"page": version, "code": code, "lang": tag_of(code)} for version, code in codes]


def _nearest_translated(page: Page) -> Page | None:
    """The closest ancestor that is really translated; at the least the home page of this language."""
    return published(page.get_ancestors().filter(depth__gt=1)).order_by("-depth").first()
