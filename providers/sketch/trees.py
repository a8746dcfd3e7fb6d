"""Trees, each drawn at its foot; `size` is its height in pixels of the canvas."""

import math
import random
from collections.abc import Callable

from providers.sketch.canvas import Canvas, Point, smooth
from providers.sketch.palette import Color, darker, lighter, mix
from providers.sketch.scene import Scene

Seen = Callable[[Color], Color]  # a colour as it looks from here: in the hour's light, through haze


def trees(canvas: Canvas, scene: Scene) -> None:
    """Rows from the horizon towards us, thinner in the middle, where the subject will stand."""
    if scene.trees == "none":
        return
    dice = scene.rng("trees")
    built = scene.reading.has("house", "castle", "lighthouse")
    rows = 4 if scene.density > 0.8 else 3
    for row in range(rows):
        near = row / (rows - 1)
        foot = 0.9 + near * 0.05 if scene.land == "sea" else scene.horizon + 0.035 + near * 0.15
        size = canvas.unit * (0.11 + 0.21 * near) * (0.8 if scene.trees in {"cactus", "palm"} else 1)
        count = round((22 - 12 * near) * (0.3 + scene.density) * canvas.width / canvas.unit * 0.8)
        clearing = (0.24 if built else 0.14 if row else 0) + 0.17 * near * (1.25 - scene.density)
        places = sorted((dice.random(), dice.uniform(0.75, 1.2), dice.uniform(-0.012, 0.02)) for _ in range(count))
        for along, grow, shift in places:
            if abs(along - 0.5) >= clearing:
                at = (along * canvas.width, (foot + shift) * canvas.height)
                one_tree(canvas, scene, dice, at, size * grow, haze=0.58 * (1 - near))


def one_tree(canvas: Canvas, scene: Scene, dice: random.Random, foot: Point, size: float, haze: float) -> None:
    """The scene's kind of tree; `haze` is how much of the horizon's colour lies before it."""

    def seen(color: Color) -> Color:
        return mix(scene.lit(color), scene.sky[2], haze)

    if scene.trees == "conifer":
        _conifer(canvas, dice, foot, size, seen, snowy=scene.land == "snow")
    elif scene.trees == "palm":
        _palm(canvas, dice, foot, size, seen)
    elif scene.trees == "cactus":
        _cactus(canvas, foot, size, seen)
    else:
        _leafy(canvas, dice, foot, size, seen, _crowns(scene))


def _crowns(scene: Scene) -> list[Color]:
    if scene.trees == "sakura":
        return [(246, 172, 196), (250, 190, 210), (238, 150, 182)]
    if scene.reading.has("autumn"):
        return [(226, 118, 48), (238, 164, 58), (200, 72, 48), (214, 142, 60)]
    if scene.land == "snow":
        return [(206, 222, 242), (226, 236, 250)]
    return [(82, 142, 82), (104, 160, 88), (62, 122, 84)]


def _conifer(canvas: Canvas, dice: random.Random, foot: Point, size: float, seen: Seen, *, snowy: bool) -> None:
    x, y = foot
    color = seen(mix((34, 84, 78), (46, 104, 84), dice.random()))
    canvas.fill(
        [
            (x - size * 0.03, y),
            (x + size * 0.03, y),
            (x + size * 0.02, y - size * 0.2),
            (x - size * 0.02, y - size * 0.2),
        ],
        seen((88, 62, 52)),
    )
    tiers = 5
    for tier in range(tiers):
        low = y - size * (0.09 + 0.165 * tier)
        high = low - size * 0.34 * (1 - 0.06 * tier)
        half = size * 0.25 * (1 - tier / (tiers + 0.9))
        sway = dice.uniform(-0.01, 0.01) * size
        left, right = (x - half, low + size * 0.015), (x + half, low + size * 0.015)
        hem = [
            right,
            (x + half * 0.45, low - size * 0.015),
            (x, low + size * 0.02),
            (x - half * 0.45, low - size * 0.015),
            left,
        ]
        canvas.fill([(x + sway, high), *hem], (lighter(color, 0.07), darker(color, 0.16)))
        if snowy:
            top = seen((244, 248, 255))
            cut = 0.8
            cap = [
                (x + sway, high - size * 0.004),
                (x + half * cut, low - (low - high) * (1 - cut) * 0.94),
                (x + half * 0.42, low - (low - high) * 0.36),
                (x, low - (low - high) * 0.24),
                (x - half * 0.45, low - (low - high) * 0.38),
                (x - half * cut, low - (low - high) * (1 - cut) * 0.94),
            ]
            canvas.fill(cap, top)


def _leafy(canvas: Canvas, dice: random.Random, foot: Point, size: float, seen: Seen, crowns: list[Color]) -> None:
    x, y = foot
    bark = seen((98, 70, 56))
    canvas.fill(
        smooth(
            [
                (x - size * 0.045, y),
                (x - size * 0.022, y - size * 0.3),
                (x - size * 0.02, y - size * 0.6),
                (x + size * 0.02, y - size * 0.6),
                (x + size * 0.022, y - size * 0.3),
                (x + size * 0.045, y),
            ]
        ),
        bark,
    )
    color = seen(dice.choice(crowns))
    blobs = [
        (-0.2, 0.5, 0.17),
        (0.2, 0.5, 0.17),
        (-0.1, 0.66, 0.19),
        (0.12, 0.66, 0.19),
        (0, 0.54, 0.2),
        (0.01, 0.8, 0.15),
    ]
    for dx, dy, radius in blobs:
        canvas.ellipse((x + dx * size, y - dy * size), radius * size, radius * size, darker(color, 0.13))
    for dx, dy, radius in blobs:
        canvas.ellipse(
            (x + (dx - 0.025) * size, y - (dy + 0.035) * size), radius * size * 0.84, radius * size * 0.8, color
        )
    for dx, dy, radius in blobs[2:]:
        canvas.ellipse(
            (x + (dx - 0.055) * size, y - (dy + 0.075) * size),
            radius * size * 0.42,
            radius * size * 0.36,
            lighter(color, 0.16),
        )


def _palm(canvas: Canvas, dice: random.Random, foot: Point, size: float, seen: Seen) -> None:
    x, y = foot
    lean = dice.choice((-1, 1)) * size * dice.uniform(0.1, 0.22)
    trunk = smooth([(x, y), (x + lean * 0.3, y - size * 0.4), (x + lean, y - size * 0.82)], closed=False)
    canvas.line(trunk, size * 0.045, seen((128, 94, 66)))
    top = trunk[-1]
    for index in range(8):
        turn = math.pi * (0.95 + 1.1 * index / 7)
        long = size * 0.36
        tip = (top[0] + long * math.cos(turn), top[1] + long * math.sin(turn) * 0.55 + long * 0.3)
        knee = (top[0] + long * 0.55 * math.cos(turn), top[1] + long * 0.6 * math.sin(turn) - long * 0.12)
        leaf = smooth([top, top, knee, tip, tip, (knee[0], knee[1] + size * 0.075)])
        canvas.fill(leaf, seen(mix((48, 128, 78), (88, 160, 88), index / 7)))


def _cactus(canvas: Canvas, foot: Point, size: float, seen: Seen) -> None:
    x, y = foot
    color, thick = seen((70, 128, 88)), size * 0.12
    canvas.line([(x, y), (x, y - size * 0.75)], thick * 1.2, color)
    for side, low, high in ((-1, 0.3, 0.55), (1, 0.4, 0.68)):
        elbow = x + side * size * 0.2
        arm = smooth([(x, y - size * low), (elbow, y - size * (low + 0.02)), (elbow, y - size * high)], closed=False)
        canvas.line(arm, thick * 0.8, color)
    canvas.line(
        [(x - thick * 0.25, y - size * 0.08), (x - thick * 0.25, y - size * 0.72)], thick * 0.14, lighter(color, 0.2)
    )
