"""The keyboards below inline messages: there is no chat to answer in, so every button changes the message itself."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import RowId
from bot.keyboards.models import PictureModel, Redraw, VitalsOf, model_rows
from bot.keyboards.picture import Action, PictureAction, copy_button
from bot.keyboards.share import share_button
from bot.texts.fluent import LanguageTexts
from providers.catalog.model import Model

# What a press may do on an inline message, of what there is below pictures.
INLINE_ACTIONS = frozenset(
    {Action.CANCEL, Action.AGAIN, Action.VARY, Action.SAME, Action.RETRY, Action.SHORTEN, Action.MODEL, Action.LESS}
)


class InlineDraw(CallbackData, prefix="in"):
    """Draws what was offered in an inline query, where Telegram has not told that it was chosen."""

    kept_id: RowId


def offer_keyboard(texts: LanguageTexts, kept_id: int) -> InlineKeyboardMarkup:
    """Without a keyboard Telegram names no inline message."""
    data = InlineDraw(kept_id=kept_id).pack()
    return _rows([InlineKeyboardButton(text=texts.get("button-inline-draw"), callback_data=data)])


def inline_picture_keyboard(
    texts: LanguageTexts,
    request_id: int,
    *,
    prompt: str,
    picture_id: int | None,
    takes_seed: bool,
    varies: bool = False,
) -> InlineKeyboardMarkup:
    """`picture_id` None: there is no picture to share, or it is covered. `takes_seed`: the model draws the
    same again; `varies`: it draws variations of the picture."""
    redraw = [_button(texts, "button-again", Action.AGAIN, request_id)]
    if varies:
        redraw.append(_button(texts, "button-vary", Action.VARY, request_id))
    redraw.append(_button(texts, "button-model", Action.MODEL, request_id))
    share = [share_button(texts, picture_id)] if picture_id is not None else []
    same = [_button(texts, "button-same", Action.SAME, request_id)] if takes_seed else []
    return _rows(redraw, same, [*share, *copy_button(texts, prompt)])


def inline_model_keyboard(
    texts: LanguageTexts, models: Sequence[Model], request_id: int, chosen: str, page: int, vitals: VitalsOf
) -> InlineKeyboardMarkup:
    """A press on a model draws with it, in place of what the message shows."""

    def data(turn: int, model: str) -> CallbackData:
        if model:
            return Redraw(request_id=request_id, model=model)
        return PictureModel(request_id=request_id, page=turn)

    rows = model_rows(texts, models, chosen, page, data, vitals)
    return _rows(*rows, [_button(texts, "button-back", Action.LESS, request_id)])


def _button(texts: LanguageTexts, key: str, action: Action, request_id: int) -> InlineKeyboardButton:
    data = PictureAction(action=action, request_id=request_id).pack()
    return InlineKeyboardButton(text=texts.get(key), callback_data=data)


def _rows(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])
