"""The faces of the creatures in `animals`: ears, head, eyes and nose."""

import math

from providers.sketch.beasts import Beast, Destination
from providers.sketch.canvas import Canvas, Point, smooth
from providers.sketch.palette import WHITE, lighter, mix


def ears(canvas: Canvas, kind: Beast, place: Destination) -> None:
    for ear in (-1, 1):

        def put(points: list[Point], ear: int = ear) -> list[Point]:
            return place([(ear * x, y) for x, y in points])

        if kind.ears == "pointed":
            high = 0.0 if kind.head == "sharp" else 0.05
            canvas.fill(
                put(
                    smooth(
                        [
                            (0.05, 0.16),
                            (0.05, 0.16),
                            (0.12, high + 0.05),
                            (0.2, high),
                            (0.2, high),
                            (0.235, 0.12),
                            (0.225, 0.27),
                            (0.225, 0.27),
                        ]
                    )
                ),
                kind.coat,
            )
            canvas.fill(
                put(
                    smooth(
                        [
                            (0.175, high + 0.06),
                            (0.2, high),
                            (0.2, high),
                            (0.222, high + 0.085),
                            (0.222, high + 0.085),
                            (0.195, high + 0.075),
                        ]
                    )
                ),
                kind.dark,
            )
            inner = mix(kind.dark, (250, 180, 170), 0.3 if kind.head == "sharp" else 0.7)
            canvas.fill(
                put(
                    smooth(
                        [
                            (0.1, 0.17),
                            (0.1, 0.17),
                            (0.15, high + 0.1),
                            (0.19, high + 0.07),
                            (0.19, high + 0.07),
                            (0.208, 0.15),
                            (0.2, 0.23),
                            (0.2, 0.23),
                        ]
                    )
                ),
                inner,
            )
        elif kind.ears == "round":
            color = kind.dark if kind.patches else kind.coat
            canvas.fill(put(_disc(0.17, 0.14, 0.075)), color)
            canvas.fill(
                put(_disc(0.17, 0.145, 0.042)),
                mix(color, kind.belly, 0.35) if not kind.patches else lighter(color, 0.15),
            )
        elif kind.ears == "long":
            canvas.fill(
                put(smooth([(0.03, 0.2), (0.035, 0.02), (0.08, -0.14), (0.135, -0.12), (0.135, 0.04), (0.12, 0.2)])),
                kind.coat,
            )
            canvas.fill(
                put(smooth([(0.06, 0.18), (0.065, 0.02), (0.088, -0.08), (0.112, -0.06), (0.11, 0.04), (0.1, 0.18)])),
                kind.dark,
            )


def head(canvas: Canvas, kind: Beast, place: Destination) -> None:
    if kind.head == "sharp":
        half = [
            (0.0, 0.125),
            (0.1, 0.135),
            (0.19, 0.2),
            (0.225, 0.29),
            (0.275, 0.385),
            (0.275, 0.385),
            (0.19, 0.425),
            (0.1, 0.47),
            (0.035, 0.525),
        ]
    else:
        half = [(0.0, 0.115), (0.12, 0.13), (0.215, 0.21), (0.245, 0.32), (0.205, 0.43), (0.11, 0.49), (0.04, 0.5)]
    outline = [*half, *((-x, y) for x, y in reversed(half[1:]))]
    canvas.fill(place(smooth(outline)), (lighter(kind.coat, 0.05), kind.coat))
    if kind.ears == "floppy":
        for ear in (-1, 1):
            flap = [(0.1, 0.14), (0.2, 0.15), (0.275, 0.28), (0.29, 0.42), (0.23, 0.46), (0.185, 0.36), (0.165, 0.22)]
            canvas.fill(place(smooth([(ear * x, y) for x, y in flap])), kind.dark)


def face(canvas: Canvas, kind: Beast, place: Destination, height: float) -> None:
    if kind.head == "sharp":
        for cheek in (-1, 1):
            mask = [
                (0.0, 0.43),
                (0.035, 0.36),
                (0.1, 0.325),
                (0.2, 0.335),
                (0.272, 0.385),
                (0.272, 0.385),
                (0.19, 0.425),
                (0.1, 0.468),
                (0.035, 0.522),
                (0.0, 0.525),
                (0.0, 0.525),
            ]
            canvas.fill(place(smooth([(cheek * x, y) for x, y in mask])), kind.belly)
        nose_y, eye_y, eye_x, eye = 0.475, 0.3, 0.1, 0.03
        bridge = [(-0.03, 0.33), (0.03, 0.33), (0.035, 0.45), (0.0, 0.47), (-0.035, 0.45)]
        canvas.fill(place(smooth(bridge)), mix(kind.coat, kind.belly, 0.08))
    else:
        canvas.fill(place(_disc(0, 0.415, 0.105, 0.76)), kind.belly)
        nose_y, eye_y, eye_x, eye = 0.375, 0.3, 0.105, 0.032
    if kind.patches:
        for cheek in (-1, 1):
            patch = [(0.05, 0.3), (0.09, 0.235), (0.15, 0.25), (0.17, 0.33), (0.12, 0.375), (0.07, 0.36)]
            canvas.fill(place(smooth([(cheek * x, y) for x, y in patch])), kind.dark)
    for cheek in (-1, 1):
        canvas.fill(place(_disc(cheek * eye_x, eye_y, eye, 1.15)), (30, 22, 26))
        canvas.fill(place(_disc(cheek * eye_x + eye * 0.3, eye_y - eye * 0.4, eye * 0.36)), WHITE)
        (blush,) = place([(cheek * 0.165, 0.375)])
        canvas.glow(blush, height * 0.045, height * 0.035, (255, 120, 110), 0.4)
    canvas.fill(
        place(
            smooth(
                [
                    (-0.034, nose_y - 0.012),
                    (0, nose_y - 0.02),
                    (0.034, nose_y - 0.012),
                    (0.02, nose_y + 0.018),
                    (0, nose_y + 0.03),
                    (-0.02, nose_y + 0.018),
                ]
            )
        ),
        (38, 28, 34),
    )
    if kind.head == "round":
        for cheek in (-1, 1):
            mouth = smooth(
                [(0, nose_y + 0.03), (cheek * 0.02, nose_y + 0.06), (cheek * 0.05, nose_y + 0.05)], closed=False
            )
            canvas.line(place(mouth), height * 0.008, (60, 40, 44))
    if kind.whiskers:
        for cheek in (-1, 1):
            for drop in (-0.015, 0.012, 0.04):
                canvas.line(
                    place([(cheek * 0.1, 0.41 + drop * 0.5), (cheek * 0.28, 0.4 + drop * 1.6)]),
                    height * 0.005,
                    lighter(kind.belly, 0.5),
                )


def _disc(x: float, y: float, radius: float, tall: float = 1) -> list[Point]:
    turns = [2 * math.pi * step / 40 for step in range(40)]
    return [(x + radius * math.cos(t), y + radius * tall * math.sin(t)) for t in turns]
