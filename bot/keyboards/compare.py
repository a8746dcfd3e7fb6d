"""Comparing models: the menu under a picture, and what is below the sheet that comes of it.

Which models are picked stands on the menu itself, in the marks of its buttons: only the bot decides what those are.
"""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import Page, RowId
from bot.keyboards.models import LABEL_LENGTH, VitalsOf, model_rows
from bot.keyboards.picture import Action, PictureAction
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten
from providers.catalog.model import Model

LEAST, MOST = 2, 4  # models that are compared
_PICKED = "✓ "


class CompareModel(CallbackData, prefix="cm"):
    """Picks a model, or takes it out; turns to the page when `model` is empty."""

    request_id: RowId
    page: Page
    model: str = ""


class CompareDraw(CallbackData, prefix="cd"):
    """Draws with the models that are picked."""

    request_id: RowId


def compare_keyboard(
    texts: LanguageTexts,
    request_id: int,
    models: Sequence[Model],
    picked: Sequence[Model],
    *,
    page: int = 0,
    cost: str | None = None,
    vitals: VitalsOf | None = None,
) -> InlineKeyboardMarkup:
    """The `picked` ones first, on every page. `cost`: what they would cost together."""

    def data(turn: int, model: str) -> CompareModel:
        return CompareModel(request_id=request_id, page=turn, model=model)

    rows = [[_button(_PICKED + shorten(model.label, LABEL_LENGTH), data(page, model.id))] for model in picked]
    rows += model_rows(texts, [model for model in models if model not in picked], "", page, data, vitals)
    if len(picked) >= LEAST:
        text = texts.get("button-compare-draw", count=len(picked))
        if cost is not None:
            text = f"{text} · {texts.get('model-price', cost=cost)}"
        rows.append([_button(text, CompareDraw(request_id=request_id))])
    back = PictureAction(action=Action.MORE, request_id=request_id)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(texts.get("button-back"), back)]])


def picked_in(keyboard: InlineKeyboardMarkup | None) -> list[str]:
    """The ids of the models that are picked on such a menu."""
    found = []
    for row in keyboard.inline_keyboard if keyboard is not None else ():
        for button in row:
            if button.callback_data is not None and button.text.startswith(_PICKED):
                try:
                    found.append(CompareModel.unpack(button.callback_data).model)
                except (TypeError, ValueError):  # another kind of button
                    continue
    return found


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
