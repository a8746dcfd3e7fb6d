"""/group: what a group's admins choose for it. Everybody else gets a short answer."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.handlers.addressing import aside_below, aside_of, chat_of, pressed_message
from bot.handlers.imagine.merge import offered
from bot.handlers.menus.group_card import group_card, group_setting_card
from bot.handlers.middlewares.callbacks import Press
from bot.handlers.middlewares.sender import Sender
from bot.handlers.permissions.admins import Admins
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


async def group_command(
    message: Message, bot: Bot, person: Sender, admins: Admins, outbox: Outbox, catalog: Catalog
) -> None:
    place, texts, group = aside_of(message), person.texts, person.group
    if group is None:
        await outbox.reply(place, Card(texts.html("group-only-groups")))
    elif person.id != group.chat_id and not await admins.is_admin(bot, group.chat_id, person.id):
        await outbox.reply(place, Card(texts.html("group-admins-only")))
    else:
        deaf = await deaf_as(bot, admins, group.chat_id)
        await outbox.reply(place, group_card(texts, group, catalog, deaf=deaf))


async def go(
    query: CallbackQuery,
    callback_data: GroupMenu,
    bot: Bot,
    press: Press,
    person: Sender,
    admins: Admins,
    outbox: Outbox,
    catalog: Catalog,
    db: Database,
) -> None:
    group = await _allowed(query, bot, press, person, admins)
    if group is None:
        return
    if callback_data.go is GroupGo.RESET:
        async with db.transaction() as unit:
            await unit.groups.reset(group.chat_id)
        group = GroupSettings(group.chat_id)
        await press.answer(person.texts.get("settings-reset"))
    await press.answer()
    if callback_data.go is GroupGo.CLOSE:
        await _show(query, outbox, Card(person.texts.html("settings-closed")))
    else:
        deaf = await deaf_as(bot, admins, group.chat_id)
        await _show(query, outbox, group_card(person.texts, group, catalog, deaf=deaf))


async def open_setting(
    query: CallbackQuery,
    callback_data: GroupOpen,
    bot: Bot,
    press: Press,
    person: Sender,
    admins: Admins,
    outbox: Outbox,
    catalog: Catalog,
) -> None:
    group = await _allowed(query, bot, press, person, admins)
    if group is None:
        return
    await press.answer()
    card = group_setting_card(person.texts, group, callback_data.setting, catalog, page=callback_data.page)
    await _show(query, outbox, card)


async def set_value(
    query: CallbackQuery,
    callback_data: GroupSet,
    bot: Bot,
    press: Press,
    person: Sender,
    admins: Admins,
    outbox: Outbox,
    catalog: Catalog,
    db: Database,
) -> None:
    """Only values that stand on a button: whoever forges others gets a short answer."""
    group = await _allowed(query, bot, press, person, admins)
    if group is None:
        return
    setting, value = callback_data.setting, callback_data.value
    async with db.transaction() as unit:
        # Read once more: two admins may press at once.
        group = await unit.groups.settings(group.chat_id)
        changes = _change(group, setting, value, catalog)
        if changes is not None:
            group = await unit.groups.change(group.chat_id, **changes)
    if changes is None:
        await press.answer(person.texts.get("settings-bad-value"), alert=True)
        return
    await press.answer(person.texts.get("settings-saved"))
    if setting is GroupSetting.MODELS:
        await _show(query, outbox, group_setting_card(person.texts, group, setting, catalog, page=callback_data.page))
    else:
        deaf = await deaf_as(bot, admins, group.chat_id)
        await _show(query, outbox, group_card(person.texts, group, catalog, deaf=deaf))


async def deaf_as(bot: Bot, admins: Admins, chat_id: int) -> str | None:
    """The bot's username, where privacy mode keeps messages of this group from it; an admin hears everything."""
    me = await bot.get_me()  # not `bot.me()`, which remembers
    if me.can_read_all_group_messages or await admins.is_admin(bot, chat_id, bot.id):
        return None
    return me.username


async def _allowed(
    query: CallbackQuery, bot: Bot, press: Press, person: Sender, admins: Admins
) -> GroupSettings | None:
    """None when the press was answered: it was no admin's."""
    chat = chat_of(query)
    if chat is None or person.group is None:
        await press.answer(person.texts.get("press-outdated"), alert=True)
        return None
    if not await admins.is_admin(bot, chat.id, person.id):
        await press.answer(person.texts.get("group-admins-only"), alert=True)
        return None
    return person.group


async def _show(query: CallbackQuery, outbox: Outbox, card: Card) -> None:
    place, shown = aside_below(query), pressed_message(query)
    if place is not None and shown is not None:
        await outbox.edit(place, shown, card)


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
