"""People for the SVG pictures: plain, friendly shapes in the dress of the province, without faces."""

from collections.abc import Sequence

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.shapes import (
    GOLD,
    GREEN,
    INDIGO,
    INDIGO_DEEP,
    PAPER,
    PINK,
    RED,
    RED_DEEP,
    Colour,
    Point,
    mix,
    number,
)

SKIN, HAIR = "#d8a781", "#231a1c"


def thai_woman(
    d: Drawing, x: float, y: float, height: float, blouse: Colour = PAPER, arms: Sequence[Point] | None = None
) -> None:
    """Draw a Thái woman: fitted blouse with a row of silver clasps, long dark skirt, embroidered scarf."""
    with d.at(x, y, height / 100):
        d.path("M-9-60Q-15-30-14 0H14Q15-30 9-60z", INDIGO_DEEP)
        d.path("M-14-5H14V0H-14z", RED)
        d.path("M-10-58H10V-54H-10z", GREEN)
        d.path("M-8.5-58Q-8-70-12-80Q-6-84 0-84T12-80Q8-70 8.5-58z", blouse)
        _arms(d, arms or [(-15, -58), (15, -58)], blouse)
        d.path("M0-80v2M0-76v2M0-72v2M0-68v2M0-64v2", stroke="#8f98a8", stroke_width=2.4)
        d.path("M-2.5-88h5v7h-5z", SKIN)
        d.ellipse(0, -91, 6.6, 7.6, SKIN)
        d.path("M-8-88Q-9-101 0-102Q9-101 8-88Q8-95 0-97Q-8-95-8-88z", HAIR)
        d.path("M-9-95Q-6-106 4-104Q11-102 10-90L7-78Q6-92 4-97Q-4-99-9-95z", RED)
        d.path("M-8.5-96Q-4-104 4-102.5", "none", stroke=GOLD, stroke_width=1.6)


def mong_woman(
    d: Drawing, x: float, y: float, height: float, jacket: Colour = INDIGO, arms: Sequence[Point] | None = None
) -> None:
    """Draw a Mông woman: pleated bell skirt with batik and red bands, apron, wound turban."""
    with d.at(x, y, height / 100):
        d.path("M-6-18h4V0h-4zM2-18h4V0H2z", INDIGO_DEEP)
        d.path("M-8-54L-23-14Q0-8 23-14L8-54z", INDIGO)
        d.path("M-19.6-23Q0-17 19.6-23L23-14Q0-8-23-14z", RED)
        d.path("M-17-30Q0-25 17-30L18.5-26Q0-20-18.5-26z", GOLD)
        d.path("M-13-41Q0-37 13-41", "none", stroke=PAPER, stroke_width=1.8, stroke_dasharray="2 1.6")
        d.path(
            "M-12-12L-6-54M12-12L6-54M-4-10L-2-54M4-10L2-54", "none", stroke=INDIGO_DEEP, stroke_width=0.8, opacity=0.6
        )
        d.path("M-5-54H5L6-16H-6z", mix(INDIGO_DEEP, PINK, 0.25))
        d.path("M-9-53Q-8-68-12-80Q0-86 12-80Q8-68 9-53z", jacket)
        d.path("M-6-83L0-60L6-83L3-84L0-74L-3-84z", PINK)
        d.path("M-9.5-56h19v4h-19z", RED)
        _arms(d, arms or [(-16, -56), (16, -56)], jacket, cuff=PINK)
        d.path("M-2.5-88h5v6h-5z", SKIN)
        d.ellipse(0, -91, 6.4, 7.4, SKIN)
        d.path("M-10-95Q-9-106 0-106T10-95Q0-99-10-95z", RED_DEEP)
        d.path("M-10-96Q0-101 10-96", "none", stroke=GOLD, stroke_width=1.8)


def dao_woman(d: Drawing, x: float, y: float, height: float, arms: Sequence[Point] | None = None) -> None:
    """Draw a Dao woman: long dark tunic with red woollen front, red turban."""
    with d.at(x, y, height / 100):
        d.path("M-8-30L-9 0H-1L0-26L1 0H9L8-30z", "#2a1c2e")
        d.path("M-9-10h8v3h-8zM1-10h8v3H1z", RED)
        d.path("M-9-54L-15-18Q0-14 15-18L9-54Q8-70 12-80Q0-86-12-80Q-8-70-9-54z", "#1f1a2c")
        d.path("M-4-84L-2-42H2L4-84z", RED)
        d.path("M-2-76h0M2-70h0M-2-64h0M2-58h0M0-50h0", stroke=PINK, stroke_width=5, stroke_linecap="round")
        d.path("M-9.5-57h19v3.5h-19z", PAPER)
        _arms(d, arms or [(-16, -56), (16, -56)], "#1f1a2c", cuff=RED)
        d.path("M-2.5-88h5v6h-5z", SKIN)
        d.ellipse(0, -91, 6.4, 7.4, SKIN)
        d.path("M-11-94Q-13-107 0-107T11-94Q0-99-11-94z", RED)
        d.path("M-9-99Q0-104 9-99M11-96q4 6 2 13", "none", stroke=PAPER, stroke_width=1.5)


def man(
    d: Drawing, x: float, y: float, height: float, jacket: Colour = INDIGO, arms: Sequence[Point] | None = None
) -> None:
    """Draw a man in an indigo jacket and wide trousers."""
    with d.at(x, y, height / 100):
        d.path("M-9-50L-11 0H-2L0-40L2 0H11L9-50z", INDIGO_DEEP)
        d.path("M-10-46Q-9-66-13-81Q0-87 13-81Q9-66 10-46Q0-43-10-46z", jacket)
        d.path("M0-82V-46", stroke=mix(jacket, PAPER, 0.5), stroke_width=1.2)
        _arms(d, arms or [(-16, -54), (16, -54)], jacket)
        d.path("M-3-89h6v8h-6z", SKIN)
        d.ellipse(0, -92, 6.8, 7.8, SKIN)
        d.path("M-8-92Q-9-103 0-103T8-92Q6-97 0-97T-8-92z", HAIR)


def _arms(d: Drawing, hands: Sequence[Point], sleeve: Colour, cuff: Colour | None = None) -> None:
    """Draw both arms from the shoulders to the hands, bent a little at the elbow."""
    data, palms, cuffs = "", "", ""
    for side, (hx, hy) in zip((-1, 1), hands, strict=True):
        sx, sy = side * 10.5, -78
        ex, ey = (sx + hx) / 2 + side * 2.5, (sy + hy) / 2 + 3
        data += f"M{number(sx)} {sy}Q{number(ex)} {number(ey)} {number(hx)} {number(hy)}"
        palms += f"M{number(hx)} {number(hy)}h0"
        cuffs += f"M{number(hx + (ex - hx) * 0.25)} {number(hy + (ey - hy) * 0.25)}L{number(hx)} {number(hy)}"
    d.path(data, "none", stroke=sleeve, stroke_width=5.4, stroke_linecap="round")
    if cuff:
        d.path(cuffs, "none", stroke=cuff, stroke_width=5.6)
    d.path(palms, stroke=SKIN, stroke_width=4.6, stroke_linecap="round")


def seated(
    d: Drawing, x: float, y: float, size: float, coat: Colour, hair: Colour = HAIR, long_hair: bool = False
) -> None:
    """Draw a person sitting at a table, seen to the waist."""
    with d.at(x, y, size / 100):
        if long_hair:
            d.path("M-17-84Q-20-50-14-48H14Q20-50 17-84z", hair)
        d.path("M-38 0Q-40-46-14-54H14Q40-46 38 0z", coat)
        d.path("M-9-55L0-30L9-55L5-60H-5z", PAPER)
        d.path("M-14-54L-2-26L-9-20L-18-50zM14-54L2-26L9-20L18-50z", mix(coat, "#000000", 0.18))
        d.path("M-6-66h12v12Q0-50-6-54z", mix(SKIN, "#8a4f35", 0.2))
        d.ellipse(0, -78, 14.5, 17, SKIN)
        d.path("M-16-76Q-19-99 0-100T16-76Q12-88 2-88Q-10-88-16-76z", hair)
