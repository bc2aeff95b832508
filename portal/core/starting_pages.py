"""The pages that every portal owes its readers: accessibility, languages, privacy, copyright, contact.

Setup makes them once, as drafts in every language: what they say of the software is true, what only the province knows
is a [[blank]] (portal/publishing/blanks.py), and nobody but the province can put its name to them. The texts are
content files, which the demo continues (docs/demo-content.md).
"""

import uuid

from django.conf import settings
from wagtail.models import Locale, Page

from home.models import HomePage, InformationPage
from portal.contributors.models import Department
from portal.core.demo.assembly import Records, body_of, set_body, texts_of
from portal.core.demo.files import Item, read_starting
from portal.core.demo.pairing import pair
from portal.core.models import PortalInformation, PublicId, SetupStep
from portal.publishing.blanks import blanks_of
from portal.publishing.service import publish_new
from portal.translation.pipeline import translate

# Slugs in their order in the footer, where each stands as soon as it is public.
FOOTER = (
    "tuyen-bo-tiep-can",
    "chinh-sach-ngon-ngu",
    "quyen-rieng-tu",
    "ban-quyen",
    "lien-he-va-dat-cau-hoi",
)
_STEP = "page "


def made_by_setup() -> set[str]:
    """Addresses below the front page of the pages that setup has made, whatever became of them."""
    names = SetupStep.objects.filter(name__startswith=_STEP).values_list("name", flat=True)
    return {name.removeprefix(_STEP) for name in names}


def still_to_fill_in(locale: Locale) -> list[str]:
    """Titles of the drafts that setup made and that have a blank left."""
    home = HomePage.objects.get(locale=locale)
    addresses = [f"{home.url_path}{key}/" for key in made_by_setup()]
    pages = InformationPage.objects.filter(url_path__in=addresses, live=False).order_by("path")
    return [page.title for page in pages if blanks_of(page.get_latest_revision_as_object())]


class StartingPages:
    """Makes what is missing on the first run; what people changed or deleted since then is theirs."""

    def __init__(self, home: HomePage, targets: list[Locale]):
        self.home, self.targets = home, targets

    def make(self) -> None:
        items = {item.slug: item for item in read_starting(settings.BASE_DIR)}
        new = {slug: page for slug, item in items.items() if (page := self._placed(item)) is not None}
        self._fill_footer(items)
        if not new:
            return
        # Links need the numbers of all of them.
        records = Records({slug: page.pk for slug in items if (page := self._page(items[slug]))}, {}, {})
        for slug, page in new.items():
            set_body(page, body_of(items[slug], items[slug].original, records))
            page.save()
            page.save_revision()
            for locale in self.targets:
                version = items[slug].translations[locale.language_code]
                translate(page, locale, pair(page, locale, items[slug], version, records))

    def _placed(self, item: Item) -> InformationPage | None:
        """A page without its body where there never was one; None where there is, was, or may not be one."""
        if not SetupStep.first_time(f"{_STEP}{item.key}"):
            return None
        section = self._below_home("/".join(item.parents))
        if section is None or self._page(item) is not None:
            return None
        code = item.original.head["department"]
        page = InformationPage(
            slug=item.slug,
            locale=self.home.locale,
            live=False,
            department=Department.objects.filter(code=code, locale=self.home.locale).first(),
            **texts_of(item, item.original),
        )
        section.add_child(instance=page)
        PublicId.of(page.translation_key)
        return page

    def _page(self, item: Item) -> Page | None:
        return self._below_home(item.key)

    def _below_home(self, key: str) -> Page | None:
        return Page.objects.filter(url_path=f"{self.home.url_path}{key}/").first()

    def _fill_footer(self, items: dict[str, Item]) -> None:
        """Name the pages in the portal's particulars, where nobody has named any."""
        record = PortalInformation.objects.filter(locale=self.home.locale).first()
        pages = [page for slug in FOOTER if (page := self._page(items[slug])) is not None]
        if not SetupStep.first_time("pages in the footer") or record is None or not pages:
            return
        if record.footer_pages or record.has_unpublished_changes:
            return
        block = record.footer_pages.stream_block
        chosen = [{"type": "page", "value": page.pk, "id": str(uuid.uuid4())} for page in pages]
        record.footer_pages = block.to_python(chosen)
        publish_new(record, "setup")
