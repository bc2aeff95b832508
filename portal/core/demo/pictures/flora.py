"""Trees, leaves and grass for the SVG pictures."""

import math
import random
from collections.abc import Sequence

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.shapes import GREEN, INDIGO_DEEP, Colour, Point, mix, number, polyline


def leaf(x: float, y: float, length: float, width: float, turn: float, bend: float = 0.0) -> str:
    """Return path data of one pointed leaf that grows from (x, y) towards ``turn`` degrees (0 is right)."""
    a = math.radians(turn)

    def place(along: float, across: float) -> str:
        across += bend * along * (1 - along) * 4
        px, py = along * length, across * width
        return f"{number(x + px * math.cos(a) - py * math.sin(a))} {number(y + px * math.sin(a) + py * math.cos(a))}"

    left = f"C{place(0.2, -0.5)} {place(0.65, -0.55)} {place(1, 0)}"
    right = f"C{place(0.65, 0.55)} {place(0.2, 0.5)} {number(x)} {number(y)}"
    return f"M{number(x)} {number(y)}{left}{right}z"


def dots(points: Sequence[Point]) -> str:
    """Return path data of points; a round line cap turns them into discs."""
    return "".join(f"M{number(x)} {number(y)}h0" for x, y in points)


def tree(d: Drawing, x: float, y: float, size: float, colour: Colour = GREEN, seed: int = 1) -> None:
    """Draw a broad tree: a trunk and a crown of three tones of foliage."""
    rng = random.Random(seed)
    d.shape(
        [
            (x - size * 0.05, y),
            (x - size * 0.02, y - size * 0.6),
            (x + size * 0.02, y - size * 0.6),
            (x + size * 0.05, y),
        ],
        mix("#4a3a2a", colour, 0.25),
    )
    for k, (tint, count, wide) in enumerate(
        ((mix(colour, INDIGO_DEEP, 0.4), 12, 0.36), (colour, 11, 0.3), (mix(colour, "#d6e08e", 0.35), 8, 0.22))
    ):
        puffs = []
        for _ in range(count):
            a, r = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
            puffs.append(
                (x + size * (wide * r * math.cos(a) - 0.05 * k), y - size * (0.68 + 0.05 * k + 0.24 * r * math.sin(a)))
            )
        d.path(dots(puffs), stroke=tint, stroke_width=size * (0.24 - 0.04 * k), stroke_linecap="round")


def fringe(points: Sequence[Point], size: float, seed: int, pointed: float = 0.5) -> list[Point]:
    """Turn a skyline into a wooded one: conifer tips and round crowns."""
    rng = random.Random(seed)
    wooded: list[Point] = []
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        count = max(1, round((x1 - x0) / size))
        for i in range(count):
            x, y = x0 + (x1 - x0) * i / count, y0 + (y1 - y0) * i / count
            h, w = size * rng.uniform(0.6, 1.7), (x1 - x0) / count
            if rng.random() < pointed:
                wooded += [(x, y), (x + w * 0.5, y - h * 1.2)]
            else:
                wooded += [
                    (x + w * 0.1, y - h * 0.35),
                    (x + w * 0.35, y - h * 0.62),
                    (x + w * 0.7, y - h * 0.6),
                    (x + w * 0.95, y - h * 0.3),
                ]
    return [*wooded, points[-1]]


def conifers(places: Sequence[tuple[float, float, float]]) -> str:
    """Return path data of fir trees at (x, y, height)."""
    data = ""
    for x, y, h in places:
        right = [
            (x + h * w, y - h * up)
            for w, up in ((0.03, 0.0), (0.03, 0.1), (0.2, 0.1), (0.09, 0.34), (0.16, 0.34), (0.06, 0.6), (0.11, 0.6))
        ]
        left = [(2 * x - px, py) for px, py in reversed(right)]
        data += polyline([*right, (x, y - h), *left])
    return data


def palm(d: Drawing, x: float, y: float, size: float, lean: float, colour: Colour, trunk: Colour) -> None:
    """Draw a coconut palm with arching fronds."""
    top = (x + lean * size, y - size)
    d.line([(x, y), (x + lean * size * 0.35, y - size * 0.5), top], trunk, size * 0.05, stroke_linecap="round")
    data = ""
    for turn in (-170, -140, -105, -70, -38, -8, 20, 165):
        bend = 0.9 if -90 < turn < 90 else -0.9
        data += leaf(*top, size * 0.52, size * 0.13, turn, bend * -0.55)
    d.path(data, colour)


def banana(d: Drawing, x: float, y: float, size: float, colour: Colour, seed: int = 1) -> None:
    """Draw a clump of banana leaves."""
    rng = random.Random(seed)
    dark, light = "", ""
    for i, turn in enumerate((-155, -128, -100, -78, -50, -25)):
        data = leaf(
            x, y, size * rng.uniform(0.8, 1.1), size * 0.24, turn + rng.uniform(-8, 8), 0.5 if turn > -90 else -0.5
        )
        if i % 2:
            light += data
        else:
            dark += data
    d.path(dark, mix(colour, INDIGO_DEEP, 0.3))
    d.path(light, colour)


def grass(points: Sequence[Point], height: float, seed: int) -> str:
    """Return path data of tufts of grass that stand on a line."""
    rng = random.Random(seed)
    data = ""
    for x, y in points:
        for _ in range(3):
            tip = (x + rng.uniform(-0.5, 0.5) * height, y - height * rng.uniform(0.6, 1.2))
            root = x + rng.uniform(-0.25, 0.25) * height
            data += polyline([(root - 2, y + 2), tip, (root + 2, y + 2)])
    return data


def ripples(rng: random.Random, area: tuple[float, float, float, float], count: int, length: float) -> str:
    """Return path data of level glints on water, longer towards the foot of the area."""
    left, top, right, bottom = area
    data = ""
    for _ in range(count):
        t = rng.random()
        y = top + (bottom - top) * t
        x = left + (right - left) * rng.random()
        data += f"M{number(x)} {number(y)}h{number(length * (0.3 + t) * rng.uniform(0.5, 1.3))}"
    return data
