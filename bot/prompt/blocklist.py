"""The operator's blocked words.

A text file with one word or phrase per line; lines that begin with # are comments. Whole words are compared, ignoring
case and the characters between the words of a phrase, in any script. `ё` counts as `е`.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from providers.text_file import read_text

_WORD = re.compile(r"[^\W_]+")


class BlockedWords:
    """A set of blocked phrases; immutable."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            if words := tuple(_words(phrase)):
                self._by_first.setdefault(words[0], []).append(words)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads the file. Raises OSError, and TextFileError (a ValueError) when it is no text."""
        lines = read_text(path).splitlines()
        return cls(line for line in lines if not line.lstrip().startswith("#"))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def found_in(self, text: str) -> bool:
        if not self._by_first:
            return False
        words = _words(text)
        return any(
            tuple(words[at : at + len(phrase)]) == phrase
            for at, word in enumerate(words)
            for phrase in self._by_first.get(word, ())
        )


def _words(text: str) -> list[str]:
    """The words of a text, without differences of case, width and invisible marks."""
    seen = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return _WORD.findall(seen.casefold().replace("ё", "е"))
