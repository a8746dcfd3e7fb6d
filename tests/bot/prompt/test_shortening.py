"""Long words cut where it hurts least, and refusals that are about length."""

import pytest

from bot.prompt.shortening import complains_of_length, shortened


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("a fox", 10, "a fox"),
        ("  a fox  ", 5, "a fox"),
        ("A fox in snow. A bird on it, and more", 30, "A fox in snow. A bird on it"),
        ("A fox in the deep snow. A bird on it", 30, "A fox in the deep snow."),
        ("Лиса в снегу! Птица на ней", 20, "Лиса в снегу!"),
        ("first line of it\nsecond line of it", 25, "first line of it"),
        ("a fox, a bird, a cat", 14, "a fox, a bird"),
        ("x" * 50, 20, "x" * 20),
        ("one two", 3, "one"),
    ],
)
def test_it_is_cut_at_a_sentence_or_a_word(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit) == expected


@pytest.mark.parametrize("piece", ["a fox. ", "🦊", "👩‍👩‍👧", "e\u0301", "x", "ы, ", "\n", " "])
@pytest.mark.parametrize("limit", [1, 7, 40, 2000])
def test_it_never_grows_and_never_breaks(piece: str, limit: int) -> None:
    text = piece * 2000
    short = shortened(text, limit)
    assert len(short) <= limit
    assert text.strip().startswith(short)
    assert not text.strip()[len(short) :].startswith("\u0301") or limit == 1


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("The prompt is too long: 512 tokens", True),
        ("prompt must be at most 500 characters", True),
        ("Input exceeds the limit", True),
        ("exceeded the maximum of 77 tokens", True),
        ("the width is 4096; it may be 64 to 2048", False),
        ("You have exceeded your GPU quota", False),
        ("", False),
        (None, False),
    ],
)
def test_what_is_about_length(detail: str | None, expected: bool) -> None:
    assert complains_of_length(detail) is expected
