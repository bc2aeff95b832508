"""The pages that stand in the footer of the demo: chosen once, afterwards the editors' choice."""

import uuid

from wagtail.models import Page

from portal.core.models import PortalInformation
from portal.publishing.service import publish_new

# Slugs of content files, in their order in the footer.
PAGES = (
    "tuyen-bo-tiep-can",
    "chinh-sach-ngon-ngu",
    "quyen-rieng-tu",
    "ban-quyen",
    "lien-he-va-dat-cau-hoi",
)


def fill_footer(pages: dict[str, Page], language: str, reason: str) -> None:
    """Name the loaded pages in the portal's particulars, where nobody has named any."""
    record = PortalInformation.objects.filter(locale__language_code=language).first()
    chosen = [pages[slug].pk for slug in PAGES if slug in pages]
    if record is None or record.footer_pages or not chosen:
        return
    block = record.footer_pages.stream_block
    record.footer_pages = block.to_python([{"type": "page", "value": pk, "id": str(uuid.uuid4())} for pk in chosen])
    publish_new(record, reason)
