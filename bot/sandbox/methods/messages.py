"""Text messages, deletions and reactions."""

from bot.sandbox import errors, views
from bot.sandbox.entities import format_text, length_of
from bot.sandbox.errors import Json, JsonObject, bad
from bot.sandbox.methods.targets import Kind, find_chat, new_message, writable_chat
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import ADMINS, Chat, Message
from bot.sandbox.wire import Call

_TEXT, _CAPTION = 4096, 1024
_DELETABLE_SECONDS = 48 * 3600


async def send_message(box: Sandbox, call: Call) -> Json:
    chat, message = new_message(box, call)
    message.text, message.entities = text_of(call.params)
    box.world.number(chat, message)
    return views.message(box.world, box.post(chat, message))


async def copy_message(box: Sandbox, call: Call) -> Json:
    """A copy without its origin; captions of its own are accepted and not shown."""
    source = find_chat(box, call.params["from_chat_id"])
    copied = source.messages.get(call.params["message_id"])
    if copied is None:
        raise bad("message to copy not found")
    if copied.service is not None or copied.invoice_payload is not None:
        raise bad("message can't be copied")
    kind: Kind = "photos" if copied.photo else "documents" if copied.document else "messages"
    if copied.animation is not None or copied.video is not None:
        kind = "animations" if copied.animation is not None else "videos"
    chat, message = new_message(box, call, kind)
    message.text, message.entities, message.photo = copied.text, copied.entities, copied.photo
    message.document, message.spoiler, message.caption_above = copied.document, copied.spoiler, copied.caption_above
    message.animation, message.video = copied.animation, copied.video
    message.extra = {name: value for name, value in copied.extra.items() if not name.startswith("forward")}
    box.world.number(chat, message)
    return {"message_id": box.post(chat, message).id}


async def send_message_draft(box: Sandbox, call: Call) -> Json:
    """A draft vanishes by itself and is no message: the page shows that the bot is at work."""
    chat = writable_chat(box, call.params["chat_id"])
    if chat.type != "private":
        raise bad("TEXTDRAFT_PEER_INVALID")
    if call.integer("draft_id") == 0:
        raise bad("draft identifier must be non-zero")
    format_text(call.params.get("text", ""), call.params.get("parse_mode"))  # only checked
    box.events.add("typing", chat_id=chat.id, action="typing", until=box.now() + 30)
    return True


def text_of(params: JsonObject) -> tuple[str, list[JsonObject]]:
    """The text of a call after parsing. Raises ApiError when it is empty or too long."""
    text, entities = format_text(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text:
        raise errors.TEXT_EMPTY()
    if length_of(text) > _TEXT:
        raise errors.TEXT_TOO_LONG()
    return text, entities


def caption_of(params: JsonObject) -> tuple[str, list[JsonObject]]:
    """The caption of a call, or of one item of `media`; empty when there is none."""
    caption = params.get("caption", "")
    text, entities = format_text(caption, params.get("parse_mode"), params.get("caption_entities"))
    if length_of(text) > _CAPTION:
        raise errors.CAPTION_TOO_LONG()
    return text, entities


def _deletable(box: Sandbox, chat: Chat, message: Message) -> bool:
    own = message.sender_id == box.world.bot.id
    allowed = own or chat.type == "private" or chat.bot_status in ADMINS
    return allowed and box.now() - message.date <= _DELETABLE_SECONDS


async def delete_message(box: Sandbox, call: Call) -> Json:
    chat = find_chat(box, call.params["chat_id"])
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise errors.DELETE_NOT_FOUND()
    if not _deletable(box, chat, message):
        raise errors.CANT_DELETE()
    box.remove(chat, message)
    return True


async def delete_messages(box: Sandbox, call: Call) -> Json:
    """Those that can be; the others are skipped without a word."""
    chat = find_chat(box, call.params["chat_id"])
    for message_id in call.params["message_ids"]:
        message = chat.messages.get(message_id)
        if message is not None and _deletable(box, chat, message):
            box.remove(chat, message)
    return True


async def set_message_reaction(box: Sandbox, call: Call) -> Json:
    chat = writable_chat(box, call.params["chat_id"])
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad("message to react not found")
    reaction = call.params.get("reaction", [])
    if len(reaction) > 1:
        raise bad("REACTIONS_TOO_MANY")
    message.reactions.pop(box.world.bot.id, None)
    if reaction:
        message.reactions[box.world.bot.id] = reaction
    box.changed(chat, message)
    return True
