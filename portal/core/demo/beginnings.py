"""Texts that a portal begins with, and how the demo continues them on the same pages.

What a beginning leaves to the operator, a [[blank]], the demo leaves out; its own blocks stand where the last one was.
"""

from dataclasses import replace

from portal.core.demo.markdown import Block
from portal.core.texts import texts_in
from portal.publishing.blanks import has_blank


def places(blocks: list[Block]) -> list[tuple[int, int]]:
    """Where the blanks stand: the number of the block, and of the paragraph, item or row in it."""
    return [
        (number, part)
        for number, block in enumerate(blocks)
        for part, words in enumerate(_parts(block))
        if has_blank(words)
    ]


def continued(beginning: list[Block], more: list[Block]) -> list[Block]:
    """The blocks of a beginning without its blanks, and what the demo has to say in place of the last."""
    kept, place = [], None
    for block in beginning:
        for piece in _pieces(block):
            if piece is None:
                place = len(kept)
            else:
                kept.append(piece)
    place = len(kept) if place is None else place
    return [*kept[:place], *more, *kept[place:]]


def _parts(block: Block) -> list[str]:
    if block.kind == "text":
        return [segment.html for segment in block.segments]
    if block.kind == "table":
        return [" ".join(row) for row in block.value["rows"]]
    return list(texts_in(block.value))


def _pieces(block: Block) -> list[Block | None]:
    """A block parted at its blanks; None stands for a blank, after the rows of its table."""
    if block.kind == "text":
        pieces: list[Block | None] = []
        for segment in block.segments:
            if has_blank(segment.html):
                pieces.append(None)
            elif pieces and pieces[-1] is not None:
                pieces[-1].segments.append(segment)
            else:
                pieces.append(Block("text", segment.line, "", [segment]))
        return pieces
    if not any(map(has_blank, _parts(block))):
        return [block]
    if block.kind == "table":
        rows = [row for row in block.value["rows"] if not has_blank(" ".join(row))]
        return [replace(block, value=block.value | {"rows": rows}), None]
    return [None]
