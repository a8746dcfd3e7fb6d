"""/settings: a menu that belongs to whoever opened it, with one below it for each setting."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.config import Settings
from bot.handlers.addressing import aside_of
from bot.handlers.credits.shop import Shop
from bot.handlers.menus.models import ModelMenus
from bot.handlers.menus.settings_card import setting_card, settings_card
from bot.handlers.menus.typed_settings import question_card
from bot.handlers.presets.menus import StyleMenus
from bot.handlers.press import Press
from bot.handlers.sender import Sender
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


class SettingsMenu:
    """A person's settings as cards, and their changes."""

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        service: ImagineService,
        db: Database,
        texts: Texts,
        shop: Shop,
        bot: Bot,
    ) -> None:
        self._catalog = catalog
        self._settings = settings
        self._service = service
        self._db = db
        self._texts = texts
        self._shop = shop
        self._bot = bot

    async def card(self, person: Sender) -> Card:
        """All of them. Raises StorageUnavailable."""
        return await settings_card(person, self._catalog, self._settings, self._service, self._shop, self._bot)

    def setting(self, person: Sender, setting: Setting) -> Card:
        """One, with its choices."""
        return setting_card(person, setting, self._catalog, self._settings)

    async def reset(self, person: Sender) -> Sender:
        """The person without any choice of their own. Raises StorageUnavailable."""
        async with self._db.transaction() as unit:
            await unit.users.reset(person.id)
            fresh = await unit.users.settings(person.id)
        return person.with_settings(fresh, self._texts)

    async def change(self, person: Sender, setting: Setting, value: str) -> Sender:
        """The person with the value that a button has. Raises StorageUnavailable."""
        async with self._db.transaction() as unit:
            changed = await unit.users.change(person.id, **_change(setting, value))
        return person.with_settings(changed, self._texts)


async def settings_command(message: Message, person: Sender, settings_menu: SettingsMenu, outbox: Outbox) -> None:
    if person.id < 0:
        await outbox.reply(aside_of(message), Card(person.public.html("settings-no-person")))
        return
    await outbox.reply(aside_of(message), await settings_menu.card(person))


async def go(
    press: Press,
    callback_data: SettingsGo,
    person: Sender,
    settings_menu: SettingsMenu,
    model_menus: ModelMenus,
    style_menus: StyleMenus,
) -> None:
    if callback_data.go is Go.RESET:
        person = await settings_menu.reset(person)
        await press.answer(person.texts.get("settings-reset"))
    await press.answer()
    if callback_data.go is Go.MODEL:
        await press.edit(model_menus.menu(person))
    elif callback_data.go is Go.STYLES:
        await press.edit(await style_menus.card(person))
    elif callback_data.go is Go.CLOSE:
        await press.edit(Card(person.texts.html("settings-closed")))
    else:
        await press.edit(await settings_menu.card(person))


async def open_setting(press: Press, callback_data: SettingsOpen, person: Sender, settings_menu: SettingsMenu) -> None:
    await press.answer()
    await press.edit(settings_menu.setting(person, callback_data.setting))


async def set_value(press: Press, callback_data: SettingsSet, person: Sender, settings_menu: SettingsMenu) -> None:
    """Only values that stand on a button of this version."""
    setting, value = callback_data.setting, callback_data.value
    if value != AUTO and value not in choices(setting):
        await press.answer(person.texts.get("settings-bad-value"), alert=True)
        return
    person = await settings_menu.change(person, setting, value)
    await press.answer(person.texts.get("settings-saved"))
    await press.edit(await settings_menu.card(person))


async def ask_value(press: Press, callback_data: SettingsAsk, person: Sender, bot: Bot) -> None:
    await press.answer()
    card = question_card(person.texts, callback_data.setting, (await bot.me()).username or "")
    if card is not None and not press.repeated():
        await press.whisper(card)


_FIELDS = {  # of UserSettings
    Setting.FOLLOW_UP: "follow_up",
    Setting.LANGUAGE: "language",
    Setting.DOCUMENT: "as_document",
    Setting.SPOILER: "spoiler",
    Setting.TRANSLATE: "translate",
    Setting.ENHANCE: "enhance",
}


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
        case Setting.SPOILER | Setting.TRANSLATE | Setting.ENHANCE:
            return {setting.value: not unset}
        case Setting.FOLLOW_UP:
            return {"follow_up": None if unset else value}
        case Setting.STRENGTH:
            return {"strength": None if unset else float(value)}
        case Setting.LANGUAGE:
            return {"language": None if unset else value}
