"""What Telegram finds in plain text by itself: commands, mentions, hashtags, links, e-mail addresses."""

import re

from bot.sandbox.entities.units import length_of
from bot.sandbox.errors import JsonObject

_PATTERN = re.compile(
    r"(?P<url>https?://[^\s<>\"']*[^\s<>\"'.,:;!?)\]])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z0-9_]{4,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#&])#\w*[^\W\d]\w*)"
)
# Inside these nothing is found; formatting such as bold may surround a command.
_OPAQUE = {"code", "pre", "text_link", "text_mention", "url", "custom_emoji"}


def detect(text: str, given: list[JsonObject]) -> list[JsonObject]:
    """The entities that are in `text` and that `given` does not cover."""
    if not any(sign in text for sign in "/@#"):
        return []
    covered = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _OPAQUE]
    known = {(e["type"], e["offset"], e["length"]) for e in given}
    found: list[JsonObject] = []
    for match in _PATTERN.finditer(text):
        start, length = length_of(text[: match.start()]), length_of(match[0])
        if any(start < end and start + length > begin for begin, end in covered):
            continue
        if (match.lastgroup, start, length) not in known:
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    return found
