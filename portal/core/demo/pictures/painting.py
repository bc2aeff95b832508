"""A sheet for painted (raster) pictures: gradients, haze and grain, drawn double and reduced."""

import io
import random
from array import array
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFilter

from portal.core.demo.pictures.shapes import HEIGHT, WIDTH, Colour, Point, rgb

SIZE = (1600, 1067)
UNIT = 2  # pixels of the fine sheet per unit of the composition
FINE = (WIDTH * UNIT, HEIGHT * UNIT)

Box = tuple[int, int, int, int]
Stops = Sequence[tuple[float, Colour]]


def gradient(stops: Stops, size: tuple[int, int]) -> Image.Image:
    """Return a picture of vertical colour steps, blended."""
    column = Image.new("RGB", (1, 256))
    pixels = []
    for i in range(256):
        t = i / 255
        low = max((s for s in stops if s[0] <= t), default=stops[0], key=lambda s: s[0])
        high = min((s for s in stops if s[0] >= t), default=stops[-1], key=lambda s: s[0])
        share = 0 if high[0] == low[0] else (t - low[0]) / (high[0] - low[0])
        pixels.append(tuple(round(a + (b - a) * share) for a, b in zip(rgb(low[1]), rgb(high[1]), strict=True)))
    column.putdata(pixels)
    return column.resize(size, Image.Resampling.BILINEAR)


def clouds(seed: int, cells: tuple[int, int], size: tuple[int, int], octaves: int = 4) -> Image.Image:
    """Return fractal noise in grey; ``cells`` is the size of its coarsest grid."""
    rng = random.Random(seed)
    small = (size[0] // 4, size[1] // 4)
    result: Image.Image | None = None
    for octave in range(octaves):
        grid = (cells[0] << octave, cells[1] << octave)
        layer = Image.frombytes("L", grid, rng.randbytes(grid[0] * grid[1])).resize(small, Image.Resampling.BICUBIC)
        result = layer if result is None else Image.blend(result, layer, 0.5**octave / (2 - 0.5**octave))
    assert result is not None
    return result.resize(size, Image.Resampling.BILINEAR)


def field(height: Callable[[float, float], float], box: Box) -> Image.Image:
    """Return the function of a point of the sheet as a fine picture of whole numbers (times 512)."""
    step = 12
    wide, high = (box[2] - box[0]) // step + 2, (box[3] - box[1]) // step + 2
    values = array("f")
    for j in range(high):
        y = box[1] + j * step
        values.extend(height(box[0] + i * step, y) * 512 for i in range(wide))
    grid = Image.frombytes("F", (wide, high), values.tobytes())
    size = _size(box)
    inner = (0.5, 0.5, 0.5 + (box[2] - box[0]) / step, 0.5 + (box[3] - box[1]) / step)
    return grid.resize(size, Image.Resampling.BICUBIC, box=inner).convert("I")


def look_up(heights: Image.Image, tone: Callable[[int, float], Colour], levels: int, detail: int = 16) -> Image.Image:
    """Colour a field by its level (whole part) and the position inside the level (0 to 1)."""
    tables: tuple[list[int], ...] = ([], [], [])
    for level in range(levels):
        for k in range(detail):
            for table, value in zip(tables, rgb(tone(level, k / detail)), strict=True):
                table.extend([value] * (512 // detail))
    for table in tables:
        table.extend([table[-1]] * (65536 - len(table)))
    return Image.merge("RGB", [heights.point(table, "L") for table in tables])


def _size(box: Box) -> tuple[int, int]:
    return round((box[2] - box[0]) * UNIT), round((box[3] - box[1]) * UNIT)


class Painting:
    """Holds the fine sheet; coordinates are units of the composition."""

    def __init__(self, sky: Stops) -> None:
        self.image = gradient(sky, FINE)

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        """Return a pen for plain shapes; colours may carry an alpha."""
        return ImageDraw.Draw(self.image, "RGBA")

    def polygon(self, points: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        """Fill a plain polygon."""
        self.pen.polygon(fine(points), fill=(*rgb(colour), alpha))

    def fill(self, points: Sequence[Point], stops: Stops) -> None:
        """Fill a polygon with a vertical gradient over its own height."""
        box, mask = self.mask(points)
        self.image.paste(gradient(stops, mask.size), box, mask)

    def mask(self, points: Sequence[Point]) -> tuple[tuple[int, int], Image.Image]:
        """Return the corner and the mask of a polygon, cut to the sheet."""
        path = fine(points)
        left, top = max(0, int(min(x for x, _ in path))), max(0, int(min(y for _, y in path)))
        right = max(left + 1, min(FINE[0], int(max(x for x, _ in path)) + 1))
        bottom = max(top + 1, min(FINE[1], int(max(y for _, y in path)) + 1))
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in path], fill=255)
        return (left, top), mask

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Add soft light around a point."""
        side = round(radius * 2 * UNIT)
        spot = Image.radial_gradient("L").point([round(255 * strength * max(0, 1 - i / 181) ** 2) for i in range(256)])
        corner = (round((x - radius) * UNIT), round((y - radius) * UNIT))
        self.image.paste(
            Image.new("RGB", (side, side), colour), corner, spot.resize((side, side), Image.Resampling.BILINEAR)
        )

    def veil(self, mask: Image.Image, colour: Colour | Image.Image) -> None:
        """Lay a colour, or a small picture, over the sheet through a small mask of the whole sheet."""
        top, bottom = (mask.getbbox() or (0, 0, 0, mask.size[1]))[1::2]
        band = (0, top, mask.size[0], bottom)
        first, last = top * FINE[1] // mask.size[1], bottom * FINE[1] // mask.size[1]
        size = (FINE[0], last - first)
        if isinstance(colour, str):
            cover = Image.new("RGB", size, colour)
        else:
            cover = colour.resize(size, Image.Resampling.BILINEAR, box=band)
        self.image.paste(cover, (0, first), mask.resize(size, Image.Resampling.BILINEAR, box=band))

    def mist(self, y: float, height: float, colour: Colour, strength: float = 0.8, seed: int | None = None) -> None:
        """Add a level band of mist, uneven if a seed is given."""
        size = (400, 267)
        column = Image.new("L", (1, size[1]))
        column.putdata(
            [round(255 * strength * max(0, 1 - ((j * 3 - y) / height * 2) ** 2) ** 1.5) for j in range(size[1])]
        )
        mask = column.resize(size)
        if seed is not None:
            wisps = clouds(seed, (5, 14), size, 3).point([min(255, max(0, (i - 60) * 2)) for i in range(256)])
            mask = Image.composite(mask, Image.new("L", size), wisps)
        self.veil(mask.filter(ImageFilter.GaussianBlur(2)), colour)

    def jpeg(self, grain: int = 5, quality: int = 86) -> bytes:
        """Reduce the sheet, add grain and return the file."""
        image = self.image.resize(SIZE, Image.Resampling.LANCZOS)
        speckle = Image.frombytes("L", SIZE, random.Random(7).randbytes(SIZE[0] * SIZE[1])).filter(
            ImageFilter.GaussianBlur(0.7)
        )
        image = Image.blend(image, Image.merge("RGB", [speckle] * 3), grain / 100)
        image = image.point([min(255, max(0, round((i - 127.5) / (1 - grain / 100) + 127.5))) for i in range(256)] * 3)
        content = io.BytesIO()
        image.save(content, "JPEG", quality=quality, optimize=True, progressive=True)
        return content.getvalue()


def fine(points: Sequence[Point]) -> list[Point]:
    """Turn units of the composition into pixels of the fine sheet."""
    return [(x * UNIT, y * UNIT) for x, y in points]
