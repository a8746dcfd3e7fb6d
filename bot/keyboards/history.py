"""The keyboards of /history and /forget. The data hold only a picture's id; its owner is looked up."""

from collections.abc import Sequence
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import RowId, TelegramId
from bot.keyboards.picture import copy_button
from bot.texts.fluent import LanguageTexts
from storage.records import HistoryEntry, HistoryPage
from storage.repositories.history import Turn

COLUMNS = 3  # as on the sheet


class HistoryAction(StrEnum):
    AGAIN = "a"  # with another seed
    VARY = "v"  # the same, on buttons of earlier versions
    SAME = "s"  # with the same seed
    FULL = "f"


class HistoryTurn(CallbackData, prefix="h"):
    """Opens the page after, or before, this picture."""

    turn: Turn
    picture_id: RowId


class HistoryPick(CallbackData, prefix="hp"):
    """Shows the actions for one picture of the page that begins with `first`."""

    picture_id: RowId
    first: RowId


class HistoryDo(CallbackData, prefix="hd"):
    action: HistoryAction
    picture_id: RowId


class Forget(CallbackData, prefix="fg"):
    """Confirms (`sure`) or cancels deleting one's data."""

    owner: TelegramId
    sure: bool


def history_keyboard(
    texts: LanguageTexts, page: HistoryPage, picked: HistoryEntry | None = None, *, takes_seed: bool = False
) -> InlineKeyboardMarkup:
    """The numbers of the sheet, the actions for the `picked` picture, and the buttons that turn the page."""
    first = page.entries[0].picture_id
    numbers = [
        InlineKeyboardButton(
            text=f"• {number} •" if picked is not None and entry.picture_id == picked.picture_id else str(number),
            callback_data=HistoryPick(picture_id=entry.picture_id, first=first).pack(),
        )
        for number, entry in enumerate(page.entries, start=1)
    ]
    rows: list[Sequence[InlineKeyboardButton]] = [
        numbers[start : start + COLUMNS] for start in range(0, len(numbers), COLUMNS)
    ]
    if picked is not None:
        rows += _deeds(texts, picked, takes_seed=takes_seed)
    turns = []
    if page.newer:
        turns.append(_button(texts, "button-newer", HistoryTurn(turn=Turn.NEWER, picture_id=first)))
    if page.older:
        last = page.entries[-1].picture_id
        turns.append(_button(texts, "button-older", HistoryTurn(turn=Turn.OLDER, picture_id=last)))
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in [*rows, turns] if row])


def forget_keyboard(texts: LanguageTexts, owner: int) -> InlineKeyboardMarkup:
    keep = _button(texts, "button-keep", Forget(owner=owner, sure=False))
    erase = _button(texts, "button-forget", Forget(owner=owner, sure=True))
    return InlineKeyboardMarkup(inline_keyboard=[[keep, erase]])


def _deeds(
    texts: LanguageTexts, picked: HistoryEntry, *, takes_seed: bool
) -> tuple[list[InlineKeyboardButton], list[InlineKeyboardButton]]:
    def do(key: str, action: HistoryAction) -> InlineKeyboardButton:
        return _button(texts, key, HistoryDo(action=action, picture_id=picked.picture_id))

    redraw = [do("button-again", HistoryAction.AGAIN)]
    if takes_seed:
        redraw.append(do("button-same", HistoryAction.SAME))
    return redraw, [do("button-full", HistoryAction.FULL), *copy_button(texts, picked.prompt)]


def _button(texts: LanguageTexts, key: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=texts.get(key), callback_data=data.pack())
