"""What a person may not see is not told to them by its number either, where Wagtail looks only at its lists."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.contributors.ownership import choosable_pages
from portal.publishing.files import may_see_unpublished


def _in_the_explorer(request: HttpRequest, number: int) -> bool:
    seen = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return seen.filter(pk=number).exists()


def _to_link_to(request: HttpRequest, number: int) -> bool:
    return choosable_pages(Page.objects.filter(pk=number), request.user).exists()


def _file(model: Callable) -> Callable:
    def may_be_seen(request: HttpRequest, number: int) -> bool:
        found = model().objects.filter(pk=number).first()
        return found is not None and may_see_unpublished(request, found)

    return may_be_seen


# By the name of an address: which of its parameters is a number, and whether what has it may be seen.
_ASKED = {
    "wagtailadmin_explore": ("parent_page_id", _in_the_explorer),
    "wagtailadmin_explore_results": ("parent_page_id", _in_the_explorer),
    "wagtailadmin_pages:move_confirm": ("page_to_move_id", _in_the_explorer),
    "wagtailadmin_choose_page_child": ("parent_page_id", _to_link_to),
    "wagtailadmin_api:images:detail": ("pk", _file(get_image_model)),
    "wagtailadmin_api:documents:detail": ("pk", _file(get_document_model)),
}


class ForeignNumbersMiddleware:
    """Answers with 404, as for a number that nothing has. Needs the user, so it stands behind the sign-in."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        asked = _ASKED.get(request.resolver_match.view_name)
        if asked is None or not request.user.is_authenticated:
            return
        parameter, may_be_seen = asked
        if parameter in kwargs and not may_be_seen(request, kwargs[parameter]):
            raise Http404("not theirs to see")
