"""Edits and deletion of messages that one member of a group alone sees (Bot API 10.2)."""

from bot.sandbox import errors
from bot.sandbox.errors import Json
from bot.sandbox.methods import editing
from bot.sandbox.methods.targets import writable_chat
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Chat, Message
from bot.sandbox.wire import Call


async def edit_text(box: Sandbox, call: Call) -> Json:
    await editing.apply_text(box, *_find(box, call), call)
    return True


async def edit_caption(box: Sandbox, call: Call) -> Json:
    await editing.apply_caption(box, *_find(box, call), call)
    return True


async def edit_media(box: Sandbox, call: Call) -> Json:
    await editing.apply_media(box, *_find(box, call), call)
    return True


async def edit_reply_markup(box: Sandbox, call: Call) -> Json:
    await editing.apply_reply_markup(box, *_find(box, call), call)
    return True


async def delete(box: Sandbox, call: Call) -> Json:
    chat, message = _find(box, call)
    box.remove(chat, message)
    return True


def _find(box: Sandbox, call: Call) -> tuple[Chat, Message]:
    chat = writable_chat(box, call.params["chat_id"])
    message = chat.ephemeral.get(call.params["ephemeral_message_id"])
    if message is None or message.ephemeral_for != call.params["receiver_user_id"]:
        raise errors.EDIT_NOT_FOUND()
    return chat, message
