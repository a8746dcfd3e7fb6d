"""Photos as Telegram takes them: what it refuses, the sizes that it makes."""

from collections.abc import Mapping

from bot.pictures.fit import preview
from bot.sandbox import errors
from providers.errors import BadPicture
from providers.pictures.budget import within_budget
from providers.pictures.encoded import read_picture
from providers.pictures.header import read_header

# Telegram's ladder of sizes: letter and longest side in pixels.
LADDER = (("s", 90), ("m", 320), ("x", 800), ("y", 1280), ("w", 2560))
FORMATS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}


async def check_photo(data: bytes, rules: Mapping[str, int]) -> tuple[str, int, int]:
    """Pillow's name of the format, width, height. Raises ApiError for what is no photo to Telegram."""
    try:
        header = read_header(data)
        width, height = header.width, header.height
        if width + height > rules["photo_w_plus_h_max"]:
            raise errors.PHOTO_DIMENSIONS()
        if max(width, height) > min(width, height) * rules["photo_aspect_max"]:
            raise errors.PHOTO_DIMENSIONS()
        await within_budget(read_picture, data)
    except BadPicture:
        raise errors.IMAGE_FAILED() from None
    return header.format, width, height


def ladder(width: int, height: int) -> list[tuple[str, int, int]]:
    """Letter, width and height of each size, smallest first; the last is the photo itself, at most 2560 long."""
    longest = max(width, height)
    sizes = []
    for index, (letter, side) in enumerate(LADDER):
        if index and longest <= LADDER[index - 1][1]:
            break
        scale = min(1.0, side / longest)
        sizes.append((letter, max(1, round(width * scale)), max(1, round(height * scale))))
    return sizes


async def scale(data: bytes, side: int) -> bytes:
    """A JPEG whose longest side is at most `side` pixels."""
    return await within_budget(preview, data, side)
