"""Geometry that the drawn and the painted pictures share: colours, noise, ridges, curves.

Every picture is composed on a sheet of 1200 × 800 units, whatever it is rendered to.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache

WIDTH, HEIGHT = 1200, 800

Point = tuple[float, float]
Colour = str  # "#rrggbb"

# The province's colours.
INDIGO, INDIGO_DEEP, INDIGO_PALE = "#1f2a5a", "#141b3d", "#5b6a9e"
RED, RED_DEEP = "#b3262e", "#7d1820"
GREEN, GREEN_DEEP, GREEN_PALE = "#3f7d4e", "#1f4a35", "#8fb98a"
GOLD, GOLD_PALE = "#e0a92e", "#f4d58a"
PINK, PINK_PALE = "#c84b7a", "#f0b7c8"
MIST, MIST_DEEP, PAPER = "#dfe5ea", "#a9b7c4", "#f7f2e6"
EARTH, WOOD, WOOD_DEEP = "#7a5a3c", "#8a5a34", "#4b2f1e"


@cache
def rgb(colour: Colour) -> tuple[int, int, int]:
    """Split ``#rrggbb`` into three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Blend two colours; ``share`` is the part of the second one."""
    (r1, g1, b1), (r2, g2, b2) = rgb(first), rgb(second)
    return f"#{round(r1 + (r2 - r1) * share):02x}{round(g1 + (g2 - g1) * share):02x}{round(b1 + (b2 - b1) * share):02x}"


def ramp(start: float, end: float, count: int) -> list[float]:
    """Evenly spaced numbers, both ends included."""
    return [start + (end - start) * i / (count - 1) for i in range(count)]


class Noise:
    """Smooth value noise along a line, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        self._values = [rng.random() for _ in range(512)]

    def __call__(self, x: float) -> float:
        """Return the noise at ``x``, between 0 and 1."""
        cell = math.floor(x)
        t = x - cell
        a, b = self._values[cell % 512], self._values[(cell + 1) % 512]
        return a + (b - a) * t * t * (3 - 2 * t)

    def fractal(self, x: float, octaves: int = 4, sharp: float = 0.0) -> float:
        """Add up octaves; ``sharp`` (0 to 1) turns soft waves into pointed crests."""
        total, weight, amplitude = 0.0, 0.0, 1.0
        for octave in range(octaves):
            value = self(x * 2**octave + 37.7 * octave)
            crest = 1 - abs(2 * value - 1)
            total += amplitude * (value + (crest - value) * sharp)
            weight += amplitude
            amplitude *= 0.5
        return total / weight


def ridge(
    seed: int,
    base: float,
    height: float,
    *,
    scale: float = 4,
    octaves: int = 5,
    sharp: float = 0.7,
    step: float = 12,
    envelope: Callable[[float], float] | None = None,
) -> list[Point]:
    """Return a mountain skyline from left to right; ``envelope`` (x in 0..1) scales its height."""
    noise = Noise(seed)
    points = []
    for i in range(math.ceil((WIDTH + 40) / step) + 1):
        x = -20 + i * step
        lift = height * noise.fractal(x / WIDTH * scale, octaves, sharp)
        if envelope:
            lift *= envelope(x / WIDTH)
        points.append((x, base - lift))
    return points


def skyline(anchors: Sequence[Point], seed: int, rough: float = 14, step: float = 12) -> list[Point]:
    """Return a mountain skyline through ``anchors``, roughened: for ridges placed by hand."""
    noise = Noise(seed)
    points: list[Point] = []
    for (x0, y0), (x1, y1) in zip(anchors, anchors[1:], strict=False):
        count = max(1, round((x1 - x0) / step))
        for i in range(count):
            t = i / count
            x = x0 + (x1 - x0) * t
            swing = (noise.fractal(x / 60, 3, 0.4) - 0.5) * 2 * rough
            points.append((x, y0 + (y1 - y0) * t + swing * math.sin(math.pi * t) ** 0.5))
    return [*points, anchors[-1]]


def facets(points: Sequence[Point], seed: int, depth: float, reach: int = 4) -> list[list[Point]]:
    """Return the shaded faces of a skyline: wedges that hang from each summit's right side."""
    rng = random.Random(seed)
    faces = []
    for i in range(1, len(points) - 2):
        if points[i][1] > min(y for _, y in points[max(0, i - reach) : i + reach + 1]):
            continue
        end = i + 1
        while end < len(points) - 1 and points[end + 1][1] > points[end][1] - 2:
            end += 1
        (x0, y0), (x1, y1) = points[i], points[end]
        if y1 - y0 < depth * 0.2:
            continue
        foot = (x0 + (x1 - x0) * rng.uniform(0.3, 0.62), y1 + depth * rng.uniform(0.25, 0.7))
        spine = _zigzag(foot, (x0, y0), rng, 0.085)
        faces.append([*points[i : end + 1], *_zigzag((x1, y1), foot, rng, 0.06)[1:], *spine[:-1]])
    return faces


def _zigzag(start: Point, end: Point, rng: random.Random, swing: float) -> list[Point]:
    """Return a broken line whose bends get smaller towards its end."""
    (x0, y0), (x1, y1) = start, end
    count = max(3, round(math.dist(start, end) / 22))
    points = [start]
    for i in range(1, count):
        t = i / count
        side = (1 if i % 2 else -1) * rng.uniform(0.35, 1) * swing * (y1 - y0) * (1.1 - abs(t - 0.35))
        points.append((x0 + (x1 - x0) * t + side, y0 + (y1 - y0) * t))
    return [*points, end]


def curve(anchors: Sequence[Point], samples: int = 10, closed: bool = False) -> list[Point]:
    """Sample a Catmull-Rom curve through ``anchors``."""
    points: list[Point] = []
    n = len(anchors)
    for i in range(n if closed else n - 1):
        p0, p1, p2, p3 = _neighbours(anchors, i, closed)
        for k in range(samples):
            t = k / samples
            points.append((_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t)))
    return points if closed else [*points, anchors[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def _neighbours(anchors: Sequence[Point], i: int, closed: bool) -> tuple[Point, Point, Point, Point]:
    n = len(anchors)
    if closed:
        return anchors[i - 1], anchors[i], anchors[(i + 1) % n], anchors[(i + 2) % n]
    return anchors[max(i - 1, 0)], anchors[i], anchors[i + 1], anchors[min(i + 2, n - 1)]


def number(value: float, digits: int = 1) -> str:
    """Write a coordinate with at most one decimal."""
    text = f"{value:.{digits}f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


def _numbers(*values: float, digits: int = 1) -> str:
    """Join numbers as tightly as path data allows."""
    text = ""
    for value in values:
        word = number(value, digits)
        text += word if not text or word.startswith("-") else " " + word
    return text


def polyline(points: Iterable[Point], closed: bool = True) -> str:
    """Return path data with straight sides, in relative coordinates."""
    text, here = "", (0.0, 0.0)
    for x, y in points:
        x, y = round(x, 1), round(y, 1)
        text += ("l" if text else "M") + _numbers(x - here[0], y - here[1])
        here = (x, y)
    return text + ("z" if closed else "")


def smooth(anchors: Sequence[Point], closed: bool = True, digits: int = 1) -> str:
    """Return path data of a soft curve through ``anchors``."""
    here = (round(anchors[0][0], digits), round(anchors[0][1], digits))
    text = "M" + _numbers(*here, digits=digits)
    for i in range(len(anchors) if closed else len(anchors) - 1):
        p0, p1, p2, p3 = _neighbours(anchors, i, closed)
        one = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        two = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        end = (round(p2[0], digits), round(p2[1], digits))
        steps = [c - here[k % 2] for k, c in enumerate((*one, *two, *end))]
        text += "c" + _numbers(*steps, digits=digits)
        here = end
    return text + ("z" if closed else "")


def ground(points: Sequence[Point], bottom: float = HEIGHT) -> list[Point]:
    """Close a skyline down to ``bottom``."""
    return [*points, (points[-1][0], bottom), (points[0][0], bottom)]
