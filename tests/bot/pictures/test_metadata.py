"""Metadata goes into files without decoding them, and every reader finds it there."""

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.fit import fit
from bot.pictures.metadata import EDITED, GENERATED, MAX_PARAMETERS, exif, with_metadata
from bot.pictures.recipes import read_recipe
from bot.prompt.recipe import Recipe
from providers.pictures.encoded import read_picture

TEXT = "a fox, лиса 🦊\nNegative prompt: blur\nSteps: 20, Seed: 7, Size: 64x48"
FORMATS = ("PNG", "JPEG", "WEBP")


def encoded(format_: str, mode: str = "RGB", **options: Any) -> bytes:
    body = io.BytesIO()
    image = Image.effect_mandelbrot((64, 48), (-2, -1, 1, 1), 50).convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize((64, 48)))
    image.save(body, format_, **options)
    return body.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def parameters(image: Image.Image) -> str | None:
    """As A1111 reads them."""
    if "parameters" in image.info:
        return str(image.info["parameters"])
    comment = image.getexif().get_ifd(0x8769).get(0x9286)
    if comment is None:
        return None
    assert comment.startswith(b"UNICODE\0")
    return bytes(comment[8:]).decode("utf-16-be")


def xmp(image: Image.Image) -> str:
    found = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    assert found is not None
    return found.decode() if isinstance(found, bytes) else str(found)


@pytest.mark.parametrize("format_", FORMATS)
def test_pixels_stay_and_readers_find_it(format_: str) -> None:
    data = encoded(format_)
    marked = opened(with_metadata(data, GENERATED, TEXT))
    assert marked.tobytes() == opened(data).tobytes()
    assert parameters(marked) == TEXT
    assert f"digitalsourcetype/{GENERATED}" in xmp(marked)
    assert read_picture(with_metadata(data, GENERATED, TEXT)).width == 64


@pytest.mark.parametrize("format_", FORMATS)
def test_a_second_time_replaces_the_first(format_: str) -> None:
    once = with_metadata(encoded(format_), EDITED, "the first")
    twice = with_metadata(once, GENERATED, TEXT)
    assert parameters(opened(twice)) == TEXT
    assert twice == with_metadata(encoded(format_), GENERATED, TEXT) or format_ == "WEBP"
    assert twice.count(b"digitalsourcetype/") == 1


@pytest.mark.parametrize("format_", FORMATS)
def test_without_parameters_there_is_only_the_mark(format_: str) -> None:
    marked = opened(with_metadata(encoded(format_), GENERATED))
    assert parameters(marked) is None
    assert GENERATED in xmp(marked)


def test_what_the_back_end_wrote_goes() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("workflow", '{"path": "/home/me/models"}', zip=True)
    info.add_text("prompt", '{"key": "/home/me/models"}')
    info.add_itxt("parameters", "theirs /home/me/models")
    marked = with_metadata(encoded("PNG", pnginfo=info), GENERATED, "ours")
    assert set(opened(marked).info) >= {"parameters"}
    assert not {"workflow", "prompt"} & set(opened(marked).info)
    assert parameters(opened(marked)) == "ours"
    camera = Image.Exif()
    camera[0x0110] = 'prompt:{"path": "/home/me/models"}'
    for format_ in ("JPEG", "WEBP"):
        assert b"/home/me" not in with_metadata(encoded(format_, exif=camera), GENERATED, "ours")
    assert b"/home/me" not in with_metadata(encoded("JPEG", comment="/home/me"), GENERATED, "ours")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_picture_stays_upright(format_: str) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    data = encoded(format_, exif=turned)
    assert opened(data).getexif()[0x0112] == 6
    for text in ("", TEXT):
        marked = opened(with_metadata(data, GENERATED, text))
        assert marked.getexif()[0x0112] == 6
        assert parameters(marked) == (text or None)


def test_colour_profiles_and_transparency_stay() -> None:
    for format_ in ("PNG", "WEBP"):
        data = encoded(format_, "RGBA", icc_profile=b"a profile " * 30, lossless=True)
        marked = opened(with_metadata(data, GENERATED, TEXT))
        assert marked.mode == "RGBA"
        assert marked.info["icc_profile"] == b"a profile " * 30
    for options in ({"lossless": True}, {"lossless": False}):
        data = encoded("WEBP", "RGBA", **options)
        assert opened(with_metadata(data, GENERATED, TEXT)).tobytes() == opened(data).tobytes()


def test_a_webp_that_lacks_its_last_byte() -> None:
    """Its last chunk has an odd length, and nothing behind it that makes it even."""
    whole = encoded("WEBP", lossless=True)
    (length,) = struct.unpack_from("<I", whole, 16)
    odd = length + 1 if length % 2 == 0 else length
    body = (whole[20:] + b"\0")[:odd]
    data = b"RIFF" + struct.pack("<I", 12 + odd) + b"WEBPVP8L" + struct.pack("<I", odd) + body
    marked = with_metadata(data, GENERATED, TEXT)
    assert parameters(opened(marked)) == TEXT
    assert opened(marked).tobytes() == opened(whole).tobytes()


def test_a_manifest_stays_valid_for_no_byte_changes() -> None:
    png = encoded("PNG")
    manifest = b"jumb"
    chunk = struct.pack(">I", 4) + b"caBX" + manifest + struct.pack(">I", zlib.crc32(b"caBX" + manifest))
    signed = png[:33] + chunk + png[33:]
    assert with_metadata(signed, GENERATED, TEXT) is signed
    jpeg = encoded("JPEG")
    signed = jpeg[:2] + b"\xff\xeb\x00\x0aJP\x00\x01\x00\x00\x00\x01" + jpeg[2:]
    assert with_metadata(signed, GENERATED, TEXT) is signed
    webp = with_metadata(encoded("WEBP"), GENERATED)
    body = webp[8:] + b"C2PA\x04\0\0\0jumb"
    signed = b"RIFF" + struct.pack("<I", len(body)) + body
    assert with_metadata(signed, GENERATED, TEXT) is signed


@pytest.mark.parametrize("format_", ["GIF", "BMP", "AVIF", "TIFF"])
def test_other_formats_stay_as_they_are(format_: str) -> None:
    data = encoded(format_)
    assert with_metadata(data, GENERATED, TEXT) is data


def test_no_source_and_no_limit() -> None:
    data = encoded("JPEG")
    assert with_metadata(data, "", TEXT) is data
    assert parameters(opened(with_metadata(data, GENERATED, "x" * (MAX_PARAMETERS + 1)))) is None
    assert parameters(opened(with_metadata(data, GENERATED, "🦊" * (MAX_PARAMETERS // 2)))) == "🦊" * (
        MAX_PARAMETERS // 2
    )


def test_comments_are_of_the_type_that_readers_take() -> None:
    body = exif("fox")
    (tag, kind, count, at) = struct.unpack_from(">HHII", body, 28)
    assert (tag, kind, count, at, len(body)) == (0x9286, 7, 14, 44, 58)


def test_fit_marks_what_it_converts_and_what_it_does_not() -> None:
    for format_ in ("PNG", "JPEG", "WEBP", "BMP"):
        for as_document in (False, True):
            fitted = fit(
                encoded(format_), f"image/{format_.lower()}", as_document=as_document, source=GENERATED, parameters=TEXT
            )
            marked = parameters(opened(fitted.data))
            assert marked == (None if format_ == "BMP" and as_document else TEXT)


@given(st.data())
def test_any_bytes_are_answered(data: st.DataObject) -> None:
    """Cut, changed and padded files are returned, never raised about; and those that decode still do."""
    whole = encoded(data.draw(st.sampled_from(FORMATS)))
    cut = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, 200), max_size=4)):
        if at < len(cut):
            cut[at] = data.draw(st.integers(0, 255))
    given_ = bytes(cut) + data.draw(st.binary(max_size=40))
    result = with_metadata(given_, GENERATED, TEXT)
    assert len(result) <= len(given_) + 6 * len(TEXT) + 2000
    try:
        before = opened(given_).tobytes()
    except (OSError, ValueError, SyntaxError, LookupError, struct.error):  # broken before
        return
    assert opened(result).tobytes() == before


@given(st.binary(max_size=300), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF\xff\0\0\0WEBP", b""]))
def test_noise_is_answered(noise: bytes, head: bytes) -> None:
    with_metadata(head + noise, GENERATED, TEXT)


# Reading


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_written_is_read(format_: str) -> None:
    for text in (TEXT, "a fox\nNegative prompt: blur\nSteps: 20, Seed: 7, Size: 64x48"):
        found = read_recipe(with_metadata(encoded(format_), GENERATED, text))
        assert (found.prompt, found.negative) == (text.partition("\n")[0], "blur")
        assert (found.seed, found.steps, found.width, found.height) == (7, 20, 64, 48)


def test_texts_of_other_tools() -> None:
    from PIL.PngImagePlugin import PngInfo

    graph = '{"1": {"inputs": {"positive": ["2", 0], "seed": 5}}, "2": {"inputs": {"text": "лиса"}}}'
    for zipped in (False, True):
        for add in ("add_text", "add_itxt"):
            info = PngInfo()
            getattr(info, add)("prompt", graph, zip=zipped)
            assert read_recipe(encoded("PNG", pnginfo=info)).seed == 5
    camera = Image.Exif()
    camera[0x0110] = f"prompt:{graph}"
    for format_ in ("WEBP", "JPEG"):
        assert read_recipe(encoded(format_, exif=camera)).seed == 5


def test_either_byte_order() -> None:
    for order, form in (("<", "utf-16-le"), (">", "utf-16-be")):
        value = b"UNICODE\0" + TEXT.encode(form)
        tiff = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IHHHIIIHHHIII", *(
            8, 1, 0x8769, 4, 1, 26, 0, 1, 0x9286, 7, len(value), 44, 0
        )) + value  # fmt: skip
        assert read_recipe(encoded("JPEG", exif=b"Exif\0\0" + tiff)).prompt == "a fox, лиса 🦊"


def test_a_packed_text_is_unpacked_no_further_than_its_limit() -> None:
    png = encoded("PNG")
    for body in (b"\0", b"", b"\1"):
        packed = b"parameters\0" + body + zlib.compress(b"x" * 50_000_000)
        chunk = struct.pack(">I", len(packed)) + b"zTXt" + packed + struct.pack(">I", zlib.crc32(b"zTXt" + packed))
        assert read_recipe(png[:33] + chunk + png[33:]) == Recipe()


@given(st.data())
def test_any_file_is_read(data: st.DataObject) -> None:
    whole = bytearray(with_metadata(encoded(data.draw(st.sampled_from(FORMATS))), GENERATED, TEXT))
    for at in data.draw(st.lists(st.integers(0, 300), max_size=5)):
        whole[at] = data.draw(st.integers(0, 255))
    read_recipe(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


@given(st.binary(max_size=300), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF\xff\0\0\0WEBP", b""]))
def test_noise_is_read(noise: bytes, head: bytes) -> None:
    assert read_recipe(head + noise) is not None
