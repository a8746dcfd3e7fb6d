"""What carries people: a boat, a hot-air balloon, a rocket."""

from providers.sketch.canvas import Canvas, Point, oval, shape, smooth
from providers.sketch.palette import Color, darker, lighter
from providers.sketch.scene import Scene


def boat(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    hull = scene.lit((142, 82, 58), 0.7)
    sail = scene.lit(scene.tints.get("boat", (252, 246, 232)), 0.6)
    canvas.fill(oval(foot, size, 0, -0.02, 0.46, 0.03), darker(scene.ground[1], 0.4), 0.4)
    canvas.line(shape(foot, size, [(0, 0.1), (0, 1.0)]), size * 0.018, darker(hull, 0.3))
    canvas.fill(
        shape(
            foot,
            size,
            smooth([(0.03, 0.96), (0.03, 0.96), (0.24, 0.62), (0.36, 0.24), (0.36, 0.24), (0.03, 0.22), (0.03, 0.22)]),
        ),
        (lighter(sail, 0.1), darker(sail, 0.12)),
    )
    canvas.fill(
        shape(
            foot,
            size,
            smooth(
                [(-0.03, 0.86), (-0.03, 0.86), (-0.16, 0.54), (-0.3, 0.26), (-0.3, 0.26), (-0.03, 0.22), (-0.03, 0.22)]
            ),
        ),
        (sail, darker(sail, 0.2)),
    )
    canvas.fill(
        shape(
            foot,
            size,
            smooth([(-0.44, 0.17), (-0.44, 0.17), (0, 0.14), (0.46, 0.19), (0.46, 0.19), (0.3, 0.0), (-0.3, 0.0)]),
        ),
        (lighter(hull, 0.12), darker(hull, 0.3)),
    )
    canvas.line(
        shape(foot, size, smooth([(-0.4, 0.13), (0, 0.1), (0.4, 0.14)], closed=False)),
        size * 0.014,
        lighter(hull, 0.6),
    )


def balloon(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    first = scene.lit(scene.tints.get("balloon", (230, 84, 78)), 0.4)
    bands: list[Color] = [first, scene.lit((252, 236, 206), 0.4)]
    for index in range(5):
        wide = 0.38 * (1 - index / 5)
        half = [(0, 1.0), (wide * 0.75, 0.94), (wide, 0.72), (wide * 0.72, 0.46), (wide * 0.3, 0.3)]
        outline = [*half, *((-x, y) for x, y in reversed(half))]
        canvas.fill(
            shape(foot, size, smooth(outline)), (lighter(bands[index % 2], 0.08), darker(bands[index % 2], 0.16))
        )
    for side in (-1, 1):
        canvas.line(shape(foot, size, [(0.09, 0.31), (0.06, 0.14)], side), size * 0.008, scene.lit((96, 70, 54)))
    canvas.fill(
        shape(foot, size, smooth([(-0.075, 0.14), (0.075, 0.14), (0.06, 0.02), (-0.06, 0.02)])),
        scene.lit((150, 104, 66)),
    )


def rocket(canvas: Canvas, scene: Scene, foot: Point, size: float) -> None:
    hull = scene.tints.get("rocket", (238, 240, 246))
    canvas.glow((foot[0], foot[1] + size * 0.12), size * 0.34, size * 0.5, (255, 170, 80), 0.9)
    canvas.fill(
        shape(foot, size, smooth([(-0.09, 0.08), (-0.1, -0.12), (0, -0.36), (0, -0.36), (0.1, -0.12), (0.09, 0.08)])),
        ((255, 226, 130), (255, 120, 50)),
    )
    for side in (-1, 1):
        fin = [(0.1, 0.42), (0.24, 0.2), (0.25, 0.0), (0.25, 0.0), (0.09, 0.12)]
        canvas.fill(shape(foot, size, smooth(fin), side), (226, 70, 72))
    canvas.fill(
        shape(
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
        shape(foot, size, smooth([(0, 1.0), (0, 1.0), (-0.115, 0.79), (-0.115, 0.79), (0.115, 0.79), (0.115, 0.79)])),
        (226, 70, 72),
    )
    canvas.fill(oval(foot, size, 0, 0.56, 0.075, 0.075), (70, 84, 130))
    canvas.fill(oval(foot, size, 0, 0.56, 0.055, 0.055), (140, 212, 240))
