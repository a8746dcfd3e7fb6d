"""The settings menu of a group. Its callback data name no owner: each press checks that the sender is an admin of the
chat with the menu."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import Page
from bot.keyboards.settings import named_value, pairs
from bot.texts.fluent import LANGUAGES, LanguageTexts
from bot.texts.lengths import shorten
from providers.catalog.model import Model
from storage.records import GroupSettings, Who

AUTO = "*"  # clears a setting; no model has this id
YES = "yes"
COOLDOWNS = ("0", "10", "30", "60", "300", "900", "3600")  # seconds
PAGE_SIZE = 8  # models a page, one a row
LABEL_LENGTH = 40


class GroupSetting(StrEnum):
    """The settings. The values are the endings of the texts' keys."""

    WHO = "who"
    MODELS = "models"
    DEFAULT = "default"
    COOLDOWN = "cooldown"
    SPOILER = "spoiler"
    LANGUAGE = "language"
    POSTS = "posts"  # of channels


def settings_of(*, channel: bool) -> tuple[GroupSetting, ...]:
    """Those that a group has, or a channel, where only admins can post."""
    left_out = GroupSetting.WHO if channel else GroupSetting.POSTS
    return tuple(setting for setting in GroupSetting if setting is not left_out)


class GroupGo(StrEnum):
    ROOT = "root"
    RESET = "reset"
    CLOSE = "close"


class GroupMenu(CallbackData, prefix="g"):
    go: GroupGo


class GroupOpen(CallbackData, prefix="go"):
    setting: GroupSetting
    page: Page = 0


class GroupSet(CallbackData, prefix="gs"):
    """`value` is one of `choices`, a model's id (MODELS toggles it), or AUTO."""

    setting: GroupSetting
    page: Page = 0
    value: str


def choices(setting: GroupSetting) -> Sequence[str]:
    """The values on a setting's buttons; none for settings that choose models."""
    match setting:
        case GroupSetting.WHO:
            return tuple(Who)
        case GroupSetting.COOLDOWN:
            return COOLDOWNS
        case GroupSetting.SPOILER | GroupSetting.POSTS:
            return (AUTO, YES)
        case GroupSetting.LANGUAGE:
            return (AUTO, *LANGUAGES)
        case GroupSetting.MODELS | GroupSetting.DEFAULT:
            return ()


def value_of(group: GroupSettings, setting: GroupSetting) -> str:
    """A setting's value as in its button's data; "" for MODELS."""
    match setting:
        case GroupSetting.WHO:
            return group.who
        case GroupSetting.COOLDOWN:
            return str(group.cooldown)
        case GroupSetting.SPOILER:
            return YES if group.spoiler else AUTO
        case GroupSetting.POSTS:
            return YES if group.posts else AUTO
        case GroupSetting.LANGUAGE:
            return group.language or AUTO
        case GroupSetting.DEFAULT:
            return group.default_model or AUTO
        case GroupSetting.MODELS:
            return ""


def value_name(texts: LanguageTexts, setting: GroupSetting, value: str) -> str:
    """The name of a value in the user's language."""
    match setting:
        case GroupSetting.WHO:
            return texts.get(f"group-who-{value}")
        case GroupSetting.COOLDOWN if value == "0":
            return texts.get("value-none")
        case GroupSetting.COOLDOWN if int(value) < 60:
            return texts.get("value-seconds", count=int(value))
        case GroupSetting.COOLDOWN:
            return texts.get("value-minutes", count=int(value) // 60)
        case GroupSetting.SPOILER | GroupSetting.POSTS:
            return texts.get("value-yes" if value == YES else "value-no")
        case GroupSetting.LANGUAGE:
            return texts.get("group-language-each" if value == AUTO else f"value-language-{value}")
        case GroupSetting.MODELS | GroupSetting.DEFAULT:
            return value


def group_keyboard(
    texts: LanguageTexts,
    group: GroupSettings,
    values: Mapping[GroupSetting, str],
    extra: Sequence[InlineKeyboardButton] = (),
) -> InlineKeyboardMarkup:
    """A button a setting of `values`, with its value as they word it; `extra` buttons are a row of their own."""
    buttons = []
    for setting, value in values.items():
        text = named_value(texts, f"group-{setting}", value)
        if setting in {GroupSetting.SPOILER, GroupSetting.POSTS}:  # one tap changes it
            other = AUTO if value_of(group, setting) == YES else YES
            buttons.append(_button(text, GroupSet(setting=setting, value=other)))
        else:
            buttons.append(_button(text, GroupOpen(setting=setting)))
    last = [
        _button(texts.get("button-reset"), GroupMenu(go=GroupGo.RESET)),
        _button(texts.get("button-close"), GroupMenu(go=GroupGo.CLOSE)),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*pairs(buttons), *([list(extra)] if extra else []), last])


def group_choice_keyboard(texts: LanguageTexts, group: GroupSettings, setting: GroupSetting) -> InlineKeyboardMarkup:
    """The keyboard of a setting with a few values."""
    chosen = value_of(group, setting)
    buttons = [
        _button(_marked(value_name(texts, setting, value), value == chosen), GroupSet(setting=setting, value=value))
        for value in choices(setting)
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*_columns(buttons, 2), [_back(texts)]])


def group_models_keyboard(
    texts: LanguageTexts,
    models: Sequence[Model],
    setting: GroupSetting,
    *,
    marked: frozenset[str],
    clear: str,
    page: int,
) -> InlineKeyboardMarkup:
    """A page of models, with the `marked` ones checked; `clear` is the text of the button that resets the choice."""
    last = max(0, (len(models) - 1) // PAGE_SIZE)
    page = min(page, last)
    rows = [
        [
            _button(
                _marked(shorten(model.label, LABEL_LENGTH), model.id in marked),
                GroupSet(setting=setting, page=page, value=model.id),
            )
        ]
        for model in models[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    ]
    turns = [("button-previous", page - 1), ("button-next", page + 1)]
    turning = [
        _button(texts.get(key), GroupOpen(setting=setting, page=turn)) for key, turn in turns if 0 <= turn <= last
    ]
    cleared = _button(clear, GroupSet(setting=setting, page=page, value=AUTO))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *([turning] if turning else []), [cleared], [_back(texts)]])


def _marked(name: str, chosen: bool) -> str:
    return f"✓ {name}" if chosen else name


def _back(texts: LanguageTexts) -> InlineKeyboardButton:
    return _button(texts.get("button-back"), GroupMenu(go=GroupGo.ROOT))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _columns(buttons: Sequence[InlineKeyboardButton], count: int) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[start : start + count]) for start in range(0, len(buttons), count)]
