"""Words without a command: a prompt in private chats, and groups what is said to the bot: with its
@name in front, or in reply to it.

Comes last: what is no prompt is answered in private chats, where there is nobody else, and passed over in groups.
"""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.imagine.command import draw
from bot.handlers.imagine.message_input import addressed, shows_picture
from bot.handlers.imagine.submit import Asker, usage_card
from bot.handlers.middlewares.sender import Sender
from bot.telegram.outbox.outbox import Card, Outbox
from storage import Database

_PRIVATE = F.chat.type == ChatType.PRIVATE
_COMMAND = F.text.startswith("/")
_UNUSABLE = (
    F.sticker | F.voice | F.video | F.video_note | F.audio | F.animation | F.document | F.location | F.contact | F.poll
)


class Addressed(Filter):
    """A message that begins with the bot's @name. In groups privacy mode keeps those from the bot: see docs."""

    async def __call__(self, message: Message, bot: Bot) -> bool:
        text = message.text or message.caption or ""
        return text.lstrip().startswith("@") and addressed(text, (await bot.me()).username) is not None


def router() -> Router:
    words = Router(name="words")
    words.message.register(unknown_command, _PRIVATE, _COMMAND)
    words.message.register(draw, _PRIVATE, F.text)
    words.message.register(photo, _PRIVATE, shows_picture)
    words.message.register(unusable, _PRIVATE, _UNUSABLE)
    words.message.register(draw, Addressed())
    words.message.register(answer, F.reply_to_message, F.text | F.caption, ~_COMMAND)
    return words


async def photo(message: Message, bot: Bot, person: Sender, asker: Asker, db: Database, outbox: Outbox) -> None:
    if message.caption:
        await draw(message, bot, person, asker, db, outbox)
    elif message.media_group_id is None:  # of an album only the captioned one speaks
        await outbox.reply(place_of(message), usage_card(person, picture=True))


async def answer(message: Message, bot: Bot, person: Sender, asker: Asker, db: Database, outbox: Outbox) -> None:
    """In groups: new words for one of our pictures, or in answer to something else that we have said to all. Other
    replies are not for us."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return
    if replied.ephemeral_message_id is None:
        await draw(message, bot, person, asker, db, outbox)


async def unknown_command(message: Message, person: Sender, outbox: Outbox) -> None:
    await outbox.reply(place_of(message), Card(person.texts.html("command-unknown")))


async def unusable(message: Message, person: Sender, outbox: Outbox) -> None:
    if message.media_group_id is None:
        await outbox.reply(place_of(message), Card(person.texts.html("error-not-a-picture")))
