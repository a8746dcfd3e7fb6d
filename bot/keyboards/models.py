"""The model menus: of /model (for its owner), and of a picture's button (for those who may use the picture's
buttons)."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.jobs.acceptance.budget import amount, price
from bot.jobs.models.health import Condition, Vitals
from bot.keyboards import Page, RowId, TelegramId
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten
from providers.catalog.model import Model

PAGE_SIZE = 8  # models a page, one a row
LABEL_LENGTH = 40
DEFAULT = "*"  # not a valid model id: follow the operator's default
STAY = ""  # choose nothing: turn to the page
LONG = 90  # seconds
MARKS = {Condition.UP: "🟢 ", Condition.SLOW: "🟡 ", Condition.DOWN: "🔴 ", Condition.UNKNOWN: ""}
VitalsOf = Callable[[str], Vitals]  # by a model's id


class ModelChoice(CallbackData, prefix="m"):
    """`model` is an id, DEFAULT, or STAY."""

    owner: TelegramId
    page: Page
    model: str = STAY


class PictureModel(CallbackData, prefix="pm"):
    """As ModelChoice, in the menu of a picture."""

    request_id: RowId
    page: Page
    model: str = STAY


class UseModel(CallbackData, prefix="um"):
    """Makes a model that drew one of a comparison's pictures the presser's own."""

    request_id: RowId
    model: str


class Redraw(CallbackData, prefix="rd"):
    """Draws a picture's prompt again with this model."""

    request_id: RowId
    model: str


def model_keyboard(
    texts: LanguageTexts,
    models: Sequence[Model],
    *,
    owner: int,
    chosen: str,
    page: int,
    own_choice: bool,
    vitals: VitalsOf | None = None,
    instead: Model | None = None,
) -> InlineKeyboardMarkup:
    """`chosen` is marked; `own_choice`: it is the person's and not the default, which is then offered. `instead` is
    offered in place of a chosen one that is down."""

    def choice(turn: int, model: str) -> ModelChoice:
        return ModelChoice(owner=owner, page=turn, model=model)

    rows = model_rows(texts, models, chosen, page, choice, vitals)
    if instead is not None:
        rows.insert(0, [_instead(texts, instead, choice(page, instead.id))])
    if own_choice:
        data = ModelChoice(owner=owner, page=page, model=DEFAULT).pack()
        rows.append([InlineKeyboardButton(text=texts.get("button-model-default"), callback_data=data)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def picture_model_keyboard(
    texts: LanguageTexts,
    models: Sequence[Model],
    *,
    request_id: int,
    chosen: Model,
    page: int,
    vitals: VitalsOf | None = None,
    instead: Model | None = None,
    draws: bool = True,
) -> InlineKeyboardMarkup:
    """As `model_keyboard`, with a button that draws with the chosen one; not `draws`: it cannot now."""

    def choice(turn: int, model: str) -> PictureModel:
        return PictureModel(request_id=request_id, page=turn, model=model)

    rows = model_rows(texts, models, chosen.id, page, choice, vitals)
    if instead is not None:
        rows.insert(0, [_instead(texts, instead, choice(page, instead.id))])
    if draws:
        text = texts.get("button-redraw", label=shorten(chosen.label, LABEL_LENGTH))
        data = Redraw(request_id=request_id, model=chosen.id).pack()
        rows.append([InlineKeyboardButton(text=text, callback_data=data)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def page_of(models: Sequence[Model], chosen: str) -> int:
    """The page with a model, from 0; the first page for a model that is not offered."""
    return next((index // PAGE_SIZE for index, model in enumerate(models) if model.id == chosen), 0)


def model_rows(
    texts: LanguageTexts,
    models: Sequence[Model],
    chosen: str,
    page: int,
    data: Callable[[int, str], CallbackData],
    vitals: VitalsOf | None = None,
) -> list[list[InlineKeyboardButton]]:
    """A page of models, one per row, and the buttons that turn it.

    `data` makes the callback data of a page and a model's id (STAY: turn the page). `vitals` adds each model's health,
    usual time and cost.
    """
    last = max(0, (len(models) - 1) // PAGE_SIZE)
    page = min(max(page, 0), last)
    rows = [
        [InlineKeyboardButton(text=_label(texts, model, chosen, vitals), callback_data=data(page, model.id).pack())]
        for model in models[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    ]
    turns = [("button-previous", page - 1), ("button-next", page + 1)]
    turning = [
        InlineKeyboardButton(text=texts.get(key), callback_data=data(turn, STAY).pack())
        for key, turn in turns
        if 0 <= turn <= last
    ]
    return [*rows, turning] if turning else rows


def _label(texts: LanguageTexts, model: Model, chosen: str, vitals: VitalsOf | None) -> str:
    label = shorten(model.label, LABEL_LENGTH)
    if vitals is not None:
        known = vitals(model.id)
        facts = [MARKS[known.condition] + label]
        if known.usual is not None and known.condition is not Condition.DOWN:
            facts.append(usual_time(texts, known.usual))
        if model.cost:
            facts.append(texts.get("model-price", cost=amount(price(model))))
        label = texts.join(facts, " · ") if len(facts) > 1 else facts[0]
    return f"✓ {label}" if model.id == chosen else label


def usual_time(texts: LanguageTexts, seconds: float) -> str:
    """Formats a usual time: in seconds up to a minute and a half, then in minutes."""
    if seconds < LONG:
        return texts.get("model-seconds", seconds=max(round(seconds), 1))
    return texts.get("model-minutes", minutes=round(seconds / 60))


def _instead(texts: LanguageTexts, model: Model, data: CallbackData) -> InlineKeyboardButton:
    text = texts.get("button-model-instead", label=shorten(model.label, LABEL_LENGTH))
    return InlineKeyboardButton(text=text, callback_data=data.pack())
