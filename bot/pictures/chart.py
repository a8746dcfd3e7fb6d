"""Requests over time as a small picture: a bar for each hour or day, by how they ended."""

import io
import math
from collections.abc import Sequence

from bot.operations.usage import Bar

SIZE = WIDTH, HEIGHT = 800, 480
LEFT, RIGHT, TOP, BOTTOM = 96, 16, 64, 60
LETTERS = 28  # pixels: a phone shows the picture at half its size
LEGEND = 24  # pixels a side of a box
PAPER, INK, LINE = "#ffffff", "#333333", "#dddddd"
COLORS = {"delivered": "#3f9a63", "failed": "#c0392b", "other": "#a0a0a0"}


def usage_chart(bars: Sequence[Bar], *, hourly: bool) -> bytes:
    """A PNG. Some milliseconds of CPU: call it in a thread."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(image)
    font = ImageFont.load_default(LETTERS)
    highest = max((bar.delivered + bar.failed + bar.other for bar in bars), default=0)
    top, depth = _rounded_up(highest), HEIGHT - TOP - BOTTOM
    for quarter in range(5):
        y = HEIGHT - BOTTOM - depth * quarter / 4
        canvas.line((LEFT, y, WIDTH - RIGHT, y), LINE)
        canvas.text((LEFT - 8, y), _short(top * quarter / 4), INK, font, anchor="rm")
    pitch = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    every = max(math.ceil(LETTERS * 3.6 / pitch), 1)  # labels have five or six characters, and a gap
    for index, bar in enumerate(bars):
        left, y = LEFT + index * pitch + pitch * 0.15, float(HEIGHT - BOTTOM)
        for name, color in COLORS.items():
            height = depth * int(getattr(bar, name)) / top
            if height > 0:
                canvas.rectangle((left, y - height, left + pitch * 0.7, y), color)
            y -= height
        if index % every == 0:
            label = f"{bar.begins:%H:%M}" if hourly else f"{bar.begins:%d.%m.}"
            canvas.text((left + pitch * 0.35, HEIGHT - BOTTOM + 20), label, INK, font, anchor="mt")
    x = LEFT
    for name, color in COLORS.items():
        canvas.rectangle((x, 16, x + LEGEND, 16 + LEGEND), color)
        canvas.text((x + LEGEND + 10, 16 + LEGEND / 2), name, INK, font, anchor="lm")
        x += LEGEND + 10 + round(font.getlength(name)) + LETTERS
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _short(count: float) -> str:
    """At most five characters: 250, 2.5k, 40M."""
    for unit, name in ((10**9, "G"), (10**6, "M"), (10**4, "k")):
        if count >= unit:
            return f"{count / (1000 if name == 'k' else unit):g}{name}"
    return f"{count:g}"


def _rounded_up(highest: int) -> int:
    """The end of the scale: 4, 8, 20, 40, 80, 200, ..."""
    scale = 4
    for factor in (2, 2.5, 2) * 8:
        if scale >= highest:
            break
        scale = int(scale * factor)
    return scale
