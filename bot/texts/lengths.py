"""Telegram counts a text's length in UTF-16 code units, after its entities are parsed: so do we."""

import unicodedata

TEXT_LENGTH = 4096  # of a message
CAPTION_LENGTH = 1024  # under a picture
COPY_LENGTH = 256  # of what a copy button copies
TOAST_LENGTH = 200  # of the answer to a press

_ELLIPSIS = "…"
_JOINER = "\u200d"


def units(text: str) -> int:
    """UTF-16 code units: an emoji beyond the basic plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` units, an ellipsis in place of what was cut; "" when there is no room at all.

    It is cut between words where one ends near, never within a surrogate pair, a combined letter or a joined emoji.
    Cut first and escape then: the other way round would cut entities apart.
    """
    if units(text) <= limit:
        return text
    if limit < 2:
        return ""
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    following = text[len(kept) :]
    while kept and following and (_joins(following[0]) or kept[-1] == _JOINER):
        following = kept[-1] + following
        kept = kept[:-1]
    word_end = max(kept.rfind(" "), kept.rfind("\n"))
    if word_end > len(kept) * 3 // 4:
        kept = kept[:word_end]
    return kept.rstrip() + _ELLIPSIS


def _joins(char: str) -> bool:
    """It belongs to the character before it."""
    return char == _JOINER or unicodedata.category(char) in {"Mn", "Mc", "Me"} or "\U0001f3fb" <= char <= "\U0001f3ff"
