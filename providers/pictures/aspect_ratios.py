"""Converts aspect ratios and sizes: a ratio to a size in pixels, and any shape to the nearest one that a back-end
draws."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from providers.capabilities import Bounds

Size = tuple[int, int]

MIN_STEP = 16  # pixels; finer sizes gain nothing, and latent models cut them off
SMALLER, LARGER = 0.8, 1.05  # how far the area of a size may be from the one that is wanted
OFF = 0.05  # how far its shape may be from the ratio, as a logarithm
AREA_WEIGHT = 0.1  # of a wrong area against a wrong shape, where bounds leave no size that is near in both


@lru_cache(maxsize=512)
def ratio_size(ratio: str, area: int, width: Bounds, height: Bounds) -> Size:
    """The size in pixels whose shape is nearest to a ratio ("16:9"), with about `area` pixels, within bounds and on
    their steps: 1280x720 for 16:9 near a megapixel in steps of 16, 1344x768 in steps of 64."""
    wide, high = _sides(ratio)
    shape = wide / high
    across, down = _step(width), _step(height)
    best: tuple[tuple[bool, float, float], Size] | None = None
    for tall in range(_first(height, down), int(height.maximum) + 1, down):
        exact = tall * shape / across
        for steps in {math.floor(exact), math.ceil(exact)}:
            long = min(max(steps * across, _first(width, across)), int(width.maximum) // across * across)
            off = abs(math.log(long / tall / shape))
            share = long * tall / area
            fits = SMALLER <= share <= LARGER and off <= OFF
            distance = abs(math.log(share))
            key = (not fits, round(off, 6) if fits else off + AREA_WEIGHT * distance, distance)
            if best is None or key < best[0]:
                best = key, (long, tall)
    if best is None:  # no multiple of the step within the bounds
        return int(width.clamp(math.sqrt(area * shape))), int(height.clamp(math.sqrt(area / shape)))
    return best[1]


def _step(bounds: Bounds) -> int:
    step = max(1, int(bounds.step))
    return step if step % MIN_STEP == 0 else math.lcm(step, MIN_STEP)


def _first(bounds: Bounds, step: int) -> int:
    return max(step, math.ceil(bounds.minimum / step) * step)


def is_of_ratio(width: int, height: int, ratio: str, tolerance: float = 0.06) -> bool:
    """Whether a size has about the shape of a ratio; sizes on a coarse step are a few percent off."""
    wide, high = _sides(ratio)
    return abs(math.log(width * high / (height * wide))) <= tolerance


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


def ratio_of(ratio: str | None, width: int | None, height: int | None, ratios: Iterable[str]) -> str | None:
    """The ratio that is sent to a back-end: the one that was asked for if it is listed, else the listed one that is
    nearest to that ratio or to the size. One side alone means a square. None: neither was asked for."""
    listed = tuple(ratios)
    if ratio is not None:
        return ratio if ratio in listed else nearest_ratio(*_sides(ratio), listed)
    width, height = width or height, height or width
    return None if width is None or height is None else nearest_ratio(width, height, listed)


def within_ratio(width: int, height: int, limit: float) -> Size:
    """The size with its longer side cut so that it is at most `limit` times the shorter one."""
    return min(width, int(height * limit)), min(height, int(width * limit))


def scaled(width: int, height: int, *, step: int, low: int, high: int) -> Size:
    """The nearest size of the same shape with `low` to `high` pixels in all, each side a multiple of `step`."""
    area = width * height
    factor = math.sqrt(min(max(area, low), high) / area)
    rounding = math.ceil if area < low else math.floor

    def side(length: float) -> int:
        return max(step, rounding(round(length * factor / step, 6)) * step)

    return side(width), side(height)


def _sides(ratio: str) -> Size:
    wide, _, high = ratio.partition(":")
    return int(wide), int(high)
