"""Numbers, texts and lists that come from outside, read within bounds: the length first, then anything else.

Every limit of what a back-end may send stands here. The functions never raise for a wrong type or a wild value; they
answer None, an empty text or an empty list. Only `job_id` raises, because nothing works without it.
"""

import html
import math
import re
from collections.abc import Iterable
from typing import Any

from providers.errors import BadAnswer

MAX_BODY = 36_000_000  # bytes; pictures may come inline: 25 MB of them are 34 MB of base64, and an answer around it
MAX_ERROR_BODY = 100_000  # bytes of an answer that is a refusal
MAX_JSON_VALUES = 250_000  # in one document, about 100 bytes of memory each; an inline picture is one value
MAX_DIGITS = 40  # of a number; ComfyUI's seeds have 20
MAX_TEXT = 300  # characters of a message in a log or a card
MAX_RAW = 4000  # characters of somebody else's text that are looked at for it
MAX_ID = 1000  # characters of a job's id, which is stored; BFL's is a URL
MAX_TICKET = 4000  # characters of all that resuming a job needs
MAX_WAIT = 7 * 86_400.0  # seconds that a back-end may ask us to wait
MAX_EVENT_LINES = 10_000  # `data:` lines of one server-sent event
MAX_IMAGES = 64  # pictures of one answer

# Nothing that moves a terminal's cursor, rings its bell or turns text around; lone surrogates cannot be encoded.
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_JOINERS = "\u200c\u200d"  # of letters and of emoji
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_SECONDS = re.compile(r"[0-9]{1,7}(\.[0-9]{1,9})?")
# What Telegram makes links of: mentions, hashtags, commands, and names with a dot before letters (also in addresses).
_LINKS = re.compile(r"(?<![\w@#/])([@#/])(?=\w)|(?<=\w)([.])(?=[^\W\d_])|(:)(?=//)")
_JOINER = "\u2060"  # WORD JOINER: has no width, allows no line break, and ends a link


def number(value: object, low: float = -math.inf, high: float = math.inf) -> float | None:
    """A finite number of JSON within `low` to `high`; None for anything else, also for true, false and texts."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) and low <= found <= high else None


def whole(value: object, low: int = -(10**MAX_DIGITS), high: int = 10**MAX_DIGITS) -> int | None:
    """A whole number of JSON (2.0 is one) within `low` to `high`, else None."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if low <= value <= high else None
    found = number(value, low, high)
    return int(found) if found is not None and found.is_integer() else None


def fraction(value: object) -> float | None:
    """Progress as a number from 0 to 1; None when it is no number, more than 1 counts as 1."""
    found = number(value, 0)
    return None if found is None else min(found, 1.0)


def seconds(value: object) -> float | None:
    """A wait in seconds, from a number or from the text of a header such as Retry-After; at most a week, else None."""
    if isinstance(value, str):
        text = value[:20].strip()
        return seconds(float(text)) if _SECONDS.fullmatch(text) else None
    return number(value, 0, MAX_WAIT)


def text(value: object, limit: int = MAX_RAW) -> str:
    """A text, cut at `limit` characters; empty for anything that is none."""
    return value[:limit] if isinstance(value, str) else ""


def plain(value: object, limit: int = MAX_TEXT) -> str:
    """Somebody else's words, fit for a log and a card: one line, at most `limit` characters, without tags, control
    characters and characters that turn the direction of text. Empty for anything that is no text.
    """
    raw = text(value)
    if "<" in raw or "&" in raw:
        raw = html.unescape(_TAG.sub(" ", raw))
    if not raw.isascii():
        raw = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _INVISIBLE.sub("", raw))
    if not raw.isprintable():
        raw = "".join(char if char.isprintable() or char in _JOINERS else " " for char in raw)
    return " ".join(raw.split())[:limit].rstrip()


def unlinked(words: str) -> str:
    """Words in which Telegram finds no address, mention, hashtag or command to make a link of."""
    return _LINKS.sub(lambda found: found[0] + _JOINER, words)


def job_id(value: object) -> str:
    """What a job is known by: a text or a whole number, printable, without spaces, at most MAX_ID characters.

    Raises BadAnswer for anything else.
    """
    found = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(found, str) or not 0 < len(found) <= MAX_ID or not found.isprintable() or " " in found:
        raise BadAnswer("the job was taken, but its id is missing or none that can be kept")
    return found


def is_ticket(value: str) -> bool:
    """Whether a ticket can be stored: printable, of at most MAX_TICKET characters."""
    return 0 < len(value) <= MAX_TICKET and value.isprintable()


def entries(value: object, limit: int = MAX_IMAGES) -> list[dict[str, Any]]:  # whose fields the caller checks
    """The objects of a JSON list, at most `limit` of them; empty for anything that is no list."""
    return [each for each in value[:limit] if isinstance(each, dict)] if isinstance(value, list) else []


def texts(value: object, limit: int = MAX_IMAGES) -> list[str]:
    """The texts of a JSON list that are not empty, at most `limit` of them; empty for anything that is no list."""
    return [each for each in value[:limit] if isinstance(each, str) and each] if isinstance(value, list) else []


def names_of(names: Iterable[object], limit: int = 10) -> str:
    """Names that a back-end listed, for a message: at most `limit`, "none" where there is none."""
    found: list[str] = []
    for name in names:
        if len(found) == limit:
            found.append("...")
            break
        if words := plain(name, 60):
            found.append(words)
    return ", ".join(found) or "none"
