"""Creatures that sit and look at us: one way of drawing, and a table of what makes each of them itself.

Shapes stand in a frame of their own: x from -0.5 to 0.5, y from 0 (top of the head) to 1 (the ground).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from providers.sketch.canvas import Canvas, Point, smooth
from providers.sketch.palette import INK, WHITE, Color, darker, lighter, mix
from providers.sketch.scene import Scene


@dataclass(frozen=True, slots=True)
class Beast:
    """`coat` above, `belly` on chest and cheeks, `dark` on socks, ear tips and patches."""

    coat: Color
    belly: Color
    dark: Color = INK
    ears: str = "pointed"  # pointed, round, floppy, long, none
    tail: str = "bushy"  # bushy, thin, stub
    head: str = "sharp"  # sharp cheeks, round
    size: float = 1.0
    whiskers: bool = False
    patches: bool = False  # a panda's
    tip: Color | None = None  # of the tail


BEASTS = {
    "fox": Beast((232, 112, 42), (255, 246, 234), (64, 38, 40), tip=(255, 248, 240)),
    "wolf": Beast((122, 132, 150), (236, 240, 246), (58, 62, 78), size=1.1, tip=(70, 74, 92)),
    "cat": Beast((226, 152, 84), (255, 240, 220), (150, 88, 48), tail="thin", head="round", size=0.86, whiskers=True),
    "dog": Beast((196, 138, 82), (250, 236, 214), (112, 70, 44), ears="floppy", tail="thin", head="round", size=0.95),
    "bear": Beast((132, 88, 60), (188, 144, 108), (70, 46, 36), ears="round", tail="stub", head="round", size=1.15),
    "panda": Beast(
        (248, 248, 250), (255, 255, 255), (40, 38, 48), ears="round", tail="stub", head="round", patches=True
    ),
    "rabbit": Beast(
        (206, 192, 184),
        (252, 248, 246),
        (240, 176, 180),
        ears="long",
        tail="stub",
        head="round",
        size=0.78,
        whiskers=True,
    ),
}


def beast(canvas: Canvas, scene: Scene, name: str, foot: Point, height: float, side: int) -> None:
    """Draw it sitting; `foot` is the middle of its base, `side` where the tail goes (1 right, -1 left)."""
    kind = BEASTS[name]
    if name in scene.tints:
        tint = scene.tints[name]
        kind = replace(kind, coat=tint, dark=darker(tint, 0.6))
    kind = replace(
        kind,
        coat=scene.lit(kind.coat, 0.5),
        belly=scene.lit(kind.belly, 0.5),
        dark=scene.lit(kind.dark, 0.5),
        tip=scene.lit(kind.tip, 0.5) if kind.tip else None,
    )
    height *= kind.size

    def place(points: list[Point]) -> list[Point]:
        return [(foot[0] + side * x * height, foot[1] + (y - 1) * height) for x, y in points]

    canvas.ellipse(
        (foot[0] + side * height * 0.06, foot[1] - height * 0.01), height * 0.4, height * 0.045, _shadow(scene), 0.4
    )
    _tail(canvas, kind, place, height)
    _body(canvas, kind, place)
    _ears(canvas, kind, place)
    _head(canvas, kind, place)
    _face(canvas, kind, place, height)


Place = Callable[[list[Point]], list[Point]]


def _shadow(scene: Scene) -> Color:
    return mix(darker(scene.ground[1], 0.5), (30, 40, 90), 0.35)


def _tail(canvas: Canvas, kind: Beast, place: Place, height: float) -> None:
    if kind.tail == "bushy":
        brush = [
            (0.08, 0.93),
            (0.22, 1.0),
            (0.4, 0.965),
            (0.52, 0.84),
            (0.54, 0.68),
            (0.47, 0.53),
            (0.47, 0.53),
            (0.41, 0.62),
            (0.38, 0.73),
            (0.3, 0.8),
            (0.18, 0.82),
        ]
        canvas.fill(place(smooth(brush)), (lighter(kind.coat, 0.06), darker(kind.coat, 0.18)))
        if kind.tip is not None:
            tip = [
                (0.47, 0.53),
                (0.47, 0.53),
                (0.535, 0.63),
                (0.545, 0.72),
                (0.545, 0.72),
                (0.505, 0.695),
                (0.475, 0.725),
                (0.435, 0.69),
                (0.4, 0.69),
                (0.4, 0.69),
                (0.42, 0.6),
            ]
            canvas.fill(place(smooth(tip)), kind.tip)
    elif kind.tail == "thin":
        curl = smooth([(0.12, 0.95), (0.3, 0.95), (0.4, 0.84), (0.35, 0.72), (0.4, 0.64)], closed=False)
        canvas.line(place(curl), height * 0.055, darker(kind.coat, 0.08))
    else:
        (center,) = place([(0.24, 0.88)])
        canvas.ellipse(center, height * 0.06, height * 0.06, kind.belly)


def _body(canvas: Canvas, kind: Beast, place: Place) -> None:
    stout = 1.25 if kind.head == "round" and kind.tail == "stub" else 1.0
    limbs = kind.dark if kind.patches else kind.coat
    outline = [
        (-0.11, 0.42),
        (-0.17, 0.58),
        (-0.23, 0.8),
        (-0.225, 0.94),
        (-0.12, 0.985),
        (0.12, 0.985),
        (0.225, 0.94),
        (0.23, 0.8),
        (0.17, 0.58),
        (0.11, 0.42),
    ]
    shape = [(x * stout, y) for x, y in outline]
    canvas.fill(place(smooth(shape)), (kind.coat, darker(kind.coat, 0.16)))
    for flank in (-1, 1):  # the thighs of a sitting animal
        thigh = [
            (flank * x * stout, y) for x, y in ((0.1, 0.82), (0.19, 0.76), (0.245, 0.86), (0.225, 0.965), (0.12, 0.985))
        ]
        canvas.fill(place(smooth(thigh)), darker(limbs, 0.1))
    chest = [(0, 0.4), (-0.1, 0.48), (-0.095, 0.6), (-0.05, 0.72), (0, 0.8), (0.05, 0.72), (0.095, 0.6), (0.1, 0.48)]
    canvas.fill(place(smooth([(x * stout, y) for x, y in chest])), (kind.belly, mix(kind.belly, kind.coat, 0.14)))
    for flank in (-1, 1):
        leg = [
            (flank * x, y)
            for x, y in ((0.018, 0.68), (0.1, 0.66), (0.098, 0.86), (0.105, 0.965), (0.02, 0.965), (0.022, 0.86))
        ]
        canvas.fill(place(smooth(leg)), (limbs, darker(limbs, 0.12)))
        paw = [
            (flank * x, y)
            for x, y in (
                (0.012, 0.86),
                (0.012, 0.86),
                (0.103, 0.86),
                (0.103, 0.86),
                (0.118, 0.965),
                (0.1, 0.995),
                (0.025, 0.995),
                (0.008, 0.965),
            )
        ]
        canvas.fill(place(smooth(paw)), kind.dark if kind.tail == "bushy" or kind.patches else lighter(kind.belly, 0.1))


def _ears(canvas: Canvas, kind: Beast, place: Place) -> None:
    for ear in (-1, 1):

        def put(points: list[Point], ear: int = ear) -> list[Point]:
            return place([(ear * x, y) for x, y in points])

        if kind.ears == "pointed":
            high = 0.0 if kind.head == "sharp" else 0.05
            canvas.fill(
                put(
                    smooth(
                        [
                            (0.05, 0.16),
                            (0.05, 0.16),
                            (0.12, high + 0.05),
                            (0.2, high),
                            (0.2, high),
                            (0.235, 0.12),
                            (0.225, 0.27),
                            (0.225, 0.27),
                        ]
                    )
                ),
                kind.coat,
            )
            canvas.fill(
                put(
                    smooth(
                        [
                            (0.175, high + 0.06),
                            (0.2, high),
                            (0.2, high),
                            (0.222, high + 0.085),
                            (0.222, high + 0.085),
                            (0.195, high + 0.075),
                        ]
                    )
                ),
                kind.dark,
            )
            inner = mix(kind.dark, (250, 180, 170), 0.3 if kind.head == "sharp" else 0.7)
            canvas.fill(
                put(
                    smooth(
                        [
                            (0.1, 0.17),
                            (0.1, 0.17),
                            (0.15, high + 0.1),
                            (0.19, high + 0.07),
                            (0.19, high + 0.07),
                            (0.208, 0.15),
                            (0.2, 0.23),
                            (0.2, 0.23),
                        ]
                    )
                ),
                inner,
            )
        elif kind.ears == "round":
            color = kind.dark if kind.patches else kind.coat
            canvas.fill(put(_disc(0.17, 0.14, 0.075)), color)
            canvas.fill(
                put(_disc(0.17, 0.145, 0.042)),
                mix(color, kind.belly, 0.35) if not kind.patches else lighter(color, 0.15),
            )
        elif kind.ears == "long":
            canvas.fill(
                put(smooth([(0.03, 0.2), (0.035, 0.02), (0.08, -0.14), (0.135, -0.12), (0.135, 0.04), (0.12, 0.2)])),
                kind.coat,
            )
            canvas.fill(
                put(smooth([(0.06, 0.18), (0.065, 0.02), (0.088, -0.08), (0.112, -0.06), (0.11, 0.04), (0.1, 0.18)])),
                kind.dark,
            )


def _disc(x: float, y: float, radius: float, tall: float = 1) -> list[Point]:
    turns = [2 * math.pi * step / 40 for step in range(40)]
    return [(x + radius * math.cos(t), y + radius * tall * math.sin(t)) for t in turns]


def _head(canvas: Canvas, kind: Beast, place: Place) -> None:
    if kind.head == "sharp":
        half = [
            (0.0, 0.125),
            (0.1, 0.135),
            (0.19, 0.2),
            (0.225, 0.29),
            (0.275, 0.385),
            (0.275, 0.385),
            (0.19, 0.425),
            (0.1, 0.47),
            (0.035, 0.525),
        ]
    else:
        half = [(0.0, 0.115), (0.12, 0.13), (0.215, 0.21), (0.245, 0.32), (0.205, 0.43), (0.11, 0.49), (0.04, 0.5)]
    outline = [*half, *((-x, y) for x, y in reversed(half[1:]))]
    canvas.fill(place(smooth(outline)), (lighter(kind.coat, 0.05), kind.coat))
    if kind.ears == "floppy":
        for ear in (-1, 1):
            flap = [(0.1, 0.14), (0.2, 0.15), (0.275, 0.28), (0.29, 0.42), (0.23, 0.46), (0.185, 0.36), (0.165, 0.22)]
            canvas.fill(place(smooth([(ear * x, y) for x, y in flap])), kind.dark)


def _face(canvas: Canvas, kind: Beast, place: Place, height: float) -> None:
    if kind.head == "sharp":
        for cheek in (-1, 1):
            mask = [
                (0.0, 0.43),
                (0.035, 0.36),
                (0.1, 0.325),
                (0.2, 0.335),
                (0.272, 0.385),
                (0.272, 0.385),
                (0.19, 0.425),
                (0.1, 0.468),
                (0.035, 0.522),
                (0.0, 0.525),
                (0.0, 0.525),
            ]
            canvas.fill(place(smooth([(cheek * x, y) for x, y in mask])), kind.belly)
        nose_y, eye_y, eye_x, eye = 0.475, 0.3, 0.1, 0.03
        bridge = [(-0.03, 0.33), (0.03, 0.33), (0.035, 0.45), (0.0, 0.47), (-0.035, 0.45)]
        canvas.fill(place(smooth(bridge)), mix(kind.coat, kind.belly, 0.08))
    else:
        canvas.fill(place(_disc(0, 0.415, 0.105, 0.76)), kind.belly)
        nose_y, eye_y, eye_x, eye = 0.375, 0.3, 0.105, 0.032
    if kind.patches:
        for cheek in (-1, 1):
            patch = [(0.05, 0.3), (0.09, 0.235), (0.15, 0.25), (0.17, 0.33), (0.12, 0.375), (0.07, 0.36)]
            canvas.fill(place(smooth([(cheek * x, y) for x, y in patch])), kind.dark)
    for cheek in (-1, 1):
        canvas.fill(place(_disc(cheek * eye_x, eye_y, eye, 1.15)), (30, 22, 26))
        canvas.fill(place(_disc(cheek * eye_x + eye * 0.3, eye_y - eye * 0.4, eye * 0.36)), WHITE)
        (blush,) = place([(cheek * 0.165, 0.375)])
        canvas.glow(blush, height * 0.045, height * 0.035, (255, 120, 110), 0.4)
    canvas.fill(
        place(
            smooth(
                [
                    (-0.034, nose_y - 0.012),
                    (0, nose_y - 0.02),
                    (0.034, nose_y - 0.012),
                    (0.02, nose_y + 0.018),
                    (0, nose_y + 0.03),
                    (-0.02, nose_y + 0.018),
                ]
            )
        ),
        (38, 28, 34),
    )
    if kind.head == "round":
        for cheek in (-1, 1):
            mouth = smooth(
                [(0, nose_y + 0.03), (cheek * 0.02, nose_y + 0.06), (cheek * 0.05, nose_y + 0.05)], closed=False
            )
            canvas.line(place(mouth), height * 0.008, (60, 40, 44))
    if kind.whiskers:
        for cheek in (-1, 1):
            for drop in (-0.015, 0.012, 0.04):
                canvas.line(
                    place([(cheek * 0.1, 0.41 + drop * 0.5), (cheek * 0.28, 0.4 + drop * 1.6)]),
                    height * 0.005,
                    lighter(kind.belly, 0.5),
                )
