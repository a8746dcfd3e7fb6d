"""Words without a command. In private chats they are a prompt. In groups they are one if they begin with the bot's
@name or reply to the bot.

These handlers come last. Messages that are no prompt get an answer in private chats, and are ignored in groups.
"""

from collections import OrderedDict

from aiogram import Bot, F, Router
from aiogram.enums import ContentType
from aiogram.filters import Filter
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.filters import PRIVATE, Where
from bot.handlers.imagine.command import draw, offer
from bot.handlers.imagine.message_input import Album, addressed, shows_picture
from bot.handlers.imagine.recipes import Recipes
from bot.handlers.imagine.submit import Asker
from bot.handlers.sender import Sender
from bot.telegram.outbox.outbox import Card, Outbox

_COMMAND = F.text.startswith("/")
# What people send and no picture can come of. Other kinds are Telegram's own notices ("pinned a message").
_UNUSABLE = F.content_type.in_(
    {
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.INVOICE,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.POLL,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)
ALBUMS = 256  # that are remembered


class Albums:
    """Remembers albums that were answered, because a part may arrive after the others were handled."""

    def __init__(self) -> None:
        self._answered: OrderedDict[str, None] = OrderedDict()

    def first_of(self, message: Message) -> bool:
        """Whether no part of its album was answered yet; True for a message that is in no album."""
        album = message.media_group_id
        if album is None:
            return True
        if album in self._answered:
            return False
        self._answered[album] = None
        if len(self._answered) > ALBUMS:
            self._answered.popitem(last=False)
        return True


class Addressed(Filter):
    """Matches a message that begins with the bot's @name. In groups privacy mode hides those from the bot, see
    docs/groups.md."""

    async def __call__(self, message: Message, bot: Bot) -> bool:
        text = message.text or message.caption or ""
        return text.lstrip().startswith("@") and addressed(text, (await bot.me()).username) is not None


class ShowsPicture(Filter):
    async def __call__(self, message: Message) -> bool:
        return shows_picture(message)


def router() -> Router:
    words = Router(name="words")
    words.message.register(unknown_command, PRIVATE, Where(_COMMAND))
    words.message.register(draw, PRIVATE, Where(F.text))
    words.message.register(photo, PRIVATE, ShowsPicture())
    words.message.register(unusable, PRIVATE, Where(_UNUSABLE))
    words.message.register(draw, Addressed())
    words.message.register(answer, Where(F.reply_to_message), Where(F.text | F.caption), Where(~_COMMAND))
    return words


async def photo(
    message: Message,
    person: Sender,
    asker: Asker,
    albums: Albums,
    outbox: Outbox,
    recipes: Recipes,
    album: Album = (),
) -> None:
    first = albums.first_of(message)
    if message.caption:
        await draw(message, person, asker, outbox, album)
    elif first:  # a part that comes after its album was handled says nothing new
        await offer(message, person, asker, outbox, recipes, album)


async def answer(message: Message, bot: Bot, person: Sender, asker: Asker, outbox: Outbox, album: Album = ()) -> None:
    """Words in reply to the bot in a group: they change one of its pictures, or answer something else that it said to
    everyone. Other replies are ignored."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return
    if replied.ephemeral_message_id is None:
        await draw(message, person, asker, outbox, album)


async def unknown_command(message: Message, person: Sender, outbox: Outbox) -> None:
    await outbox.reply(place_of(message), Card(person.texts.html("command-unknown")))


async def unusable(message: Message, person: Sender, albums: Albums, outbox: Outbox, album: Album = ()) -> None:
    if albums.first_of(message):
        mixed = any(shows_picture(part) for part in album)
        await outbox.reply(
            place_of(message), Card(person.texts.html("error-album-mixed" if mixed else "error-not-a-picture"))
        )
