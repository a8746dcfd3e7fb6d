"""/history: a person's own pictures as sheets of thumbnails, turned and searched in the same message; in private chats
only.

A page is identified by its first picture, and the words of a search are read from the caption, so nothing is stored
between two presses. Every look-up is limited to the pictures of the person who presses.
"""

import asyncio
import io
from dataclasses import dataclass
from html import escape

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.permissions.presses import Owned
from bot.handlers.picture.redraw import Redraws
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.jobs.acceptance.redrawing import Repeat
from bot.keyboards.history import (
    HistoryAction,
    HistoryDo,
    HistoryPick,
    HistoryShow,
    HistoryTurn,
    history_keyboard,
    no_favourites_keyboard,
)
from bot.pictures.sheet import sheet
from bot.presenter import BETWEEN
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import HistoryEntry, HistoryPage
from storage.repositories.history import Turn

PAGE = 9  # pictures, as on the largest sheet
WORDS_LENGTH = 100  # units of a search
PROMPT_SHOWN = 500  # units under the sheet
STAR = "★"  # in front of the words of a search: of the favourites alone
OTHER_SEED = {HistoryAction.AGAIN, HistoryAction.VARY}


def router() -> Router:
    history = Router(name="history")
    history.message.register(history_command, Command("history", ignore_case=True))
    on = history.callback_query.register
    on(turn, HistoryTurn.filter())
    on(pick, HistoryPick.filter())
    on(show, HistoryShow.filter())
    on(do, HistoryDo.filter())
    return history


@dataclass(frozen=True, slots=True)
class Search:
    """Which pictures a page shows."""

    words: str = ""
    favourites: bool = False


class History:
    """Finds the pages of a person's pictures and makes the cards that show them."""

    def __init__(self, db: Database, catalog: Catalog) -> None:
        self._db = db
        self._catalog = catalog

    async def first(self, person: Sender, search: Search) -> Card:
        """The newest pictures of a search. Raises StorageUnavailable."""
        return await self._page(person, search)

    async def turned(self, person: Sender, to: HistoryTurn, search: Search) -> Card:
        """The page before or after a picture."""
        return await self._page(person, search, to.picture_id, to.turn)

    async def _page(self, person: Sender, search: Search, picture_id: int | None = None, turn: Turn = Turn.AT) -> Card:
        async with self._db.read() as unit:
            page = await unit.history.page(
                person.id,
                picture_id=picture_id,
                turn=turn,
                words=search.words,
                favourites=search.favourites,
                limit=PAGE,
            )
            starred = search.favourites or await unit.history.has_favourites(person.id)
        return await page_card(person.texts, page, search, starred=starred)

    async def picked(self, person: Sender, pick: HistoryPick, search: Search) -> tuple[Card, bool]:
        """The page with the buttons for one of its pictures. False: some of the page no longer exists, so the page is
        shown as it is now."""
        async with self._db.read() as unit:
            page = await unit.history.page(
                person.id,
                picture_id=pick.first,
                turn=Turn.AT,
                words=search.words,
                favourites=search.favourites,
                limit=PAGE,
            )
            starred = search.favourites or await unit.history.has_favourites(person.id)
        picked = next((entry for entry in page.entries if entry.picture_id == pick.picture_id), None)
        if picked is None or page.entries[0].picture_id != pick.first:
            return await page_card(person.texts, page, search, starred=starred), False
        keyboard = history_keyboard(
            person.texts,
            page,
            picked,
            takes_seed=_takes_seed(picked, self._catalog),
            other=_other(search, starred=starred),
        )
        text = f"{_title(person.texts, search)}\n\n{_about(person.texts, page, picked, self._catalog)}"
        return Card(text, keyboard), True

    async def star(self, picture_id: int, *, favourite: bool) -> None:
        async with self._db.transaction() as unit:
            await unit.pictures.star(picture_id, favourite=favourite)

    async def owned(self, person: Sender, picture_id: int) -> tuple[Owned, HistoryEntry] | None:
        """One of this person's pictures, as something that a press may draw again. None: it is not theirs, or not any
        more."""
        async with self._db.read() as unit:
            entry = await unit.history.entry(person.id, picture_id)
            request = await unit.requests.get(entry.request_id) if entry is not None else None
        return None if entry is None or request is None else (Owned(request, admin=False), entry)


async def history_command(
    message: Message, command: CommandObject, person: Sender, history: History, outbox: Outbox
) -> None:
    if message.chat.type != ChatType.PRIVATE:
        await outbox.reply(place_of(message), Card(person.texts.html("history-in-private")))
        return
    words = shorten(" ".join((command.args or "")[: 4 * WORDS_LENGTH].split()), WORDS_LENGTH).removesuffix("…")
    await outbox.reply(place_of(message), await history.first(person, _search(words)))


async def turn(press: Press, callback_data: HistoryTurn, person: Sender, history: History) -> None:
    await press.answer()
    await press.show_page(await history.turned(person, callback_data, _search_in(press.message)))


async def show(press: Press, callback_data: HistoryShow, person: Sender, history: History) -> None:
    await press.answer()
    await press.show_page(await history.first(person, Search("", callback_data.favourites)))


async def pick(press: Press, callback_data: HistoryPick, person: Sender, history: History) -> None:
    card, there = await history.picked(person, callback_data, _search_in(press.message))
    if not there:
        await press.answer(person.texts.get("history-picture-gone"))
        await press.show_page(card)
        return
    await press.answer()
    await press.edit(card)


async def do(press: Press, callback_data: HistoryDo, person: Sender, history: History, redraws: Redraws) -> None:
    found = await history.owned(person, callback_data.picture_id)
    if found is None:
        await press.answer(person.texts.get("history-picture-gone"), alert=True)
        return
    owned, entry = found
    if callback_data.action is HistoryAction.FULL:
        await redraws.send_full(press, person, entry.picture_id)
        return
    if callback_data.action is HistoryAction.STAR:
        await history.star(entry.picture_id, favourite=not entry.favourite)
        await press.answer(person.texts.get("favourite-removed" if entry.favourite else "favourite-added"))
        first = _first_of(press.message)
        if first is not None:
            pick_again = HistoryPick(picture_id=entry.picture_id, first=first)
            card, there = await history.picked(person, pick_again, _search_in(press.message))
            await (press.edit(card) if there else press.show_page(card))
        return
    fresh = callback_data.action in OTHER_SEED
    again = Repeat(fresh_seed=fresh, seed=entry.seed, picture_id=entry.picture_id)
    await redraws.draw(press, person, owned, again)


async def page_card(texts: LanguageTexts, page: HistoryPage, search: Search, *, starred: bool = False) -> Card:
    """A sheet of thumbnails, or a sentence if there is nothing to show."""
    if not page.entries:
        if search.favourites and not search.words:
            return Card(texts.html("history-no-favourites"), no_favourites_keyboard(texts))
        if search.words:
            return Card(texts.html("history-nothing-found", words=search.words))
        return Card(texts.html("history-empty"))
    picture = await asyncio.to_thread(_sheet, page.entries)
    keyboard = history_keyboard(texts, page, other=_other(search, starred=starred))
    return Card(_title(texts, search), keyboard, preview=picture)


def _sheet(entries: tuple[HistoryEntry, ...]) -> bytes:
    return sheet([entry.thumbnail or _blank(entry.width, entry.height) for entry in entries])


def _blank(width: int, height: int) -> bytes:
    """A black JPEG of the picture's shape, in place of a missing thumbnail."""
    from PIL import Image

    image = Image.new("RGB", (max(160 * width // max(width, height), 1), max(160 * height // max(width, height), 1)))
    body = io.BytesIO()
    image.save(body, "JPEG")
    return body.getvalue()


def _other(search: Search, *, starred: bool) -> bool | None:
    """Whether the button leads to the favourites (True) or back to all pictures; None: there are no favourites."""
    if search.favourites:
        return False
    return True if starred else None


def _title(texts: LanguageTexts, search: Search) -> str:
    if search.favourites:
        return texts.html("history-favourites", words=f"{STAR} {search.words}".strip())
    if search.words:
        return texts.html("history-found", words=search.words)
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
        f"{texts.join((escape(fact, quote=False) for fact in facts), BETWEEN)}"
    )


def _takes_seed(picked: HistoryEntry, catalog: Catalog) -> bool:
    """Whether its seed draws the picture again. The seed of a run of several draws only the first of them."""
    return picked.of_run == 1 and picked.model in catalog and catalog[picked.model].capabilities.takes("seed")


def _search(words: str) -> Search:
    """Reads a search. A star in front limits it to favourites."""
    starred = words.startswith(STAR)
    return Search(words.removeprefix(STAR).strip(), starred)


def _first_of(message: Message | None) -> int | None:
    """The first picture of the page, read from the button of its number."""
    rows = message.reply_markup.inline_keyboard if message is not None and message.reply_markup is not None else []
    try:
        return HistoryPick.unpack(rows[0][0].callback_data or "").first
    except (IndexError, TypeError, ValueError):
        return None


def _search_in(message: Message | None) -> Search:
    """The search of a page, read from its caption. The title of a page without a search has its example there."""
    return _search(_words_in(message))


def _words_in(message: Message | None) -> str:
    if message is None:
        return ""
    caption = message.caption or ""
    code = next((entity for entity in message.caption_entities or () if entity.type == "code"), None)
    if code is None:
        return ""
    found = code.extract_from(caption)
    return "" if found.startswith("/history") else found
