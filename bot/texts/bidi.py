"""Right-to-left texts: Latin names, numbers and commands in them are isolated, so that they read in order.

The marks are those of Unicode's bidirectional algorithm (UAX 9): FSI and PDI around what has a direction of its own,
RLM in front of a line that would otherwise be laid out from left to right. Translators never write them. They stand
outside `<code>`, so that what is copied or typed again has none, and never within a tag.
"""

import re
import unicodedata
from collections.abc import Iterable

FSI, PDI = "\u2068", "\u2069"  # first strong isolate, pop directional isolate
RLM = "\u200f"  # right-to-left mark

_STRONG = frozenset({"L", "R", "AL"})
_TAG = re.compile(r"(<[^>]*>)")
_MARK = re.compile(f"([{FSI}{PDI}])")
_MARKS = {ord(FSI): None, ord(PDI): None}
# What begins with a neutral sign, which would move to the other end of the word: /history, --seed, @name.
_COMMAND = re.compile(r"(?<![\w/@-])(?:[/@]|--?)[A-Za-z]\w*")


def isolated(text: str) -> str:
    """Plain text, in which Fluent has isolated the values."""
    return _begun_from_the_right(_commands(text, 0)[0])


def isolated_html(text: str) -> str:
    """Telegram HTML, in which Fluent has isolated the values."""
    parts: list[str] = []
    depth, in_code, added = 0, False, False
    for part in _TAG.split(text):
        if part.startswith("<"):
            tag = part.translate(_MARKS)
            if tag == "<code>":
                in_code, added = True, not parts or not parts[-1].endswith(FSI)
                tag = FSI + tag if added else tag
            elif tag == "</code>":
                in_code, tag = False, tag + PDI if added else tag
            parts.append(tag)
        elif in_code:
            parts.append(part.translate(_MARKS))
        elif part:
            shown, depth = _commands(part, depth)
            parts.append(shown)
    return _begun_from_the_right("".join(parts))


def joined(parts: Iterable[str], between: str) -> str:
    """Parts of a line, each with a direction of its own, from right to left."""
    line = between.join(f"{FSI}{part}{PDI}" for part in parts)
    return RLM + line if line else ""


def _commands(text: str, depth: int) -> tuple[str, int]:
    """`text` with its commands isolated, except in values, and how many isolates are open after it."""
    parts: list[str] = []
    for part in _MARK.split(text):
        if part == FSI:
            depth += 1
        elif part == PDI:
            depth = max(0, depth - 1)
        elif depth == 0:
            part = _COMMAND.sub(lambda match: f"{FSI}{match[0]}{PDI}", part)
        parts.append(part)
    return "".join(parts), depth


def _begun_from_the_right(text: str) -> str:
    """Marks each line with isolates that a client might lay out from left to right."""
    return "\n".join(
        RLM + line if FSI in line and not _runs_from_the_right(line) else line for line in text.split("\n")
    )


def _runs_from_the_right(line: str) -> bool:
    """By its first letter outside isolates (UAX 9, P2), and by its first letter at all, where some clients look."""
    first, depth = "", 0
    for char in _TAG.sub("", line):
        if char == FSI:
            depth += 1
        elif char == PDI:
            depth = max(0, depth - 1)
        elif (direction := unicodedata.bidirectional(char)) in _STRONG:
            first = first or direction
            if depth == 0:
                return first != "L" and direction != "L"
    return False
