"""The card of a failure after a preview.

A photo message cannot become a text message, so a plain grey card replaces the preview, with the sentence in its
caption.
"""

import asyncio
from io import BytesIO

WIDTH, HEIGHT = 640, 240
GROUND, INK = (110, 116, 124), (200, 204, 210)

_made: list[bytes] = []  # one, once made: the same bytes each time


async def blank_card() -> bytes:
    """The card, as a PNG: neutral grey with a barred circle in the middle."""
    if not _made:
        _made.append(await asyncio.to_thread(_draw))
    return _made[0]


def _draw() -> bytes:
    from PIL import Image, ImageDraw

    scale = 3  # drawn larger and reduced: smooth edges
    image = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), GROUND)
    pen = ImageDraw.Draw(image)
    x, y, radius, width = WIDTH * scale // 2, HEIGHT * scale // 2, 56 * scale, 9 * scale
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=INK, width=width)
    reach = int((radius - width / 2) * 0.7071)
    pen.line((x - reach, y - reach, x + reach, y + reach), fill=INK, width=width)
    out = BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
