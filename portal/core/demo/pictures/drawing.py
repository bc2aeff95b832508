"""A sheet for SVG pictures: presentation attributes only, nothing external, nothing that runs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.sax.saxutils import quoteattr

from portal.core.demo.pictures import shapes
from portal.core.demo.pictures.shapes import HEIGHT, WIDTH, Colour, Point

Stop = tuple[float, Colour] | tuple[float, Colour, float]  # offset, colour, opacity
Value = str | float


class Drawing:
    """Collects elements and gradients, and writes them as one SVG file."""

    def __init__(self) -> None:
        self._definitions: list[str] = []
        self._body: list[str] = []

    # Paint

    def linear(self, *stops: Stop, x1: float = 0, y1: float = 0, x2: float = 0, y2: float = 1) -> str:
        """Define a linear gradient (top to bottom unless told) and return the paint that uses it."""
        return self._gradient("linearGradient", stops, x1=x1, y1=y1, x2=x2, y2=y2)

    def radial(self, *stops: Stop, cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
        """Define a radial gradient and return the paint that uses it."""
        return self._gradient("radialGradient", stops, cx=cx, cy=cy, r=r)

    def fade(self, colour: Colour, top: float = 0, bottom: float = 1) -> str:
        """Define a gradient of one colour between two opacities."""
        return self.linear((0, colour, top), (1, colour, bottom))

    def pattern(self, width: float, height: float, *elements: str) -> str:
        """Define a repeated tile of ready elements and return the paint that uses it."""
        size = f'width="{width}" height="{height}" patternUnits="userSpaceOnUse"'
        return self._define("pattern", size, "".join(elements))

    def _gradient(self, tag: str, stops: Sequence[Stop], **place: float) -> str:
        content = ""
        for offset, colour, *opacity in stops:
            clear = f' stop-opacity="{opacity[0]:g}"' if opacity and opacity[0] != 1 else ""
            content += f'<stop offset="{offset:g}" stop-color="{colour}"{clear}/>'
        return self._define(tag, " ".join(f'{key}="{value:g}"' for key, value in place.items()), content)

    def _define(self, tag: str, attributes: str, content: str) -> str:
        name = f"p{len(self._definitions) + 1}"
        self._definitions.append(f'<{tag} id="{name}" {attributes}>{content}</{tag}>')
        return f"url(#{name})"

    # Elements

    def add(self, tag: str, **attributes: Value | None) -> None:
        """Add an element; ``stroke_width`` becomes ``stroke-width``, None is left out."""
        self._body.append(element(tag, **attributes))

    @contextmanager
    def group(self, **attributes: Value | None) -> Iterator[None]:
        """Put what is drawn inside into a group that shares attributes."""
        self._body.append(element("g", **attributes)[:-2] + ">")
        yield
        self._body.append("</g>")

    @contextmanager
    def at(
        self, x: float, y: float, scale: float = 1, turn: float = 0, flip: bool = False, **attributes: Value
    ) -> Iterator[None]:
        """Draw around (x, y), scaled, turned by degrees, mirrored."""
        transform = f"translate({shapes.number(x)} {shapes.number(y)})"
        if turn:
            transform += f" rotate({shapes.number(turn)})"
        if flip:
            transform += f" scale({-scale:.3g} {scale:.3g})"
        elif scale != 1:
            transform += f" scale({scale:.3g})"
        with self.group(transform=transform, **attributes):
            yield

    def path(self, data: str, fill: str | None = None, **attributes: Value | None) -> None:
        """Add a path from ready path data."""
        self.add("path", d=data, fill=fill, **attributes)

    def shape(self, points: Sequence[Point], fill: str | None = None, **attributes: Value | None) -> None:
        """Add a closed shape with straight sides."""
        self.path(shapes.polyline(points), fill, **attributes)

    def soft(self, points: Sequence[Point], fill: str | None = None, **attributes: Value | None) -> None:
        """Add a closed shape with a soft outline."""
        self.path(shapes.smooth(points), fill, **attributes)

    def line(
        self, points: Sequence[Point], stroke: str | None, width: float | None = None, **attributes: Value | None
    ) -> None:
        """Add a soft open line."""
        data = shapes.smooth(points, closed=False) if len(points) > 2 else shapes.polyline(points, closed=False)
        self.path(data, "none", stroke=stroke, stroke_width=width, **attributes)

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str | None = None, **attributes: Value | None
    ) -> None:
        """Add a rectangle."""
        self.add("rect", x=x, y=y, width=width, height=height, fill=fill, **attributes)

    def circle(self, x: float, y: float, r: float, fill: str | None = None, **attributes: Value | None) -> None:
        """Add a circle."""
        self.add("circle", cx=x, cy=y, r=r, fill=fill, **attributes)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: str | None = None, **attributes: Value | None
    ) -> None:
        """Add an ellipse."""
        self.add("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **attributes)

    # What most landscapes begin with

    def sheet(self, paint: str) -> None:
        """Cover the whole sheet."""
        self.rect(0, 0, WIDTH, HEIGHT, paint)

    def sky(self, *colours: Colour, bottom: float = HEIGHT) -> None:
        """Cover the sheet down to ``bottom`` with evenly spread colours."""
        offsets = shapes.ramp(0, 1, len(colours))
        self.rect(0, 0, WIDTH, bottom, self.linear(*zip(offsets, colours, strict=True)))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.8) -> None:
        """Add soft light around a point."""
        paint = self.radial((0, colour, strength), (0.35, colour, strength * 0.42), (1, colour, 0))
        self.circle(x, y, radius, paint)

    def mountain(
        self,
        points: Sequence[Point],
        top: Colour,
        bottom: Colour,
        *,
        foot: float = HEIGHT,
        shade: float = 0,
        seed: int = 1,
        depth: float = 70,
    ) -> None:
        """Add a ridge that fades from ``top`` to ``bottom``, with shaded faces if ``shade`` is given."""
        self.shape(shapes.ground(points, foot), self.linear((0, top), (1, bottom)))
        if shade:
            faces = shapes.facets(points, seed, depth)
            data = "".join(shapes.polyline(face) for face in faces)
            self.path(data, self.linear((0, shapes.INDIGO_DEEP, shade), (1, shapes.INDIGO_DEEP, 0)))

    def mist(self, y: float, height: float, colour: Colour = shapes.MIST, strength: float = 0.8) -> None:
        """Add a level band of mist that fades above and below."""
        paint = self.linear((0, colour, 0), (0.5, colour, strength), (1, colour, 0))
        self.rect(0, y - height / 2, WIDTH, height, paint)

    def cloud(self, x: float, y: float, width: float, colour: Colour = "#ffffff", opacity: float = 0.7) -> None:
        """Add a long flat cloud built of rounded bars."""
        h = width * 0.055
        bars = ((-0.5, 0, 1.0), (-0.3, -1, 0.62), (-0.12, -2, 0.3), (-0.38, 1, 0.55))
        data = "".join(
            f"M{shapes.number(x + width * left)} {shapes.number(y + h * row)}h{shapes.number(width * length)}"
            for left, row, length in bars
        )
        self.path(data, "none", stroke=colour, stroke_width=h * 1.15, stroke_linecap="round", opacity=opacity)

    def svg(self) -> bytes:
        """Return the finished file."""
        definitions = f"<defs>{''.join(self._definitions)}</defs>" if self._definitions else ""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        )
        return (head + definitions + "".join(self._body) + "</svg>\n").encode()


def element(tag: str, **attributes: Value | None) -> str:
    """Write one empty element."""
    text = f"<{tag}"
    for key, value in attributes.items():
        if value is not None:
            word = value if isinstance(value, str) else f"{round(value, 2):g}"
            text += f" {key.replace('_', '-')}={quoteattr(word)}"
    return text + "/>"
