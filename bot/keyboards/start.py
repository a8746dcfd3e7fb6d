"""Under /start: one press draws the example, so that a newcomer sees a picture before typing a word."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.texts.fluent import LanguageTexts


class DrawExample(CallbackData, prefix="e"):
    """Draw the example for whoever presses, in their language."""


def start_keyboard(texts: LanguageTexts) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=texts.get("button-example"), callback_data=DrawExample().pack())
    return InlineKeyboardMarkup(inline_keyboard=[[button]])
