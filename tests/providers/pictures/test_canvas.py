"""Pictures on larger canvases, and the masks of what is new."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from providers.errors import BadPicture
from providers.pictures.budget import within_budget
from providers.pictures.canvas import SEAM, Canvas, extend
from providers.pictures.inputs import MAX_PIXELS, MAX_SIDE
from tests.providers.serving import picture_bytes

margin = st.floats(0, 2)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def kept(canvas: Canvas) -> tuple[int, int, int, int] | None:
    """The box of what stays, by the mask."""
    return opened(canvas.mask).point([255 if level == 0 else 0 for level in range(256)]).getbbox()


@example(0.0, 0.0, 0.0, 0.0, (473, 317))  # a pixel of room above and below, so two seams
@given(margin, margin, margin, margin, st.none() | st.tuples(st.integers(64, 512), st.integers(64, 512)))
def test_the_picture_keeps_its_shape_and_stands_where_it_should(
    left: float, above: float, right: float, below: float, size: tuple[int, int] | None
) -> None:
    canvas = extend(picture_bytes("PNG", (120, 80), "red"), (left, above, right, below), size)
    picture, mask, box = opened(canvas.picture), opened(canvas.mask), kept(canvas)
    assert (picture.format, mask.format, mask.mode) == ("JPEG", "PNG", "L")
    assert picture.size == mask.size
    assert size is None or picture.size == size
    assert mask.getcolors() is not None
    assert {color for _, color in mask.getcolors() or ()} <= {0, 255}
    assert box is not None
    wide, high = box[2] - box[0], box[3] - box[1]
    seam = 2 * (min(picture.size) / SEAM + 1)  # pixels that a side with room on both ends may lose in the mask
    assert abs(wide / 120 - high / 80) <= seam / 80, "it was not squeezed"
    middle = picture.getpixel(((box[0] + box[2]) // 2, (box[1] + box[3]) // 2))
    assert isinstance(middle, tuple)
    assert middle[0] > 240
    assert middle[1] < 15


def test_nothing_of_a_side_without_room_is_drawn_anew() -> None:
    canvas = extend(picture_bytes("PNG", (128, 128)), (0.5, 0, 0, 0))
    assert opened(canvas.picture).size == (192, 128)
    assert kept(canvas) == (66, 0, 192, 128)


def test_a_large_picture_stays_within_bounds() -> None:
    canvas = extend(picture_bytes("JPEG", (2560, 1920)), (1, 1, 1, 1))
    width, height = opened(canvas.picture).size
    assert max(width, height) <= MAX_SIDE
    assert width * height <= MAX_PIXELS


def test_wild_margins_are_bounded() -> None:
    canvas = extend(picture_bytes("PNG", (200, 200)), (1e9, -5, 0, float("inf")))
    assert max(opened(canvas.picture).size) <= MAX_SIDE


@pytest.mark.parametrize("data", [b"", b"no picture", picture_bytes()[:60], picture_bytes("PNG", (900, 2))])
def test_what_is_no_picture_or_hardly_one_is_refused(data: bytes) -> None:
    with pytest.raises(BadPicture):
        extend(data, (1, 1, 1, 1), (256, 256))


async def test_a_worker_process_does_it_too() -> None:
    canvas = await within_budget(extend, picture_bytes("JPEG", (4000, 3000)), (0, 0, 0.5, 0), [768, 384])
    assert isinstance(canvas, Canvas)
    assert opened(canvas.picture).size == opened(canvas.mask).size == (768, 384)
