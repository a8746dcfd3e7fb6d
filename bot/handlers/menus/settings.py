"""/settings: a menu that belongs to whoever opened it, with one below it for each setting."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.handlers.addressing import aside_below, aside_of, pressed_message
from bot.handlers.menus.models import model_menu
from bot.handlers.menus.settings_card import setting_card, settings_card
from bot.handlers.menus.typed_settings import question_card
from bot.handlers.middlewares.callbacks import Press, RecentPresses
from bot.handlers.middlewares.sender import Sender
from bot.jobs.service import ImagineService
from bot.keyboards.settings import (
    AUTO,
    Go,
    Setting,
    SettingsAsk,
    SettingsGo,
    SettingsOpen,
    SettingsSet,
    choices,
)
from bot.telegram.outbox.outbox import Card, Outbox
from bot.texts.fluent import Texts
from providers.catalog.catalog import Catalog
from storage import Database


def router() -> Router:
    menu = Router(name="settings")
    menu.message.register(settings_command, Command("settings", ignore_case=True))
    on = menu.callback_query.register
    on(go, SettingsGo.filter())
    on(open_setting, SettingsOpen.filter())
    on(set_value, SettingsSet.filter())
    on(ask_value, SettingsAsk.filter())
    return menu


async def settings_command(
    message: Message,
    person: Sender,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
    service: ImagineService,
) -> None:
    if person.id < 0:
        await outbox.reply(aside_of(message), Card(person.public.html("settings-no-person")))
        return
    await outbox.reply(aside_of(message), await settings_card(person, catalog, settings, service))


async def go(
    query: CallbackQuery,
    callback_data: SettingsGo,
    press: Press,
    person: Sender,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
    texts: Texts,
    db: Database,
    service: ImagineService,
) -> None:
    if await _foreign(callback_data.owner, person, press):
        return
    if callback_data.go is Go.RESET:
        async with db.transaction() as unit:
            await unit.users.reset(person.id)
            fresh = await unit.users.settings(person.id)
        person = person.with_settings(fresh, texts)
        await press.answer(person.texts.get("settings-reset"))
    await press.answer()
    if callback_data.go is Go.MODEL:
        card = model_menu(person, catalog, settings, service.health)
    elif callback_data.go is Go.CLOSE:
        card = Card(person.texts.html("settings-closed"))
    else:
        card = await settings_card(person, catalog, settings, service)
    place, shown = aside_below(query), pressed_message(query)
    if place is not None and shown is not None:
        await outbox.edit(place, shown, card)


async def open_setting(
    query: CallbackQuery,
    callback_data: SettingsOpen,
    press: Press,
    person: Sender,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
) -> None:
    if await _foreign(callback_data.owner, person, press):
        return
    await press.answer()
    place, shown = aside_below(query), pressed_message(query)
    if place is not None and shown is not None:
        await outbox.edit(place, shown, setting_card(person, callback_data.setting, catalog, settings))


async def set_value(
    query: CallbackQuery,
    callback_data: SettingsSet,
    press: Press,
    person: Sender,
    outbox: Outbox,
    catalog: Catalog,
    settings: Settings,
    texts: Texts,
    db: Database,
    service: ImagineService,
) -> None:
    """Only values that stand on a button: whoever forges others gets a short answer."""
    if await _foreign(callback_data.owner, person, press):
        return
    setting, value = callback_data.setting, callback_data.value
    if value != AUTO and value not in choices(setting):
        await press.answer(person.texts.get("settings-bad-value"), alert=True)
        return
    async with db.transaction() as unit:
        changed = await unit.users.change(person.id, **_change(setting, value))
    person = person.with_settings(changed, texts)
    await press.answer(person.texts.get("settings-saved"))
    place, shown = aside_below(query), pressed_message(query)
    if place is not None and shown is not None:
        await outbox.edit(place, shown, await settings_card(person, catalog, settings, service))


async def ask_value(
    query: CallbackQuery,
    callback_data: SettingsAsk,
    bot: Bot,
    press: Press,
    person: Sender,
    presses: RecentPresses,
    outbox: Outbox,
) -> None:
    if await _foreign(callback_data.owner, person, press):
        return
    await press.answer()
    place = aside_below(query)
    card = question_card(person.texts, callback_data.setting, (await bot.me()).username or "")
    if place is not None and card is not None and not presses.repeated(query):
        await outbox.reply(place, card)


async def _foreign(owner: int, person: Sender, press: Press) -> bool:
    """Whether the menu is somebody else's; then the press is answered."""
    if owner == person.id:
        return False
    await press.answer(person.texts.get("press-menu-not-yours", command="/settings"), alert=True)
    return True


def _change(setting: Setting, value: str) -> dict[str, str | float | None]:
    """A button's value as a change of UserSettings."""
    unset = value == AUTO
    match setting:
        case Setting.ASPECT_RATIO:
            return {"aspect_ratio": None if unset else value}
        case Setting.COUNT:
            return {"count": 1 if unset else int(value)}
        case Setting.STEPS:
            return {"steps": None if unset else int(value)}
        case Setting.GUIDANCE:
            return {"guidance_scale": None if unset else float(value)}
        case Setting.NEGATIVE:
            return {"negative_prompt": None}
        case Setting.SEED:
            return {"seed": None}
        case Setting.DOCUMENT:
            return {"as_document": not unset}
        case Setting.SPOILER:
            return {"spoiler": not unset}
        case Setting.LANGUAGE:
            return {"language": None if unset else value}
