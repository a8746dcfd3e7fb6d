"""The operator's wildcards: text files of which `__name__` in a prompt takes a line.

`animal.txt` is `__animal__`, `people/job.txt` is `__people/job__`. A line may have choices and other wildcards in it;
lines that begin with # and empty ones are left out. All files are read at the start, and bounded.
"""

import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from providers.text_file import TextFileError, read_text

NAME = re.compile(r"__([\w-]+(?:/[\w-]+)*?)__(?!\w)")
MOST_FILES = 1000
LARGEST_FILE = 1_000_000  # bytes
MOST_LINES = 100_000  # over all files
LONGEST_LINE = 500  # characters
_PATH = re.compile(r"[\w-]+(?:/[\w-]+)*")


class WildcardsError(ValueError):
    """A mistake in the folder: the message has the file and the reason."""


class Wildcards:
    """Lines by name; immutable."""

    def __init__(self, lines: Mapping[str, list[str]] | None = None) -> None:
        self._lines = {name.lower(): found for name, found in (lines or {}).items() if found}

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Reads all .txt files below the folder. Raises WildcardsError: too many, too large, no text, or names that
        lead back to themselves."""
        if not folder.is_dir():
            raise WildcardsError(f"{folder} is no folder")
        lines: dict[str, list[str]] = {}
        total = 0
        for number, path in enumerate(sorted(folder.rglob("*.txt"))):
            if number >= MOST_FILES:
                raise WildcardsError(f"{folder}: more than {MOST_FILES} files")
            name = path.relative_to(folder).with_suffix("").as_posix()
            if not _PATH.fullmatch(name):
                raise WildcardsError(f"{path}: a name has letters, digits, _ and - only")
            lines[name.lower()] = _read(path)
            total += len(lines[name.lower()])
            if total > MOST_LINES:
                raise WildcardsError(f"{path}: more than {MOST_LINES} lines in all files together")
        found = cls(lines)
        if circle := found.circle():
            raise WildcardsError(f"{folder}: goes in a circle: {' -> '.join(circle)}")
        return found

    def __len__(self) -> int:
        return len(self._lines)

    def known(self, name: str) -> bool:
        return name.lower() in self._lines

    def line(self, name: str, chance: random.Random) -> str:
        """One of its lines. Raises KeyError for a name that is not `known`."""
        return chance.choice(self._lines[name.lower()])

    def circle(self) -> list[str]:
        """Names that lead back to the first of them; [] where none do."""
        leads_to = {
            name: sorted({found.lower() for line in lines for found in NAME.findall(line) if self.known(found)})
            for name, lines in self._lines.items()
        }
        sound: set[str] = set()
        for start, first in leads_to.items():
            trail, waiting = [start], [iter(first)]
            while waiting and start not in sound:
                following = next(waiting[-1], None)
                if following is None:
                    sound.add(trail.pop())
                    waiting.pop()
                elif following in trail:
                    return [*trail[trail.index(following) :], following]
                elif following not in sound:
                    trail.append(following)
                    waiting.append(iter(leads_to[following]))
        return []


def _read(path: Path) -> list[str]:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise WildcardsError(f"{path} has {size} bytes, at most {LARGEST_FILE}")
        text = read_text(path)
    except OSError as error:
        raise WildcardsError(f"{path} cannot be read: {error.strerror or error}") from None
    except TextFileError as error:
        raise WildcardsError(f"{path}: {error}") from None
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise WildcardsError(f"{path}: line {number} has {len(line)} characters, at most {LONGEST_LINE}")
    return [line for line in lines if line and not line.startswith("#")]
