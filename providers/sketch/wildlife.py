"""Creatures that do not sit like a cat: birds, and those of the sea."""

import random

from providers.sketch.canvas import Canvas, Point, oval, shape, smooth
from providers.sketch.palette import INK, WHITE, darker, lighter, mix
from providers.sketch.scene import Scene


def penguin(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    coat = scene.lit(scene.tints.get("penguin", (44, 52, 78)), 0.5)
    beak = scene.lit((250, 170, 60), 0.4)
    size *= 0.85
    canvas.fill(oval(foot, size, 0, 0.01, 0.28, 0.035), darker(scene.ground[1], 0.45), 0.35)
    for side in (-1, 1):
        canvas.fill(oval(foot, size, side * 0.1, 0.03, 0.085, 0.035), beak)
        wing = [(0.2, 0.58), (0.3, 0.42), (0.335, 0.22), (0.28, 0.22), (0.2, 0.36)]
        canvas.fill(shape(foot, size, smooth(wing), side), darker(coat, 0.2))
    canvas.fill(
        shape(
            foot,
            size,
            smooth(
                [
                    (0, 0.99),
                    (-0.16, 0.92),
                    (-0.2, 0.72),
                    (-0.26, 0.4),
                    (-0.22, 0.1),
                    (0, 0.03),
                    (0.22, 0.1),
                    (0.26, 0.4),
                    (0.2, 0.72),
                    (0.16, 0.92),
                ]
            ),
        ),
        coat,
    )
    canvas.fill(
        shape(
            foot,
            size,
            smooth(
                [
                    (0, 0.62),
                    (-0.13, 0.56),
                    (-0.19, 0.36),
                    (-0.15, 0.12),
                    (0, 0.06),
                    (0.15, 0.12),
                    (0.19, 0.36),
                    (0.13, 0.56),
                ]
            ),
        ),
        scene.lit((250, 250, 252), 0.4),
    )
    for side in (-1, 1):
        canvas.fill(oval(foot, size, side * 0.075, 0.74, 0.095, 0.115), scene.lit((250, 250, 252), 0.4))
    for side in (-1, 1):
        canvas.fill(oval(foot, size, side * 0.085, 0.785, 0.028, 0.034), INK)
        canvas.fill(oval(foot, size, side * 0.085 + 0.01, 0.8, 0.01, 0.01), WHITE)
    canvas.fill(shape(foot, size, smooth([(-0.05, 0.735), (0, 0.76), (0.05, 0.735), (0, 0.665), (0, 0.665)])), beak)


def owl(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    coat = scene.lit(scene.tints.get("owl", (142, 104, 78)), 0.5)
    pale = scene.lit((244, 226, 196), 0.4)
    size *= 0.85
    if len(scene.creatures) == 1:
        _branch(canvas, scene, foot, size)
    canvas.fill(
        shape(
            foot,
            size,
            smooth(
                [
                    (-0.24, 0.98),
                    (-0.24, 0.98),
                    (-0.12, 0.9),
                    (0.12, 0.9),
                    (0.24, 0.98),
                    (0.24, 0.98),
                    (0.27, 0.74),
                    (0.29, 0.4),
                    (0.16, 0.08),
                    (0, 0.04),
                    (-0.16, 0.08),
                    (-0.29, 0.4),
                    (-0.27, 0.74),
                ]
            ),
        ),
        (lighter(coat, 0.08), darker(coat, 0.2)),
    )
    canvas.fill(oval(foot, size, 0, 0.34, 0.18, 0.26), pale)
    for row in range(4):
        for column in range(-1, 2):
            at = (column * 0.09 + (0.045 if row % 2 else 0), 0.5 - row * 0.1)
            canvas.fill(
                shape(foot, size, [(at[0] - 0.03, at[1]), (at[0], at[1] - 0.045), (at[0] + 0.03, at[1])]),
                mix(coat, pale, 0.3),
            )
    for side in (-1, 1):
        canvas.fill(
            shape(foot, size, smooth([(0.24, 0.6), (0.32, 0.4), (0.26, 0.14), (0.17, 0.3)]), side), darker(coat, 0.28)
        )
        canvas.fill(oval(foot, size, side * 0.115, 0.74, 0.125, 0.125), pale)
        canvas.fill(oval(foot, size, side * 0.11, 0.74, 0.085, 0.085), (250, 196, 70))
        canvas.fill(oval(foot, size, side * 0.105, 0.74, 0.052, 0.056), INK)
        canvas.fill(oval(foot, size, side * 0.105 + 0.02, 0.765, 0.017, 0.017), WHITE)
    canvas.fill(
        shape(foot, size, smooth([(-0.035, 0.69), (0, 0.71), (0.035, 0.69), (0, 0.6), (0, 0.6)])), (240, 150, 50)
    )


def _branch(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    """What an owl sits on, from beyond the left edge."""
    branch = smooth([(-4, 0.3), (-1.2, 0.06), (-0.3, 0.01), (0.4, 0.04), (0.75, 0.16)], closed=False)
    canvas.line(shape(foot, size, branch), size * 0.065, scene.lit((92, 66, 54)))


def flock(canvas: Canvas, scene: Scene, dice: random.Random) -> None:
    """Birds far away: two strokes each."""
    color = mix(scene.lit((60, 60, 80)), scene.sky[1], 0.15)
    many = 9 if scene.reading.has("bird") else 4
    middle = (dice.uniform(0.3, 0.7) * canvas.width, scene.horizon * dice.uniform(0.3, 0.5) * canvas.height)
    for _ in range(many):
        x, y = middle[0] + dice.gauss(0, 0.13) * canvas.unit, middle[1] + dice.gauss(0, 0.06) * canvas.unit
        span = canvas.unit * dice.uniform(0.012, 0.02) * (2.2 if many > 5 else 1)
        for side in (-1, 1):
            wing = [(0, 0), (0, 0), (0.5, 0.42), (1.1, 0.2), (1.1, 0.2), (0.5, 0.28), (0, -0.16), (0, -0.16)]
            canvas.fill(smooth([(x + side * px * span, y - py * span) for px, py in wing]), color)


def whale(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    skin = scene.lit(scene.tints.get("whale", (70, 104, 150)), 0.5)
    back = [
        (-0.62, 0.02),
        (-0.5, 0.3),
        (-0.2, 0.46),
        (0.15, 0.38),
        (0.42, 0.18),
        (0.56, 0.3),
        (0.62, 0.52),
        (0.62, 0.52),
        (0.7, 0.46),
        (0.84, 0.52),
        (0.84, 0.52),
        (0.74, 0.32),
        (0.62, 0.1),
        (0.5, -0.02),
    ]
    canvas.fill(shape(foot, size, smooth(back)), (lighter(skin, 0.16), darker(skin, 0.12)))
    canvas.fill(
        shape(foot, size, smooth([(-0.62, 0.02), (-0.5, 0.12), (-0.1, 0.12), (0.2, 0.0)])),
        scene.lit((226, 236, 244), 0.4),
    )
    canvas.fill(oval(foot, size, -0.4, 0.2, 0.022, 0.026), INK)
    for lean in (-0.14, 0, 0.14):
        jet = smooth([(-0.25, 0.47), (-0.25 + lean * 0.4, 0.62), (-0.25 + lean * 1.4, 0.66 - abs(lean))], closed=False)
        canvas.line(shape(foot, size, jet), size * 0.022, lighter(scene.sky[2], 0.6))


def fish(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    """Leaping out of the water."""
    skin = scene.lit(scene.tints.get("fish", (250, 140, 66)), 0.4)
    size *= 0.6
    canvas.fill(
        shape(
            foot,
            size,
            smooth(
                [
                    (-0.5, 0.5),
                    (-0.25, 0.72),
                    (0.1, 0.72),
                    (0.36, 0.52),
                    (0.6, 0.66),
                    (0.6, 0.66),
                    (0.54, 0.42),
                    (0.56, 0.2),
                    (0.56, 0.2),
                    (0.34, 0.4),
                    (0.05, 0.3),
                    (-0.28, 0.3),
                ]
            ),
        ),
        (lighter(skin, 0.15), darker(skin, 0.12)),
    )
    canvas.fill(shape(foot, size, smooth([(-0.1, 0.7), (0.02, 0.88), (0.2, 0.82), (0.18, 0.68)])), darker(skin, 0.15))
    canvas.fill(oval(foot, size, -0.3, 0.54, 0.055, 0.06), WHITE)
    canvas.fill(oval(foot, size, -0.31, 0.54, 0.03, 0.035), INK)
    for index in range(7):
        canvas.fill(oval(foot, size, -0.5 + index * 0.17, 0.02 + 0.05 * (index % 3), 0.03, 0.035), WHITE, 0.7)
