"""Photos as Telegram takes them: what it refuses, the sizes that it makes. Pillow's work, for threads."""

import io
from collections.abc import Mapping

from bot.sandbox import errors

# Telegram's ladder of sizes: letter and longest side in pixels.
LADDER = (("s", 90), ("m", 320), ("x", 800), ("y", 1280), ("w", 2560))
FORMATS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}


def check_photo(data: bytes, rules: Mapping[str, int]) -> tuple[str, int, int]:
    """Pillow's name of the format, width, height. Raises ApiError for what is no photo to Telegram."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            kind, (width, height) = image.format or "", image.size
            if width + height > rules["photo_w_plus_h_max"]:
                raise errors.PHOTO_DIMENSIONS()
            if max(width, height) > min(width, height) * rules["photo_aspect_max"]:
                raise errors.PHOTO_DIMENSIONS()
            if kind == "JPEG":
                image.draft("RGB", (90, 90))  # decodes every block, at an eighth of the work
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise errors.IMAGE_FAILED() from None
    return kind, width, height


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


def scale(data: bytes, side: int) -> bytes:
    """A JPEG whose longest side is at most `side` pixels."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.thumbnail((side, side))
        image.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()
