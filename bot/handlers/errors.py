"""When a handler fails: the cause goes to the log, one sentence to the person, and a traceback to nobody."""

from collections import OrderedDict
from collections.abc import Sequence

import structlog
from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import ErrorEvent, Message, Update

from bot.handlers.addressing import place_of
from bot.handlers.sender import speaker_of
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Outbox
from bot.telegram.updates.inbox import RawUpdate
from bot.texts.fluent import Texts, choose
from storage import Database, StorageUnavailable
from storage.records import ELSEWHERE

log = structlog.stdlib.get_logger(__name__)


def router() -> Router:
    errors = Router(name="errors")
    errors.errors.register(failed)
    return errors


async def failed(event: ErrorEvent, db: Database) -> object:
    """What is left UNHANDLED is tried again by the intake, and told by `Apologies` when it fails every time."""
    error, update = event.exception, event.update
    if isinstance(error, ChatGone) and error.chat_id == ELSEWHERE:
        return None  # an inline message was deleted
    if isinstance(error, ChatGone):
        async with db.transaction() as unit:
            await unit.chats.mark_dead(error.chat_id, error.reason)
        log.info("the chat is gone", update_id=update.update_id, reason=error.reason)
        return None
    if isinstance(error, DeliveryFailed):
        log.warning("an answer could not be shown", update_id=update.update_id, reason=error.reason)
        return None
    if update.callback_query is None or isinstance(error, StorageUnavailable):
        return UNHANDLED
    # The press was answered with an apology, and can be repeated.
    log.error("a press failed", update_id=update.update_id, exc_info=error)
    return None


class Apologies:
    """For those whose updates could not be handled: one sentence each."""

    def __init__(self, outbox: Outbox, texts: Texts) -> None:
        self._outbox = outbox
        self._texts = texts

    async def poisoned(self, update: Update) -> None:
        """It failed every time and is not tried again."""
        if update.message is not None:
            await self._say(update.message, "error-internal")

    async def outage(self, updates: Sequence[RawUpdate], told: set[int]) -> None:
        """They cannot be stored now, and will come again: one sentence a chat, to those who surely meant the bot.
        Chats in `told` know already; those that are told now are added."""
        waiting: OrderedDict[int, Message] = OrderedDict()
        for update in updates:
            try:
                message = Message.model_validate(update["message"]) if "message" in update else None
            except ValueError:  # pydantic's ValidationError is one
                message = None
            if message is not None and message.chat.id not in told and _meant_for_us(message):
                waiting.setdefault(message.chat.id, message)
        told.update(waiting)
        for message in waiting.values():
            await self._say(message, "error-storage-picture" if _asks_for_a_picture(message) else "error-storage")

    async def _say(self, message: Message, key: str) -> None:
        speaker = speaker_of(message)
        if speaker is None:
            return
        words = self._texts(choose(speaker[2], None)).html(key)
        try:
            await self._outbox.reply(place_of(message), Card(words))
        except (ChatGone, DeliveryFailed) as error:
            log.info("an apology could not be shown", reason=error.reason)


def _asks_for_a_picture(message: Message) -> bool:
    words = (message.text or message.caption or "").lower()
    return words.startswith("/imagine") or not words.startswith("/")


def _meant_for_us(message: Message) -> bool:
    return message.chat.type == "private" or (message.text or message.caption or "").lower().startswith("/imagine")
