"""Several pictures as one: a numbered mosaic from 2x1 up to 4x4, with what each shows written on it; of more than nine
several such."""

import io
import itertools
from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING, TypeAlias

from providers.pictures.encoded import coarse, flattened
from providers.pictures.header import read_header
from providers.pictures.opening import INPUT_FORMATS, opened

if TYPE_CHECKING:  # loaded when the first picture is decoded
    from PIL import Image, ImageFont

    Font: TypeAlias = ImageFont.FreeTypeFont | ImageFont.ImageFont

MAX_PICTURES = 16
ON_ONE = 9  # pictures that a phone still shows well; of more, there are several sheets
SHEET_SIDE = 2400  # pixels; Telegram shows photos in at most 2560
MAX_CELL_RATIO = 2.0  # of a cell's long to its short side; what is longer gets margins
GUTTER = 16
GROUND = (24, 24, 27)
EMPTY = (48, 48, 54)  # a cell without a picture
EMPTY_SIZE = (512, 512)  # of cells where no picture says how large they are to be
FONT = "DejaVuSans.ttf"  # of the machine, for letters that Pillow's own font lacks
LINES = 5  # of a text in an empty cell
INK = (255, 255, 255)
_QUALITY = 90


def grid(count: int) -> tuple[int, int]:
    """Columns and rows for 1 to 16 pictures."""
    if not 1 <= count <= MAX_PICTURES:
        raise ValueError(f"a sheet holds 1 to {MAX_PICTURES} pictures, not {count}")
    columns = 1 if count == 1 else 2 if count <= 4 else 3 if count <= 9 else 4
    return columns, -(-count // columns)


def sheets_of(count: int) -> list[slice]:
    """How so many pictures are spread over sheets: evenly, each with at most ON_ONE."""
    number = max(-(-count // ON_ONE), 1)
    ends = [-(-count * at // number) for at in range(number + 1)]
    return [slice(*between) for between in itertools.pairwise(ends)]


def sheet(
    pictures: Sequence[bytes],
    labels: Sequence[str] = (),
    gaps: Sequence[Sequence[object]] = (),
    first: int = 1,
) -> bytes:
    """A JPEG of 1 to 16 encoded pictures in reading order, each numbered in its corner, from `first` on.

    `labels` stand on the cells, at their lower edges. `gaps` are cells without a picture: each the place of a cell and
    the text that it shows. All cells have one shape, the pictures' average; a picture of another shape is centred in
    its cell. Only one is decoded at a time. Computes: have it done by `within_budget`. Raises BadPicture.
    """
    from PIL import Image

    empty = {int(str(place)): str(text) for place, text in gaps}
    count = len(pictures) + len(empty)
    columns, rows = grid(count)
    width, height = _cell(pictures, columns, rows)
    board = Image.new("RGB", (_extent(columns, width), _extent(rows, height)), GROUND)
    shown = iter(enumerate(pictures, start=first))
    for index in range(count):
        row, column = divmod(index, columns)
        in_row = min(columns, count - row * columns)
        left = GUTTER + column * (width + GUTTER) + (columns - in_row) * (width + GUTTER) // 2
        top = GUTTER + row * (height + GUTTER)
        corner, size = (left, top), (width, height)
        if index in empty:
            board.paste(EMPTY, (left, top, left + width, top + height))
            _reason(board, empty[index], corner, (width, height - _strip(size)))  # above what is written on it
        else:
            number, data = next(shown)
            image = _fitted(data, width, height)
            corner = (left + (width - image.width) // 2, top + (height - image.height) // 2)
            size = image.size
            board.paste(image, corner)
            _number(board, str(number), corner, min(width, height))
        if index < len(labels) and labels[index]:
            _label(board, labels[index], corner, size)
    body = io.BytesIO()
    board.save(body, "JPEG", quality=_QUALITY)
    return body.getvalue()


def _cell(pictures: Sequence[bytes], columns: int, rows: int) -> tuple[int, int]:
    """Width and height that show the pictures' average shape as large as the sheet and the pictures allow."""
    sizes = [(header.width, header.height) for header in map(read_header, pictures)] or [EMPTY_SIZE]
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


def _fitted(data: bytes, width: int, height: int) -> "Image.Image":
    from PIL.Image import Resampling

    with opened(data, read_header(data), INPUT_FORMATS) as image:
        image.draft("RGB", (width, height))
        scale = min(width / image.width, height / image.height)
        size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
        flat = flattened(coarse(image, max(size), GROUND), GROUND)
        return flat.resize(size, Resampling.LANCZOS)


def _number(board: "Image.Image", text: str, corner: tuple[int, int], cell: int) -> None:
    """A small badge, readable on any picture."""
    from PIL import Image, ImageDraw, ImageFont

    side = max(cell // 8, 22)  # a phone shows the sheet at a sixth of its size
    margin = side // 4
    left, top = corner[0] + margin, corner[1] + margin
    badge = Image.new("L", (side * 4, side * 4), 0)
    ImageDraw.Draw(badge).rounded_rectangle((0, 0, side * 4 - 1, side * 4 - 1), side, fill=170)
    board.paste(Image.new("RGB", (side, side)), (left, top), badge.resize((side, side)))
    ImageDraw.Draw(board).text(
        (left + side / 2, top + side / 2), text, INK, ImageFont.load_default(side * 0.62), anchor="mm"
    )


def _font(size: float, text: str) -> "Font | None":
    """One that has the letters of the text; None where there is none: then it is left out."""
    from PIL import ImageFont

    if all(char in _LATIN for char in text):
        return ImageFont.load_default(size)
    try:
        return ImageFont.truetype(FONT, size)
    except OSError:
        return None


def _strip(size: tuple[int, int]) -> int:
    """How high the label of a cell is."""
    return max(min(size) // 9, 20)


def _label(board: "Image.Image", text: str, corner: tuple[int, int], size: tuple[int, int]) -> None:
    """One line on a dark strip at the lower edge, cut to the width."""
    from PIL import Image, ImageDraw

    height = _strip(size)
    font = _font(height * 0.6, text)
    if font is None:
        return
    margin = height // 3
    shown = _cut(text, size[0] - 2 * margin, font)
    left, top = corner[0], corner[1] + size[1] - height
    board.paste(Image.new("RGB", (size[0], height)), (left, top), Image.new("L", (size[0], height), 170))
    ImageDraw.Draw(board).text((left + margin, top + height / 2), shown, INK, font, anchor="lm")


def _reason(board: "Image.Image", text: str, corner: tuple[int, int], size: tuple[int, int]) -> None:
    """Some lines in the middle of an empty cell."""
    from PIL import ImageDraw

    height = max(min(size) // 12, 14)
    font = _font(height * 0.8, text)
    if font is None:
        return
    lines, words = [""], text.split()
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= size[0] * 0.85:
            lines[-1] = longer
        else:
            lines.append(word)
    middle = (corner[0] + size[0] / 2, corner[1] + size[1] / 2)
    shown = [_cut(line, round(size[0] * 0.9), font) for line in lines[:LINES] if line]
    ImageDraw.Draw(board).multiline_text(middle, "\n".join(shown), INK, font, anchor="mm", align="center")


def _cut(text: str, width: int, font: "Font") -> str:
    """As much as the width takes."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"


_LATIN = frozenset(chr(code) for code in [*range(0x20, 0x7F), *range(0xA1, 0x17F)]) | frozenset("–—‘’“”…·×")
