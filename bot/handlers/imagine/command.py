"""/imagine, everywhere: with words, as a reply, in a photo's caption."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.imagine.message_input import PictureTooBigError, wish_of
from bot.handlers.imagine.submit import Asker
from bot.handlers.middlewares.sender import Sender
from bot.telegram.outbox.outbox import Card, Outbox
from storage import Database


def router() -> Router:
    imagine = Router(name="imagine")
    imagine.message.register(draw, Command("imagine", ignore_case=True))
    return imagine


async def draw(message: Message, bot: Bot, person: Sender, asker: Asker, db: Database, outbox: Outbox) -> None:
    try:
        wish = await wish_of(message, await bot.me(), db)
    except PictureTooBigError:
        await outbox.reply(place_of(message), Card(person.public.html("error-input-size")))
        return
    await asker.ask(message, wish, person)
