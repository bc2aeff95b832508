"""Who may see what: the one answer that pages, files, feeds, sitemaps and search obey."""

from datetime import datetime

from django.http import Http404
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from portal.publishing.generation import cached


class Gone(Http404):
    """What stood at an address was withdrawn: answered with 410, so that search engines drop it sooner."""


def private_paths() -> list[str]:
    """Tree paths below which pages are restricted to a password, a login or groups."""
    return cached(
        "private-paths",
        lambda: list(PageViewRestriction.objects.values_list("page__path", flat=True).order_by("page__path")),
    )


def is_public(page: Page, locale: Locale | None = None, now: datetime | None = None) -> bool:
    """Whether everybody may read this page, in this language, at this moment.

    An alias in a language is not a translation, so it is not public there; the stub at its address is not the page.
    """
    return is_live(page, locale, now) and not is_restricted(page)


def is_live(page: Page, locale: Locale | None = None, now: datetime | None = None) -> bool:
    """The same without regard to privacy: for readers whom Wagtail has let in already."""
    if locale is not None and page.locale_id != locale.pk:
        return False
    if not page.live or page.alias_of_id is not None:
        return False
    return page.expire_at is None or page.expire_at > (now or timezone.now())


def is_restricted(page: Page) -> bool:
    """Whether the page or one above it asks for a password, a login or a group."""
    return any(page.path.startswith(path) for path in private_paths())


def is_withdrawn(page: Page, now: datetime | None = None) -> bool:
    """Whether everybody could read this page once and may know that it is gone."""
    return page.first_published_at is not None and not is_live(page, now=now) and not is_restricted(page)
