"""Telegram's limits of texts, which count UTF-16 code units after entities are parsed."""

import unicodedata

TEXT_LENGTH = 4096  # of a message
CAPTION_LENGTH = 1024  # under a picture
COPY_LENGTH = 256  # of what a copy button copies
TOAST_LENGTH = 200  # of the answer to a press

_ELLIPSIS = "…"
_JOINER = "\u200d"


def units(text: str) -> int:
    """The length in UTF-16 code units: an emoji beyond the basic plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """Cuts `text` to `limit` units, the ellipsis included; "" when the limit is below 2.

    It cuts between words where possible, and never within a surrogate pair, a combined letter or a joined emoji.
    Shorten before escaping: otherwise entities would be cut.
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
    """Whether a character combines with the one before it."""
    return char == _JOINER or unicodedata.category(char) in {"Mn", "Mc", "Me"} or "\U0001f3fb" <= char <= "\U0001f3ff"
