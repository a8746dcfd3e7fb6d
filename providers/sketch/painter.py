"""stub"""

import hashlib
from collections.abc import Callable

from PIL import Image


def paint(prompt: str, seed: int, width: int, height: int, stopped: Callable[[], bool]) -> Image.Image:
    digest = hashlib.sha256(f"{seed}:{prompt}".encode()).digest()
    small = Image.new("RGB", (2, 2))
    small.putdata([tuple(digest[i : i + 3]) for i in (0, 3, 6, 9)])
    return small.resize((width, height), Image.Resampling.BICUBIC)
