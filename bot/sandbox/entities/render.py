"""Text and entities into HTML that is safe to put into the page: everything escaped, only known tags."""

from html import escape
from itertools import pairwise

from bot.sandbox.entities.units import cut, indices
from bot.sandbox.errors import JsonObject

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}

_BLOCK_ENDS = frozenset({"</blockquote>", "</pre>"})


def render(text: str, entities: list[JsonObject]) -> str:
    """Partly overlapping entities are closed and opened again, so the tags always nest."""
    at = indices(text)
    spans = [
        (at[entity["offset"]], at[entity["offset"] + entity["length"]], *tags)
        for entity in entities
        if entity["offset"] in at and entity["offset"] + entity["length"] in at and (tags := _tags(text, entity))
    ]
    bounds = sorted({0, len(text), *(span[0] for span in spans), *(span[1] for span in spans)})
    out: list[str] = []
    opened: list[tuple[int, int, str, str]] = []
    for begin, end in pairwise(bounds):
        wanted = [span for span in spans if span[0] <= begin and span[1] >= end]
        keep = 0
        while keep < min(len(opened), len(wanted)) and opened[keep] == wanted[keep]:
            keep += 1
        closed = [span[3] for span in reversed(opened[keep:])]
        out += closed
        out += [span[2] for span in wanted[keep:]]
        opened = wanted
        words = text[begin:end]
        # A block ends its line: clients show no empty one for the newline behind it.
        out.append(escape(words.removeprefix("\n") if not _BLOCK_ENDS.isdisjoint(closed) else words))
    return "".join([*out, *(span[3] for span in reversed(opened))])


def _tags(text: str, entity: JsonObject) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind in ("url", "text_link"):
        url = entity.get("url") or cut(text, entity["offset"], entity["length"])
        if not url.startswith(("http://", "https://")):
            return None
        return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">', "</a>"
    return _TAGS.get(kind)
