"""What the loader did to which page, kept in the pages' own history: no field and no table of its own."""
from dataclasses import dataclass

from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

ACTION = "portal.demo"


@dataclass(frozen=True)
class Mark:
    """The files a page was last loaded from, and the revision that made."""

    digest: str
    revision: int


def read_marks() -> dict[int, Mark]:
    """The last mark of every demo page by the page's number."""
    entries = PageLogEntry.objects.filter(action=ACTION).order_by("timestamp", "pk").values_list("page_id", "data")
    return {page: Mark(data["digest"], data["revision"]) for page, data in entries}


def set_mark(page: Page, digest: str) -> None:
    log(instance=page, action=ACTION, data={"digest": digest, "revision": page.latest_revision_id})
