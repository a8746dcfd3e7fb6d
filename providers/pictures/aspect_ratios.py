"""Sizes for back-ends that draw only some: the listed shape that is nearest, or the same shape within bounds."""

import math
from collections.abc import Iterable, Mapping

Size = tuple[int, int]


def nearest_size(width: int, height: int, sizes: Iterable[Size]) -> Size:
    """The listed size whose shape is nearest; of several of that shape, the one with the nearest area."""

    def distance(size: Size) -> tuple[float, float]:
        shape = abs(math.log(size[0] * height / (size[1] * width)))
        return round(shape, 6), abs(math.log(size[0] * size[1] / (width * height)))

    return min(sizes, key=distance)


def nearest_ratio(width: int, height: int, ratios: Iterable[str]) -> str:
    """The ratio ("16:9") among those listed whose shape is nearest."""
    shapes: Mapping[Size, str] = {_sides(ratio): ratio for ratio in ratios}
    return shapes[nearest_size(width, height, shapes)]


def scaled(width: int, height: int, *, step: int, low: int, high: int) -> Size:
    """The same shape with `low` to `high` pixels in all, each side a multiple of `step`, as near as that goes."""
    area = width * height
    factor = math.sqrt(min(max(area, low), high) / area)
    rounding = math.ceil if area < low else math.floor

    def side(length: float) -> int:
        return max(step, rounding(round(length * factor / step, 6)) * step)

    return side(width), side(height)


def _sides(ratio: str) -> Size:
    wide, _, high = ratio.partition(":")
    return int(wide), int(high)
