"""Whether somebody is an admin of a chat: asked from Telegram, and remembered for a minute."""

from collections import OrderedDict
from collections.abc import Callable

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner

from bot.handlers.sender import Sender
from storage.records import Who

REMEMBERED_FOR = 60.0  # seconds
REMEMBERED = 1024  # pairs of chat and user
TIMEOUT = 5  # seconds; the press that asks expires after 15


class Admins:
    def __init__(self, bot: Bot, now: Callable[[], float]) -> None:
        self._bot = bot
        self._now = now  # seconds from anywhere
        self._known: OrderedDict[tuple[int, int], tuple[bool, float]] = OrderedDict()

    async def exempt(self, person: Sender) -> bool:
        """Whether this person is an admin of the group in which they speak, where that makes a difference to what
        they may ask for."""
        group = person.group
        if group is None or (group.who is Who.EVERYONE and not group.cooldown):
            return False
        # An anonymous admin speaks as the group itself, which nobody else can.
        return person.id == group.chat_id or await self.is_admin(group.chat_id, person.id)

    async def is_admin(self, chat_id: int, user_id: int) -> bool:
        """False also when Telegram does not tell: then only the requester may press."""
        if chat_id > 0 or user_id < 0:
            return False
        key = (chat_id, user_id)
        known = self._known.get(key)
        if known is not None and known[1] > self._now() - REMEMBERED_FOR:
            return known[0]
        try:
            member = await self._bot.get_chat_member(chat_id, user_id, request_timeout=TIMEOUT)
        except (TelegramAPIError, TimeoutError):
            return False
        answer = isinstance(member, ChatMemberAdministrator | ChatMemberOwner)
        self._known.pop(key, None)
        self._known[key] = (answer, self._now())
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return answer
