"""Voice messages. In private chats the bot draws what is said. In groups it shows what it understood, with a button
that draws it.

In groups a voice message is for the bot if it replies to one of the bot's messages, or if somebody replies to it with
/imagine. If the operator has named no transcription server, the bot says so once to each person.
"""

from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, Filter
from aiogram.types import Message, Voice
from cachetools import LRUCache

from bot.handlers.addressing import place_of
from bot.handlers.filters import Where
from bot.handlers.imagine.command import draw
from bot.handlers.imagine.kept_inputs import KeptInputs
from bot.handlers.imagine.message_input import Album, MessageInput, typed
from bot.handlers.imagine.submit import Asker
from bot.handlers.permissions.admins import Admins
from bot.handlers.sender import Sender
from bot.jobs.hearing import LONGEST, Hearing, NotHeardError
from bot.keyboards.picture import draw_heard_keyboard
from bot.prompt.shortening import shortened
from bot.telegram.outbox.outbox import Card, Outbox
from storage import Database
from storage.records import Who

SHOWN = 1000  # characters of what was understood
TOLD = 1024  # people who were told that nobody listens here


class ToBot(Filter):
    """In private, or in answer to the bot."""

    async def __call__(self, message: Message, bot: Bot) -> bool:
        if message.chat.type == ChatType.PRIVATE:
            return True
        replied = message.reply_to_message
        return replied is not None and replied.from_user is not None and replied.from_user.id == bot.id


def router() -> Router:
    voice = Router(name="voice")
    voice.message.register(hear, Where(F.voice), ToBot())
    voice.message.register(draw_answered_voice, Where(F.reply_to_message.voice), Command("imagine", ignore_case=True))
    return voice


class Voices:
    """Turns voice messages into prompts."""

    def __init__(self, hearing: Hearing, asker: Asker, db: Database, outbox: Outbox, admins: Admins) -> None:
        self._hearing = hearing
        self._asker = asker
        self._kept = KeptInputs(db)
        self._outbox = outbox
        self._admins = admins
        self._told: LRUCache[int, None] = LRUCache(TOLD)

    @property
    def available(self) -> bool:
        return self._hearing.available

    async def answer(self, message: Message, voice: Voice, person: Sender) -> None:
        """Draws what is said in the voice message, or shows it with a button. `message` is the one that asks. If that
        comes twice, the server is asked once. Raises StorageUnavailable."""
        place, texts = place_of(message), person.public
        if person.group is not None and person.group.who is Who.ADMINS and not await self._admins.exempt(person):
            await self._outbox.reply(place, Card(texts.html("refused-admins-only")))
            return
        wish = await self._kept.of(message)
        if wish is None:
            try:
                wish = await self._heard(message, voice, person)
            except NotHeardError as error:
                key = "refused-blocked-words" if error.code == "blocked" else f"voice-{error.code}"
                await self._outbox.reply(place, Card(texts.html(key, minutes=LONGEST // 60)))
                return
            await self._kept.keep(message, person.id, wish)
        understood = texts.html("voice-understood", words=shortened(wish.words, SHOWN))
        await self._outbox.reply(place, Card(understood, draw_heard_keyboard(texts) if place.group else None))
        if not place.group:
            alone = message.reply_to_message is None and message.forward_origin is None
            await self._asker.ask(message, replace(wish, alone=alone), person)

    async def off(self, message: Message, person: Sender) -> None:
        """Says that there is no transcription server; from the second time on, what can be sent instead."""
        key = "error-not-a-picture" if person.id in self._told else "voice-off"
        self._told[person.id] = None
        await self._outbox.reply(place_of(message), Card(person.public.html(key)))

    async def _heard(self, message: Message, voice: Voice, person: Sender) -> MessageInput:
        if message.chat.type == ChatType.PRIVATE:
            await self._outbox.typing(place_of(message))
        words = await self._hearing.hear(
            voice.file_id, seconds=voice.duration, size=voice.file_size or 0, person=person.id
        )
        return replace(await self._asker.wish_of(message), words=words, borrowed=True)


async def hear(message: Message, person: Sender, voices: Voices) -> None:
    if voices.available and message.voice is not None:
        await voices.answer(message, message.voice, person)
    elif message.chat.type == ChatType.PRIVATE:
        await voices.off(message, person)


async def draw_answered_voice(
    message: Message, bot: Bot, person: Sender, asker: Asker, outbox: Outbox, voices: Voices, album: Album = ()
) -> None:
    """/imagine in reply to a voice message. Words after the command take precedence."""
    replied = message.reply_to_message
    if typed(message, (await bot.me()).username) or not voices.available or replied is None or replied.voice is None:
        await draw(message, person, asker, outbox, album)
    else:
        await voices.answer(message, replied.voice, person)
