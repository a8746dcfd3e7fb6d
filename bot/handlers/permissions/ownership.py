"""Whose picture it is: only the requester and the chat's admins may press its buttons, in the chat where it is."""

from dataclasses import dataclass

from aiogram import Bot
from aiogram.types import CallbackQuery

from bot.handlers.addressing import chat_of
from bot.handlers.middlewares.callbacks import Press
from bot.handlers.middlewares.sender import Sender
from bot.handlers.permissions.admins import Admins
from storage import Database
from storage.records import Request


@dataclass(frozen=True, slots=True)
class Owned:
    """A request whose buttons this person may press; `admin`: though it is somebody else's. `exempt`: what they ask
    for there is free of the group's limits."""

    request: Request
    admin: bool
    exempt: bool = False


class Ownership:
    def __init__(self, db: Database, admins: Admins) -> None:
        self._db = db
        self._admins = admins

    async def pressed(
        self, query: CallbackQuery, person: Sender, press: Press, bot: Bot, request_id: int
    ) -> Owned | None:
        """None when the press was answered: the request is not known here, or somebody else's."""
        async with self._db.read() as unit:
            request = await unit.requests.get(request_id)
        chat = chat_of(query)
        if request is None or chat is None or request.chat_id != chat.id:
            await press.answer(person.texts.get("press-outdated"), alert=True)
            return None
        if request.requester_id == person.id:
            return Owned(request, admin=False, exempt=await self._admins.exempt(bot, person))
        if await self._admins.is_admin(bot, chat.id, query.from_user.id):
            return Owned(request, admin=True, exempt=True)
        await press.answer(person.texts.get("press-not-yours"), alert=True)
        return None
