"""The nearest size that a back-end draws."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.capabilities import Bounds
from providers.pictures.aspect_ratios import is_of_ratio, nearest_ratio, nearest_size, ratio_of, ratio_size, scaled
from providers.prompt import ASPECT_RATIOS

SIZES = ((1024, 1024), (1536, 1024), (1024, 1536), (512, 512))
side = st.integers(64, 4096)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [((800, 512), (1536, 1024)), ((512, 800), (1024, 1536)), ((600, 600), (512, 512)), ((2000, 1990), (1024, 1024))],
)
def test_shape_first_then_area(wanted: tuple[int, int], found: tuple[int, int]) -> None:
    assert nearest_size(*wanted, SIZES) == found


def test_every_ratio_is_its_own_nearest() -> None:
    for ratio in ASPECT_RATIOS:
        wide, high = map(int, ratio.split(":"))
        assert nearest_ratio(wide * 100, high * 100, ASPECT_RATIOS) == ratio


@given(side, side)
def test_a_listed_size_is_found(width: int, height: int) -> None:
    assert nearest_size(width, height, SIZES) in SIZES


@given(side, side, st.sampled_from([8, 16, 64]))
def test_scaled_is_within_bounds_and_of_the_same_shape(width: int, height: int, step: int) -> None:
    low, high = 1_000_000, 4_000_000
    wide, tall = scaled(width, height, step=step, low=low, high=high)
    assert wide % step == tall % step == 0
    assert wide * tall >= low * 0.8 or width * height >= low
    assert wide * tall <= high or min(wide, tall) == step
    # a side moves by less than one step, which tells much where it is short
    assert abs(math.log(wide / tall) - math.log(width / height)) <= step * (1 / wide + 1 / tall) + 0.01


@given(side, side)
def test_what_fits_stays(width: int, height: int) -> None:
    assert scaled(width, height, step=1, low=1, high=4096 * 4096) == (width, height)


MEGAPIXEL = 1024 * 1024


@pytest.mark.parametrize(
    ("ratio", "step", "size"),
    [
        ("1:1", 8, (1024, 1024)), ("16:9", 8, (1280, 720)), ("9:16", 16, (720, 1280)), ("4:3", 16, (1152, 864)),
        ("16:9", 64, (1344, 768)), ("4:5", 32, (896, 1120)), ("21:9", 16, (1568, 672)), ("1:1", 64, (1024, 1024)),
    ],
)  # fmt: skip
def test_a_ratio_is_a_true_size_near_a_megapixel(ratio: str, step: int, size: tuple[int, int]) -> None:
    bounds = Bounds(64, 4096, step)
    assert ratio_size(ratio, MEGAPIXEL, bounds, bounds) == size


@given(
    st.sampled_from(list(ASPECT_RATIOS)),
    st.integers(64, 512),
    st.integers(768, 4096),
    st.sampled_from([1, 8, 16, 32, 64]),
    st.integers(512 * 512, 2048 * 2048),
)
def test_a_ratio_stays_within_bounds_and_on_their_steps(ratio: str, low: int, high: int, step: int, area: int) -> None:
    bounds = Bounds(low, high, step)
    width, height = ratio_size(ratio, area, bounds, bounds)
    assert width in bounds
    assert height in bounds
    assert width % step == height % step == 0
    assert is_of_ratio(width, height, ratio) or min(width, height) - low < 2 * max(step, 16) or step == 64


def test_what_a_back_end_that_takes_ratios_gets() -> None:
    ratios = ("1:1", "16:9", "3:2")
    assert ratio_of("16:9", 1280, 720, ratios) == "16:9"
    assert ratio_of("21:9", None, None, ratios) == "16:9"
    assert ratio_of(None, 1200, 800, ratios) == "3:2"
    assert ratio_of(None, 700, None, ratios) == "1:1"
    assert ratio_of(None, None, None, ratios) is None
