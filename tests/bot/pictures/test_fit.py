"""Telegram's rules for photos, kept by converting as little as possible."""

import io
import random

import pytest
from PIL import Image

from bot.pictures import fit as fitting
from bot.pictures.fit import as_it_is, fit, preview, small_enough, thumbnail
from providers.pictures.encoded import SMALL_BYTES, read_picture


def encoded(size: tuple[int, int], format_: str = "PNG", mode: str = "RGB", *, noise: bool = False) -> bytes:
    image = Image.new(mode, size, 120 if mode in {"L", "P"} else (200, 30, 90, 128)[: len(mode)])
    if noise:
        image = Image.frombytes("RGB", size, random.Random(0).randbytes(size[0] * size[1] * 3)).convert(mode)
    body = io.BytesIO()
    image.save(body, format_)
    return body.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(("format_", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_what_telegram_takes_stays_as_it_is(format_: str, mime: str) -> None:
    data = encoded((64, 48), format_)
    fitted = fit(data, mime)
    assert (fitted.data, fitted.mime, fitted.as_document) == (data, mime, False)


@pytest.mark.parametrize(
    ("format_", "becomes"), [("BMP", "image/png"), ("GIF", "image/png"), ("AVIF", "image/jpeg"), ("TIFF", "image/jpeg")]
)
def test_other_formats_are_converted(format_: str, becomes: str) -> None:
    fitted = fit(encoded((64, 48), format_), f"image/{format_.lower()}")
    assert (fitted.mime, fitted.as_document) == (becomes, False)
    assert opened(fitted.data).size == (64, 48)
    assert fitted.suffix in {"png", "jpg"}


def test_a_moving_picture_becomes_its_first_frame() -> None:
    body = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), color) for color in ("red", "blue")]
    frames[0].save(body, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    fitted = fit(body.getvalue(), "image/webp")
    color = opened(fitted.data).convert("RGB").getpixel((5, 5))
    assert isinstance(color, tuple)
    red, green, blue = color
    assert fitted.mime == "image/png"
    assert red > 200 > blue
    assert green < 50


def test_a_png_over_the_limit_becomes_a_jpeg_of_high_quality() -> None:
    data = encoded((2000, 1800), noise=True)
    assert len(data) > fitting.PHOTO_BYTES
    fitted = fit(data, "image/png")
    assert (fitted.mime, fitted.as_document) == ("image/jpeg", False)
    assert len(fitted.data) <= fitting.PHOTO_BYTES


def test_what_no_quality_makes_small_enough_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "PHOTO_BYTES", 1000)
    data = encoded((300, 300), noise=True)
    fitted = fit(data, "image/png")
    assert (fitted.data, fitted.mime, fitted.as_document) == (data, "image/png", True)


@pytest.mark.parametrize("size", [(6000, 4001), (2100, 100), (100, 2001)])
def test_a_shape_that_is_no_photos_is_a_document(size: tuple[int, int]) -> None:
    data = encoded(size)
    assert fit(data, "image/png").as_document
    assert fit(data, "image/png").data == data


@pytest.mark.parametrize("size", [(6000, 4000), (2000, 100)])
def test_the_last_shapes_that_are_photos(size: tuple[int, int]) -> None:
    assert not fit(encoded(size), "image/png").as_document


def test_a_document_asked_for_keeps_its_bytes() -> None:
    data = encoded((64, 64), "BMP")
    assert fit(data, "image/bmp", as_document=True).data == data


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "LA", "1"])
def test_previews_and_thumbnails_of_every_mode(mode: str) -> None:
    body = io.BytesIO()
    Image.new("RGBA", (900, 700), (0, 200, 0, 90)).convert(mode).save(body, "PNG")
    small, seen = opened(thumbnail(body.getvalue())), opened(preview(body.getvalue()))
    assert (small.format, max(small.size)) == ("JPEG", 160)
    assert (seen.format, max(seen.size)) == ("JPEG", 640)


def test_a_thumbnail_of_noise_keeps_its_bound() -> None:
    assert len(thumbnail(encoded((800, 800), noise=True))) <= SMALL_BYTES


def test_a_preview_is_a_photo_whatever_its_shape() -> None:
    seen = opened(preview(encoded((3000, 20))))
    assert seen.width <= 20 * seen.height


@pytest.mark.parametrize("as_document", [False, True])
@pytest.mark.parametrize("size", [(64, 64), (2100, 100), (6000, 4100)])
def test_what_needs_no_look_is_what_a_look_would_say(size: tuple[int, int], as_document: bool) -> None:
    data = encoded(size, "JPEG")
    unseen = as_it_is(data, "image/jpeg", *size, as_document=as_document)
    assert unseen is None or unseen == fit(data, "image/jpeg", as_document=as_document)
    assert (unseen is not None) == (size == (64, 64) and not as_document)


def test_other_formats_and_large_files_need_a_look() -> None:
    assert as_it_is(b"", "image/png", 64, 64) is None
    assert as_it_is(bytes(fitting.PHOTO_BYTES + 1), "image/jpeg", 64, 64) is None


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_small_one_that_comes_with_a_picture_is_its_thumbnail(format_: str) -> None:
    picture = read_picture(encoded((900, 600), format_))
    assert picture.small is not None
    assert opened(picture.small).size == opened(thumbnail(picture.data)).size
    assert max(opened(picture.small).size) <= 160
    assert (picture.width, picture.height) == (900, 600)


def test_what_is_good_as_its_own_preview() -> None:
    assert small_enough("image/jpeg", 1280, 720, 100_000)
    assert not small_enough("image/png", 512, 512, 1000), "what others send may be transparent, or move"
    assert not small_enough("image/jpeg", 2048, 2048, 100_000)
    assert not small_enough("image/jpeg", 1024, 1024, 1_000_000)
    assert not small_enough("image/jpeg", 1280, 20, 1000), "Telegram takes no photo of that shape"
