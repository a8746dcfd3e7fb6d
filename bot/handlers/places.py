"""Where an answer goes: to the message, in its topic."""

from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message

from bot.telegram.outbox import Place, Shown


def place_of(message: Message) -> Place:
    """As an answer to this message."""
    topic = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat.id, topic, message.message_id, message.chat.type != "private")


def place_below(query: CallbackQuery) -> Place | None:
    """As an answer to the message whose button was pressed; None where that is not in a chat."""
    message = query.message
    if message is None:
        return None
    if isinstance(message, InaccessibleMessage):  # its topic is not told
        return Place(message.chat.id, None, message.message_id, message.chat.type != "private")
    return place_of(message)


def pressed_message(query: CallbackQuery) -> Shown | None:
    """The message whose button was pressed, to be edited."""
    if query.message is None:
        return None
    kind = "text"
    if isinstance(query.message, Message):
        kind = "photo" if query.message.photo else "document" if query.message.document else "text"
    return Shown(query.message.message_id, kind)


def chat_of(query: CallbackQuery) -> Chat | None:
    return query.message.chat if query.message is not None else None
