"""What grows in the foreground: grass, flowers, mushrooms."""

import math
import random

from providers.sketch.canvas import Canvas, Point, oval, shape, smooth
from providers.sketch.palette import NAMED, WHITE, Color, darker, lighter, mix
from providers.sketch.scene import Scene


def meadow(canvas: Canvas, scene: Scene) -> None:
    """Flowers (many if asked for) and tufts of grass in the foreground."""
    if scene.land != "grass":
        return
    dice = scene.rng("meadow")
    tuft = scene.lit(darker(scene.ground[1], 0.12))
    for _ in range(60):
        y = dice.uniform(0.84, 1.02)
        at = (dice.random() * canvas.width, y * canvas.height)
        high = canvas.unit * 0.045 * (y - 0.55)
        for lean in (-0.5, -0.1, 0.35):
            tip = (at[0] + lean * high, at[1] - high * 1.6)
            canvas.fill(
                [(at[0] - high * 0.1, at[1]), tip, (at[0] + high * 0.1, at[1])],
                mix(tuft, scene.lit(scene.ground[0]), dice.random() * 0.5),
            )
    asked = scene.reading.has("flower")
    tints = (
        [scene.tints["flower"]]
        if "flower" in scene.tints
        else [(236, 84, 92), (250, 206, 84), (250, 250, 252), (186, 120, 220), (250, 160, 188)]
    )
    if scene.reading.colors and not asked:
        return
    for _ in range(120 if asked else 14):
        depth = dice.random() ** 0.7
        y = scene.horizon + 0.2 + (0.99 - scene.horizon - 0.2) * depth
        at = (dice.random() * canvas.width, y * canvas.height)
        flower(
            canvas, scene, dice, at, canvas.unit * (0.012 + (0.05 if asked else 0.016) * depth**2), dice.choice(tints)
        )


def flower(canvas: Canvas, scene: Scene, dice: random.Random, at: Point, size: float, color: Color) -> None:
    x, y = at
    stem = size * dice.uniform(1.6, 2.6)
    canvas.line([(x, y), (x + size * 0.15, y - stem)], size * 0.14, scene.lit((66, 122, 66), 0.7))
    center = (x + size * 0.15, y - stem)
    petal, turn = scene.lit(color, 0.4), dice.uniform(0, 1)
    for index in range(6):
        t = turn + index * math.pi / 3
        canvas.ellipse(
            (center[0] + size * 0.45 * math.cos(t), center[1] + size * 0.4 * math.sin(t)),
            size * 0.36,
            size * 0.34,
            mix(petal, WHITE, 0.08 * (index % 3)),
        )
    canvas.ellipse(
        center,
        size * 0.28,
        size * 0.26,
        scene.lit((250, 206, 84) if color != NAMED["yellow"][0] else (150, 96, 50), 0.4),
    )


def mushroom(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    cap = scene.lit(scene.tints.get("mushroom", (214, 58, 54)), 0.5)
    stem = [(-0.1, 0), (-0.08, 0.3), (-0.1, 0.56), (0.1, 0.56), (0.08, 0.3), (0.1, 0)]
    canvas.fill(shape(foot, size, smooth(stem)), (scene.lit((252, 240, 222), 0.5), scene.lit((226, 206, 184), 0.5)))
    dome = [
        (-0.42, 0.46),
        (-0.38, 0.68),
        (-0.2, 0.86),
        (0, 0.92),
        (0.2, 0.86),
        (0.38, 0.68),
        (0.42, 0.46),
        (0.2, 0.42),
        (0, 0.41),
        (-0.2, 0.42),
    ]
    canvas.fill(shape(foot, size, smooth(dome)), (lighter(cap, 0.12), darker(cap, 0.12)))
    for x, y, radius in (
        (-0.22, 0.62, 0.06),
        (0.02, 0.74, 0.075),
        (0.24, 0.6, 0.055),
        (-0.05, 0.52, 0.04),
        (0.13, 0.5, 0.03),
    ):
        canvas.fill(oval(foot, size, x, y, radius, radius * 0.85), scene.lit((255, 248, 240), 0.4))
