"""Pictures in the form that Telegram takes: as a photo where it can be one, else as a document.

The bytes come from `Provider.fetch`, so they decode and have at most 25 MB and 50 megapixels. Everything here
computes: call it in a thread.
"""

import io
from dataclasses import dataclass, field

from PIL import Image

from providers.pictures import encoded
from providers.pictures.encoded import SMALL_DRAFT, flattened

# https://core.telegram.org/bots/api#sendphoto; megabytes are counted low to be on the safe side.
PHOTO_BYTES = 10_000_000
PHOTO_SIDES = 10_000  # width + height
PHOTO_RATIO = 20
PHOTO_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PREVIEW_SIDE = 640
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


def fit(data: bytes, mime: str, *, as_document: bool = False) -> Fitted:
    """The picture as a photo, converted only where Telegram demands it; as it is when a document is asked for or
    its shape can be no photo's."""
    with Image.open(io.BytesIO(data)) as image:
        if as_document or not _photo_shape(*image.size):
            return Fitted(data, mime, as_document=True)
        moves = getattr(image, "n_frames", 1) > 1  # its first frame is the picture
        if image.format in PHOTO_FORMATS and len(data) <= PHOTO_BYTES and not moves:
            return Fitted(data, PHOTO_FORMATS[image.format], as_document=False)
        lossless = image.format in {"BMP", "GIF"} or moves
        if lossless and len(png := _encoded(image, "PNG", optimize=True)) <= PHOTO_BYTES:
            return Fitted(png, "image/png", as_document=False)
        for quality in (95, 90, 80):
            jpeg = _encoded(flattened(image), "JPEG", quality=quality, subsampling=0 if quality > 90 else 2)
            if len(jpeg) <= PHOTO_BYTES:
                return Fitted(jpeg, "image/jpeg", as_document=False)
    return Fitted(data, mime, as_document=True)


def as_it_is(data: bytes, mime: str, width: int, height: int, *, as_document: bool = False) -> Fitted | None:
    """What `fit` says of most pictures, without a look at the bytes; None where it has to look."""
    if mime != "image/jpeg" or as_document or len(data) > PHOTO_BYTES or not _photo_shape(width, height):
        return None
    return Fitted(data, mime, as_document=False)


def thumbnail(data: bytes) -> bytes:
    """A JPEG of at most 160 px a side and 10 KB, to recognise the picture by."""
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (SMALL_DRAFT, SMALL_DRAFT))
        return encoded.thumbnail(image)


def preview(data: bytes, side: int = PREVIEW_SIDE) -> bytes:
    """A JPEG of at most 640 px (`side`) a side: good enough to watch a picture come into being, and quickly sent.

    A shape that can be no photo's is padded to one.
    """
    image = _scaled(data, side)
    if not _photo_shape(*image.size):
        shortest = max(image.size) // PHOTO_RATIO + 1
        padded = Image.new("RGB", (max(image.width, shortest), max(image.height, shortest)), "white")
        padded.paste(image, ((padded.width - image.width) // 2, (padded.height - image.height) // 2))
        image = padded
    return _encoded(image, "JPEG", quality=75)


def _photo_shape(width: int, height: int) -> bool:
    return width + height <= PHOTO_SIDES and max(width, height) <= PHOTO_RATIO * min(width, height)


def _scaled(data: bytes, side: int) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (side, side))  # a JPEG is decoded no larger than needed
        image.thumbnail((side, side))
        return flattened(image)


def _encoded(image: Image.Image, format_: str, **options: int) -> bytes:
    body = io.BytesIO()
    image.save(body, format_, **options)
    return body.getvalue()
