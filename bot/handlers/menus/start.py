"""/start and /help: a warm word, and an example that one press draws."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot.clock import Clock
from bot.config import Settings
from bot.handlers.addressing import aside_of, place_of
from bot.handlers.imagine.merge import model_of
from bot.handlers.imagine.submit import Asker
from bot.handlers.menus.settings import SettingsMenu
from bot.handlers.menus.typed_settings import ASKED
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.start import DrawExample, start_keyboard
from bot.telegram.outbox.outbox import Card, Outbox
from providers.catalog.catalog import Catalog
from providers.errors import InvalidParameter


def router() -> Router:
    start = Router(name="start")
    start.message.register(start_command, CommandStart(ignore_case=True))
    start.message.register(help_command, Command("help", ignore_case=True))
    start.callback_query.register(draw_example, DrawExample.filter())
    return start


async def start_command(
    message: Message, command: CommandObject, person: Sender, settings_menu: SettingsMenu, outbox: Outbox
) -> None:
    texts, private = person.public, message.chat.type == ChatType.PRIVATE
    if command.args in ASKED.values():  # the link in one of our questions was tapped
        card = await settings_menu.card(person)
    else:
        key, example = "start" if private else "start-group", texts.get("example-prompt")
        values = {"name": person.name, "example": example} if private else {"example": example}
        card = Card(texts.html(key, **values), start_keyboard(texts))
    await outbox.reply(place_of(message), card)


async def help_command(message: Message, person: Sender, outbox: Outbox, catalog: Catalog, settings: Settings) -> None:
    texts = person.texts
    try:
        model = model_of(catalog, person.settings, settings, person.group, person.keys)
    except InvalidParameter:
        await outbox.reply(aside_of(message), Card(texts.html("model-menu-empty")))
        return
    text = texts.html(
        "help",
        example=texts.get("example-prompt"),
        private="yes" if message.chat.type == ChatType.PRIVATE else "no",
        model=model.id,
        label=model.label,
    )
    await outbox.reply(aside_of(message), Card(text, start_keyboard(texts)))


async def draw_example(press: Press, person: Sender, asker: Asker, redraws: Redraws, clock: Clock) -> None:
    """For whoever presses, with their own settings."""
    place, texts = press.place, person.texts
    if place is None or press.message is None or await redraws.repeated(press, person):
        return
    outcome = await asker.draw(
        texts.get("example-prompt"),
        person,
        source=press.source,
        place=place,
        chat_kind=press.message.chat.type,
        asked_at=clock.now(),
    )
    await redraws.answer(press, person, outcome)
