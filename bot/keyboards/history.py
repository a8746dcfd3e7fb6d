"""The keyboards of /history and /forget. The data hold only a picture's id; its owner is looked up."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards import RowId, TelegramId
from bot.keyboards.picture import copy_button, star_key
from bot.texts.fluent import LanguageTexts
from storage.records import HistoryEntry, HistoryPage
from storage.repositories.history import Turn

COLUMNS = 3  # as on the sheet


class HistoryAction(StrEnum):
    AGAIN = "a"  # with another seed
    VARY = "v"  # the same, on buttons of earlier versions
    SAME = "s"  # with the same seed
    FULL = "f"
    STAR = "t"  # makes it a favourite, or no longer one


class HistoryTurn(CallbackData, prefix="h"):
    """Opens the page after, or before, this picture."""

    turn: Turn
    picture_id: RowId


class HistoryPick(CallbackData, prefix="hp"):
    """Shows the actions for one picture of the page that begins with `first`."""

    picture_id: RowId
    first: RowId


class HistoryShow(CallbackData, prefix="hs"):
    """Opens the newest pictures: the favourites alone, or all of them."""

    favourites: bool


class ExportPictures(CallbackData, prefix="xp"):
    """Sends the pictures of an export that come after this one."""

    owner: TelegramId
    after: Annotated[int, Field(ge=0, lt=2**63)]


class HistoryDo(CallbackData, prefix="hd"):
    action: HistoryAction
    picture_id: RowId


class Forget(CallbackData, prefix="fg"):
    """Confirms (`sure`) or cancels deleting one's data."""

    owner: TelegramId
    sure: bool


def history_keyboard(
    texts: LanguageTexts,
    page: HistoryPage,
    picked: HistoryEntry | None = None,
    *,
    takes_seed: bool = False,
    other: bool | None = None,
) -> InlineKeyboardMarkup:
    """The numbers of the sheet, the actions for the `picked` picture, and the buttons that turn the page. `other`: a
    button for the favourites (True) or for all pictures (False)."""
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
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in [*rows, turns, _other(texts, other)] if row])


def no_favourites_keyboard(texts: LanguageTexts) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[_other(texts, False)])


def export_keyboard(texts: LanguageTexts, owner: int, after: int, count: int) -> InlineKeyboardMarkup:
    """`count`: how many pictures it sends at most."""
    text = texts.get("button-export-pictures", count=count)
    data = ExportPictures(owner=owner, after=after).pack()
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)]])


def _other(texts: LanguageTexts, favourites: bool | None) -> list[InlineKeyboardButton]:  # a button's data
    if favourites is None:
        return []
    key = "button-favourites" if favourites else "button-all-pictures"
    return [_button(texts, key, HistoryShow(favourites=favourites))]


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
    star = do(star_key(favourite=picked.favourite), HistoryAction.STAR)
    return redraw, [do("button-full", HistoryAction.FULL), *copy_button(texts, picked.prompt), star]


def _button(texts: LanguageTexts, key: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=texts.get(key), callback_data=data.pack())
