"""Everybody and everything else that moves: upright figures, what flies and what floats."""

import math
import random

from providers.sketch.canvas import Canvas, Point, smooth
from providers.sketch.palette import INK, WHITE, Color, darker, lighter, mix
from providers.sketch.scene import Scene


def _shape(foot: Point, size: float, points: list[Point], side: int = 1) -> list[Point]:
    return [(foot[0] + side * x * size, foot[1] - y * size) for x, y in points]


def _oval(foot: Point, size: float, x: float, y: float, rx: float, ry: float) -> list[Point]:
    turns = [2 * math.pi * step / 48 for step in range(48)]
    return [(foot[0] + (x + rx * math.cos(t)) * size, foot[1] - (y + ry * math.sin(t)) * size) for t in turns]


def person(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    """A wanderer in a cloak and a scarf, seen from behind, looking where we look."""
    cloak = scene.lit(scene.tints.get("person", (196, 62, 66)), 0.5)
    hair = scene.lit((84, 54, 44), 0.5)
    size *= 0.85
    for side in (-1, 1):
        canvas.fill(_oval(foot, size, side * 0.07, 0.04, 0.05, 0.045), scene.lit((62, 46, 48)))
    robe = [
        (-0.07, 0.76),
        (-0.14, 0.6),
        (-0.2, 0.3),
        (-0.27, 0.06),
        (-0.27, 0.06),
        (0.0, 0.03),
        (0.27, 0.06),
        (0.27, 0.06),
        (0.2, 0.3),
        (0.14, 0.6),
        (0.07, 0.76),
    ]
    canvas.fill(_shape(foot, size, smooth(robe)), (lighter(cloak, 0.08), darker(cloak, 0.3)))
    canvas.line(_shape(foot, size, [(0.02, 0.6), (0.05, 0.12)]), size * 0.012, darker(cloak, 0.4))
    canvas.fill(_oval(foot, size, 0, 0.86, 0.125, 0.135), hair)
    canvas.fill(_shape(foot, size, smooth([(-0.12, 0.88), (-0.13, 0.7), (0, 0.62), (0.13, 0.7), (0.12, 0.88)])), hair)
    scarf = scene.lit((250, 202, 84), 0.4)
    canvas.fill(_oval(foot, size, 0, 0.735, 0.12, 0.05), scarf)
    tail = [
        (0.06, 0.74),
        (0.2, 0.72),
        (0.36, 0.76),
        (0.42, 0.72),
        (0.42, 0.72),
        (0.34, 0.69),
        (0.2, 0.65),
        (0.06, 0.68),
    ]
    canvas.fill(_shape(foot, size, smooth(tail)), darker(scarf, 0.08))


def astronaut(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    suit = mix(scene.tints.get("astronaut", (240, 242, 248)), (150, 160, 200), 0.08)
    canvas.fill(_oval(foot, size, 0, 0.02, 0.26, 0.03), darker(scene.ground[1], 0.5), 0.5)
    canvas.fill(_shape(foot, size, smooth([(-0.2, 0.3), (-0.22, 0.62), (0.22, 0.62), (0.2, 0.3)])), darker(suit, 0.3))
    for side in (-1, 1):
        leg = [(0.02, 0.34), (0.14, 0.34), (0.15, 0.06), (0.17, 0.0), (0.03, 0.0), (0.02, 0.1)]
        canvas.fill(_shape(foot, size, smooth(leg), side), (suit, darker(suit, 0.2)))
        arm = [(0.13, 0.58), (0.22, 0.52), (0.27, 0.36), (0.23, 0.28), (0.17, 0.32), (0.14, 0.44)]
        canvas.fill(_shape(foot, size, smooth(arm), side), (suit, darker(suit, 0.18)))
    canvas.fill(
        _shape(foot, size, smooth([(-0.16, 0.6), (-0.18, 0.4), (-0.13, 0.27), (0.13, 0.27), (0.18, 0.4), (0.16, 0.6)])),
        (suit, darker(suit, 0.1)),
    )
    canvas.fill(_shape(foot, size, [(-0.08, 0.5), (0.08, 0.5), (0.08, 0.39), (-0.08, 0.39)]), darker(suit, 0.24))
    for x, color in ((-0.045, (236, 84, 84)), (0, (250, 206, 84)), (0.045, (90, 200, 150))):
        canvas.fill(_oval(foot, size, x, 0.445, 0.014, 0.014), color)
    canvas.fill(_oval(foot, size, 0, 0.77, 0.215, 0.2), suit)
    canvas.fill(_oval(foot, size, 0, 0.765, 0.165, 0.145), ((66, 78, 140), (24, 24, 62)))
    canvas.fill(_oval(foot, size, -0.06, 0.82, 0.05, 0.03), WHITE, 0.65)


def robot(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    metal = scene.lit(scene.tints.get("robot", (132, 176, 190)), 0.4)
    dark = darker(metal, 0.55)
    for side in (-1, 1):
        canvas.line(_shape(foot, size, [(0.09, 0.26), (0.1, 0.05)], side), size * 0.05, dark)
        canvas.fill(_oval(foot, size, side * 0.11, 0.03, 0.085, 0.04), metal)
        canvas.line(
            _shape(foot, size, smooth([(0.17, 0.5), (0.27, 0.42), (0.25, 0.3)], closed=False), side), size * 0.045, dark
        )
        canvas.fill(_oval(foot, size, side * 0.25, 0.28, 0.045, 0.045), metal)
    body = [
        (-0.19, 0.53),
        (-0.19, 0.53),
        (-0.17, 0.25),
        (-0.17, 0.25),
        (0.17, 0.25),
        (0.17, 0.25),
        (0.19, 0.53),
        (0.19, 0.53),
    ]
    canvas.fill(_shape(foot, size, body), (lighter(metal, 0.12), darker(metal, 0.2)))
    canvas.fill(_oval(foot, size, 0, 0.4, 0.06, 0.06), (255, 196, 92))
    canvas.line(_shape(foot, size, [(0, 0.86), (0, 0.95)]), size * 0.02, dark)
    canvas.fill(_oval(foot, size, 0, 0.97, 0.03, 0.03), (240, 92, 84))
    head = smooth(
        [(-0.23, 0.82), (-0.2, 0.87), (0.2, 0.87), (0.23, 0.82), (0.23, 0.62), (0.2, 0.57), (-0.2, 0.57), (-0.23, 0.62)]
    )
    canvas.fill(_shape(foot, size, head), (lighter(metal, 0.2), metal))
    canvas.fill(
        _shape(
            foot, size, smooth([(-0.17, 0.8), (0.17, 0.8), (0.18, 0.66), (0.15, 0.63), (-0.15, 0.63), (-0.18, 0.66)])
        ),
        (30, 40, 60),
    )
    for side in (-1, 1):
        canvas.fill(_oval(foot, size, side * 0.085, 0.725, 0.038, 0.045), (130, 246, 240))
        canvas.fill(_oval(foot, size, side * 0.085 + 0.012, 0.742, 0.012, 0.012), WHITE)


def penguin(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    coat = scene.lit(scene.tints.get("penguin", (44, 52, 78)), 0.5)
    beak = scene.lit((250, 170, 60), 0.4)
    size *= 0.85
    canvas.fill(_oval(foot, size, 0, 0.01, 0.28, 0.035), darker(scene.ground[1], 0.45), 0.35)
    for side in (-1, 1):
        canvas.fill(_oval(foot, size, side * 0.1, 0.03, 0.085, 0.035), beak)
        wing = [(0.2, 0.58), (0.3, 0.42), (0.335, 0.22), (0.28, 0.22), (0.2, 0.36)]
        canvas.fill(_shape(foot, size, smooth(wing), side), darker(coat, 0.2))
    canvas.fill(
        _shape(
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
        _shape(
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
        canvas.fill(_oval(foot, size, side * 0.075, 0.74, 0.095, 0.115), scene.lit((250, 250, 252), 0.4))
    for side in (-1, 1):
        canvas.fill(_oval(foot, size, side * 0.085, 0.785, 0.028, 0.034), INK)
        canvas.fill(_oval(foot, size, side * 0.085 + 0.01, 0.8, 0.01, 0.01), WHITE)
    canvas.fill(_shape(foot, size, smooth([(-0.05, 0.735), (0, 0.76), (0.05, 0.735), (0, 0.665), (0, 0.665)])), beak)


def owl(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    coat = scene.lit(scene.tints.get("owl", (142, 104, 78)), 0.5)
    pale = scene.lit((244, 226, 196), 0.4)
    size *= 0.85
    branch = smooth([(-4, 0.3), (-1.2, 0.06), (-0.3, 0.01), (0.4, 0.04), (0.75, 0.16)], closed=False)
    canvas.line(_shape(foot, size, branch), size * 0.065, scene.lit((92, 66, 54)))
    canvas.fill(
        _shape(
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
    canvas.fill(_oval(foot, size, 0, 0.34, 0.18, 0.26), pale)
    for row in range(4):
        for column in range(-1, 2):
            at = (column * 0.09 + (0.045 if row % 2 else 0), 0.5 - row * 0.1)
            canvas.fill(
                _shape(foot, size, [(at[0] - 0.03, at[1]), (at[0], at[1] - 0.045), (at[0] + 0.03, at[1])]),
                mix(coat, pale, 0.3),
            )
    for side in (-1, 1):
        canvas.fill(
            _shape(foot, size, smooth([(0.24, 0.6), (0.32, 0.4), (0.26, 0.14), (0.17, 0.3)]), side), darker(coat, 0.28)
        )
        canvas.fill(_oval(foot, size, side * 0.115, 0.74, 0.125, 0.125), pale)
        canvas.fill(_oval(foot, size, side * 0.11, 0.74, 0.085, 0.085), (250, 196, 70))
        canvas.fill(_oval(foot, size, side * 0.105, 0.74, 0.052, 0.056), INK)
        canvas.fill(_oval(foot, size, side * 0.105 + 0.02, 0.765, 0.017, 0.017), WHITE)
    canvas.fill(
        _shape(foot, size, smooth([(-0.035, 0.69), (0, 0.71), (0.035, 0.69), (0, 0.6), (0, 0.6)])), (240, 150, 50)
    )


def mushroom(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    cap = scene.lit(scene.tints.get("mushroom", (214, 58, 54)), 0.5)
    stem = [(-0.1, 0), (-0.08, 0.3), (-0.1, 0.56), (0.1, 0.56), (0.08, 0.3), (0.1, 0)]
    canvas.fill(_shape(foot, size, smooth(stem)), (scene.lit((252, 240, 222), 0.5), scene.lit((226, 206, 184), 0.5)))
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
    canvas.fill(_shape(foot, size, smooth(dome)), (lighter(cap, 0.12), darker(cap, 0.12)))
    for x, y, radius in (
        (-0.22, 0.62, 0.06),
        (0.02, 0.74, 0.075),
        (0.24, 0.6, 0.055),
        (-0.05, 0.52, 0.04),
        (0.13, 0.5, 0.03),
    ):
        canvas.fill(_oval(foot, size, x, y, radius, radius * 0.85), scene.lit((255, 248, 240), 0.4))


def boat(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    hull = scene.lit((142, 82, 58), 0.7)
    sail = scene.lit(scene.tints.get("boat", (252, 246, 232)), 0.6)
    canvas.fill(_oval(foot, size, 0, -0.02, 0.46, 0.03), darker(scene.ground[1], 0.4), 0.4)
    canvas.line(_shape(foot, size, [(0, 0.1), (0, 1.0)]), size * 0.018, darker(hull, 0.3))
    canvas.fill(
        _shape(
            foot,
            size,
            smooth([(0.03, 0.96), (0.03, 0.96), (0.24, 0.62), (0.36, 0.24), (0.36, 0.24), (0.03, 0.22), (0.03, 0.22)]),
        ),
        (lighter(sail, 0.1), darker(sail, 0.12)),
    )
    canvas.fill(
        _shape(
            foot,
            size,
            smooth(
                [(-0.03, 0.86), (-0.03, 0.86), (-0.16, 0.54), (-0.3, 0.26), (-0.3, 0.26), (-0.03, 0.22), (-0.03, 0.22)]
            ),
        ),
        (sail, darker(sail, 0.2)),
    )
    canvas.fill(
        _shape(
            foot,
            size,
            smooth([(-0.44, 0.17), (-0.44, 0.17), (0, 0.14), (0.46, 0.19), (0.46, 0.19), (0.3, 0.0), (-0.3, 0.0)]),
        ),
        (lighter(hull, 0.12), darker(hull, 0.3)),
    )
    canvas.line(
        _shape(foot, size, smooth([(-0.4, 0.13), (0, 0.1), (0.4, 0.14)], closed=False)),
        size * 0.014,
        lighter(hull, 0.6),
    )


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
    canvas.fill(_shape(foot, size, smooth(back)), (lighter(skin, 0.16), darker(skin, 0.12)))
    canvas.fill(
        _shape(foot, size, smooth([(-0.62, 0.02), (-0.5, 0.12), (-0.1, 0.12), (0.2, 0.0)])),
        scene.lit((226, 236, 244), 0.4),
    )
    canvas.fill(_oval(foot, size, -0.4, 0.2, 0.022, 0.026), INK)
    for lean in (-0.14, 0, 0.14):
        jet = smooth([(-0.25, 0.47), (-0.25 + lean * 0.4, 0.62), (-0.25 + lean * 1.4, 0.66 - abs(lean))], closed=False)
        canvas.line(_shape(foot, size, jet), size * 0.022, lighter(scene.sky[2], 0.6))


def fish(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    """Leaping out of the water."""
    skin = scene.lit(scene.tints.get("fish", (250, 140, 66)), 0.4)
    size *= 0.6
    canvas.fill(
        _shape(
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
    canvas.fill(_shape(foot, size, smooth([(-0.1, 0.7), (0.02, 0.88), (0.2, 0.82), (0.18, 0.68)])), darker(skin, 0.15))
    canvas.fill(_oval(foot, size, -0.3, 0.54, 0.055, 0.06), WHITE)
    canvas.fill(_oval(foot, size, -0.31, 0.54, 0.03, 0.035), INK)
    for index in range(7):
        canvas.fill(_oval(foot, size, -0.5 + index * 0.17, 0.02 + 0.05 * (index % 3), 0.03, 0.035), WHITE, 0.7)


def balloon(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    first = scene.lit(scene.tints.get("balloon", (230, 84, 78)), 0.4)
    bands: list[Color] = [first, scene.lit((252, 236, 206), 0.4)]
    for index in range(5):
        wide = 0.38 * (1 - index / 5)
        half = [(0, 1.0), (wide * 0.75, 0.94), (wide, 0.72), (wide * 0.72, 0.46), (wide * 0.3, 0.3)]
        outline = [*half, *((-x, y) for x, y in reversed(half))]
        canvas.fill(
            _shape(foot, size, smooth(outline)), (lighter(bands[index % 2], 0.08), darker(bands[index % 2], 0.16))
        )
    for side in (-1, 1):
        canvas.line(_shape(foot, size, [(0.09, 0.31), (0.06, 0.14)], side), size * 0.008, scene.lit((96, 70, 54)))
    canvas.fill(
        _shape(foot, size, smooth([(-0.075, 0.14), (0.075, 0.14), (0.06, 0.02), (-0.06, 0.02)])),
        scene.lit((150, 104, 66)),
    )


def rocket(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    hull = scene.tints.get("rocket", (238, 240, 246))
    canvas.glow((foot[0], foot[1] + size * 0.12), size * 0.34, size * 0.5, (255, 170, 80), 0.9)
    canvas.fill(
        _shape(foot, size, smooth([(-0.09, 0.08), (-0.1, -0.12), (0, -0.36), (0, -0.36), (0.1, -0.12), (0.09, 0.08)])),
        ((255, 226, 130), (255, 120, 50)),
    )
    for side in (-1, 1):
        fin = [(0.1, 0.42), (0.24, 0.2), (0.25, 0.0), (0.25, 0.0), (0.09, 0.12)]
        canvas.fill(_shape(foot, size, smooth(fin), side), (226, 70, 72))
    canvas.fill(
        _shape(
            foot,
            size,
            smooth(
                [
                    (0, 1.0),
                    (0, 1.0),
                    (-0.12, 0.78),
                    (-0.16, 0.46),
                    (-0.1, 0.08),
                    (0.1, 0.08),
                    (0.16, 0.46),
                    (0.12, 0.78),
                ]
            ),
        ),
        (lighter(hull, 0.1), darker(hull, 0.22)),
    )
    canvas.fill(
        _shape(foot, size, smooth([(0, 1.0), (0, 1.0), (-0.115, 0.79), (-0.115, 0.79), (0.115, 0.79), (0.115, 0.79)])),
        (226, 70, 72),
    )
    canvas.fill(_oval(foot, size, 0, 0.56, 0.075, 0.075), (70, 84, 130))
    canvas.fill(_oval(foot, size, 0, 0.56, 0.055, 0.055), (140, 212, 240))


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
