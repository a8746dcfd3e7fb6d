"""The menu of a user's settings, and the submenu of each setting."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards import TelegramId
from bot.texts.fluent import LANGUAGES, LanguageTexts
from bot.texts.lengths import shorten
from providers.prompt import ASPECT_RATIOS
from storage.records import FOLLOW_UPS, UserSettings

AUTO = "auto"  # the value that clears a setting
STEPS = ("4", "8", "12", "20", "28", "40", "50")
GUIDANCE = ("1", "2", "3.5", "4.5", "7", "9", "12")
COUNTS = ("1", "2", "3", "4", "6", "9")
STRENGTHS = ("0.2", "0.35", "0.5", "0.65", "0.8", "0.95")
COLUMNS = 4
ROOT_COLUMNS = 2
HALF_ROW = 21  # characters that a phone shows on a button that has half of the row
VALUE_LENGTH = 24  # units of a value on a button


class Setting(StrEnum):
    """The settings. The values are the endings of the texts' keys."""

    ASPECT_RATIO = "aspect-ratio"
    COUNT = "count"
    STEPS = "steps"
    GUIDANCE = "guidance"
    NEGATIVE = "negative"
    SEED = "seed"
    DOCUMENT = "document"
    SPOILER = "spoiler"
    TRANSLATE = "translate"
    ENHANCE = "enhance"
    FOLLOW_UP = "follow-up"
    STRENGTH = "strength"
    LANGUAGE = "language"


TOGGLES = (Setting.DOCUMENT, Setting.SPOILER, Setting.TRANSLATE, Setting.ENHANCE)
NAMED = (Setting.FOLLOW_UP, Setting.LANGUAGE)  # whose values have texts of their own
PROMPT_HELP = (Setting.TRANSLATE, Setting.ENHANCE)  # only where the operator has a chat model for prompts
NAMED = (Setting.FOLLOW_UP, Setting.LANGUAGE)  # whose values have texts of their own


class Go(StrEnum):
    ROOT = "root"
    MODEL = "model"
    STYLES = "styles"
    RESET = "reset"
    CLOSE = "close"


# The separator is not ":", which aspect ratios contain.
class SettingsGo(CallbackData, prefix="s", sep="|"):
    owner: TelegramId
    go: Go


class SettingsOpen(CallbackData, prefix="o", sep="|"):
    owner: TelegramId
    setting: Setting


class SettingsSet(CallbackData, prefix="c", sep="|"):
    """`value` is one of `choices`, or AUTO."""

    owner: TelegramId
    setting: Setting
    value: str


class SettingsAsk(CallbackData, prefix="q", sep="|"):
    """Asks the user to type a value."""

    owner: TelegramId
    setting: Setting


def settings_keyboard(
    texts: LanguageTexts,
    settings: UserSettings,
    values: Mapping[Setting, str],
    model: str,
    styles: str = "",
    picks: Sequence[InlineKeyboardButton] = (),
    buy: InlineKeyboardButton | None = None,
) -> InlineKeyboardMarkup:
    """A button for each setting in `values`, which words its value; `model` is the label of the chosen model, `styles`
    are the names of the presets, and `picks` the buttons of what that model has to pick. `buy` leads to credits."""
    owner = settings.user_id
    first = _button(named_value(texts, "setting-model", model), SettingsGo(owner=owner, go=Go.MODEL))
    second = _button(named_value(texts, "setting-styles", styles), SettingsGo(owner=owner, go=Go.STYLES))
    buttons = []
    for setting in values:
        text = named_value(texts, f"setting-{setting}", values[setting])
        if setting in TOGGLES:  # one tap changes it
            value = "yes" if value_of(settings, setting) == AUTO else AUTO
            buttons.append(_button(text, SettingsSet(owner=owner, setting=setting, value=value)))
        else:
            buttons.append(_button(text, SettingsOpen(owner=owner, setting=setting)))
    last = [_go(texts, "button-reset", owner, Go.RESET), _go(texts, "button-close", owner, Go.CLOSE)]
    return _markup([[first], [second], *pairs([*picks, *buttons]), *([[buy]] if buy is not None else []), last])


def named_value(texts: LanguageTexts, key: str, value: str) -> str:
    """The text of a button that shows a setting and its value; a long value is cut."""
    return texts.get("button-setting", name=texts.get(key), value=shorten(value, VALUE_LENGTH))


def setting_keyboard(texts: LanguageTexts, settings: UserSettings, setting: Setting) -> InlineKeyboardMarkup:
    owner = settings.user_id
    chosen = value_of(settings, setting)
    back = [_go(texts, "button-back", owner, Go.ROOT)]
    if setting in (Setting.NEGATIVE, Setting.SEED):
        clear = "button-random" if setting is Setting.SEED else "button-clear"
        typed = _button(texts.get("button-type"), SettingsAsk(owner=owner, setting=setting))
        cleared = _button(texts.get(clear), SettingsSet(owner=owner, setting=setting, value=AUTO))
        return _markup([[typed, cleared], back])
    buttons = [
        _button(
            f"✓ {_name(texts, setting, value)}" if value == chosen else _name(texts, setting, value),
            SettingsSet(owner=owner, setting=setting, value=value),
        )
        for value in choices(setting)
    ]
    columns = COLUMNS
    if setting is Setting.FOLLOW_UP:
        columns = 1  # sentences
    elif setting is Setting.LANGUAGE:
        columns = ROOT_COLUMNS  # names, which are longer than values
    return _markup([*_columns(buttons, columns), back])


def choices(setting: Setting) -> Sequence[str]:
    """The values on a setting's buttons; none for settings that are typed."""
    match setting:
        case Setting.ASPECT_RATIO:
            return (AUTO, *ASPECT_RATIOS)
        case Setting.STEPS:
            return (AUTO, *STEPS)
        case Setting.GUIDANCE:
            return (AUTO, *GUIDANCE)
        case Setting.COUNT:
            return COUNTS
        case Setting.DOCUMENT | Setting.SPOILER | Setting.TRANSLATE | Setting.ENHANCE:
            return (AUTO, "yes")
        case Setting.FOLLOW_UP:
            return (AUTO, *FOLLOW_UPS)
        case Setting.STRENGTH:
            return (AUTO, *STRENGTHS)
        case Setting.LANGUAGE:
            return (AUTO, *LANGUAGES)
        case Setting.NEGATIVE | Setting.SEED:
            return ()


def value_of(settings: UserSettings, setting: Setting) -> str:
    """A setting's value as in its button's data; AUTO when it is not set."""
    values: dict[Setting, str | int | float | None] = {
        Setting.ASPECT_RATIO: settings.aspect_ratio,
        Setting.COUNT: settings.count,
        Setting.STEPS: settings.steps,
        Setting.GUIDANCE: settings.guidance_scale,
        Setting.NEGATIVE: settings.negative_prompt,
        Setting.SEED: settings.seed,
        Setting.DOCUMENT: "yes" if settings.as_document else None,
        Setting.SPOILER: "yes" if settings.spoiler else None,
        Setting.TRANSLATE: "yes" if settings.translate else None,
        Setting.ENHANCE: "yes" if settings.enhance else None,
        Setting.FOLLOW_UP: settings.follow_up,
        Setting.STRENGTH: settings.strength,
        Setting.LANGUAGE: settings.language,
    }
    value = values[setting]
    if value is None:
        return AUTO
    return f"{value:g}" if isinstance(value, float) else str(value)


def percent(share: float) -> str:
    """A share from 0 to 1 as people read it: 65%."""
    return f"{share * 100:g}%"


def _name(texts: LanguageTexts, setting: Setting, value: str) -> str:
    if setting in NAMED:
        return texts.get(f"value-{setting}-{value}")
    if setting is Setting.STRENGTH and value != AUTO:
        return percent(float(value))
    return texts.get("value-auto") if value == AUTO else value


def _go(texts: LanguageTexts, key: str, owner: int, go: Go) -> InlineKeyboardButton:
    return _button(texts.get(key), SettingsGo(owner=owner, go=go))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def pairs(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Two in a row, but for those whose words a phone would cut there."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        if rows and len(rows[-1]) < ROOT_COLUMNS and max(len(button.text), len(rows[-1][-1].text)) <= HALF_ROW:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _columns(buttons: Sequence[InlineKeyboardButton], count: int) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[start : start + count]) for start in range(0, len(buttons), count)]


def _markup(rows: list[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=rows)
