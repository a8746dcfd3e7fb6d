"""Telegram's HTML: its few tags, its entities, and its complaints, which name the byte where it went wrong.

Rules and wording follow tdlib's `parse_html` (td/telegram/MessageEntity.cpp).
"""

import re
from dataclasses import dataclass, field

from bot.sandbox.entities.units import length_of
from bot.sandbox.errors import ApiError, JsonObject, bad

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_ATTRIBUTE = re.compile(r"""\s+([a-zA-Z0-9._:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_START = re.compile(r"<([^\s>/]*)")
_END = re.compile(r"</([^\s>]*)\s*>")


@dataclass
class _Open:
    tag: str
    offset: int  # UTF-16
    attributes: dict[str, str] = field(default_factory=dict)


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """The text and its entities. Raises ApiError (400, "can't parse entities: ...")."""
    parser = _Parser(source)
    parser.run()
    for entity in parser.entities:
        entity.pop("_language", None)
    return "".join(parser.text), parser.entities


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.size = 0  # UTF-16 length of what is in text
        self.entities: list[JsonObject] = []
        self.open: list[_Open] = []

    def run(self) -> None:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                self._end_tag() if self.source.startswith("</", self.at) else self._start_tag()
            elif char == "&" and (match := _REFERENCE.match(self.source, self.at)):
                self._append(_resolve(match))
                self.at = match.end()
            else:
                self._append(char)
                self.at += 1
        if self.open:
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].tag}\"")

    def _append(self, text: str) -> None:
        self.text.append(text)
        self.size += length_of(text)

    def _fail(self, what: str, tail: str = "") -> ApiError:
        offset = len(self.source[: self.at].encode())
        return bad(f"can't parse entities: {what} at byte offset {offset}{tail}")

    def _start_tag(self) -> None:
        match = _START.match(self.source, self.at)
        tag = match[1].lower() if match else ""
        if match is None or tag not in _TYPES:
            raise self._fail(f'Unsupported start tag "{tag}"')
        at, attributes = match.end(), {}
        while found := _ATTRIBUTE.match(self.source, at):
            value = found[2] or found[3] or found[4] or ""
            attributes[found[1].lower()] = _REFERENCE.sub(_resolve, value)
            at = found.end()
        closing = re.compile(r"\s*>").match(self.source, at)
        if closing is None:
            raise self._fail("Unclosed start tag")
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"')
        self.open.append(_Open(tag, self.size, attributes))
        self.at = closing.end()

    def _end_tag(self) -> None:
        match = _END.match(self.source, self.at)
        if match is None:
            raise self._fail("Unclosed end tag")
        if not self.open:
            raise self._fail("Unexpected end tag")
        opened = self.open.pop()
        if match[1].lower() not in ("", opened.tag):
            raise self._fail("Unmatched end tag", f', expected "</{opened.tag}>", found "</{match[1]}>"')
        self.at = match.end()
        length = self.size - opened.offset
        if length:
            self._close(opened, length)

    def _close(self, opened: _Open, length: int) -> None:
        entity: JsonObject = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": length}
        attributes = opened.attributes
        if opened.tag == "a":
            entity["url"] = attributes.get("href") or "".join(self.text)[-length:]
            if not re.match(r"(?:https?|tg|mailto|tel):", entity["url"]):
                return  # Telegram keeps the text of a link that leads nowhere, and drops the link
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        elif opened.tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and attributes.get("class", "").startswith("language-"):
            entity["_language"] = attributes["class"].removeprefix("language-")
        elif opened.tag == "pre":
            self._take_language(entity)
        self.entities.append(entity)

    def _take_language(self, pre: JsonObject) -> None:
        """<pre><code class="language-x"> is one entity."""
        last = self.entities[-1] if self.entities else None
        if last and "_language" in last:
            self.entities.pop()
            if (last["offset"], last["length"]) == (pre["offset"], pre["length"]):
                pre["language"] = last["_language"]


def _resolve(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if valid else match[0]
