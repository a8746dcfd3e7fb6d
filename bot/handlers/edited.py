"""Messages that were edited: a command that was mended is a command."""

from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.types import Message, TelegramObject, Update

EDITED_WITHIN = timedelta(hours=1)  # of its sending; later edits are not meant for the bot


class EditedMessages(BaseMiddleware):
    """Hands an edited message on as if it had been sent like this. What was drawn for it is not drawn again: a request
    is named after its message, and asked for once."""

    async def __call__(
        self,
        handler: NextMiddlewareType[TelegramObject],
        event: TelegramObject,
        data: dict[str, Any],  # aiogram's workflow data
    ) -> object:
        assert isinstance(event, Update)
        if event.edited_message is None:
            return await handler(event, data)
        message = sent_anew(event.edited_message)
        if message is None:
            return None
        update = Update(update_id=event.update_id, message=message)
        return await handler(update.as_(event.bot) if event.bot is not None else update, data)


def sent_anew(edited: Message) -> Message | None:
    """The message with the time of its edit as its date; None for edits that change no words or come late.

    Telegram also tells of edits that nobody made, such as a live location that moves (Bot API, `edited_message`).
    """
    if not edited.edit_date or not (edited.text or edited.caption):
        return None
    when = datetime.fromtimestamp(edited.edit_date, UTC)
    if when - edited.date > EDITED_WITHIN:
        return None
    return edited.model_copy(update={"date": when})
