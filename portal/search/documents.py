"""From pages to entries: what of a page is searched and shown, in few queries for many pages."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

from django.db.models import ForeignKey, Model
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone, translation
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index as wagtail_index

from portal.contributors.models import Department
from portal.core.languages import write_number
from portal.core.models import Topic
from portal.search.models import SearchEntry
from portal.search.text import index_text, plain

SECTION_DEPTH = 3
LONGEST_BODY = 200_000  # characters; PostgreSQL refuses more than about 1 MB of distinct words in a row
_SHOWN_APART = ("title", "summary")
_END_OF_PART = re.compile(r"</(?:p|h\d|li|blockquote)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_ENDS_ITSELF = tuple(".!?…:;,。！？：；，、")
# A Chinese line holds about 40 characters: there the sign is as wide as one of them and has no spaces beside it.
_BETWEEN = {"zh-hans": "｜"}
_GOES_ON = "\u00a0"  # a piece that ends with it is one with the next: a number and its unit


def key_of(page_id: int) -> str:
    return f"page:{page_id}"


def entries_of(pages: list[Page]) -> list[SearchEntry]:
    """Unsaved entries of specific pages that the caller knows to be public. Five queries and one per topic relation."""
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    departments = dict(
        Department.objects.filter(
            pk__in={page.department_id for page in pages if getattr(page, "department_id", None)}
        ).values_list("pk", "code")
    )
    sections, topics = _sections(pages), _topics(pages)
    return [
        _entry(
            page,
            language=languages[page.locale_id],
            section=sections.get(_section_path(page), ""),
            topics=topics.get(page.pk, []),
            department=departments.get(getattr(page, "department_id", None), ""),
        )
        for page in pages
    ]


def _entry(page: Page, language: str, section: str, topics: list[str], department: str) -> SearchEntry:
    own_date = _own_date(page)
    shown_date = own_date or _local_day(page.first_published_at)
    title, summary = plain(page.title), plain(getattr(page, "summary", ""))
    with translation.override(language):
        body = _line(_texts(page), _BETWEEN.get(language, " · "))[:LONGEST_BODY]
    return SearchEntry(
        key=key_of(page.pk),
        page_id=page.pk,
        language=language,
        kind=getattr(page, "search_kind", "page"),
        section=section,
        title=title,
        summary=summary,
        body=body,
        path=path_of(page),
        date=shown_date,
        year=shown_date.year if shown_date else None,
        is_dated=own_date is not None,
        topics="".join(f" {code}" for code in topics) + " " if topics else "",
        department=department,
        updated=page.last_published_at,
        public_until=page.expire_at,
        **folded_columns(title, summary, body),
    )


def folded_columns(title: str, summary: str, body: str) -> dict[str, str]:
    """The token lines of an entry. «|» is no token: it keeps a phrase from reaching from one text into the next."""
    lines = [index_text(title), index_text(summary), index_text(body)]
    return {"folded_title": lines[0], "folded_summary": lines[1], "folded": "|".join(filter(None, lines))}


def path_of(page: Page) -> str:
    """The address below the deployment's prefix: rows must not change when the portal moves to another prefix."""
    with no_prefix():
        parts = page.get_url_parts()
    return parts[2] if parts else ""


@contextmanager
def no_prefix():
    """Addresses made inside have no prefix of a deployment."""
    prefix = get_script_prefix()
    set_script_prefix("/")
    try:
        yield
    finally:
        set_script_prefix(prefix)


def _section_path(page: Page) -> str:
    return page.path[: SECTION_DEPTH * page.steplen] if page.depth >= SECTION_DEPTH else ""


def sections_of(pages) -> dict[int, str]:
    """Slug of the section by page id, for pages of any class; one query."""
    slugs = _sections(pages)
    return {page.pk: slugs.get(_section_path(page), "") for page in pages}


def _sections(pages) -> dict[str, str]:
    paths = {_section_path(page) for page in pages} - {""}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "slug"))


def _topics(pages: list[Page]) -> dict[int, list[str]]:
    """Topic codes by page id: every child relation of a page type with a foreign key to a topic counts."""
    found: dict[int, list[str]] = {}
    for model in {type(page) for page in pages}:
        ids = [page.pk for page in pages if type(page) is model]
        for relation in get_all_child_relations(model):
            rows, page_field = relation.related_model, relation.field.name
            for topic_field in _topic_fields(rows):
                values = rows.objects.filter(**{f"{page_field}__in": ids}).values_list(
                    f"{page_field}_id", f"{topic_field}__code"
                )
                for page_id, code in values:
                    found.setdefault(page_id, []).append(code)
    return found


def _topic_fields(model: type[Model]) -> list[str]:
    return [
        field.name for field in model._meta.fields if isinstance(field, ForeignKey) and field.related_model is Topic
    ]


def _own_date(page: Page) -> date | None:
    value = getattr(page, "date", None)
    return _local_day(value) if isinstance(value, datetime) else value if isinstance(value, date) else None


def _local_day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def _texts(page: Page) -> Iterator[str]:
    """The searched texts besides title and summary: what the page type declares as `SearchField`."""
    fields = {
        field.field_name for field in type(page).get_search_fields() if isinstance(field, wagtail_index.SearchField)
    }
    for field in type(page)._meta.fields:
        if field.name not in fields or field.name in _SHOWN_APART:
            continue
        value = getattr(page, field.name)
        if isinstance(field, StreamField):
            yield from _block_texts(value.stream_block, value.raw_data)
        elif isinstance(field, RichTextField):
            yield from _rich_text_parts(value or "")
        else:
            yield str(value or "")


def _line(pieces: Iterable[str], between: str) -> str:
    """Pieces of text one after the other, as excerpts show them: a sign between those that no mark parts already."""
    line, ended = "", True
    for piece in pieces:
        if not (text := plain(piece)):
            continue
        line += ("" if not line else " " if ended else between) + text
        ended = piece.endswith(_GOES_ON) or text.endswith(_ENDS_ITSELF)
    return line


def _rich_text_parts(html: str) -> list[str]:
    """Paragraphs, headings and points of a list, each for itself."""
    return get_text_for_indexing(_END_OF_PART.sub("\n", html.replace("\n", " "))).split("\n")


def _block_texts(block: blocks.Block, raw) -> Iterator[str]:
    """The readable words of a block, from its stored form: pictures and documents it refers to are not fetched.

    Not `get_searchable_content` of the whole: it adds the names of choices («Section», «Note») to the text.
    """
    if raw is None or isinstance(block, (blocks.ChoiceBlock, blocks.MultipleChoiceBlock, blocks.ChooserBlock)):
        return
    if isinstance(block, blocks.BaseStreamBlock):
        for child in raw:
            if child["type"] in block.child_blocks:
                yield from _block_texts(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _block_texts(child, raw.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            yield from _block_texts(
                block.child_block, item["value"] if isinstance(item, dict) and "value" in item else item
            )
    elif isinstance(block, blocks.DecimalBlock):
        yield write_number(Decimal(str(raw))) + _GOES_ON
    elif isinstance(block, blocks.RichTextBlock):
        yield from _rich_text_parts(raw)
    else:
        yield from map(str, block.get_searchable_content(block.to_python(raw)))
