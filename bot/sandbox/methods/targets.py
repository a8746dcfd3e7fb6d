"""Where a message goes: the chat and the bot's rights in it, the topic, the reply, and for whose eyes."""

from typing import Literal

from bot.sandbox import errors
from bot.sandbox.errors import Json, bad, forbidden, migrated
from bot.sandbox.methods.receiver import address_to_one
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import ADMINS, PRESENT, Chat, Message, Status
from bot.sandbox.wire import Call

Kind = Literal["messages", "photos", "documents", "animations", "videos"]
_DENIED = {
    "messages": "text messages",
    "photos": "photos",
    "documents": "documents",
    "animations": "animations",
    "videos": "videos",
}


def find_chat(box: Sandbox, chat_id: Json) -> Chat:
    """By id or @username. Raises ApiError for an unknown, upgraded or lost chat."""
    if isinstance(chat_id, str):
        wanted = chat_id.removeprefix("@").lower()
        found = (chat for chat in box.world.chats.values() if (chat.username or "").lower() == wanted)
        chat = next(found, None)
    else:
        chat = box.world.chats.get(chat_id)
    if chat is None:
        raise errors.CHAT_NOT_FOUND()
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    return chat


def writable_chat(box: Sandbox, chat_id: Json, kind: Kind = "messages") -> Chat:
    """A chat that the bot may send such messages to."""
    chat = find_chat(box, chat_id)
    if chat.person_id is not None:
        if box.world.people[chat.person_id].deactivated:
            raise forbidden("user is deactivated")
        if chat.bot_status is Status.KICKED:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    name = "group" if chat.type == "group" else f"{chat.type}"
    if chat.bot_status is Status.KICKED:
        raise forbidden(f"bot was kicked from the {name} chat")
    if chat.bot_status not in PRESENT:
        raise forbidden(f"bot is not a member of the {name} chat")
    if chat.type == "channel" and chat.bot_status not in ADMINS:
        raise bad("have no write access to the chat")
    if chat.bot_status not in ADMINS:
        for denied in ("messages", kind):
            if denied in chat.bot_denied:
                raise bad(f"not enough rights to send {_DENIED[kind]} to the chat")
    return chat


def new_message(box: Sandbox, call: Call, kind: Kind = "messages") -> tuple[Chat, Message]:
    """An empty message of the bot, addressed as the call says, not yet posted and without an id."""
    chat = writable_chat(box, call.params["chat_id"], kind)
    message = Message(0, chat.id, box.world.bot.id, box.now())
    replied = _reply(chat, call.params.get("reply_parameters"))
    message.reply_to = replied.id if replied is not None else None
    message.topic_id = _topic(chat, call.params.get("message_thread_id"), replied)
    message.keyboard = keyboard(call)
    address_to_one(box, call, chat, message)
    return chat, message


def keyboard(call: Call) -> Json:
    """The inline keyboard of the call; other keyboards are accepted and not shown."""
    markup = call.params.get("reply_markup")
    return markup if markup and markup.get("inline_keyboard") else None


def _reply(chat: Chat, parameters: Json) -> Message | None:
    if not parameters or "message_id" not in parameters:
        return None
    same_chat = parameters.get("chat_id", chat.id) in (chat.id, f"@{chat.username}")
    replied = chat.messages.get(parameters["message_id"]) if same_chat else None
    if replied is None and not parameters.get("allow_sending_without_reply"):
        raise errors.REPLY_NOT_FOUND()
    return replied


def _topic(chat: Chat, thread_id: int | None, replied: Message | None) -> int | None:
    """The topic; in a supergroup without topics a thread id is a replied-to message and makes no topic."""
    if not chat.is_forum:
        if thread_id is not None and (chat.type != "supergroup" or thread_id not in chat.messages):
            raise errors.THREAD_NOT_FOUND()
        return None
    if thread_id is None:
        thread_id = replied.topic_id if replied is not None and replied.topic_id is not None else 1
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise errors.THREAD_NOT_FOUND()
    if topic.closed and chat.bot_status not in ADMINS:
        raise errors.TOPIC_CLOSED()
    return topic.id
