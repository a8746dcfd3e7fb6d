"""/forget: everything that is kept of a person, erased after they have said so twice."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.handlers.addressing import place_below, place_of, pressed_message
from bot.handlers.middlewares.callbacks import Press
from bot.handlers.middlewares.sender import Sender
from bot.jobs.service import ImagineService
from bot.keyboards.history import Forget, forget_keyboard
from bot.telegram.outbox.outbox import Card, Outbox


def router() -> Router:
    forget = Router(name="forget")
    forget.message.register(ask_first, Command("forget", ignore_case=True))
    forget.callback_query.register(answered, Forget.filter())
    return forget


async def ask_first(message: Message, person: Sender, outbox: Outbox) -> None:
    texts = person.texts
    if message.chat.type != ChatType.PRIVATE:
        await outbox.reply(place_of(message), Card(texts.html("forget-in-private")))
        return
    await outbox.reply(place_of(message), Card(texts.html("forget-question"), forget_keyboard(texts, person.id)))


async def answered(
    query: CallbackQuery,
    callback_data: Forget,
    press: Press,
    person: Sender,
    service: ImagineService,
    outbox: Outbox,
) -> None:
    texts, place, shown = person.texts, place_below(query), pressed_message(query)
    if callback_data.owner != person.id or place is None or shown is None or place.group:
        await press.answer(texts.get("press-menu-not-yours", command="/forget"), alert=True)
        return
    if not callback_data.sure:
        await press.answer()
        await outbox.edit(place, shown, Card(texts.html("forget-kept")))
        return
    await service.forget(person.id)
    await press.answer()
    await outbox.edit(place, shown, Card(texts.html("forget-done")))
