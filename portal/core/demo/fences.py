"""Fenced blocks: figures, call-outs, pictures, quotes, downloads, each a little TOML."""

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
}
NEUTRAL_KEYS = {
    "callout": ("kind",),
    "picture": ("picture",),
    "quote": (),
    "download": ("document",),
    "figures": ("value", "as_of"),
}
_OPTIONAL = {"callout": {"title"}, "picture": {"caption", "credit"}, "quote": {"attribution"}, "download": {"title"}}
_OPTIONAL["figures"] = {"unit"}
_CALLOUT_KINDS = ("note", "important")

Inline = Callable[[Source, str, int], str]


def read_fence(source: Source, token: Token, line: int, inline: Inline) -> tuple[str, dict]:
    """The kind and value of a fenced block; figures are a list under «figures»."""
    kind = token.info.strip()
    if kind not in TEXT_KEYS and kind not in FRONT_KINDS:
        raise source.error(f"unknown block «{kind}»; known are: {', '.join(TEXT_KEYS)}", line)
    data = parse_toml(source, token.content, first_line=line + 1)
    if kind in FRONT_KINDS:
        return kind, read_front_block(source, kind, data, line)
    if kind != "figures":
        value = _check(source, kind, data, line)
        if kind == "callout":
            value["text"] = f"<p>{inline(source, value['text'], line)}</p>"
        return kind, value
    figures = data.get("figure")
    if set(data) != {"figure"} or not isinstance(figures, list) or not figures:
        raise source.error("a figures block holds one or more [[figure]]", line)
    if len(figures) > 8:
        raise source.error(f"a figures block holds at most 8 figures, not {len(figures)}", line)
    return kind, {
        "figures": [_check(source, kind, figure, line, f"figure {n}: ") for n, figure in enumerate(figures, 1)]
    }


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
