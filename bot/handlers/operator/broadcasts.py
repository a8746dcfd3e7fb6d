"""/broadcast in reply to a message: counts the people, sends a test copy, asks for confirmation, and then sends to
everybody active."""

import re
from datetime import timedelta

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.clock import Clock
from bot.handlers.addressing import aside_of
from bot.handlers.operator.broadcaster import Broadcaster, broadcast_card
from bot.handlers.operator.desk import OperatorDesk
from bot.handlers.press import Press
from bot.handlers.sender import Sender
from bot.keyboards.broadcast import BroadcastAct, BroadcastDo, BroadcastWish, copy_keyboard
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Outbox
from storage import Database
from storage.records import BroadcastState

DAYS, MOST_DAYS = 30, 3650
# What a button does: the state after it, those before it, and what the audit calls it.
_TURNS = {
    BroadcastAct.START: (BroadcastState.RUNNING, {BroadcastState.DRAFT, BroadcastState.PAUSED}, "broadcast started"),
    BroadcastAct.PAUSE: (BroadcastState.PAUSED, {BroadcastState.RUNNING}, "broadcast paused"),
    BroadcastAct.STOP: (
        BroadcastState.STOPPED,
        {BroadcastState.DRAFT, BroadcastState.RUNNING, BroadcastState.PAUSED},
        "broadcast stopped",
    ),
}


def router() -> Router:
    broadcasts = Router(name="broadcasts")
    broadcasts.message.register(broadcast_command, Command("broadcast", ignore_case=True))
    broadcasts.callback_query.register(do, BroadcastDo.filter())
    broadcasts.callback_query.register(wish, BroadcastWish.filter())
    return broadcasts


async def broadcast_command(
    message: Message,
    command: CommandObject,
    person: Sender,
    desk: OperatorDesk,
    db: Database,
    outbox: Outbox,
    clock: Clock,
) -> None:
    """Drafts a broadcast. The bot does not answer anybody but operators."""
    if message.chat.type != ChatType.PRIVATE or not desk.is_operator(person.id):
        return
    texts, replied = person.texts, message.reply_to_message
    typed = (command.args or str(DAYS)).strip()
    days = int(typed) if re.fullmatch(r"[0-9]{1,4}", typed) else 0
    if replied is None or not 1 <= days <= MOST_DAYS:
        await outbox.reply(aside_of(message), Card(texts.html("broadcast-usage")))
        return
    since = clock.now() - timedelta(days=days)
    async with db.read() as unit:
        count = await unit.broadcasts.count(since)
    if not count:
        await outbox.reply(aside_of(message), Card(texts.html("broadcast-nobody")))
        return
    async with db.transaction() as unit:
        draft = await unit.broadcasts.draft(person.id, replied.message_id, since)
    shown = await outbox.reply(aside_of(message), broadcast_card(texts, draft, count))
    async with db.transaction() as unit:
        await unit.broadcasts.shown(draft.id, shown.message_id)


async def do(press: Press, callback_data: BroadcastDo, person: Sender, db: Database, broadcaster: Broadcaster) -> None:
    """A button of a draft or a running broadcast. `PressRights` admits operators in private chats; only the operator
    who made it may use it."""
    texts = person.texts
    async with db.read() as unit:
        broadcast = await unit.broadcasts.get(callback_data.broadcast_id)
    if broadcast is None or broadcast.by != person.id:
        await press.answer(texts.get("press-outdated"), alert=True)
        return
    if callback_data.act is BroadcastAct.TEST:
        try:
            await broadcaster.copy(broadcast, person.id)
            await press.answer(texts.get("broadcast-tested"))
        except (ChatGone, DeliveryFailed) as error:
            await press.answer(texts.get("broadcast-test-failed", reason=error.reason), alert=True)
        return
    to, of, act = _TURNS[callback_data.act]
    async with db.transaction() as unit:
        turned = await unit.broadcasts.turn(broadcast.id, to=to, of=frozenset(of))
        if turned:
            await unit.moderation.note(person.id, act, None, f"broadcast {broadcast.id}")
    await press.answer(None if turned else texts.get("press-outdated"))
    await broadcaster.show(broadcast.id)
    if to is BroadcastState.RUNNING and turned:
        broadcaster.wake()


async def wish(press: Press, callback_data: BroadcastWish, person: Sender, db: Database) -> None:
    """The button below a copy that switches broadcasts off or on for its person."""
    wanted, texts = callback_data.wanted, person.texts
    async with db.transaction() as unit:
        if wanted:
            await unit.broadcasts.want(person.id)
        else:
            await unit.broadcasts.refuse(person.id)
    await press.answer(texts.get("broadcasts-on" if wanted else "broadcasts-off"), alert=True)
    await press.show_buttons(copy_keyboard(texts, wanted=wanted))
