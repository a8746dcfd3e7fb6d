"""The sky where there is no air: a nebula and a planet with rings."""

import math
import random

from providers.sketch.canvas import Canvas
from providers.sketch.palette import Color, darker, lighter
from providers.sketch.scene import Scene


def nebula(canvas: Canvas, scene: Scene, dice: random.Random) -> None:
    hues: list[Color] = [(170, 70, 200), (60, 110, 230), (240, 110, 150), (60, 200, 210)]
    if scene.reading.colors:
        hues = [lighter(scene.sky[1], 0.2), lighter(scene.sky[2], 0.3)]
    tilt = dice.uniform(-0.5, 0.5)
    for _ in range(14):
        along, color = dice.random(), dice.choice(hues)
        x = along * canvas.width
        y = canvas.height * (0.36 + tilt * (along - 0.5) + dice.gauss(0, 0.07))
        size = canvas.unit * dice.uniform(0.12, 0.34)
        canvas.glow((x, y), size * 1.6, size, color, dice.uniform(0.14, 0.34))


def planet(canvas: Canvas, scene: Scene, dice: random.Random) -> None:
    x, y = canvas.width * dice.uniform(0.62, 0.8), canvas.height * dice.uniform(0.2, 0.3)
    radius = canvas.unit * dice.uniform(0.11, 0.15)
    color = dice.choice(((236, 168, 120), (130, 190, 226), (222, 140, 170), (180, 160, 230)))
    canvas.glow((x, y), radius * 2.2, radius * 2.2, color, 0.5)
    ring = [2 * math.pi * step / 90 for step in range(91)]
    orbit = [(x + 1.75 * radius * math.cos(t), y + radius * (0.42 * math.sin(t) - 0.3 * math.cos(t))) for t in ring]
    canvas.line(orbit[45:], radius * 0.1, lighter(color, 0.35))
    canvas.ellipse((x, y), radius, radius, (lighter(color, 0.3), darker(color, 0.55)))
    for shift, thick in ((-0.45, 0.1), (-0.1, 0.16), (0.32, 0.1)):
        half = radius * math.sqrt(1 - shift**2) * 0.97
        canvas.ellipse((x, y + shift * radius), half, thick * radius, darker(color, 0.3), 0.3)
    canvas.line(orbit[:46], radius * 0.1, lighter(color, 0.5))
