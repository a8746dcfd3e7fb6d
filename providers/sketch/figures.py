"""Upright figures: a wanderer, an astronaut, a robot; `foot` is where they stand, `size` their height."""

from providers.sketch.canvas import Canvas, Point, oval, shape, smooth
from providers.sketch.palette import WHITE, darker, lighter, mix
from providers.sketch.scene import Scene


def person(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    """A wanderer in a cloak and a scarf, seen from behind, looking where we look."""
    cloak = scene.lit(scene.tints.get("person", (196, 62, 66)), 0.5)
    hair = scene.lit((84, 54, 44), 0.5)
    size *= 0.85
    for side in (-1, 1):
        canvas.fill(oval(foot, size, side * 0.07, 0.04, 0.05, 0.045), scene.lit((62, 46, 48)))
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
    canvas.fill(shape(foot, size, smooth(robe)), (lighter(cloak, 0.08), darker(cloak, 0.3)))
    canvas.line(shape(foot, size, [(0.02, 0.6), (0.05, 0.12)]), size * 0.012, darker(cloak, 0.4))
    canvas.fill(oval(foot, size, 0, 0.86, 0.125, 0.135), hair)
    canvas.fill(shape(foot, size, smooth([(-0.12, 0.88), (-0.13, 0.7), (0, 0.62), (0.13, 0.7), (0.12, 0.88)])), hair)
    scarf = scene.lit((250, 202, 84), 0.4)
    canvas.fill(oval(foot, size, 0, 0.735, 0.12, 0.05), scarf)
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
    canvas.fill(shape(foot, size, smooth(tail)), darker(scarf, 0.08))


def astronaut(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    suit = mix(scene.tints.get("astronaut", (240, 242, 248)), (150, 160, 200), 0.08)
    canvas.fill(oval(foot, size, 0, 0.02, 0.26, 0.03), darker(scene.ground[1], 0.5), 0.5)
    canvas.fill(shape(foot, size, smooth([(-0.2, 0.3), (-0.22, 0.62), (0.22, 0.62), (0.2, 0.3)])), darker(suit, 0.3))
    for side in (-1, 1):
        leg = [(0.02, 0.34), (0.14, 0.34), (0.15, 0.06), (0.17, 0.0), (0.03, 0.0), (0.02, 0.1)]
        canvas.fill(shape(foot, size, smooth(leg), side), (suit, darker(suit, 0.2)))
        arm = [(0.13, 0.58), (0.22, 0.52), (0.27, 0.36), (0.23, 0.28), (0.17, 0.32), (0.14, 0.44)]
        canvas.fill(shape(foot, size, smooth(arm), side), (suit, darker(suit, 0.18)))
    canvas.fill(
        shape(foot, size, smooth([(-0.16, 0.6), (-0.18, 0.4), (-0.13, 0.27), (0.13, 0.27), (0.18, 0.4), (0.16, 0.6)])),
        (suit, darker(suit, 0.1)),
    )
    canvas.fill(shape(foot, size, [(-0.08, 0.5), (0.08, 0.5), (0.08, 0.39), (-0.08, 0.39)]), darker(suit, 0.24))
    for x, color in ((-0.045, (236, 84, 84)), (0, (250, 206, 84)), (0.045, (90, 200, 150))):
        canvas.fill(oval(foot, size, x, 0.445, 0.014, 0.014), color)
    canvas.fill(oval(foot, size, 0, 0.77, 0.215, 0.2), suit)
    canvas.fill(oval(foot, size, 0, 0.765, 0.165, 0.145), ((66, 78, 140), (24, 24, 62)))
    canvas.fill(oval(foot, size, -0.06, 0.82, 0.05, 0.03), WHITE, 0.65)


def robot(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    metal = scene.lit(scene.tints.get("robot", (132, 176, 190)), 0.4)
    dark = darker(metal, 0.55)
    for side in (-1, 1):
        canvas.line(shape(foot, size, [(0.09, 0.26), (0.1, 0.05)], side), size * 0.05, dark)
        canvas.fill(oval(foot, size, side * 0.11, 0.03, 0.085, 0.04), metal)
        canvas.line(
            shape(foot, size, smooth([(0.17, 0.5), (0.27, 0.42), (0.25, 0.3)], closed=False), side), size * 0.045, dark
        )
        canvas.fill(oval(foot, size, side * 0.25, 0.28, 0.045, 0.045), metal)
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
    canvas.fill(shape(foot, size, body), (lighter(metal, 0.12), darker(metal, 0.2)))
    canvas.fill(oval(foot, size, 0, 0.4, 0.06, 0.06), (255, 196, 92))
    canvas.line(shape(foot, size, [(0, 0.86), (0, 0.95)]), size * 0.02, dark)
    canvas.fill(oval(foot, size, 0, 0.97, 0.03, 0.03), (240, 92, 84))
    head = smooth(
        [(-0.23, 0.82), (-0.2, 0.87), (0.2, 0.87), (0.23, 0.82), (0.23, 0.62), (0.2, 0.57), (-0.2, 0.57), (-0.23, 0.62)]
    )
    canvas.fill(shape(foot, size, head), (lighter(metal, 0.2), metal))
    canvas.fill(
        shape(
            foot, size, smooth([(-0.17, 0.8), (0.17, 0.8), (0.18, 0.66), (0.15, 0.63), (-0.15, 0.63), (-0.18, 0.66)])
        ),
        (30, 40, 60),
    )
    for side in (-1, 1):
        canvas.fill(oval(foot, size, side * 0.085, 0.725, 0.038, 0.045), (130, 246, 240))
        canvas.fill(oval(foot, size, side * 0.085 + 0.012, 0.742, 0.012, 0.012), WHITE)
