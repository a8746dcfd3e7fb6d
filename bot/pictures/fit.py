"""Pictures in the form that Telegram takes: as a photo where it can be one, else as a document.

The bytes come from `Provider.fetch`: they decode, and are hostile all the same. Everything here computes: have it done
by `within_budget`.
"""

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.pictures.metadata import with_metadata
from providers.errors import BadPicture
from providers.pictures import encoded
from providers.pictures.encoded import SMALL_DRAFT, coarse, flattened
from providers.pictures.header import read_header
from providers.pictures.inputs import converted
from providers.pictures.opening import INPUT_FORMATS, opened

if TYPE_CHECKING:  # loaded when the first picture is decoded
    from PIL import Image

# https://core.telegram.org/bots/api#sendphoto; megabytes are counted low to be on the safe side.
PHOTO_BYTES = 10_000_000
PHOTO_SIDES = 10_000  # width + height
PHOTO_RATIO = 20
PHOTO_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PREVIEW_SIDE = 640
UNSCALED_SIDE, UNSCALED_BYTES = 1280, 150_000  # of a preview that goes as it came
LOSSLESS_PIXELS = 4_000_000  # more take seconds to pack as a PNG
REDUCED_SIDE = 1280  # where even a photo that Telegram takes is too large for a server in between

_SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/avif": "avif",
}


@dataclass(frozen=True, slots=True)
class Fitted:
    data: bytes = field(repr=False)
    mime: str
    as_document: bool

    @property
    def suffix(self) -> str:
        """What a file name ends in, without the dot."""
        return _SUFFIXES.get(self.mime, "bin")


def fit(
    data: bytes,
    mime: str,
    *,
    as_document: bool = False,
    as_png: bool = False,
    source: str = "",
    parameters: str = "",
) -> Fitted:
    """The picture as a photo, converted only where Telegram demands it; as it is when a document is asked for or
    its shape can be no photo's, or where converting it would cost too much; with the metadata of `with_metadata`.
    A document is a PNG in any case where that is asked for (`as_png`): clients show a WebP as a sticker, and other
    formats know no transparency. Raises BadPicture if it is no picture."""
    if as_document and as_png and mime != "image/png":
        data, mime = converted(data, "PNG", compress_level=6), "image/png"
    fitted = _fitted(data, mime, as_document=as_document)
    return replace(fitted, data=with_metadata(fitted.data, source, parameters)) if source else fitted


def _fitted(data: bytes, mime: str, *, as_document: bool) -> Fitted:
    header = read_header(data)
    if as_document or not _photo_shape(header.width, header.height):
        return Fitted(data, mime, as_document=True)
    moves = header.frames > 1  # its first frame is the picture
    if header.format in PHOTO_FORMATS and len(data) <= PHOTO_BYTES and not moves:
        return Fitted(data, PHOTO_FORMATS[header.format], as_document=False)
    try:
        with opened(data, header, INPUT_FORMATS) as image:
            lossless = (header.format in {"BMP", "GIF"} or moves) and image.width * image.height <= LOSSLESS_PIXELS
            if lossless and len(png := _encoded(image, "PNG", optimize=True)) <= PHOTO_BYTES:
                return Fitted(png, "image/png", as_document=False)
            flat = flattened(image)
            for quality in (95, 90, 80):
                jpeg = _encoded(flat, "JPEG", quality=quality, subsampling=0 if quality > 90 else 2)
                if len(jpeg) <= PHOTO_BYTES:
                    return Fitted(jpeg, "image/jpeg", as_document=False)
    except BadPicture:
        pass  # it decoded when it was fetched: in full it takes more than it may
    return Fitted(data, mime, as_document=True)


def as_it_is(data: bytes, mime: str, width: int, height: int, *, as_document: bool = False) -> Fitted | None:
    """What `fit` says of most pictures, without a look at the bytes; None where it has to look."""
    if mime != "image/jpeg" or as_document or len(data) > PHOTO_BYTES or not _photo_shape(width, height):
        return None
    return Fitted(data, mime, as_document=False)


def thumbnail(data: bytes) -> bytes:
    """A JPEG of at most 160 px a side and 10 KB, to recognise the picture by."""
    with opened(data, read_header(data), INPUT_FORMATS) as image:
        image.draft("RGB", (SMALL_DRAFT, SMALL_DRAFT))
        return encoded.thumbnail(image)


def preview(data: bytes, side: int = PREVIEW_SIDE) -> bytes:
    """A JPEG of at most 640 px (`side`) a side: good enough to watch a picture come into being, and quickly sent.

    A shape that can be no photo's is padded to one.
    """
    image = _scaled(data, side)
    if not _photo_shape(*image.size):
        from PIL import Image

        shortest = max(image.size) // PHOTO_RATIO + 1
        padded = Image.new("RGB", (max(image.width, shortest), max(image.height, shortest)), "white")
        padded.paste(image, ((padded.width - image.width) // 2, (padded.height - image.height) // 2))
        image = padded
    return _encoded(image, "JPEG", quality=75)


def small_enough(mime: str, width: int, height: int, length: int) -> bool:
    """Whether a picture of so many bytes is good as its own `preview`: computing one costs more than sending it."""
    if mime != "image/jpeg" or length > UNSCALED_BYTES or max(width, height) > UNSCALED_SIDE:
        return False
    return _photo_shape(width, height)


def _photo_shape(width: int, height: int) -> bool:
    return width + height <= PHOTO_SIDES and max(width, height) <= PHOTO_RATIO * min(width, height)


def _scaled(data: bytes, side: int) -> "Image.Image":
    with opened(data, read_header(data), INPUT_FORMATS) as image:
        image.draft("RGB", (side, side))  # a JPEG is decoded no larger than needed
        small = coarse(image, side)
        small.thumbnail((side, side))
        return flattened(small)


def _encoded(image: "Image.Image", format_: str, **options: int) -> bytes:
    body = io.BytesIO()
    image.save(body, format_, **options)
    return body.getvalue()
