"""Fenced blocks: figures, call-outs, pictures, galleries, quotes, downloads, each a little TOML."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from markdown_it.token import Token

from portal.core.demo.front_blocks import FRONT_KINDS, read_front_block
from portal.core.demo.head import Source, parse_toml

# Per block: text keys (also in a translation), and keys that are equal in three languages (only in the original).
TEXT_KEYS = {
    "callout": ("title", "text"),
    "picture": ("alt", "caption", "credit"),
    "quote": ("text", "attribution"),
    "download": ("title",),
    "figures": ("label", "unit", "source"),
    "gallery": ("alt", "caption", "credit"),
}
NEUTRAL_KEYS = {
    "callout": ("kind",),
    "picture": ("picture",),
    "quote": (),
    "download": ("document",),
    "figures": ("value", "as_of"),
    "gallery": ("picture",),
}
# Blocks that are a list: the block's field with the items, the key of one item in the file, least and most items.
LISTS = {"figures": ("figures", "figure", 1, 8), "gallery": ("pictures", "picture", 2, 12)}
_OPTIONAL = {"callout": {"title"}, "picture": {"caption", "credit"}, "quote": {"attribution"}, "download": {"title"}}
_OPTIONAL |= {"figures": {"unit"}, "gallery": {"caption", "credit"}}
_CALLOUT_KINDS = ("note", "important")

Inline = Callable[[Source, str, int], str]


def read_fence(source: Source, token: Token, line: int, inline: Inline) -> tuple[str, dict]:
    """The kind and value of a fenced block; a list has its items under the name of the block's field."""
    kind = token.info.strip()
    if kind not in TEXT_KEYS and kind not in FRONT_KINDS:
        raise source.error(f"unknown block «{kind}»; known are: {', '.join(TEXT_KEYS)}", line)
    data = parse_toml(source, token.content, first_line=line + 1)
    if kind in FRONT_KINDS:
        return kind, read_front_block(source, kind, data, line)
    if kind in LISTS:
        return kind, _read_list(source, kind, data, line)
    value = _check(source, kind, data, line)
    if kind == "callout":
        value["text"] = f"<p>{inline(source, value['text'], line)}</p>"
    return kind, value


def _read_list(source: Source, kind: str, data: dict, line: int) -> dict:
    name, one, least, most = LISTS[kind]
    title = {"title": data.pop("title", "")} if kind == "gallery" else {}
    items = data.get(one)
    if set(data) != {one} or not isinstance(items, list) or not least <= len(items) <= most:
        raise source.error(f"a {kind} block holds {least} to {most} [[{one}]]", line)
    if not all(isinstance(text, str) for text in title.values()):
        raise source.error(f"{kind}: «title» must be a text", line)
    return title | {name: [_check(source, kind, item, line, f"{one} {n}: ") for n, item in enumerate(items, 1)]}


def _check(source: Source, kind: str, data: dict, line: int, where: str = "") -> dict:
    texts, neutral = TEXT_KEYS[kind], NEUTRAL_KEYS[kind] if source.language == "vi" else ()
    known = (*texts, *neutral)
    for key in data:
        if key not in known:
            belongs = " (it belongs in the Vietnamese file only)" if key in NEUTRAL_KEYS[kind] else ""
            raise source.error(f"{kind}: {where}unknown key «{key}»{belongs}; known are: {', '.join(known)}", line)
    for key in known:
        if key not in data and key not in _OPTIONAL[kind] and key != "kind":
            raise source.error(f"{kind}: {where}the key «{key}» is missing", line)
    for key in texts:
        if key in data and not isinstance(data[key], str):
            raise source.error(f"{kind}: {where}«{key}» must be a text", line)
    value = {key: data.get(key, "") for key in known}
    if "kind" in known:
        value["kind"] = data.get("kind", "note")
        if value["kind"] not in _CALLOUT_KINDS:
            raise source.error(f"callout: unknown kind «{value['kind']}»; it is note or important", line)
    if "value" in known:
        _check_figure(source, value, line, where)
    return value


def _check_figure(source: Source, value: dict, line: int, where: str) -> None:
    try:
        number = Decimal(value["value"])
    except (InvalidOperation, TypeError, ValueError):
        number = None
    if not isinstance(value["value"], str) or number is None or not number.is_finite():
        raise source.error(
            f'figures: {where}«value» must be a plain decimal number in quotes, like "9068.7", not {value["value"]!r}',
            line,
        )
    if -number.as_tuple().exponent > 4:
        raise source.error(f"figures: {where}«value» may have at most four decimals", line)
    if type(value["as_of"]) is not date:
        raise source.error(f"figures: {where}«as_of» must be a day such as 2025-07-01", line)
