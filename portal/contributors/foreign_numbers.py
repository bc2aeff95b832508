"""What a person may not see is not told to them by its number either, where Wagtail looks only at its lists."""

from collections.abc import Callable, Iterable

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from portal.contributors.seen import drafts_seen, reader, seen, seen_or_public, was_laid_before
from portal.core.models.snippets import ReviewedSnippet
from portal.publishing.files import may_see_unpublished
from portal.translation.desk.people import locales_of, only_theirs
from portal.translation.desk.queue import originals

_LARGEST = 2**63 - 1  # what a number in a database can be
_DECISIONS = ("workflow_action", "collect_workflow_action_data")


def _in_the_explorer(request: HttpRequest, number: int) -> bool:
    return seen(Page.objects.filter(pk=number), request.user).exists()


def _under_review(request: HttpRequest, number: int) -> bool:
    page = Page.objects.filter(pk=number).first()
    return page is not None and (_in_the_explorer(request, number) or was_laid_before(request.user, page))


def _is_hidden(request: HttpRequest, number: int) -> bool:
    """Whether a page stands in a language for an original that is not public, and is in no list of this person's."""
    placeholder = Page.objects.filter(pk=number, live=False).exclude(alias_of=None)
    return placeholder.exists() and not _in_the_explorer(request, number)


def _seen_or_public(request: HttpRequest, number: int) -> bool:
    return seen_or_public(Page.objects.filter(pk=number), request.user).exists()


def _translated(request: HttpRequest, number: int) -> bool:
    """Also what waits to be translated by this person, which need not be public yet."""
    if _seen_or_public(request, number):
        return True
    waiting = originals().filter(pk=number)
    return any(only_theirs(waiting, request.user, locale).exists() for locale in locales_of(request.user))


def _compared(request: HttpRequest, number: int) -> bool:
    """Also every language of what waits for this person: who reads a translation compares it with the others."""
    if _translated(request, number):
        return True
    keys = Page.objects.filter(pk=number).values("translation_key")
    tasks = [(page, page.current_workflow_task) for page in Page.objects.filter(translation_key__in=keys)]
    return any(task is not None and task.user_can_access_editor(page, request.user) for page, task in tasks)


def _file(model: Callable) -> Callable:
    def may_be_seen(request: HttpRequest, number: int) -> bool:
        found = model().objects.filter(pk=number).first()
        return found is not None and may_see_unpublished(request, found)

    return may_be_seen


# By the name of an address: which of its parameters are numbers, and whether what has them may be seen.
_ASKED = {
    "wagtailadmin_explore": {"parent_page_id": _in_the_explorer},
    "wagtailadmin_explore_results": {"parent_page_id": _in_the_explorer},
    "wagtailadmin_pages:move_confirm": {"page_to_move_id": _in_the_explorer, "destination_id": _in_the_explorer},
    "wagtailadmin_pages:workflow_action": {"page_id": _under_review},
    "wagtailadmin_pages:collect_workflow_action_data": {"page_id": _under_review},
    "wagtailadmin_pages:workflow_preview": {"page_id": _under_review},
    "wagtailadmin_choose_page_child": {"parent_page_id": _seen_or_public},
    "wagtailadmin_api:images:detail": {"pk": _file(get_image_model)},
    "wagtailadmin_api:documents:detail": {"pk": _file(get_document_model)},
    "wagtail_localize:submit_page_translation": {"page_id": _seen_or_public},
    "translation_start": {"page_id": _translated},
    "translation_day": {"page_id": _seen_or_public},
    "translation_side_by_side": {"page_id": _compared},
    "translation_frame": {"page_id": _compared},
}


class ForeignNumbersMiddleware:
    """Answers with 404, as for a number that nothing has. Needs the user, so it stands behind the sign-in."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = reader.set(request.user)
        try:
            return self.get_response(request)
        finally:
            reader.reset(token)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        name = request.resolver_match.view_name
        if not request.path_info.startswith("/cms/") or not request.user.is_authenticated:
            return
        for parameter, may_be_seen in _ASKED.get(name, {}).items():
            if not may_be_seen(request, kwargs[parameter]):
                raise Http404("not theirs to see")
        if name.startswith("wagtailadmin_pages:") and "page_id" in kwargs and _is_hidden(request, kwargs["page_id"]):
            raise Http404("not theirs to see")
        model = _model_of(view, kwargs)
        if name == "wagtailadmin_choose_page_chosen_multiple":
            _keep(request, seen_or_public(Page.objects.filter(depth__gt=1), request.user))
        elif name.endswith(":chosen_multiple"):
            _keep(request, seen(model.objects.all(), request.user))
        elif name == "wagtail_bulk_action":
            _keep(request)
        elif name.endswith(":chosen"):
            _check(seen(model.objects.all(), request.user), kwargs["pk"])
        elif model is not None and issubclass(model, ReviewedSnippet) and "pk" in kwargs:
            may_read = drafts_seen if name.rpartition(":")[2] in _DECISIONS else seen
            _check(may_read(model.objects.all(), request.user), kwargs["pk"])


def _model_of(view: Callable, kwargs: dict) -> type[Model] | None:
    """The kind of record that an address is about; records are named in some addresses themselves."""
    model = getattr(view, "view_initkwargs", {}).get("model")
    if isinstance(model, str):
        return apps.get_model(model)
    label = f"{kwargs.get('app_label')}.{kwargs.get('model_name')}"
    return model or next((kind for kind in get_snippet_models() if kind._meta.label_lower == label), None)


def _check(objects: QuerySet, number: int | str) -> None:
    numbers = _numbers([str(number)])
    if not numbers or not objects.filter(pk__in=numbers).exists():
        raise Http404("not theirs to see")


def _keep(request: HttpRequest, objects: QuerySet | None = None) -> None:
    """Leave of the numbers in the query those that are numbers, and that are of these objects."""
    query = request.GET.copy()
    given = query.getlist("id")
    numbers = _numbers(given)
    if objects is not None:
        numbers = list(objects.filter(pk__in=numbers).values_list("pk", flat=True))
    query.setlist("id", [*map(str, numbers), *(["all"] if "all" in given else [])])
    request.GET = query


def _numbers(given: Iterable[str]) -> list[int]:
    numbers = [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 20]
    return [number for number in dict.fromkeys(numbers) if number <= _LARGEST]
