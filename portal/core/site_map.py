"""The site map for people: every section and page of lasting information, as the tree it is."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.core.languages import switch_for_view
from portal.core.listing import published


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """All public pages of a language but articles, which their index lists."""
    context = {"tree": _tree(translation.get_language()), "languages": switch_for_view(request, "site_map")}
    return TemplateResponse(request, "core/site_map.html", context)


def _tree(language: str) -> list[dict]:
    """Nested entries below the front page: [{"page": Page, "below": […]}, …]. One query."""
    from news.models import ArticlePage

    pages = published(Page.objects.filter(locale__language_code=language, depth__gt=1))
    pages = pages.not_type(ArticlePage).order_by("path")
    roots: list[dict] = []
    known: dict[str, dict] = {}
    for page in pages:
        entry = known[page.path] = {"page": page, "below": []}
        above = known.get(page.path[: -page.steplen])
        # A page below one that is not public in this language is listed under what is.
        (above["below"] if above else roots).append(entry)
    return roots
