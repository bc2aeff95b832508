"""Close views of two plants of the province: rhododendron and Lai Châu ginseng."""

import math
import random

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.flora import dots, leaf
from portal.core.demo.pictures.shapes import (
    GREEN,
    GREEN_DEEP,
    INDIGO_DEEP,
    PINK,
    PINK_PALE,
    RED_DEEP,
    Point,
    curve,
    mix,
    polyline,
    ridge,
    smooth,
)


def rhododendron() -> bytes:
    """A flowering branch of tree rhododendron before misty ridges."""
    d = Drawing()
    d.sky("#c9d8e6", "#e9e6ea", "#f7ece6")
    d.glow(300, 180, 420, "#fff6e4", 0.9)
    for seed, base, tone in ((4, 520, "#c3cddd"), (9, 610, "#aebdd0"), (15, 700, "#93a9bd")):
        d.mountain(ridge(seed, base, 190, scale=3.5, sharp=0.8), tone, "#eef0ef", shade=0.14, seed=seed)
        d.mist(base - 20, 120, "#f3f1ee", 0.75)
    d.line([(1230, 720), (1010, 640), (820, 560), (640, 520), (430, 430)], "#5a4336", 22, stroke_linecap="round")
    d.line([(1230, 712), (1010, 632), (820, 553), (640, 513)], "#7d6150", 6)
    d.line([(900, 590), (930, 450), (905, 330)], "#5a4336", 13, stroke_linecap="round")
    d.line([(760, 545), (700, 640), (610, 690)], "#5a4336", 12, stroke_linecap="round")
    petal = d.radial((0, "#fbe0e6"), (0.35, "#ec9ab6"), (0.8, PINK), (1, "#a93162"), cy=0.95, r=0.95)
    back = d.radial((0, "#e58aa9"), (1, "#9c2b5a"), cy=0.9, r=0.95)
    for x, y, scale, turn in ((905, 300, 0.92, 12), (600, 690, 0.78, -165), (430, 410, 1.25, -18)):
        _whorl(d, x, y, scale, turn)
        _truss(d, x, y, scale, turn, petal, back)
    _bud(d, 1090, 560, 0.9, 20)
    d.line([(1080, 668), (1092, 610), (1090, 566)], "#5a4336", 8)
    return d.svg()


def _whorl(d: Drawing, x: float, y: float, scale: float, turn: float) -> None:
    """Draw the collar of long leathery leaves under a truss."""
    glossy = d.linear((0, "#5f9a63"), (0.5, GREEN), (1, GREEN_DEEP))
    with d.at(x, y, scale, turn):
        rng = random.Random(round(x))
        turns = [12, 168, 40, 140, 66, 114, -8, 188]
        d.path(
            "".join(leaf(0, 20, rng.uniform(190, 235), 58, t + rng.uniform(-6, 6), 0.2) for t in turns[4:]),
            mix(GREEN_DEEP, INDIGO_DEEP, 0.25),
        )
        for t in turns[:4]:
            length = rng.uniform(200, 240)
            d.path(leaf(0, 20, length, 62, t, 0.15), glossy)
            a = math.radians(t + 3)
            d.line([(0, 20), (length * 0.9 * math.cos(a), 20 + length * 0.9 * math.sin(a))], "#b5cf9f", 2, opacity=0.7)


def _truss(d: Drawing, x: float, y: float, scale: float, turn: float, petal: str, back: str) -> None:
    """Draw a rounded head of flowers: those behind darker, those in front open."""
    with d.at(x, y, scale, turn):
        for px, py, s, t in (
            (-114, -24, 0.74, -62),
            (114, -28, 0.74, 60),
            (-62, -118, 0.78, -28),
            (64, -120, 0.78, 26),
        ):
            _flower(d, px, py, s, t, back, stamens=(-26, 2, 28))
        for px, py, s, t in ((-72, 22, 0.86, -78), (76, 18, 0.86, 76), (0, -66, 0.95, 3), (4, 34, 0.82, 176)):
            _flower(d, px, py, s, t, petal)


def _flower(
    d: Drawing,
    x: float,
    y: float,
    scale: float,
    turn: float,
    paint: str,
    stamens: tuple[int, ...] = (-34, -17, 2, 20, 36),
) -> None:
    """Draw one open bell: five ruffled lobes, speckles, curved stamens."""
    lobe = [(0, 4), (-30, -28), (-34, -62), (-16, -74), (0, -80), (18, -73), (36, -60), (28, -26)]
    with d.at(x, y, scale, turn):
        for turns in ((2, 3), (1, 4), (0,)):
            petals = [[_turned(px, py, k * 72) for px, py in lobe] for k in turns]
            d.path("".join(smooth(petal, digits=0) for petal in petals), paint, stroke="#b0386a", stroke_width=1.2)
        d.circle(0, 0, 20, "#8f2450", opacity=0.5)
        if len(stamens) > 3:
            spots = [(dx, -28 - 8 * k) for k in range(4) for dx in (-10 + k, -1, 9 - k)]
            d.path(dots(spots), stroke="#86194a", stroke_width=4.5, stroke_linecap="round")
        tips = [(sx, round(20 - 0.4 * abs(sx))) for sx in stamens]
        threads = "".join(f"M0 0Q{sx * 0.2:.0f}-{12 + abs(sx) * 0.1:.0f} {sx} {sy}" for sx, sy in tips)
        d.path(threads, "none", stroke="#fde7ee", stroke_width=2.4, stroke_linecap="round")
        d.path(dots(tips), stroke="#6d3a1d", stroke_width=6.5, stroke_linecap="round")


def _turned(x: float, y: float, degrees: float) -> Point:
    """Rotate a point about the origin and round it, to keep paths short."""
    a = math.radians(degrees)
    return round(x * math.cos(a) - y * math.sin(a)), round(x * math.sin(a) + y * math.cos(a))


def _bud(d: Drawing, x: float, y: float, scale: float, turn: float) -> None:
    with d.at(x, y, scale, turn):
        d.path("".join(leaf(0, 10, 150, 44, t, 0.2) for t in (20, 160, 55, 125)), GREEN_DEEP)
        d.path("".join(leaf(0, 8, 88, 40, t, 0.1) for t in (-120, -60)), "#8f2450")
        d.path(leaf(0, 10, 104, 52, -90), PINK)
        d.path(leaf(-4, 6, 80, 16, -96), PINK_PALE, opacity=0.6)


def ginseng() -> bytes:
    """Lai Châu ginseng on the forest floor, the soil cut open to show its jointed rhizome."""
    d = Drawing()
    d.sheet(d.linear((0, "#cfe0c6"), (0.45, "#8fb592"), (0.72, "#4b7f5c"), (1, GREEN_DEEP)))
    d.glow(330, 130, 520, "#f8f7d8", 0.9)
    rng = random.Random(6)
    for tone, count, wide in (("#a9c8a4", 9, 26), ("#86b08b", 8, 40), ("#629473", 6, 58)):
        data = ""
        for _ in range(count):
            x, w = rng.uniform(-20, 1220), wide * rng.uniform(0.6, 1.1)
            data += polyline([(x - w * 0.7, 640), (x - w * 0.4, -10), (x + w * 0.4, -10), (x + w * 0.75, 640)])
        d.path(data, tone, opacity=0.55)
    _undergrowth(d)
    soil = curve([(-20, 596), (180, 580), (420, 600), (640, 584), (860, 600), (1060, 582), (1220, 594)], 6)
    d.shape([*soil, (1220, 800), (-20, 800)], d.linear((0, "#5d4630"), (0.25, "#4a3524"), (1, "#2d1f16")))
    d.path(smooth(soil, closed=False), "none", stroke="#6f9c5b", stroke_width=12, stroke_linecap="round")
    d.path(
        dots([(rng.uniform(0, 1200), rng.uniform(625, 790)) for _ in range(70)]),
        stroke="#7a6047",
        stroke_width=6,
        stroke_linecap="round",
        opacity=0.6,
    )
    d.path(
        dots([(rng.uniform(0, 1200), rng.uniform(625, 790)) for _ in range(45)]),
        stroke="#20150e",
        stroke_width=9,
        stroke_linecap="round",
        opacity=0.5,
    )
    _rhizome(d)
    _small_ginseng(d)
    stem = d.linear((0, "#7d9a4f"), (1, "#5f7a3c"))
    d.path("M592 596C588 480 606 420 600 330L610 330C616 420 602 480 606 596z", stem)
    for turn, length, size in (
        (-172, 165, 0.9),
        (-8, 165, 0.9),
        (-140, 120, 0.72),
        (-40, 120, 0.72),
        (152, 130, 1.02),
        (28, 130, 1.02),
    ):
        _palm_leaf(d, 605, 332, turn, length, size)
    _berries(d, 605, 332)
    return d.svg()


def _undergrowth(d: Drawing) -> None:
    """Draw ferns left and right, dim behind the plant."""
    for x, way in ((40, 1), (1165, -1), (250, 1), (985, -1)):
        dim = "#3f7656" if x in (40, 1165) else "#568a67"
        data = ""
        for turn in (-150, -118, -90, -62, -30):
            a = math.radians(turn + 8 * way)
            for k in range(1, 9):
                px, py = x + k * 26 * math.cos(a), 600 + k * 26 * math.sin(a) + k * k * 0.85
                size = 56 * math.sin(math.pi * (k + 1.5) / 10.5)
                for side in (70, -70):
                    b = math.radians(turn + side)
                    tip, across = (
                        (size * math.cos(b), size * math.sin(b)),
                        (-size * 0.15 * math.sin(b), size * 0.15 * math.cos(b)),
                    )
                    blade = [
                        (px, py),
                        (px + tip[0] * 0.4 + across[0], py + tip[1] * 0.4 + across[1]),
                        (px + tip[0], py + tip[1]),
                        (px + tip[0] * 0.4 - across[0], py + tip[1] * 0.4 - across[1]),
                    ]
                    data += polyline([(round(bx), round(by)) for bx, by in blade])
        d.path(data, dim, opacity=0.85)


def _small_ginseng(d: Drawing) -> None:
    """Draw a young plant beside the old one."""
    d.line([(870, 598), (876, 540), (868, 486)], "#6d8a45", 6)
    for turn, length in ((-165, 60), (-15, 60), (-90, 40), (150, 44), (30, 44)):
        _palm_leaf(d, 868, 488, turn, length, 0.45)


def _palm_leaf(d: Drawing, x: float, y: float, turn: float, stalk: float, size: float) -> None:
    """Draw one palmate leaf: a stalk and five toothed leaflets."""
    a = math.radians(turn)
    cx, cy = x + stalk * math.cos(a), y + stalk * math.sin(a) * 0.8 - stalk * 0.08
    d.line(
        [(x, y), ((x + cx) / 2, (y + cy) / 2 - stalk * 0.09), (cx, cy)],
        "#6d8a45",
        5 * size + 1.5,
        stroke_linecap="round",
    )
    green = d.linear((0, "#8fc06a"), (0.55, "#4f934f"), (1, "#2f6b41"), x1=0, y1=0, x2=0.3, y2=1)
    blades, veins = "", ""
    for spread, part in ((-88, 0.62), (88, 0.62), (-44, 0.88), (44, 0.88), (0, 1.0)):
        length = 150 * size * part
        t = turn + spread * 0.92
        blades += _toothed(cx, cy, length, length * 0.36, t)
        b = math.radians(t)
        veins += polyline([(cx, cy), (cx + length * 0.9 * math.cos(b), cy + length * 0.9 * math.sin(b))], closed=False)
    d.path(blades, green, stroke="#2a5c3a", stroke_width=1, stroke_linejoin="round")
    d.path(veins, "none", stroke="#cfe3a8", stroke_width=1.6, opacity=0.75)


def _toothed(x: float, y: float, length: float, width: float, turn: float) -> str:
    """Return path data of a leaflet with a fine saw edge."""
    a = math.radians(turn)
    half: list[Point] = []
    teeth = 15 if length > 80 else 9
    for k in range(1, teeth):
        t = k / teeth
        wide = width * 0.5 * math.sin(math.pi * t**0.85) ** 0.8 * (1.0 if k % 2 else 0.87)
        half.append((t * length, wide))
    outline = [(0.0, 0.0), *half, (length, 0.0), *[(px, -py) for px, py in reversed(half)]]
    return polyline(
        [(x + px * math.cos(a) - py * math.sin(a), y + px * math.sin(a) + py * math.cos(a)) for px, py in outline]
    )


def _berries(d: Drawing, x: float, y: float) -> None:
    """Draw the umbel: red berries, each with the dark tip of this species."""
    d.line([(x, y), (x + 4, y - 70), (x, y - 130)], "#7d9a4f", 6)
    red = d.radial((0, "#ff8a70"), (0.4, "#d8352f"), (1, RED_DEEP), cx=0.38, cy=0.35, r=0.7)
    rng = random.Random(3)
    places = []
    for ring, count in ((66, 13), (44, 9), (20, 5)):
        places += [
            (
                x + ring * math.cos(i * 2 * math.pi / count + ring),
                y - 172 + ring * 0.82 * math.sin(i * 2 * math.pi / count + ring) + rng.uniform(-4, 4),
            )
            for i in range(count)
        ]
    d.path(
        "".join(polyline([(x, y - 130), place], closed=False) for place in places),
        "none",
        stroke="#8aa65a",
        stroke_width=2,
    )
    for px, py in places:
        d.circle(px, py, 13.5, red)
    d.path(dots([(px + 2, py - 4) for px, py in places]), stroke="#2a1014", stroke_width=6, stroke_linecap="round")
    d.path(
        dots([(px - 5, py - 5) for px, py in places]),
        stroke="#ffd9cc",
        stroke_width=3,
        stroke_linecap="round",
        opacity=0.8,
    )


def _rhizome(d: Drawing) -> None:
    """Draw the rhizome with its yearly joints, and the fine roots."""
    fibres = "".join(
        f"M{x} {y}q{dx} {dy} {dx * 1.6:.0f} {dy * 2.1:.0f}"
        for x, y, dx, dy in (
            (600, 640, -40, 40),
            (640, 680, 30, 50),
            (680, 690, 50, 40),
            (720, 700, 60, 20),
            (560, 650, -60, 30),
            (700, 690, -20, 50),
            (500, 668, -50, 40),
            (470, 672, -70, 10),
            (520, 670, -10, 55),
        )
    )
    d.path(fibres, "none", stroke="#c9a873", stroke_width=4, stroke_linecap="round")
    root = d.linear((0, "#ead0a0"), (0.55, "#c99f62"), (1, "#8f6a3c"))
    joints = [
        (600, 622, 22),
        (582, 646, 25),
        (556, 660, 24),
        (526, 668, 27),
        (494, 672, 24),
        (466, 682, 21),
        (622, 652, 23),
        (650, 668, 26),
        (682, 676, 23),
        (710, 690, 19),
    ]
    for x, y, r in joints:
        d.ellipse(x, y, r * 1.12, r * 0.88, root)
    d.path(
        "".join(
            f"M{x - r * 0.6:.0f} {y - r * 0.5:.0f}q{r * 0.6:.0f} {r * 0.3:.0f} {r * 1.2:.0f} 0" for x, y, r in joints
        ),
        "none",
        stroke="#7d5a32",
        stroke_width=2,
        opacity=0.7,
    )
