"""The button that brings a picture into another chat: an inline query that finds exactly that picture."""

import re

from aiogram.types import InlineKeyboardButton

from bot.texts.fluent import LanguageTexts

_SHARED = re.compile(r"id:([1-9][0-9]{0,17})")


def share_button(texts: LanguageTexts, picture_id: int) -> InlineKeyboardButton:
    """Telegram refuses it while inline mode is off."""
    return InlineKeyboardButton(text=texts.get("button-share"), switch_inline_query=f"id:{picture_id}")


def shared_picture(query: str) -> int | None:
    """The id of the picture that an inline query asks for by the button; None for words."""
    found = _SHARED.fullmatch(query)
    return int(found[1]) if found is not None else None
