"""Views that answer for pages: finding the page by one query, the way to a language, errors."""

import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import authenticate_with_password
from wagtail.views import serve as wagtail_serve

from portal.core.hostile_input import is_nested_too_deep
from portal.core.languages import locales
from portal.core.models import BasePage, PublicId
from portal.core.reader_language import language_of_answer, reader_language
from portal.core.way import remember_way
from portal.operations.outage import is_database_away, is_disk_full, is_storage_away, unavailable
from portal.publishing.page_cache import shareable
from portal.publishing.visibility import Gone, is_public, is_restricted, is_withdrawn
from portal.translation.stubs import needs_stub

# Treebeard's paths hold 63 steps, so what is longer leads nowhere. Looking for each beginning of an address of
# thousands of parts would take minutes.
_DEEPEST = 63


def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """Serve a page. Wagtail's view does the work, with its hooks and privacy; only finding the page is ours."""
    route = request._wagtail_route_for_request = resolve(request, path)
    page = route.page
    answer = wagtail_serve if is_restricted(page) else shareable(wagtail_serve, getattr(page, "reads_of_query", ()))
    return answer(request, path)


def resolve(request: HttpRequest, path: str) -> RouteResult:
    """Find the page of an address in the active language by its whole path in one query; raise Http404.

    Wagtail walks down the tree with two queries a level. The deepest page whose path is a beginning of the address
    gets the rest to route, which is what makes archives and other routes below a page work.
    """
    home = _home_path(request)
    if home is None:
        raise Http404("no site for this address")
    components = [component for component in path.split("/") if component]
    if len(components) > _DEEPEST:
        raise Http404("deeper than any page")
    candidates = [home + "".join(f"{part}/" for part in components[:count]) for count in range(len(components) + 1)]
    way = list(Page.objects.filter(url_path__in=candidates).select_related("content_type").order_by("depth"))
    if not way:
        raise Http404("no page at this address")
    *above, page = way
    specific = _specific(page)
    remember_way(specific, above)
    rest = components[candidates.index(page.url_path) :]
    if not rest and not specific.live and needs_stub(specific):
        return RouteResult(specific)
    if not specific.alias_of_id and is_withdrawn(specific):
        raise Gone("this page was withdrawn")
    return specific.route(request, rest)


def _specific(page: Page) -> Page:
    """The page as its own type, with what every template of a page shows of other tables."""
    model = page.specific_class
    if model is None or not issubclass(model, BasePage):
        return page.specific
    specific = model.objects.select_related("lead_picture", "department").get(pk=page.pk)
    locale = locales().get(specific.locale_id)
    if locale is not None:
        specific.locale = locale
    return specific


def _home_path(request: HttpRequest) -> str | None:
    """Tree path of the active language's home page, from Wagtail's cached root paths."""
    site = Site.find_for_request(request)
    language = translation.get_language()
    for root in Site.get_site_root_paths():
        if site is not None and root.site_id == site.pk and root.language_code == language:
            return root.root_path
    return None


def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Wagtail's form for the password of a page, for what asks for one at its address and nothing else.

    Wagtail draws it around any page, whose section and versions in other languages it tells; drafts are none of them.
    """
    page = get_object_or_404(Page, pk=page_id, depth__gt=1)
    restriction = page.get_view_restrictions().filter(
        pk=page_view_restriction_id, restriction_type=PageViewRestriction.PASSWORD
    )
    if not restriction or not (page.live or needs_stub(page)):
        raise Http404("no page that asks for this password")
    return authenticate_with_password(request, page_view_restriction_id, page.pk)


@require_safe
def language_root(request: HttpRequest) -> HttpResponse:
    """The bare address: go to the reader's language by Accept-Language, without a cookie."""
    language = reader_language(request)
    with translation.override(language):
        response = HttpResponseRedirect(reverse("wagtail_serve", args=("",)))
    patch_vary_headers(response, ["Accept-Language"])
    response["Cache-Control"] = "private, max-age=0"
    return response


@require_safe
def short_address(request: HttpRequest, public_id: int) -> HttpResponse:
    """`/p/<id>`: the item in the reader's language if it is public there, else the original."""
    item = get_object_or_404(PublicId, pk=public_id)
    pages = Page.objects.filter(translation_key=item.translation_key).select_related("locale")
    pages = [page for page in pages if is_public(page)]
    by_language = {page.locale.language_code: page for page in pages}
    language = reader_language(request)
    page = by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)
    if page is None:
        raise Http404("nothing public has this number")
    response = HttpResponseRedirect(page.get_url(request))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """404 in the reader's language, offering search, the sections and the other languages; 410 for what was withdrawn.

    Where an editor wrote a redirect for a withdrawn page it stays 404, which the redirect middleware waits for.
    """
    gone = isinstance(exception, Gone) and get_redirect(request, Redirect.normalise_path(request.path)) is None
    context = {"error_page": True, "gone": gone}
    return TemplateResponse(request, "404.html", context, status=410 if gone else 404).render()


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 in the reader's language. A wrong host is found before the language is, so it is looked for here."""
    return _plain_page(request, "400.html", 400)


def form_without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose cookie did not come back, in the reader's language; Django's own speaks to developers."""
    return TemplateResponse(request, "core/form_refused.html", {"reason": "cookie"}, status=403).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in the reader's language, from a template that asks nothing of database or cache; 503 for what passes.

    400 for brackets within brackets that somebody sent to make us fail.

    Django calls it while it handles the error, wherever that was: in a view, a template or a middleware.
    """
    error = sys.exception()
    if is_nested_too_deep(error):
        return bad_request(request)
    if is_database_away(error) or is_storage_away(error) or is_disk_full(error):
        with translation.override(language_of_answer(request)):
            return unavailable(request, disk_full=is_disk_full(error))
    return _plain_page(request, "500.html", 500)


def _plain_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that asks nothing of database or cache, in the language of the answer, and that nobody keeps."""
    with translation.override(language_of_answer(request)):
        body = render_to_string(template)
    return HttpResponse(body, status=status, headers={"Cache-Control": "private, no-store"})
