"""What falls or drifts between us and the scene."""

import math
import random

from providers.sketch.canvas import Canvas, smooth
from providers.sketch.palette import WHITE, lighter
from providers.sketch.scene import Scene


def weather(canvas: Canvas, scene: Scene) -> None:
    """What falls or drifts between us and the scene."""
    dice = scene.rng("weather")
    if "fog" in scene.weather:
        edge = canvas.height * scene.horizon
        canvas.veil(edge - canvas.height * 0.25, canvas.height, lighter(scene.sky[2], 0.2), (0, 0.6, 0.35, 0.1))
    if "snow" in scene.weather:
        _flakes(canvas, dice)
    if "rain" in scene.weather:
        for _ in range(190):
            x, y = dice.uniform(-0.1, 1.1) * canvas.width, dice.random() * canvas.height
            long = canvas.unit * dice.uniform(0.02, 0.055)
            drop = [(x, y), (x - long * 0.22, y + long), (x - long * 0.22 + canvas.unit * 0.0018, y + long)]
            canvas.fill(drop, (226, 234, 244), dice.uniform(0.25, 0.6))
    if "leaves" in scene.weather:
        for _ in range(46):
            x, y = dice.random() * canvas.width, dice.random() * canvas.height
            size, turn = canvas.unit * dice.uniform(0.006, 0.014), dice.uniform(0, 6.3)
            color = dice.choice(((224, 96, 40), (240, 164, 50), (196, 58, 44), (250, 204, 90)))
            tips = [(size * 1.5, turn), (size * 0.6, turn + 1.57), (size * 1.5, turn + 3.14), (size * 0.6, turn - 1.57)]
            canvas.fill(smooth([(x + r * math.cos(t), y + r * math.sin(t)) for r, t in tips]), scene.lit(color, 0.5))


def _flakes(canvas: Canvas, dice: random.Random) -> None:
    for _ in range(210):
        x, y = dice.random() * canvas.width, dice.random() * canvas.height
        near = dice.random() ** 4
        size = canvas.unit * (0.0016 + 0.007 * near)
        if near > 0.35:  # close to the eye: large and out of focus
            canvas.glow((x, y), size * 2.1, size * 2.1, WHITE, 0.75)
        else:
            canvas.ellipse((x, y), size, size, WHITE, dice.uniform(0.55, 0.95))
