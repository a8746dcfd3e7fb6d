"""The operators' menus. Their buttons count in private chats of ADMIN_IDS alone."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards import TelegramId
from bot.operations.usage import Period
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten
from providers.catalog.model import Model
from storage.records import Allowance, Ban

MODELS_SHOWN = 40  # as many as a keyboard of two columns can have and still be read
LABEL_LENGTH = 30
BAN_DAYS = (1, 7, 30)


class AdminPage(StrEnum):
    USAGE = "u"
    CHART = "c"
    MODELS = "m"
    AUDIT = "a"


class PersonAct(StrEnum):
    SHOW = "s"
    BAN = "b"
    UNBAN = "u"
    EXEMPT = "e"
    LIMIT = "l"  # by the limits of everybody again


class AdminGo(CallbackData, prefix="ad"):
    page: AdminPage
    period: Period = Period.TODAY


class AdminPerson(CallbackData, prefix="ap"):
    """`days`: of a ban, 0 for good."""

    act: PersonAct
    person: TelegramId
    days: Annotated[int, Field(ge=0, le=3650)] = 0


class AdminModel(CallbackData, prefix="am"):
    """`on`: switch it on, else off."""

    model: str
    on: bool


class AdminPause(CallbackData, prefix="az"):
    on: bool


def usage_keyboard(texts: LanguageTexts, period: Period, *, paused: bool) -> InlineKeyboardMarkup:
    periods = [
        _button(
            ("✓ " if one is period else "") + texts.get(f"button-period-{one.name.lower()}"),
            AdminGo(page=AdminPage.USAGE, period=one),
        )
        for one in Period
    ]
    pages = [
        _button(texts.get("button-chart"), AdminGo(page=AdminPage.CHART, period=period)),
        _button(texts.get("button-models"), AdminGo(page=AdminPage.MODELS, period=period)),
        _button(texts.get("button-audit"), AdminGo(page=AdminPage.AUDIT, period=period)),
    ]
    pause = _button(texts.get("button-resume" if paused else "button-pause"), AdminPause(on=not paused))
    return InlineKeyboardMarkup(inline_keyboard=[periods, pages, [pause]])


def switches_keyboard(texts: LanguageTexts, models: Sequence[Model], off: frozenset[str]) -> InlineKeyboardMarkup:
    """A model each, marked whether it is on; a tap switches it."""
    rows = [
        [
            _button(
                f"{'⛔' if model.id in off else '✓'} {shorten(model.label, LABEL_LENGTH)}",
                AdminModel(model=model.id, on=model.id in off),
            )
        ]
        for model in models[:MODELS_SHOWN]
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [back_button(texts)]])


def person_keyboard(
    texts: LanguageTexts,
    person: int,
    ban: Ban | None,
    allowance: Allowance,
    refunds: Sequence[list[InlineKeyboardButton]] = (),
) -> InlineKeyboardMarkup:
    """`refunds`: rows of buttons that refund payments."""

    def act(text: str, which: PersonAct, days: int = 0) -> InlineKeyboardButton:
        return _button(text, AdminPerson(act=which, person=person, days=days))

    if ban is None:
        first = [act(texts.get("button-ban-days", days=days), PersonAct.BAN, days) for days in BAN_DAYS]
        rows = [first, [act(texts.get("button-ban"), PersonAct.BAN)]]
    else:
        rows = [[act(texts.get("button-unban"), PersonAct.UNBAN)]]
    if allowance == Allowance():
        rows.append([act(texts.get("button-exempt"), PersonAct.EXEMPT)])
    else:
        rows.append([act(texts.get("button-limits-default"), PersonAct.LIMIT)])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *refunds, [back_button(texts)]])


def back_keyboard(texts: LanguageTexts) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[back_button(texts)]])


def back_button(texts: LanguageTexts) -> InlineKeyboardButton:
    return _button(texts.get("button-back"), AdminGo(page=AdminPage.USAGE))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
