"""Words without a command: a prompt in private chats, and groups what is said to the bot: with its
@name in front, or in reply to it.

Comes last: what is no prompt is answered in private chats, where there is nobody else, and passed over in groups.
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
    """Albums that were answered: a part may come when the others are handled already."""

    def __init__(self) -> None:
        self._answered: OrderedDict[str, None] = OrderedDict()

    def first_of(self, message: Message) -> bool:
        """Whether nothing of its album was answered; a message that is in none always is."""
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
    """A message that begins with the bot's @name. In groups privacy mode keeps those from the bot: see docs."""

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
    """In groups: new words for one of our pictures, or in answer to something else that we have said to all. Other
    replies are not for us."""
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
