"""The rules of the house that a machine can check (design, section 9)."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import TranslatableMixin, get_page_models
from wagtail_localize.fields import get_translatable_fields

from home.blocks import FrontPageStreamBlock
from portal.core.addresses import RESERVED_SLUGS
from portal.core.models import BasePage

ROOT = Path(settings.BASE_DIR)
OURS = ("home", "news", "investment", "diplomacy", "borders", "diaspora", "portal")
PAGE_TYPES = [model for model in get_page_models() if model._meta.app_label != "wagtailcore"]


def ours(pattern: str):
    return [
        path for folder in OURS for path in sorted((ROOT / folder).rglob(pattern)) if "migrations" not in path.parts
    ]


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_a_page_type_states_its_rules(model):
    assert issubclass(model, BasePage)
    assert model.__doc__
    assert str(model.page_description)
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)
    assert "template" in vars(model)
    get_template(model.template)
    assert model.search_kind


@pytest.mark.parametrize("name", FrontPageStreamBlock().child_blocks)
def test_a_block_has_icon_description_preview_and_template(name):
    block = FrontPageStreamBlock().child_blocks[name]
    assert block.meta.icon != "placeholder"
    assert str(block.meta.description)
    assert block.is_previewable
    assert block.meta.template == f"blocks/{name}.html"
    get_template(block.meta.template)


def test_no_block_lets_html_or_foreign_embeds_in():
    from wagtail.blocks import RawHTMLBlock
    from wagtail.embeds.blocks import EmbedBlock

    def walk(block):
        yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from walk(child)
        if hasattr(block, "child_block"):
            yield from walk(block.child_block)

    assert not [block for block in walk(FrontPageStreamBlock()) if isinstance(block, RawHTMLBlock | EmbedBlock)]


# What translators translate (T), what is copied from the original (S), what every language has of its own (O). A new
# field fails here until it is decided.
CONTRACT = {
    "BodyPage": {
        "title": "T", "seo_title": "T", "search_description": "T", "summary": "T", "lead_alt": "T", "lead_caption": "T",
        "body": "T", "source": "T", "department": "T", "slug": "S", "show_in_menus": "S", "lead_picture": "S",
        "review_date": "S", "minor_change": "S", "menu_until": "S",
    },
    "HomePage": {"slug": "O"},  # front pages stand side by side: their slugs differ
    "ArticlePage": {"date": "S", "kind": "S", "credit": "T", "article_topics": "T"},
    "Topic": {"name": "T", "code": "S"},
    "Department": {
        "name": "T", "short_name": "T", "contact": "T", "code": "S", "valid_from": "S", "valid_until": "S",
        "replaced_by": "T", "parent": "T", "source": "S",
    },
}  # fmt: skip


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_the_translation_contract_of_pages(model):
    expected = CONTRACT["BodyPage"] | CONTRACT.get(model.__name__, {})
    assert contract(model) == expected


@pytest.mark.parametrize("name", ["Topic", "Department"])
def test_the_translation_contract_of_records(name):
    model = next(model for model in apps.get_models() if model.__name__ == name)
    assert contract(model) == CONTRACT[name]


def contract(model) -> dict:
    kinds = {"TranslatableField": "T", "SynchronizedField": "S", "OwnField": "O"}
    dates = {"go_live_at", "expire_at", "first_published_at"}  # of every draftable record: Wagtail's, not ours
    fields = [field for field in get_translatable_fields(model) if field.field_name not in dates]
    return {field.field_name: kinds[type(field).__name__] for field in fields}


def test_no_many_to_many_to_what_is_translated():
    """wagtail-localize ignores many-to-many: the translation would keep Vietnamese topics."""
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS
        for field in model._meta.many_to_many
        if issubclass(field.related_model, TranslatableMixin)
    ]
    assert not wrong


def test_every_first_component_of_our_addresses_is_reserved():
    taken = set()

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver) and type(pattern.pattern).__name__ == "LocalePrefixPattern":
                walk(pattern.url_patterns, "")
            elif isinstance(pattern, URLResolver | URLPattern):
                first = re.split(r"[/<(]", route.lstrip("^"))[0]
                if first and first.isascii() and not first.startswith(("_", "sitemap-")):
                    taken.add(first)

    walk(get_resolver().url_patterns, "")
    assert taken <= RESERVED_SLUGS


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_system_checks_are_clean():
    call_command("check", fail_level="WARNING", verbosity=0)


def test_no_file_is_long():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in ours("*.py")
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert not long


def test_no_file_is_an_attic():
    assert not [path for path in ours("*.py") if path.stem in ("utils", "helpers", "misc", "common")]


def test_no_unfinished_or_dead_code():
    marks = re.compile(r"#\s*(TODO|FIXME|XXX)|^\s*#\s*(def|class|import|from|return|if) .*[:)]$", re.MULTILINE)
    assert not [str(path) for path in ours("*.py") if marks.search(path.read_text())]


def test_nothing_of_a_machine_or_registry_is_committed():
    forbidden = re.compile(r"pypi\.org|files\.pythonhosted|registry\.npmjs|repo1?\.maven|deb\.debian|/root/|/work/")
    files = [
        *ours("*.py"),
        *ROOT.glob("*.toml"),
        *ROOT.glob("*.md"),
        ROOT / "Makefile",
        *ROOT.glob("requirements/*"),
        *ROOT.glob("scripts/*"),
    ]
    assert not [
        str(path) for path in files if path.is_file() and path.suffix != ".pyc" and forbidden.search(path.read_text())
    ]


def test_addresses_are_not_made_by_hand():
    """Links come from {% pageurl %}, reverse() and storages; a written prefix or language breaks somewhere else."""
    by_hand = re.compile(r"""(href|action|src)="/(?!/)|thongtindoingoai""")
    templates = [path for path in (ROOT / "templates").rglob("*.html") if by_hand.search(path.read_text())]
    code = [path for path in ours("*.py") if "thongtindoingoai" in path.read_text() and "settings" not in path.parts]
    assert not [*templates, *code]
