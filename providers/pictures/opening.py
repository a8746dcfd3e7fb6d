"""Opens pictures with Pillow after their header was read: with the plugin of their format, and no other."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from providers.errors import BadPicture, ProviderError
from providers.pictures.header import Header

if TYPE_CHECKING:  # loaded when the first picture is decoded
    from PIL import Image

BACKEND_FORMATS = frozenset({"PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF"})
INPUT_FORMATS = BACKEND_FORMATS | {"TIFF", "HEIF"}
ORIENTATION = 274  # EXIF 2.3


@contextmanager
def opened(data: bytes, header: Header, formats: frozenset[str] = BACKEND_FORMATS) -> Iterator["Image.Image"]:
    """The image, whose pixels are not decoded yet; a moving one shows its first frame. Any failure inside the block is
    raised as BadPicture. The block must not hold more than `header.memory` bytes for long."""
    if header.format not in formats:
        raise BadPicture(f"a {header.format} is not taken here")
    try:
        with _image(data, header.format) as image:
            if image.width * image.height > header.width * header.height:
                raise BadPicture(f"the {header.format} hides its size")
            yield image
    except ProviderError:
        raise
    except MemoryError:
        raise BadPicture("the picture takes more memory to decode than it may") from None
    except Exception as error:  # decoders of broken data raise nearly everything
        raise BadPicture(f"the picture does not decode: {type(error).__name__}: {error}") from error


def _image(data: bytes, format_: str) -> "Image.Image":
    """Opens it without `Image.open`, which loads other plugins and tries them on broken data."""
    body = io.BytesIO(data)
    match format_:
        case "JPEG":
            from PIL.JpegImagePlugin import JpegImageFile

            return JpegImageFile(body)
        case "PNG":
            from PIL.PngImagePlugin import PngImageFile

            return PngImageFile(body)
        case "WEBP":
            from PIL.WebPImagePlugin import WebPImageFile

            return WebPImageFile(body)
        case "GIF":
            from PIL.GifImagePlugin import GifImageFile

            return GifImageFile(body)
        case "BMP":
            from PIL.BmpImagePlugin import BmpImageFile

            return BmpImageFile(body)
        case "TIFF":
            from PIL.TiffImagePlugin import TiffImageFile

            return TiffImageFile(body)
        case "AVIF":
            from PIL import AvifImagePlugin

            AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each has a stack, which counts
            return AvifImagePlugin.AvifImageFile(body)
        case _:
            import pi_heif

            pi_heif.options.DECODE_THREADS = 1
            pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
            image: Image.Image = pi_heif.open_heif(body).to_pillow()
            return image


def orientation(image: "Image.Image", format_: str) -> int:
    """EXIF's orientation, 1 to 8, of a loaded image; 1 if there is no valid one. Only that entry is read: Pillow's
    reader would copy the data of all entries."""
    if format_ == "HEIF":  # its decoder has turned it
        return 1
    if format_ == "TIFF":
        said = getattr(image, "tag_v2", {}).get(ORIENTATION, 1)
    else:
        said = _exif_orientation(image.info.get("exif"))
    return said if isinstance(said, int) and 1 <= said <= 8 else 1


def _exif_orientation(exif: object) -> int:
    if not isinstance(exif, bytes):
        return 1
    exif = exif.removeprefix(b"Exif\0\0")
    try:
        order = "<" if exif[:2] == b"II" else ">"
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, at)
        for index in range(min(count, 500)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * index)
            if (tag, kind) == (ORIENTATION, 3):
                return int(value)
    except struct.error:
        pass
    return 1
