"""One listing, filter and paging method for all sections: descendant, live, public, really translated, not expired."""

import re

from django.core.paginator import EmptyPage, Paginator
from django.core.paginator import Page as PaginatorPage
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from portal.publishing.visibility import private_paths

PAGE_SIZE = 12


def published(pages: QuerySet, now=None) -> QuerySet:
    """Narrow a queryset of pages to what the public may see in lists: the listing side of `is_public`."""
    pages = (
        pages.live()
        .filter(alias_of__isnull=True)
        .filter(Q(expire_at__isnull=True) | Q(expire_at__gt=now or timezone.now()))
    )
    for path in private_paths():
        pages = pages.exclude(path__startswith=path)
    return pages


class PortalPageQuerySet(PageQuerySet):
    """The words in which views and feeds ask for pages."""

    def published(self, now=None):
        return published(self, now)

    def in_locale(self, locale):
        return self.filter(locale=locale)


PortalPageManager = PageManager.from_queryset(PortalPageQuerySet)


def children_of(page: Page) -> QuerySet:
    """The public pages directly under a page, in the order the editors gave them."""
    return published(Page.objects.child_of(page)).order_by("path").defer_streamfields().specific()


def with_pictures(pages: list) -> list:
    """Fetch the lead pictures of mixed page types in one query instead of one a page."""
    prefetch_related_objects(pages, "lead_picture")
    return pages


def page_number(request: HttpRequest, name: str = "page") -> int:
    """The asked-for page of a list, 1 if none is named. Raise Http404 for a number as nobody writes it, such as 01."""
    text = request.GET.get(name) or "1"
    if not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise Http404("no number of a page")
    return int(text)


def paginate(pages: QuerySet, request: HttpRequest, size: int = PAGE_SIZE) -> PaginatorPage:
    """The asked-for page of a listing, its items with their pictures. An unknown page number is a 404."""
    paginator = Paginator(pages, size)
    try:
        result = paginator.page(page_number(request))
    except EmptyPage:
        raise Http404("no such page of the list") from None
    result.object_list = with_pictures(list(result.object_list))
    return result
