"""What the loader did to which page, kept in the pages' own history: no field and no table of its own."""

from dataclasses import dataclass

from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

ACTION = "portal.demo"


@dataclass(frozen=True)
class Mark:
    """The page an item became in one language, the files it was last loaded from, and the revision that made."""

    page: int
    digest: str
    revision: int | None


def read_marks() -> dict[tuple[str, str], Mark]:
    """The last mark of every item and language. Marks outlive their pages: a deleted demo page stays deleted."""
    entries = PageLogEntry.objects.filter(action=ACTION).order_by("timestamp", "pk").values_list("page_id", "data")
    return {(data["item"], data["language"]): Mark(page, data["digest"], data["revision"]) for page, data in entries}


def set_mark(page: Page, item: str, language: str, digest: str) -> None:
    data = {"item": item, "language": language, "digest": digest, "revision": page.latest_revision_id}
    log(instance=page, action=ACTION, data=data)
