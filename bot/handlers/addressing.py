"""Where an answer goes: to the message, in its topic; or aside, to one member of a group alone."""

from dataclasses import replace

from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message

from bot.telegram.outbox.outbox import Destination, Shown, Whisper
from bot.telegram.outbox.send_request import shown_by
from storage.records import ELSEWHERE


def place_of(message: Message) -> Destination:
    """As an answer to this message, for all to see; what all see answers nothing that they do not."""
    topic = message.message_thread_id if message.is_topic_message else None
    reply_to = message.message_id if message.ephemeral_message_id is None else None
    return Destination(message.chat.id, topic, reply_to, message.chat.type != "private")


def aside_of(message: Message) -> Destination:
    """For answers to commands other than /imagine.

    In a group only the sender sees them, so that menus do not fill the chat; someone who writes as a channel or as the
    group cannot be addressed alone, and gets an ordinary reply. In a private chat they quote nothing.
    """
    place, user = place_of(message), message.from_user
    if not place.group:
        return replace(place, reply_to=None)
    if user is None or user.is_bot or message.sender_chat is not None:
        return place
    return replace(place, whisper=Whisper(user.id, answers=message.ephemeral_message_id))


def place_below(query: CallbackQuery) -> Destination | None:
    """As an answer to the message whose button was pressed; an inline message, which can only be edited; None where it
    is neither."""
    message = query.message
    if message is None and query.inline_message_id is not None:
        return Destination(ELSEWHERE, group=True, inline=query.inline_message_id)
    if message is None:
        return None
    if isinstance(message, InaccessibleMessage):  # its topic is not told
        return Destination(message.chat.id, None, message.message_id, message.chat.type != "private")
    return place_of(message)


def aside_below(query: CallbackQuery) -> Destination | None:
    """Likewise, in a group for whoever pressed alone."""
    place = place_below(query)
    if place is None or not place.group or place.inline is not None:
        return place
    return replace(place, whisper=Whisper(query.from_user.id, query_id=query.id))


def pressed_message(query: CallbackQuery) -> Shown | None:
    """The message whose button was pressed, to be edited."""
    message = query.message
    if message is None:
        return Shown(0) if query.inline_message_id is not None else None
    if not isinstance(message, Message):
        return Shown(message.message_id)
    if message.ephemeral_message_id is not None:
        return Shown(message.ephemeral_message_id, ephemeral_for=query.from_user.id)
    return Shown(message.message_id, shown_by(message).kind)


def chat_of(query: CallbackQuery) -> Chat | None:
    return query.message.chat if query.message is not None else None


def message_key(message: Message | InaccessibleMessage) -> tuple[int, int]:
    """What tells a message from all others: its chat and its id, or the negative of its ephemeral one."""
    ephemeral = message.ephemeral_message_id if isinstance(message, Message) else None
    return message.chat.id, message.message_id if ephemeral is None else -ephemeral
