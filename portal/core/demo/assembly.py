"""From a content file to the fields of a page: StreamField JSON with the same block ids at every run."""

import re
import uuid
from dataclasses import dataclass

from wagtail import blocks as wagtail_blocks
from wagtail.models import Page

from home.blocks import FrontPageStreamBlock
from portal.core.demo.fences import LISTS, NEUTRAL_KEYS
from portal.core.demo.files import Item, Version
from portal.core.demo.front_blocks import FRONT_KINDS, raw_front_block
from portal.core.demo.head import Source
from portal.core.demo.markdown import PAGE_LINK, Block, Segment
from portal.core.demo.wording import DEMO_SOURCE, DEMO_TEXT, DEMO_TITLE

_NAMESPACE = uuid.UUID("0b3c7d0e-2f5a-5c1e-9a6e-6c6169636875")
_PALETTE = FrontPageStreamBlock().child_blocks


@dataclass
class Records:
    """The numbers in the database of what content files call by name."""

    pages: dict[str, int]
    pictures: dict[str, int]
    documents: dict[str, int]


def block_id(item: Item, position: int | str, child: int | None = None) -> str:
    """The id of a block or list item: made from its place, so that loading again keeps translations attached."""
    return str(uuid.uuid5(_NAMESPACE, f"{item.key}:{position}" + ("" if child is None else f":{child}")))


def table_ids(item: Item) -> dict[str, int]:
    """Ids of the tables in a body with their positions."""
    return {block_id(item, n): n for n, block in enumerate(item.original.blocks) if block.kind == "table"}


def texts_of(item: Item, version: Version) -> dict[str, str]:
    """The text fields of a page."""
    names = ["title", "summary", "source", "lead_alt", "lead_caption", *(["credit"] if item.type == "article" else [])]
    return {name: version.head.get(name, "") for name in names}


def body_of(item: Item, version: Version, records: Records) -> list[dict]:
    """The body as raw StreamField data; the demo's with a note at its end that says what it is."""
    raw = []
    for position, (original, block) in enumerate(zip(item.original.blocks, version.blocks, strict=True)):
        value = _value(item, position, original, block, records)
        raw.append({"type": block.kind, "value": value, "id": block_id(item, position)})
    if not item.is_demo:
        return raw
    return [*raw, {"type": "callout", "value": _note(version), "id": block_id(item, "note")}]


def set_body(page: Page, raw: list[dict]) -> None:
    page.body = page._meta.get_field("body").stream_block.to_python(raw)


def _note(version: Version) -> dict:
    language = version.source.language
    source = version.head["source"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = f"<p>{DEMO_TEXT[language]}</p><p>{DEMO_SOURCE[language]}{source}</p>"
    return {"kind": "note", "title": DEMO_TITLE[language], "text": text}


def _value(item: Item, position: int, original: Block, block: Block, records: Records):
    """A block's raw value; what a translation leaves out comes from the original."""
    if block.kind == "text":
        return _linked(item, rich_text(block.segments), records)
    if block.kind == "table":
        return {
            "data": block.value["rows"],
            "cell": [],
            "mergeCells": [],
            "table_caption": block.value["caption"],
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
        }
    if block.kind in LISTS:
        name = LISTS[block.kind][0]
        pairs = enumerate(zip(original.value[name], block.value[name], strict=True))
        return block.value | {
            name: [
                {
                    "type": "item",
                    "value": _own(block.kind, ours, theirs, records),
                    "id": block_id(item, position, number),
                }
                for number, (ours, theirs) in pairs
            ]
        }
    if block.kind in FRONT_KINDS:
        return raw_front_block(
            block.kind,
            original.value,
            block.value,
            lambda slug: _page_number(item, slug, records),
            lambda *place: block_id(item, f"{position}:{':'.join(map(str, place))}"),
        )
    value = _own(block.kind, original.value, block.value, records)
    if block.kind == "callout":
        value["text"] = _linked(item, value["text"], records)
    return value


def _own(kind: str, original: dict, words: dict, records: Records) -> dict:
    """The words of one language together with what is equal in all three."""
    value = words | {key: original[key] for key in NEUTRAL_KEYS.get(kind, ())}
    if "picture" in value:
        value["picture"] = records.pictures[value["picture"]]
    if "document" in value:
        value["document"] = records.documents[value["document"]]
    if "as_of" in value:
        value["as_of"] = value["as_of"].isoformat()
    return value


def rich_text(segments: list[Segment]) -> str:
    """Paragraphs and lists as Wagtail stores them."""
    html, open_list = "", None
    for segment in segments:
        if open_list and (segment.starts or segment.kind != open_list):
            html, open_list = f"{html}</{open_list}>", None
        if segment.kind == "p":
            html += f"<p>{segment.html}</p>"
            continue
        if open_list is None:
            html, open_list = f"{html}<{segment.kind}>", segment.kind
        html += f"<li>{segment.html}</li>"
    return html + (f"</{open_list}>" if open_list else "")


def _linked(item: Item, html: str, records: Records) -> str:
    def number(match: re.Match) -> str:
        return f'linktype="page" id="{_page_number(item, match[1], records)}"'

    return PAGE_LINK.sub(number, html)


def _page_number(item: Item, slug: str, records: Records) -> int:
    if slug not in records.pages:
        raise item.original.source.error(f"links to page:{slug}, which was deleted; --force brings it back")
    return records.pages[slug]


def check_lengths(version: Version) -> None:
    """Refuse words that do not fit the block they stand in, and required ones that are empty."""
    for position, block in enumerate(version.blocks, 1):
        values = [block.value] if isinstance(block.value, dict) else []
        child = _PALETTE[block.kind]
        if block.kind in LISTS:
            name = LISTS[block.kind][0]
            values, child = block.value[name], child.child_blocks[name].child_block
        for value in values if isinstance(child, wagtail_blocks.StructBlock) else ():
            for name, text in value.items():
                _check_length(version.source, block, position, name, text, child.child_blocks.get(name))


def _check_length(source: Source, block: Block, position: int, name: str, text, child) -> None:
    if not isinstance(child, (wagtail_blocks.CharBlock, wagtail_blocks.TextBlock, wagtail_blocks.RichTextBlock)):
        return
    words = re.sub(r"<[^>]*>", "", text)
    if child.required and not words.strip():
        raise source.error(f"block {position} ({block.kind}): «{name}» is empty", block.line)
    longest = getattr(child.field, "max_length", None)
    if longest and len(words) > longest:
        message = f"block {position} ({block.kind}): «{name}» has {len(words)} characters, at most {longest} fit"
        raise source.error(message, block.line)
