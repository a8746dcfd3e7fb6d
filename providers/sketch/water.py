"""The sea with its mirror image, a beach, and dry land for those who cannot swim."""

from PIL import Image

from providers.sketch.canvas import Canvas, Point, gradient, smooth
from providers.sketch.landscape import ridge
from providers.sketch.palette import WHITE, darker, lighter, mix
from providers.sketch.scene import Scene


def water(canvas: Canvas, scene: Scene) -> None:
    """From the horizon down, with a beach in front if one was asked for."""
    dice = scene.rng("ground")
    near, feet = scene.lit(scene.ground[0]), scene.lit(scene.ground[1])
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
