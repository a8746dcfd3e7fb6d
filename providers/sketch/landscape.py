"""The land: far ridges, hills and the ground at our feet."""

import math
import random

from providers.sketch.canvas import Canvas, Point
from providers.sketch.palette import Color, darker, lighter, mix
from providers.sketch.scene import Scene

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
