"""Bridges: the border gate with its friendship bridge, the glass walkway above the clouds."""

import random

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.figures import man, thai_woman
from portal.core.demo.pictures.flora import conifers, dots, fringe, ripples, tree
from portal.core.demo.pictures.shapes import (
    GOLD_PALE,
    GREEN_DEEP,
    INDIGO,
    INDIGO_DEEP,
    PAPER,
    RED,
    Colour,
    ground,
    polyline,
    ridge,
    skyline,
)


def border_gate() -> bytes:
    """A gate house at the head of a friendship bridge that arches over a green river."""
    d = Drawing()
    d.sky("#9fc0dd", "#d9e4e8", "#f9ecd0", bottom=480)
    d.glow(760, 250, 420, "#fff3d2", 0.9)
    d.cloud(820, 110, 280, opacity=0.6)
    d.cloud(1080, 180, 170, opacity=0.45)
    for seed, base, tall, tone, low, shade in (
        (61, 420, 260, "#b3c3d6", "#e6e6df", 0.16),
        (66, 450, 230, "#8ba6ba", "#dbe0d2", 0.2),
        (68, 490, 190, "#67909a", "#bccfb4", 0.22),
    ):
        d.mountain(ridge(seed, base, tall, scale=4, sharp=0.85), tone, low, foot=520, shade=shade, seed=seed)
        d.mist(base - 5, 70, "#f7efdc", 0.6)
    d.shape(
        ground(fringe(ridge(72, 510, 70, scale=3, sharp=0.2), 11, 2, 0.4), 560),
        d.linear((0, "#4d8763"), (1, "#79a878")),
    )
    d.rect(0, 540, 1200, 260, d.linear((0, "#c9dccb"), (0.25, "#6fae9f"), (1, "#23686f")))
    _bridge(d)
    d.path(
        ripples(random.Random(3), (380, 585, 1150, 795), 48, 80),
        stroke="#effaf2",
        stroke_width=2.4,
        stroke_linecap="round",
        opacity=0.5,
    )
    bank = skyline([(-20, 520), (200, 520), (392, 524), (440, 590), (470, 700), (560, 820)], 5, 8)
    d.shape([*ground(bank, 820)], d.linear((0, "#7fa56c"), (0.3, "#4f8659"), (1, GREEN_DEEP)))
    far = skyline([(1016, 602), (1062, 560), (1100, 520), (1220, 512)], 6, 5)
    d.shape(ground(far, 602), d.linear((0, "#7fa56c"), (1, "#4f8659")))
    d.path("M-20 512H420V536H-20z", "#8f959b")
    d.path("M-20 524H410", stroke=PAPER, stroke_width=3, stroke_dasharray="26 18")
    _gate(d, 205, 514)
    _truck(d, 640, 487, 0.9, "#3f7d4e")
    _truck(d, 880, 482, 0.72, "#c98a2e")
    with d.at(1138, 514, 0.42):
        _gate_shape(d, "#dcd6cb", "#7d8794", "#a9a39a")
    d.path(conifers([(30, 610, 120), (84, 640, 150), (420, 700, 110), (20, 760, 190)]), "#24543c")
    tree(d, 330, 668, 120, "#4f8f56", 3)
    tree(d, 170, 700, 150, "#3f7d4e", 6)
    d.path(_bushes(), "#1b4231")
    return d.svg()


def _bushes() -> str:
    """Return path data of the bushes along the near bank."""
    return polyline(ground(fringe(skyline([(-20, 720), (160, 742), (330, 776), (470, 815)], 9, 8), 20, 5, 0.1), 820))


def _bridge(d: Drawing) -> None:
    """Draw the bridge: deck, three arches over two piers, railing and lamps, and its reflection."""
    for x in (640, 880):
        d.path(f"M{x - 17} 506H{x + 17}L{x + 22} 606H{x - 22}z", d.linear((0, "#e3dfd4"), (1, "#9aa3a6")))
        d.ellipse(x, 606, 44, 9, "#d9d4c6")
        d.path(f"M{x - 20} 616h40l-8 110h-24z", "#dfe6da", opacity=0.18)
    arches = ""
    for left, right in ((404, 622), (658, 862), (898, 1092)):
        middle = (left + right) / 2
        arches += f"M{left} 590Q{left + 8} 518 {middle} 516Q{right - 8} 518 {right} 590"
    d.path(arches, "none", stroke="#c9c5b8", stroke_width=13)
    d.path("M380 496Q740 476 1120 494V514Q740 496 380 516z", d.linear((0, "#f4efe2"), (1, "#b9b6aa")))
    d.path("M380 515Q740 495 1120 513", "none", stroke="#7d8488", stroke_width=4)
    posts = "".join(f"M{x} {496 - 14 * (1 - ((x - 745) / 370) ** 2):.0f}v-18" for x in range(392, 1116, 18))
    d.path(posts, stroke="#8a9096", stroke_width=2.5)
    d.path("M380 479Q740 457 1120 477", "none", stroke=INDIGO, stroke_width=4)
    lamps = range(430, 1100, 92)
    tops = [(x, 426 - 12 * (1 - ((x - 745) / 370) ** 2)) for x in lamps]
    d.path("".join(f"M{x} {y + 56:.0f}V{y:.0f}" for x, y in tops), stroke="#56616c", stroke_width=3)
    d.path(dots(tops), stroke="#fff6da", stroke_width=11, stroke_linecap="round")


def _gate(d: Drawing, x: float, y: float) -> None:
    """Draw the near gate with its barrier."""
    with d.at(x, y, 1.12):
        _gate_shape(d, PAPER, INDIGO, RED)
        d.rect(118, -40, 14, 40, "#56616c")
        d.path("M125-34L210-62", stroke=PAPER, stroke_width=7)
        d.path("M139-38.5l14-4.6M167-48l14-4.6M195-57l14-4.6", stroke=RED, stroke_width=7)


def _gate_shape(d: Drawing, wall: Colour, band: Colour, accent: Colour) -> None:
    """Draw a modern gate: two stepped pylons that carry a sweeping beam, offices on both sides."""
    stone = d.linear((0, wall), (1, "#d3c8b2"))
    d.path("M-168 0V-74H-104V0zM104 0V-74H168V0z", stone)
    d.path("M-176-74H-100V-84H-176zM100-74H176V-84H100z", band)
    d.path("M-158-58h16v22h-16zM-134-58h16v22h-16zM118-58h16v22h-16zM142-58h16v22h-16z", "#6f93ab")
    d.path("M-112 0V-196L-96-206L-68-196V0zM112 0V-196L96-206L68-196V0z", stone)
    d.path("M-68 0V-196L-82-201V0zM68 0V-196L82-201V0z", "#000000", opacity=0.1)
    d.path("M-104-12V-150H-92V-12zM92-12V-150H104V-12z", accent)
    d.path("".join(f"M{x} {y}l5 8l-5 8l-5-8z" for x in (-98, 98) for y in range(-146, -20, 21)), GOLD_PALE)
    d.path("M-152-176Q0-262 152-176V-150Q0-226-152-150z", stone)
    d.path("M-152-180Q0-266 152-180V-172Q0-258-152-172z", band)
    beads = [(x, -193 + 38.0 * (x / 152) ** 2 - 10) for x in range(-120, 121, 20)]
    d.path("".join(f"M{x} {y - 7:.1f}l7 7l-7 7l-7-7z" for x, y in beads), accent)
    d.path(dots(beads), stroke=GOLD_PALE, stroke_width=4.5, stroke_linecap="round")
    d.path("M-152-150Q0-226 152-150", "none", stroke="#000000", stroke_width=3, opacity=0.15)
    d.path("M-68-8H-64V0H-68zM-4-26H4V0H-4zM64-8H68V0H64z", "#a8a08c")
    d.path("M-22-52H22V-26H-22z", wall)
    d.path("M-28-60H28V-52H-28z", band)


def _truck(d: Drawing, x: float, y: float, scale: float, tone: Colour) -> None:
    """Draw a small lorry on the bridge."""
    with d.at(x, y, scale):
        d.rect(-44, -44, 62, 36, tone)
        d.path("M-32-44v36M-18-44v36M-4-44v36M10-44v36", stroke="#000000", stroke_width=2, opacity=0.2)
        d.path("M20-8V-36H36Q42-34 46-20V-8z", PAPER)
        d.path("M26-31h9q5 2 7 11H26z", "#5a7a94")
        d.path(dots([(-30, -5), (-12, -5), (34, -5)]), stroke="#22262e", stroke_width=13, stroke_linecap="round")


def glass_bridge() -> bytes:
    """A glass walkway reaching out from a cliff high above the clouds."""
    d = Drawing()
    d.sky("#6f9ed2", "#b9d2e6", "#f3e6da", "#fff2d9")
    d.glow(880, 250, 460, "#fff6df", 0.95)
    d.cloud(860, 110, 260, opacity=0.6)
    for seed, base, tall, tone, low in (
        (91, 500, 270, "#b4c4da", "#eae7e6"),
        (94, 580, 260, "#8aa3c0", "#e0e2e6"),
        (97, 680, 230, "#6583a3", "#d3dae0"),
    ):
        d.mountain(ridge(seed, base, tall, scale=4, sharp=0.9), tone, low, shade=0.2, seed=seed)
        d.mist(base + 20, 150, "#fbf6f0", 0.9)
    for y, width, x in ((700, 620, 900), (750, 760, 620), (790, 900, 980)):
        d.cloud(x, y, width, "#ffffff", 0.75)
    cliff = [
        (-20, 120),
        (80, 110),
        (170, 140),
        (250, 150),
        (330, 168),
        (350, 230),
        (338, 300),
        (368, 360),
        (352, 440),
        (384, 520),
        (366, 610),
        (400, 690),
        (390, 830),
        (-20, 830),
    ]
    d.shape(cliff, d.linear((0, "#8a9388"), (0.5, "#66746f"), (1, "#3f5257"), x1=1, x2=0, y2=0.4))
    rng = random.Random(4)
    dark, light = "", ""
    for i in range(46):
        x, y, h, w = rng.uniform(-10, 320), rng.uniform(180, 640), rng.uniform(60, 190), rng.uniform(10, 34)
        face = polyline(
            [
                (x, y),
                (x + w, y + h * 0.15),
                (x + w * 0.6, y + h * 0.5),
                (x + w * 0.9, y + h),
                (x - w * 0.2, y + h * 0.7),
            ]
        )
        dark, light = (dark + face, light) if i % 2 else (dark, light + face)
    d.path(dark, d.linear((0, "#1d2f3a", 0.4), (1, "#1d2f3a", 0.05)))
    d.path(light, d.linear((0, "#dfe5d6", 0.3), (1, "#dfe5d6", 0)))
    d.shape(
        ground(fringe(skyline([(-20, 96), (100, 92), (220, 128), (338, 162)], 3, 8), 18, 6, 0.4), 190),
        d.linear((0, "#4f8f5a"), (0.7, "#3a7050"), (1, "#3a7050", 0)),
    )
    d.path("".join(_ledge_bush(x, y) for x, y in ((350, 300), (368, 420), (380, 540), (392, 660))), "#3f7d4e")
    _walkway(d)
    return d.svg()


def _ledge_bush(x: float, y: float) -> str:
    """Return path data of a small bush on a ledge of the cliff."""
    return f"M{x - 40} {y}q4-22 20-18q6-18 22-8q18-6 16 12q12 4 6 14z"


def _walkway(d: Drawing) -> None:
    """Draw the lift tower, the trusses and the glass deck with visitors."""
    d.rect(388, 236, 74, 594, d.linear((0, "#d6e8f2", 0.95), (1, "#9fbdd0", 0.75)))
    d.path(
        "M388 236V830M425 236V830M462 236V830"
        + "".join(f"M388 {y}H462M388 {y}L462 {y + 54}M462 {y}L388 {y + 54}" for y in range(290, 800, 54)),
        "none",
        stroke="#5b6f86",
        stroke_width=3,
    )
    d.rect(396, 452, 58, 64, "#f4d58a", opacity=0.9)
    d.path("M396 452h58v64h-58zM425 452v64", "none", stroke=INDIGO, stroke_width=3)
    d.path("M376 212H474V240H376zM392 190H458V212H392z", INDIGO)
    d.path("M340 318H980", stroke=INDIGO_DEEP, stroke_width=12)
    d.path(
        "M462 420L640 324M462 380L560 324M462 470L740 324",
        "none",
        stroke="#4a5a78",
        stroke_width=7,
        stroke_linecap="round",
    )
    d.path("M940 318q60 0 60-16q0-16-60-16", "none", stroke=INDIGO_DEEP, stroke_width=8)
    d.path("M330 296H960L1000 302L960 316H330z", d.linear((0, "#eaf7fb", 0.9), (1, "#8fc3d6", 0.9)))
    d.path("".join(f"M{x} 296l14 20" for x in range(360, 960, 42)), stroke="#ffffff", stroke_width=3, opacity=0.9)
    for x, tall, dress in ((520, 66, 0), (612, 62, 1), (742, 68, 2), (792, 60, 0), (890, 66, 1)):
        if dress == 1:
            thai_woman(d, x, 306, tall, ("#f0a9bf", PAPER)[x % 2])
        else:
            man(d, x, 306, tall, ("#8a3038", "#2f5a8a", "#4f8a5a")[dress])
    d.path("M340 262H960Q1004 268 1000 300Q990 308 960 316V268", "none", stroke="#5b7f9a", stroke_width=3)
    d.rect(340, 262, 620, 50, d.linear((0, "#dff2fa", 0.5), (1, "#a9d3e4", 0.22)))
    d.path("".join(f"M{x} 262V316" for x in range(340, 970, 62)), stroke="#5b7f9a", stroke_width=3)
    d.path("M360 268l40 40M484 268l40 40M670 268l40 40M856 268l40 40", stroke="#ffffff", stroke_width=5, opacity=0.5)
