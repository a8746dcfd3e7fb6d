"""What the bot does when somebody writes or presses. A handler parses, calls one service, and answers.

The dispatcher's workflow data must hold: `service` (ImagineService), `db` (Database), `catalog` (Catalog), `outbox`
(Outbox), `texts` (Texts), `settings` (bot.config.Settings) and `clock` (Clock).
"""

from aiogram import Router

from bot.handlers import chats, errors
from bot.handlers.errors import Apologies
from bot.handlers.imagine import command, plain_text
from bot.handlers.menus import forget, group, models, outdated, settings, start, typed_settings
from bot.handlers.middlewares.callbacks import PressMiddleware
from bot.handlers.middlewares.sender import SenderMiddleware
from bot.handlers.middlewares.services import WiringMiddleware
from bot.handlers.permissions.access import AccessMiddleware
from bot.handlers.picture import buttons, cancel, history, more

__all__ = ["Apologies", "routers"]


def routers() -> list[Router]:
    """New ones at each call, to be included in a dispatcher; what is hot comes first, what takes the rest, last."""
    root = Router(name="imagine-bot")
    wiring, person, access = WiringMiddleware(), SenderMiddleware(), AccessMiddleware()
    # Outer middlewares see everything, inner ones what some handler wants.
    root.callback_query.outer_middleware(PressMiddleware())
    for observer in (root.message, root.callback_query):
        observer.outer_middleware(access)
        observer.middleware(person)
        observer.middleware(wiring)
    root.include_routers(
        command.router(),
        buttons.router(),
        more.router(),
        models.router(),
        settings.router(),
        group.router(),
        start.router(),
        cancel.router(),
        history.router(),
        forget.router(),
        chats.router(),
        typed_settings.router(),
        plain_text.router(),
        outdated.router(),
    )
    return [root, errors.router()]
