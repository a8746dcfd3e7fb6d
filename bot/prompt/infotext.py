"""A1111's `parameters`: how image tools write down what a picture was made from.

The prompt, a line `Negative prompt: ...` if there is one, and a line of pairs. The grammar is that of
`modules/infotext_utils.py` in AUTOMATIC1111/stable-diffusion-webui.
"""

import json
import re
from collections.abc import Iterable

_NEGATIVE = "Negative prompt:"
_RESERVED = (_NEGATIVE, "Steps:")
_QUOTED = re.compile(r'[,:\n"]')


def infotext(prompt: str, negative: str | None, pairs: Iterable[tuple[str, object]]) -> str:
    """The text of it. Readers take the last line for pairs only if it has three of them at least; a value None is left
    out."""
    lines = [_words(prompt)]
    if negative and (words := _words(negative)):
        lines.append(f"{_NEGATIVE} {words}")
    lines.append(", ".join(f"{key}: {_value(value)}" for key, value in pairs if value is not None))
    return "\n".join(line for line in lines if line)


def _words(text: str) -> str:
    """Nothing can be quoted in them: a line that would be read as the negative prompt goes behind the one before."""
    words = ""
    for line in (line.strip() for line in text.strip().splitlines()):
        while not words and line.startswith(_RESERVED):
            line = line.partition(":")[2].strip()
        join = " " if line.startswith(_RESERVED) else "\n"
        words = f"{words}{join}{line}" if words else line
    return words


def _value(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if _QUOTED.search(text) else text
