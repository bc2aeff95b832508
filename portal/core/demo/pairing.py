"""The sentences of an original with their translations, as wagtail-localize cuts them."""

import re
from collections import defaultdict

from wagtail.models import Locale, Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from portal.core.demo.assembly import Records, block_id, body_of, set_body, table_ids, texts_of
from portal.core.demo.files import Item, Version

Texts = dict[tuple[str, str], str]
_LINK_ID = re.compile(r'(<a id=")(a\d+)(")')


def pair(page: Page, locale: Locale, item: Item, version: Version, records: Records) -> Texts:
    """Map every (content path, sentence) of the original to its translation in the file.

    Raises a ContentError that names the field or block and both counts where the two do not match.
    """
    translated = type(page)(slug=page.slug, locale=locale, **texts_of(item, version))
    set_body(translated, body_of(item, version, records))
    tables = table_ids(item)
    ours, theirs = _by_path(page), _by_path(translated)
    texts: Texts = {}
    for path, strings in ours.items():
        block = path.split(".")[1] if "." in path else ""
        if block in tables:
            pairs = [(string, _cell(item, version, tables[block], string)) for string in strings]
        else:
            pairs = _zip(item, version, path, strings, theirs.get(path, []))
        for string, text in pairs:
            sentence = string.string.data
            if texts.setdefault((path, sentence), text) != text:
                raise version.source.error(f"{_place(item, path)}: «{sentence}» stands twice, with two translations")
    for path, strings in theirs.items():
        if path not in ours and not any(path.startswith(f"body.{table}.") for table in tables):
            _zip(item, version, path, [], strings)
    return texts


def _by_path(page: Page) -> dict[str, list[StringSegmentValue]]:
    found = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment)
    return found


def _zip(item: Item, version: Version, path: str, ours: list, theirs: list):
    if len(ours) != len(theirs):
        raise version.source.error(
            f"{_place(item, path)}: the translation has {len(theirs)} passages, the original {len(ours)}"
        )
    return [(mine, _with_our_links(item, version, path, mine, other)) for mine, other in zip(ours, theirs, strict=True)]


def _with_our_links(
    item: Item, version: Version, path: str, mine: StringSegmentValue, other: StringSegmentValue
) -> str:
    """A translation's text with its links named as the original names them: their order may differ."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, attributes in (mine.attrs or {}).items():
        names[repr(sorted(attributes.items()))].append(name)

    def rename(match: re.Match) -> str:
        known = names[repr(sorted((other.attrs or {})[match[2]].items()))]
        if not known:
            raise version.source.error(f"{_place(item, path)}: links to something the original does not link to")
        return f"{match[1]}{known.pop(0)}{match[3]}"

    return _LINK_ID.sub(rename, other.string.data)


def _cell(item: Item, version: Version, position: int, segment: StringSegmentValue) -> str:
    """The translation of a table's word, found by its place."""
    ours, theirs = item.original.blocks[position].value, version.blocks[position].value
    words = {ours["caption"]: theirs["caption"]}
    for row, other_row in zip(ours["rows"], theirs["rows"], strict=True):
        words.update(zip(row, other_row, strict=True))
    return StringValue.from_plaintext(words[segment.string.render_text()]).data


def _place(item: Item, path: str) -> str:
    """A content path in words: a field's name, or the block with its position in the file."""
    name, _dot, rest = path.partition(".")
    if name != "body":
        return f"«{name}»"
    for position, block in enumerate(item.original.blocks):
        if rest.startswith(block_id(item, position)):
            return f"block {position + 1} ({block.kind}, original: {item.original.source.path}:{block.line})"
    return "the closing note"
