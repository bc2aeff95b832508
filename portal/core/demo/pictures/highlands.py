"""The painted high country: peaks at daybreak, a sea of clouds, a small town in its valley."""

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from portal.core.demo.pictures.landscapes import forest, paint_ridge
from portal.core.demo.pictures.painting import Painting, clouds
from portal.core.demo.pictures.shapes import (
    HEIGHT,
    INDIGO_DEEP,
    MIST,
    RED,
    RED_DEEP,
    WIDTH,
    Colour,
    Noise,
    ground,
    mix,
    ridge,
)


def peaks() -> bytes:
    """Range behind range at daybreak, from the pink far summits to dark pines."""
    p = Painting(
        [(0, "#33437c"), (0.16, "#6d74a8"), (0.32, "#d39bae"), (0.46, "#f7cf9c"), (0.6, "#fdebc4"), (1, "#fdebc4")]
    )
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
        p.mist(
            (425, 500, 570, 660, 770)[i],
            90,
            ("#fde0b8", "#fbd3ae", "#eab9a9", "#b997ab", "#6a6a96")[i],
            (0.7, 0.65, 0.5, 0.4, 0.35)[i],
            seed=50 + i,
        )
    slope = ridge(
        71,
        815,
        120,
        scale=2.5,
        octaves=3,
        sharp=0.2,
        envelope=lambda x: 0.5 + 2.6 * math.exp(-((x - 0.02) ** 2) / 0.05) + 1.2 * (x - 0.6) * (x > 0.6),
    )
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
                pen.ellipse(
                    ((cx - rx) / 2, (cy - lift * r - ry) / 2, (cx + rx) / 2, (cy - lift * r + ry) / 2), fill=255
                )
            pen.rectangle(((x - r * 1.4) / 2, cy / 2, (x + r * 1.4) / 2, size[1]), fill=255) if cy < HEIGHT else None
            x += r * rng.uniform(0.6, 1.5)
        inside = mask.filter(ImageFilter.GaussianBlur(thick * 0.17)).point(
            [min(255, max(0, round((i - 120) * 2.1))) for i in range(256)]
        )
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
    paint_ridge(
        p,
        ridge(84, 500, 290, scale=7, sharp=0.9, octaves=6, step=6, envelope=one),
        "#6d7ba8",
        "#cdbfcb",
        foot=540,
        shade=120,
        seed=2,
        depth=80,
    )
    _bank(p, 452, 66, 2, "#fff4e2", "#d8c6cf")
    two = lambda x: math.exp(-((x - 0.9) ** 2) / 0.02) + 0.62 * math.exp(-((x - 0.52) ** 2) / 0.008)  # noqa: E731
    paint_ridge(
        p,
        ridge(90, 620, 300, scale=6, sharp=0.9, octaves=6, step=6, envelope=two),
        "#48598f",
        "#aaa7c0",
        foot=660,
        shade=130,
        seed=3,
        depth=90,
    )
    _bank(p, 560, 92, 3, "#fff8ec", "#c0b8cf")
    three = ridge(
        95,
        870,
        330,
        scale=3,
        sharp=0.6,
        octaves=5,
        step=8,
        envelope=lambda x: 1.35 * math.exp(-((x - 0.06) ** 2) / 0.05),
    )
    forest(p, three[:52], "#22325a", 14, 4)
    p.fill(ground(three), [(0, "#22325a"), (1, INDIGO_DEEP)])
    _bank(p, 725, 120, 6, "#fffdf8", "#a3a6c6")
    return p.jpeg(grain=4)


def town() -> bytes:
    """A small town on its valley floor at dusk, the first lamps lit, mountains all round."""
    p = Painting([(0, "#3d4f8a"), (0.18, "#8088b4"), (0.32, "#e3b3ae"), (0.44, "#fbdcae"), (1, "#fbdcae")])
    p.glow(760, 300, 460, "#ffe9bd", 0.9)
    layers = (
        (111, 360, 230, 4.2, "#a29bc0", "#efcdb8", 60),
        (115, 400, 210, 4.6, "#7781ad", "#ddbcb4", 80),
        (119, 440, 170, 3.8, "#55689a", "#b5a5b0", 90),
    )
    for seed, base, tall, scale, top, bottom, shade in layers:
        paint_ridge(
            p,
            ridge(seed, base, tall, scale=scale, sharp=0.9, octaves=6, step=7),
            top,
            bottom,
            foot=470,
            shade=shade,
            depth=80,
            seed=seed,
        )
        p.mist(base - 15, 70, "#f6d8bd", 0.6, seed=seed)
    hills = ridge(123, 480, 90, scale=3, sharp=0.3, step=8, envelope=lambda x: 0.4 + 2.4 * abs(x - 0.5))
    forest(p, hills, "#3f5f78", 7, 2)
    p.fill(ground(hills), [(0, "#3f5f78"), (0.25, "#56786e"), (1, "#2b5244")])
    p.fill([(0, 470), (1200, 470), (1200, 800), (0, 800)], [(0, "#7f9080"), (0.3, "#5f8063"), (1, "#2f5a44")])
    _lake(p)
    _streets(p)
    near = ridge(131, 850, 120, scale=2.2, octaves=3, sharp=0.1, envelope=lambda x: 0.35 + 3.2 * (x - 0.5) ** 2)
    forest(p, near, "#1d3a45", 26, 8)
    p.fill(ground(near), [(0, "#1d3a45"), (1, INDIGO_DEEP)])
    p.mist(478, 60, "#f2d6c0", 0.5, seed=9)
    return p.jpeg(grain=4)


def _lake(p: Painting) -> None:
    """Paint the lake and the fields around it."""
    oval = [(860 + 190 * math.cos(a / 12) + 16 * math.sin(a / 5), 548 + 24 * math.sin(a / 12)) for a in range(76)]
    p.fill(oval, [(0, "#fbe0bd"), (0.5, "#c9b3c0"), (1, "#6f7fb0")])
    for x, y, w, tone in (
        (120, 520, 150, "#a5a45c"),
        (250, 522, 110, "#8f9f62"),
        (300, 506, 120, "#98a266"),
        (80, 552, 170, "#7f9a5c"),
        (210, 548, 130, "#a09c58"),
        (1010, 606, 150, "#8a9a58"),
        (1130, 590, 150, "#a5a45c"),
        (1120, 636, 190, "#6f8f55"),
        (980, 510, 100, "#98a266"),
        (1110, 516, 130, "#8a9a60"),
    ):
        p.polygon([(x - w * 0.5, y), (x + w * 0.4, y - 12), (x + w * 0.6, y + 4), (x - w * 0.35, y + 18)], tone)


def _streets(p: Painting) -> None:
    """Paint an avenue that runs back through the town, houses on both sides, lamps along it."""
    rng = random.Random(14)

    def avenue(t: float) -> tuple[float, float, float]:
        """Return middle, level and half width of the avenue (t from far 0 to near 1)."""
        return 560 + 120 * math.sin(t * 2.4 + 0.4) - 190 * t * t, 492 + 330 * t**1.5, 3 + 46 * t**1.5

    line = [avenue(i / 40) for i in range(41)]
    p.polygon([(x - w, y) for x, y, w in line] + [(x + w, y) for x, y, w in reversed(line)], "#6d6f80")
    p.polygon([(x - w * 0.05, y) for x, y, w in line] + [(x + w * 0.05, y) for x, y, w in reversed(line)], "#d9c9a8")
    lots = []
    for row in range(22):
        t = (row + 0.5) / 22
        x, y, w = avenue(t)
        size = 9 + 46 * t**1.4
        for side in (-1, 1):
            for k in range(9):
                if rng.random() < 0.09 * max(0, k - 2):
                    continue
                if side > 0 and k > 1 and 530 < y < 590:
                    continue
                lots.append(
                    (
                        y + rng.uniform(-0.15, 0.15) * size,
                        x + side * (w + size * (0.75 + 1.28 * k + 0.2 * rng.random())),
                        size * rng.uniform(0.85, 1.15),
                        t,
                    )
                )
    for _ in range(90):
        y = 500 + 250 * rng.random() ** 1.6
        lots.append((y, rng.uniform(0, WIDTH), 9 + (y - 492) * 0.13, -1.0))
    for y, x, size, t in sorted(lots):
        if t < 0:
            if (
                not (660 < x < 1060 and 515 < y < 585)
                and abs(x - avenue(((y - 492) / 330) ** (2 / 3))[0]) > 30 + (y - 492) * 0.5
            ):
                _crown(p, x, y, size * 1.1, mix("#2f5f4a", "#7f9080", 0.5 * (1 - (y - 500) / 300)), rng)
        elif rng.random() < 0.2:
            _crown(p, x, y, size * 0.8, mix("#2f5f4a", "#7f9080", 0.5 * (1 - t)), rng)
        else:
            _town_house(p, x, y, size, t, rng)
    for i in range(2, 40, 2):
        x, y, w = avenue(i / 40)
        for side in (-1, 1):
            size = 2 + 10 * (i / 40) ** 1.4
            p.glow(x + side * w * 1.05, y - size * 2.6, size * 2.6, "#ffdf9a", 1.0)
            p.glow(x + side * w * 1.05, y - size * 2.6, size * 0.7, "#fffbe8", 2.0)


def _crown(p: Painting, x: float, y: float, size: float, colour: Colour, rng: random.Random) -> None:
    for tint in (mix(colour, INDIGO_DEEP, 0.25), colour, mix(colour, "#c9d08a", 0.22)):
        for _ in range(4):
            cx, cy, r = (
                x + rng.uniform(-0.3, 0.3) * size,
                y - size * rng.uniform(0.3, 0.8),
                size * rng.uniform(0.16, 0.3),
            )
            p.polygon([(cx + r * math.cos(a / 2), cy + r * 0.9 * math.sin(a / 2)) for a in range(13)], tint)


def _town_house(p: Painting, x: float, y: float, size: float, t: float, rng: random.Random) -> None:
    """Paint one narrow house with a tiled or flat roof and some lit windows."""
    haze = 0.55 * (1 - t) ** 1.5
    wall = mix(
        rng.choice(("#f1e4cc", "#e3d3c0", "#f0d9a8", "#cfdcd8", "#dcc3b5", "#c9d3c0")), "#8a88a8", 0.25 + haze * 0.5
    )
    roof = mix(rng.choice((RED, RED_DEEP, "#8a4a3a", "#3f5f78", "#a8583a")), "#a79bb0", 0.12 + haze * 0.7)
    floors = rng.choice((1, 2, 2, 3, 3, 4))
    half, tall = size * rng.uniform(0.42, 0.58), size * 0.36 * floors + size * 0.12
    p.polygon([(x - half, y), (x - half, y - tall), (x + half, y - tall), (x + half, y)], wall)
    p.polygon(
        [
            (x + half, y),
            (x + half, y - tall),
            (x + half * 1.28, y - tall - size * 0.08),
            (x + half * 1.28, y - size * 0.08),
        ],
        mix(wall, INDIGO_DEEP, 0.35),
    )
    if floors < 4:
        p.polygon(
            [
                (x - half * 1.12, y - tall),
                (x - half * 0.5, y - tall - size * 0.3),
                (x + half * 0.9, y - tall - size * 0.34),
                (x + half * 1.36, y - tall - size * 0.08),
                (x + half * 1.12, y - tall),
            ],
            roof,
        )
    else:
        p.polygon(
            [
                (x - half * 1.06, y - tall),
                (x - half * 1.06, y - tall - size * 0.07),
                (x + half * 1.3, y - tall - size * 0.14),
                (x + half * 1.3, y - tall - size * 0.04),
            ],
            roof,
        )
    for floor in range(floors):
        for k in (-1, 0, 1):
            lit = rng.random() < 0.5
            wx, wy = x + k * half * 0.6, y - size * (0.14 + 0.36 * floor)
            w, h = half * 0.19, size * 0.2
            p.polygon(
                [(wx - w, wy), (wx - w, wy - h), (wx + w, wy - h), (wx + w, wy)],
                mix("#ffd27a", "#ffedc2", rng.random()) if lit else mix("#4a5a7d", wall, haze),
            )
