"""The menus of models: behind /model (its owner's), and behind a picture's button (whoever may press the picture's)."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import Page, RowId, TelegramId
from bot.lengths import shorten
from bot.texts import LanguageTexts
from providers.model import Model

PAGE_SIZE = 8  # models a page, one a row
LABEL_LENGTH = 40
DEFAULT = "*"  # not a valid model id: follow the operator's default
STAY = ""  # choose nothing: turn to the page


class ModelChoice(CallbackData, prefix="m"):
    """`model` is an id, DEFAULT, or STAY."""

    owner: TelegramId
    page: Page
    model: str = STAY


class PictureModel(CallbackData, prefix="pm"):
    """The same, in the menu that a picture's button opened."""

    request_id: RowId
    page: Page
    model: str = STAY


class Redraw(CallbackData, prefix="rd"):
    """Draw that picture's words again with this model."""

    request_id: RowId
    model: str


def model_keyboard(
    texts: LanguageTexts, models: Sequence[Model], *, owner: int, chosen: str, page: int, own_choice: bool
) -> InlineKeyboardMarkup:
    """`chosen` is marked; `own_choice`: it is the person's and not the default, which is then offered."""
    rows = model_rows(texts, models, chosen, page, lambda turn, model: ModelChoice(owner=owner, page=turn, model=model))
    if own_choice:
        data = ModelChoice(owner=owner, page=page, model=DEFAULT).pack()
        rows.append([InlineKeyboardButton(text=texts.get("button-model-default"), callback_data=data)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def picture_model_keyboard(
    texts: LanguageTexts, models: Sequence[Model], *, request_id: int, chosen: Model, page: int
) -> InlineKeyboardMarkup:
    rows = model_rows(
        texts,
        models,
        chosen.id,
        page,
        lambda turn, model: PictureModel(request_id=request_id, page=turn, model=model),
    )
    text = texts.get("button-redraw", label=shorten(chosen.label, LABEL_LENGTH))
    data = Redraw(request_id=request_id, model=chosen.id).pack()
    rows.append([InlineKeyboardButton(text=text, callback_data=data)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def page_of(models: Sequence[Model], chosen: str) -> int:
    """The page on which a model stands, from 0; the first one for a model that is not offered."""
    return next((index // PAGE_SIZE for index, model in enumerate(models) if model.id == chosen), 0)


def model_rows(
    texts: LanguageTexts,
    models: Sequence[Model],
    chosen: str,
    page: int,
    data: Callable[[int, str], CallbackData],
) -> list[list[InlineKeyboardButton]]:
    """A page of models, one a row, and how to turn it; `data` is of a page and a model's id (STAY: turn)."""
    last = max(0, (len(models) - 1) // PAGE_SIZE)
    page = min(max(page, 0), last)
    rows = [
        [InlineKeyboardButton(text=_label(model, chosen), callback_data=data(page, model.id).pack())]
        for model in models[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    ]
    turns = [("button-previous", page - 1), ("button-next", page + 1)]
    turning = [
        InlineKeyboardButton(text=texts.get(key), callback_data=data(turn, STAY).pack())
        for key, turn in turns
        if 0 <= turn <= last
    ]
    return [*rows, turning] if turning else rows


def _label(model: Model, chosen: str) -> str:
    label = shorten(model.label, LABEL_LENGTH)
    return f"✓ {label}" if model.id == chosen else label
