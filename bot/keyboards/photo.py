"""The menu below a photo that was sent without words."""

from collections.abc import Sequence
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.texts.fluent import LanguageTexts

COLUMNS = 2


class PhotoAction(StrEnum):
    EDIT = "e"  # asks for an instruction
    AGAIN = "a"  # draws what the file says that it was made from
    DESCRIBE = "d"  # writes a prompt for it
    UPSCALE = "u"
    CUTOUT = "c"
    VIDEO = "v"


class PhotoDo(CallbackData, prefix="ph"):
    """Does something with the photo, or the album, of the replied-to message."""

    action: PhotoAction


def photo_keyboard(texts: LanguageTexts, entries: Sequence[tuple[PhotoAction, str]]) -> InlineKeyboardMarkup:
    """`entries`: what can be done, each with the key of its text."""
    buttons = [
        InlineKeyboardButton(text=texts.get(key), callback_data=PhotoDo(action=action).pack())
        for action, key in entries
    ]
    return InlineKeyboardMarkup(
        inline_keyboard=[buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)]
    )
