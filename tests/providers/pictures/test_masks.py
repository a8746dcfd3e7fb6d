"""Masks come from strangers: they are decoded under the budget, and brought into the form that a back-end reads."""

import io

import pytest
from PIL import Image

from providers.errors import InvalidParameter
from providers.pictures.masks import shaped, transparent_mask, white_mask
from tests.providers.pictures.hostile import WEBP_BOMB, png

SIZE = (32, 24)


def half(mode: str = "L", size: tuple[int, int] = SIZE) -> bytes:
    """White on the left, which is to change."""
    mask = Image.new(mode, size, "black")
    mask.paste("white", (0, 0, size[0] // 2, size[1]))
    body = io.BytesIO()
    mask.save(body, "PNG")
    return body.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "1"])
async def test_white_is_what_changes(mode: str) -> None:
    mask = opened(await shaped(white_mask, half(mode), SIZE))
    assert (mask.mode, mask.size) == ("L", SIZE)
    assert (mask.getpixel((1, 1)), mask.getpixel((30, 1))) == (255, 0)


async def test_or_transparent_is() -> None:
    mask = opened(await shaped(transparent_mask, half(), SIZE))
    assert mask.size == SIZE
    alpha = mask.getchannel("A")
    assert (alpha.getpixel((1, 1)), alpha.getpixel((30, 1))) == (0, 255)


async def test_another_size_is_scaled_without_new_shades() -> None:
    mask = opened(await shaped(white_mask, half(size=(64, 48)), SIZE))
    assert mask.size == SIZE
    assert {level for _, level in mask.getcolors() or ()} == {0, 255}


async def test_a_large_one_is_shaped_in_a_worker_as_well() -> None:
    size = (2400, 1800)  # not cheap: it goes to a worker process, which is told sizes as lists
    mask = opened(await shaped(transparent_mask, half(size=size), size))
    assert mask.size == size
    assert mask.getchannel("A").getpixel((10, 10)) == 0


@pytest.mark.parametrize("data", [b"", b"no picture", half()[:60], WEBP_BOMB, png(30_000, 30_000)])
async def test_what_is_no_picture_or_a_hostile_one_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidParameter, match="the mask is no picture"):
        await shaped(white_mask, data, SIZE)
