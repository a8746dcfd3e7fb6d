"""The menus of what is picked by name for one model: checkpoints, samplers, schedulers, LoRAs, VAEs."""

import hashlib
from collections.abc import Collection, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import Page, TelegramId
from bot.keyboards.settings import Go, SettingsGo
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten
from providers.choices import Choice, Kind

PAGE_SIZE = 10  # names, one a row
NAME_LENGTH = 40  # units on a button
OWN = "-"  # in place of a code: the model's own, or no LoRA at all


# The separator is not ":", as in the other menus of the settings.
class ChoiceMenu(CallbackData, prefix="ch", sep="|"):
    """Picks the name of this `code`, or takes a LoRA out again; turns to the page when `code` is empty."""

    owner: TelegramId
    kind: Kind
    page: Page = 0
    code: str = ""


class ChoiceSearch(CallbackData, prefix="cf", sep="|"):
    """Asks the person to type a part of a name."""

    owner: TelegramId
    kind: Kind


def code_of(name: str) -> str:
    """Of a name, which may be too long for a button's data; the list may change before it is pressed."""
    return hashlib.blake2s(name.encode("utf-8", "replace"), digest_size=8).hexdigest()


def choices_keyboard(
    texts: LanguageTexts, owner: int, kind: Kind, choices: Sequence[Choice], *, page: int, picked: Collection[str]
) -> InlineKeyboardMarkup:
    """A page of the names, those that are `picked` marked."""
    last = max(0, (len(choices) - 1) // PAGE_SIZE)
    page = min(max(page, 0), last)
    rows = choice_rows(owner, kind, choices[page * PAGE_SIZE : (page + 1) * PAGE_SIZE], page=page, picked=picked)
    turns = [("button-previous", page - 1), ("button-next", page + 1)]
    turning = [
        _button(texts.get(key), ChoiceMenu(owner=owner, kind=kind, page=turn))
        for key, turn in turns
        if 0 <= turn <= last
    ]
    own = texts.get("value-nothing" if kind is Kind.LORA else "value-auto")
    first = _button(own if picked else f"✓ {own}", ChoiceMenu(owner=owner, kind=kind, page=page, code=OWN))
    search = _button(texts.get("button-search"), ChoiceSearch(owner=owner, kind=kind))
    back = _button(texts.get("button-back"), SettingsGo(owner=owner, go=Go.ROOT))
    rows = [[first, search], *rows, *([turning] if turning else []), [back]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def choice_rows(
    owner: int, kind: Kind, choices: Sequence[Choice], *, page: int = 0, picked: Collection[str] = ()
) -> list[list[InlineKeyboardButton]]:
    return [
        [
            _button(
                ("✓ " if choice.name in picked else "") + shorten(choice.name, NAME_LENGTH),
                ChoiceMenu(owner=owner, kind=kind, page=page, code=code_of(choice.name)),
            )
        ]
        for choice in choices
    ]


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
