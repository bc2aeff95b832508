"""Brocades of three peoples of the province, built from the geometry of their real techniques.

The Mông panel follows indigo batik with spirals and cross-stitch, the Thái one the woven stripes and
diamonds of a head scarf, the Dao one counted embroidery on black cloth. Stitched motifs are written as
rows of letters (one letter, one stitch) and drawn as horizontal runs.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import groupby

from portal.core.demo.pictures.drawing import Drawing, element
from portal.core.demo.pictures.shapes import (
    GOLD,
    GREEN,
    HEIGHT,
    INDIGO,
    INDIGO_DEEP,
    PINK,
    RED,
    RED_DEEP,
    WIDTH,
    Colour,
    Point,
    number,
    polyline,
)

CREAM, SKY, LEAF, ORANGE, BLACK = "#f4ecd8", "#8fb4d6", "#6fa35a", "#d9722a", "#16131c"
THREADS: Mapping[str, Colour] = {
    "r": RED, "g": GOLD, "w": CREAM, "p": PINK, "l": LEAF, "e": GREEN, "b": SKY, "o": ORANGE, "i": INDIGO, "k": BLACK,
}  # fmt: skip


def _mirrored(quarter: Sequence[str]) -> list[str]:
    """Unfold the upper left quarter of a motif (its last row and column are the axes)."""
    half = [row + row[-2::-1] for row in quarter]
    return half + half[-2::-1]


def _stitch(d: Drawing, motif: Sequence[str], y: float, cell: float, start: float = 0) -> None:
    """Repeat a stitched motif across the sheet: every row of a thread is one dashed line."""
    lines: dict[tuple[str, str, int], str] = {}
    pitch = len(motif[0])
    for j, row in enumerate(motif):
        for thread in sorted(set(row) - {"."}):
            first = (
                next(i for i in range(pitch) if row[i] == thread and row[i - 1] != thread) if len(set(row)) > 1 else 0
            )
            turned = row[first:] + row[:first]
            runs = [
                (key == thread, len(list(group)))
                for key, group in groupby(turned, lambda c, thread=thread: c if c == thread else "")
            ]
            dashes = " ".join(number(length * cell) for _, length in runs) if len(runs) > 1 else ""
            key = (thread, dashes, first)
            origin = start + (first - pitch) * cell
            lines[key] = lines.get(key, "") + f"M{number(origin)} {number(y + (j + 0.5) * cell)}H{WIDTH}"
    with d.group(stroke_width=cell):
        for (thread, dashes, _), data in lines.items():
            d.path(data, stroke=THREADS[thread], stroke_dasharray=dashes or None)


def _cloth(d: Drawing, cell: float, colour: Colour, strength: float, top: float, bottom: float) -> None:
    """Lay the weave over stitched bands: small notches at the corners turn runs into stitches."""
    n = cell * 0.27
    corners = "".join(
        polyline([(x - n, y), (x, y - n), (x + n, y), (x, y + n)])
        for x, y in ((0, 0), (cell, 0), (0, cell), (cell, cell))
    )
    d.rect(
        0, top, WIDTH, bottom - top, d.pattern(cell, cell, element("path", d=corners, fill=colour, opacity=strength))
    )


def _spiral(turns: float, radius: float, start: float, way: int) -> list[Point]:
    """Return a spiral from its centre outwards."""
    count = round(turns * 13)
    points = []
    for i in range(count + 1):
        a = start + way * (turns * 2 * math.pi) * (i / count - 1)
        r = radius * (0.08 + 0.92 * i / count)
        points.append((r * math.cos(a), r * math.sin(a)))
    return points


def brocade_mong() -> bytes:
    """Mông batik: spirals drawn in wax on indigo, bands of cross-stitch and appliqué."""
    d = Drawing()
    d.sheet(d.linear((0, "#1b2552"), (0.5, "#26346d"), (1, "#18214b")))
    star = _mirrored(["r.....p", ".r...pp", "..r.ppg", "...ppgg", "..ppgwg", ".ppgwlw", "ppgglwr"])
    _batik(d, 206, 594)
    for y in (40, 630):
        d.rect(0, y, WIDTH, 130, INDIGO_DEEP)
        _stitch(d, [row[:12] for row in star], y, 10)
        _cloth(d, 10, INDIGO_DEEP, 0.8, y, y + 130)
        d.path(f"M0 {y - 5}h1200M0 {y + 135}h1200", stroke=GOLD, stroke_width=6)
        teeth = "".join(polyline([(x, y - 8), (x + 20, y - 8), (x + 10, y - 26)]) for x in range(0, WIDTH, 20))
        teeth += "".join(polyline([(x, y + 138), (x + 20, y + 138), (x + 10, y + 156)]) for x in range(0, WIDTH, 20))
        d.path(teeth, RED)
        d.path(f"M0 {y - 31}h1200M0 {y + 161}h1200", stroke=SKY, stroke_width=3)
    return d.svg()


def _batik(d: Drawing, top: float, bottom: float) -> None:
    """Draw the middle field: diamonds with four spirals, half diamonds between them, parallel wax lines."""
    side, wide, middle = bottom - top, WIDTH / 4, (top + bottom) / 2
    centres = [wide / 2 + i * wide for i in range(4)]
    for part, width, colour in ((0.485, 5, CREAM), (0.465, 2, SKY), (0.395, 2, SKY), (0.375, 4, CREAM)):
        data = "".join(
            polyline(
                [
                    (x, middle - side * part),
                    (x + wide * part, middle),
                    (x, middle + side * part),
                    (x - wide * part, middle),
                ]
            )
            for x in centres
        )
        for i in range(5):
            for y, way in ((top, 1), (bottom, -1)):
                data += polyline(
                    [(i * wide - wide * part, y), (i * wide, y + way * side * part), (i * wide + wide * part, y)],
                    closed=False,
                )
        d.path(data, "none", stroke=colour, stroke_width=width, stroke_linejoin="round")
    dots, buds, snails = "", "", ""
    for x in centres:
        for k in range(14):
            t = (k + 0.5) / 14
            for sx, sy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                dots += f"M{number(x + sx * wide * 0.43 * t)} {number(middle + sy * side * 0.43 * (1 - t))}h0"
        buds += "".join(_diamond(x, middle + way * side * 0.3, 9, 13) for way in (-1, 1))
        buds += "".join(_diamond(x + way * wide * 0.29, middle, 9, 13) for way in (-1, 1))
        snails += _snails(x, middle, 1.42, (1, -1)) + polyline([(x, middle - 84), (x, middle + 84)], closed=False)
    for i in range(5):
        snails += _snails(i * wide, top - 4, 1.42, (1,)) + _snails(i * wide, bottom + 4, 1.42, (-1,))
        buds += _diamond(i * wide, top + side * 0.29, 9, 13) + _diamond(i * wide, bottom - side * 0.29, 9, 13)
        for y, way in ((top, 1), (bottom, -1)):
            for k in range(14):
                t = (k + 0.5) / 14
                dots += "".join(
                    f"M{number(i * wide + sx * wide * 0.43 * t)} {number(y + way * side * 0.43 * (1 - t))}h0"
                    for sx in (1, -1)
                )
    d.path(dots, stroke=PINK, stroke_width=5.5, stroke_linecap="round")
    d.path(snails, "none", stroke=CREAM, stroke_width=4, stroke_linecap="round", stroke_linejoin="round")
    d.path(buds, RED, stroke=GOLD, stroke_width=2.5)


def _diamond(x: float, y: float, rx: float, ry: float) -> str:
    return polyline([(x, y - ry), (x + rx, y), (x, y + ry), (x - rx, y)])


def _snails(x: float, y: float, scale: float, ways: Sequence[int]) -> str:
    """Return path data of the snail motif: pairs of spirals that grow out of one stem."""
    data = ""
    for way in ways:
        for sx in (1, -1):
            spiral = [(sx * (24 + px), way * (25 + py)) for px, py in _spiral(2.1, 19, math.pi, 1)]
            line = [*spiral, (sx * 3.2, way * 12), (0, 0)]
            data += polyline([(x + px * scale, y + py * scale) for px, py in line], closed=False)
    return data


def brocade_thai() -> bytes:
    """Thái weaving: bright warp stripes beside broad bands of stepped diamonds."""
    d = Drawing()
    d.sheet(BLACK)
    cell = 10
    stripes = [
        (0, 20, RED_DEEP), (20, 10, GOLD), (30, 30, GREEN), (60, 10, CREAM), (70, 20, INDIGO), (90, 10, PINK),
        (100, 40, RED), (140, 10, GOLD), (150, 10, BLACK), (160, 10, CREAM),
    ]  # fmt: skip
    for y, height, colour in stripes:
        d.rect(0, y, WIDTH, height, colour)
        d.rect(0, HEIGHT - y - height, WIDTH, height, colour)
    d.rect(0, 170, WIDTH, 100, RED_DEEP)
    d.rect(0, 530, WIDTH, 100, RED_DEEP)
    d.rect(0, 270, WIDTH, 260, INDIGO_DEEP)
    chain = _mirrored(["g......w", "gg....ww", ".gg..ww.", "..gww..p", "..ww..pp"])
    for y in (175, 535):
        _stitch(d, chain, y, cell)
    diamond = _mirrored([
        "o...........r", "oo.........rr", "ooo.......rrg", ".ooo.....rrgg", "..oo....rrggw", "b..o...rrggww",
        "bb....rrggwwp", "bbb..rrggwwpp", ".bb.rrggwwppl",
        "..brrggwwppll", "...rggwwpplle", "..rggwwpplleg", ".rggwwpplleeg",
    ])  # fmt: skip
    _stitch(d, [row[:24] for row in diamond], 275, cell)
    for y in (146, 270, 530, 654):
        beads = "".join(f"M{x} {y}h0" for x in range(10, WIDTH, 20))
        d.path(beads, stroke=CREAM if y in (270, 530) else GOLD, stroke_width=7, stroke_linecap="round")
    zigzag = "".join(("l10-14" if i % 2 else "l10 14") for i in range(120))
    for y in (38, 748):
        d.path(f"M0 {y}{zigzag}", "none", stroke=GOLD, stroke_width=4)
    for y in (113, 673):
        d.path(f"M0 {y}{zigzag}", "none", stroke=CREAM, stroke_width=4)
    _weave(d, 5)
    return d.svg()


def _weave(d: Drawing, cell: float) -> None:
    """Lay a woven texture over everything: weft shadows and fine warp lines."""
    thread = element("path", d=f"M0 {cell - 0.6}h{cell * 2}", stroke="#000000", stroke_width=1.2, opacity=0.35)
    light = element("path", d=f"M0 1h{cell}", stroke="#ffffff", stroke_width=1, opacity=0.16)
    d.sheet(d.pattern(cell * 2, cell, thread, light))


def brocade_dao() -> bytes:
    """Dao embroidery: trees, stars and crosses counted onto black cloth, red hems with pompoms."""
    d = Drawing()
    d.sheet(d.linear((0, "#1b1620"), (1, "#120f17")))
    cell = 8
    tree = _mirrored([
        "......g.", ".....gg.", "....ggw.", "...gg.w.", "..gg.rw.", ".gg.rrw.", "gg.rr.w.", "..rr..w.", ".rr.ggw.",
        "rr.gg.w.", "..gg.lw.", ".gg.llw.", "....l.w.",
    ])[:13]  # fmt: skip
    tree = [row[:7] + row[6:0:-1] + ".." for row in tree]
    star = [
        row + ".." for row in _mirrored(["ww.....", "www...g", ".www.gg", "..wwrgg", "...rrrg", ".ggrrrw", ".gggrww"])
    ]
    cross = [
        row + ".." for row in _mirrored(["r.....l", "rr...ll", ".rr.ll.", "..rl..p", "..lrr.p", ".ll.rrp", "ll.pppw"])
    ]
    hem = ["rr..gg..ww..pp..", ".rr..gg..ww..pp."]
    wave = ["w.....", ".w...w", "..w.w.", "g..w.."]
    for y, motif in ((192, tree), (330, star), (468, cross)):
        _stitch(d, motif, y, cell, 4)
    for y in (168, 308, 446, 584):
        _stitch(d, hem, y, cell)
    _stitch(d, wave, 604, cell)
    for y in (0, 640):
        d.rect(0, y, WIDTH, 160, RED)
    for y in (24, 752):
        _stitch(d, ["ww..", ".kk."], y, cell)
    for y in (128, 656):
        _stitch(d, ["gg..ww..", ".gg..ww."], y, cell)
    _cloth(d, cell, BLACK, 0.8, 152, 648)
    _cloth(d, cell, RED_DEEP, 0.7, 0, 152)
    _cloth(d, cell, RED_DEEP, 0.7, 648, HEIGHT)
    for y, colour in ((8, GOLD), (156, CREAM), (644, CREAM), (792, GOLD)):
        d.rect(0, y - 4, WIDTH, 8, colour)
    _pompoms(d, 84)
    _pompoms(d, 712)
    return d.svg()


def _pompoms(d: Drawing, y: float) -> None:
    """Draw a row of woollen pompoms and the silver discs between them."""
    wool = d.radial((0, "#ff8fa8"), (0.55, PINK), (1, "#7d1c48"), cy=0.4)
    silver = d.radial((0, "#ffffff"), (0.7, "#c9d0d8"), (1, "#8f9aa6"))
    balls, discs, eyes = "", "", ""
    for i in range(9):
        x = 66.7 + i * 133.3
        balls += polyline(
            [
                (
                    x + (34 if a % 2 else 28) * math.cos(a * math.pi / 15),
                    y + (34 if a % 2 else 28) * math.sin(a * math.pi / 15),
                )
                for a in range(30)
            ]
        )
    for i in range(10):
        x = i * 133.3
        discs += polyline(
            [
                (
                    x + (17 if a % 2 else 25) * math.cos(a * math.pi / 8),
                    y + (17 if a % 2 else 25) * math.sin(a * math.pi / 8),
                )
                for a in range(16)
            ]
        )
        eyes += f"M{number(x)} {number(y)}h0"
    for ball in balls.split("z")[:-1]:
        d.path(ball + "z", wool)
    for disc in discs.split("z")[:-1]:
        d.path(disc + "z", silver)
    d.path(eyes, stroke=RED_DEEP, stroke_width=14, stroke_linecap="round")
