"""Writes the demo: first all Vietnamese pages, then page by page the content and its translations."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import LocaleSynchronization

from news.models import ArticlePage, ArticleTopic
from portal.contributors.models import Department
from portal.core.demo import media
from portal.core.demo.accounts import READER_PASSWORD
from portal.core.demo.assembly import Records, body_of, set_body, texts_of
from portal.core.demo.files import Item
from portal.core.demo.indexing import indexed_at_the_end
from portal.core.demo.marks import set_mark
from portal.core.demo.pairing import pair
from portal.core.demo.plan import MODELS, ORIGINAL, Plan, Step
from portal.core.demo.wording import FIRST_VERSION
from portal.core.listing import published
from portal.core.models import PublicId, Topic
from portal.publishing.approvals import system_approval
from portal.publishing.service import publish_new
from portal.translation.pipeline import translate

REASON = "demo"
_A_MONTH = timedelta(days=30)


class Loader:
    """Carries out a plan, one transaction an item: each is whole or not there, and others can write in between."""

    def __init__(self, plan: Plan, say: Callable[[str], None]):
        self.plan, self.say = plan, say
        self.vietnamese = plan.locales[ORIGINAL]
        self.departments = {body.code: body for body in Department.objects.filter(locale=self.vietnamese)}
        self.topics = {topic.code: topic for topic in Topic.objects.filter(locale=self.vietnamese)}
        mirrored = LocaleSynchronization.objects.filter(sync_from=self.vietnamese)
        self.mirrors = [row.locale for row in mirrored.select_related("locale").order_by("locale_id")]

    def load(self) -> None:
        started = time.monotonic()
        self._prepare()
        self.say(f"{len(self.records.pictures)} pictures, {len(self.records.documents)} documents: {_since(started)}")
        for section, steps in groupby(self.plan.steps, key=lambda step: step.item.section):
            started, counts = time.monotonic(), Counter()
            for step in steps:
                with transaction.atomic(), indexed_at_the_end(), system_approval(REASON):
                    self._carry_out(step)
                counts.update(step.languages)
            loaded = ", ".join(f"{counts[code]} {code}" for code, _name in settings.LANGUAGES if counts[code])
            self.say(f"{section}: {loaded}: {_since(started)}")

    def _prepare(self) -> None:
        """What bodies refer to by number: pictures, documents, and pages, which are made here and not yet public."""
        items = [step.item for step in self.plan.steps]
        pictures = media.make_pictures(set().union(*map(media.pictures_of, items)))
        documents = media.make_documents(set().union(*map(media.documents_of, items)), self.plan.items)
        with transaction.atomic(), indexed_at_the_end():
            self._place_pages()
        pages = {item.slug: self.plan.pages[item.key].pk for item in self.plan.items if item.key in self.plan.pages}
        self.records = Records(pages, pictures, documents)

    # -- originals -----------------------------------------------------------------------------------------------
    def _place_pages(self) -> None:
        """Make all missing pages, not yet public: links in bodies need their numbers."""
        for step in self.plan.steps:
            item, page = step.item, step.page
            is_beginning = page is not None and self.plan.is_untouched_beginning(item.key, page)
            if page is not None and not is_beginning:
                continue
            parent = self.plan.pages.get("/".join(item.parents))
            if parent is None:
                raise item.original.source.error("the page above it was deleted; --force brings it back")
            if is_beginning:
                page.move(Page.objects.get(pk=parent.pk), pos="last-child")  # to its place in the files' order
                page = Page.objects.get(pk=page.pk)
            else:
                page = MODELS[item.type](slug=item.slug, locale=self.vietnamese, live=False)
                self._set_fields(page, item)
                parent.add_child(instance=page)
                PublicId.of(page.translation_key)
            step.page = self.plan.pages[item.key] = page
            set_mark(page, item.key, ORIGINAL, "")  # ours from now on, even if the run ends here

    def _set_fields(self, page: Page, item: Item) -> None:
        head = item.original.head
        for name, text in texts_of(item, item.original).items():
            setattr(page, name, text)
        page.department = self.departments[head["department"]]
        page.review_date = head.get("review_date")
        if isinstance(page, ArticlePage):
            page.date, page.kind = head["date"], head["kind"]
            known = {row.topic_id: row for row in page.article_topics.all()}
            page.article_topics = [
                known.get(topic.pk) or ArticleTopic(topic=topic, locale=self.vietnamese)
                for topic in (self.topics[code] for code in head["topics"])
            ]

    def _carry_out(self, step: Step) -> None:
        item, page = step.item, step.page.specific
        languages = [language for language in step.languages if language != ORIGINAL]
        outdated = [language for language in languages if item.is_outdated(language)]
        if ORIGINAL in step.languages:
            self._restrict(page, item)
            if outdated:
                page = self._publish(page, item, first_version=True)
                for language in outdated:
                    self._translate(page, item, language)
            page = self._publish(page, item)
            set_mark(page, item.key, ORIGINAL, item.digest(ORIGINAL))
        for language in languages:
            if language not in outdated:
                self._translate(page, item, language)
        self._mirror(page)

    def _publish(self, page: Page, item: Item, first_version: bool = False) -> Page:
        """Publish or schedule the original; a first version differs by one sentence, so that it can be outdated."""
        self._set_fields(page, item)
        if "lead_picture" in item.original.head:
            page.lead_picture_id = self.records.pictures[item.original.head["lead_picture"]]
        else:
            page.lead_picture = None
        set_body(page, body_of(item, item.original, self.records))
        if first_version:
            page.summary += FIRST_VERSION
        page.go_live_at = _hour(item)
        publish_new(page, REASON)
        return type(page).objects.get(pk=page.pk)

    def _restrict(self, page: Page, item: Item) -> None:
        """Set privacy before anything is public."""
        restrictions = PageViewRestriction.objects.filter(page=page)
        if not item.original.head.get("restricted"):
            for restriction in restrictions:
                restriction.delete()
        elif not restrictions:
            by_password = PageViewRestriction.PASSWORD
            PageViewRestriction.objects.create(page_id=page.pk, restriction_type=by_password, password=READER_PASSWORD)

    # -- other languages -----------------------------------------------------------------------------------------
    def _translate(self, page: Page, item: Item, language: str) -> None:
        """Strings into wagtail-localize, a draft through the gate, published by the service."""
        locale, version = self.plan.locales[language], item.translations[language]
        revision = translate(page, locale, pair(page, locale, item, version, self.records))
        revision.publish()
        set_mark(page.get_translation(locale), item.key, language, item.digest(language))

    def _mirror(self, page: Page) -> None:
        """An alias in every language that has no translation: the tree is the same everywhere."""
        existing = set(page.get_translations().values_list("locale_id", flat=True))
        for locale in self.mirrors:
            if locale.pk not in existing:
                page.copy_for_translation(locale, copy_parents=True, alias=True)
        for restriction in page.view_restrictions.all() if len(existing) < len(self.mirrors) else ():
            restriction.save()  # new aliases get the privacy of their original


def public_counts(plan: Plan) -> dict[str, int]:
    """How many pages everybody may read, by language."""
    pages = {code: Page.objects.filter(locale=plan.locales[code], depth__gt=1) for code, _name in settings.LANGUAGES}
    return {code: published(below).count() for code, below in pages.items()}


def _hour(item: Item):
    """When a page goes live by itself. The demo always has a page that waits: an hour long past becomes a later one."""
    hour = item.original.head.get("publish_at")
    if hour is None or hour > timezone.now():
        return hour
    return timezone.now() + _A_MONTH


def _since(started: float) -> str:
    return f"{time.monotonic() - started:.1f} s"
