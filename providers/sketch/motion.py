"""A picture that moves, offline: the frame goes slowly over it and comes back. A GIF: Pillow writes no video."""

import io
import re
from collections.abc import Callable, Iterator
from math import cos, pi

from PIL import Image

from providers.sketch.canvas import Stopped, write_label

FRAMES, PAUSE = 24, 80  # pictures of one round, and milliseconds of each
LONGEST = 400  # px, the longer side
COLORS = 96
REACH = 0.2  # of the picture that is left out at the far end of the way
# Where the frame is at the far end, from the left and from the top, as parts of what is left out.
WAYS = {"left": (0.0, 0.5), "right": (1.0, 0.5), "up": (0.5, 0.0), "down": (0.5, 1.0)}


def moving(picture: bytes, words: str, stopped: Callable[[], bool], told: Callable[[int], None]) -> bytes:
    """An animated GIF of a picture that our own decoders have opened before. Words such as "zoom out", "left" and "up"
    say how it moves. `told` hears how many frames are done. Takes some tenths of a second: call it in a thread. Raises
    canvas.Stopped."""
    with Image.open(io.BytesIO(picture)) as image:
        source = image.convert("RGB")
    scale = min(1.0, LONGEST / max(source.size))
    size = max(1, round(source.width * scale)), max(1, round(source.height * scale))
    frames: list[Image.Image] = []
    for box in _boxes(source.size, words):
        if stopped():
            raise Stopped
        frame = source.resize(size, Image.Resampling.BILINEAR, box=box)
        write_label(frame, (200, 200, 200))
        # However alike two frames are, they stay two: what does not move would be no animation.
        frame.paste("white", (0, size[1] - 2, size[0] * (len(frames) + 1) // FRAMES, size[1]))
        frame.paste("black", (size[0] * (len(frames) + 1) // FRAMES, size[1] - 2, *size))
        palette = frames[0] if frames else None
        frames.append(
            frame.quantize(COLORS, dither=Image.Dither.NONE)
            if palette is None
            else frame.quantize(COLORS, palette=palette, dither=Image.Dither.NONE)
        )
        told(len(frames))
    body = io.BytesIO()
    frames[0].save(body, "GIF", save_all=True, append_images=frames[1:], duration=PAUSE, loop=0)
    return body.getvalue()


def _boxes(size: tuple[int, int], words: str) -> Iterator[tuple[float, float, float, float]]:
    """What each frame shows of the picture: there and back, so that no end is seen."""
    said = set(re.findall(r"[a-z]+", words.lower()))
    way = next((WAYS[name] for name in WAYS if name in said), None)
    for number in range(FRAMES):
        share = (1 - cos(2 * pi * number / FRAMES)) / 2  # 0 at both ends of the round, 1 in its middle
        out = REACH if way is not None else REACH * (1 - share if "out" in said else share)
        wide, high = size[0] * out, size[1] * out
        left, top = 0.5, 0.5
        if way is not None:  # from the other side to that one
            left, top = (0.5 + (1 - 2 * share) * (0.5 - at) for at in way)
        yield wide * left, high * top, size[0] - wide * (1 - left), size[1] - high * (1 - top)
