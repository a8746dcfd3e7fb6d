"""/start and /help: a warm word, and an example that one press draws."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.clock import Clock
from bot.config import Settings
from bot.handlers.asking import Asker
from bot.handlers.parameters import model_of
from bot.handlers.people import Person
from bot.handlers.places import aside_of, place_below, place_of
from bot.handlers.press import Press, RecentPresses, source_of
from bot.handlers.questions import ASKED
from bot.handlers.refusals import refusal_toast
from bot.handlers.settings_card import settings_card
from bot.jobs.cards import Refused
from bot.jobs.service import ImagineService
from bot.keyboards.start import DrawExample, start_keyboard
from bot.telegram.outbox import Card, Outbox
from providers.catalog import Catalog
from providers.errors import InvalidParameter


def router() -> Router:
    start = Router(name="start")
    start.message.register(start_command, CommandStart(ignore_case=True))
    start.message.register(help_command, Command("help", ignore_case=True))
    start.callback_query.register(draw_example, DrawExample.filter())
    return start


async def start_command(
    message: Message,
    command: CommandObject,
    person: Person,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
    service: ImagineService,
) -> None:
    texts, private = person.public, message.chat.type == ChatType.PRIVATE
    if command.args in ASKED.values():  # the link in one of our questions was tapped
        card = await settings_card(person, catalog, settings, service)
    else:
        key, example = "start" if private else "start-group", texts.get("example-prompt")
        values = {"name": person.name, "example": example} if private else {"example": example}
        card = Card(texts.html(key, **values), start_keyboard(texts))
    await outbox.reply(place_of(message), card)


async def help_command(message: Message, person: Person, outbox: Outbox, catalog: Catalog, settings: Settings) -> None:
    texts = person.texts
    try:
        model = model_of(catalog, person.settings, settings, person.group)
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


async def draw_example(
    query: CallbackQuery,
    press: Press,
    person: Person,
    asker: Asker,
    presses: RecentPresses,
    clock: Clock,
    catalog: Catalog,
) -> None:
    """For whoever presses, with their own settings."""
    place, texts = place_below(query), person.texts
    if place is None or query.message is None:
        await press.answer(texts.get("press-outdated"), alert=True)
        return
    if presses.repeated(query):
        await press.answer(texts.get("press-once"))
        return
    outcome = await asker.draw(
        texts.get("example-prompt"),
        person,
        source=source_of(query),
        place=place,
        chat_kind=query.message.chat.type,
        asked_at=clock.now(),
    )
    if isinstance(outcome, Refused):
        await press.answer(refusal_toast(texts, outcome, catalog), alert=True)
    else:
        await press.answer(texts.get("press-accepted"))
