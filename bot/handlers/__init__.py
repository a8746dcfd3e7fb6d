"""What the bot does when somebody writes or presses. A handler parses, calls one service, and answers.

The dispatcher's workflow data must hold: `service` (ImagineService), `db` (Database), `catalog` (Catalog), `outbox`
(Outbox), `texts` (Texts), `settings` (bot.config.Settings) and `clock` (Clock).
"""

from aiogram import Router

from bot.handlers import (
    cancel,
    chats,
    errors,
    forget,
    group,
    history,
    imagine,
    models,
    more,
    outdated,
    pictures,
    questions,
    settings,
    start,
    words,
)
from bot.handlers.access import AccessMiddleware
from bot.handlers.errors import Apologies
from bot.handlers.people import PersonMiddleware
from bot.handlers.press import PressMiddleware
from bot.handlers.wiring import WiringMiddleware

__all__ = ["Apologies", "routers"]


def routers() -> list[Router]:
    """New ones at each call, to be included in a dispatcher; what is hot comes first, what takes the rest, last."""
    root = Router(name="imagine-bot")
    wiring, person, access = WiringMiddleware(), PersonMiddleware(), AccessMiddleware()
    # Outer middlewares see everything, inner ones what some handler wants.
    root.callback_query.outer_middleware(PressMiddleware())
    for observer in (root.message, root.callback_query):
        observer.outer_middleware(access)
        observer.middleware(person)
        observer.middleware(wiring)
    root.include_routers(
        imagine.router(),
        pictures.router(),
        more.router(),
        models.router(),
        settings.router(),
        group.router(),
        start.router(),
        cancel.router(),
        history.router(),
        forget.router(),
        chats.router(),
        questions.router(),
        words.router(),
        outdated.router(),
    )
    return [root, errors.router()]
