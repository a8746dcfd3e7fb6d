"""The operator's blocked words.

A text file with a word or a phrase a line; what begins with # is a comment. Whole words are compared, in any
case and script, whatever stands between those of a phrase. `ё` counts as `е`. Accents, strokes and letters of other
scripts that look alike hide no word: `h̶i̶d̶e` and `hіdе` with two Cyrillic letters are `hide`.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Self

from providers.text_file import read_text

LONGEST = 20_000  # characters of a text
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05"
    "\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f\u3164\uffa0"
)
_DIRECTION = "\u200e\u200f"  # marks around right-to-left characters in the data


class BlockedWords:
    """A set of blocked phrases; immutable."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        # As `_readings` reads them: a text is compared with each reading in its own way.
        self._by_first: tuple[dict[str, list[tuple[str, ...]]], ...] = ({}, {})
        for phrase in phrases:
            for known, words in zip(self._by_first, _readings(phrase), strict=True):
                if words:
                    known.setdefault(words[0], []).append(tuple(words))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads the file. Raises OSError, and TextFileError (a ValueError) when it is no text."""
        lines = read_text(path).splitlines()
        return cls(line for line in lines if not line.lstrip().startswith("#"))

    def __bool__(self) -> bool:
        return any(self._by_first)

    def found_in(self, text: str) -> bool:
        """Whether one of the phrases is in the first 20,000 characters; nothing longer is ever drawn."""
        if not self:
            return False
        return any(
            tuple(words[at : at + len(phrase)]) == phrase
            for known, words in zip(self._by_first, _readings(text), strict=True)
            for at, word in enumerate(words)
            for phrase in known.get(word, ())
        )


def _readings(text: str) -> list[list[str]]:
    """The words of a text, without case, width, marks, and differences that nobody sees: with its letters as they are
    in lower case, and with letters of other scripts as the Latin ones that they look like before that, because other
    ones look alike in upper case (`Н` and `H`)."""
    plain = _without_marks(text[:LONGEST])
    latin = "".join(char if char.isascii() else _alike(char) for char in plain)
    return [_split(_alike(plain.casefold())), _split(latin.casefold())]


def _split(text: str) -> list[str]:
    """At everything that is no letter, digit, or sign of a vowel."""
    return "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text).split()


def _without_marks(text: str) -> str:
    """Decomposed by compatibility, without what joins or overlays other characters. Vowel signs of Indian scripts and
    the like are letters of their own and stay."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not _is_mark(char))


def _is_mark(char: str) -> bool:
    if unicodedata.category(char) in {"Cf", "Me"} or char in _UNSEEN:
        return True
    combining = unicodedata.combining(char)  # 1: overlays; from 200 on: above, below, and beside a letter
    return combining == 1 or combining >= 200


def _alike(text: str) -> str:
    return text.translate(_classes())


@cache
def _classes() -> dict[int, str]:
    """Each character that looks like others, as one of those, the same for all (Unicode's confusables, UTS 39)."""
    from confusable_homoglyphs.confusables import confusables_data  # 6 MB, which a bot without blocked words spares

    chosen: dict[str, str] = {}

    def root(char: str) -> str:
        while (parent := chosen.get(char, char)) != char:
            char = parent
        return char

    for char, others in confusables_data.items():
        for other in others:
            pair = char.strip(_DIRECTION), str(other["c"]).strip(_DIRECTION)
            if all(len(side) == 1 and side.isalnum() for side in pair):
                first, second = sorted(map(root, pair), key=lambda side: (not side.isalpha(), not side.islower(), side))
                chosen[second] = first
    return {ord(char): root(char) for char in chosen}
