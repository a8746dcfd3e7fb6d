"""/forget: everything that is kept of a person, erased after they have said so twice."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.addressing import place_of
from bot.handlers.press import Press
from bot.handlers.sender import Sender
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


async def answered(press: Press, callback_data: Forget, person: Sender, service: ImagineService) -> None:
    if callback_data.sure:
        await service.forget(person.id)
    await press.answer()
    await press.edit(Card(person.texts.html("forget-done" if callback_data.sure else "forget-kept")))
