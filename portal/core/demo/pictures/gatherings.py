"""People coming together: market day and the xòe circle dance."""

import math
import random

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.figures import dao_woman, man, mong_woman, thai_woman
from portal.core.demo.pictures.flora import dots, fringe
from portal.core.demo.pictures.shapes import (
    GOLD,
    GOLD_PALE,
    GREEN,
    INDIGO,
    PAPER,
    PINK,
    RED,
    WOOD_DEEP,
    Colour,
    ground,
    ridge,
)


def market() -> bytes:
    """An upland market: awnings, baskets of produce, people in the dress of several peoples."""
    d = Drawing()
    d.sky("#a8cbe2", "#e6eee6", "#fbefd2", bottom=470)
    d.glow(930, 170, 360, "#fff6d4", 0.9)
    d.cloud(260, 110, 240, opacity=0.6)
    for seed, base, tone, low in (
        (33, 380, "#a9bfd0", "#e3e8e0"),
        (36, 430, "#7fa3a8", "#cfdcc8"),
        (38, 480, "#5e9078", "#a9c99a"),
    ):
        line = ridge(seed, base, 290, scale=4, sharp=0.85)
        d.mountain(line, tone, low, foot=520, shade=0.16, seed=seed)
    d.rect(0, 480, 1200, 320, d.linear((0, "#dcc79a"), (0.35, "#c9ab78"), (1, "#9a7850")))
    rng = random.Random(2)
    d.path(
        "".join(
            f"M{rng.uniform(0, 1180):.0f} {rng.uniform(560, 795):.0f}h{rng.uniform(12, 50):.0f}" for _ in range(46)
        ),
        stroke="#7d5f3e",
        stroke_width=3,
        stroke_linecap="round",
        opacity=0.3,
    )
    for x, wide, first, second in (
        (70, 230, RED, PAPER),
        (345, 210, INDIGO, PAPER),
        (600, 220, GREEN, GOLD_PALE),
        (865, 260, PINK, PAPER),
    ):
        _stall(d, x, 520, wide, 210, first, second)
    thai_woman(d, 180, 520, 118, "#e8a9bd")
    man(d, 455, 520, 122, "#39507f")
    mong_woman(d, 700, 520, 116, "#2d4a6b")
    dao_woman(d, 1000, 520, 118)
    for i, (x, wide) in enumerate(((70, 230), (345, 210), (600, 220), (865, 260))):
        _counter(d, x, 520, wide, i)
    for x, y, size, kind in (
        (110, 700, 1.0, 0),
        (206, 712, 0.9, 1),
        (560, 742, 1.15, 2),
        (1080, 728, 1.2, 0),
        (986, 742, 0.95, 3),
    ):
        _basket(d, x, y, size, kind)
    mong_woman(d, 330, 740, 232, "#24306b", arms=[(-20, -50), (24, -60)])
    with d.at(330, 740, 2.32):
        d.path("M18-58Q28-74 38-58L35-44H21z", "#b48a4e")
        d.path("M20-52h17M19-57h18", stroke="#7d5a30", stroke_width=1.2)
        d.path("M22-60q3-8 7-1q4-9 6 1z", "#6fa35a")
    thai_woman(d, 450, 748, 226, PAPER, arms=[(-21, -58), (16, -52)])
    dao_woman(d, 770, 752, 236, arms=[(-17, -52), (20, -56)])
    man(d, 880, 744, 228, "#56402f", arms=[(-19, -58), (17, -50)])
    return d.svg()


def _stall(d: Drawing, x: float, y: float, wide: float, tall: float, first: Colour, second: Colour) -> None:
    """Draw posts and a striped awning with a scalloped edge."""
    d.rect(x + 8, y - tall, wide - 16, tall, "#4a3526", opacity=0.35)
    d.path(f"M{x + 6} {y}V{y - tall}M{x + wide - 6} {y}V{y - tall}", stroke=WOOD_DEEP, stroke_width=8)
    n = 8
    w = wide / n
    for k in range(n):
        colour = first if k % 2 == 0 else second
        left, right = x - 14 + k * (wide + 28) / n, x - 14 + (k + 1) * (wide + 28) / n
        top_left, top_right = x + 12 + k * (wide - 24) / n, x + 12 + (k + 1) * (wide - 24) / n
        edge = y - tall + 40
        d.path(
            f"M{top_left:.1f} {y - tall - 28}L{left:.1f} {edge}"
            f"Q{(left + right) / 2:.1f} {edge + w * 0.75:.1f} {right:.1f} {edge}"
            f"L{top_right:.1f} {y - tall - 28}z",
            colour,
        )
    d.path(f"M{x - 14} {y - tall + 40}H{x + wide + 14}", stroke="#000000", stroke_width=3, opacity=0.12)


def _counter(d: Drawing, x: float, y: float, wide: float, kind: int) -> None:
    """Draw a table with goods: fruit, cloth, vegetables or honey and tea."""
    d.rect(x - 6, y - 32, wide + 12, 12, "#a8743f")
    d.rect(x, y - 20, wide, 74, d.linear((0, "#8a5a34"), (1, "#5a3a22")))
    d.path(
        "".join(f"M{x + wide * k / 6:.0f} {y - 18}v70" for k in range(1, 6)),
        stroke=WOOD_DEEP,
        stroke_width=2,
        opacity=0.5,
    )
    rng = random.Random(kind)
    if kind == 1:
        for k in range(6):
            tone = (RED, GOLD, INDIGO, PINK, GREEN, PAPER)[k]
            left = x + 8 + k * (wide - 16) / 6
            d.rect(left, y - 62 + 8 * (k % 2), (wide - 30) / 6, 30 - 8 * (k % 2), tone)
            d.path(f"M{left:.0f} {y - 46}l6-5 6 5 6-5 6 5 6-5", "none", stroke=GOLD_PALE, stroke_width=2)
        return
    if kind == 3:
        for k in range(8):
            left = x + 14 + k * (wide - 20) / 8
            d.path(f"M{left:.0f} {y - 32}v-30h5v-9h10v9h5v30z", ("#d9912a", "#8a4a1c", "#5f8a4a")[k % 3])
            d.rect(left, y - 52, 20, 12, PAPER)
        return
    tones = (("#e0702e", "#d9483a", "#e8b23a"), ("",), ("#5f9a4a", "#8fbf5a", "#3f7d4e"))[kind]
    for tone in tones:
        heap = [(x + 14 + (wide - 28) * rng.random(), y - 40 - 18 * rng.random()) for _ in range(14)]
        d.path(dots(heap), stroke=tone, stroke_width=20, stroke_linecap="round")


def _basket(d: Drawing, x: float, y: float, size: float, kind: int) -> None:
    """Draw a woven basket heaped with produce."""
    rng = random.Random(kind + 40)
    with d.at(x, y, size):
        d.ellipse(0, 2, 56, 10, "#4a3320", opacity=0.35)
        for tone in (("#e8b23a", "#e0702e"), ("#6fa35a", "#4f8a4a"), ("#c9303a", "#e2574c"), ("#7a4a8a", "#a06ab0"))[
            kind
        ]:
            d.path(
                dots([(rng.uniform(-36, 36), -58 - rng.uniform(0, 20)) for _ in range(8)]),
                stroke=tone,
                stroke_width=20,
                stroke_linecap="round",
            )
        d.path("M-50-56H50L38 0H-38z", d.linear((0, "#c79a5a"), (1, "#8f6735")))
        d.path("M-47-42H47M-44-28H44M-41-14H41", stroke="#6b4a24", stroke_width=3, stroke_dasharray="9 5", opacity=0.7)
        d.path("M-52-57H52", stroke="#a9793f", stroke_width=9, stroke_linecap="round")


def xoe_dance() -> bytes:
    """The xòe circle dance of the Thái around a fire, in the evening."""
    d = Drawing()
    d.sky("#121a42", "#2c3470", "#6a4a7c", "#c8706a", bottom=520)
    rng = random.Random(12)
    d.path(
        dots([(rng.uniform(0, 1200), rng.uniform(10, 250)) for _ in range(60)]),
        stroke="#fff6dc",
        stroke_width=2.6,
        stroke_linecap="round",
        opacity=0.8,
    )
    d.circle(985, 120, 44, "#fdf0cf")
    d.glow(985, 120, 170, "#fdf0cf", 0.4)
    d.mountain(ridge(51, 470, 230, scale=3.4, sharp=0.85), "#3a3a72", "#8a5a78", foot=520)
    d.mountain(ridge(56, 500, 130, scale=4, sharp=0.7), "#232a5a", "#4a3a62", foot=540)
    d.shape(ground(fringe(ridge(58, 505, 50, scale=3, sharp=0.1), 16, 4, 0.3), 560), "#171d45")
    d.rect(0, 500, 1200, 300, d.linear((0, "#3a2a4a"), (0.5, "#5a3a3a"), (1, "#1d1630")))
    for x, size in ((150, 1.0), (1010, 0.85)):
        _night_house(d, x, 520, size)
    d.ellipse(600, 610, 560, 190, d.radial((0, "#ffcf7a", 0.95), (0.4, "#e8843a", 0.5), (1, "#e8843a", 0)))
    ring = 20
    places = []
    for i in range(ring):
        a = 2 * math.pi * (i + 0.5) / ring - math.pi / 2
        depth = (1 + math.sin(a)) / 2
        places.append((600 + 450 * math.cos(a), 560 + 95 * depth * 2, 96 + 92 * depth))
    blouses = (PAPER, "#f0a9bf", "#a9d3c4", GOLD_PALE, "#d9c6ea")
    order = sorted(range(ring), key=lambda i: places[i][1])
    drawn_fire = False
    for i in order:
        x, y, tall = places[i]
        if y > 650 and not drawn_fire:
            _fire(d, 600, 660)
            drawn_fire = True
        hands = []
        for j in ((i - 1) % ring, (i + 1) % ring):
            nx, ny, near = places[j]
            hands.append((((x + nx) / 2 - x) / tall * 100, ((y - tall * 0.66 + ny - near * 0.66) / 2 - y) / tall * 100))
        hands.sort(key=lambda hand: hand[0])
        thai_woman(d, x, y, tall, blouses[i % 5], arms=hands) if i % 4 != 3 else man(
            d, x, y, tall * 1.03, "#2f4a86", arms=hands
        )
    return d.svg()


def _fire(d: Drawing, x: float, y: float) -> None:
    """Draw a bonfire and its sparks."""
    d.glow(x, y - 60, 230, "#ffd98a", 0.9)
    d.path(
        f"M{x - 62} {y + 8}L{x + 50} {y - 16}M{x + 62} {y + 8}L{x - 50} {y - 16}M{x - 20} {y + 12}L{x + 14} {y - 26}",
        stroke="#3b2218",
        stroke_width=14,
        stroke_linecap="round",
    )
    for scale, tone in ((1.0, "#d9431e"), (0.76, "#f08a24"), (0.5, "#ffd75e"), (0.26, "#fff7cf")):
        with d.at(x, y, scale):
            d.path(
                "M-52 0Q-66-52-30-88Q-34-60-18-58Q-26-112 12-150Q8-104 34-84Q36-100 30-114Q66-66 52 0Q0 22-52 0z", tone
            )
    rng = random.Random(9)
    d.path(
        dots([(x + rng.uniform(-90, 90), y - rng.uniform(120, 300)) for _ in range(26)]),
        stroke="#ffcf6a",
        stroke_width=4,
        stroke_linecap="round",
        opacity=0.85,
    )


def _night_house(d: Drawing, x: float, y: float, size: float) -> None:
    """Draw a stilt house with lit windows."""
    with d.at(x, y, size):
        d.path("M-92 0V-60M-46 0V-60M0 0V-60M46 0V-60M92 0V-60", stroke="#120f24", stroke_width=8)
        d.rect(-110, -118, 220, 62, "#1d1630")
        d.path("M-74-104h30v30h-30zM-14-104h30v30h-30zM46-104h30v30h-30z", "#ffc866")
        d.path("M-150-106Q-112-190-70-204H70Q112-190 150-106z", "#14122e")
        d.path(
            "M-70-204l-14-20M-70-204l-2-24M70-204l14-20M70-204l2-24",
            stroke="#14122e",
            stroke_width=6,
            stroke_linecap="round",
        )
