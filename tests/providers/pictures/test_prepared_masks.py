"""Masks as people send them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from providers.errors import BadPicture
from providers.pictures.budget import within_budget
from providers.pictures.masks import prepare_mask


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    body = io.BytesIO()
    image.save(body, form, **options)
    return body.getvalue()


def levels(mask: bytes, *places: tuple[int, int]) -> list[object]:
    with Image.open(io.BytesIO(mask)) as image:
        assert (image.format, image.mode) == ("PNG", "L")
        return [image.getpixel(place) for place in places]


async def test_what_is_white_stays_white_at_any_size() -> None:
    image = Image.new("RGB", (40, 20), "black")
    image.paste("white", (0, 0, 20, 20))
    for form in ("PNG", "JPEG", "WEBP", "BMP", "TIFF"):
        mask = await within_budget(prepare_mask, encoded(image, form), (80, 60))
        assert levels(mask, (5, 30), (30, 30), (50, 30), (75, 30)) == [255, 255, 0, 0]


def test_what_is_transparent_is_changed_and_an_opaque_png_is_taken_by_its_grey() -> None:
    image = Image.new("RGBA", (40, 20), (255, 255, 255, 255))
    assert levels(prepare_mask(encoded(image, "PNG"), (40, 20)), (5, 5)) == [255]
    image.paste((255, 255, 255, 0), (0, 0, 20, 20))
    assert levels(prepare_mask(encoded(image, "PNG"), (40, 20)), (5, 5), (35, 5)) == [255, 0]


def test_it_is_upright() -> None:
    image = Image.new("L", (40, 20), "black")
    image.paste("white", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[274] = 6  # to be turned clockwise: the left becomes the top
    mask = prepare_mask(encoded(image, "JPEG", exif=exif), (20, 40))
    assert levels(mask, (10, 5), (10, 35)) == [255, 0]


@given(st.binary(max_size=200))
def test_anything_else_is_no_picture(data: bytes) -> None:
    with pytest.raises(BadPicture):
        prepare_mask(data, (8, 8))
