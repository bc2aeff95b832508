"""The painted tea hills."""

import math
import random
from collections.abc import Sequence

from PIL import Image

from portal.core.demo.pictures.landscapes import paint_ridge
from portal.core.demo.pictures.painting import Box, Painting, clouds, field, gradient, look_up
from portal.core.demo.pictures.shapes import (
    GREEN,
    GREEN_DEEP,
    INDIGO,
    INDIGO_DEEP,
    PINK,
    Colour,
    Noise,
    Point,
    ground,
    mix,
    ridge,
)


def _tea_hill(
    p: Painting,
    crest: Sequence[Point],
    box: Box,
    *,
    seed: int,
    rows: int,
    light: Colour,
    haze: Colour,
    hazy: float,
    lean: float,
) -> None:
    """Paint a rounded hill combed with rows of tea that follow its crest and widen towards us."""
    wave = Noise(seed)
    first, step = crest[0][0], crest[1][0] - crest[0][0]
    tall = box[3] - box[1]

    def height(x: float, y: float) -> float:
        i = (x - first) / step
        k = min(len(crest) - 2, max(0, int(i)))
        edge = crest[k][1] + (crest[k + 1][1] - crest[k][1]) * min(1.0, max(0.0, i - k))
        down = max(0.0, (y - edge) / tall)
        return (
            1
            + rows * (down * 1.15) ** 0.62
            + lean * (x - first) / 400
            + 0.5 * (wave.fractal(x / 130 + down * 3, 2) - 0.5)
        )

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
    hill.paste(
        Image.new("RGB", heights.size, "#143a3a"),
        (0, 0),
        low.resize(heights.size, Image.Resampling.BICUBIC).point([i * 6 // 10 for i in range(256)]),
    )
    veil = (
        gradient([(0, "#ffffff"), (0.6, "#303030"), (1, "#000000")], heights.size)
        .convert("L")
        .point([round(i * hazy) for i in range(256)])
    )
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
    p.polygon(
        [
            (x - size * 0.035, y + 2),
            (x - size * 0.012, y - size),
            (x + size * 0.012, y - size),
            (x + size * 0.035, y + 2),
        ],
        trunk,
    )
    for level, wide in ((0.52, 0.2), (0.68, 0.36), (0.84, 0.32), (1.0, 0.22)):
        side = rng.uniform(-0.08, 0.08) * size
        for k in range(14):
            t = rng.uniform(-1, 1)
            cx, cy = x + side + size * wide * t, y - size * (level - 0.05 * t * t) + size * rng.uniform(-0.025, 0.025)
            r = size * rng.uniform(0.045, 0.085)
            tint = mix(colour, INDIGO_DEEP, 0.28) if k < 5 else mix(colour, "#e3e79a", 0.32 * rng.random())
            shift = 0.03 * size if k < 5 else 0
            p.polygon(
                [(cx + r * 1.5 * math.cos(a / 2), cy + shift + r * 0.8 * math.sin(a / 2)) for a in range(13)], tint
            )


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
        (
            _dome(560, 1340, 318, 560),
            (560, 310, 1200, 560),
            {"seed": 5, "rows": 24, "haze": "#eef1da", "hazy": 0.7, "lean": 0.6},
        ),
        (
            _dome(-260, 560, 330, 600),
            (0, 322, 560, 600),
            {"seed": 8, "rows": 22, "haze": "#eef1da", "hazy": 0.6, "lean": -0.8},
        ),
        (
            _dome(190, 1020, 405, 760),
            (190, 398, 1020, 760),
            {"seed": 12, "rows": 25, "haze": "#e6edc8", "hazy": 0.45, "lean": 1.2},
        ),
        (
            _dome(620, 1560, 455, 830),
            (620, 448, 1200, 800),
            {"seed": 15, "rows": 17, "haze": "#dfe9bb", "hazy": 0.28, "lean": -1.4},
        ),
        (
            _dome(-520, 820, 520, 960, 2),
            (0, 512, 820, 800),
            {"seed": 19, "rows": 13, "haze": "#d5e4a8", "hazy": 0.15, "lean": 1.6},
        ),
    ]
    for i, (crest, box, options) in enumerate(hills):
        _tea_hill(p, crest, box, light=light, **options)
        if i < 4:
            p.mist((470, 500, 600, 700)[i], 110, "#fbf6e2", (0.55, 0.5, 0.35, 0.25)[i], seed=20 + i)
    for x, y, size in (
        (1010, 319, 52),
        (1046, 321, 42),
        (150, 331, 60),
        (96, 333, 48),
        (640, 408, 74),
        (690, 414, 58),
        (985, 462, 108),
        (1120, 457, 84),
        (228, 524, 150),
    ):
        _shade_tree(p, x, y, size, mix(GREEN, "#a8bf9a", max(0, (470 - y) / 300)))
    _pickers(p)
    return p.jpeg()


def _pickers(p: Painting) -> None:
    """Three tea pickers with conical hats and baskets, small among the rows."""
    for x, y, size, cloth in ((430, 672, 34, INDIGO), (505, 655, 31, PINK), (360, 640, 29, "#7a2f3a")):
        p.polygon(
            [
                (x - size * 0.28, y),
                (x - size * 0.2, y - size * 0.75),
                (x + size * 0.2, y - size * 0.75),
                (x + size * 0.3, y),
            ],
            cloth,
        )
        p.polygon(
            [
                (x + size * 0.12, y - size * 0.05),
                (x + size * 0.1, y - size * 0.55),
                (x + size * 0.5, y - size * 0.58),
                (x + size * 0.42, y - size * 0.05),
            ],
            "#a9793f",
        )
        p.polygon(
            [
                (x - size * 0.1, y - size * 0.7),
                (x - size * 0.1, y - size * 0.9),
                (x + size * 0.1, y - size * 0.9),
                (x + size * 0.1, y - size * 0.7),
            ],
            "#c99b76",
        )
        p.polygon(
            [
                (x - size * 0.46, y - size * 0.82),
                (x, y - size * 1.18),
                (x + size * 0.46, y - size * 0.82),
                (x, y - size * 0.76),
            ],
            "#f0dfae",
        )
