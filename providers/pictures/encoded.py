"""Encoded pictures: what their bytes really are, checked by decoding them, and their form as `data:` URLs."""

import base64
import binascii
import io
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from PIL import Image, UnidentifiedImageError, features

from providers.errors import BadAnswer, InvalidParameter

MAX_BYTES = 25_000_000
MAX_PIXELS = 50_000_000  # four bytes each while decoding
SMALL_SIDE, SMALL_BYTES = 160, 10_000
SMALL_DRAFT = 128  # a JPEG is decoded no smaller

# Pillow's names of formats, and what they are called on the wire; MPO is a JPEG with a second picture in it.
MIME_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "AVIF": "image/avif",
}


# How they begin; for input pictures, whose type a back-end wants to be told.
_SIGNATURES = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture that decodes: `mime` is what its bytes are, sizes are in pixels. `small` is a JPEG to
    recognise it by, at most SMALL_SIDE pixels a side, made while it was decoded; None where it could not be."""

    data: bytes
    mime: str
    width: int
    height: int
    small: bytes | None = field(default=None, repr=False, compare=False)


def read_picture(data: bytes) -> Picture:
    """Decode a picture (the first frame of a moving one), header and dimensions before pixels; a JPEG at a fraction of
    its size, which reads all of its data as well.

    Takes as long as decoding does: call it in a thread. Raises BadAnswer for anything that is no picture of
    a known format, is cut short, has over 50 megapixels or over 25 MB.
    """
    if len(data) > MAX_BYTES:
        raise BadAnswer(f"the picture has more than {MAX_BYTES // 1_000_000} MB")
    # MPO has no opener of its own: it is opened as the JPEG that it begins with
    formats = [name for name in MIME_TYPES if name != "MPO" and (name != "AVIF" or features.check("avif"))]
    try:
        with Image.open(io.BytesIO(data), formats=formats) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise BadAnswer(f"the picture has {width}x{height} pixels, more than 50 megapixels")
            mime = MIME_TYPES[image.format or ""]
            image.draft("RGB", (SMALL_DRAFT, SMALL_DRAFT))
            image.load()
            small = _small(image)
    except BadAnswer:
        raise
    except UnidentifiedImageError:
        raise BadAnswer(f"not a picture: {_first_words(data)}") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadAnswer("the picture has far more than 50 megapixels") from None
    except Exception as error:  # decoders of broken data raise nearly everything
        raise BadAnswer(f"the picture does not decode: {error}") from error
    return Picture(data, mime, width, height, small)


def mime_of(data: bytes) -> str:
    """What an input picture is by its first bytes; raises InvalidParameter if it is no PNG, JPEG, WebP or GIF."""
    for signature, mime in _SIGNATURES:
        if data.startswith(signature):
            return mime
    raise InvalidParameter("the input picture is no PNG, JPEG, WebP or GIF")


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of an input picture by its header; raises InvalidParameter if it is none."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except Exception:  # noqa: BLE001 - decoders of broken data raise nearly everything
        raise InvalidParameter("the input picture does not open") from None


def data_url(data: bytes, mime: str) -> str:
    """The bytes inline, as RFC 2397 has it."""
    return f"data:{mime};base64,{plain_base64(data)}"


def plain_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def data_url_bytes(url: str) -> bytes:
    """What is inside a `data:` URL; its own claim about the type is not looked at. Raises BadAnswer."""
    head, comma, body = url.partition(",")
    if not comma:
        raise BadAnswer("a data: URL without data")
    if len(body) > MAX_BYTES * 3:  # percent-encoding is the longest form
        raise BadAnswer(f"the picture has more than {MAX_BYTES // 1_000_000} MB")
    if not head.lower().endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(unquote_to_bytes(body), validate=True)
    except binascii.Error as error:
        raise BadAnswer(f"a data: URL that does not decode: {error}") from None


def thumbnail(image: Image.Image) -> bytes:
    """A JPEG of at most SMALL_SIDE pixels a side and SMALL_BYTES, of an image that is reduced by it."""
    image.thumbnail((SMALL_SIDE, SMALL_SIDE))
    flat = flattened(image)
    for quality in (80, 60, 40, 20):
        if len(jpeg := _jpeg(flat, quality)) <= SMALL_BYTES:
            return jpeg
    return _jpeg(flat.reduce(2), 30)


def flattened(image: Image.Image) -> Image.Image:
    """In RGB; what is transparent becomes white, as Telegram would show it."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _jpeg(image: Image.Image, quality: int) -> bytes:
    body = io.BytesIO()
    image.save(body, "JPEG", quality=quality)
    return body.getvalue()


def _small(image: Image.Image) -> bytes | None:
    try:
        return thumbnail(image)
    except (OSError, ValueError):  # a mode that cannot be converted: the picture itself is sound
        return None


def _first_words(data: bytes) -> str:
    """How a body that is no picture begins, for the operator: usually HTML or JSON with a reason in it."""
    return repr(data[:60].decode("utf-8", "replace")) if data else "nothing"
