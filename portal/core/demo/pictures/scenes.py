"""A meeting, and a stack of documents."""

import math
import random

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.figures import seated
from portal.core.demo.pictures.flora import dots, leaf
from portal.core.demo.pictures.shapes import (
    GOLD,
    GOLD_PALE,
    GREEN_DEEP,
    INDIGO,
    INDIGO_DEEP,
    PAPER,
    PINK,
    RED,
    RED_DEEP,
    WOOD,
    WOOD_DEEP,
    mix,
)


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
        d.path(
            f"M{x - 58} 60Q{x - 44} 200 {x - 58} 366H{x + 58}Q{x + 44} 200 {x + 58} 60z",
            d.linear((0, "#c9b48f"), (0.3, "#e3d3b2"), (0.6, "#c2ab84"), (1, "#dcc9a4"), x2=1, y2=0),
        )
    d.path("M0 52H1200", stroke="#c7b48e", stroke_width=16)
    for x in (90, 1110):
        d.rect(x - 46, 120, 92, 150, INDIGO)
        d.rect(x - 38, 128, 76, 134, "none", stroke=GOLD, stroke_width=3)
        d.path(f"M{x} 144l26 51l-26 51l-26-51z", RED)
        d.path(f"M{x} 164l16 31l-16 31l-16-31z", GOLD_PALE)
    coats = (INDIGO, "#3d4a5c", "#7a2f3a", "#2f5a4a", "#4a3b5e", "#5a4634")
    for row, (y, size) in enumerate(((398, 74), (436, 94), (490, 120), (566, 154))):
        spread = 150 + (y + 16 - 396) * 1.05 + size * 0.2
        for side in (-1, 1):
            x = 600 + side * spread
            d.path(
                f"M{x - size * 0.36:.0f} {y + 10}v{-size * 0.72:.0f}q0-8 8-8"
                f"h{size * 0.72 - 16:.0f}q8 0 8 8v{size * 0.72:.0f}z",
                WOOD_DEEP,
            )
            seated(
                d,
                x,
                y + 16,
                size,
                coats[(row * 2 + (side > 0) * 3) % 6],
                mix("#231a1c", "#8a8a90", 0.5 if row == 2 and side < 0 else 0),
                long_hair=(row + (side > 0)) % 2 == 1,
            )
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
        d.path(
            f"M600 {y - w:.0f}l{w * 1.4:.0f} {w:.0f}l{-w * 1.4:.0f} {w:.0f}l{-w * 1.4:.0f} {-w:.0f}z",
            RED if k % 2 else GOLD,
        )
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
        for x, y, tone in (
            (-44, -20, PINK),
            (-16, -36, RED),
            (18, -38, GOLD),
            (46, -20, PINK),
            (-28, -8, GOLD_PALE),
            (4, -16, PINK),
            (30, -8, RED),
        ):
            d.path(
                dots([(x + 9 * math.cos(k * 1.257), y + 9 * math.sin(k * 1.257)) for k in range(5)]),
                stroke=tone,
                stroke_width=13,
                stroke_linecap="round",
            )
            d.circle(x, y, 5, GOLD_PALE if tone != GOLD_PALE else RED)


def documents() -> bytes:
    """A stack of documents tied with a brocade ribbon, a pen and glasses on a wooden desk."""
    d = Drawing()
    d.sheet(d.linear((0, "#c99e6c"), (1, "#8f6238"), x2=0.3))
    rng = random.Random(21)
    grain = "".join(
        f"M-20 {y + rng.uniform(-6, 6):.0f}q{rng.uniform(200, 400):.0f} {rng.uniform(-14, 14):.0f} 620 0t620 0"
        for y in range(10, 800, 22)
    )
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
        d.path(
            "M-92 0a46 40 0 1 0 92 0a46 40 0 1 0-92 0zM24 0a46 40 0 1 0 92 0a46 40 0 1 0-92 0z",
            "#eaf4f6",
            fill_opacity=0.45,
            stroke="#2a1c2e",
            stroke_width=7,
        )
        d.path(
            "M0-6q12-14 24 0M-90-14Q-110-90-70-120M114-14Q134-90 96-122",
            "none",
            stroke="#2a1c2e",
            stroke_width=7,
            stroke_linecap="round",
        )


def _cup(d: Drawing, x: float, y: float) -> None:
    """Draw a cup of green tea seen from above."""
    d.ellipse(x + 14, y + 16, 112, 106, "#3a2413", opacity=0.3)
    d.circle(x, y, 104, "#f7f2e6")
    d.circle(x, y, 96, "none", stroke=INDIGO, stroke_width=4)
    d.circle(x, y, 66, "#ece5d2")
    d.circle(x, y, 60, d.radial((0, "#c9c25a"), (0.8, "#9a9a3a"), (1, "#77803a")))
    d.path(leaf(x - 20, y + 8, 46, 16, -28), WOOD, opacity=0.6)
    d.path(
        f"M{x - 40} {y - 24}q14-22 40-26", "none", stroke="#f4f0c0", stroke_width=5, stroke_linecap="round", opacity=0.8
    )
