"""Whether a translation has the blocks of its original: compared before anything is written."""

import re

from portal.core.demo.fences import LISTS
from portal.core.demo.front_blocks import shape
from portal.core.demo.head import Source
from portal.core.demo.markdown import Block

_SEGMENT_NAMES = {"p": "paragraph", "ul": "item of a list", "ol": "item of a numbered list"}
_LINK = re.compile(r"<a ([^>]*)>")


def check_same_blocks(original_source: Source, original: list[Block], source: Source, translation: list[Block]) -> None:
    """Raise a ContentError that names the first block in which the two files differ."""
    for position, (ours, theirs) in enumerate(zip(original, translation, strict=False), 1):
        _Comparison(original_source, source, position, ours, theirs).check()
    if len(original) != len(translation):
        short = min(len(original), len(translation))
        longer, where = (original, original_source) if len(original) > short else (translation, source)
        extra = longer[short]
        raise source.error(
            f"has {len(translation)} blocks, the original has {len(original)}; the first one without a counterpart is"
            f" block {short + 1} ({extra.kind}) at {where.path}:{extra.line}"
        )


class _Comparison:
    def __init__(self, original_source: Source, source: Source, position: int, ours: Block, theirs: Block):
        self.original_source, self.source, self.position = original_source, source, position
        self.ours, self.theirs = ours, theirs

    def error(self, message: str, line: int | None = None, original_line: int | None = None):
        place = f"{self.original_source.path}:{original_line or self.ours.line}"
        return self.source.error(
            f"block {self.position} ({self.theirs.kind}): {message} (original: {place})", line or self.theirs.line
        )

    def check(self) -> None:
        if self.ours.kind != self.theirs.kind:
            raise self.error(f"the original has a {self.ours.kind} here")
        compare = getattr(self, f"_{self.ours.kind}", self._words)
        compare()

    def _heading(self) -> None:
        if self.ours.value["level"] != self.theirs.value["level"]:
            raise self.error(
                f"is a heading of level {self.theirs.value['level']}, the original of level {self.ours.value['level']}"
            )

    def _text(self) -> None:
        ours, theirs = self.ours.segments, self.theirs.segments
        for mine, other in zip(ours, theirs, strict=False):
            if (mine.kind, mine.starts) != (other.kind, other.starts):
                raise self.error(
                    f"a {_SEGMENT_NAMES[other.kind]} stands where the original has a {_SEGMENT_NAMES[mine.kind]}",
                    other.line,
                    mine.line,
                )
            self._links(mine.html, other.html, other.line, mine.line)
        if len(ours) != len(theirs):
            raise self.error(f"has {len(theirs)} paragraphs and list items, the original has {len(ours)}")

    def _links(self, mine: str, other: str, line: int | None = None, original_line: int | None = None) -> None:
        if sorted(_LINK.findall(mine)) != sorted(_LINK.findall(other)):
            raise self.error(f"links to {_addresses(other)}, the original to {_addresses(mine)}", line, original_line)

    def _lead_story(self) -> None:
        """The reader has checked the keys already, and there is no list whose length could differ."""

    _latest = _chosen_pages = _lead_story

    def _table(self) -> None:
        ours, theirs = self.ours.value, self.theirs.value
        if bool(ours["caption"]) != bool(theirs["caption"]):
            raise self.error("only one of the two tables has a caption")
        shape, other = _shape(ours["rows"]), _shape(theirs["rows"])
        if shape != other:
            raise self.error(f"has {other[0]} rows and {other[1]} columns, the original has {shape[0]} and {shape[1]}")
        words: dict[str, str] = {}
        for number, (row, other_row) in enumerate(zip(ours["rows"], theirs["rows"], strict=True), 1):
            for mine, translated in zip(row, other_row, strict=True):
                if bool(mine.strip()) != bool(translated.strip()):
                    raise self.error(
                        f"row {number}: a cell is empty in only one of the two tables ({mine or translated})"
                    )
                # A table's words are segments, each distinct one once: the same word has one translation.
                if words.setdefault(mine, translated) != translated:
                    raise self.error(
                        f"row {number}: «{mine}» is translated «{words[mine]}» and «{translated}» in one table"
                    )
        if ours["caption"] and words.setdefault(ours["caption"], theirs["caption"]) != theirs["caption"]:
            raise self.error("the caption is also a cell, with another translation")

    def _items(self) -> None:
        name, one, _least, _most = LISTS[self.ours.kind]
        ours, theirs = self.ours.value[name], self.theirs.value[name]
        if len(ours) != len(theirs):
            raise self.error(f"has {len(theirs)} {name}, the original has {len(ours)}")
        if bool(self.ours.value.get("title")) != bool(self.theirs.value.get("title")):
            raise self.error("only one of the two has «title»")
        for number, (mine, other) in enumerate(zip(ours, theirs, strict=True), 1):
            self._same_keys(mine, other, f"{one} {number}: ")

    _figures = _gallery = _items

    def _quick_tasks(self) -> None:
        if shape(self.ours.value) != shape(self.theirs.value):
            raise self.error("the kinds of visitors and their tasks are not those of the original")

    def _words(self) -> None:
        self._same_keys(self.ours.value, self.theirs.value)
        if self.ours.kind == "callout":
            self._links(self.ours.value["text"], self.theirs.value["text"])

    def _same_keys(self, mine: dict, other: dict, where: str = "") -> None:
        for key, value in other.items():
            if bool(value) != bool(mine[key]):
                holder = "the translation" if value else "the original"
                raise self.error(f"{where}only {holder} has «{key}»")


def _shape(rows: list[list[str]]) -> tuple[int, int]:
    return len(rows), len(rows[0]) if rows else 0


def _addresses(html: str) -> str:
    found = [
        re.sub(r'linktype="page" id="@([^"]*)"', r"page:\1", text).removeprefix('href="').rstrip('"')
        for text in _LINK.findall(html)
    ]
    return ", ".join(found) or "nothing"
