"""/describe and its button: the bot writes a prompt that would draw a photo."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.clock import Clock
from bot.handlers.addressing import place_of
from bot.handlers.imagine.message_input import Album, InputPicture, PictureTooBigError, pictures_in, pictures_meant
from bot.handlers.imagine.submit import Asker
from bot.handlers.permissions.admins import Admins
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.describing import Describer, NotDescribedError
from bot.keyboards.photo import PhotoAction, PhotoDo
from bot.keyboards.picture import DrawDescribed, described_keyboard
from bot.telegram.outbox.outbox import Card, Destination, Outbox
from storage.records import Who, account_of

RENEWED = 4.5  # seconds; Telegram shows a chat action for five


def router() -> Router:
    describe = Router(name="describe")
    describe.message.register(describe_command, Command("describe", ignore_case=True))
    describe.callback_query.register(describe_photo, PhotoDo.filter(F.action == PhotoAction.DESCRIBE))
    describe.callback_query.register(draw_described, DrawDescribed.filter())
    return describe


class Descriptions:
    """Answers with a description."""

    def __init__(self, describer: Describer, outbox: Outbox, clock: Clock, admins: Admins) -> None:
        self._admins = admins
        self._describer = describer
        self._outbox = outbox
        self._clock = clock

    async def answer(self, place: Destination, picture: InputPicture, person: Sender) -> None:
        """Describes a picture and answers with the description, or with why there is none. Raises
        StorageUnavailable."""
        texts = person.public
        if person.group is not None and person.group.who is Who.ADMINS and not await self._admins.exempt(person):
            await self._outbox.reply(place, Card(texts.html("refused-admins-only")))
            return
        async with self._typing(place):
            try:
                words = await self._describer.describe(picture.file_id, account_of(person.id, place.chat_id))
            except NotDescribedError as error:
                await self._outbox.reply(place, Card(texts.html(f"describe-{error.code}")))
                return
        await self._outbox.reply(place, Card(texts.html("described", words=words), described_keyboard(texts, words)))

    @asynccontextmanager
    async def _typing(self, place: Destination) -> AsyncGenerator[None, None]:
        """Shows "typing ..." meanwhile in private chats; a group's budget of calls is too small for it."""
        if place.group:
            yield
            return
        task = asyncio.create_task(self._type(place))  # ends within this block
        try:
            yield
        finally:
            task.cancel()

    async def _type(self, place: Destination) -> None:
        while True:
            await self._outbox.typing(place)
            await self._clock.sleep(RENEWED)


async def describe_command(
    message: Message,
    person: Sender,
    describer: Describer,
    descriptions: Descriptions,
    outbox: Outbox,
    album: Album = (),
) -> None:
    place, texts = place_of(message), person.public
    try:
        pictures = pictures_meant(message, album)
    except PictureTooBigError:
        await outbox.reply(place, Card(texts.html("error-input-size")))
        return
    if not describer.available:
        await outbox.reply(place, Card(texts.html("describe-off")))
    elif not pictures:
        await outbox.reply(place, Card(texts.html("describe-usage")))
    else:
        await descriptions.answer(place, pictures[0], person)


async def describe_photo(press: Press, person: Sender, answered: Message, descriptions: Descriptions) -> None:
    """The button under the answer to a photo without words."""
    await press.answer(person.texts.get("describe-looking"))
    if press.repeated():
        return
    try:
        pictures = pictures_in([answered])
    except PictureTooBigError:
        pictures = ()
    if pictures:
        await descriptions.answer(place_of(answered), pictures[0], person)


async def draw_described(press: Press, person: Sender, asker: Asker, redraws: Redraws, clock: Clock) -> None:
    """Draws the description that the message shows. Only the bot can have written it."""
    words, place = _described_in(press.message), press.place
    if not words or place is None or await redraws.repeated(press, person):
        return
    kind = press.message.chat.type if press.message is not None else "private"
    outcome = await asker.draw(words, person, source=press.source, place=place, chat_kind=kind, asked_at=clock.now())
    await redraws.answer(press, person, outcome)


def _described_in(message: Message | None) -> str:
    if message is None or message.text is None:
        return ""
    code = next((entity for entity in message.entities or () if entity.type == "code"), None)
    return code.extract_from(message.text) if code is not None else ""
