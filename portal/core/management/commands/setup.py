"""`manage.py setup`: makes an empty installation usable. Safe to run again: adds what is missing, changes nothing."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.strings import StringValue
from wagtail_localize.synctree import create_aliases_for_new_page

from home.models import HomePage
from portal.contributors.models import Department
from portal.contributors.roles import set_up_roles
from portal.core import skeleton
from portal.core.bodies import BODIES, Body
from portal.core.models import PortalInformation, PublicId, SetupStep, Topic
from portal.core.starting_pages import StartingPages, still_to_fill_in
from portal.publishing.approvals import system_approval
from portal.publishing.service import publish_new
from portal.search import analysis
from portal.search.starting_synonyms import load_synonyms
from portal.signin import administrator
from portal.translation.pipeline import translate

REASON = "setup"


def _inner(text: str) -> str:
    """Plain words as wagtail-localize keeps them."""
    return StringValue.from_plaintext(text).data


class Command(BaseCommand):
    help = "Make an empty installation usable: languages, front and section pages, roles, workflow. Idempotent."

    def handle(self, *args, **options):
        try:
            tables = connection.introspection.table_names()
        except OperationalError as error:
            raise CommandError(f"The database of DATABASE_URL does not answer: {error}") from None
        if SetupStep._meta.db_table not in tables:
            raise CommandError("The database has no tables yet: run `manage.py migrate` first, then `setup` again.")
        # First, so that a refused password costs no minute and leaves nothing half done.
        try:
            administrator.in_environment()
        except ValidationError as error:
            raise CommandError(
                "ADMIN_USERNAME, ADMIN_EMAIL and ADMIN_PASSWORD would make no administrator, so nothing was changed. "
                + " ".join(error.messages)
            ) from None
        self.set_up()

    @transaction.atomic
    def set_up(self) -> None:
        say = self.stdout.write
        analysis.begin()
        self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
        self.source = self.locales[settings.LANGUAGE_CODE]
        home = self.home_page()
        self.site(home)
        for locale in self.targets():
            # Its signal makes the tree of aliases, and keeps making one for every new page.
            LocaleSynchronization.objects.get_or_create(locale=locale, defaults={"sync_from": self.source})
        self.translate_page(home, skeleton.HOME_TITLES, skeleton.HOME_SUMMARIES)
        self.sections(home)
        say("Pages: front page and sections in " + ", ".join(name for _code, name in settings.LANGUAGES))
        self.records()
        say("Records: topics, departments, portal information")
        StartingPages(home, self.targets()).make()
        load_synonyms()
        homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
        set_up_roles(homes)
        say("People: roles and workflow")
        say(administrator.first_from_environment())
        if waiting := still_to_fill_in(self.source):
            say(
                "To be filled in: drafts in every language that no reader sees. Replace what stands in [[brackets]], "
                "then have them approved: " + ", ".join(waiting)
            )

    def targets(self) -> list[Locale]:
        return [locale for locale in self.locales.values() if locale != self.source]

    def home_page(self) -> HomePage:
        home = HomePage.objects.filter(locale=self.source).first()
        if home is not None:
            return home
        root = Page.get_first_root_node()
        root.get_children().delete()  # the page that Wagtail's own migration makes
        root = Page.get_first_root_node()
        home = HomePage(
            title=skeleton.HOME_TITLES["vi"],
            slug="home",
            locale=self.source,
            summary=skeleton.HOME_SUMMARIES["vi"],
            live=False,
        )
        root.add_child(instance=home)
        return publish_new(home, REASON)

    def site(self, home: HomePage) -> None:
        """One Site: the other languages' front pages stand beside it. Its address is PUBLIC_URL, at every run."""
        address = {"hostname": settings.PUBLIC_URL.host, "port": settings.PUBLIC_URL.port}
        site, created = Site.objects.get_or_create(is_default_site=True, defaults={**address, "root_page": home})
        if SetupStep.first_time("site"):
            site.root_page = home
            site.site_name = skeleton.INFORMATION["portal_name"]["vi"]
        elif not created and all(getattr(site, name) == value for name, value in address.items()):
            return
        site.hostname, site.port = address["hostname"], address["port"]
        site.save()

    def sections(self, home: HomePage) -> None:
        for label, slug, titles, summaries in skeleton.SECTIONS:
            page = home.get_children().filter(slug=slug).first()
            if SetupStep.first_time(f"section {slug}") and page is None:
                page = apps.get_model(label)(
                    title=titles["vi"],
                    slug=slug,
                    summary=summaries["vi"],
                    locale=self.source,
                    show_in_menus=True,
                    live=False,
                )
                home.add_child(instance=page)
                publish_new(page, REASON)
                create_aliases_for_new_page(page)
                PublicId.of(page.translation_key)
            if page is not None:
                self.translate_page(page.specific, titles, summaries)

    def translate_page(self, page, titles: dict, summaries: dict) -> None:
        for locale in self.targets():
            existing = page.get_translation_or_none(locale)
            if existing is not None and not existing.alias_of_id:
                continue
            texts = {titles["vi"]: titles[locale.language_code], summaries["vi"]: summaries[locale.language_code]}
            with system_approval(REASON):
                translate(page, locale, texts).publish()

    def records(self) -> None:
        for code, titles in skeleton.TOPICS.items():
            self.record(Topic, {"code": code}, {"name": titles}, {})
        for body in BODIES:
            texts = {"name": body.titles} | ({"short_name": body.short_names} if body.short else {})
            values = {"valid_until": body.until, "source": body.source}
            self.record(Department, {"code": body.code}, texts, values)
        for body in BODIES:
            self.relate(body)
        self.record(PortalInformation, {}, skeleton.INFORMATION, {})

    def record(self, model, key: dict, texts: dict, values: dict) -> None:
        """One translatable record in every language; records that exist, in whatever wording, are left alone."""
        original = model.objects.filter(locale=self.source, **key).first()
        if original is None:
            words = {name: titles["vi"] for name, titles in texts.items()}
            original = model.objects.create(locale=self.source, live=False, **key, **values, **words)
            publish_new(original, REASON)
        for locale in self.targets():
            if original.get_translation_or_none(locale) is None:
                pairs = {_inner(titles["vi"]): _inner(titles[locale.language_code]) for titles in texts.values()}
                with system_approval(REASON):
                    translate(original, locale, pairs).publish()

    def relate(self, body: Body) -> None:
        """Say once what a body belongs to and what replaced it; later it is the administrators' word that counts."""
        codes = {"parent": body.parent, "replaced_by": body.successor}
        codes = {name: code for name, code in codes.items() if code and SetupStep.first_time(f"{name} of {body.code}")}
        for department in Department.objects.filter(code=body.code).select_related("locale") if codes else ():
            for name, code in codes.items():
                if getattr(department, name) is None:
                    other = Department.objects.filter(code=code, locale=department.locale).first()
                    setattr(department, name, other)
            with system_approval(REASON):
                department.save_revision().publish()
