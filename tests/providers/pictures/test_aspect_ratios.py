"""The nearest size that a back-end draws."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.pictures.aspect_ratios import nearest_ratio, nearest_size, scaled
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
