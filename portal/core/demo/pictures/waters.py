"""Running water: a river valley and a waterfall."""

import random

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.flora import banana, dots, fringe, ripples, tree
from portal.core.demo.pictures.shapes import (
    GREEN_DEEP,
    INDIGO,
    INDIGO_DEEP,
    curve,
    ground,
    mix,
    polyline,
    ridge,
    skyline,
    smooth,
)


def river() -> bytes:
    """A jade river winding between wooded slopes towards far ridges."""
    d = Drawing()
    d.sky("#a9c4dc", "#dfe6e6", "#faeed4", bottom=420)
    d.glow(640, 300, 420, "#fff4d2", 0.9)
    d.cloud(260, 120, 260, opacity=0.5)
    d.cloud(930, 90, 200, opacity=0.4)
    d.mountain(ridge(12, 370, 190, scale=4.5, sharp=0.9), "#b4c3d6", "#ece7dc", foot=430, shade=0.2, seed=2)
    d.mountain(ridge(17, 405, 160, scale=5, sharp=0.85), "#92a9c0", "#e3e2d6", foot=440, shade=0.25, seed=3)
    d.mist(400, 90, "#f8efd9", 0.85)
    for anchors, top, bottom, seed in (
        ([(-20, 250), (140, 215), (330, 330), (520, 405), (640, 432)], "#6f93a0", "#cfd8c4", 1),
        ([(560, 432), (760, 380), (930, 250), (1080, 190), (1220, 240)], "#678b98", "#cbd6c0", 2),
    ):
        line = skyline(anchors, seed, 18)
        d.mountain(line, top, bottom, foot=450, shade=0.2, seed=seed, depth=80)
    d.rect(0, 425, 1200, 375, d.linear((0, "#d8dcb8"), (0.3, "#8fb57c"), (1, "#3f7d4e")))
    course = [(622, 428), (700, 442), (560, 470), (500, 505), (720, 560), (860, 620), (640, 700), (420, 820)]
    widths = [4, 8, 16, 30, 62, 110, 190, 320]
    left = curve([(x - w, y) for (x, y), w in zip(course, widths, strict=True)], 6)
    right = curve([(x + w, y) for (x, y), w in zip(course, widths, strict=True)], 6)
    bank = [(x - 6 - (y - 428) * 0.05, y + 2) for x, y in left] + [
        (x + 6 + (y - 428) * 0.05, y + 2) for x, y in reversed(right)
    ]
    d.shape(bank, "#d9c99a")
    d.shape(left + right[::-1], d.linear((0, "#fdf3d8"), (0.25, "#b9d6d2"), (0.6, "#5fa5a3"), (1, "#2f7480")))
    rng = random.Random(4)
    glints = ""
    for _ in range(46):
        k = rng.randrange(14, len(left))
        x0, y = left[k]
        x1 = right[k][0]
        x = x0 + (x1 - x0) * rng.uniform(0.06, 0.8)
        glints += f"M{x:.0f} {y:.0f}h{(x1 - x0) * rng.uniform(0.05, 0.16):.0f}"
    d.path(glints, stroke="#ffffff", stroke_width=2, stroke_linecap="round", opacity=0.5)
    _fields(d)
    slopes = (
        ([(-20, 420), (120, 440), (260, 500), (380, 530), (470, 560), (540, 598)], "#5d9068", "#3f7d4e", 8),
        ([(690, 598), (860, 530), (1000, 480), (1120, 425), (1220, 380)], "#5a8d68", "#3b7650", 9),
        ([(-20, 560), (140, 600), (260, 660), (350, 730), (450, 830)], "#2f6a49", GREEN_DEEP, 13),
        ([(790, 830), (880, 730), (1000, 640), (1120, 600), (1220, 560)], "#2b6346", "#183d2f", 14),
    )
    for anchors, top, bottom, size in slopes:
        line = fringe(skyline(anchors, size, 10, step=size * 1.6), size, size, 0.35)
        foot = 596 if size < 10 else 800
        d.shape(
            ground(line, max(foot, anchors[0][1], anchors[-1][1])),
            d.linear((0, top), (1, bottom)) if size > 10 else d.linear((0, top), (0.7, "#7aa86c"), (1, "#7aa86c", 0)),
        )
    _boat(d, 690, 668, 1.0)
    banana(d, 60, 790, 190, "#4f9653", 2)
    tree(d, 1120, 650, 190, "#3a7a4c", 5)
    return d.svg()


def _fields(d: Drawing) -> None:
    """Draw small paddies on the valley floor."""
    for points, colour in (
        ([(250, 474), (400, 462), (470, 482), (300, 498)], "#d9b95a"),
        ([(760, 470), (900, 456), (960, 470), (800, 490)], "#cfc25f"),
        ([(820, 500), (1000, 480), (1100, 500), (880, 530)], "#a3bd62"),
        ([(210, 512), (330, 502), (440, 520), (300, 548)], "#a8bf66"),
    ):
        d.soft(points, colour, opacity=0.85)


def _boat(d: Drawing, x: float, y: float, scale: float) -> None:
    """Draw a slim river boat with a person poling it."""
    with d.at(x, y, scale):
        d.ellipse(10, 10, 95, 7, "#1c4f5a", opacity=0.4)
        d.path("M-92-12Q0 22 96-16Q70 12 40 12H-46Q-76 10-92-12z", "#4b2f1e")
        d.path("M-92-12Q0 22 96-16", "none", stroke="#a9793f", stroke_width=4)
        d.path("M-52 2L-46-42Q-40-56-32-42L-26 6z", INDIGO)
        d.circle(-39, -54, 9, "#c99b76")
        d.path("M-60-52L-39-72L-18-52z", "#f0dfae")
        d.line([(-66, -70), (-24, -20), (-6, 40)], "#6b4a2a", 3)
        d.path("M10 0q20-34 44 0z", "#b48a4e")


def waterfall() -> bytes:
    """A tall fall in three leaps down a wooded cliff into a clear pool."""
    d = Drawing()
    d.sky("#b8d3e0", "#eaf0e6", bottom=420)
    d.glow(620, 60, 380, "#fffbe2", 0.9)
    d.mountain(ridge(22, 240, 150, scale=4, sharp=0.8), "#a9c0c9", "#dfe8dc", foot=420, shade=0.15, seed=1)
    stone = d.linear((0, "#7f8f86"), (0.5, "#56695f"), (1, "#2f4740"))
    left = skyline([(-20, 150), (120, 120), (300, 150), (430, 190), (520, 205), (560, 215)], 3, 16)
    right = skyline([(640, 212), (700, 190), (860, 130), (1040, 110), (1220, 150)], 4, 16)
    wall = [*left, (570, 250), (640, 248), *right, (1220, 800), (-20, 800)]
    d.shape(wall, stone)
    rng = random.Random(8)
    cracks, lights = "", ""
    for i in range(64):
        x, y = -10 + i * 19 + rng.uniform(-12, 12), rng.uniform(190, 470)
        h, w = rng.uniform(90, 260), rng.uniform(10, 26)
        face = [
            (x, y),
            (x + w, y + h * 0.12),
            (x + w * 0.7, y + h * 0.4),
            (x + w * 1.1, y + h * 0.7),
            (x + w * 0.3, y + h),
            (x - w * 0.3, y + h * 0.55),
        ]
        if i % 5 < 3:
            cracks += polyline(face)
        else:
            lights += polyline(face)
    d.path(cracks, d.linear((0, "#1d332b", 0.42), (1, "#1d332b", 0.05)))
    d.path(lights, d.linear((0, "#c6d2bf", 0.34), (1, "#c6d2bf", 0.02)))
    for side, seed in ((left, 5), (right, 6)):
        d.shape(
            ground(fringe(side, 16, seed, 0.3), side[0][1] + 90),
            d.linear((0, "#3f7d4e"), (0.6, "#3f7d4e", 0.85), (1, "#3f7d4e", 0)),
        )
    _falls(d, rng)
    for anchors, tone, size in (
        ([(-20, 330), (100, 360), (210, 450), (280, 540), (340, 630), (410, 700), (510, 830)], "#3a7350", 18),
        ([(730, 830), (810, 710), (872, 630), (930, 540), (1020, 430), (1120, 370), (1220, 330)], "#356c4b", 18),
        ([(-20, 500), (90, 540), (180, 620), (240, 720), (310, 830)], GREEN_DEEP, 26),
        ([(900, 830), (980, 730), (1060, 630), (1140, 560), (1220, 510)], "#1b4231", 26),
    ):
        line = fringe(skyline(anchors, size, 10, step=size * 1.4), size, round(anchors[0][1]), 0.2)
        d.shape(ground(line), d.linear((0, mix(tone, "#9ccb86", 0.25)), (0.5, tone), (1, mix(tone, INDIGO_DEEP, 0.3))))
    banana(d, 30, 800, 260, "#4f9653", 3)
    banana(d, 1190, 790, 230, "#47894e", 4)
    return d.svg()


def _falls(d: Drawing, rng: random.Random) -> None:
    """Draw the leaps of the fall, its spray and the pool."""
    pool = d.linear((0, "#cfe9e4"), (0.35, "#6fb5b0"), (1, "#23636b"))
    d.path(
        smooth(
            [
                (-40, 700),
                (220, 640),
                (420, 612),
                (620, 604),
                (820, 612),
                (1000, 645),
                (1240, 700),
                (1240, 840),
                (-40, 840),
            ]
        ),
        pool,
    )
    water = d.linear((0, "#ffffff"), (0.7, "#e3f1f2"), (1, "#f8fdfd"))
    leaps = (
        ((572, 222), (640, 222), (676, 352), (560, 352)),
        ((548, 352), (690, 352), (724, 470), (530, 470)),
        ((512, 470), (742, 470), (800, 622), (468, 622)),
    )
    for a, b, c, e in leaps:
        d.path(
            f"M{a[0]} {a[1]}Q{e[0] + 8} {a[1] + 20} {e[0]} {e[1]}H{c[0]}Q{c[0] - 8} {b[1] + 20} {b[0]} {b[1]}z", water
        )
        streaks, gaps = "", ""
        for k in range(13):
            t = (k + rng.uniform(0.1, 0.9)) / 13
            x0, x1 = a[0] + (b[0] - a[0]) * t, e[0] + (c[0] - e[0]) * t
            y0 = a[1] + (e[1] - a[1]) * rng.uniform(0.02, 0.3)
            y1 = a[1] + (e[1] - a[1]) * rng.uniform(0.6, 1)
            line = f"M{x0:.0f} {y0:.0f}Q{(x0 + 2 * x1) / 3:.0f} {(y0 + y1) / 2:.0f} {x1:.0f} {y1:.0f}"
            if k % 3:
                streaks += line
            else:
                gaps += line
        d.path(streaks, "none", stroke="#9cc3cc", stroke_width=3, stroke_linecap="round", opacity=0.55)
        d.path(gaps, "none", stroke="#5d7d7c", stroke_width=5, stroke_linecap="round", opacity=0.35)
        rocks = [(x, e[1] + rng.uniform(-3, 10)) for x in range(int(e[0]) - 24, int(c[0]) + 30, 22)]
        d.path(
            dots([rocks[i] for i in range(len(rocks)) if i % 4 == 0 or i in (1, len(rocks) - 1)]),
            stroke="#3c524a",
            stroke_width=26,
            stroke_linecap="round",
        )
        d.path(
            dots([(x, y + 6) for x, y in rocks]), stroke="#ffffff", stroke_width=20, stroke_linecap="round", opacity=0.5
        )
    for x, y, rx, ry in ((635, 615, 250, 62), (540, 600, 150, 80), (730, 605, 150, 76)):
        d.ellipse(x, y, rx, ry, d.radial((0, "#ffffff", 0.85), (1, "#ffffff", 0)))
    d.path(
        ripples(rng, (200, 660, 980, 795), 40, 70),
        stroke="#e9fbf7",
        stroke_width=2.5,
        stroke_linecap="round",
        opacity=0.6,
    )
    for x, y, s in ((330, 700, 1.0), (880, 690, 0.9), (430, 748, 0.8), (780, 766, 1.2)):
        with d.at(x, y, s):
            d.ellipse(4, 12, 66, 14, "#123e42", opacity=0.4)
            d.path("M-58 12Q-54-22-14-30Q30-36 52-4Q60 10 54 14Z", "#4d6159")
            d.path("M-40-8Q-10-34 34-18Q4-18-40-8Z", "#8fa294")
