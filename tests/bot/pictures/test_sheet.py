"""The mosaic: every picture is on it, in order, whole and numbered."""

import io

import pytest
from PIL import Image

from bot.pictures.sheet import EMPTY, GROUND, GUTTER, ON_ONE, SHEET_SIDE, grid, sheet, sheets_of

COLORS = ["red", "lime", "blue", "yellow", "cyan", "magenta", "white", "orange", "purple"]


def picture(color: str, size: tuple[int, int] = (256, 256), mode: str = "RGB") -> bytes:
    body = io.BytesIO()
    Image.new("RGB", size, color).convert(mode).save(body, "PNG")
    return body.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    return image.convert("RGB")


def near(image: Image.Image, at: tuple[float, float], color: str | tuple[int, int, int]) -> bool:
    seen = image.getpixel((int(at[0]), int(at[1])))
    meant = Image.new("RGB", (1, 1), color).getpixel((0, 0))
    assert isinstance(seen, tuple)
    assert isinstance(meant, tuple)
    return all(abs(a - b) < 30 for a, b in zip(seen, meant, strict=True))


@pytest.mark.parametrize(
    ("count", "shape"),
    [
        (1, (1, 1)),
        (2, (2, 1)),
        (3, (2, 2)),
        (4, (2, 2)),
        (5, (3, 2)),
        (6, (3, 2)),
        (7, (3, 3)),
        (9, (3, 3)),
        (10, (4, 3)),
        (16, (4, 4)),
    ],
)
def test_the_grid(count: int, shape: tuple[int, int]) -> None:
    assert grid(count) == shape


@pytest.mark.parametrize("count", [0, 17])
def test_no_other_grid(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 16"):
        grid(count)


@pytest.mark.parametrize("count", [4, 9])
def test_every_picture_is_there_in_reading_order(count: int) -> None:
    board = opened(sheet([picture(color) for color in COLORS[:count]]))
    columns, rows = grid(count)
    for index in range(count):
        row, column = divmod(index, columns)
        middle = (board.width * (column + 0.5) / columns, board.height * (row + 0.5) / rows)
        assert near(board, middle, COLORS[index])
    assert near(board, (GUTTER // 2, GUTTER // 2), GROUND)


def test_the_last_row_is_centred() -> None:
    board = opened(sheet([picture(color) for color in COLORS[:3]]))
    assert near(board, (board.width / 2, board.height * 0.75), "blue")
    assert near(board, (board.width * 0.1, board.height * 0.75), GROUND)


def pixel(board: Image.Image, x: int, y: int) -> tuple[int, ...]:
    color = board.getpixel((x, y))
    assert isinstance(color, tuple)
    return color


def test_pictures_of_any_shape_are_whole() -> None:
    board = opened(sheet([picture("red", (400, 100)), picture("lime", (100, 400))]))
    seen = {pixel(board, x, y) for x in range(0, board.width, 4) for y in range(0, board.height, 4)}
    assert any(red > 200 and green < 80 for red, green, _ in seen)
    assert any(green > 200 and red < 80 for red, green, _ in seen)


def test_each_has_its_number() -> None:
    board = opened(sheet([picture("red"), picture("red")]))
    for left in (GUTTER, GUTTER + 256 + GUTTER):
        corner = board.crop((left, GUTTER, left + 40, GUTTER + 40))
        assert any(near(corner, (x, y), "white") for x in range(40) for y in range(40))


def test_large_pictures_are_scaled_and_small_ones_are_not() -> None:
    assert max(opened(sheet([picture("red", (2048, 2048))] * 4)).size) <= SHEET_SIDE
    assert opened(sheet([picture("red", (64, 64))] * 4)).size == (2 * 64 + 3 * GUTTER,) * 2


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "1"])
def test_every_mode(mode: str) -> None:
    opened(sheet([picture("white", mode=mode)] * 2))


def test_what_varies_is_written_on_the_squares() -> None:
    plain = opened(sheet([picture(color) for color in COLORS[:2]]))
    written = opened(sheet([picture(color) for color in COLORS[:2]], ["a red one", "синяя " * 40]))
    assert written.size == plain.size
    for column in (0, 1):
        left = GUTTER + column * (256 + GUTTER)
        strip = (left, GUTTER + 256 - 24, left + 256, GUTTER + 256)
        assert written.crop(strip).tobytes() != plain.crop(strip).tobytes()
        top = (left, GUTTER + 100, left + 256, GUTTER + 200)
        assert near(written, (left + 128, GUTTER + 150), COLORS[column])
        assert written.crop(top).getextrema() == plain.crop(top).getextrema()


def test_a_square_without_a_picture_says_why() -> None:
    board = opened(sheet([picture("red"), picture("lime")], ["A", "B", "C"], [[1, "the model refused " * 30]]))
    assert board.size == opened(sheet([picture("red")] * 3)).size
    assert near(board, (GUTTER + 128, GUTTER + 128), "red")
    assert near(board, (2 * GUTTER + 256 + 20, GUTTER + 20), EMPTY)
    assert near(board, (board.width / 2, 2 * GUTTER + 256 + 128), "lime")


def test_letters_that_no_font_has_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pictures.sheet.FONT", "NoSuchFont.ttf")
    assert sheet([picture("red")] * 2, ["狐", "狐"]) == sheet([picture("red")] * 2)


def test_more_than_nine_are_spread_evenly() -> None:
    sizes = {count: [part.stop - part.start for part in sheets_of(count)] for count in range(1, 17)}
    assert sizes[9] == [9]
    assert (sizes[10], sizes[13], sizes[16]) == ([5, 5], [7, 6], [8, 8])
    for count, each in sizes.items():
        assert sum(each) == count
        assert max(each) <= ON_ONE


def test_the_numbers_of_a_second_sheet_go_on() -> None:
    assert sheet([picture("red")] * 2, first=1) != sheet([picture("red")] * 2, first=9)


def test_a_sheet_of_failures_alone() -> None:
    board = opened(sheet([], ["A", "B"], [[0, "no"], [1, "no"]]))
    assert board.size == (2 * 512 + 3 * GUTTER, 512 + 2 * GUTTER)
