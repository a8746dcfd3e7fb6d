"""/imagine, everywhere: with words, as a reply, in a photo's caption."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.imagine.message_input import Album, NotAllPicturesError, PictureTooBigError
from bot.handlers.imagine.submit import Asker
from bot.handlers.sender import Sender
from bot.telegram.outbox.outbox import Card, Outbox


def router() -> Router:
    imagine = Router(name="imagine")
    imagine.message.register(draw, Command("imagine", ignore_case=True))
    return imagine


async def draw(message: Message, person: Sender, asker: Asker, outbox: Outbox, album: Album = ()) -> None:
    try:
        wish = await asker.wish_of(message, album)
    except PictureTooBigError:
        await outbox.reply(place_of(message), Card(person.public.html("error-input-size")))
        return
    except NotAllPicturesError:
        await outbox.reply(place_of(message), Card(person.public.html("error-album-mixed")))
        return
    await asker.ask(message, wish, person)
