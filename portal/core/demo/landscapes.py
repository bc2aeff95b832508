"""The painted landscapes: terraces, tea hills, peaks and a sea of clouds."""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

from .painting import Box, Painting, clouds, field, gradient, look_up
from .shapes import (
    GOLD,
    GOLD_PALE,
    GREEN,
    GREEN_DEEP,
    HEIGHT,
    INDIGO,
    INDIGO_DEEP,
    MIST,
    PINK,
    WIDTH,
    Colour,
    Noise,
    Point,
    facets,
    ground,
    mix,
    ridge,
)


def paint_ridge(p: Painting, points: Sequence[Point], top: Colour, bottom: Colour, *, foot: float = HEIGHT, shade: int = 0, depth: float = 90, seed: int = 1) -> None:
    """Paint a ridge fading downwards, with shaded faces if ``shade`` (an alpha) is given."""
    p.fill(ground(points, foot), [(0, top), (1, bottom)])
    if shade:
        for face in facets(points, seed, depth):
            (left, upper), mask = p.mask(face)
            fading = gradient([(0, "#ffffff"), (0.35, "#bbbbbb"), (1, "#000000")], mask.size).convert("L").point([i * shade // 255 for i in range(256)])
            empty = Image.new("L", mask.size)
            p.image.paste(Image.new("RGB", mask.size, INDIGO_DEEP), (left, upper), Image.composite(fading, empty, mask))


def forest(p: Painting, points: Sequence[Point], colour: Colour, size: float, seed: int) -> None:
    """Grow a fringe of trees along a skyline, some pointed and some round."""
    rng = random.Random(seed)
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        count = max(1, round((x1 - x0) / size / 0.55))
        for i in range(count):
            t = (i + rng.random()) / count
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + 1
            h, w = size * rng.uniform(0.5, 1.6), size * rng.uniform(0.3, 0.5)
            tint = mix(colour, "#ffffff", rng.uniform(0, 0.08))
            if rng.random() < 0.4:
                for tier in (0, 0.3, 0.6):
                    k = w * (1.05 - tier)
                    p.polygon([(x - k, y - h * tier * 1.3), (x, y - h * (tier * 1.3 + 0.75)), (x + k, y - h * tier * 1.3)], tint)
            else:
                for dx, lift, r in ((-0.5, 0.3, 0.5), (0.5, 0.35, 0.5), (0, 0.6, 0.6)):
                    p.polygon([(x + w * (dx + r * 1.4 * math.cos(a * 0.6)), y - h * lift + w * r * 1.3 * math.sin(a * 0.6)) for a in range(11)], tint)


def _terraced(p: Painting, crest: Sequence[Point], box: Box, *, seed: int, levels: int, swing: float, haze: Colour, hazy: float, water: float) -> None:
    """Paint one hillside: its terraces are the level lines of a height that spurs and hollows bend."""
    rng, wave = random.Random(seed), Noise(seed)
    top, bottom = box[1], box[3]

    first, step = crest[0][0], crest[1][0] - crest[0][0]

    def height(x: float, y: float) -> float:
        k = min(len(crest) - 2, max(0, int((x - first) / step)))
        edge = crest[k][1] + (crest[k + 1][1] - crest[k][1]) * ((x - first) / step - k)
        below = (y - edge) / (bottom - top)
        far = max(0.0, 0.45 * (y - top) / (bottom - top) + 0.55 * below)
        bend = math.sin(x / 150 + seed + far * 2.2) + 1.1 * (wave(x / 120 + far * 0.8) - 0.5) + 0.6 * math.sin(x / 61 + far * 4 + seed)
        bend += 0.9 * (wave.fractal(x / 48 + far * 2 + 90, 2) - 0.5)
        lifted = far + swing * min(1.0, 0.15 + far * 1.6) * bend
        return 1 + levels * max(0.0, lifted + 0.03) ** 0.66

    def palette(dry: float) -> list[tuple[Colour, Colour]]:
        surfaces = []
        for _ in range(levels * 2):
            ripe = mix(GOLD, GOLD_PALE, rng.random() * 0.6) if rng.random() < dry else mix("#8fae3f", "#4f9150", rng.random())
            surfaces.append((ripe, mix(GREEN_DEEP, "#5a4a24", rng.random() * 0.7)))
        return surfaces

    def tones(surfaces: list[tuple[Colour, Colour]]):
        def tone(level: int, t: float) -> Colour:
            surface, wall = surfaces[level]
            if t < 0.08:
                return mix(wall, surface, t / 0.08)
            if t < 0.7:
                return mix(mix(surface, wall, 0.2), surface, (t - 0.08) / 0.62)
            if t < 0.77:
                return mix(surface, "#fff3c4", 0.55)
            return mix(mix(wall, surface, 0.35), wall, (t - 0.77) / 0.23)

        return tone

    heights = field(height, box)
    ripe = look_up(heights, tones(palette(0.85)), levels * 2)
    young = look_up(heights, tones(palette(0.12)), levels * 2)
    patches = clouds(seed, (5, 4), heights.size, 3).point([min(255, max(0, (i - 112) * 9)) for i in range(256)])
    hill = Image.composite(ripe, young, patches)

    flooded = [rng.random() < water for _ in range(128)]
    table = [255 if flooded[v // 512] and 0.04 < v % 512 / 512 < 0.7 else 0 for v in range(65536)]
    mirror = gradient([(0, "#fbe6c4"), (0.45, "#d8d8d6"), (1, "#a9c0d6")], heights.size)
    shine = clouds(seed + 5, (4, 9), heights.size, 3).point([min(255, max(0, (i - 70) * 2)) for i in range(256)])
    mirror = Image.composite(mirror, Image.blend(mirror, Image.new("RGB", heights.size, INDIGO), 0.22), shine)
    hill.paste(mirror, (0, 0), heights.point(table, "L"))

    # Broad light and shadow over the spurs, then haze towards the crest.
    relief = clouds(seed + 9, (4, 3), heights.size, 2).point([min(110, max(0, (150 - i) * 2)) for i in range(256)])
    hill.paste(Image.new("RGB", heights.size, INDIGO_DEEP), (0, 0), relief)
    veil = gradient([(0, "#ffffff"), (0.55, "#404040"), (1, "#000000")], heights.size).convert("L").point([round(i * hazy) for i in range(256)])
    hill.paste(Image.new("RGB", heights.size, haze), (0, 0), veil)
    corner, mask = p.mask(ground(crest, bottom))
    scale = heights.size[0] / (box[2] - box[0])
    hill = hill.crop((corner[0] - round(box[0] * scale), corner[1] - round(box[1] * scale), corner[0] - round(box[0] * scale) + mask.size[0], corner[1] - round(box[1] * scale) + mask.size[1]))
    p.image.paste(hill, corner, mask)


def terraces() -> bytes:
    """Rice terraces in the ripening season, some still holding water, under a hazy morning sun."""
    p = Painting([(0, "#7f9fc6"), (0.2, "#d3d6da"), (0.36, "#fbe3b8"), (1, "#fbe3b8")])
    p.glow(820, 190, 420, "#fff1c9", 0.95)
    p.glow(820, 178, 46, "#fffdf2", 3)
    paint_ridge(p, ridge(3, 320, 240, scale=5, sharp=0.9, step=8), "#aab6cb", "#ecdcc8", foot=420, shade=60, depth=60)
    paint_ridge(p, ridge(8, 355, 190, scale=6, sharp=0.9, step=8), "#8799b4", "#e8d9c2", foot=440, shade=80, depth=70)
    p.mist(335, 110, "#fdeccb", 0.8, seed=3)
    wooded = ridge(13, 385, 130, scale=4, sharp=0.6, step=8)
    forest(p, wooded, "#7b969b", 5, 3)
    paint_ridge(p, wooded, "#6c8893", "#d9d3b5", foot=470, shade=60, depth=60)
    p.mist(385, 70, "#fdeccb", 0.8, seed=6)
    far = [(x, 440 - 0.055 * (x - 260) + 16 * math.sin(x / 120) + 7 * math.sin(x / 47)) for x in range(240, 1240, 8)]
    _terraced(p, far, (240, 360, 1200, 660), seed=4, levels=30, swing=0.12, haze="#f3e2c0", hazy=0.7, water=0.3)
    forest(p, far[84:108], "#8c9f7c", 8, 2)
    p.mist(455, 100, "#fdeccb", 0.6, seed=8)
    left = [(x, 398 + 0.00031 * (x + 60) ** 2 + 12 * math.sin(x / 80) + 5 * math.sin(x / 33)) for x in range(-16, 1240, 8)]
    _terraced(p, left, (0, 380, 1200, 800), seed=11, levels=26, swing=0.12, haze="#efe0b4", hazy=0.45, water=0.35)
    forest(p, left[3:26], "#557a56", 12, 5)
    _houses(p, [(330, 452, 26), (366, 470, 30), (412, 468, 24)])
    p.mist(600, 110, "#fdeccb", 0.3, seed=12)
    right = [(x, 560 + 0.00036 * (1180 - x) ** 2 + 12 * math.sin(x / 75) + 5 * math.sin(x / 31)) for x in range(300, 1240, 8)]
    _terraced(p, right, (300, 520, 1200, 800), seed=17, levels=15, swing=0.12, haze="#e8dba6", hazy=0.2, water=0.45)
    forest(p, right[88:112], "#3a6a48", 17, 9)
    return p.jpeg()


def _houses(p: Painting, places: Sequence[tuple[float, float, float]]) -> None:
    """Set small wooden houses with hipped roofs on a slope."""
    for x, y, size in places:
        p.polygon([(x - size * 0.42, y), (x - size * 0.42, y - size * 0.4), (x + size * 0.42, y - size * 0.4), (x + size * 0.42, y)], "#6b4a34")
        p.polygon([(x - size * 0.62, y - size * 0.32), (x - size * 0.3, y - size * 0.85), (x + size * 0.3, y - size * 0.85), (x + size * 0.62, y - size * 0.32)], "#8d7a63")
        p.polygon([(x + size * 0.05, y - size * 0.32), (x + size * 0.3, y - size * 0.85), (x + size * 0.62, y - size * 0.32)], "#6f5d4c")


def _tea_hill(p: Painting, crest: Sequence[Point], box: Box, *, seed: int, rows: int, light: Colour, haze: Colour, hazy: float, lean: float) -> None:
    """Paint a rounded hill combed with rows of tea that follow its crest and widen towards us."""
    wave = Noise(seed)
    first, step = crest[0][0], crest[1][0] - crest[0][0]
    tall = box[3] - box[1]

    def height(x: float, y: float) -> float:
        i = (x - first) / step
        k = min(len(crest) - 2, max(0, int(i)))
        edge = crest[k][1] + (crest[k + 1][1] - crest[k][1]) * min(1.0, max(0.0, i - k))
        down = max(0.0, (y - edge) / tall)
        return 1 + rows * (down * 1.15) ** 0.62 + lean * (x - first) / 400 + 0.5 * (wave.fractal(x / 130 + down * 3, 2) - 0.5)

    def tone(level: int, t: float) -> Colour:
        body = mix(GREEN, light, 0.35 + 0.3 * wave(level * 1.7))
        if t < 0.16:
            return mix("#17392c", "#2b5238", t / 0.16)
        swell = math.sin(math.pi * ((t - 0.16) / 0.84) ** 0.8)
        return mix(mix(GREEN_DEEP, body, 0.3), mix(body, light, 0.5), swell)

    heights = field(height, box)
    hill = look_up(heights, tone, rows + 8)
    leaves = clouds(seed + 3, (160, 60), heights.size, 2).point([min(80, max(0, (150 - i) * 2)) for i in range(256)])
    hill.paste(Image.new("RGB", heights.size, GREEN_DEEP), (0, 0), leaves)
    low = Image.new("L", (60, 30))
    low.putdata([min(255, max(0, round(150 * (x / 60) ** 1.5 + 60 * (y / 30)))) for y in range(30) for x in range(60)])
    hill.paste(Image.new("RGB", heights.size, "#143a3a"), (0, 0), low.resize(heights.size, Image.Resampling.BICUBIC).point([i * 6 // 10 for i in range(256)]))
    veil = gradient([(0, "#ffffff"), (0.6, "#303030"), (1, "#000000")], heights.size).convert("L").point([round(i * hazy) for i in range(256)])
    hill.paste(Image.new("RGB", heights.size, haze), (0, 0), veil)
    (left, top), mask = p.mask(ground(crest, box[3]))
    scale = heights.size[0] / (box[2] - box[0])
    x, y = left - round(box[0] * scale), top - round(box[1] * scale)
    p.image.paste(hill.crop((x, y, x + mask.size[0], y + mask.size[1])), (left, top), mask)


def _dome(left: float, right: float, top: float, foot: float, power: float = 2.2) -> list[Point]:
    """Return the outline of a rounded hill."""
    count = 60
    points = []
    for i in range(count + 1):
        t = i / count * 2 - 1
        points.append((left + (right - left) * i / count, foot - (foot - top) * (1 - abs(t) ** power)))
    return points


def _shade_tree(p: Painting, x: float, y: float, size: float, colour: Colour) -> None:
    """Set a slender shade tree with flat layers of leaves."""
    rng = random.Random(round(x + y))
    trunk = mix("#3b3a2c", colour, 0.3)
    p.polygon([(x - size * 0.035, y + 2), (x - size * 0.012, y - size), (x + size * 0.012, y - size), (x + size * 0.035, y + 2)], trunk)
    for level, wide in ((0.52, 0.2), (0.68, 0.36), (0.84, 0.32), (1.0, 0.22)):
        side = rng.uniform(-0.08, 0.08) * size
        for k in range(14):
            t = rng.uniform(-1, 1)
            cx, cy = x + side + size * wide * t, y - size * (level - 0.05 * t * t) + size * rng.uniform(-0.025, 0.025)
            r = size * rng.uniform(0.045, 0.085)
            tint = mix(colour, INDIGO_DEEP, 0.28) if k < 5 else mix(colour, "#e3e79a", 0.32 * rng.random())
            shift = 0.03 * size if k < 5 else 0
            p.polygon([(cx + r * 1.5 * math.cos(a / 2), cy + shift + r * 0.8 * math.sin(a / 2)) for a in range(13)], tint)


def tea_hills() -> bytes:
    """Rows of tea combed over rounded hills, the morning haze between them."""
    p = Painting([(0, "#9fc3d6"), (0.3, "#e4ecdf"), (0.42, "#fbf3d8"), (1, "#fbf3d8")])
    p.glow(270, 150, 430, "#fffbe6", 1)
    paint_ridge(p, ridge(31, 320, 190, scale=3.6, sharp=0.75), "#a9c0cc", "#e9eee0", foot=430, shade=45)
    paint_ridge(p, ridge(35, 350, 140, scale=4.4, sharp=0.7), "#86a7b0", "#e4ecd8", foot=440, shade=50)
    p.mist(345, 110, "#fbf6e2", 0.8, seed=3)
    p.fill([(0, 440), (1200, 440), (1200, 800), (0, 800)], [(0, "#dfe6c4"), (1, "#2f6342")])
    light = "#b9d56a"
    hills: list[tuple[list[Point], Box, dict]] = [
        (_dome(560, 1340, 318, 560), (560, 310, 1200, 560), {"seed": 5, "rows": 24, "haze": "#eef1da", "hazy": 0.7, "lean": 0.6}),
        (_dome(-260, 560, 330, 600), (0, 322, 560, 600), {"seed": 8, "rows": 22, "haze": "#eef1da", "hazy": 0.6, "lean": -0.8}),
        (_dome(190, 1020, 405, 760), (190, 398, 1020, 760), {"seed": 12, "rows": 25, "haze": "#e6edc8", "hazy": 0.45, "lean": 1.2}),
        (_dome(620, 1560, 455, 830), (620, 448, 1200, 800), {"seed": 15, "rows": 17, "haze": "#dfe9bb", "hazy": 0.28, "lean": -1.4}),
        (_dome(-520, 820, 520, 960, 2), (0, 512, 820, 800), {"seed": 19, "rows": 13, "haze": "#d5e4a8", "hazy": 0.15, "lean": 1.6}),
    ]
    for i, (crest, box, options) in enumerate(hills):
        _tea_hill(p, crest, box, light=light, **options)
        if i < 4:
            p.mist((470, 500, 600, 700)[i], 110, "#fbf6e2", (0.55, 0.5, 0.35, 0.25)[i], seed=20 + i)
    for x, y, size in ((1010, 319, 52), (1046, 321, 42), (150, 331, 60), (96, 333, 48), (640, 408, 74), (690, 414, 58), (985, 462, 108), (1120, 457, 84), (228, 524, 150)):
        _shade_tree(p, x, y, size, mix(GREEN, "#a8bf9a", max(0, (470 - y) / 300)))
    _pickers(p)
    return p.jpeg()


def _pickers(p: Painting) -> None:
    """Three tea pickers with conical hats and baskets, small among the rows."""
    for x, y, size, cloth in ((430, 672, 34, INDIGO), (505, 655, 31, PINK), (360, 640, 29, "#7a2f3a")):
        p.polygon([(x - size * 0.28, y), (x - size * 0.2, y - size * 0.75), (x + size * 0.2, y - size * 0.75), (x + size * 0.3, y)], cloth)
        p.polygon([(x + size * 0.12, y - size * 0.05), (x + size * 0.1, y - size * 0.55), (x + size * 0.5, y - size * 0.58), (x + size * 0.42, y - size * 0.05)], "#a9793f")
        p.polygon([(x - size * 0.1, y - size * 0.7), (x - size * 0.1, y - size * 0.9), (x + size * 0.1, y - size * 0.9), (x + size * 0.1, y - size * 0.7)], "#c99b76")
        p.polygon([(x - size * 0.46, y - size * 0.82), (x, y - size * 1.18), (x + size * 0.46, y - size * 0.82), (x, y - size * 0.76)], "#f0dfae")


def peaks() -> bytes:
    """Range behind range at daybreak, from the pink far summits to dark pines."""
    p = Painting([(0, "#33437c"), (0.16, "#6d74a8"), (0.32, "#d39bae"), (0.46, "#f7cf9c"), (0.6, "#fdebc4"), (1, "#fdebc4")])
    p.glow(385, 330, 520, "#ffe7b0", 0.95)
    p.glow(385, 322, 60, "#fffdf0", 2.5)
    tall = lambda x: 0.55 + 0.65 * math.exp(-((x - 0.7) ** 2) / 0.03)  # noqa: E731
    layers = [
        (ridge(41, 400, 220, scale=5, sharp=0.95, octaves=6, step=6), "#b492b0", "#f3cfae", 480, 55),
        (ridge(45, 480, 330, scale=4.4, sharp=0.97, octaves=6, step=6, envelope=tall), "#7f78a6", "#eec3a6", 560, 110),
        (ridge(52, 555, 260, scale=4.6, sharp=0.95, octaves=6, step=6), "#5d6397", "#d9a9a5", 620, 110),
        (ridge(56, 640, 250, scale=4, sharp=0.93, octaves=6, step=6), "#3f4a80", "#a98aa0", 720, 110),
        (ridge(63, 740, 230, scale=3.3, sharp=0.85, octaves=6, step=6), "#28356a", "#5c5f8a", 800, 100),
    ]
    for i, (points, top, bottom, foot, shade) in enumerate(layers):
        paint_ridge(p, points, top, bottom, foot=foot, shade=shade, depth=70 + 28 * i, seed=i)
        p.mist((425, 500, 570, 660, 770)[i], 90, ("#fde0b8", "#fbd3ae", "#eab9a9", "#b997ab", "#6a6a96")[i], (0.7, 0.65, 0.5, 0.4, 0.35)[i], seed=50 + i)
    slope = ridge(71, 815, 120, scale=2.5, octaves=3, sharp=0.2, envelope=lambda x: 0.5 + 2.6 * math.exp(-((x - 0.02) ** 2) / 0.05) + 1.2 * (x - 0.6) * (x > 0.6))
    forest(p, slope, INDIGO_DEEP, 22, 6)
    p.fill(ground([(x, y - 1) for x, y in slope]), [(0, INDIGO_DEEP), (1, "#0d1430")])
    return p.jpeg()


def _bank(p: Painting, y: float, thick: float, seed: int, lit: Colour, shadow: Colour) -> None:
    """Paint a bank of billowing clouds in three rows, each bright along its top and shaded below."""
    rng, wave = random.Random(seed), Noise(seed)
    size = (600, 400)
    texture = clouds(seed, (4, 12), size, 4).point([min(255, max(0, (i - 88) * 4)) for i in range(256)])
    for row in range(3):
        mask = Image.new("L", size)
        pen = ImageDraw.Draw(mask)
        x = -60.0
        while x < WIDTH + 60:
            r = thick * (0.12 + 0.5 * rng.random() ** 2.5)
            cy = y + thick * (0.5 * row - 1.1 * (wave.fractal(x / 330 + row * 7.3, 3, 0.4) - 0.4)) - r * 0.25
            for cx, lift, part in ((x, 0.0, 1.0), (x - r * 0.9, -0.35, 0.6), (x + r * 0.9, -0.4, 0.55)):
                rx, ry = r * part * 1.25, r * part * 0.7
                pen.ellipse(((cx - rx) / 2, (cy - lift * r - ry) / 2, (cx + rx) / 2, (cy - lift * r + ry) / 2), fill=255)
            pen.rectangle(((x - r * 1.4) / 2, cy / 2, (x + r * 1.4) / 2, size[1]), fill=255) if cy < HEIGHT else None
            x += r * rng.uniform(0.6, 1.5)
        inside = mask.filter(ImageFilter.GaussianBlur(thick * 0.17)).point([min(255, max(0, round((i - 120) * 2.1))) for i in range(256)])
        inside = Image.blend(inside, Image.composite(inside, Image.new("L", size), texture), 0.55)
        cover = Image.composite(Image.new("RGB", size, shadow), Image.new("RGB", size, lit), inside)
        p.veil(mask.filter(ImageFilter.GaussianBlur(0.8 + thick / 55)), cover)


def cloud_sea() -> bytes:
    """Summits standing like islands in a sea of clouds at sunrise."""
    p = Painting([(0, "#4d6fa8"), (0.2, "#9fb3d2"), (0.36, "#f6d6c0"), (0.45, "#ffe9bd"), (1, MIST)])
    p.glow(880, 318, 560, "#fff0c4", 0.95)
    p.glow(880, 306, 58, "#fffef6", 2.6)
    paint_ridge(p, ridge(81, 385, 120, scale=6, sharp=0.9, step=6), "#b9b7cd", "#f2d9c6", foot=420, shade=40, depth=40)
    _bank(p, 376, 40, 1, "#fff1da", "#ecd3c9")
    one = lambda x: math.exp(-((x - 0.3) ** 2) / 0.025) + 0.75 * math.exp(-((x - 0.72) ** 2) / 0.012)  # noqa: E731
    paint_ridge(p, ridge(84, 500, 290, scale=7, sharp=0.9, octaves=6, step=6, envelope=one), "#6d7ba8", "#cdbfcb", foot=540, shade=120, seed=2, depth=80)
    _bank(p, 452, 66, 2, "#fff4e2", "#d8c6cf")
    two = lambda x: math.exp(-((x - 0.9) ** 2) / 0.02) + 0.62 * math.exp(-((x - 0.52) ** 2) / 0.008)  # noqa: E731
    paint_ridge(p, ridge(90, 620, 300, scale=6, sharp=0.9, octaves=6, step=6, envelope=two), "#48598f", "#aaa7c0", foot=660, shade=130, seed=3, depth=90)
    _bank(p, 560, 92, 3, "#fff8ec", "#c0b8cf")
    three = ridge(95, 870, 330, scale=3, sharp=0.6, octaves=5, step=8, envelope=lambda x: 1.35 * math.exp(-((x - 0.06) ** 2) / 0.05))
    forest(p, three[:52], "#22325a", 14, 4)
    p.fill(ground(three), [(0, "#22325a"), (1, INDIGO_DEEP)])
    _bank(p, 725, 120, 6, "#fffdf8", "#a3a6c6")
    return p.jpeg(grain=4)
