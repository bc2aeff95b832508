"""The pages that the blocks of a front page show, found together: a few queries however many blocks there are."""

from collections.abc import Iterator

from django.utils.functional import cached_property
from wagtail.models import Page

from portal.core.models import BasePage
from portal.publishing.visibility import is_public

# Where blocks keep the pages they show.
_CHOSEN = {"lead_story", "chosen_pages", "quick_tasks"}
_WITH_CARDS = {"lead_story", "chosen_pages", "latest"}


class FrontContent:
    """Pages in the language of a front page, by the id of the block that shows them."""

    def __init__(self, home: Page):
        self.home = home
        self.chosen: dict[str, list[int]] = {}
        self.leads: set[int] = set()
        self.newest: dict[str, tuple[int, int]] = {}
        self._cards: list[str] = []  # blocks that show pages with their pictures, as they stand
        for block in home.body.raw_data:
            if block["type"] in _WITH_CARDS:
                self._cards.append(block["id"])
            if block["type"] in _CHOSEN:
                self.chosen[block["id"]] = list(_page_ids(block["value"]))
                if block["type"] == "lead_story":
                    self.leads.update(self.chosen[block["id"]])
            elif block["type"] == "latest" and block["value"].get("section"):
                self.newest[block["id"]] = (block["value"]["section"], block["value"].get("number") or 6)
        self._here = self._look_up()
        self._found = self._find()

    def of(self, block_id: str) -> list[Page]:
        """The pages that one block shows, in their order."""
        return self._found.get(block_id, [])

    @cached_property
    def lead(self) -> tuple[str, Page] | None:
        """The block and the page that bring the first picture, which readers wait for; None where one stands above."""
        if self.home.lead_picture_id or not self.newest:
            return None
        shown = ((block_id, page) for block_id in self._cards for page in self.of(block_id))
        return next(((block_id, page) for block_id, page in shown if getattr(page, "lead_picture_id", None)), None)

    def version_of(self, page: Page | None) -> Page | None:
        """What a language has of a chosen page."""
        return self._here.get(page.pk) if page else None

    def _look_up(self) -> dict[int, Page]:
        """The public versions, in the language of the front page, of every page that its blocks name."""
        wanted = {pk for pks in self.chosen.values() for pk in pks} | {pk for pk, _number in self.newest.values()}
        if not wanted:
            return {}
        named = Page.objects.filter(pk__in=wanted).values("translation_key")
        pages = list(Page.objects.filter(translation_key__in=named))
        keys = {page.pk: page.translation_key for page in pages if page.pk in wanted}
        here = [page for page in pages if page.locale_id == self.home.locale_id and is_public(page)]
        by_key = {page.translation_key: page for page in here}
        return {pk: by_key[key] for pk, key in keys.items() if key in by_key}

    def _find(self) -> dict[str, list[Page]]:
        shown = {self._here[pk].pk for pks in self.chosen.values() for pk in pks if pk in self._here}
        cards = _with_pictures([page for page in self._here.values() if page.pk in shown])
        self._here = {pk: cards.get(page.pk, page) for pk, page in self._here.items()}
        found = {block_id: [self._here[pk] for pk in pks if pk in self._here] for block_id, pks in self.chosen.items()}
        leads = {self._here[pk].pk for pk in self.leads if pk in self._here}
        for block_id, (pk, number) in self.newest.items():
            section = self._here[pk].specific_deferred if pk in self._here else None
            pages = section.newest(number + len(leads)) if hasattr(section, "newest") else []
            found[block_id] = [page for page in pages if page.pk not in leads][:number]  # nothing is shown twice
        return found


def _with_pictures(pages: list[Page]) -> dict[int, Page]:
    """Pages as their own types with what a card shows, by number: one query a type."""
    by_type: dict[type[Page], list[int]] = {}
    for page in pages:
        if issubclass(page.specific_class or Page, BasePage):
            by_type.setdefault(page.specific_class, []).append(page.pk)
    cards = {}
    for model, pks in by_type.items():
        cards.update(model.objects.select_related("lead_picture").defer_streamfields().in_bulk(pks))
    return cards


def _page_ids(value) -> Iterator[int]:
    """Numbers of the pages inside a raw value; only page choosers hold numbers in these blocks."""
    if isinstance(value, int):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _page_ids(child)
    elif isinstance(value, list):
        for child in value:
            yield from _page_ids(child)
