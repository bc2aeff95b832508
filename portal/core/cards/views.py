"""The address of a card, the same whether it was drawn yet or not, so that no page has to ask."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.core.cards.tasks import name_of
from portal.publishing.generation import cached
from portal.publishing.visibility import is_public


@require_safe
def card(request: HttpRequest, page_id: int) -> HttpResponse:
    """The card of a public page; the portal's own without words until the page's is made."""
    if cached(f"card:{page_id}", lambda: "yes" if _has_card(page_id) else "no") == "no":
        raise Http404("no public page of this number")
    try:
        response = FileResponse(default_storage.open(name_of(page_id)), content_type="image/jpeg")
    except FileNotFoundError:
        response = HttpResponseRedirect(static("img/card.jpg"))
        response["Cache-Control"] = "public, max-age=0, s-maxage=1"
        return response
    response["Cache-Control"] = "public, max-age=3600, s-maxage=1"
    return response


def _has_card(page_id: int) -> bool:
    page = Page.objects.filter(pk=page_id).first()
    return page is not None and is_public(page)
