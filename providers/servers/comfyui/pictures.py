"""Prepares input pictures for a workflow: the size that follows from them, and the mask in their alpha channel."""

import io
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from providers.errors import BadPicture, InvalidParameter
from providers.pictures.aspect_ratios import scaled
from providers.pictures.budget import within_budget
from providers.pictures.encoded import size_of
from providers.request import ImageRequest
from providers.servers.comfyui.workflow import Workflow

MEGAPIXEL = 1024 * 1024
SIDE = 16  # pixels; latents of newer models have patches of two by two


def in_shape(request: ImageRequest, workflow: Workflow) -> ImageRequest:
    """The request with the first input picture's shape, at about a megapixel, if the workflow has a size and none was
    asked for. Raises InvalidParameter if the picture does not open."""
    if request.first_image is None or "picture" not in workflow.places or "width" not in workflow.places:
        return request
    if request.width is not None or request.height is not None:
        return request
    width, height = scaled(*size_of(request.first_image), step=SIDE, low=MEGAPIXEL // 4, high=MEGAPIXEL)
    return replace(request, width=width, height=height)


async def masked(image: bytes, mask: bytes) -> bytes:
    """The picture as PNG in which the area to redraw (white in the mask) is transparent; LoadImage reads that as the
    mask. Raises InvalidParameter if one of them does not open, Unavailable if nothing can be decoded now."""
    try:
        return await within_budget(_with_mask, [image, mask])
    except BadPicture as error:
        raise InvalidParameter(f"the input picture or its mask does not open: {error}") from None


def _with_mask(pictures: Sequence[bytes]) -> bytes:
    image, mask = pictures
    body = io.BytesIO()
    try:
        with Image.open(io.BytesIO(image)) as picture, Image.open(io.BytesIO(mask)) as white:
            layer = picture.convert("RGBA")
            area = white.convert("L").resize(layer.size)
            layer.putalpha(area.point(lambda value: 255 - value))
            layer.save(body, "PNG", compress_level=1)
    except Exception:  # noqa: BLE001 - decoders of broken data raise nearly everything
        raise InvalidParameter("the input picture or its mask does not open") from None
    return body.getvalue()
