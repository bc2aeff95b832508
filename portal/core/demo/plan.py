"""What a run of the loader has to do: files compared with the pages that exist and the marks of the last run."""
from dataclasses import dataclass, field

from django.conf import settings
from django.core.management.base import CommandError
from wagtail.models import Locale, Page

from home.models import HomePage, InformationIndexPage, InformationPage
from news.models import ArticlePage
from portal.contributors.models import Department
from portal.core.demo import PICTURES, marks
from portal.core.demo.assembly import check_lengths
from portal.core.demo.errors import ContentError, ContentErrors, collected
from portal.core.demo.files import Item, Version
from portal.core.demo.media import DOCUMENTS
from portal.core.models import Topic

MODELS = {"index": InformationIndexPage, "information": InformationPage, "article": ArticlePage}


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
        self.home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if self.home is None or {code for code, _name in settings.LANGUAGES} - self.locales.keys():
            raise CommandError("The portal is empty. Run «manage.py setup» first.")
        below = Page.objects.descendant_of(self.home).specific()
        self.pages = {page.url_path.removeprefix(self.home.url_path).strip("/"): page for page in below}
        self.marks = marks.read_marks()
        self._check()
        if not force:
            self._refuse_content_of_its_own()
        translations = Page.objects.filter(translation_key__in=[page.translation_key for page in self.pages.values()], alias_of=None)
        self.translations = {(page.translation_key, page.locale_id): page for page in translations}
        self.steps = [step for step in map(self._step, items) if step.languages]

    # -- checks --------------------------------------------------------------------------------------------------
    def _check(self) -> None:
        vietnamese = {"locale__language_code": settings.LANGUAGE_CODE}
        departments = set(Department.objects.filter(**vietnamese).values_list("code", flat=True))
        topics = set(Topic.objects.filter(**vietnamese).values_list("code", flat=True))
        errors: list[ContentError] = []
        for item in self.items:
            with collected(errors):
                self._check_place(item)
                _check_codes(item.original, departments, topics)
                for version in (item.original, *item.translations.values()):
                    check_lengths(version)
        if errors:
            raise ContentErrors(errors)

    def _check_place(self, item: Item) -> None:
        source = item.original.source
        page = self.pages.get(item.key)
        if not item.parents:
            if page is None:
                raise source.error(f"there is no section «{item.slug}»; «manage.py setup» makes the sections")
            return
        model = MODELS[item.type]
        if page is not None and type(page) is not model:
            raise source.error(f"the page {item.key} exists as {type(page).__name__}; the file says «{item.type}»", key="type")
        parent = self.pages.get(item.parents[0]) if len(item.parents) == 1 else None
        parent_model = InformationIndexPage if parent is None else type(parent)
        if model not in parent_model.allowed_subpage_models():
            raise source.error(f"a page of type «{item.type}» cannot stand in «{item.parents[-1]}»", key="type")

    def _refuse_content_of_its_own(self) -> None:
        """A portal that has never held the demo but holds pages of its own is not ours to fill."""
        if self.marks:
            return
        sections = {item.slug for item in self.items if not item.parents}
        for key, page in self.pages.items():
            edited = page.latest_revision is not None and page.latest_revision.user_id is not None
            if key not in sections or edited:
                raise CommandError(f"This portal has content of its own («{page.title}»). Use --force to add the demo to it.")

    # -- decisions -----------------------------------------------------------------------------------------------
    def _step(self, item: Item) -> Step:
        page = self.pages.get(item.key)
        step = Step(item, page)
        if page is not None and item.parents and page.pk not in self.marks and not self.force:
            raise item.original.source.error(f"a page that is no demo content stands at {item.key}; --force replaces it")
        stale = self._is_stale(item, settings.LANGUAGE_CODE, page)
        changed = [language for language in item.translations if self._translation_is_stale(item, language, page)]
        outdated = any(item.is_outdated(language) for language in item.translations)
        if stale is None:  # an editor has worked on the original: its words are no longer the file's
            return step
        if stale or (changed and outdated):
            # The original goes first; an outdated translation can only be shown again by going through all of it.
            changed = [language for language in item.translations if self._translation_is_stale(item, language, page) is not None]
            step.languages = [settings.LANGUAGE_CODE, *changed]
        else:
            step.languages = changed
        return step

    def _translation_is_stale(self, item: Item, language: str, page: Page | None) -> bool | None:
        translation = self.translations.get((page.translation_key, self.locales[language].pk)) if page else None
        return self._is_stale(item, language, translation)

    def _is_stale(self, item: Item, language: str, page: Page | None) -> bool | None:
        """Whether a page has to be loaded; None if it was edited since and is therefore left to its editors."""
        mark = self.marks.get(page.pk) if page is not None else None
        if mark is None:
            return True
        if mark.digest == item.digest(language) and not (self.force and page.latest_revision_id != mark.revision):
            return False
        if page.latest_revision_id != mark.revision and not self.force:
            self.kept.append(f"{item.key} ({language})")
            return None
        return True


def _check_codes(version: Version, departments: set[str], topics: set[str]) -> None:
    head, source = version.head, version.source
    if head["department"] not in departments:
        raise source.error(f"unknown department «{head['department']}»; known are: {', '.join(sorted(departments))}", key="department")
    for topic in head.get("topics", ()):
        if topic not in topics:
            raise source.error(f"unknown topic «{topic}»; known are: {', '.join(sorted(topics))}", key="topics")
    if head.get("lead_picture") not in (None, *PICTURES):
        raise source.error(f"unknown picture «{head['lead_picture']}»; known are: {', '.join(PICTURES)}", key="lead_picture")
    for block in version.blocks:
        known = {"picture": PICTURES, "download": DOCUMENTS}.get(block.kind)
        name = block.value["picture" if block.kind == "picture" else "document"] if known is not None else None
        if known is not None and name not in known:
            raise source.error(f"unknown {block.kind} «{name}»; known are: {', '.join(known)}", block.line)


