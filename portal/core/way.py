"""The way from the front page to a page: its public, translated ancestors, for breadcrumbs and for what lies around."""

from wagtail.models import Page

from portal.core.listing import published
from portal.publishing.visibility import is_public


def remember_way(page: Page, above: list[Page]) -> None:
    """Keep the ancestors that finding the page brought along, front page first, so that nothing asks for them again."""
    page._way = [ancestor for ancestor in above if is_public(ancestor)]


def way_to(page: Page) -> list[Page]:
    """Public, translated pages above a page, front page first."""
    if not hasattr(page, "_way"):  # a preview, or a page that no address led to
        page._way = list(published(page.get_ancestors().filter(depth__gt=1)).order_by("depth")) if page.path else []
    return page._way
