"""Several pictures as one: a numbered mosaic from 2x1 up to 3x3."""

import io
from collections.abc import Sequence
from math import sqrt

from PIL import Image

from providers.pictures.encoded import coarse, flattened
from providers.pictures.header import read_header
from providers.pictures.opening import INPUT_FORMATS, opened

MAX_PICTURES = 9
SHEET_SIDE = 2400  # pixels; Telegram shows photos in at most 2560
MAX_CELL_RATIO = 2.0  # of a cell's long to its short side; what is longer gets margins
GUTTER = 16
GROUND = (24, 24, 27)
INK = (255, 255, 255)
_QUALITY = 90


def grid(count: int) -> tuple[int, int]:
    """Columns and rows for 1 to 9 pictures."""
    if not 1 <= count <= MAX_PICTURES:
        raise ValueError(f"a sheet holds 1 to {MAX_PICTURES} pictures, not {count}")
    columns = 1 if count == 1 else 2 if count <= 4 else 3
    return columns, -(-count // columns)


def sheet(pictures: Sequence[bytes]) -> bytes:
    """A JPEG of 1 to 9 encoded pictures in reading order, each numbered from 1 in its corner.

    All cells have one shape, the pictures' average; a picture of another shape is centred in its cell. Only one is
    decoded at a time. Computes: have it done by `within_budget`. Raises BadPicture.
    """
    columns, rows = grid(len(pictures))
    width, height = _cell(pictures, columns, rows)
    board = Image.new("RGB", (_extent(columns, width), _extent(rows, height)), GROUND)
    for index, data in enumerate(pictures):
        row, column = divmod(index, columns)
        in_row = min(columns, len(pictures) - row * columns)
        left = GUTTER + column * (width + GUTTER) + (columns - in_row) * (width + GUTTER) // 2
        top = GUTTER + row * (height + GUTTER)
        image = _fitted(data, width, height)
        corner = (left + (width - image.width) // 2, top + (height - image.height) // 2)
        board.paste(image, corner)
        _number(board, str(index + 1), corner, min(width, height))
    body = io.BytesIO()
    board.save(body, "JPEG", quality=_QUALITY)
    return body.getvalue()


def _cell(pictures: Sequence[bytes], columns: int, rows: int) -> tuple[int, int]:
    """Width and height that show the pictures' average shape as large as the sheet and the pictures allow."""
    sizes = [(header.width, header.height) for header in map(read_header, pictures)]
    ratio = 1.0
    for width, height in sizes:
        ratio *= width / height
    ratio = min(max(ratio ** (1 / len(sizes)), 1 / MAX_CELL_RATIO), MAX_CELL_RATIO)
    area = max(width * height for width, height in sizes)
    largest = min((SHEET_SIDE - GUTTER) / columns - GUTTER, ((SHEET_SIDE - GUTTER) / rows - GUTTER) * ratio)
    width = max(min(largest, sqrt(area * ratio)), 64)
    return round(width), round(width / ratio)


def _extent(count: int, length: int) -> int:
    return count * length + (count + 1) * GUTTER


def _fitted(data: bytes, width: int, height: int) -> Image.Image:
    with opened(data, read_header(data), INPUT_FORMATS) as image:
        image.draft("RGB", (width, height))
        scale = min(width / image.width, height / image.height)
        size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
        flat = flattened(coarse(image, max(size), GROUND), GROUND)
        return flat.resize(size, Image.Resampling.LANCZOS)


def _number(board: Image.Image, text: str, corner: tuple[int, int], cell: int) -> None:
    """A small badge, readable on any picture."""
    from PIL import ImageDraw, ImageFont  # 2 MB that a worker process loads, and the bot does not

    side = max(cell // 8, 22)  # a phone shows the sheet at a sixth of its size
    margin = side // 4
    left, top = corner[0] + margin, corner[1] + margin
    badge = Image.new("L", (side * 4, side * 4), 0)
    ImageDraw.Draw(badge).rounded_rectangle((0, 0, side * 4 - 1, side * 4 - 1), side, fill=170)
    board.paste(Image.new("RGB", (side, side)), (left, top), badge.resize((side, side)))
    ImageDraw.Draw(board).text(
        (left + side / 2, top + side / 2), text, INK, ImageFont.load_default(side * 0.62), anchor="mm"
    )
