"""ALLOWED_CHATS, and the groups in it that became supergroups: those go on under an id that no operator has set."""

import structlog

from bot.clock import Clock
from bot.config import Settings
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Destination, Outbox
from bot.texts.fluent import Texts, choose
from storage import Database

log = structlog.stdlib.get_logger(__name__)

LOOK_AGAIN = 60.0  # s until the database is asked once more where groups moved to: another process may have learnt it


class AllowedChats:
    """Who may use the bot: all, where ALLOWED_CHATS is not set; else the chats and people in it, and the operators."""

    def __init__(self, settings: Settings, db: Database, outbox: Outbox, texts: Texts, clock: Clock) -> None:
        self._settings = settings
        self._db = db
        self._outbox = outbox
        self._texts = texts
        self._clock = clock
        self._successors: set[int] = set()
        self._looked_at: float | None = None

    async def admits(self, *ids: int) -> bool:
        """Whether one of these, a person and the chat where they speak, is let in. Raises StorageUnavailable."""
        allowed = self._settings.allowed_chats
        if not allowed or set(ids) & (allowed | self._settings.admin_ids | self._successors):
            return True
        if not any(known < 0 for known in ids):
            return False
        await self._look()
        return bool(set(ids) & self._successors)

    async def moved(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup: if it was let in, it still is, and the operators hear of the new id."""
        if new_id in self._settings.allowed_chats | self._successors:
            return
        if old_id not in self._settings.allowed_chats | self._successors:
            return
        self._successors.add(new_id)
        log.warning("a group in ALLOWED_CHATS became a supergroup: replace its id", old=old_id, new=new_id)
        for admin_id in sorted(self._settings.admin_ids):
            words = self._texts(choose(None, None)).html("operator-chat-moved", old=str(old_id), new=str(new_id))
            try:
                await self._outbox.reply(Destination(admin_id), Card(words))
            except (ChatGone, DeliveryFailed) as error:
                log.info("an operator could not be told", user=admin_id, reason=error.reason)

    async def _look(self) -> None:
        now = self._clock.monotonic()
        if self._looked_at is not None and now - self._looked_at < LOOK_AGAIN:
            return
        self._looked_at = now
        async with self._db.read() as unit:
            for old_id in [known for known in self._settings.allowed_chats if known < 0]:
                if (new_id := await unit.chats.moved_to(old_id)) is not None:
                    self._successors.add(new_id)
