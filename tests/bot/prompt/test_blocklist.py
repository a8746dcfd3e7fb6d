"""The operator's list of words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.prompt.blocklist import BlockedWords

LIST = """# Not here.
gore
severed head
Ёлка
  # also a comment

naïve
"""


@pytest.fixture
def words(tmp_path: Path) -> BlockedWords:
    file = tmp_path / "words.txt"
    file.write_text("\ufeff" + LIST, encoding="utf-8")
    return BlockedWords.read(file)


@pytest.mark.parametrize(
    "text",
    [
        "Gore, please",
        "a GORE-fest",
        "g\u200bore",
        "ｇｏｒｅ",
        "some_gore_here",
        "a severed\nhead",
        "a severed, head",
        "наряжаем елка",
        "ЁЛКА",
        "nai\u0308ve",
    ],
)
def test_whole_words_in_any_case_and_script(words: BlockedWords, text: str) -> None:
    assert words.found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "g\u0336o\u0336r\u0336e\u0336",  # struck through
        "g\u20e0ore",  # enclosed
        "g\u00f6r\u00e9",
        "g\u034fo\ufe0fre",
        "g\u043er\u0435",  # Cyrillic o and e
        "G\u041eRE",
        "\U0001d420\U0001d428\U0001d42b\U0001d41e",  # mathematical
        "a sev\u0435red h\u0435ad",
        "\u0451\u043b\u043aa",  # a Latin a in a Russian word
    ],
)
def test_letters_that_look_alike_and_marks_hide_nothing(words: BlockedWords, text: str) -> None:
    assert words.found_in(text)


def test_words_that_only_share_letters_with_a_blocked_one_pass() -> None:
    words = BlockedWords(["fall", "\u0928\u0930"])
    assert not words.found_in("FAIL to fail, file and fill")
    assert not words.found_in("\u0928\u0930\u0940")  # a vowel sign makes another word of it


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert not BlockedWords(["gore"]).found_in(text) or len(text) >= 4


@pytest.mark.parametrize("text", ["", "Gorecki at the piano", "a head, severed", "ёлками", "not here", "a fox"])
def test_parts_of_words_and_comments_do_not_count(words: BlockedWords, text: str) -> None:
    assert not words.found_in(text)


def test_without_a_list_nothing_is_blocked() -> None:
    assert not BlockedWords()
    assert not BlockedWords().found_in("gore")
    assert not BlockedWords(["", " - "])
