"""Sections and topics by which results are narrowed, as readers of one language see them."""

from wagtail.models import Page

from portal.core.models import Topic
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


def topic_names(language: str) -> dict[str, str]:
    """Names of the topics by code. What is not translated keeps the name that its language's copy has."""
    return cached(
        f"search-topics:{language}",
        lambda: dict(Topic.objects.filter(locale__language_code=language).values_list("code", "name")),
    )
