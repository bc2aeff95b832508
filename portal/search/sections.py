"""The sections by which results are narrowed: slug → title, in one language."""

from wagtail.models import Page

from portal.publishing.generation import cached
from portal.search.documents import SECTION_DEPTH


def section_titles(language: str) -> dict[str, str]:
    """Titles of the public sections by slug. An alias counts too: its section may hold translated pages."""
    return cached(
        f"search-sections:{language}",
        lambda: dict(
            Page.objects.live()
            .filter(depth=SECTION_DEPTH, locale__language_code=language)
            .order_by("path")
            .values_list("slug", "title")
        ),
    )
