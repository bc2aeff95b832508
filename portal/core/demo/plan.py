"""What a run of the loader has to do: files compared with the pages that exist and the marks of the last run."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.management.base import CommandError
from wagtail.models import Locale, Page

from home.models import HomePage, InformationIndexPage, InformationPage
from news.models import ArticlePage
from portal.contributors.models import Department
from portal.core.demo.assembly import check_lengths
from portal.core.demo.errors import all_or_none, collected
from portal.core.demo.files import FRONT, Item, Version
from portal.core.demo.marks import read_marks
from portal.core.demo.media import DOCUMENTS
from portal.core.demo.pictures import PICTURES
from portal.core.models import Topic
from portal.core.starting_pages import made_by_setup

MODELS = {"front": HomePage, "index": InformationIndexPage, "information": InformationPage, "article": ArticlePage}
ORIGINAL = settings.LANGUAGE_CODE


@dataclass
class Step:
    """One item and the languages in which it has to be loaded."""

    item: Item
    page: Page | None  # the Vietnamese page, if it exists
    languages: list[str] = field(default_factory=list)


class Plan:
    """Checks the items against the database and decides what to load; writes nothing."""

    def __init__(self, items: list[Item], force: bool = False):
        self.items, self.force = items, force
        self.kept: list[str] = []
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.home = HomePage.objects.filter(locale__language_code=ORIGINAL).first()
        if self.home is None or {code for code, _name in settings.LANGUAGES} - self.locales.keys():
            raise CommandError("The portal is empty. Run «manage.py setup» first.")
        self.marks = read_marks()
        self.starting = made_by_setup()
        self._find_pages()
        self._check()
        if not force:
            self._refuse_content_of_its_own()
        self.steps = [step for step in map(self._step, items) if step.languages]

    def _find_pages(self) -> None:
        """The Vietnamese page of every item, by its mark or else by its address, and all translations."""
        below = Page.objects.descendant_of(self.home).select_related("latest_revision")
        below = list(below.defer("latest_revision__content"))
        self.by_address = {page.url_path.removeprefix(self.home.url_path).strip("/"): page for page in below}
        self.by_address[FRONT] = self.home
        by_number = {page.pk: page for page in (self.home, *below)}
        self.pages: dict[str, Page] = {}
        for item in self.items:
            mark = self.marks.get((item.key, ORIGINAL))
            page = by_number.get(mark.page) if mark else None
            if page is None and (mark is None or self.force):
                page = self.by_address.get(item.key)
            if page is not None:
                self.pages[item.key] = page
        keys = [page.translation_key for page in self.pages.values()]
        translations = Page.objects.filter(translation_key__in=keys, alias_of=None)
        self.translations = {(page.translation_key, page.locale_id): page for page in translations}

    def is_untouched_beginning(self, key: str, page: Page) -> bool:
        """Whether a page is as setup left it to the operator: the demo continues it."""
        by_nobody = page.latest_revision is None or page.latest_revision.user_id is None
        return key in self.starting and not page.live and by_nobody and (key, ORIGINAL) not in self.marks

    # -- checks --------------------------------------------------------------------------------------------------
    def _check(self) -> None:
        departments = set(Department.objects.filter(locale__language_code=ORIGINAL).values_list("code", flat=True))
        topics = set(Topic.objects.filter(locale__language_code=ORIGINAL).values_list("code", flat=True))
        with all_or_none() as errors:
            for item in self.items:
                with collected(errors):
                    self._check_place(item)
                    _check_codes(item.original, departments, topics)
                    for version in (item.original, *item.translations.values()):
                        check_lengths(version)

    def _check_place(self, item: Item) -> None:
        source, page, model = item.original.source, self.pages.get(item.key), MODELS[item.type]
        if not item.parents:
            if page is None:
                raise source.error(f"there is no section «{item.slug}»; «manage.py setup» makes the sections")
            return
        if page is not None and page.specific_class is not model:
            existing = page.specific_class.__name__
            raise source.error(f"the page {item.key} is a {existing}; the file says «{item.type}»", key="type")
        section = self.pages.get(item.parents[0]) if len(item.parents) == 1 else None
        parent_model = section.specific_class if section else InformationIndexPage
        if model not in parent_model.allowed_subpage_models():
            raise source.error(f"a page of type «{item.type}» cannot stand in «{item.parents[-1]}»", key="type")
        ours = page is None or (item.key, ORIGINAL) in self.marks or self.is_untouched_beginning(item.key, page)
        if not ours and not self.force:
            raise source.error(f"a page that is no demo content stands at {item.key}; --force replaces it")

    def _refuse_content_of_its_own(self) -> None:
        """A portal that has never held the demo but holds pages of its own is not ours to fill."""
        if self.marks:
            return
        sections = {item.slug for item in self.items if not item.parents}
        for key, page in self.by_address.items():
            edited = page.latest_revision is not None and page.latest_revision.user_id is not None
            if self.is_untouched_beginning(key, page):
                continue
            if edited or (key not in sections and not self._is_section_of_setup(page)):
                raise CommandError(f"This portal has content of its own («{page.title}»); --force adds the demo to it.")

    def _is_section_of_setup(self, page: Page) -> bool:
        """A landing page that nobody has touched: setup made it, or an older demo without it."""
        return page.depth <= self.home.depth + 1

    # -- decisions -----------------------------------------------------------------------------------------------
    def _step(self, item: Item) -> Step:
        page = self.pages.get(item.key)
        step = Step(item, page)
        if page is None and (item.key, ORIGINAL) in self.marks and not self.force:
            self.kept.append(f"{item.key} (deleted)")
            return step
        stale = {language: self._is_stale(item, language, page) for language in (ORIGINAL, *item.translations)}
        wanted = [language for language, is_stale in stale.items() if is_stale is not None]
        changed = [language for language in wanted if stale[language]]
        if stale[ORIGINAL] is None or not changed:  # an editor has worked on the original: its words are not the file's
            return step
        # With its original a translation is loaded again; an outdated one can only be shown by going through all of it.
        outdated = any(item.is_outdated(language) for language in item.translations)
        step.languages = wanted if stale[ORIGINAL] or outdated else changed
        return step

    def _is_stale(self, item: Item, language: str, original: Page | None) -> bool | None:
        """Whether a page has to be loaded; None if it was edited since and is therefore left to its editors."""
        mark = self.marks.get((item.key, language))
        page = self.translations.get((original.translation_key, self.locales[language].pk)) if original else None
        if mark is None or page is None:
            return True
        edited = page.latest_revision_id != mark.revision
        if edited and self.force:
            return True
        if mark.digest == item.digest(language):
            return False
        if edited:
            self.kept.append(f"{item.key} ({language}, edited since)")
            return None
        return True


def _check_codes(version: Version, departments: set[str], topics: set[str]) -> None:
    """Refuse names that nothing answers to."""
    head, source = version.head, version.source

    def check(what: str, name: str, known, **place) -> None:
        if name not in known:
            raise source.error(f"unknown {what} «{name}»; known are: {', '.join(sorted(known))}", **place)

    check("department", head["department"], departments, key="department")
    for topic in head.get("topics", ()):
        check("topic", topic, topics, key="topics")
    if "lead_picture" in head:
        check("picture", head["lead_picture"], PICTURES, key="lead_picture")
    for block in version.blocks:
        for picture in block.pictures:
            check("picture", picture, PICTURES, line=block.line)
        if block.kind == "download":
            check("document", block.value["document"], DOCUMENTS, line=block.line)
