"""Creatures that sit and look at us: one way of drawing, and the table in `beasts`.

Shapes stand in a frame of their own: x from -0.5 to 0.5, y from 0 (top of the head) to 1 (the ground).
"""

from dataclasses import replace

from providers.sketch.beasts import BEASTS, Beast, Destination
from providers.sketch.canvas import Canvas, Point, smooth
from providers.sketch.faces import ears, face, head
from providers.sketch.palette import Color, darker, lighter, mix
from providers.sketch.scene import Scene


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
    ears(canvas, kind, place)
    head(canvas, kind, place)
    face(canvas, kind, place, height)


def _shadow(scene: Scene) -> Color:
    return mix(darker(scene.ground[1], 0.5), (30, 40, 90), 0.35)


def _tail(canvas: Canvas, kind: Beast, place: Destination, height: float) -> None:
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


def _body(canvas: Canvas, kind: Beast, place: Destination) -> None:
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
