"""The keyboard of /start: one tap draws the example, so that newcomers see a picture before typing."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.texts.fluent import LanguageTexts


class DrawExample(CallbackData, prefix="e"):
    """Draws the example in the language of the user who taps."""


def start_keyboard(texts: LanguageTexts) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=texts.get("button-example"), callback_data=DrawExample().pack())
    return InlineKeyboardMarkup(inline_keyboard=[[button]])
