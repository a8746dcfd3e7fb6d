"""Text files that people write by hand (`.env`, models.toml, lists of words), read as their editors save them.

UTF-8 with or without a byte order mark, UTF-16 (what Windows editors call "Unicode"), any line ends. A file in another
encoding, or with a character that nobody types on purpose, is refused with the line and the character.
"""

import codecs
import unicodedata
from pathlib import Path

LARGEST = 1_000_000  # bytes; written by hand, a file has a few thousand

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ALLOWED = frozenset("\t\n\f")
# Format characters that change how text looks without being seen; U+FEFF is a byte order mark in the middle of a file.
_INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


class TextFileError(ValueError):
    """The file is no text that can be read. The message says why and where, and never quotes a line."""


def read_text(path: Path) -> str:
    """The content with `\\n` line ends and without a byte order mark. Raises OSError and TextFileError."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TextFileError(f"is larger than {LARGEST // 1_000_000} MB")
    return decoded(data)


def decoded(data: bytes) -> str:
    """The text of a file of these bytes. Raises TextFileError."""
    text = _unicode(data).replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line, 1):
            if (unicodedata.category(char) == "Cc" and char not in _ALLOWED) or char in _INVISIBLE:
                raise TextFileError(f"line {number}, column {column}: {named(char)} is in the way; delete it")
    return text


def named(char: str) -> str:
    """How a character is told to somebody who may not see it: `U+00A0 (NO-BREAK SPACE)`."""
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'a control character')})"


def _unicode(data: bytes) -> str:
    encoding = "utf-8"
    for mark, meant in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], meant
            break
    else:
        # Without a mark: UTF-16 of mostly ASCII has a zero in every second byte.
        if data[1:2] == b"\0" and data[:1] != b"\0":
            encoding = "utf-16-le"
        elif data[:1] == b"\0" and data[1:2] != b"\0":
            encoding = "utf-16-be"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        seen = data[error.start : error.start + 1].hex().upper()
        raise TextFileError(f"line {line}: byte 0x{seen} is not {encoding.upper()}; save the file as UTF-8") from None
