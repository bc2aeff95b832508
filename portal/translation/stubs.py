"""The honest answer at the address of a page that has no translation yet."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from wagtail.models import Page

from portal.core.listing import published
from portal.publishing.visibility import Gone, is_live, is_public, is_restricted, is_withdrawn
from portal.translation.freshness import original_of
from portal.translation.models import TranslationState


def needs_stub(page: Page) -> bool:
    """Whether this address has only an original behind it: an alias, or a translation that was never published."""
    if page.is_original:
        return False
    if page.alias_of_id is not None:
        return True
    return not page.live and not TranslationState.objects.filter(page_id=page.pk).exists()


def stub_response(page: Page, request: HttpRequest) -> TemplateResponse:
    """200 with the original's title, a way to it, the nearest translated page and a button that asks for this one."""
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
            "nearest": _nearest_translated(page),
            "original_language": settings.LANGUAGE_CODE,
        },
    )
    response["X-Robots-Tag"] = "noindex, follow"
    response["Link"] = f'<{original.full_url}>; rel="canonical"'
    return response


def _may_be_named(original: Page, page: Page) -> bool:
    """Whether this reader may learn of the original: everybody may, or Wagtail has let them in here already."""
    return is_public(original) or (is_restricted(page) and is_live(original))


def _nearest_translated(page: Page) -> Page | None:
    """The closest ancestor that is really translated; at the least the home page of this language."""
    return published(page.get_ancestors().filter(depth__gt=1)).order_by("-depth").first()
