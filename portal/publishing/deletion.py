"""Deleting an original deletes its translations, or, where the person may not, is refused whole and says why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page


def before_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Of one page: refuse, or say on the confirmation page what else will go."""
    if refusal := _refuse(request, [page]):
        return refusal
    others = [f"{other.title} ({other.locale})" for other in _translations([page])]
    if request.method == "GET" and others:
        messages.warning(
            request, _("These translations will be deleted too: %(names)s.") % {"names": ", ".join(others)}
        )
    return None


def before_bulk_delete(request: HttpRequest, action_type: str, objects, action_class_instance) -> HttpResponse | None:
    """Of several pages: refuse all of them if one of their translations may not be deleted."""
    pages = [page for page in objects if isinstance(page, Page)]
    return _refuse(request, pages) if action_type == "delete" and pages else None


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    kept = [
        page
        for page in _translations(pages)
        if not page.specific.permissions_for_user(request.user).can_delete_with_original()
    ]
    if not kept:
        return None
    names = ", ".join(f"{page.title} ({page.locale})" for page in kept)
    messages.error(
        request, _("Nothing was deleted: you have no right to delete these translations: %(names)s.") % {"names": names}
    )
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def _translations(pages: list[Page]):
    """The real translations of pages and of what lies below them; aliases only follow and need no right themselves."""
    keys = {
        key for page in pages for key in page.get_descendants(inclusive=True).values_list("translation_key", flat=True)
    }
    others = Page.objects.filter(translation_key__in=keys, alias_of=None).exclude(locale=pages[0].locale)
    return others.select_related("locale")
