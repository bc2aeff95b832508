"""The painted rice terraces, and the ridges and forests all painted landscapes share."""

import math
import random
from collections.abc import Sequence

from PIL import Image

from portal.core.demo.pictures.painting import Box, Painting, clouds, field, gradient, look_up
from portal.core.demo.pictures.shapes import (
    GOLD,
    GOLD_PALE,
    GREEN_DEEP,
    HEIGHT,
    INDIGO,
    INDIGO_DEEP,
    Colour,
    Noise,
    Point,
    facets,
    ground,
    mix,
    ridge,
)


def paint_ridge(
    p: Painting,
    points: Sequence[Point],
    top: Colour,
    bottom: Colour,
    *,
    foot: float = HEIGHT,
    shade: int = 0,
    depth: float = 90,
    seed: int = 1,
) -> None:
    """Paint a ridge fading downwards, with shaded faces if ``shade`` (an alpha) is given."""
    p.fill(ground(points, foot), [(0, top), (1, bottom)])
    if shade:
        for face in facets(points, seed, depth):
            (left, upper), mask = p.mask(face)
            fading = (
                gradient([(0, "#ffffff"), (0.35, "#bbbbbb"), (1, "#000000")], mask.size)
                .convert("L")
                .point([i * shade // 255 for i in range(256)])
            )
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
                    p.polygon(
                        [(x - k, y - h * tier * 1.3), (x, y - h * (tier * 1.3 + 0.75)), (x + k, y - h * tier * 1.3)],
                        tint,
                    )
            else:
                for dx, lift, r in ((-0.5, 0.3, 0.5), (0.5, 0.35, 0.5), (0, 0.6, 0.6)):
                    p.polygon(
                        [
                            (x + w * (dx + r * 1.4 * math.cos(a * 0.6)), y - h * lift + w * r * 1.3 * math.sin(a * 0.6))
                            for a in range(11)
                        ],
                        tint,
                    )


def _terraced(
    p: Painting,
    crest: Sequence[Point],
    box: Box,
    *,
    seed: int,
    levels: int,
    swing: float,
    haze: Colour,
    hazy: float,
    water: float,
) -> None:
    """Paint one hillside: its terraces are the level lines of a height that spurs and hollows bend."""
    rng, wave = random.Random(seed), Noise(seed)
    top, bottom = box[1], box[3]

    first, step = crest[0][0], crest[1][0] - crest[0][0]

    def height(x: float, y: float) -> float:
        k = min(len(crest) - 2, max(0, int((x - first) / step)))
        edge = crest[k][1] + (crest[k + 1][1] - crest[k][1]) * ((x - first) / step - k)
        below = (y - edge) / (bottom - top)
        far = max(0.0, 0.45 * (y - top) / (bottom - top) + 0.55 * below)
        bend = (
            math.sin(x / 150 + seed + far * 2.2)
            + 1.1 * (wave(x / 120 + far * 0.8) - 0.5)
            + 0.6 * math.sin(x / 61 + far * 4 + seed)
        )
        bend += 0.9 * (wave.fractal(x / 48 + far * 2 + 90, 2) - 0.5)
        lifted = far + swing * min(1.0, 0.15 + far * 1.6) * bend
        return 1 + levels * max(0.0, lifted + 0.03) ** 0.66

    surfaces = []
    for _ in range(levels * 2):
        ripe = (
            mix(GOLD, GOLD_PALE, rng.random() * 0.6) if rng.random() < 0.8 else mix("#8fae3f", "#4f9150", rng.random())
        )
        surfaces.append((ripe, mix(GREEN_DEEP, "#5a4a24", rng.random() * 0.7)))

    def tone(level: int, t: float) -> Colour:
        surface, wall = surfaces[level]
        if t < 0.08:
            return mix(wall, surface, t / 0.08)
        if t < 0.7:
            return mix(mix(surface, wall, 0.2), surface, (t - 0.08) / 0.62)
        if t < 0.77:
            return mix(surface, "#fff3c4", 0.55)
        return mix(mix(wall, surface, 0.35), wall, (t - 0.77) / 0.23)

    heights = field(height, box)
    ripe_hill = look_up(heights, tone, levels * 2)
    young_hill = ripe_hill.point([round(i * share) for share in (0.5, 0.84, 0.8) for i in range(256)])
    patches = clouds(seed, (5, 4), heights.size, 3).point([min(255, max(0, (i - 112) * 9)) for i in range(256)])
    hill = Image.composite(ripe_hill, young_hill, patches)

    flooded = [rng.random() < water for _ in range(128)]
    table = [255 if flooded[v // 512] and 0.04 < v % 512 / 512 < 0.7 else 0 for v in range(65536)]
    mirror = gradient([(0, "#fbe6c4"), (0.45, "#d8d8d6"), (1, "#a9c0d6")], heights.size)
    shine = clouds(seed + 5, (4, 9), heights.size, 3).point([min(255, max(0, (i - 70) * 2)) for i in range(256)])
    mirror = Image.composite(mirror, Image.blend(mirror, Image.new("RGB", heights.size, INDIGO), 0.22), shine)
    hill.paste(mirror, (0, 0), heights.point(table, "L"))

    # Broad light and shadow over the spurs, then haze towards the crest.
    relief = clouds(seed + 9, (4, 3), heights.size, 2).point([min(110, max(0, (150 - i) * 2)) for i in range(256)])
    hill.paste(Image.new("RGB", heights.size, INDIGO_DEEP), (0, 0), relief)
    veil = (
        gradient([(0, "#ffffff"), (0.55, "#404040"), (1, "#000000")], heights.size)
        .convert("L")
        .point([round(i * hazy) for i in range(256)])
    )
    hill.paste(Image.new("RGB", heights.size, haze), (0, 0), veil)
    corner, mask = p.mask(ground(crest, bottom))
    scale = heights.size[0] / (box[2] - box[0])
    hill = hill.crop(
        (
            corner[0] - round(box[0] * scale),
            corner[1] - round(box[1] * scale),
            corner[0] - round(box[0] * scale) + mask.size[0],
            corner[1] - round(box[1] * scale) + mask.size[1],
        )
    )
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
    left = [
        (x, 398 + 0.00031 * (x + 60) ** 2 + 12 * math.sin(x / 80) + 5 * math.sin(x / 33)) for x in range(-16, 1240, 8)
    ]
    _terraced(p, left, (0, 380, 1200, 800), seed=11, levels=26, swing=0.12, haze="#efe0b4", hazy=0.4, water=0.55)
    forest(p, left[3:26], "#557a56", 12, 5)
    _houses(p, [(330, 452, 26), (366, 470, 30), (412, 468, 24)])
    p.mist(600, 110, "#fdeccb", 0.3, seed=12)
    right = [
        (x, 560 + 0.00036 * (1180 - x) ** 2 + 12 * math.sin(x / 75) + 5 * math.sin(x / 31)) for x in range(300, 1240, 8)
    ]
    _terraced(p, right, (300, 520, 1200, 800), seed=17, levels=15, swing=0.12, haze="#e8dba6", hazy=0.2, water=0.45)
    forest(p, right[88:112], "#3a6a48", 17, 9)
    return p.jpeg()


def _houses(p: Painting, places: Sequence[tuple[float, float, float]]) -> None:
    """Set small wooden houses with hipped roofs on a slope."""
    for x, y, size in places:
        p.polygon(
            [
                (x - size * 0.42, y),
                (x - size * 0.42, y - size * 0.4),
                (x + size * 0.42, y - size * 0.4),
                (x + size * 0.42, y),
            ],
            "#6b4a34",
        )
        p.polygon(
            [
                (x - size * 0.62, y - size * 0.32),
                (x - size * 0.3, y - size * 0.85),
                (x + size * 0.3, y - size * 0.85),
                (x + size * 0.62, y - size * 0.32),
            ],
            "#8d7a63",
        )
        p.polygon(
            [(x + size * 0.05, y - size * 0.32), (x + size * 0.3, y - size * 0.85), (x + size * 0.62, y - size * 0.32)],
            "#6f5d4c",
        )
