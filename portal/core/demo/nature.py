"""Water and stone: a river valley, a waterfall, a cave, islands in the sea."""

import math
import random

from .drawing import Drawing
from .flora import banana, conifers, dots, fringe, grass, palm, ripples, tree
from .shapes import GOLD, GREEN, GREEN_DEEP, INDIGO, INDIGO_DEEP, MIST, RED, Point, curve, ground, mix, polyline, ridge, skyline, smooth


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
    bank = [(x - 6 - (y - 428) * 0.05, y + 2) for x, y in left] + [(x + 6 + (y - 428) * 0.05, y + 2) for x, y in reversed(right)]
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
        d.shape(ground(line, max(foot, anchors[0][1], anchors[-1][1])), d.linear((0, top), (1, bottom)) if size > 10 else d.linear((0, top), (0.7, "#7aa86c"), (1, "#7aa86c", 0)))
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
        face = [(x, y), (x + w, y + h * 0.12), (x + w * 0.7, y + h * 0.4), (x + w * 1.1, y + h * 0.7), (x + w * 0.3, y + h), (x - w * 0.3, y + h * 0.55)]
        if i % 5 < 3:
            cracks += polyline(face)
        else:
            lights += polyline(face)
    d.path(cracks, d.linear((0, "#1d332b", 0.42), (1, "#1d332b", 0.05)))
    d.path(lights, d.linear((0, "#c6d2bf", 0.34), (1, "#c6d2bf", 0.02)))
    for side, seed in ((left, 5), (right, 6)):
        d.shape(ground(fringe(side, 16, seed, 0.3), side[0][1] + 90), d.linear((0, "#3f7d4e"), (0.6, "#3f7d4e", 0.85), (1, "#3f7d4e", 0)))
    _falls(d, rng)
    for anchors, tone, size in (
        ([(-20, 330), (100, 360), (210, 450), (290, 540), (360, 640), (400, 830)], "#3a7350", 18),
        ([(830, 830), (866, 640), (930, 540), (1020, 430), (1120, 370), (1220, 330)], "#356c4b", 18),
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
    d.path(smooth([(-40, 700), (220, 640), (420, 612), (620, 604), (820, 612), (1000, 645), (1240, 700), (1240, 840), (-40, 840)]), pool)
    water = d.linear((0, "#ffffff"), (0.7, "#e3f1f2"), (1, "#f8fdfd"))
    leaps = (((572, 222), (640, 222), (676, 352), (560, 352)), ((548, 352), (690, 352), (724, 470), (530, 470)), ((512, 470), (742, 470), (800, 622), (468, 622)))
    for (a, b, c, e) in leaps:
        d.path(f"M{a[0]} {a[1]}Q{e[0] + 8} {a[1] + 20} {e[0]} {e[1]}H{c[0]}Q{c[0] - 8} {b[1] + 20} {b[0]} {b[1]}z", water)
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
        d.path(dots([rocks[i] for i in range(len(rocks)) if i % 4 == 0 or i in (1, len(rocks) - 1)]), stroke="#3c524a", stroke_width=26, stroke_linecap="round")
        d.path(dots([(x, y + 6) for x, y in rocks]), stroke="#ffffff", stroke_width=20, stroke_linecap="round", opacity=0.5)
    for x, y, rx, ry in ((635, 615, 250, 62), (540, 600, 150, 80), (730, 605, 150, 76)):
        d.ellipse(x, y, rx, ry, d.radial((0, "#ffffff", 0.85), (1, "#ffffff", 0)))
    d.path(ripples(rng, (200, 660, 980, 795), 40, 70), stroke="#e9fbf7", stroke_width=2.5, stroke_linecap="round", opacity=0.6)
    for x, y, s in ((330, 700, 1.0), (880, 690, 0.9), (430, 748, 0.8), (780, 766, 1.2)):
        with d.at(x, y, s):
            d.ellipse(4, 12, 66, 14, "#123e42", opacity=0.4)
            d.path("M-58 12Q-54-22-14-30Q30-36 52-4Q60 10 54 14Z", "#4d6159")
            d.path("M-40-8Q-10-34 34-18Q4-18-40-8Z", "#8fa294")


def cave() -> bytes:
    """A limestone cave: stalactites, a still pool and daylight at its mouth."""
    d = Drawing()
    d.sheet(d.radial((0, "#f7e3ae"), (0.16, "#d99a55"), (0.42, "#7d4a4a"), (0.75, "#33305c"), (1, "#151a3a"), cx=0.6, cy=0.42, r=0.75))
    mouth = curve([(560, 520), (585, 440), (600, 330), (645, 245), (720, 205), (810, 228), (862, 310), (880, 420), (930, 520), (740, 540)], 5, closed=True)
    d.shape(mouth, d.linear((0, "#d6ebf0"), (0.55, "#fdf6d8"), (0.75, "#dfe8c4"), (1, "#a8bf86")))
    for line, tone in (
        ([(592, 415), (640, 385), (690, 395), (750, 340), (810, 380), (874, 362), (884, 430), (588, 430)], "#b5c9bd"),
        ([(588, 430), (660, 422), (720, 436), (790, 418), (882, 424), (900, 470), (574, 470)], "#8fb08c"),
    ):
        d.shape(line, tone)
    d.glow(735, 330, 460, "#ffe9b8", 0.75)
    beam = d.linear((0, "#fff2c8", 0.5), (1, "#fff2c8", 0))
    for points in ([(640, 300), (700, 250), (420, 690), (240, 690)], [(720, 240), (790, 260), (760, 700), (580, 700)]):
        d.shape(points, beam)
    for seed, base, size, tone, light in ((1, 150, 130, "#80535a", "#c48a6a"), (2, 105, 180, "#54415f", "#96687a"), (3, 50, 260, "#2a2a55", "#5b5384")):
        _stalactites(d, seed, base, size, tone, light)
    pool = d.linear((0, "#f3d79a"), (0.25, "#8fb0a8"), (0.6, "#2f6f86"), (1, "#14305a"))
    d.path(smooth([(150, 640), (420, 592), (760, 588), (1010, 622), (1090, 690), (980, 780), (600, 812), (220, 780), (90, 700)]), pool)
    rng = random.Random(5)
    d.path(ripples(rng, (300, 612, 940, 780), 38, 80), stroke="#fbe9bd", stroke_width=2, stroke_linecap="round", opacity=0.55)
    d.ellipse(735, 640, 120, 26, "#fff3cd", opacity=0.5)
    for seed, base, size, tone, light in ((4, 600, 110, "#6e4a58", "#b98268"), (5, 690, 170, "#463a5e", "#85607a"), (6, 815, 250, "#1d2149", "#4a487a")):
        _stalagmites(d, seed, base, size, tone, light)
    with d.at(905, 596, 0.8):
        d.path("M-9 0L-7-38Q0-50 7-38L9 0z", INDIGO_DEEP)
        d.circle(0, -54, 8, INDIGO_DEEP)
        d.path("M22 0L23-30Q29-40 35-30L37 0z", "#5a1f33")
        d.circle(29, -45, 7, "#5a1f33")
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


def _stalactites(d: Drawing, seed: int, base: float, size: float, tone: str, light: str) -> None:
    rng = random.Random(seed)
    shapes, shine = "", ""
    ceiling: list[Point] = []
    for x, wide, length in _spikes(rng, size, (0.9, 1.7)):
        root = base + 45 * math.sin(x / 170 + seed) - (0 if abs(x - 720) > 260 else 25)
        ceiling.append((x, root))
        half = wide * 0.5
        shapes += f"M{x - half:.0f} {root - 30:.0f}Q{x - half * 0.25:.0f} {root + length * 0.4:.0f} {x:.0f} {root + length:.0f}Q{x + half * 0.25:.0f} {root + length * 0.4:.0f} {x + half:.0f} {root - 30:.0f}z"
        side = 0.2 if x < 720 else -0.3
        shine += f"M{x + half * side:.0f} {root - 10:.0f}Q{x + half * 0.2 * (1 if x < 720 else -1):.0f} {root + length * 0.4:.0f} {x:.0f} {root + length * 0.9:.0f}"
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
        stones += f"M{x - half:.0f} {base + 20:.0f}Q{x - half * 0.5:.0f} {base - length * 0.3:.0f} {x - 4:.0f} {top:.0f}q4-6 8 0Q{x + half * 0.5:.0f} {base - length * 0.3:.0f} {x + half:.0f} {base + 20:.0f}z"
        side = 1 if x < 720 else -1
        shine += f"M{x + side * half * 0.55:.0f} {base:.0f}Q{x + side * half * 0.36:.0f} {base - length * 0.3:.0f} {x + side * 3:.0f} {top + 8:.0f}"
    d.path(stones, tone)
    if base < 800:
        d.path(f"M-20 {base - 25:.0f}Q180 {base - 30:.0f} 330 {base + 22:.0f}L-20 {base + 60:.0f}zM860 {base + 24:.0f}Q1020 {base - 34:.0f} 1220 {base - 30:.0f}V{base + 70:.0f}z", tone)
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
    for seed, anchors, tone in ((1, [(60, 430), (150, 404), (230, 392), (330, 410), (420, 430)], "#9fb6c4"), (2, [(930, 430), (1010, 408), (1090, 384), (1180, 400), (1230, 418)], "#a9bac4")):
        d.shape(ground(skyline(anchors, seed, 5), 432), tone)
    d.rect(0, 430, 1200, 370, d.linear((0, "#f6e2bd"), (0.1, "#b4d3d4"), (0.4, "#4f9fb6"), (1, "#15557f")))
    rng = random.Random(3)
    path = "".join(f"M{860 + rng.uniform(-1, 1) * (20 + (y - 430) * 0.42) - 20:.0f} {y}h{rng.uniform(20, 40 + (y - 430) * 0.2):.0f}" for y in range(436, 700, 7) for _ in range(2))
    d.path(path, stroke="#fff3cf", stroke_width=3, stroke_linecap="round", opacity=0.75)
    d.path(ripples(rng, (0, 450, 1150, 795), 70, 90), stroke="#e6f6f6", stroke_width=2, stroke_linecap="round", opacity=0.35)
    _island(d)
    _fishing_boat(d, 760, 640, 1.15)
    d.path("M480 210q14-16 28 0q14-16 28 0M560 260q10-12 20 0q10-12 20 0M420 280q9-10 18 0q9-10 18 0", "none", stroke="#4a5d78", stroke_width=3.5, stroke_linecap="round", stroke_linejoin="round")
    for y, h, tone in ((752, 5, "#1a6289"), (780, 7, "#124b73")):
        wave = "".join(f"q30-{h * 2} 60 0t60 0" for _ in range(11))
        d.path(f"M-20 {y}{wave}V820H-20z", tone, opacity=0.4)
    return d.svg()


def _island(d: Drawing) -> None:
    """Draw the near island: beach, rocks, palms, a small lighthouse."""
    d.path(smooth([(-40, 560), (120, 548), (330, 560), (470, 588), (330, 612), (100, 622), (-40, 618)]), "#bfe3dc", opacity=0.7)
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
        d.path("M-190 30q-30 6-70 2M-180 44q-50 10-110 2", "none", stroke="#f3fbfb", stroke_width=3, stroke_linecap="round", opacity=0.7)


