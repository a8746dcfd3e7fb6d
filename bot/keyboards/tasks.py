"""Who makes something of a picture, where several can: below pictures, and in answer to photos."""

from collections.abc import Callable, Sequence
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards import Page, RowId
from bot.keyboards.photo import PhotoAction
from bot.keyboards.picture import Action
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten

PAGE_SIZE = 10  # options, one a row
LABEL_LENGTH = 40  # units on a button
BACK = "-"  # in place of a code

Code = Annotated[str, Field(max_length=16)]
Data = Callable[[int, str], CallbackData]


class PictureWork(CallbackData, prefix="tw"):
    """Has the option of this `code` work on the request's only picture; turns to the page when `code` is empty; BACK
    shows the picture's other buttons."""

    action: Action
    request_id: RowId
    page: Page = 0
    code: Code = ""


class SingleWork(CallbackData, prefix="tv"):
    """The same below one picture of a sheet that is shown in full."""

    action: Action
    picture_id: RowId
    page: Page = 0
    code: Code = ""


class PhotoWork(CallbackData, prefix="tp"):
    """The same with the photo of the message that is answered."""

    action: PhotoAction
    page: Page = 0
    code: Code = ""


def options_rows(
    texts: LanguageTexts, options: Sequence[tuple[str, str]], data: Data, *, page: int = 0
) -> list[list[InlineKeyboardButton]]:
    """A page of the options, each a code and a label; `data` makes what a button carries of a page and a code."""
    last = max(0, (len(options) - 1) // PAGE_SIZE)
    page = min(page, last)
    shown = options[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    rows = [[_button(shorten(label, LABEL_LENGTH), data(page, code))] for code, label in shown]
    turns = (("button-previous", page - 1), ("button-next", page + 1))
    turning = [_button(texts.get(key), data(turn, "")) for key, turn in turns if 0 <= turn <= last]
    return [*rows, turning] if turning else rows


def options_keyboard(
    texts: LanguageTexts, options: Sequence[tuple[str, str]], data: Data, *, page: int = 0
) -> InlineKeyboardMarkup:
    """The same with a way back to the picture's other buttons."""
    back = [_button(texts.get("button-back"), data(page, BACK))]
    return InlineKeyboardMarkup(inline_keyboard=[*options_rows(texts, options, data, page=page), back])


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
