"""Sky, far ridges, ground or water, and the weather in front of it all."""

import math
import random

from PIL import Image

from providers.sketch.canvas import Canvas, Point, gradient, smooth
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
        _nebula(canvas, scene, dice)
        _planet(canvas, scene, dice)
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
        crown.append((x + along * size, y - high * size))
    foot = [(x + size * 0.96, y + size * 0.03), (x - size * 0.96, y + size * 0.03)]
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


def _nebula(canvas: Canvas, scene: Scene, dice: random.Random) -> None:
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


def _planet(canvas: Canvas, scene: Scene, dice: random.Random) -> None:
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


RIDGE_STEPS = 200


def ridge(canvas: Canvas, dice: random.Random, base: float, height: float, sharp: bool) -> list[Point]:
    """The line of a range of hills or peaks from left to right; `base` and `height` are shares of the height."""
    grow, weaker = (1.9, 0.42) if sharp else (2.0, 0.5)
    waves = [(dice.uniform(0.8, 1.2) * grow**k, dice.uniform(0, 7), weaker**k) for k in range(6 if sharp else 3)]
    aspect = canvas.width / canvas.height
    lifts: list[float] = []
    for step in range(RIDGE_STEPS + 1):
        along = step / RIDGE_STEPS
        lift = 0.0
        for pace, phase, weight in waves:
            wave = math.sin(along * aspect * pace * 5 + phase)
            lift += weight * (-abs(wave) if sharp else 0.5 * wave)
        lifts.append(lift)
    low, high = min(lifts), max(lifts)
    return [
        (
            index / RIDGE_STEPS * canvas.width,
            canvas.height * (base - height * (lift - low) / ((high - low) or 1)),
        )
        for index, lift in enumerate(lifts)
    ]


def ridges(canvas: Canvas, scene: Scene) -> None:
    """From the farthest, nearly sky, to the nearest, nearly ground."""
    dice = scene.rng("ridges")
    far, near = scene.sky[2], scene.lit(scene.ground[1], 0.8)
    if scene.land == "snow":
        near = mix(near, (96, 124, 170), 0.5)
    edge = scene.horizon
    if scene.mountains:
        peaks = ridge(canvas, dice, edge + 0.02, 0.34, sharp=True)
        color = mix(mix((88, 104, 148), near, 0.25), far, 0.45)
        _body(canvas, peaks, edge, color, mix(color, far, 0.6))
        _caps(canvas, peaks, edge, mix(lighter(far, 0.5), color, 0.12))
        canvas.veil(canvas.height * (edge - 0.2), canvas.height * (edge + 0.02), far, (0, 0.25, 0.6))
    layers = 1 if scene.land == "sea" else 3
    for index in range(layers):
        share = (index + 1) / (layers + 1)
        line = ridge(canvas, dice, edge + 0.03 * index, 0.13 - 0.025 * index, sharp=False)
        color = mix(far, near, 0.18 + 0.5 * share)
        _body(canvas, line, edge + 0.12, color, mix(color, far, 0.45))


def _body(canvas: Canvas, line: list[Point], foot: float, top: Color, low: Color) -> None:
    bottom = canvas.height * (foot + 0.06)
    canvas.fill([*line, (canvas.width, bottom), (0, bottom)], (top, low))


def _caps(canvas: Canvas, peaks: list[Point], edge: float, color: Color) -> None:
    """Snow on the upper part of every peak, with a ragged lower hem."""
    highest = min(y for _, y in peaks)
    line = highest + (canvas.height * edge - highest) * 0.45
    ragged = [
        line + canvas.unit * (0.016 * math.sin(step * 0.9) + 0.008 * math.sin(step * 0.41))
        for step in range(len(peaks))
    ]
    run: list[int] = []
    for index in range(len(peaks) + 1):
        if index < len(peaks) and peaks[index][1] < ragged[index]:
            run.append(index)
        elif run:
            if len(run) > 1:
                hem = [(peaks[i][0], ragged[i]) for i in reversed(run)]
                canvas.fill([*(peaks[i] for i in run), *hem], color, 0.85)
            run = []


def ground(canvas: Canvas, scene: Scene) -> None:
    dice = scene.rng("ground")
    near, feet = scene.lit(scene.ground[0]), scene.lit(scene.ground[1])
    if scene.land == "sea":
        _water(canvas, scene, near, feet, dice)
        return
    edge = scene.horizon
    for index in range(4):
        share = index / 3
        line = ridge(canvas, dice, edge + 0.055 + 0.12 * index, 0.075, sharp=False)
        top = mix(mix(near, scene.sky[2], 0.3 * (1 - share)), feet, 0.45 * share)
        canvas.fill([*line, (canvas.width, canvas.height), (0, canvas.height)], (top, mix(top, feet, 0.75)))
    if scene.land == "rock":
        for _ in range(9):
            x, y = dice.random() * canvas.width, canvas.height * dice.uniform(edge + 0.14, 0.97)
            size = canvas.unit * dice.uniform(0.015, 0.06) * (y / canvas.height)
            canvas.ellipse((x, y), size * 1.8, size * 0.5, darker(feet, 0.3))
            canvas.ellipse((x, y + size * 0.12), size * 1.6, size * 0.4, mix(near, feet, 0.6))


def _water(canvas: Canvas, scene: Scene, near: Color, feet: Color, dice: random.Random) -> None:
    top = canvas.height * scene.horizon
    named = bool(scene.reading.colors)
    if named:  # a sea of a named colour keeps it
        near, feet = scene.ground
    near = mix(near, scene.sky[2], 0.06 if named else 0.45)
    box = [(0.0, top), (canvas.width, top), (canvas.width, canvas.height), (0.0, canvas.height)]
    canvas.fill(box, (near, feet))
    _mirror(canvas, round(top), 40 if named else 120)
    for _ in range(90):
        depth = dice.random() ** 1.6
        y = top + (canvas.height - top) * (0.01 + 0.98 * depth)
        x, half = dice.random() * canvas.width, canvas.unit * (0.012 + 0.07 * depth) * dice.uniform(0.5, 1.4)
        color = mix(near, WHITE, 0.5) if dice.random() < 0.6 else darker(feet, 0.2)
        thick = canvas.unit * (0.0009 + 0.003 * depth)
        canvas.ellipse((x, y), half, thick, color, dice.uniform(0.2, 0.55))
    if scene.reading.has("beach"):
        line = ridge(canvas, dice, 0.93, 0.06, sharp=False)
        edge = [(x, y - canvas.unit * 0.012) for x, y in line]
        canvas.fill([*edge, (canvas.width, canvas.height), (0, canvas.height)], lighter(near, 0.6))
        sand = (scene.lit((246, 222, 172)), scene.lit((224, 184, 128)))
        canvas.fill([*line, (canvas.width, canvas.height), (0, canvas.height)], sand)


def islet(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    """Dry land in the water for whatever stands at `foot`."""
    x, y = foot
    earth = scene.lit((150, 122, 92))
    turf = scene.lit((120, 168, 96)) if scene.land == "sea" else scene.lit(scene.ground[0])
    shore = [
        (-1.0, 0.1),
        (-0.7, -0.02),
        (-0.3, -0.06),
        (0.3, -0.06),
        (0.7, -0.02),
        (1.0, 0.1),
        (0.5, 0.15),
        (-0.5, 0.15),
    ]
    wash = [(x + px * size * 1.07, y + py * size * 1.1 + size * 0.015) for px, py in shore]
    canvas.fill(smooth(wash), lighter(scene.sky[2], 0.4), 0.5)
    canvas.fill(smooth([(x + px * size, y + py * size) for px, py in shore]), (earth, darker(earth, 0.3)))
    canvas.fill(
        smooth([(x + px * size * 0.98, y + py * size * 0.6 - size * 0.015) for px, py in shore]),
        (turf, darker(turf, 0.2)),
    )


def _mirror(canvas: Canvas, top: int, strength: int) -> None:
    """What stands above the water, upside down in it, dim and blurred by the waves."""
    deep = min(top, canvas.height - top)
    if deep < 2:
        return
    above = canvas.image.crop((0, top - deep, canvas.width, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    small = (max(1, canvas.width // 6), max(1, deep // 14))
    waved = above.resize(small, Image.Resampling.BOX).resize(above.size, Image.Resampling.BICUBIC)
    mask = gradient([(0, (strength, 0, 0)), (1, (strength // 5, 0, 0))], above.size).getchannel(0)
    canvas.image.paste(waved, (0, top), mask)


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
