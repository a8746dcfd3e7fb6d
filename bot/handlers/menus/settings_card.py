"""The settings as cards: all of them, and one with its choices."""

from aiogram import Bot
from aiogram.types import InlineKeyboardButton

from bot.config import Settings
from bot.handlers.buying import way_to_buy
from bot.handlers.credits.shop import Shop
from bot.handlers.imagine.merge import model_of, offered
from bot.handlers.menus.choices import shown_choice
from bot.handlers.presets.menus import shown_styles
from bot.handlers.sender import Sender
from bot.jobs.acceptance.budget import amount
from bot.jobs.service import ImagineService
from bot.keyboards.choices import ChoiceMenu
from bot.keyboards.settings import (
    AUTO,
    NAMED,
    PROMPT_HELP,
    TOGGLES,
    VALUE_LENGTH,
    Setting,
    named_value,
    percent,
    setting_keyboard,
    settings_keyboard,
    value_of,
)
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import shorten, units
from providers.catalog.catalog import Catalog
from providers.errors import InvalidParameter
from storage.records import account_of

VALUE_SHOWN = 300  # units of a negative prompt

# Without the parameter at the back-end, the setting does nothing.
_NEEDS = {
    Setting.ASPECT_RATIO: "width",
    Setting.STEPS: "num_inference_steps",
    Setting.GUIDANCE: "guidance_scale",
    Setting.NEGATIVE: "negative_prompt",
    Setting.SEED: "seed",
    Setting.STRENGTH: "strength",
}
_HIDDEN = {Setting.STRENGTH}  # where the model does not take it
_UNSET = {Setting.NEGATIVE: "value-nothing", Setting.SEED: "value-random", **dict.fromkeys(TOGGLES, "value-no")}


async def settings_card(
    person: Sender, catalog: Catalog, settings: Settings, service: ImagineService, shop: Shop, bot: Bot
) -> Card:
    """The values stand on the buttons; the text has those that are too long, and what is left for paid models where
    the operator limits that or sells credits."""
    texts = person.texts
    lines: list[str] = [texts.html("settings-menu")]
    helped = settings.prompt_model_url is not None
    values = {
        setting: shown_value(texts, person, setting)
        for setting in Setting
        if not (setting in _HIDDEN and _unused(person, setting, catalog, settings))
        and (helped or setting not in PROMPT_HELP)
    }
    if long := [setting for setting, value in values.items() if units(value) > VALUE_LENGTH]:
        lines.append("")
    lines += [
        texts.html("settings-line", name=texts.get(f"setting-{setting}"), value=values[setting]) for setting in long
    ]
    buy: InlineKeyboardButton | None = None
    if any(model.cost and model.id not in person.keys for model in offered(catalog, person.group, person.keys)):
        account = account_of(person.id, person.group.chat_id if person.group else person.id)
        told = []
        if (credits_left := await shop.left(account)) is not None:
            told.append(texts.html("credits-balance", left=amount(credits_left)))
            buy = await way_to_buy(bot, texts, private=person.group is None)
        if (left := await service.allowance(account)) is not None:
            told.append(texts.html("settings-allowance", left=amount(left)))
        lines += ["", *told] if told else []
    styles = shown_styles(texts, catalog, person.settings.styles)
    picks = _picks(person, catalog, settings)
    label = _label(person, catalog, settings)
    keyboard = settings_keyboard(texts, person.settings, values, label, styles, picks, buy)
    return Card("\n".join(lines), keyboard)


def _picks(person: Sender, catalog: Catalog, settings: Settings) -> list[InlineKeyboardButton]:
    """A button for each kind of names that the chosen model has."""
    try:
        model = model_of(catalog, person.settings, settings, person.group, person.keys)
    except InvalidParameter:
        return []
    texts, picked = person.texts, person.settings.picked_of(model.id)
    return [
        InlineKeyboardButton(
            text=named_value(texts, f"setting-{kind}", shown_choice(texts, picked, kind)),
            callback_data=ChoiceMenu(owner=person.id, kind=kind).pack(),
        )
        for kind in model.choices
    ]


def setting_card(person: Sender, setting: Setting, catalog: Catalog, settings: Settings) -> Card:
    texts = person.texts
    name, hint = texts.get(f"setting-{setting}"), texts.get(f"hint-{setting}")
    lines: list[str] = [texts.html("settings-choose", name=name, hint=hint)]
    if setting in (Setting.NEGATIVE, Setting.SEED):
        lines.append(texts.html("settings-line", name=name, value=shown_value(texts, person, setting)))
    if _unused(person, setting, catalog, settings):
        lines += ["", texts.html("settings-unused", label=_label(person, catalog, settings))]
    return Card("\n".join(lines), setting_keyboard(texts, person.settings, setting))


def shown_value(texts: LanguageTexts, person: Sender, setting: Setting) -> str:
    value = value_of(person.settings, setting)
    if setting in NAMED:
        return texts.get(f"value-{setting}-{value}")
    if value == AUTO:
        return texts.get(_UNSET.get(setting, "value-auto"))
    if setting is Setting.STRENGTH:
        return percent(float(value))
    return texts.get("value-yes") if setting in TOGGLES else shorten(value, VALUE_SHOWN)


def _label(person: Sender, catalog: Catalog, settings: Settings) -> str:
    try:
        return model_of(catalog, person.settings, settings, person.group, person.keys).label
    except InvalidParameter:  # no model is enabled
        return "–"


def _unused(person: Sender, setting: Setting, catalog: Catalog, settings: Settings) -> bool:
    needed = _NEEDS.get(setting)
    try:
        model = model_of(catalog, person.settings, settings, person.group, person.keys)
        return needed is not None and not model.capabilities.takes(needed)
    except InvalidParameter:
        return False
