"""/cancel: the request whose message it replies to, else one's newest in that chat."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.middlewares.sender import Sender
from bot.handlers.permissions.admins import Admins
from bot.jobs.service import CancelResult, ImagineService
from bot.telegram.outbox.outbox import Card, Outbox
from storage import Database

_ANSWERS = {
    CancelResult.CANCELLED: "cancel-done",
    CancelResult.NOT_YOURS: "cancel-not-yours",
    CancelResult.ALREADY_ENDED: "cancel-ended",
    CancelResult.UNKNOWN: "cancel-nothing",
}


def router() -> Router:
    cancel = Router(name="cancel")
    cancel.message.register(cancel_command, Command("cancel", ignore_case=True))
    return cancel


async def cancel_command(
    message: Message,
    bot: Bot,
    person: Sender,
    service: ImagineService,
    admins: Admins,
    outbox: Outbox,
    db: Database,
) -> None:
    chat_id, replied = message.chat.id, message.reply_to_message
    request = None
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot.id:
        async with db.read() as unit:
            request = await unit.requests.by_message(chat_id, replied.message_id)
        if request is None:
            await outbox.reply(place_of(message), Card(person.public.html("cancel-unknown")))
            return
    if request is None:
        result = await service.cancel_newest(chat_id, person.id)
    else:
        others = request.requester_id != person.id
        # An anonymous admin speaks as the group itself, which nobody else can.
        admin = others and (person.id == chat_id or await admins.is_admin(bot, chat_id, person.id))
        result = await service.cancel(request.id, by=person.id, admin=admin)
    await outbox.reply(place_of(message), Card(person.public.html(_ANSWERS[result])))
