"""Pictures to start from: by what their bytes are, upright, small enough, and without what they tell of a person."""

import io

import pytest
from PIL import Image

from providers import BadPicture
from providers.pictures.inputs import converted, prepare_input
from tests.providers.pictures.hostile import HEIC

LEFT, RIGHT = (220, 20, 20), (20, 20, 220)


def photo(
    size: tuple[int, int] = (80, 40), form: str = "JPEG", orientation: int | None = None, comment: bytes = b""
) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RIGHT)
    image.paste(LEFT, (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[271] = "A phone"
    if orientation is not None:
        exif[274] = orientation
    body = io.BytesIO()
    image.save(body, form, exif=exif, comment=comment)
    return body.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def near(colour: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - two) < 30 for one, two in zip(colour[:3], other, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (80, 40), (5, 20)), (3, (80, 40), (75, 20)), (6, (40, 80), (20, 5)), (8, (40, 80), (20, 75))],
)
def test_it_is_upright(form: str, orientation: int, size: tuple[int, int], red: tuple[int, int]) -> None:
    prepared = opened(prepare_input(photo(form=form, orientation=orientation)))
    assert prepared.size == size
    assert near(prepared.getpixel(red), LEFT)
    assert not prepared.getexif()


def test_nothing_is_left_of_what_the_phone_wrote() -> None:
    data = photo(orientation=1, comment=b"at home")
    assert b"A phone" in data
    prepared = prepare_input(data)
    assert not any(told in prepared for told in (b"A phone", b"Exif", b"at home"))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_every_format_becomes_a_jpeg(form: str) -> None:
    body = io.BytesIO()
    Image.new("RGB", (64, 48), LEFT).save(body, form)
    prepared = opened(prepare_input(body.getvalue()))
    assert (prepared.format, prepared.mode, prepared.size) == ("JPEG", "RGB", (64, 48))
    assert near(prepared.getpixel((30, 20)), LEFT)


def test_heic_as_phones_send_it() -> None:
    prepared = opened(prepare_input(HEIC))
    assert (prepared.format, prepared.size) == ("JPEG", (32, 24))
    assert prepared.getpixel((4, 10)) != prepared.getpixel((28, 10))


@pytest.mark.parametrize(
    ("size", "bounds", "becomes"),
    [
        ((4032, 3024), {}, (2048, 1536)),
        ((4032, 3024), {"max_side": 1024}, (1024, 768)),
        ((3000, 3000), {"max_pixels": 1_000_000}, (1000, 1000)),
        ((900, 700), {"max_side": 1024}, (900, 700)),
    ],
)
def test_it_is_no_larger_than_the_model_takes(
    size: tuple[int, int], bounds: dict[str, int], becomes: tuple[int, int]
) -> None:
    assert opened(prepare_input(photo(size), **bounds)).size == becomes  # type: ignore[arg-type]  # the two bounds only


def test_what_is_transparent_becomes_white_or_stays() -> None:
    body = io.BytesIO()
    Image.new("RGBA", (64, 64), (200, 30, 90, 0)).save(body, "PNG")
    assert near(opened(prepare_input(body.getvalue())).getpixel((5, 5)), (255, 255, 255))
    kept = opened(prepare_input(body.getvalue(), alpha=True))
    assert (kept.format, kept.mode) == ("PNG", "RGBA")
    assert near(opened(converted(body.getvalue(), "JPEG")).getpixel((5, 5)), (255, 255, 255))


def test_a_moving_picture_gives_its_first_frame() -> None:
    body = io.BytesIO()
    frames = [Image.new("RGB", (32, 32), colour) for colour in (LEFT, RIGHT)]
    frames[0].save(body, "GIF", save_all=True, append_images=frames[1:])
    assert near(opened(prepare_input(body.getvalue())).getpixel((5, 5)), LEFT)


@pytest.mark.parametrize("data", [b"", b"root:x:0:0:root", photo()[:300], photo(form="TIFF")[:200], HEIC[:300]])
def test_what_is_no_picture_is_refused_without_quoting_it(data: bytes) -> None:
    with pytest.raises(BadPicture) as caught:
        prepare_input(data)
    assert "root" not in str(caught.value)
