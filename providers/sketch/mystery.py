"""An egg with a question mark: what the painter draws for a subject that it does not know."""

import math

from providers.sketch.canvas import Canvas, Point, oval, shape, smooth
from providers.sketch.palette import Color, darker, lighter
from providers.sketch.scene import Scene
from providers.sketch.words import SOMETHING

PLAIN: Color = (176, 132, 214)  # where the prompt names no colour
_EGG = [(0, 0), (0.24, 0.04), (0.38, 0.22), (0.39, 0.46), (0.29, 0.76), (0.17, 0.92), (0, 1)]


def mystery(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    """An egg in the prompt's colour, `size` px high, standing at `foot`."""
    color = scene.lit(scene.tints.get(SOMETHING, PLAIN), 0.4)
    x, y = foot
    canvas.ellipse((x, y), size * 0.42, size * 0.07, darker(scene.lit(scene.ground[1]), 0.3), 0.5)
    outline = [*_EGG, *((-px, py) for px, py in reversed(_EGG[1:-1]))]
    canvas.fill(shape(foot, size, smooth(outline)), (lighter(color, 0.2), darker(color, 0.16)))
    dice = scene.rng("mystery")
    for _ in range(16):
        turn, away = dice.uniform(0, 2 * math.pi), dice.uniform(0.75, 0.95)
        at_x, at_y = 0.33 * away * math.cos(turn), 0.45 + 0.38 * away * math.sin(turn)
        radius = dice.uniform(0.012, 0.026)
        canvas.fill(oval(foot, size, at_x, at_y, radius, radius), darker(color, 0.3), 0.7)
    mark = smooth(
        [(-0.12, 0.62), (-0.08, 0.71), (0.02, 0.74), (0.12, 0.68), (0.11, 0.57), (0.02, 0.49), (0, 0.4)],
        closed=False,
        detail=24,
    )
    ink = (255, 255, 255) if sum(color) < 500 else (40, 36, 60)
    for at in shape(foot, size, mark):
        canvas.ellipse(at, size * 0.028, size * 0.028, ink)
    canvas.fill(oval(foot, size, 0, 0.27, 0.038, 0.038), ink)
