"""Blocks of the front page in content files: they name other demo pages by their slugs.

Pages and numbers stand in the Vietnamese file only; a translation has the same blocks with their words.
"""

from collections.abc import Callable

from portal.core.demo.head import Source

# Keys per block that hold words, and those that are equal in three languages.
_KEYS = {
    "lead_story": ((), ("page",)),
    "latest": (("title",), ("section", "number")),
    "chosen_pages": (("title",), ("pages",)),
    "quick_tasks": (("title", "visitor"), ()),
}
FRONT_KINDS = frozenset(_KEYS)
_TYPES = {"page": str, "title": str, "section": str, "number": int, "pages": list, "visitor": list}
Identify = Callable[..., str]


def read_front_block(source: Source, kind: str, data: dict, line: int) -> dict:
    """Check a block's TOML key by key; raise ContentError."""
    words, neutral = _KEYS[kind]
    _check(source, data, words + (neutral if source.language == "vi" else ()), f"{kind}: ", line)
    for number, visitor in enumerate(data.get("visitor", ()), 1):
        _check(source, visitor, ("name", "task"), f"{kind}: visitor {number}: ", line)
        for task in visitor["task"]:
            keys = ("label", "page") if source.language == "vi" else ("label",)
            _check(source, task, keys, f"{kind}: visitor {number}: task: ", line)
    return data


def _check(source: Source, data, keys: tuple[str, ...], where: str, line: int) -> None:
    if not isinstance(data, dict) or set(data) != set(keys):
        raise source.error(f"{where}must have the keys {', '.join(keys) or '(none)'}, and no other", line)
    for key in keys:
        expected = _TYPES.get(key, list if key == "task" else str)
        if type(data[key]) is not expected or not data[key]:
            raise source.error(f"{where}«{key}» must be a {expected.__name__} that is not empty", line)


def pages_of(kind: str, value: dict) -> list[str]:
    """Slugs of the demo pages that a block shows."""
    if kind not in FRONT_KINDS:
        return []
    tasks = [task.get("page") for visitor in value.get("visitor", ()) for task in visitor["task"]]
    return [slug for slug in (value.get("page"), value.get("section"), *value.get("pages", ()), *tasks) if slug]


def shape(value: dict) -> list[int]:
    """How many tasks each kind of visitor has: equal in an original and its translations."""
    return [len(visitor["task"]) for visitor in value.get("visitor", ())]


def raw_front_block(kind: str, ours: dict, theirs: dict, number_of: Callable[[str], int], identify: Identify) -> dict:
    """The raw StreamField value: words of `theirs`, pages of the original `ours`. `identify(…)` names list items."""
    if kind == "lead_story":
        return {"page": number_of(ours["page"])}
    if kind == "latest":
        return {"title": theirs["title"], "section": number_of(ours["section"]), "number": ours["number"]}
    if kind == "chosen_pages":
        pages = [_item(number_of(slug), identify(n)) for n, slug in enumerate(ours["pages"])]
        return {"title": theirs["title"], "pages": pages}
    visitors = []
    for n, (mine, other) in enumerate(zip(ours["visitor"], theirs["visitor"], strict=True)):
        tasks = [
            _item({"label": told["label"], "page": number_of(task["page"])}, identify(n, m))
            for m, (task, told) in enumerate(zip(mine["task"], other["task"], strict=True))
        ]
        visitors.append(_item({"visitor": other["name"], "tasks": tasks}, identify(n)))
    return {"title": theirs["title"], "visitors": visitors}


def _item(value, item_id: str) -> dict:
    return {"type": "item", "value": value, "id": item_id}
