"""Stone and sea: a limestone cave, islands in the sea."""

import math
import random

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.flora import dots, fringe, grass, palm, ripples
from portal.core.demo.pictures.shapes import (
    GOLD,
    GREEN,
    INDIGO,
    INDIGO_DEEP,
    RED,
    Point,
    curve,
    ground,
    skyline,
    smooth,
)


def cave() -> bytes:
    """A limestone cave: stalactites, a still pool and daylight at its mouth."""
    d = Drawing()
    d.sheet(
        d.radial(
            (0, "#f7e3ae"),
            (0.16, "#d99a55"),
            (0.42, "#7d4a4a"),
            (0.75, "#33305c"),
            (1, "#151a3a"),
            cx=0.6,
            cy=0.42,
            r=0.75,
        )
    )
    mouth = curve(
        [
            (590, 540),
            (578, 440),
            (606, 392),
            (596, 318),
            (640, 262),
            (668, 214),
            (735, 196),
            (790, 226),
            (846, 238),
            (872, 318),
            (862, 384),
            (896, 440),
            (884, 540),
        ],
        4,
    )
    d.shape(mouth, d.linear((0, "#d6ebf0"), (0.55, "#fdf6d8"), (0.75, "#dfe8c4"), (1, "#a8bf86")))
    for line, tone in (
        ([(600, 415), (640, 385), (690, 395), (750, 340), (810, 380), (866, 362), (886, 430), (582, 430)], "#b5c9bd"),
        ([(588, 430), (660, 422), (720, 436), (790, 418), (884, 424), (893, 490), (580, 490)], "#8fb08c"),
    ):
        d.shape(line, tone)
    d.glow(735, 330, 460, "#ffe9b8", 0.75)
    beam = d.linear((0, "#fff2c8", 0.5), (1, "#fff2c8", 0))
    for points in ([(640, 300), (700, 250), (420, 690), (240, 690)], [(720, 240), (790, 260), (760, 700), (580, 700)]):
        d.shape(points, beam)
    for seed, base, size, tone, light in (
        (1, 150, 130, "#80535a", "#c48a6a"),
        (2, 105, 180, "#54415f", "#96687a"),
        (3, 50, 260, "#2a2a55", "#5b5384"),
    ):
        _stalactites(d, seed, base, size, tone, light)
    d.path(
        smooth([(300, 640), (430, 560), (560, 512), (660, 524), (760, 506), (880, 516), (980, 560), (1080, 640)]),
        d.linear((0, "#a8754f"), (1, "#5e4152")),
    )
    pool = d.linear((0, "#f3d79a"), (0.25, "#8fb0a8"), (0.6, "#2f6f86"), (1, "#14305a"))
    d.path(
        smooth(
            [
                (150, 640),
                (420, 592),
                (760, 588),
                (1010, 622),
                (1090, 690),
                (980, 780),
                (600, 812),
                (220, 780),
                (90, 700),
            ]
        ),
        pool,
    )
    rng = random.Random(5)
    d.path(
        ripples(rng, (300, 612, 940, 780), 38, 80),
        stroke="#fbe9bd",
        stroke_width=2,
        stroke_linecap="round",
        opacity=0.55,
    )
    d.ellipse(735, 640, 120, 26, "#fff3cd", opacity=0.5)
    for seed, base, size, tone, light in (
        (4, 600, 110, "#6e4a58", "#b98268"),
        (5, 690, 170, "#463a5e", "#85607a"),
        (6, 815, 250, "#1d2149", "#4a487a"),
    ):
        _stalagmites(d, seed, base, size, tone, light)
    with d.at(668, 566, 0.9):
        d.path("M-10 0L-8-40Q0-52 8-40L10 0zM24 0L25-32Q31-42 38-32L39 0z", INDIGO_DEEP)
        d.path(dots([(0, -55), (31, -46)]), stroke=INDIGO_DEEP, stroke_width=16, stroke_linecap="round")
    return d.svg()


def _spikes(rng: random.Random, size: float, gaps: tuple[float, float]) -> list[tuple[float, float, float]]:
    """Return stones along the sheet: middle, width and length; long ones left and right of the light."""
    stones = []
    x = -30.0
    while x < 1240:
        wide = rng.uniform(22, 60) * size / 160
        aside = min(1.0, 0.25 + abs(x - 700) / 480)
        stones.append((x, wide, size * aside * rng.uniform(0.35, 1.25)))
        x += wide * rng.uniform(*gaps)
    return stones


def _to(command: str, *values: float) -> str:
    """Return one path command with whole coordinates."""
    return command + " ".join(f"{value:.0f}" for value in values)


def _stalactites(d: Drawing, seed: int, base: float, size: float, tone: str, light: str) -> None:
    rng = random.Random(seed)
    shapes, shine = "", ""
    ceiling: list[Point] = []
    for x, wide, length in _spikes(rng, size, (0.9, 1.7)):
        root = base + 45 * math.sin(x / 170 + seed) - (0 if abs(x - 720) > 260 else 25)
        ceiling.append((x, root))
        half = wide * 0.5
        waist, tip = root + length * 0.4, root + length
        shapes += _to("M", x - half, root - 30) + _to("Q", x - half * 0.25, waist, x, tip)
        shapes += _to("Q", x + half * 0.25, waist, x + half, root - 30) + "z"
        side = 0.2 if x < 720 else -0.3
        lean = half * 0.2 * (1 if x < 720 else -1)
        shine += _to("M", x + half * side, root - 10) + _to("Q", x + lean, waist, x, root + length * 0.9)
    d.path(smooth([(-40, -40), *ceiling[::4], (1250, base), (1250, -40)]), tone)
    d.path(shapes, tone)
    d.path(shine, "none", stroke=light, stroke_width=2.5, stroke_linecap="round", opacity=0.7)


def _stalagmites(d: Drawing, seed: int, base: float, size: float, tone: str, light: str) -> None:
    rng = random.Random(seed)
    stones, shine = "", ""
    for x, wide, length in _spikes(rng, size, (1.0, 2.6)):
        if 330 < x < 880 and base < 800:
            continue
        half, top = wide * 0.75, base - length * 0.8
        waist = base - length * 0.3
        stones += _to("M", x - half, base + 20) + _to("Q", x - half * 0.5, waist, x - 4, top) + "q4-6 8 0"
        stones += _to("Q", x + half * 0.5, waist, x + half, base + 20) + "z"
        side = 1 if x < 720 else -1
        shine += _to("M", x + side * half * 0.55, base) + _to("Q", x + side * half * 0.36, waist, x + side * 3, top + 8)
    d.path(stones, tone)
    if base < 800:
        left = _to("M", -20, base - 25) + _to("Q", 180, base - 30, 330, base + 22) + _to("L", -20, base + 60)
        right = _to("M", 860, base + 24) + _to("Q", 1020, base - 34, 1220, base - 30) + _to("V", base + 70)
        d.path(f"{left}z{right}z", tone)
    else:
        d.path(f"M-20 {base - 40:.0f}Q300 {base - 70:.0f} 600 {base - 20:.0f}T1220 {base - 50:.0f}V820H-20z", tone)
    d.path(shine, "none", stroke=light, stroke_width=3, stroke_linecap="round", opacity=0.6)


def sea_islands() -> bytes:
    """Green islands in a calm sea, a wooden fishing boat going out at sunrise."""
    d = Drawing()
    d.sky("#6f9fce", "#a9cbe0", "#f8e3c0", "#ffeec9", bottom=430)
    d.glow(860, 400, 480, "#fff0c4", 0.95)
    d.circle(860, 388, 40, "#fffbea")
    d.cloud(300, 130, 320, opacity=0.6)
    d.cloud(1010, 190, 220, opacity=0.5)
    d.cloud(640, 250, 180, "#fff3dc", 0.6)
    for seed, anchors, tone in (
        (1, [(60, 430), (150, 404), (230, 392), (330, 410), (420, 430)], "#9fb6c4"),
        (2, [(930, 430), (1010, 408), (1090, 384), (1180, 400), (1230, 418)], "#a9bac4"),
    ):
        d.shape(ground(skyline(anchors, seed, 5), 432), tone)
    d.rect(0, 430, 1200, 370, d.linear((0, "#f6e2bd"), (0.1, "#b4d3d4"), (0.4, "#4f9fb6"), (1, "#15557f")))
    rng = random.Random(3)
    path = "".join(
        f"M{840 + rng.uniform(-1, 1) * (20 + (y - 430) * 0.42):.0f} {y}h{rng.uniform(20, 40 + (y - 430) * 0.2):.0f}"
        for y in range(436, 700, 7)
        for _ in range(2)
    )
    d.path(path, stroke="#fff3cf", stroke_width=3, stroke_linecap="round", opacity=0.75)
    d.path(
        ripples(rng, (0, 450, 1150, 795), 70, 90),
        stroke="#e6f6f6",
        stroke_width=2,
        stroke_linecap="round",
        opacity=0.35,
    )
    _island(d)
    _fishing_boat(d, 760, 640, 1.15)
    d.path(
        "M480 210q14-16 28 0q14-16 28 0M560 260q10-12 20 0q10-12 20 0M420 280q9-10 18 0q9-10 18 0",
        "none",
        stroke="#4a5d78",
        stroke_width=3.5,
        stroke_linecap="round",
        stroke_linejoin="round",
    )
    for y, h, tone in ((752, 5, "#1a6289"), (780, 7, "#124b73")):
        wave = "".join(f"q30-{h * 2} 60 0t60 0" for _ in range(11))
        d.path(f"M-20 {y}{wave}V820H-20z", tone, opacity=0.4)
    return d.svg()


def _island(d: Drawing) -> None:
    """Draw the near island: beach, rocks, palms, a small lighthouse."""
    d.path(
        smooth([(-40, 560), (120, 548), (330, 560), (470, 588), (330, 612), (100, 622), (-40, 618)]),
        "#bfe3dc",
        opacity=0.7,
    )
    d.path(smooth([(-40, 556), (120, 548), (300, 558), (418, 582), (280, 596), (60, 602), (-40, 600)]), "#f0dcae")
    hill = skyline([(-20, 430), (70, 412), (160, 432), (250, 490), (330, 555)], 7, 12)
    d.shape(ground(fringe(hill, 13, 3, 0.1), 566), d.linear((0, "#4f8f5c"), (1, "#2b6347")))
    with d.at(112, 424):
        d.path("M-13 0L-9-104H9L13 0z", "#f7f2e6")
        d.path("M-12-26L-11-50H11L12-26zM-10-74L-9.5-92H9.5L10-74z", RED)
        d.path("M-13-104H13V-110H-13zM-7-110V-126H7V-110zM-10-126L0-138L10-126z", INDIGO)
        d.circle(0, -118, 5, "#ffe9a8")
    for x, y, size, lean in ((238, 560, 150, 0.22), (286, 566, 120, 0.34), (190, 560, 130, -0.16)):
        palm(d, x, y, size, lean, "#2f6f49", "#7a5a3c")
    d.path(grass([(x, 566) for x in range(20, 330, 34)], 18, 3), GREEN)
    d.path("M366 584q10-26 36-22q26 4 30 24zM330 588q8-16 24-14q14 2 18 15z", "#6a7276")
    d.path("M378 570q10-12 26-6", "none", stroke="#a4acae", stroke_width=4, stroke_linecap="round")


def _fishing_boat(d: Drawing, x: float, y: float, scale: float) -> None:
    """Draw a wooden fishing boat: blue hull with a red waterline, wheelhouse, mast and nets."""
    with d.at(x, y, scale):
        d.path("M-150 34q30 12 60 2t70 2t80-2t60-4q-20 34-130 34t-140-32z", "#0d4468", opacity=0.45)
        d.path("M-170-44Q-120-16-20-14H90Q140-20 176-58Q168 0 132 36H-112Q-152 8-170-44z", "#2c6ea6")
        d.path("M-140 8Q-128 26-112 36H132Q146 24 155 6Q60 22-140 8z", RED)
        d.path("M-170-44Q-120-16-20-14H90Q140-20 176-58", "none", stroke="#f4ecd8", stroke_width=6)
        d.path("M-150-14Q-100 6 0 6H100Q140 2 160-12", "none", stroke=GOLD, stroke_width=4)
        d.rect(-70, -74, 92, 62, "#f0e6cf")
        d.rect(-78, -84, 110, 12, "#2f7d6c")
        d.path("M-60-64h20v22h-20zM-32-64h20v22h-20zM-4-64h18v22h-18z", "#39566e")
        d.path("M50-14V-170M50-160L128-30M50-160L-74-86M50-120L110-112", "none", stroke="#5a3d28", stroke_width=4)
        d.path("M56-150L122-34Q92-44 62-28z", "#c9b38a", opacity=0.55)
        d.path("M110-20q6-18 24-22v22z", "#7a5a3c")
        for px, tone in ((74, INDIGO), (-110, "#7a2f3a")):
            d.path(f"M{px - 9}-16L{px - 7}-48Q{px}-58 {px + 7}-48L{px + 9}-16z", tone)
            d.path(f"M{px - 17}-56L{px}-74L{px + 17}-56z", "#f0dfae")
        d.path(
            "M-190 30q-30 6-70 2M-180 44q-50 10-110 2",
            "none",
            stroke="#f3fbfb",
            stroke_width=3,
            stroke_linecap="round",
            opacity=0.7,
        )
