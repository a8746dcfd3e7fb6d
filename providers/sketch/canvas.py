"""What one paints with: smooth shapes, gradients, glows and grain, on a canvas larger than the picture.

Everything is drawn at up to twice the size and scaled down at the end, which is what makes edges soft. Positions
are pixels of the large canvas; painters reckon them from `width`, `height` and `unit`, so that a small draft and
the full picture show the same scene.
"""

import functools
import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFont

from providers.sketch.palette import Color, lighter

Point = tuple[float, float]
Fill = Color | tuple[Color, Color]  # one colour, or from top to bottom of the shape

LABEL = "sketch - not AI"


class Stopped(Exception):  # noqa: N818  (no error: the picture is not wanted any more)
    """Raised between two strokes when nobody waits for the picture any more."""


class Canvas:
    def __init__(self, width: int, height: int, stopped: Callable[[], bool]) -> None:
        pixels = width * height
        self.scale = 2.0 if pixels <= 1_500_000 else 1.5 if pixels <= 2_500_000 else 1.2
        self.size = (width, height)
        self.width, self.height = round(width * self.scale), round(height * self.scale)
        self.unit = float(min(self.width, self.height))
        self.image = Image.new("RGB", (self.width, self.height))
        self._draw = ImageDraw.Draw(self.image)
        self._stopped = stopped

    def fill(self, points: Sequence[Point], fill: Fill, alpha: float = 1) -> None:
        """A polygon in one colour or in a gradient from its top to its bottom."""
        self._look_up()
        if isinstance(fill[0], int) and alpha >= 1:
            self._draw.polygon(points, fill=fill)
            return
        left = max(0, math.floor(min(x for x, _ in points)))
        top = max(0, math.floor(min(y for _, y in points)))
        right = min(self.width, math.ceil(max(x for x, _ in points)) + 1)
        bottom = min(self.height, math.ceil(max(y for _, y in points)) + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], fill=round(255 * alpha))
        if isinstance(fill[0], int):
            self.image.paste(fill, (left, top), mask)
        else:
            self.image.paste(gradient([(0, fill[0]), (1, fill[1])], mask.size), (left, top), mask)

    def ellipse(self, center: Point, rx: float, ry: float, fill: Fill, alpha: float = 1) -> None:
        if isinstance(fill[0], int) and alpha >= 1:
            self._look_up()
            x, y = center
            self._draw.ellipse((x - rx, y - ry, x + rx, y + ry), fill=fill)
            return
        turns = [2 * math.pi * index / 72 for index in range(72)]
        self.fill([(center[0] + rx * math.cos(t), center[1] + ry * math.sin(t)) for t in turns], fill, alpha)

    def line(self, points: Sequence[Point], width: float, color: Color) -> None:
        """A stroke with round ends."""
        self._look_up()
        self._draw.line(points, fill=color, width=max(1, round(width)), joint="curve")
        for x, y in (points[0], points[-1]):
            half = width / 2
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=color)

    def glow(self, center: Point, rx: float, ry: float, color: Color, strength: float) -> None:
        """Light that fades out towards an ellipse's rim."""
        self._look_up()
        size = (max(1, round(2 * rx)), max(1, round(2 * ry)))
        mask = _spot().resize(size, Image.Resampling.BILINEAR).point([level * strength for level in range(256)])
        self.image.paste(color, (round(center[0] - rx), round(center[1] - ry)), mask)

    def veil(self, top: float, bottom: float, color: Color, alphas: Sequence[float]) -> None:
        """A haze over the whole width, its opacity running through `alphas` from top to bottom."""
        self._look_up()
        high = round(bottom - top)
        if high < 2:
            return
        column = Image.new("L", (1, len(alphas)))
        column.putdata([round(255 * alpha) for alpha in alphas])
        mask = column.resize((self.width, high), Image.Resampling.BILINEAR)
        self.image.paste(color, (0, round(top)), mask)

    def finished(self, rng: random.Random, label_on: Color) -> Image.Image:
        """The picture at its size, with a fine grain (it hides the steps of gradients) and the label."""
        self._look_up()
        picture = self.image.resize(self.size, Image.Resampling.BOX if self.scale == 2 else Image.Resampling.LANCZOS)
        grain = Image.frombytes("L", (256, 256), rng.randbytes(65_536)).point([126 + v // 52 for v in range(256)])
        tiled = Image.new("L", self.size)
        for x in range(0, self.size[0], 256):
            for y in range(0, self.size[1], 256):
                tiled.paste(grain, (x, y))
        picture = ImageChops.add(picture, Image.merge("RGB", (tiled,) * 3), offset=-128)
        write_label(picture, label_on)
        return picture

    def _look_up(self) -> None:
        if self._stopped():
            raise Stopped


def gradient(stops: Sequence[tuple[float, Color]], size: tuple[int, int]) -> Image.Image:
    """Colours from top (0) to bottom (1), smooth between the stops, which begin at 0 and end at 1."""
    height = size[1]
    column = Image.new("RGB", (1, height))
    for (above, first), (below, second) in pairwise(stops):
        top, bottom = round(above * height), round(below * height)
        if bottom > top:
            ends = Image.new("RGB", (1, 2))
            ends.putdata([first, second])
            # the box runs from the middle of one pixel to the middle of the other, so nothing is flat
            piece = ends.resize((1, bottom - top), Image.Resampling.BILINEAR, box=(0, 0.5, 1, 1.5))
            column.paste(piece, (0, top))
    return column.resize(size, Image.Resampling.NEAREST)


@functools.cache
def _spot() -> Image.Image:
    """Light that fades from the middle of a square to the circle within it; never changed, only copied from."""

    def fade(level: int) -> float:
        # Pillow's radial gradient is 0 in the middle and 255 in the corners; past the rim nothing shines
        away = min(1.0, level / 255 * math.sqrt(2) * 0.99)
        return 255 * (1 - away) ** 2 * (1 + 2 * away)

    return Image.radial_gradient("L").point([fade(level) for level in range(256)])


def smooth(points: Sequence[Point], *, closed: bool = True, detail: int = 10) -> list[Point]:
    """A curve through all points (Catmull-Rom); a point given twice in a row is a corner."""
    count = len(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(index + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(index + shift, 0), count - 1)] for shift in (-1, 0, 1, 2))
        if p1 == p2:
            curve.append(p1)
            continue
        for step in range(detail):
            t = step / detail
            curve.append((_catmull(p0[0], p1[0], p2[0], p3[0], t), _catmull(p0[1], p1[1], p2[1], p3[1], t)))
    if not closed:
        curve.append(points[-1])
    return curve


def shape(foot: Point, size: float, points: Sequence[Point], side: int = 1) -> list[Point]:
    """Points of a figure's own frame (x to both sides of its foot, y upwards, 1 is its height) on the canvas."""
    return [(foot[0] + side * x * size, foot[1] - y * size) for x, y in points]


def oval(foot: Point, size: float, x: float, y: float, rx: float, ry: float) -> list[Point]:
    """An ellipse in a figure's own frame."""
    turns = [2 * math.pi * step / 48 for step in range(48)]
    return [(foot[0] + (x + rx * math.cos(t)) * size, foot[1] - (y + ry * math.sin(t)) * size) for t in turns]


def _catmull(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def write_label(picture: Image.Image, ground: Color) -> None:
    """What it is, in the lower right corner, legible on this colour."""
    size = max(8, min(picture.size) // 56)
    font = ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(LABEL)
    bright = sum(ground) > 380
    color = (20, 20, 40) if bright else lighter(ground, 0.85)
    mask = Image.new("L", picture.size)
    x, y = picture.width - (right - left) - size, picture.height - (bottom - top) - size
    ImageDraw.Draw(mask).text((x, y - top), LABEL, fill=120, font=font)
    picture.paste(color, (0, 0), mask)
