"""Text with entities: parsed as Telegram parses it, found as Telegram finds it, rendered for the page.

Offsets and lengths are in UTF-16 code units, as everywhere in the Bot API.
"""

from bot.sandbox.entities.detect import detect
from bot.sandbox.entities.html import parse_html
from bot.sandbox.entities.units import length_of
from bot.sandbox.errors import JsonObject, bad

__all__ = ["format_text", "length_of"]


def format_text(
    text: str, parse_mode: str | None = None, entities: list[JsonObject] | None = None
) -> tuple[str, list[JsonObject]]:
    """The text that is shown and its entities, trimmed, with commands, mentions and links found.

    Raises ApiError (400) for markup that Telegram cannot parse and for modes that it or the sandbox lacks.
    """
    given = list(entities or ())
    if parse_mode:
        if parse_mode.lower() != "html":
            known = parse_mode.lower() in ("markdown", "markdownv2")
            raise bad("the sandbox knows parse_mode HTML only" if known else "unsupported parse_mode")
        text, given = parse_html(text)
    text, given = _trim(text, given)
    return text, sorted(given + detect(text, given), key=lambda entity: (entity["offset"], -entity["length"]))


def _trim(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Without white space around, and the entities moved along; those that end up empty are gone."""
    kept = text.lstrip(" \n\t\r")
    cut = length_of(text) - length_of(kept)
    kept = kept.rstrip()
    size = length_of(kept)
    moved: list[JsonObject] = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, size)
        if start < end:
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, moved
