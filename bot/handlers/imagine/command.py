"""/imagine: with words, as a reply, or in a photo's caption."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.imagine.message_input import (
    Album,
    AlbumHiddenError,
    MessageInput,
    NotAllPicturesError,
    PictureTooBigError,
)
from bot.handlers.imagine.recipes import Recipes
from bot.handlers.imagine.submit import Asker
from bot.handlers.sender import Sender
from bot.telegram.outbox.outbox import Card, Outbox


def router() -> Router:
    imagine = Router(name="imagine")
    imagine.message.register(draw, Command("imagine", ignore_case=True))
    return imagine


async def draw(message: Message, person: Sender, asker: Asker, outbox: Outbox, album: Album = ()) -> None:
    if (wish := await _wish_of(message, person, asker, outbox, album)) is not None:
        await asker.ask(message, wish, person)


async def offer(
    message: Message, person: Sender, asker: Asker, outbox: Outbox, recipes: Recipes, album: Album = ()
) -> None:
    """Offers what can be done with pictures that came without words."""
    if (wish := await _wish_of(message, person, asker, outbox, album)) is not None:
        recipe = None if album else await recipes.of(message, person.id)
        await asker.offer(message, wish, person, recipe=recipe)


async def _wish_of(message: Message, person: Sender, asker: Asker, outbox: Outbox, album: Album) -> MessageInput | None:
    """What the message asks for. None: the bot has answered why its pictures cannot be used."""
    try:
        return await asker.wish_of(message, album)
    except PictureTooBigError:
        await outbox.reply(place_of(message), Card(person.public.html("error-input-size")))
    except NotAllPicturesError:
        await outbox.reply(place_of(message), Card(person.public.html("error-album-mixed")))
    except AlbumHiddenError:
        await outbox.reply(place_of(message), Card(person.public.html("error-album-hidden")))
    return None
