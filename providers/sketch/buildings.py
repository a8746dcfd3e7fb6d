"""What people build: houses, castles, lighthouses and skylines; `foot` is the middle of the base."""

import random

from providers.sketch.canvas import Canvas, Point
from providers.sketch.palette import Color, darker, lighter, mix
from providers.sketch.scene import Scene

LAMP: Color = (255, 216, 128)


def _box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _window(canvas: Canvas, scene: Scene, center: Point, width: float, height: float) -> None:
    x, y = center
    if scene.dark:
        canvas.glow(center, width * 2.2, height * 2.2, LAMP, 0.6)
    pane = LAMP if scene.dark or scene.land == "snow" else scene.lit((186, 220, 236))
    canvas.fill(_box(x - width / 2, y - height / 2, x + width / 2, y + height / 2), pane)
    bar = darker(pane, 0.45)
    canvas.fill(_box(x - width * 0.05, y - height / 2, x + width * 0.05, y + height / 2), bar)
    canvas.fill(_box(x - width / 2, y - height * 0.05, x + width / 2, y + height * 0.05), bar)


def house(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    wall = scene.lit((246, 230, 206), 0.7)
    roof = scene.lit(scene.tints.get("house", (176, 76, 62)), 0.5)
    wide, high = size * 0.42, size * 0.42
    canvas.fill(_box(x + wide * 0.4, y - size * 0.82, x + wide * 0.62, y - high), darker(roof, 0.35))
    if scene.land == "snow" or scene.dark:
        for index in range(5):  # smoke
            puff = (x + wide * (0.5 + 0.12 * index), y - size * (0.88 + 0.075 * index))
            canvas.glow(puff, size * (0.05 + 0.02 * index), size * (0.05 + 0.02 * index), (240, 240, 248), 0.6)
    canvas.fill(_box(x - wide, y - high, x + wide, y), (wall, darker(wall, 0.14)))
    canvas.fill(
        [(x - wide * 1.2, y - high * 0.96), (x, y - size * 0.84), (x + wide * 1.2, y - high * 0.96)],
        (lighter(roof, 0.1), roof),
    )
    if scene.land == "snow":
        hem = [
            (x + wide * 1.2, y - high * 0.96),
            (x + wide * 0.6, y - high * 1.12),
            (x, y - high * 1.3),
            (x - wide * 0.6, y - high * 1.12),
        ]
        canvas.fill([(x - wide * 1.2, y - high * 0.96), (x, y - size * 0.86), *hem], scene.lit((246, 250, 255)))
    canvas.fill(_box(x - size * 0.07, y - size * 0.23, x + size * 0.07, y), scene.lit((112, 72, 58), 0.8))
    canvas.ellipse((x + size * 0.045, y - size * 0.11), size * 0.01, size * 0.01, LAMP)
    for side in (-1, 1):
        _window(canvas, scene, (x + side * wide * 0.58, y - high * 0.5), size * 0.15, size * 0.16)
    _window(canvas, scene, (x, y - size * 0.56), size * 0.1, size * 0.11)


def castle(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    stone = mix(scene.lit(scene.tints.get("castle", (198, 190, 206))), scene.sky[2], 0.1)
    roof = scene.lit((88, 86, 158), 0.8)
    canvas.fill(_box(x - size * 0.42, y - size * 0.36, x + size * 0.42, y), (stone, darker(stone, 0.2)))
    _battlements(canvas, x - size * 0.42, x + size * 0.42, y - size * 0.36, size * 0.04, stone)
    for dx, half, high in (
        (-0.42, 0.085, 0.62),
        (0.42, 0.085, 0.62),
        (-0.2, 0.075, 0.78),
        (0.2, 0.075, 0.74),
        (0, 0.11, 0.92),
    ):
        left, right, top = x + (dx - half) * size, x + (dx + half) * size, y - high * size
        tower = mix(stone, (255, 255, 255), 0.08 if dx else 0.16)
        canvas.fill(_box(left, top, right, y), (tower, darker(tower, 0.22)))
        _battlements(canvas, left, right, top, size * 0.03, tower)
        canvas.fill(
            [
                (left - half * size * 0.3, top),
                ((left + right) / 2, top - half * size * 2.9),
                (right + half * size * 0.3, top),
            ],
            (lighter(roof, 0.15), roof),
        )
        mast = ((left + right) / 2, top - half * size * 2.9)
        canvas.fill(
            [mast, (mast[0] + size * 0.07, mast[1] - size * 0.03), (mast[0], mast[1] - size * 0.06)],
            scene.lit((232, 84, 84), 0.5),
        )
        canvas.line([mast, (mast[0], mast[1] - size * 0.06)], size * 0.008, darker(stone, 0.5))
        for row in (0.12, 0.3):
            _window(canvas, scene, ((left + right) / 2, top + size * row), size * 0.035, size * 0.065)
    gate = scene.lit((92, 62, 54))
    canvas.ellipse((x, y - size * 0.14), size * 0.075, size * 0.075, gate)
    canvas.fill(_box(x - size * 0.075, y - size * 0.14, x + size * 0.075, y), gate)


def _battlements(canvas: Canvas, left: float, right: float, top: float, tooth: float, color: Color) -> None:
    count = max(3, round((right - left) / tooth / 2))
    pitch = (right - left) / count
    for index in range(count):
        start = left + pitch * (index + 0.2)
        canvas.fill(_box(start, top - tooth, start + pitch * 0.6, top + 2), color)


def lighthouse(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    x, y = foot
    rock = scene.lit((104, 96, 104))
    canvas.fill(
        [
            (x - size * 0.34, y + size * 0.07),
            (x - size * 0.22, y - size * 0.06),
            (x, y - size * 0.1),
            (x + size * 0.2, y - size * 0.05),
            (x + size * 0.36, y + size * 0.07),
        ],
        (lighter(rock, 0.15), darker(rock, 0.2)),
    )
    lamp = (x, y - size * 0.9)
    for side in (-1, 1):
        beam = [lamp, (x + side * size * 1.6, lamp[1] - size * 0.22), (x + side * size * 1.6, lamp[1] + size * 0.16)]
        canvas.fill(beam, (255, 244, 200), 0.26 if scene.dark else 0.12)
    bands = 5
    for index in range(bands):
        low, top = y - size * (0.07 + 0.146 * index), y - size * (0.07 + 0.146 * (index + 1))
        wide, thin = size * (0.105 - 0.009 * index), size * (0.105 - 0.009 * (index + 1))
        color = scene.lit(scene.tints.get("lighthouse", (222, 66, 62)) if index % 2 == 0 else (248, 246, 242), 0.7)
        canvas.fill([(x - wide, low), (x + wide, low), (x + thin, top), (x - thin, top)], color)
    canvas.fill(_box(x - size * 0.085, y - size * 0.82, x + size * 0.085, y - size * 0.79), scene.lit((70, 70, 84)))
    canvas.fill(_box(x - size * 0.05, y - size * 0.95, x + size * 0.05, y - size * 0.82), LAMP)
    canvas.glow(lamp, size * 0.3, size * 0.3, LAMP, 0.8)
    canvas.fill(
        [(x - size * 0.07, y - size * 0.95), (x, y - size * 1.05), (x + size * 0.07, y - size * 0.95)],
        scene.lit((222, 66, 62), 0.7),
    )


def city(canvas: Canvas, scene: Scene) -> None:
    """Two rows of towers along the horizon, with lights in them when it is dark."""
    dice = scene.rng("city")
    base = canvas.height * (scene.horizon + (0.01 if scene.land == "sea" else 0.16))
    for row, (haze, reach) in enumerate(((0.6, 0.36), (0.28, 0.27), (0.06, 0.16))):
        shade = mix(scene.lit((72, 84, 120), 0.9), scene.sky[2], haze)
        x = -canvas.unit * 0.03
        while x < canvas.width:
            wide = canvas.unit * dice.uniform(0.055, 0.115)
            top = base - canvas.height * reach * dice.uniform(0.4, 1.25)
            body = mix(shade, dice.choice(((40, 50, 90), (120, 96, 140), (70, 110, 140))), 0.2)
            canvas.fill(_box(x, top, x + wide, base), (body, darker(body, 0.25)))
            if dice.random() < 0.3:
                canvas.fill(
                    [(x + wide * 0.3, top), (x + wide * 0.5, top - canvas.unit * 0.05), (x + wide * 0.7, top)], body
                )
            if row:
                _lights(canvas, scene, dice, _box(x, top, x + wide, base))
            x += wide * dice.uniform(0.9, 1.12)
    if scene.dark:
        canvas.veil(base - canvas.height * 0.3, base, (255, 150, 130), (0, 0.05, 0.2))


def _lights(canvas: Canvas, scene: Scene, dice: random.Random, tower: list[Point]) -> None:
    (left, top), (right, _), (_, bottom), _ = tower
    columns = dice.choice((2, 3, 4))
    pitch, step = (right - left) / columns, canvas.unit * 0.024
    on = 0.6 if scene.dark else 0.3
    y = top + step
    while y < bottom:
        for column in range(columns):
            if dice.random() < on:
                color = mix(LAMP, dice.choice(((255, 250, 220), (160, 220, 255), (255, 150, 150))), dice.random() * 0.6)
                if not scene.dark:
                    color = mix(color, (214, 236, 246), 0.75)
                at = left + pitch * (column + 0.26)
                canvas.fill(_box(at, y, at + pitch * 0.48, y + step * 0.45), color)
        y += step
