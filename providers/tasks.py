"""What an entry of the catalogue does: it draws, describes pictures, or makes something else of a picture."""

from collections.abc import Mapping
from math import sqrt

from providers.capabilities import Capabilities
from providers.errors import TooLarge

DRAW, DESCRIBE, UPSCALE, CUTOUT, VIDEO = "draw", "describe", "upscale", "cutout", "video"
OF_A_PICTURE = (UPSCALE, CUTOUT, VIDEO)  # a picture goes in, with words or without, and something is made of it
TIMEOUTS: Mapping[str, float] = {VIDEO: 1200}  # seconds of drawing, where neither the catalogue nor a provider says

# Of an upscaled picture. Encoded and decoded, more would not stay within what `providers.pictures.header` lets through.
MAX_UPSCALED = 25_000_000  # pixels
MAX_UPSCALE_INPUT = 12_500_000  # pixels of a picture to upscale: at any factor worth it that is half of the result
MAX_CUT_OUT = 8_000_000  # pixels of a picture to cut out of; its result has transparency, four bytes a pixel
MAX_ANIMATED = 4_000_000  # pixels of a picture that is to move; models reduce it further
MEGAPIXEL = 1_000_000


def input_pixels(can: Capabilities, task: str) -> int:
    """How many pixels of a picture are sent to a model with such a task; a larger picture is reduced to them."""
    if can.input_pixels is not None:
        return can.input_pixels
    return {UPSCALE: MAX_UPSCALE_INPUT, VIDEO: MAX_ANIMATED}.get(task, MAX_CUT_OUT)


def upscaled(size: tuple[int, int], can: Capabilities) -> int | None:
    """How many pixels an upscaled picture of this size would have; None where the model does not say how far it goes.
    A picture that is larger than what is sent counts as reduced."""
    if can.scale is None:
        return None
    pixels = min(size[0] * size[1], input_pixels(can, UPSCALE))
    return round(pixels * can.scale**2)


def check_upscaled(size: tuple[int, int], can: Capabilities) -> None:
    """Raises TooLarge for a picture of this size in pixels whose upscaled one nobody could take."""
    pixels = upscaled(size, can)
    if pixels is not None and pixels > MAX_UPSCALED:
        most = int(sqrt(MAX_UPSCALED) / (can.scale or 1))
        raise TooLarge(
            f"the picture of {size[0]}x{size[1]} would have {pixels / MEGAPIXEL:.0f} megapixels, at most "
            f"{MAX_UPSCALED // MEGAPIXEL}; one of {most}x{most} would do"
        )
