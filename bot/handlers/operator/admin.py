"""/admin and its menus. The bot does not answer /admin of anybody else."""

from datetime import timedelta

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import Message, MessageOriginChannel, MessageOriginChat, MessageOriginHiddenUser, MessageOriginUser

from bot.handlers.addressing import aside_of
from bot.handlers.operator.desk import OperatorDesk
from bot.handlers.operator.refunds import Refunds
from bot.handlers.operator.typed_orders import GeneralOrder, OfAll, OfPerson, PersonOrder, read_order
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.operator import AdminGo, AdminModel, AdminPage, AdminPause, AdminPerson, PersonAct
from bot.operations.usage import Period
from bot.telegram.outbox.outbox import Card, Outbox
from storage.records import Allowance


def router() -> Router:
    admin = Router(name="admin")
    admin.message.register(admin_command, Command("admin", ignore_case=True))
    on = admin.callback_query.register
    on(go, AdminGo.filter())
    on(act_on_person, AdminPerson.filter())
    on(switch_model, AdminModel.filter())
    on(pause, AdminPause.filter())
    return admin


async def admin_command(
    message: Message, command: CommandObject, person: Sender, desk: OperatorDesk, refunds: Refunds, outbox: Outbox
) -> None:
    if message.chat.type != ChatType.PRIVATE or not desk.is_operator(person.id):
        return
    replied = message.reply_to_message
    order = read_order(command.args or "", forwarded=replied is not None and replied.forward_origin is not None)
    texts = person.texts
    if order is None:
        card = Card(texts.html("admin-orders"))
    elif isinstance(order, OfAll) and order.order is GeneralOrder.REFUND:
        card = await refunds.by_charge(texts, person.id, order.words)
    elif isinstance(order, OfAll):
        card = await _of_all(order, person, desk)
    else:
        card = await _of_person(order, message, person, desk)
    await outbox.reply(aside_of(message), card)


async def _of_all(order: OfAll, person: Sender, desk: OperatorDesk) -> Card:
    texts = person.texts
    match order.order:
        case GeneralOrder.MODELS:
            return await desk.models(texts)
        case GeneralOrder.AUDIT:
            return await desk.audit(texts)
        case GeneralOrder.ON | GeneralOrder.OFF:
            on = order.order is GeneralOrder.ON
            if not await desk.switch(person.id, order.model, order.words, on=on):
                return Card(texts.html("admin-model-unknown", model=order.model[:40]))
            return await desk.models(texts)
        case GeneralOrder.PAUSE | GeneralOrder.RESUME:
            await desk.pause(person.id, order.words, on=order.order is GeneralOrder.PAUSE)
    return await desk.usage(texts, Period.TODAY)


async def _of_person(order: OfPerson, message: Message, person: Sender, desk: OperatorDesk) -> Card:
    texts = person.texts
    whom = await desk.id_of(order.who) if order.who else _forwarded(message)
    if whom is None:
        return Card(texts.html("admin-nobody", who=order.who) if order.who else texts.html("admin-hidden"))
    match order.order:
        case PersonOrder.BAN:
            done, said = await desk.ban(texts, person.id, whom, order.term, order.words)
            if not done:
                return Card(said)
        case PersonOrder.UNBAN:
            await desk.unban(person.id, whom)
        case PersonOrder.EXEMPT:
            await desk.allow(person.id, whom, Allowance(exempt=True))
        case PersonOrder.LIMIT:
            await desk.allow(person.id, whom, Allowance(daily_limit=order.limit, daily_cost=order.cost))
        case PersonOrder.MESSAGE:
            return Card(await desk.message(texts, person.id, whom, order.words))
        case PersonOrder.SHOW:
            pass
    return await desk.person(texts, whom)


def _forwarded(message: Message) -> int | None:
    """The author of the forwarded message that is replied to; None: Telegram does not tell."""
    origin = message.reply_to_message.forward_origin if message.reply_to_message is not None else None
    match origin:
        case MessageOriginUser():
            return origin.sender_user.id
        case MessageOriginChat():
            return origin.sender_chat.id
        case MessageOriginChannel():
            return origin.chat.id
        case MessageOriginHiddenUser() | None | _:
            return None


async def go(press: Press, callback_data: AdminGo, person: Sender, desk: OperatorDesk) -> None:
    await press.answer()
    texts = person.texts
    match callback_data.page:
        case AdminPage.USAGE:
            await press.edit(await desk.usage(texts, callback_data.period))
        case AdminPage.CHART:
            await press.reply(await desk.chart(texts, callback_data.period))
        case AdminPage.MODELS:
            await press.edit(await desk.models(texts))
        case AdminPage.AUDIT:
            await press.edit(await desk.audit(texts))


async def act_on_person(press: Press, callback_data: AdminPerson, person: Sender, desk: OperatorDesk) -> None:
    whom, texts = callback_data.person, person.texts
    match callback_data.act:
        case PersonAct.BAN:
            term = timedelta(days=callback_data.days) if callback_data.days > 0 else None
            done, said = await desk.ban(texts, person.id, whom, term, "")
            await press.answer(said, alert=not done)
        case PersonAct.UNBAN:
            await desk.unban(person.id, whom)
        case PersonAct.EXEMPT:
            await desk.allow(person.id, whom, Allowance(exempt=True))
        case PersonAct.LIMIT:
            await desk.allow(person.id, whom, Allowance())
        case PersonAct.SHOW:
            pass
    await press.answer()
    await press.edit(await desk.person(texts, whom))


async def switch_model(press: Press, callback_data: AdminModel, person: Sender, desk: OperatorDesk) -> None:
    await desk.switch(person.id, callback_data.model, "", on=callback_data.on)
    await press.answer()
    await press.edit(await desk.models(person.texts))


async def pause(press: Press, callback_data: AdminPause, person: Sender, desk: OperatorDesk) -> None:
    await desk.pause(person.id, "", on=callback_data.on)
    await press.answer()
    await press.edit(await desk.usage(person.texts, Period.TODAY))
