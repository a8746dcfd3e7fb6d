"""/history: one's own pictures as sheets of thumbnails, turned and searched in place; in private chats only.

A page is known again by its first picture, and the words of a search by where they stand in the caption, so nothing
is kept between two presses. Every look-up is for the pictures of whoever presses.
"""

import asyncio
import io
from dataclasses import dataclass

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from PIL import Image

from bot.handlers.addressing import place_below, place_of, pressed_message
from bot.handlers.imagine.refusals import refusal_toast
from bot.handlers.middlewares.callbacks import Press, RecentPresses, source_of
from bot.handlers.middlewares.sender import Sender
from bot.jobs.contracts import Refused
from bot.jobs.service import ImagineService
from bot.keyboards.history import HistoryAction, HistoryDo, HistoryPick, HistoryTurn, history_keyboard
from bot.pictures.sheet import sheet
from bot.presenter import BETWEEN
from bot.telegram.outbox.outbox import Card, Destination, Outbox, Shown
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import HistoryEntry, HistoryPage
from storage.repositories.history import Turn

PAGE = 9  # pictures, as on the largest sheet
WORDS_LENGTH = 100  # units of a search
PROMPT_SHOWN = 500  # units under the sheet


def router() -> Router:
    history = Router(name="history")
    history.message.register(history_command, Command("history", ignore_case=True))
    on = history.callback_query.register
    on(turn, HistoryTurn.filter())
    on(pick, HistoryPick.filter())
    on(do, HistoryDo.filter())
    return history


@dataclass(frozen=True, slots=True)
class Pressed:
    """The page on which somebody pressed, in their own private chat."""

    place: Destination
    shown: Shown
    words: str

    @classmethod
    def on(cls, query: CallbackQuery) -> "Pressed | None":
        """None where no page of ours can be: a forged press must not paint over what others see."""
        place, shown, message = place_below(query), pressed_message(query), query.message
        if place is None or shown is None or place.group or not isinstance(message, Message):
            return None
        return cls(place, shown, _words_in(message))


async def history_command(
    message: Message, command: CommandObject, person: Sender, outbox: Outbox, catalog: Catalog, db: Database
) -> None:
    texts, place = person.texts, place_of(message)
    if message.chat.type != ChatType.PRIVATE:
        await outbox.reply(place, Card(texts.html("history-in-private")))
        return
    words = shorten(" ".join((command.args or "").split()), WORDS_LENGTH).removesuffix("…")
    async with db.read() as unit:
        page = await unit.history.page(person.id, words=words, limit=PAGE)
    await outbox.reply(place, await page_card(texts, page, words, catalog))


async def turn(
    query: CallbackQuery,
    callback_data: HistoryTurn,
    press: Press,
    person: Sender,
    outbox: Outbox,
    catalog: Catalog,
    db: Database,
) -> None:
    pressed = Pressed.on(query)
    if pressed is None:
        await press.answer(person.texts.get("press-outdated"), alert=True)
        return
    await press.answer()
    async with db.read() as unit:
        page = await unit.history.page(
            person.id,
            picture_id=callback_data.picture_id,
            turn=callback_data.turn,
            words=pressed.words,
            limit=PAGE,
        )
    card = await page_card(person.texts, page, pressed.words, catalog)
    await outbox.card(pressed.place, pressed.shown, card)


async def pick(
    query: CallbackQuery,
    callback_data: HistoryPick,
    press: Press,
    person: Sender,
    outbox: Outbox,
    catalog: Catalog,
    db: Database,
) -> None:
    pressed = Pressed.on(query)
    if pressed is None:
        await press.answer(person.texts.get("press-outdated"), alert=True)
        return
    async with db.read() as unit:
        page = await unit.history.page(
            person.id, picture_id=callback_data.first, turn=Turn.AT, words=pressed.words, limit=PAGE
        )
    picked = next((entry for entry in page.entries if entry.picture_id == callback_data.picture_id), None)
    if picked is None or page.entries[0].picture_id != callback_data.first:
        # Some of the page is not kept any more: it is shown as it is now.
        await press.answer(person.texts.get("history-picture-gone"))
        card = await page_card(person.texts, page, pressed.words, catalog)
        await outbox.card(pressed.place, pressed.shown, card)
        return
    await press.answer()
    text = _title(person.texts, pressed.words) + "\n\n" + _about(person.texts, page, picked, catalog)
    keyboard = history_keyboard(person.texts, page, picked, takes_seed=_takes_seed(picked, catalog))
    await outbox.edit(pressed.place, pressed.shown, Card(text, keyboard))


async def do(
    query: CallbackQuery,
    callback_data: HistoryDo,
    press: Press,
    person: Sender,
    presses: RecentPresses,
    service: ImagineService,
    outbox: Outbox,
    catalog: Catalog,
    db: Database,
) -> None:
    texts, pressed = person.texts, Pressed.on(query)
    if pressed is None:
        await press.answer(texts.get("press-outdated"), alert=True)
        return
    async with db.read() as unit:
        entry = await unit.history.entry(person.id, callback_data.picture_id)
    if entry is None:
        await press.answer(texts.get("history-picture-gone"), alert=True)
        return
    if presses.repeated(query):
        await press.answer(texts.get("press-once"))
        return
    if callback_data.action is HistoryAction.FULL:
        await press.answer(texts.get("press-sending"))
        if not await service.send_full(entry.picture_id, pressed.place):
            await outbox.reply(pressed.place, Card(texts.html("press-picture-gone")))
        return
    outcome = await service.repeat(
        entry.request_id,
        source=source_of(query),
        requester_id=person.id,
        place=pressed.place,
        fresh_seed=callback_data.action is HistoryAction.VARY,
        seed=entry.seed,
        chat_kind=ChatType.PRIVATE,
        language=texts.language,
    )
    if isinstance(outcome, Refused):
        await press.answer(refusal_toast(texts, outcome, catalog), alert=True)
    else:
        await press.answer(texts.get("press-accepted"))


async def page_card(texts: LanguageTexts, page: HistoryPage, words: str, catalog: Catalog) -> Card:
    """A sheet of thumbnails, or a sentence where there is nothing to show."""
    if not page.entries:
        if words:
            return Card(texts.html("history-nothing-found", words=words))
        return Card(texts.html("history-empty"))
    picture = await asyncio.to_thread(_sheet, page.entries)
    return Card(_title(texts, words), history_keyboard(texts, page), preview=picture)


def _sheet(entries: tuple[HistoryEntry, ...]) -> bytes:
    return sheet([entry.thumbnail or _blank(entry.width, entry.height) for entry in entries])


def _blank(width: int, height: int) -> bytes:
    """In place of a thumbnail that was never made."""
    image = Image.new("RGB", (max(160 * width // max(width, height), 1), max(160 * height // max(width, height), 1)))
    body = io.BytesIO()
    image.save(body, "JPEG")
    return body.getvalue()


def _title(texts: LanguageTexts, words: str) -> str:
    if words:
        return texts.html("history-found", words=words)
    return texts.html("history-title", example=texts.get("history-example"))


def _about(texts: LanguageTexts, page: HistoryPage, picked: HistoryEntry, catalog: Catalog) -> str:
    number = page.entries.index(picked) + 1
    facts = [picked.model, f"{picked.width}×{picked.height}"]
    if picked.model in catalog:
        facts[0] = catalog[picked.model].label
    if _takes_seed(picked, catalog):
        facts.append(texts.get("caption-seed", seed=str(picked.seed)))
    prompt = texts.html("status-other", status=shorten(picked.prompt, PROMPT_SHOWN))
    return (
        f"{texts.html('history-picked', number=str(number))} <i>{prompt}</i>\n"
        f"{texts.html('status-other', status=BETWEEN.join(facts))}"
    )


def _takes_seed(picked: HistoryEntry, catalog: Catalog) -> bool:
    return picked.model in catalog and catalog[picked.model].capabilities.takes("seed")


def _words_in(message: Message) -> str:
    """Those that the page was searched by. The title of a page without a search has its example there."""
    caption = message.caption or ""
    code = next((entity for entity in message.caption_entities or () if entity.type == "code"), None)
    if code is None:
        return ""
    found = code.extract_from(caption)
    return "" if found.startswith("/history") else found
