"""/group: what a group's admins choose for it. Everybody else gets a short answer."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.addressing import aside_of
from bot.handlers.imagine.merge import offered
from bot.handlers.menus.group_card import group_card, group_setting_card
from bot.handlers.permissions.admins import Admins
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.group import AUTO, YES, GroupGo, GroupMenu, GroupOpen, GroupSet, GroupSetting, choices
from bot.telegram.outbox.outbox import Card, Outbox
from providers.catalog.catalog import Catalog
from storage import Database
from storage.records import GroupSettings, Who


def router() -> Router:
    group = Router(name="group")
    group.message.register(group_command, Command("group", ignore_case=True))
    on = group.callback_query.register
    on(go, GroupMenu.filter())
    on(open_setting, GroupOpen.filter())
    on(set_value, GroupSet.filter())
    return group


class GroupMenus:
    """A group's settings as cards, and their changes."""

    def __init__(self, catalog: Catalog, admins: Admins, bot: Bot, db: Database) -> None:
        self._catalog = catalog
        self._admins = admins
        self._bot = bot
        self._db = db

    async def opened_by(self, person: Sender) -> Card:
        """The menu for an admin, a sentence for everybody else."""
        texts, group = person.texts, person.group
        if group is None:
            return Card(texts.html("group-only-groups"))
        if person.id != group.chat_id and not await self._admins.is_admin(group.chat_id, person.id):
            return Card(texts.html("group-admins-only"))
        return await self.card(person, group)

    async def card(self, person: Sender, group: GroupSettings) -> Card:
        """All settings. Raises StorageUnavailable."""
        async with self._db.read() as unit:
            reports = await unit.reports.open_in(group.chat_id)
        deaf = None if person.channel else await self._deaf_as(group.chat_id)
        return group_card(person.texts, group, self._catalog, deaf=deaf, reports=reports, channel=person.channel)

    def setting(self, person: Sender, group: GroupSettings, setting: GroupSetting, page: int = 0) -> Card:
        """One, with its choices."""
        return group_setting_card(person.texts, group, setting, self._catalog, page=page)

    async def reset(self, group: GroupSettings) -> GroupSettings:
        """Raises StorageUnavailable."""
        async with self._db.transaction() as unit:
            await unit.groups.reset(group.chat_id)
        return GroupSettings(group.chat_id)

    async def change(self, chat_id: int, setting: GroupSetting, value: str) -> GroupSettings | None:
        """The group with the value that a button has; None for what no button says. Raises StorageUnavailable."""
        async with self._db.transaction() as unit:
            # Read once more: two admins may press at once.
            group = await unit.groups.settings(chat_id)
            changes = _change(group, setting, value, self._catalog)
            return None if changes is None else await unit.groups.change(chat_id, **changes)

    async def _deaf_as(self, chat_id: int) -> str | None:
        """The bot's username, where privacy mode keeps messages of this group from it; an admin hears everything."""
        me = await self._bot.get_me()  # not `bot.me()`, which remembers
        if me.can_read_all_group_messages or await self._admins.is_admin(chat_id, self._bot.id):
            return None
        return me.username


async def group_command(message: Message, person: Sender, group_menus: GroupMenus, outbox: Outbox) -> None:
    await outbox.reply(aside_of(message), await group_menus.opened_by(person))


async def go(press: Press, callback_data: GroupMenu, person: Sender, group_menus: GroupMenus) -> None:
    group = person.group
    if group is None:
        return
    if callback_data.go is GroupGo.RESET:
        group = await group_menus.reset(group)
        await press.answer(person.texts.get("settings-reset"))
    await press.answer()
    if callback_data.go is GroupGo.CLOSE:
        await press.edit(Card(person.texts.html("settings-closed")))
    else:
        await press.edit(await group_menus.card(person, group))


async def open_setting(press: Press, callback_data: GroupOpen, person: Sender, group_menus: GroupMenus) -> None:
    await press.answer()
    if person.group is not None:
        await press.edit(group_menus.setting(person, person.group, callback_data.setting, callback_data.page))


async def set_value(press: Press, callback_data: GroupSet, person: Sender, group_menus: GroupMenus) -> None:
    """Only values that stand on a button of this version."""
    if person.group is None:
        return
    setting = callback_data.setting
    group = await group_menus.change(person.group.chat_id, setting, callback_data.value)
    if group is None:
        await press.answer(person.texts.get("settings-bad-value"), alert=True)
        return
    await press.answer(person.texts.get("settings-saved"))
    if setting is GroupSetting.MODELS:
        await press.edit(group_menus.setting(person, group, setting, callback_data.page))
    else:
        await press.edit(await group_menus.card(person, group))


Changes = dict[str, str | int | bool | tuple[str, ...] | None]


def _change(group: GroupSettings, setting: GroupSetting, value: str, catalog: Catalog) -> Changes | None:
    """A button's value as a change of GroupSettings; None for what no button says, or would leave no model."""
    unset = value == AUTO
    match setting:
        case GroupSetting.MODELS:
            return {"allowed_models": ()} if unset else _toggled(group, value, catalog)
        case GroupSetting.DEFAULT:
            known = unset or value in {model.id for model in offered(catalog, group)}
            return {"default_model": None if unset else value} if known else None
        case _ if value not in choices(setting):
            return None
        case GroupSetting.WHO:
            return {"who": Who(value)}
        case GroupSetting.COOLDOWN:
            return {"cooldown": int(value)}
        case GroupSetting.SPOILER:
            return {"spoiler": value == YES}
        case GroupSetting.POSTS:
            return {"posts": value == YES}
        case GroupSetting.LANGUAGE:
            return {"language": None if unset else value}


def _toggled(group: GroupSettings, model_id: str, catalog: Catalog) -> Changes | None:
    everything = [model.id for model in catalog.enabled()]
    if model_id not in everything:
        return None
    allowed = {model.id for model in offered(catalog, group)} ^ {model_id}
    if not allowed:
        return None
    kept = tuple(known for known in everything if known in allowed)
    # All that there are: also those that the operator adds later.
    return {"allowed_models": () if len(kept) == len(everything) else kept}
