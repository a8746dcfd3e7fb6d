"""Puts a picture on a larger canvas, for models that draw what is around it. In the mask the new area is white."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from providers.errors import BadPicture
from providers.pictures.header import read_header
from providers.pictures.inputs import MAX_PIXELS, MAX_SIDE, QUALITY, prepare_input
from providers.pictures.opening import INPUT_FORMATS, opened

if TYPE_CHECKING:  # loaded when the first picture is decoded
    from PIL import Image

SEAM = 64  # a strip of one part in so many of the picture is drawn anew, so that no edge shows
MOST_MARGIN = 4.0  # of the picture's own side
SMALLEST = 8  # pixels a side of what is left of the picture


@dataclass(frozen=True, slots=True)
class Canvas:
    """`picture`: a JPEG. `mask`: a grey PNG of the same size; white is drawn, black is kept."""

    picture: bytes = field(repr=False)
    mask: bytes = field(repr=False)


def extend(
    data: bytes,
    margins: Sequence[float],
    size: Sequence[int] | None = None,
    *,
    max_pixels: int = MAX_PIXELS,
    max_side: int = MAX_SIDE,
) -> Canvas:
    """The picture with room on its left, above it, on its right and below it, as parts of its own width and height.

    `size`: of the canvas, in pixels. The picture keeps its shape, and extra room in one direction is divided evenly.
    Without it the canvas is as large as the picture needs, within `max_pixels` and `max_side`. The room is filled with
    a blurred copy, for models that start from the existing pixels. Decodes: call it through `within_budget`. Raises
    BadPicture, also if hardly anything of the picture would be left.
    """
    from PIL.Image import Resampling

    left, above, right, below = (min(max(float(margin), 0.0), MOST_MARGIN) for margin in margins)
    upright = prepare_input(data, max_pixels=max_pixels, max_side=max_side)
    with opened(upright, read_header(upright), INPUT_FORMATS) as image:
        image.load()
        wide, high = image.width * (1 + left + right), image.height * (1 + above + below)
        if size is None:
            shrink = min(1.0, max_side / max(wide, high), (max_pixels / (wide * high)) ** 0.5)
            width, height = max(1, int(wide * shrink)), max(1, int(high * shrink))
        else:
            width, height = size
        scale = min(width / wide, height / high)
        inner = min(width, round(image.width * scale)), min(height, round(image.height * scale))
        if min(inner) < SMALLEST:
            raise BadPicture("hardly anything of the picture would be left on the canvas")
        x = min(round((width - wide * scale) / 2 + image.width * left * scale), width - inner[0])
        y = min(round((height - high * scale) / 2 + image.height * above * scale), height - inner[1])
        small = image.resize(inner, Resampling.LANCZOS)
    return Canvas(_drawn_on(small, (width, height), (x, y)), _mask(inner, (width, height), (x, y)))


def _drawn_on(image: "Image.Image", size: tuple[int, int], place: tuple[int, int]) -> bytes:
    from PIL.Image import Resampling
    from PIL.ImageFilter import GaussianBlur

    rough = image.resize((max(1, size[0] // 16), max(1, size[1] // 16)), Resampling.BOX)
    canvas = rough.filter(GaussianBlur(2)).resize(size, Resampling.BICUBIC)
    canvas.paste(image, place)
    body = io.BytesIO()
    canvas.save(body, "JPEG", quality=QUALITY, subsampling=0)
    return body.getvalue()


def _mask(inner: tuple[int, int], size: tuple[int, int], place: tuple[int, int]) -> bytes:
    """The mask: black where the picture stays, which is all of it except a strip along the edges beyond which something
    is drawn."""
    from PIL import Image

    seam = max(1, min(inner) // SEAM)
    box = (
        place[0] + (seam if place[0] > 0 else 0),
        place[1] + (seam if place[1] > 0 else 0),
        place[0] + inner[0] - (seam if place[0] + inner[0] < size[0] else 0),
        place[1] + inner[1] - (seam if place[1] + inner[1] < size[1] else 0),
    )
    mask = Image.new("L", size, "white")
    mask.paste("black", box)
    body = io.BytesIO()
    mask.save(body, "PNG")
    return body.getvalue()
