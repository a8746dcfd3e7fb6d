"""Masks in the two forms that back-ends take: the area to change is white, or it is transparent."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from providers.errors import BadPicture, InvalidParameter
from providers.pictures.encoded import flattened, read_picture
from providers.pictures.header import read_header
from providers.pictures.inputs import upright
from providers.pictures.opening import INPUT_FORMATS, opened, orientation

if TYPE_CHECKING:  # loaded when the first picture is decoded
    from PIL import Image


async def shaped(shape: Callable[[bytes, tuple[int, int]], bytes], mask: bytes, size: tuple[int, int]) -> bytes:
    """The mask converted by `shape` (`white_mask` or `transparent_mask`) to `size` in pixels.

    Raises InvalidParameter if it is no picture, Unavailable if nothing can be decoded now.
    """
    from providers.pictures.budget import within_budget  # a worker process loads this module, and no event loop

    try:
        return await within_budget(shape, mask, size)
    except BadPicture as error:
        raise InvalidParameter(f"the mask is no picture: {error}") from None


def prepare_mask(data: bytes, size: tuple[int, int]) -> bytes:
    """A person's mask in the form of `ImageRequest.mask`: a grey PNG, upright and stretched to `size` in pixels, in
    which white is changed and black is kept. In a picture with transparent parts, those are changed.

    Its bytes decide the format, as in `prepare_input`. Decodes: call it through `within_budget`. Raises BadPicture.
    """
    from PIL.Image import Resampling

    header = read_header(data)
    with opened(data, header, INPUT_FORMATS) as image:
        image.load()
        lies = orientation(image, header.format)
        grey = _holes(image) or flattened(image).convert("L")
    grey = upright(grey, lies)
    width, height = size  # a worker process gets a list
    if grey.size != (width, height):
        grey = grey.resize((width, height), Resampling.BILINEAR)
    return _png(grey.point(_CLEAN))


# What JPEG has blurred is black or white again; a soft edge stays.
_CLEAN = [0 if level < 32 else 255 if level > 223 else level for level in range(256)]


def _holes(image: "Image.Image") -> "Image.Image | None":
    """White where the picture is transparent; None: it is transparent nowhere."""
    if not image.has_transparency_data:
        return None
    alpha = image.convert("RGBA").getchannel("A")
    return alpha.point([255 - level for level in range(256)]) if alpha.getextrema()[0] != 255 else None


def white_mask(mask: bytes, size: tuple[int, int]) -> bytes:
    """A grey PNG of the given size in pixels; white is changed, black is kept.

    Decodes: call it through `shaped`. Raises InvalidParameter if it is no picture.
    """
    return _png(_grey(mask, size))


def transparent_mask(mask: bytes, size: tuple[int, int]) -> bytes:
    """A mask for OpenAI's edits: a PNG that is transparent where the picture is to change, opaque elsewhere. Otherwise
    like `white_mask`."""
    from PIL import Image

    grey = _grey(mask, size)
    layer = Image.new("RGBA", grey.size, "black")
    layer.putalpha(grey.point([255 - level for level in range(256)]))
    return _png(layer)


def _grey(mask: bytes, size: tuple[int, int]) -> "Image.Image":
    from PIL import Image

    try:
        read_picture(mask)
        with Image.open(io.BytesIO(mask)) as image:
            grey = image.convert("L")
    except Exception as error:  # noqa: BLE001 - decoders of broken data raise nearly everything
        raise InvalidParameter(f"the mask is no picture: {error}") from None
    width, height = size  # a worker process gets a list
    size = width, height
    return grey if grey.size == size else grey.resize(size, Image.Resampling.NEAREST)


def _png(image: "Image.Image") -> bytes:
    body = io.BytesIO()
    image.save(body, "PNG")
    return body.getvalue()
