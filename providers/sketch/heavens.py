"""The sky and what stands in it: stars, sun or moon, clouds, aurora, rainbow."""

import math
import random

from providers.sketch.canvas import Canvas, Point, gradient
from providers.sketch.outer_space import nebula, planet
from providers.sketch.palette import WHITE, Color, darker, lighter, mix
from providers.sketch.scene import Scene


def sky(canvas: Canvas, scene: Scene) -> None:
    top, middle, low = scene.sky
    reach = scene.horizon if scene.land != "rock" else 0.9
    stops = [(0.0, top), (reach * 0.62, middle), (reach, low), (1.0, low)]
    canvas.image.paste(gradient(stops, canvas.image.size))
    dice = scene.rng("sky")
    if scene.hour in {"night", "space"} or scene.reading.has("star") or "black" in scene.reading.colors:
        _stars(canvas, scene, dice)
    if "aurora" in scene.weather:
        _aurora(canvas, dice)
    if scene.land == "rock":
        nebula(canvas, scene, dice)
        planet(canvas, scene, dice)
    else:
        _sun_or_moon(canvas, scene, dice)
    if "rainbow" in scene.weather:
        _rainbow(canvas, scene)
    if scene.hour != "space":
        _clouds(canvas, scene, dice)


def _stars(canvas: Canvas, scene: Scene, dice: random.Random) -> None:
    for _ in range(170):
        x, y = dice.random() * canvas.width, dice.random() ** 1.3 * canvas.height * scene.horizon * 1.05
        size = canvas.unit * (0.0009 + 0.0019 * dice.random() ** 3)
        color = mix(WHITE, dice.choice(((190, 210, 255), (255, 232, 200))), dice.random())
        canvas.ellipse((x, y), size, size, mix(scene.sky[1], color, dice.uniform(0.45, 1)))
        if size > canvas.unit * 0.0024:
            canvas.glow((x, y), size * 9, size * 9, color, 0.35)


def _sun_or_moon(canvas: Canvas, scene: Scene, dice: random.Random) -> None:
    moon = scene.hour in {"night", "dusk"}
    low = scene.hour in {"sunset", "golden", "morning", "winter"}
    x = canvas.width * dice.choice((dice.uniform(0.16, 0.34), dice.uniform(0.66, 0.84)))
    y = canvas.height * scene.horizon * (dice.uniform(0.5, 0.66) if low else dice.uniform(0.2, 0.36))
    if scene.hour == "rain":
        return
    light: Color = (236, 240, 255) if moon else (255, 246, 214)
    radius = canvas.unit * (0.062 if moon else 0.072 if low else 0.055)
    if scene.reading.has("moon", "sun", "sunset", "sunrise"):
        radius *= 1.5
    if scene.reading.colors:  # a named colour is not washed out
        canvas.glow((x, y), radius * 2.6, radius * 2.6, light, 0.4)
    else:
        canvas.glow((x, y), radius * 7, radius * 7, light, 0.34 if moon else 0.55)
        canvas.glow((x, y), radius * 2.4, radius * 2.4, light, 0.5)
    canvas.ellipse((x, y), radius, radius, light)
    if moon:
        for dx, dy, size in ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.3), (0.35, -0.35, 0.13), (-0.25, 0.42, 0.14)):
            center = (x + dx * radius, y + dy * radius)
            canvas.ellipse(center, size * radius, size * radius, darker(light, 0.1))


def _clouds(canvas: Canvas, scene: Scene, dice: random.Random) -> None:
    if scene.hour == "night" and not scene.reading.has("cloud"):
        return
    many = 11 if scene.hour == "rain" else 8 if scene.reading.has("cloud") else 4
    named = bool(scene.reading.colors)
    for _ in range(many):
        x = dice.uniform(-0.05, 1.05) * canvas.width
        height = dice.uniform(0.06, 0.72) * scene.horizon
        size = canvas.unit * dice.uniform(0.09, 0.2) * (0.5 + height)
        color = lighter(scene.sky[2], 0.25 if named or scene.hour == "rain" else 0.55)
        _cloud(canvas, (x, height * canvas.height), size, color, mix(color, scene.sky[1], 0.4), dice)


def _cloud(canvas: Canvas, at: Point, size: float, top: Color, below: Color, dice: random.Random) -> None:
    """A flat foot and a bumpy crown, as one soft shape."""
    x, y = at
    bumps = dice.randint(4, 6)
    puffs: list[tuple[float, float]] = []
    for index in range(bumps):
        along = (index + 0.5) / bumps * 2 - 1
        puffs.append((along * 0.8, (0.2 + 0.24 * (1 - along**2)) * dice.uniform(0.8, 1.2)))
    crown: list[Point] = []
    for step in range(101):
        along = step / 50 - 1
        high = max(math.sqrt(max(0.0, radius**2 - (along - middle) ** 2)) for middle, radius in puffs)
        if high > 0:
            crown.append((x + along * size, y - high * size))
    base = y + size * 0.03
    foot = [(crown[-1][0] - size * 0.02, base), (crown[0][0] + size * 0.02, base)]
    canvas.fill([*crown, *foot], (top, below), 0.66)


def _aurora(canvas: Canvas, dice: random.Random) -> None:
    for color in ((80, 255, 180), (90, 220, 255), (190, 120, 255)):
        phase, rise = dice.uniform(0, 6), dice.uniform(0.1, 0.26)
        for index in range(26):
            along = index / 25
            x = canvas.width * along
            y = canvas.height * (rise + 0.05 * math.sin(along * 5 + phase))
            canvas.glow((x, y), canvas.unit * 0.05, canvas.unit * 0.2, color, 0.16)


def _rainbow(canvas: Canvas, scene: Scene) -> None:
    bands = [(230, 70, 70), (246, 160, 60), (250, 226, 90), (96, 190, 100), (70, 130, 220), (130, 80, 190)]
    center = (canvas.width * 0.5, canvas.height * scene.horizon * 1.15)
    for index, color in enumerate(bands):
        outer = canvas.unit * (0.56 - index * 0.02)
        inner = outer - canvas.unit * 0.02
        turns = [math.pi * (1 + step / 60) for step in range(61)]
        arc = [(center[0] + outer * math.cos(t), center[1] + outer * math.sin(t)) for t in turns]
        back = [(center[0] + inner * math.cos(t), center[1] + inner * math.sin(t)) for t in reversed(turns)]
        canvas.fill([*arc, *back], color, 0.42)
