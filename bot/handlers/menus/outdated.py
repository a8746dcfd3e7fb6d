"""Buttons of an earlier version, and data that no button of ours has."""

from aiogram import Router

from bot.handlers.press import Press
from bot.handlers.sender import Sender


def router() -> Router:
    outdated = Router(name="outdated")
    outdated.callback_query.register(answer_outdated)
    return outdated


async def answer_outdated(press: Press, person: Sender) -> None:
    await press.answer(person.texts.get("press-outdated"), alert=True)
