"""The group's settings as cards: all of them, and one with its choices."""

from aiogram.types import InlineKeyboardButton

from bot.handlers.imagine.merge import offered
from bot.keyboards.group import (
    AUTO,
    GroupSetting,
    group_choice_keyboard,
    group_keyboard,
    group_models_keyboard,
    settings_of,
    value_name,
    value_of,
)
from bot.keyboards.report import GroupReports
from bot.keyboards.settings import VALUE_LENGTH
from bot.telegram.outbox.outbox import Card
from bot.texts.fluent import LanguageTexts
from bot.texts.lengths import units
from providers.catalog.catalog import Catalog
from storage.records import GroupSettings


def group_card(
    texts: LanguageTexts,
    group: GroupSettings,
    catalog: Catalog,
    *,
    deaf: str | None = None,
    reports: int = 0,
    channel: bool = False,
) -> Card:
    """`reports`: pictures that members reported and nobody has decided on. `deaf`: the bot's username, where privacy
    mode keeps from it what is not a command or a reply."""
    lines: list[str] = [texts.html("channel-menu" if channel else "group-menu")]
    # The buttons show the values; those that are too long for one stand in the text, too.
    values = {setting: _shown(texts, group, setting, catalog) for setting in settings_of(channel=channel)}
    if long := [setting for setting, value in values.items() if units(value) > VALUE_LENGTH]:
        lines.append("")
    lines += [
        texts.html("settings-line", name=texts.get(f"group-{setting}"), value=values[setting]) for setting in long
    ]
    if deaf is not None:
        lines += ["", texts.html("group-privacy", username=deaf)]
    reported = InlineKeyboardButton(
        text=texts.get("button-reports", count=reports), callback_data=GroupReports().pack()
    )
    return Card("\n".join(lines), group_keyboard(texts, group, values, [reported] if reports else []))


def group_setting_card(
    texts: LanguageTexts, group: GroupSettings, setting: GroupSetting, catalog: Catalog, *, page: int = 0
) -> Card:
    name, hint = texts.get(f"group-{setting}"), texts.get(f"group-hint-{setting}")
    words = texts.html("settings-choose", name=name, hint=hint)
    if setting is GroupSetting.MODELS:
        marked = frozenset(model.id for model in offered(catalog, group))
        models, clear = catalog.enabled(), texts.get("group-button-all")
    elif setting is GroupSetting.DEFAULT:
        marked = frozenset({group.default_model or ""})
        models, clear = offered(catalog, group), texts.get("group-button-operator")
    else:
        return Card(words, group_choice_keyboard(texts, group, setting))
    return Card(words, group_models_keyboard(texts, models, setting, marked=marked, clear=clear, page=page))


def _shown(texts: LanguageTexts, group: GroupSettings, setting: GroupSetting, catalog: Catalog) -> str:
    if setting is GroupSetting.MODELS:
        if not group.allowed_models:
            return texts.get("group-models-all")
        return ", ".join(model.label for model in offered(catalog, group)) or "–"
    value = value_of(group, setting)
    if setting is GroupSetting.DEFAULT:
        return texts.get("group-default-operator") if value == AUTO else _label(catalog, value)
    return value_name(texts, setting, value)


def _label(catalog: Catalog, model_id: str) -> str:
    return catalog[model_id].label if model_id in catalog else model_id
