"""/cancel: cancels the request whose message it replies to, else the person's newest request in that chat."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.permissions.admins import Admins
from bot.handlers.sender import Sender
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


class Cancellations:
    def __init__(self, service: ImagineService, db: Database, admins: Admins, bot: Bot) -> None:
        self._service = service
        self._db = db
        self._admins = admins
        self._bot = bot

    async def cancel(self, message: Message, person: Sender) -> str:
        """What the command means is cancelled, if they may; the key of the answer."""
        chat_id, replied = message.chat.id, message.reply_to_message
        if replied is None or replied.from_user is None or replied.from_user.id != self._bot.id:
            return _ANSWERS[await self._service.cancel_newest(chat_id, person.id)]
        async with self._db.read() as unit:
            request = await unit.requests.by_message(chat_id, replied.message_id)
        if request is None:
            return "cancel-unknown"
        others = request.requester_id != person.id
        # An anonymous admin speaks as the group itself, which nobody else can.
        admin = others and (person.id == chat_id or await self._admins.is_admin(chat_id, person.id))
        return _ANSWERS[await self._service.cancel(request.id, by=person.id, admin=admin)]


async def cancel_command(message: Message, person: Sender, cancellations: Cancellations, outbox: Outbox) -> None:
    key = await cancellations.cancel(message, person)
    await outbox.reply(place_of(message), Card(person.public.html(key)))
