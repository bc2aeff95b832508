"""A hydropower dam and a stilt house."""

import random

from portal.core.demo.pictures.drawing import Drawing
from portal.core.demo.pictures.figures import thai_woman
from portal.core.demo.pictures.flora import banana, fringe, palm, ripples, tree
from portal.core.demo.pictures.shapes import (
    GOLD_PALE,
    INDIGO,
    PAPER,
    RED,
    RED_DEEP,
    WOOD,
    WOOD_DEEP,
    ground,
    ridge,
    skyline,
)


def reservoir() -> bytes:
    """A hydropower dam across a deep valley, its blue lake reaching back between the mountains."""
    d = Drawing()
    d.sky("#7fb0da", "#cfe0ea", "#f6ecd8", bottom=330)
    d.glow(330, 130, 360, "#fff8e0", 0.9)
    d.cloud(800, 80, 270, opacity=0.7)
    d.mountain(ridge(83, 290, 230, scale=4, sharp=0.9), "#a9bdd2", "#dfe5e4", foot=340, shade=0.2, seed=1)
    d.mountain(ridge(86, 318, 150, scale=5, sharp=0.85), "#7f9db2", "#cddbd6", foot=350, shade=0.2, seed=2)
    d.rect(0, 316, 1200, 200, d.linear((0, "#d3e6ea"), (0.3, "#6fb0cf"), (1, "#236ea6")))
    d.path(
        ripples(random.Random(5), (330, 335, 860, 470), 34, 50),
        stroke="#ffffff",
        stroke_width=2,
        stroke_linecap="round",
        opacity=0.5,
    )
    for anchors, tone, low, seed in (
        ([(-20, 180), (120, 200), (250, 260), (380, 318), (450, 334)], "#5f9078", "#86ad8c", 3),
        ([(640, 326), (760, 290), (900, 220), (1060, 170), (1220, 190)], "#5a8b75", "#82a988", 4),
        ([(-20, 250), (110, 290), (230, 370), (300, 460), (330, 520)], "#3f7a56", "#2f6448", 5),
        ([(830, 520), (870, 460), (960, 370), (1090, 290), (1220, 240)], "#3b7452", "#2b5e44", 6),
    ):
        line = fringe(skyline(anchors, seed, 8, step=10), 8, seed, 0.4)
        d.shape(ground(line, 336 if seed < 5 else 560), d.linear((0, tone), (1, low)))
    d.rect(0, 515, 1200, 285, "#2b5e44")
    _dam(d)
    for anchors, seed in (
        ([(-20, 330), (90, 400), (190, 520), (250, 640), (330, 740), (440, 830)], 7),
        ([(760, 830), (880, 740), (960, 640), (1020, 520), (1120, 390), (1220, 320)], 8),
    ):
        line = fringe(skyline(anchors, seed, 9, step=16), 17, seed, 0.35)
        d.shape(ground(line, 830), d.linear((0, "#34704e"), (1, "#173d2e")))
    _pylon(d, 118, 400, 1.1)
    _pylon(d, 1096, 402, 1.0)
    d.path(
        "M118 262Q600 330 1096 278M140 282Q600 352 1074 296", "none", stroke="#2b3444", stroke_width=1.8, opacity=0.7
    )
    return d.svg()


def _dam(d: Drawing) -> None:
    """Draw the concrete wall, its gates with falling water, the power house and the tail water."""
    d.path("M290 700Q600 640 910 700L980 820H230z", d.linear((0, "#dff0ef"), (0.4, "#63a9b4"), (1, "#1f6878")))
    d.path("M214 470H986L880 690H320z", d.linear((0, "#d5d3ca"), (0.6, "#aeb0ab"), (1, "#858b8c")))
    d.path(
        "".join(f"M{230 + k * 62 * 0.99:.0f} 474L{332 + k * 45:.0f} 690" for k in range(13)),
        stroke="#7d8385",
        stroke_width=2,
        opacity=0.5,
    )
    d.path("M236 520H962M258 566H940M282 614H918M304 660H896", stroke="#7d8385", stroke_width=1.6, opacity=0.4)
    water = d.linear((0, "#f4fbfb"), (0.8, "#ffffff"), (1, "#ffffff", 0.9))
    rng = random.Random(2)
    for k in range(5):
        left, right = 462 + k * 56, 462 + k * 56 + 40
        a, b = 600 + (left - 600) * 0.93, 600 + (right - 600) * 0.93
        d.path(f"M{left} 486H{right}L{b + 6:.0f} 690H{a - 6:.0f}z", water)
        d.path(
            "".join(
                f"M{left + t:.0f} {rng.uniform(492, 540):.0f}"
                f"L{600 + (left + t - 600) * 0.94:.0f} {rng.uniform(600, 680):.0f}"
                for t in (8, 16, 25, 33)
            ),
            stroke="#a9cdd6",
            stroke_width=3,
            stroke_linecap="round",
            opacity=0.8,
        )
    for x, rx, ry in ((600, 230, 46), (500, 120, 52), (700, 120, 52)):
        d.ellipse(x, 690, rx, ry, d.radial((0, "#ffffff", 0.95), (1, "#ffffff", 0)))
    d.path("M196 452H1004V478H196z", "#e9e6dc")
    d.path("M196 478H1004", stroke="#6f7679", stroke_width=4)
    d.path("".join(f"M{x} 452v-12" for x in range(204, 1000, 16)), stroke="#7d8488", stroke_width=2)
    d.path("M196 440H1004", stroke="#7d8488", stroke_width=3)
    for k in range(6):
        x = 446 + k * 56
        d.path(f"M{x} 486V412H{x + 16}V486z", "#cfccc2")
    d.path("M438 412H750V396H438z", "#dedbd1")
    d.path("M466 396v-26h48v26zM674 396v-26h48v26z", INDIGO)
    d.path("M296 700V640H424V700z", "#efe9da")
    d.path("M288 640H432L420 622H300z", RED_DEEP)
    d.path("M308 654h22v22h-22zM344 654h22v22h-22zM380 654h22v22h-22z", "#5d86a0")
    d.path(
        ripples(rng, (330, 725, 830, 795), 22, 60),
        stroke="#f4ffff",
        stroke_width=2.4,
        stroke_linecap="round",
        opacity=0.6,
    )


def _pylon(d: Drawing, x: float, y: float, scale: float) -> None:
    with d.at(x, y, scale):
        d.path(
            "M-20 20L-5-130H5L20 20M-17-10L13-60M17-10L-13-60M-11-70L8-100M11-70L-8-100M-30-106H30M-22-84H22",
            "none",
            stroke="#3a4456",
            stroke_width=3,
        )


def stilt_house() -> bytes:
    """A Thái stilt house with a tortoise-shell roof among fields and palms."""
    d = Drawing()
    d.sky("#9cc3e0", "#dde9e6", "#fbeed0", bottom=500)
    d.glow(240, 200, 380, "#fff5d6", 0.95)
    d.cloud(880, 110, 280, opacity=0.6)
    for seed, base, tone, low in (
        (101, 440, "#adc2d4", "#e5e8e0"),
        (104, 480, "#84a6ae", "#d3dfcb"),
        (107, 520, "#5f9078", "#a4c295"),
    ):
        d.mountain(ridge(seed, base, 270, scale=3.6, sharp=0.85), tone, low, foot=540, shade=0.18, seed=seed)
        d.mist(base - 20, 70, "#f9f1dc", 0.55)
    d.rect(0, 510, 1200, 290, d.linear((0, "#cdbf5f"), (0.4, "#8fae56"), (1, "#4f8a4c")))
    for y, tone in ((528, "#e3c865"), (556, "#d3b84f"), (592, "#b5bb58"), (640, "#93b055")):
        d.path(f"M-20 {y}Q300 {y - 16} 620 {y + 4}T1220 {y - 6}V{y + 30}Q900 {y + 22} 600 {y + 34}T-20 {y + 26}z", tone)
        d.path(f"M-20 {y}Q300 {y - 16} 620 {y + 4}T1220 {y - 6}", "none", stroke="#5f8a44", stroke_width=3, opacity=0.7)
    palm(d, 1040, 560, 300, -0.06, "#3f7d4e", "#8a6a48")
    palm(d, 1120, 580, 230, 0.08, "#33704a", "#7a5a3c")
    tree(d, 130, 560, 230, "#4a8a54", 7)
    d.path("M210 800Q420 690 560 650H720Q640 720 640 800z", "#d9bf8c")
    _house(d, 600, 660)
    banana(d, 235, 700, 190, "#5aa05a", 4)
    banana(d, 980, 716, 210, "#4f9653", 5)
    thai_woman(d, 520, 770, 128, "#f0b7c8", arms=[(-17, -54), (17, -60)])
    thai_woman(d, 590, 764, 122, PAPER)
    return d.svg()


def _house(d: Drawing, x: float, y: float) -> None:
    """Draw the house: posts, loom space below, wooden wall with balcony, thatched roof with crossed finials."""
    with d.at(x, y, 1.15):
        d.ellipse(0, 4, 300, 20, "#3a5a34", opacity=0.4)
        d.rect(-232, -112, 464, 112, "#2b1c14", opacity=0.55)
        d.path("".join(f"M{px} 2V-120" for px in (-226, -136, -46, 46, 136, 226)), stroke=WOOD_DEEP, stroke_width=14)
        d.path("M-110 0V-62H-30V0M-110-62L-96-84H-44L-30-62M-104-30H-36", "none", stroke="#a9793f", stroke_width=6)
        d.path("M-100-56h64v18h-64z", RED)
        d.path("M-92-47l8-6 8 6-8 6zM-72-47l8-6 8 6-8 6zM-52-47l8-6 8 6-8 6z", GOLD_PALE)
        d.rect(-256, -214, 512, 102, d.linear((0, "#7d5230"), (1, WOOD)))
        d.path(
            "".join(f"M{px} -212v98" for px in range(-240, 256, 16)), stroke=WOOD_DEEP, stroke_width=1.6, opacity=0.5
        )
        for px in (-196, -96, 64, 164):
            d.rect(px - 26, -202, 52, 58, "#2b1c14")
            d.path(f"M{px - 26} -202h24v58h-24zM{px + 2} -202h24v58h-24z", "#a8743f")
            d.path(f"M{px - 14} -200v54M{px + 14} -200v54", stroke=WOOD_DEEP, stroke_width=2)
        d.rect(-28, -204, 52, 90, "#2b1c14")
        d.rect(-276, -120, 552, 14, "#a8743f")
        d.path(
            "M-270-146H270" + "".join(f"M{px} -146v28" for px in range(-266, 270, 19)),
            "none",
            stroke="#b98550",
            stroke_width=4,
        )
        d.path("M30-112L96 4M70-112L140 4", stroke="#a8743f", stroke_width=8)
        d.path(
            "".join(f"M{36 + k * 9.4:.0f} {-100 + k * 16.6:.0f}h{40 + k * 0.6:.0f}" for k in range(7)),
            stroke="#b98550",
            stroke_width=6,
        )
        roof = d.linear((0, "#a08a62"), (0.5, "#80693f"), (1, "#5a4829"))
        d.path("M-318-196Q-300-250-246-312Q-216-352-176-362H176Q216-352 246-312Q300-250 318-196Q0-216-318-196z", roof)
        thatch = "".join(
            f"M{px} {-202 - 6 * (1 - (px / 310) ** 2):.0f}L{px * 0.62:.0f}-356" for px in range(-296, 300, 23)
        )
        d.path(thatch, stroke="#3a2c16", stroke_width=2, opacity=0.4)
        d.path(
            "M-292-242Q0-262 292-242M-258-296Q0-312 258-296M-222-338Q0-348 222-338",
            "none",
            stroke="#c4ad7c",
            stroke_width=3,
            opacity=0.5,
        )
        d.path("M-180-362H180", stroke="#4a3a20", stroke_width=12, stroke_linecap="round")
        d.path(
            "M-172-356Q-206-384-198-412M-184-356Q-168-388-190-410M172-356Q206-384 198-412M184-356Q168-388 190-410",
            "none",
            stroke=WOOD_DEEP,
            stroke_width=7,
            stroke_linecap="round",
        )
