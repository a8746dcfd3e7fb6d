"""Encoded pictures: finds their real format, checks them by decoding, and converts them from and to `data:` URLs."""

import base64
import binascii
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from providers.errors import BadAnswer, BadPicture, InvalidParameter
from providers.pictures.header import CHEAP_PIXELS, MAX_BYTES, read_header
from providers.pictures.opening import BACKEND_FORMATS, opened

if TYPE_CHECKING:  # loaded when the first picture is decoded
    from PIL import Image

SMALL_SIDE, SMALL_BYTES = 160, 10_000
SMALL_DRAFT = 128  # a JPEG is decoded no smaller
TIGHT_PIXELS = 12_500_000
STRIP_PIXELS = 250_000  # of a large picture that are converted at a time

# How they begin; for input pictures, whose type a back-end wants to be told.
_SIGNATURES = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


class TooManyBytes(BadAnswer):
    """There are more bytes than the caller allows."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture that decodes, or a video whose header is valid. `mime`: what the bytes are. Sizes are in
    pixels. `small`: a JPEG thumbnail of at most SMALL_SIDE pixels a side, made while it was decoded, or None. `seed`:
    of this picture in a run of several, if the back-end tells it."""

    data: bytes
    mime: str
    width: int
    height: int
    small: bytes | None = field(default=None, repr=False, compare=False)
    seed: int | None = None


def read_picture(data: bytes) -> Picture:
    """Decodes a picture (the first frame of a moving one), after checking its header and dimensions. A JPEG is decoded
    at a fraction of its size, which reads all of its data as well.

    Decodes: call it through `within_budget`. Raises BadPicture for bytes that are no picture of a format that back-ends
    send, are cut short, or cost more than `header` allows.
    """
    header = read_header(data)
    with opened(data, header, BACKEND_FORMATS) as image:
        image.draft("RGB", (SMALL_DRAFT, SMALL_DRAFT))
        image.load()
        small = _small(image)
    return Picture(data, header.mime, header.width, header.height, small)


def mime_of(data: bytes) -> str:
    """The MIME type of an input picture by its first bytes. Raises InvalidParameter if it is no PNG, JPEG, WebP or
    GIF."""
    for signature, mime in _SIGNATURES:
        if data.startswith(signature):
            return mime
    raise InvalidParameter("the input picture is no PNG, JPEG, WebP or GIF")


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of an input picture in pixels, by its header. Raises InvalidParameter if it has none."""
    try:
        header = read_header(data)
    except BadPicture:
        raise InvalidParameter("the input picture does not open") from None
    return header.width, header.height


def data_url(data: bytes, mime: str) -> str:
    """The bytes as a `data:` URL (RFC 2397)."""
    return f"data:{mime};base64,{plain_base64(data)}"


def plain_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def data_url_bytes(url: str, most: int = MAX_BYTES) -> bytes:
    """The bytes in a `data:` URL, whatever type it claims. Raises BadAnswer, and TooManyBytes if they may be more than
    `most`."""
    head, comma, body = url.partition(",")
    if not comma:
        raise BadAnswer("a data: URL without data")
    if len(body) > most * 3:  # percent-encoding is the longest form
        raise TooManyBytes(f"the picture has more than {most // 1_000_000} MB")
    if not head.lower().endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(unquote_to_bytes(body), validate=True)
    except binascii.Error as error:
        raise BadAnswer(f"a data: URL that does not decode: {error}") from None


def thumbnail(image: "Image.Image") -> bytes:
    """A JPEG of at most SMALL_SIDE pixels a side and SMALL_BYTES. It reduces the image itself."""
    from PIL.Image import Resampling

    image = coarse(image, SMALL_SIDE)
    image.thumbnail((SMALL_SIDE, SMALL_SIDE), Resampling.HAMMING)  # as sharp as bicubic here, at two thirds of its CPU
    flat = flattened(image)
    for quality in (80, 60, 40, 20):
        if len(jpeg := _jpeg(flat, quality)) <= SMALL_BYTES:
            return jpeg
    return _jpeg(flat.reduce(2), 30)


def flattened(image: "Image.Image", ground: str | tuple[int, int, int] = "white") -> "Image.Image":
    """The image in RGB, with transparent parts in the colour `ground` (white, as Telegram shows them). It may be the
    image itself."""
    if not image.has_transparency_data:
        image.load()
        return image if image.mode == "RGB" else image.convert("RGB")
    from PIL import Image

    layer = image if image.mode == "RGBA" else image.convert("RGBA")
    below = Image.new("RGB", layer.size, ground)
    below.paste(layer, mask=layer.getchannel("A"))
    return below


def coarse(
    image: "Image.Image", side: int, ground: str | tuple[int, int, int] = "white", *, slack: int = 3
) -> "Image.Image":
    """A large image, reduced to at least `slack` times `side` and flattened strip by strip, because Pillow's own way
    would hold it two or three times; the original is closed. A smaller image is returned unchanged."""
    factor = max(image.size) // (slack * side)
    if image.width * image.height > TIGHT_PIXELS and max(image.size) > 1.6 * slack * side:
        factor = max(factor, 2)  # rather a little smaller than three copies of so many
    if image.width * image.height <= CHEAP_PIXELS or factor < 2:
        return image
    from PIL import Image

    image.load()
    size = -(-image.width // factor), -(-image.height // factor)
    reduced = Image.new("RGB", size, ground)
    rows = factor * max(1, STRIP_PIXELS // (image.width * factor))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        reduced.paste(flattened(strip, ground).reduce(factor), (0, top // factor))
    image.close()
    return reduced


def _jpeg(image: "Image.Image", quality: int) -> bytes:
    body = io.BytesIO()
    image.save(body, "JPEG", quality=quality)
    return body.getvalue()


def _small(image: "Image.Image") -> bytes | None:
    try:
        return thumbnail(image)
    except (OSError, ValueError):  # a mode that cannot be converted: the picture itself is sound
        return None
