"""Edits: text, caption, media (text into a photo, too) and keyboards. Nothing changed is an error, as in Telegram."""

from bot.sandbox import errors, views
from bot.sandbox.errors import Json, bad
from bot.sandbox.methods.media import KINDS, MEDIA, fill
from bot.sandbox.methods.messages import caption_of, text_of
from bot.sandbox.methods.targets import find_chat, keyboard, writable_chat
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Chat, Message
from bot.sandbox.wire import Call


async def edit_text(box: Sandbox, call: Call) -> Json:
    chat, message = _editable(box, call)
    return await apply_text(box, chat, message, call)


async def edit_caption(box: Sandbox, call: Call) -> Json:
    chat, message = _editable(box, call)
    return await apply_caption(box, chat, message, call)


async def edit_media(box: Sandbox, call: Call) -> Json:
    chat, message = _editable(box, call)
    if message.inline_id is not None:
        if call.uploads:  # a file id or a URL only
            raise errors.WRONG_FILE()
        return await apply_media(box, chat, message, call)
    writable_chat(box, chat.id, KINDS.get(call.params["media"]["type"], "documents"))
    return await apply_media(box, chat, message, call)


async def edit_reply_markup(box: Sandbox, call: Call) -> Json:
    chat, message = _editable(box, call)
    return await apply_reply_markup(box, chat, message, call)


async def apply_text(box: Sandbox, chat: Chat, message: Message, call: Call) -> Json:
    if message.has_media:
        raise errors.NO_TEXT_TO_EDIT()
    if "text" not in call.params:
        raise errors.TEXT_EMPTY()
    text, entities = text_of(call.params)
    wanted = (text, entities, keyboard(call))
    if wanted == (message.text, message.entities, message.keyboard):
        raise errors.NOT_MODIFIED()
    message.text, message.entities, message.keyboard = wanted
    return _edited(box, chat, message)


async def apply_caption(box: Sandbox, chat: Chat, message: Message, call: Call) -> Json:
    if not message.has_media:
        raise errors.NO_CAPTION_TO_EDIT()
    text, entities = caption_of(call.params)
    wanted = (text, entities, keyboard(call))
    if wanted == (message.text, message.entities, message.keyboard):
        raise errors.NOT_MODIFIED()
    message.text, message.entities, message.keyboard = wanted
    return _edited(box, chat, message)


async def apply_media(box: Sandbox, chat: Chat, message: Message, call: Call) -> Json:
    """The file is looked at first; that the message may be gone by then is told as Telegram does."""
    filled = Message(message.id, chat.id, message.sender_id, message.date)
    await fill(box, filled, call, call.params["media"])
    shelf = chat.messages if message.ephemeral_for is None else chat.ephemeral
    if shelf.get(message.id) is not message:
        raise errors.EDIT_NOT_FOUND()
    filled.keyboard = keyboard(call)
    same = all(
        getattr(filled, name) == getattr(message, name) for name in (*MEDIA, "text", "entities", "spoiler", "keyboard")
    )
    if same:
        raise errors.NOT_MODIFIED()
    for name in (*MEDIA, "text", "entities", "spoiler", "caption_above", "keyboard"):
        setattr(message, name, getattr(filled, name))
    return _edited(box, chat, message)


async def apply_reply_markup(box: Sandbox, chat: Chat, message: Message, call: Call) -> Json:
    wanted = keyboard(call)
    if wanted == message.keyboard:
        raise errors.NOT_MODIFIED()
    message.keyboard = wanted
    return _edited(box, chat, message)


def _edited(box: Sandbox, chat: Chat, message: Message) -> Json:
    message.edit_date = box.now()
    box.changed(chat, message)
    return views.message(box.world, message) if message.inline_id is None else True


def _editable(box: Sandbox, call: Call) -> tuple[Chat, Message]:
    """The bot's own message that the call names. Raises ApiError."""
    if "inline_message_id" in call.params:
        if "chat_id" in call.params or "message_id" in call.params:
            raise errors.CHAT_NOT_FOUND()
        found = box.inline_message(call.params["inline_message_id"])
        if found is None:
            raise bad("MESSAGE_ID_INVALID")
        return found
    if "chat_id" not in call.params or "message_id" not in call.params:
        raise errors.MESSAGE_NOT_GIVEN()
    find_chat(box, call.params["chat_id"])
    chat = writable_chat(box, call.params["chat_id"])
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise errors.EDIT_NOT_FOUND()
    if message.sender_id != box.world.bot.id or message.service is not None or message.inline_id is not None:
        raise errors.CANT_EDIT()
    return chat, message
