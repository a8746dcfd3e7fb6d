"""Converts people's source images to what back-ends take."""

import io
from math import sqrt
from typing import TYPE_CHECKING

from providers.pictures.encoded import coarse, flattened
from providers.pictures.header import read_header
from providers.pictures.opening import INPUT_FORMATS, opened, orientation

if TYPE_CHECKING:  # loaded when the first picture is decoded
    from PIL import Image

MAX_SIDE, MAX_PIXELS = 2048, 2048 * 2048  # where the model says nothing: no back-end draws larger from a picture
QUALITY = 95


def prepare_input(data: bytes, *, max_pixels: int = MAX_PIXELS, max_side: int = MAX_SIDE, alpha: bool = False) -> bytes:
    """The picture upright, within `max_pixels` and `max_side`, and without EXIF, GPS and comments: a JPEG, or a PNG if
    something is transparent and the model takes that (`alpha`); otherwise transparent parts become white.

    Its bytes decide the format: JPEG, PNG, WebP, GIF (its first frame), BMP, TIFF, AVIF, HEIC. Decodes: call it through
    `within_budget`. Raises BadPicture.
    """
    from PIL.Image import Resampling

    header = read_header(data)
    scale = min(1.0, max_side / max(header.width, header.height), sqrt(max_pixels / (header.width * header.height)))
    side = max(1, int(max(header.width, header.height) * scale))
    with opened(data, header, INPUT_FORMATS) as image:
        image.draft(None, (side, side))  # a JPEG is decoded no larger than needed
        image.load()
        lies = orientation(image, header.format)
        transparent = alpha and image.has_transparency_data
        small = image if transparent else coarse(image, side, slack=1)
        small = small.convert("RGBA") if transparent else flattened(small)
        if small is not image:
            image.close()  # two are enough
        if max(small.size) > side:
            factor = side / max(small.size)
            size = max(1, round(small.width * factor)), max(1, round(small.height * factor))
            small = small.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
        small = upright(small, lies)
        body = io.BytesIO()
        small.info.clear()  # a PNG would keep the colour profile's name and all texts
        if transparent:
            small.save(body, "PNG", compress_level=3)
        else:
            small.save(body, "JPEG", quality=QUALITY, subsampling=0)
    return body.getvalue()


def upright(image: "Image.Image", lies: int) -> "Image.Image":
    """The image turned and mirrored as EXIF's orientation, 1 to 8, says."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[lies]) if lies in turns else image


def converted(data: bytes, /, form: str, **options: int) -> bytes:
    """The picture (its first frame) in another of Pillow's formats that can hold it, with Pillow's `options` for that.

    Decodes: call it through `within_budget`. Raises BadPicture.
    """
    body = io.BytesIO()
    with opened(data, read_header(data), INPUT_FORMATS) as image:
        image.load()
        opaque = form in {"JPEG", "BMP"} or not image.has_transparency_data
        picture = flattened(image) if opaque else image.convert("RGBA")
        picture.save(body, form, **options)
    return body.getvalue()
