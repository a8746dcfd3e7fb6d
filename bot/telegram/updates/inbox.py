"""Updates as Telegram sends them: raw JSON, because an update that aiogram cannot parse must not block the others."""

import json
from typing import Any

from aiogram.methods import TelegramMethod

from storage.records import InboxUpdate

RawUpdate = dict[str, Any]  # JSON as Telegram sent it; aiogram's types check it when it is handled

# What Telegram is asked for. Edited messages: a command that is mended is meant; what it has drawn is not drawn twice.
ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "chosen_inline_result",
    "guest_message",
    "pre_checkout_query",
]
# Worth nothing a moment later, and asked again with the next letter: handled at once or never, and not stored.
INLINE_QUERY = "inline_query"

_BY_PEOPLE = frozenset(
    {"message", "edited_message", "channel_post", "callback_query", "chosen_inline_result", "guest_message"}
)


class GetUpdates(TelegramMethod[list[RawUpdate]]):
    """getUpdates that returns updates as raw JSON."""

    __returning__ = list[RawUpdate]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int
    allowed_updates: list[str]


class BadUpdate(ValueError):  # noqa: N818 - what it is
    """It is no update: not an object, or without an id."""


def inbox_row(update: object) -> InboxUpdate:
    """The inbox row of an update. Raises BadUpdate."""
    if not isinstance(update, dict):
        raise BadUpdate("an update is a JSON object")
    update_id = update.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < 2**63:
        raise BadUpdate("an update has an update_id")
    return InboxUpdate(update_id, lane_of(update), json.dumps(update, ensure_ascii=False, separators=(",", ":")))


def lane_of(update: RawUpdate) -> int:
    """The lane in which an update is handled in order: the account of the person who wrote or pressed, so that nobody
    waits for other people of the same chat; without a person, the chat; else the update is in a lane of its own."""
    for kind, content in update.items():
        if kind == "update_id" or not isinstance(content, dict):
            continue
        if kind in _BY_PEOPLE and (found := _first(_id(content, "sender_chat"), _id(content, "from"))) is not None:
            return found
        chat = _first(_id(content, "chat"), _id(content.get("message"), "chat"))
        if (found := _first(chat, _id(content, "from"))) is not None:
            return found
    lane: int = update["update_id"]
    return lane


def _first(*ids: int | None) -> int | None:
    return next((found for found in ids if found is not None), None)


def _id(holder: object, field: str) -> int | None:
    inner = holder.get(field) if isinstance(holder, dict) else None
    found = inner.get("id") if isinstance(inner, dict) else None
    return found if type(found) is int and abs(found) < 2**63 else None
