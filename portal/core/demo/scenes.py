"""Scenes with people and things: market day, the xòe dance, a meeting, a stack of documents."""

import math
import random

from .drawing import Drawing
from .figures import dao_woman, man, mong_woman, seated, thai_woman
from .flora import dots, fringe, leaf
from .shapes import GOLD, GOLD_PALE, GREEN, GREEN_DEEP, INDIGO, INDIGO_DEEP, PAPER, PINK, RED, RED_DEEP, WOOD, WOOD_DEEP, Colour, ground, mix, ridge


def market() -> bytes:
    """An upland market: awnings, baskets of produce, people in the dress of several peoples."""
    d = Drawing()
    d.sky("#a8cbe2", "#e6eee6", "#fbefd2", bottom=470)
    d.glow(930, 170, 360, "#fff6d4", 0.9)
    d.cloud(260, 110, 240, opacity=0.6)
    for seed, base, tone, low in ((33, 380, "#a9bfd0", "#e3e8e0"), (36, 430, "#7fa3a8", "#cfdcc8"), (38, 480, "#5e9078", "#a9c99a")):
        line = ridge(seed, base, 170, scale=3.5, sharp=0.7)
        d.mountain(line, tone, low, foot=520, shade=0.16, seed=seed)
    d.rect(0, 480, 1200, 320, d.linear((0, "#dcc79a"), (0.35, "#c9ab78"), (1, "#9a7850")))
    rng = random.Random(2)
    d.path("".join(f"M{rng.uniform(0, 1180):.0f} {rng.uniform(560, 795):.0f}h{rng.uniform(12, 50):.0f}" for _ in range(46)), stroke="#7d5f3e", stroke_width=3, stroke_linecap="round", opacity=0.3)
    for x, wide, first, second in ((70, 230, RED, PAPER), (345, 210, INDIGO, PAPER), (600, 220, GREEN, GOLD_PALE), (865, 260, PINK, PAPER)):
        _stall(d, x, 520, wide, 210, first, second)
    thai_woman(d, 180, 520, 118, "#e8a9bd")
    man(d, 455, 520, 122, "#39507f")
    mong_woman(d, 700, 520, 116, "#2d4a6b")
    dao_woman(d, 1000, 520, 118)
    for i, (x, wide) in enumerate(((70, 230), (345, 210), (600, 220), (865, 260))):
        _counter(d, x, 520, wide, i)
    for x, y, size, kind in ((110, 700, 1.0, 0), (206, 712, 0.9, 1), (560, 742, 1.15, 2), (1080, 728, 1.2, 0), (986, 742, 0.95, 3)):
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
        d.path(f"M{top_left:.1f} {y - tall - 28}L{left:.1f} {edge}Q{(left + right) / 2:.1f} {edge + w * 0.75:.1f} {right:.1f} {edge}L{top_right:.1f} {y - tall - 28}z", colour)
    d.path(f"M{x - 14} {y - tall + 40}H{x + wide + 14}", stroke="#000000", stroke_width=3, opacity=0.12)


def _counter(d: Drawing, x: float, y: float, wide: float, kind: int) -> None:
    """Draw a table with goods: fruit, cloth, vegetables or honey and tea."""
    d.rect(x - 6, y - 32, wide + 12, 12, "#a8743f")
    d.rect(x, y - 20, wide, 74, d.linear((0, "#8a5a34"), (1, "#5a3a22")))
    d.path("".join(f"M{x + wide * k / 6:.0f} {y - 18}v70" for k in range(1, 6)), stroke=WOOD_DEEP, stroke_width=2, opacity=0.5)
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
        for tone in (("#e8b23a", "#e0702e"), ("#6fa35a", "#4f8a4a"), ("#c9303a", "#e2574c"), ("#7a4a8a", "#a06ab0"))[kind]:
            d.path(dots([(rng.uniform(-36, 36), -58 - rng.uniform(0, 20)) for _ in range(8)]), stroke=tone, stroke_width=20, stroke_linecap="round")
        d.path("M-50-56H50L38 0H-38z", d.linear((0, "#c79a5a"), (1, "#8f6735")))
        d.path("M-47-42H47M-44-28H44M-41-14H41", stroke="#6b4a24", stroke_width=3, stroke_dasharray="9 5", opacity=0.7)
        d.path("M-52-57H52", stroke="#a9793f", stroke_width=9, stroke_linecap="round")


def xoe_dance() -> bytes:
    """The xòe circle dance of the Thái around a fire, in the evening."""
    d = Drawing()
    d.sky("#121a42", "#2c3470", "#6a4a7c", "#c8706a", bottom=520)
    rng = random.Random(12)
    d.path(dots([(rng.uniform(0, 1200), rng.uniform(10, 250)) for _ in range(60)]), stroke="#fff6dc", stroke_width=2.6, stroke_linecap="round", opacity=0.8)
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
        thai_woman(d, x, y, tall, blouses[i % 5], arms=hands) if i % 4 != 3 else man(d, x, y, tall * 1.03, "#2f4a86", arms=hands)
    return d.svg()


def _fire(d: Drawing, x: float, y: float) -> None:
    """Draw a bonfire and its sparks."""
    d.glow(x, y - 60, 230, "#ffd98a", 0.9)
    d.path(f"M{x - 62} {y + 8}L{x + 50} {y - 16}M{x + 62} {y + 8}L{x - 50} {y - 16}M{x - 20} {y + 12}L{x + 14} {y - 26}", stroke="#3b2218", stroke_width=14, stroke_linecap="round")
    for scale, tone in ((1.0, "#d9431e"), (0.76, "#f08a24"), (0.5, "#ffd75e"), (0.26, "#fff7cf")):
        with d.at(x, y, scale):
            d.path("M-52 0Q-66-52-30-88Q-34-60-18-58Q-26-112 12-150Q8-104 34-84Q36-100 30-114Q66-66 52 0Q0 22-52 0z", tone)
    rng = random.Random(9)
    d.path(dots([(x + rng.uniform(-90, 90), y - rng.uniform(120, 300)) for _ in range(26)]), stroke="#ffcf6a", stroke_width=4, stroke_linecap="round", opacity=0.85)


def _night_house(d: Drawing, x: float, y: float, size: float) -> None:
    """Draw a stilt house with lit windows."""
    with d.at(x, y, size):
        d.path("M-92 0V-60M-46 0V-60M0 0V-60M46 0V-60M92 0V-60", stroke="#120f24", stroke_width=8)
        d.rect(-110, -118, 220, 62, "#1d1630")
        d.path("M-74-104h30v30h-30zM-14-104h30v30h-30zM46-104h30v30h-30z", "#ffc866")
        d.path("M-150-106Q-112-190-70-204H70Q112-190 150-106z", "#14122e")
        d.path("M-70-204l-14-20M-70-204l-2-24M70-204l14-20M70-204l2-24", stroke="#14122e", stroke_width=6, stroke_linecap="round")


def meeting() -> bytes:
    """A bright meeting room: two delegations at a long table, mountains in the window."""
    d = Drawing()
    d.sheet(d.linear((0, "#efe9dc"), (0.62, "#dccfb8"), (0.63, "#a88a66"), (1, "#7d6044")))
    d.rect(330, 70, 540, 270, "#8a6a48")
    d.rect(342, 82, 516, 246, d.linear((0, "#a9cbe2"), (1, "#f6ecd2")))
    d.path("M342 262L420 190L470 232L556 140L640 226L700 182L790 250L858 214V328H342z", "#8ea9bd")
    d.path("M342 290Q440 238 540 276T720 262T858 280V328H342z", "#5f9272")
    d.path("M342 310Q500 280 640 306T858 300V328H342z", "#8fb56a")
    d.path("M514 82V328M686 82V328M342 210H858", stroke="#8a6a48", stroke_width=8)
    for x in (262, 938):
        d.path(f"M{x - 58} 60Q{x - 44} 200 {x - 58} 366H{x + 58}Q{x + 44} 200 {x + 58} 60z", d.linear((0, "#c9b48f"), (0.3, "#e3d3b2"), (0.6, "#c2ab84"), (1, "#dcc9a4"), x2=1, y2=0))
    d.path("M0 52H1200", stroke="#c7b48e", stroke_width=16)
    for x in (90, 1110):
        d.rect(x - 46, 120, 92, 150, INDIGO)
        d.rect(x - 38, 128, 76, 134, "none", stroke=GOLD, stroke_width=3)
        d.path(f"M{x} 144l26 51l-26 51l-26-51z", RED)
        d.path(f"M{x} 164l16 31l-16 31l-16-31z", GOLD_PALE)
    coats = (INDIGO, "#3d4a5c", "#7a2f3a", "#2f5a4a", "#4a3b5e", "#5a4634")
    for row, (y, size) in enumerate(((386, 62), (424, 78), (474, 98), (540, 124))):
        spread = 178 + row * 72 + row * row * 14
        for side in (-1, 1):
            x = 600 + side * spread
            d.path(f"M{x - size * 0.36:.0f} {y + 10}v{-size * 0.72:.0f}q0-8 8-8h{size * 0.72 - 16:.0f}q8 0 8 8v{size * 0.72:.0f}z", WOOD_DEEP)
            seated(d, x, y + 16, size, coats[(row * 2 + (side > 0) * 3) % 6], mix("#231a1c", "#8a8a90", 0.5 if row == 2 and side < 0 else 0), long_hair=(row + (side > 0)) % 2 == 1)
    _table(d)
    return d.svg()


def _table(d: Drawing) -> None:
    """Draw the long table with papers, glasses, name plates and a low bowl of flowers."""
    d.path("M452 396H748L1110 740Q1120 776 1080 776H120Q80 776 90 740z", d.linear((0, "#b98a58"), (1, "#8a5a34")))
    d.path("M90 740Q80 776 120 776H1080Q1120 776 1110 740V800H90z", WOOD_DEEP)
    d.path("M520 412H680L860 740H340z", d.linear((0, "#2c3a74"), (1, INDIGO)))
    d.path("M528 412L364 740M672 412L836 740", stroke=GOLD, stroke_width=4)
    for k in range(9):
        t = (k / 8) ** 1.5
        y, w = 424 + 296 * t, 8 + 16 * t
        d.path(f"M600 {y - w:.0f}l{w * 1.4:.0f} {w:.0f}l{-w * 1.4:.0f} {w:.0f}l{-w * 1.4:.0f} {-w:.0f}z", RED if k % 2 else GOLD)
    for y, x, s in ((428, 116, 0.5), (476, 168, 0.68), (544, 240, 0.92), (640, 345, 1.25)):
        for side in (-1, 1):
            with d.at(600 + side * x, y, s, flip=side > 0):
                d.path("M-44 12L-20-18H30L14 12z", PAPER)
                d.path("M-22-8h34M-28-1h34M-33 6h34", stroke="#9aa3ad", stroke_width=2.5)
                d.path("M40 8l3-36h22l3 36z", "#d9edf2", opacity=0.85)
                d.path("M42-6h24l1 14h-26z", "#9fcbd8", opacity=0.8)
    with d.at(600, 560, 1.1):
        d.ellipse(0, 22, 92, 18, "#0f1738", opacity=0.4)
        d.path("".join(leaf(0, 0, 96, 34, t, 0.1) for t in (-172, -150, -30, -8, -120, -60, 170, 10)), GREEN_DEEP)
        d.path("M-50-6H50Q40 26 0 26T-50-6z", "#e9e4d6")
        for x, y, tone in ((-44, -20, PINK), (-16, -36, RED), (18, -38, GOLD), (46, -20, PINK), (-28, -8, GOLD_PALE), (4, -16, PINK), (30, -8, RED)):
            d.path(dots([(x + 9 * math.cos(k * 1.257), y + 9 * math.sin(k * 1.257)) for k in range(5)]), stroke=tone, stroke_width=13, stroke_linecap="round")
            d.circle(x, y, 5, GOLD_PALE if tone != GOLD_PALE else RED)


def documents() -> bytes:
    """A stack of documents tied with a brocade ribbon, a pen and glasses on a wooden desk."""
    d = Drawing()
    d.sheet(d.linear((0, "#c99e6c"), (1, "#8f6238"), x2=0.3))
    rng = random.Random(21)
    grain = "".join(f"M-20 {y + rng.uniform(-6, 6):.0f}q{rng.uniform(200, 400):.0f} {rng.uniform(-14, 14):.0f} 620 0t620 0" for y in range(10, 800, 22))
    d.path(grain, "none", stroke="#6b4524", stroke_width=2, opacity=0.22)
    d.glow(230, 90, 620, "#fff3d6", 0.6)
    with d.at(590, 420, 1, -7):
        d.rect(-300, -268, 640, 580, "#3a2413", rx=10, opacity=0.3)
        d.rect(-318, -292, 640, 580, INDIGO, rx=12)
        d.path("M-318-292h250l26 34h-276z", INDIGO_DEEP)
        for turn, tone in ((3, "#e3dcc8"), (-2.5, "#eee7d4"), (1.2, "#f4eedd"), (-0.6, "#fbf7ea")):
            with d.group(transform=f"rotate({turn})"):
                d.rect(-262, -262, 520, 540, "#3a2f22", rx=4, opacity=0.16)
                d.rect(-268, -268, 520, 540, tone, rx=4)
        d.rect(-220, -220, 170, 16, INDIGO, rx=4)
        d.rect(-220, -190, 110, 9, "#9aa3b4", rx=4)
        d.rect(40, -220, 164, 12, "#9aa3b4", rx=4)
        d.rect(-110, -136, 210, 18, RED_DEEP, rx=5)
        lines = ""
        for k in range(13):
            y = -92 + k * 25
            if 88 < y < 150:
                continue
            lines += f"M-220 {y}h{420 if k % 4 != 3 else 270}"
        d.path(lines, stroke="#b8bdc6", stroke_width=8, stroke_linecap="round")
        _ribbon(d)
    _pen(d, 985, 330)
    _glasses(d, 980, 640)
    _cup(d, 150, 640)
    return d.svg()


def _ribbon(d: Drawing) -> None:
    """Draw the brocade ribbon across the stack."""
    d.rect(-318, 86, 640, 66, RED)
    d.path("M-318 92H322M-318 146H322", stroke=GOLD, stroke_width=5)
    d.path("".join(f"M{x} 101l18 18l-18 18l-18-18z" for x in range(-290, 320, 52)), PAPER)
    d.path("".join(f"M{x} 109l10 10l-10 10l-10-10z" for x in range(-290, 320, 52)), INDIGO)
    d.path("".join(f"M{x} 113l6 6l-6 6l-6-6z" for x in range(-264, 320, 52)), GOLD)


def _pen(d: Drawing, x: float, y: float) -> None:
    with d.at(x, y, 1, 24):
        d.path("M-8-190h26v290l-13 56z", "#3a2413", opacity=0.3)
        d.path("M-16-200H10V60H-16z", d.linear((0, "#34448c"), (0.4, "#5a6fc0"), (1, INDIGO_DEEP), x2=1, y2=0))
        d.path("M-16-30H10V-14H-16zM-16 52H10V66H-16z", GOLD)
        d.path("M-14 66H8L-1 124H-5z", "#e8d9a8")
        d.path("M-3 84V124", stroke="#5a4a2a", stroke_width=2)
        d.path("M12-196V-90", stroke=GOLD, stroke_width=6, stroke_linecap="round")


def _glasses(d: Drawing, x: float, y: float) -> None:
    with d.at(x, y, 1, -14):
        d.path("M-84 8a46 40 0 1 0 92 0M30 8a46 40 0 1 0 92 0", "none", stroke="#3a2413", stroke_width=8, opacity=0.25)
        d.path("M-92 0a46 40 0 1 0 92 0a46 40 0 1 0-92 0zM24 0a46 40 0 1 0 92 0a46 40 0 1 0-92 0z", "#eaf4f6", fill_opacity=0.45, stroke="#2a1c2e", stroke_width=7)
        d.path("M0-6q12-14 24 0M-90-14Q-110-90-70-120M114-14Q134-90 96-122", "none", stroke="#2a1c2e", stroke_width=7, stroke_linecap="round")


def _cup(d: Drawing, x: float, y: float) -> None:
    """Draw a cup of green tea seen from above."""
    d.ellipse(x + 14, y + 16, 112, 106, "#3a2413", opacity=0.3)
    d.circle(x, y, 104, "#f7f2e6")
    d.circle(x, y, 96, "none", stroke=INDIGO, stroke_width=4)
    d.circle(x, y, 66, "#ece5d2")
    d.circle(x, y, 60, d.radial((0, "#c9c25a"), (0.8, "#9a9a3a"), (1, "#77803a")))
    d.path(leaf(x - 20, y + 8, 46, 16, -28), WOOD, opacity=0.6)
    d.path(f"M{x - 40} {y - 24}q14-22 40-26", "none", stroke="#f4f0c0", stroke_width=5, stroke_linecap="round", opacity=0.8)
