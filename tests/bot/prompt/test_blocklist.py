"""The operator's list of words."""

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("text", ["", "Gorecki at the piano", "a head, severed", "ёлками", "not here", "a fox"])
def test_parts_of_words_and_comments_do_not_count(words: BlockedWords, text: str) -> None:
    assert not words.found_in(text)


def test_without_a_list_nothing_is_blocked() -> None:
    assert not BlockedWords()
    assert not BlockedWords().found_in("gore")
    assert not BlockedWords(["", " - "])
