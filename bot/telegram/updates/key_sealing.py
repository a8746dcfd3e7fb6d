"""Keeps keys out of the inbox in readable form: the key after /key is encrypted before the update is stored.

The command's argument (a model and a key) is replaced by ciphertext, or by nothing if own keys are off. The handler
decrypts it. In messages that the update quotes (`reply_to_message`) it is removed.
"""

import re
from typing import Any

from bot.secret_box import SecretBox

RawMessage = dict[str, Any]  # JSON as Telegram sent it
COMMAND = re.compile(r"\s*(/key(?:@[A-Za-z0-9_]{1,64})?)(?![A-Za-z0-9_@])(.*)", re.IGNORECASE | re.DOTALL)
PURPOSE = "command"
_WORDS = ("text", "caption")


class KeySealing:
    """`box` None: own keys are off."""

    def __init__(self, box: SecretBox | None) -> None:
        self._box = box

    def __call__(self, update: object) -> object:
        """The update as it may be stored. Never raises; anything that is no update is returned unchanged."""
        if not isinstance(update, dict):
            return update
        changed = dict(update)
        for kind in ("message", "edited_message", "callback_query"):
            if isinstance(content := update.get(kind), dict):
                changed[kind] = self._sealed(content)
        return changed

    def _sealed(self, message: RawMessage) -> RawMessage:
        found = _redacted(message, self._box)
        for quoting in ("reply_to_message", "message"):  # the latter: whose button was pressed
            if isinstance(quoted := message.get(quoting), dict):
                found = {**found, quoting: self._sealed(_redacted(quoted, None))}
        return found


def _redacted(message: RawMessage, box: SecretBox | None) -> RawMessage:
    for words in _WORDS:
        text = message.get(words)
        if isinstance(text, str) and (said := COMMAND.fullmatch(text)) is not None:
            argument = said[2].strip()
            sealed = f" {box.seal(argument, purpose=PURPOSE)}" if argument and box is not None else ""
            entities = "entities" if words == "text" else "caption_entities"
            kept = [one for one in message.get(entities, ()) if isinstance(one, dict) and one.get("offset") == 0]
            redacted = {**message, words: said[1] + sealed, entities: kept}
            redacted.pop("quote", None)
            return redacted
    return message
