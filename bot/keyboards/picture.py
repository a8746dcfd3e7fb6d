"""Under a placeholder, a picture, a sheet or a failure. The data hold the request's id and nothing to trust: who may
press is looked up, so forged or old data are harmless."""

from collections.abc import Sequence
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import RowId
from bot.lengths import COPY_LENGTH, units
from bot.texts import LanguageTexts

SHEET_ROW = 3  # numbers a row, as the sheet's own columns; up to four pictures fit in one row


class Action(StrEnum):
    CANCEL = "x"
    AGAIN = "a"
    VARY = "v"
    RETRY = "r"
    MODEL = "m"


class PictureAction(CallbackData, prefix="p"):
    action: Action
    request_id: RowId


class SendFull(CallbackData, prefix="f"):
    """One picture of a sheet, in full."""

    picture_id: RowId


class DrawNow(CallbackData, prefix="n"):
    """Draw what the message that this one answers asked for: it came too late."""


def placeholder_keyboard(texts: LanguageTexts, request_id: int) -> InlineKeyboardMarkup:
    return _rows([_button(texts, "button-cancel", Action.CANCEL, request_id)])


def picture_keyboard(
    texts: LanguageTexts,
    request_id: int,
    *,
    prompt: str,
    takes_seed: bool,
    picture_ids: Sequence[int] = (),
) -> InlineKeyboardMarkup:
    """`picture_ids` are those of a sheet, in the order of its numbers; none for a single picture.

    A model without a seed draws something new each time, so there only *Again* is offered.
    """
    numbers = [
        InlineKeyboardButton(text=str(number), callback_data=SendFull(picture_id=picture_id).pack())
        for number, picture_id in enumerate(picture_ids, start=1)
    ]
    row = len(numbers) if len(numbers) <= SHEET_ROW + 1 else SHEET_ROW
    redraw = [_button(texts, "button-again", Action.AGAIN, request_id)]
    if takes_seed:
        redraw.append(_button(texts, "button-vary", Action.VARY, request_id))
    last = [_button(texts, "button-model", Action.MODEL, request_id)]
    if 1 <= units(prompt) <= COPY_LENGTH:
        copy = CopyTextButton(text=prompt)
        last.append(InlineKeyboardButton(text=texts.get("button-copy"), copy_text=copy))
    return _rows(*(numbers[start : start + row] for start in range(0, len(numbers), row or 1)), redraw, last)


def failure_keyboard(texts: LanguageTexts, request_id: int, *, retry: bool = True) -> InlineKeyboardMarkup:
    """`retry` is off where the same model cannot be asked again."""
    buttons = [_button(texts, "button-retry", Action.RETRY, request_id)] if retry else []
    return _rows([*buttons, _button(texts, "button-model", Action.MODEL, request_id)])


def cancelled_keyboard(texts: LanguageTexts, request_id: int) -> InlineKeyboardMarkup:
    return _rows([_button(texts, "button-again", Action.AGAIN, request_id)])


def draw_now_keyboard(texts: LanguageTexts) -> InlineKeyboardMarkup:
    return _rows([InlineKeyboardButton(text=texts.get("button-draw-now"), callback_data=DrawNow().pack())])


def _button(texts: LanguageTexts, key: str, action: Action, request_id: int) -> InlineKeyboardButton:
    data = PictureAction(action=action, request_id=request_id).pack()
    return InlineKeyboardButton(text=texts.get(key), callback_data=data)


def _rows(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])
