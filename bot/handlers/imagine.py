"""/imagine, everywhere: with words, as a reply, in a photo's caption."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.asking import Asker
from bot.handlers.people import Person
from bot.handlers.places import place_of
from bot.handlers.wishes import PictureTooBigError, wish_of
from bot.telegram.outbox import Card, Outbox
from storage import Database


def router() -> Router:
    imagine = Router(name="imagine")
    imagine.message.register(draw, Command("imagine", ignore_case=True))
    return imagine


async def draw(message: Message, bot: Bot, person: Person, asker: Asker, db: Database, outbox: Outbox) -> None:
    try:
        wish = await wish_of(message, await bot.me(), db)
    except PictureTooBigError:
        await outbox.reply(place_of(message), Card(person.public.html("error-input-size")))
        return
    await asker.ask(message, wish, person)
