"""The menus of presets: in the settings, under a picture, and below a photo that came without words."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import Page, RowId, TelegramId
from bot.keyboards.picture import Action, PictureAction
from bot.keyboards.settings import Go, SettingsGo
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten

COLUMNS = 2
PAGE_SIZE = 12  # presets
NAME_LENGTH = 24  # units on a button
BELOW_PHOTO = 6  # presets
OWN = "~"  # before the row's id of a preset of one's own; no id of the catalogue has it


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """A preset on a button. `code` is an id of the catalogue's, or OWN and a row's id."""

    code: str
    name: str
    chosen: bool = False


# The separator is not ":", as in the other menus of the settings.
class StyleToggle(CallbackData, prefix="sy", sep="|"):
    """Adds a preset to the settings, or takes it out; turns to the page when `code` is empty."""

    owner: TelegramId
    page: Page
    code: str = ""


class StyleOwn(CallbackData, prefix="so", sep="|"):
    """One of the presets that a person keeps: shown, or removed when `sure`. 0: the list of them."""

    owner: TelegramId
    preset_id: int
    sure: bool = False


class PictureStyle(CallbackData, prefix="pt"):
    """Draws a picture's prompt in this style; turns to the page when `code` is empty."""

    request_id: RowId
    page: Page
    code: str = ""


class DrawStyled(CallbackData, prefix="nt"):
    """Draws the replied-to photo with a preset of the catalogue's."""

    code: str


def styles_keyboard(
    texts: LanguageTexts, owner: int, choices: Sequence[StyleChoice], *, page: int, own: bool
) -> InlineKeyboardMarkup:
    """`own`: there are some that the person keeps."""

    def data(turn: int, code: str) -> StyleToggle:
        return StyleToggle(owner=owner, page=turn, code=code)

    rows = _rows(texts, choices, page, data)
    if own:
        rows.append([_button(texts.get("button-own-presets"), StyleOwn(owner=owner, preset_id=0))])
    rows.append([_button(texts.get("button-back"), SettingsGo(owner=owner, go=Go.ROOT))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def own_presets_keyboard(
    texts: LanguageTexts, owner: int, presets: Collection[tuple[int, str]]
) -> InlineKeyboardMarkup:
    """Row ids and names."""
    rows = _columns([_button(_short(name), StyleOwn(owner=owner, preset_id=row)) for row, name in presets])
    rows.append([_button(texts.get("button-back"), StyleToggle(owner=owner, page=0))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def own_preset_keyboard(texts: LanguageTexts, owner: int, preset_id: int) -> InlineKeyboardMarkup:
    remove = _button(texts.get("button-remove-preset"), StyleOwn(owner=owner, preset_id=preset_id, sure=True))
    back = _button(texts.get("button-back"), StyleOwn(owner=owner, preset_id=0))
    return InlineKeyboardMarkup(inline_keyboard=[[remove], [back]])


def picture_styles_keyboard(
    texts: LanguageTexts, request_id: int, choices: Sequence[StyleChoice], *, page: int = 0
) -> InlineKeyboardMarkup:
    def data(turn: int, code: str) -> PictureStyle:
        return PictureStyle(request_id=request_id, page=turn, code=code)

    rows = _rows(texts, choices, page, data)
    back = PictureAction(action=Action.MORE, request_id=request_id)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(texts.get("button-back"), back)]])


def photo_keyboard(choices: Sequence[StyleChoice]) -> InlineKeyboardMarkup:
    """Below a photo without words."""
    buttons = [_button(_short(choice.name), DrawStyled(code=choice.code)) for choice in choices[:BELOW_PHOTO]]
    return InlineKeyboardMarkup(inline_keyboard=_columns(buttons))


def _rows(
    texts: LanguageTexts, choices: Sequence[StyleChoice], page: int, data: Callable[[int, str], CallbackData]
) -> list[list[InlineKeyboardButton]]:
    last = max(0, (len(choices) - 1) // PAGE_SIZE)
    page = min(max(page, 0), last)
    shown = choices[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    rows = _columns([_button(("✓ " if one.chosen else "") + _short(one.name), data(page, one.code)) for one in shown])
    turns = [("button-previous", page - 1), ("button-next", page + 1)]
    turning = [_button(texts.get(key), data(turn, "")) for key, turn in turns if 0 <= turn <= last]
    return [*rows, turning] if turning else rows


def _columns(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[start : start + COLUMNS]) for start in range(0, len(buttons), COLUMNS)]


def _short(name: str) -> str:
    return shorten(name, NAME_LENGTH)


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
