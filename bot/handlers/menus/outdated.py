"""Buttons of an earlier version, and data that no button of ours has."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.handlers.middlewares.callbacks import Press
from bot.handlers.middlewares.sender import Sender


def router() -> Router:
    outdated = Router(name="outdated")
    outdated.callback_query.register(answer_outdated)
    return outdated


async def answer_outdated(_query: CallbackQuery, press: Press, person: Sender) -> None:
    await press.answer(person.texts.get("press-outdated"), alert=True)
