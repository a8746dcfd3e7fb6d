"""The bot's face in Telegram: the command menu of private chats and of groups, and its descriptions, in each language.

Telegram keeps them; each is read first and written only where it differs, because writing is limited tightly.
"""

from collections.abc import Collection
from contextlib import suppress

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.texts.fluent import FALLBACK, LANGUAGES, LanguageTexts, Texts
from providers.tasks import CUTOUT, UPSCALE, VIDEO

log = structlog.stdlib.get_logger(__name__)

PRIVATE = (
    "imagine",
    "animate",
    "describe",
    "upscale",
    "cutout",
    "history",
    "model",
    "settings",
    "key",
    "cancel",
    "export",
    "forget",
    "help",
)
TASK_COMMANDS = {UPSCALE: "upscale", CUTOUT: "cutout", VIDEO: "animate"}
BUYER = ("balance", "buy", "paysupport", "terms")  # where credits are or were sold, in private chats
OPERATOR = ("admin", "broadcast")  # shown to the operators alone, in their private chats
GROUP = (
    *("imagine", "animate", "describe", "upscale", "cutout", "model", "settings", "group", "cancel"),
    *("report", "help"),
)
# In groups these are sent to the bot alone, and answered likewise. /report is not: it has to be a reply, and whether a
# message to the bot alone can be one is not documented.
EPHEMERAL = frozenset({"model", "settings", "group", "help"})


def commands(
    texts: LanguageTexts, names: tuple[str, ...], *, ephemeral: frozenset[str] = frozenset()
) -> list[BotCommand]:
    return [
        BotCommand(command=name, description=texts.get(f"command-{name}"), is_ephemeral=name in ephemeral or None)
        for name in names
    ]


async def register_commands(
    bot: Bot,
    texts: Texts,
    operators: frozenset[int] = frozenset(),
    *,
    describes: bool = False,
    tasks: Collection[str] = (),
    own_keys: bool = False,
    sells: bool = False,
    sold: bool = False,
) -> None:
    """Never raises for Telegram's faults: the bot works without its menu, and the next start tries again. `describes`:
    some model does; `tasks`: what models make of a picture; `own_keys`: people may bring them; `sells`: credits;
    `sold`: or it did once."""
    made = {command: task in tasks for task, command in TASK_COMMANDS.items()}
    sale = {**dict.fromkeys(BUYER, sells or sold), "buy": sells}
    there = {"describe": describes, **made, "key": own_keys, **sale}
    missing = frozenset(name for name, offered in there.items() if not offered)
    with suppress(TelegramAPIError):
        await bot.me()  # known before the first commands come, which would all ask
    for language in LANGUAGES:
        # English also without a language: what people of all other languages see.
        primary = language.partition("-")[0]  # Telegram takes two letters
        for code in (None, primary) if language == FALLBACK else (primary,):
            try:
                await _register(bot, texts.of_commands(language), code, missing=missing)
            except TelegramAPIError as error:
                log.warning("commands not registered", language=code, error=str(error))
            for operator in sorted(operators):
                try:
                    await _register_operator(bot, texts.of_commands(language), code, operator, missing=missing)
                except TelegramAPIError as error:  # they have never written to the bot
                    log.info("operator's commands not registered", user=operator, error=str(error))


async def _register(bot: Bot, texts: LanguageTexts, code: str | None, *, missing: frozenset[str]) -> None:
    for scope, names, ephemeral in (
        (BotCommandScopeAllPrivateChats(), (*PRIVATE, *BUYER), frozenset[str]()),
        (BotCommandScopeAllGroupChats(), GROUP, EPHEMERAL),
    ):
        offered = tuple(name for name in names if name not in missing)
        wanted = commands(texts, offered, ephemeral=ephemeral)
        # Not the objects themselves: those from Telegram also hold the bot that fetched them.
        known = await bot.get_my_commands(scope=scope, language_code=code)
        if list(map(_told, known)) != list(map(_told, wanted)):
            await bot.set_my_commands(wanted, scope=scope, language_code=code)
    description = texts.get("bot-description")
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description=description, language_code=code)
    short = texts.get("bot-short-description")
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short_description=short, language_code=code)


async def _register_operator(
    bot: Bot, texts: LanguageTexts, code: str | None, operator: int, *, missing: frozenset[str]
) -> None:
    offered = tuple(name for name in (*PRIVATE, *BUYER, *OPERATOR) if name not in missing)
    scope, wanted = BotCommandScopeChat(chat_id=operator), commands(texts, offered)
    known = await bot.get_my_commands(scope=scope, language_code=code)
    if list(map(_told, known)) != list(map(_told, wanted)):
        await bot.set_my_commands(wanted, scope=scope, language_code=code)


def _told(command: BotCommand) -> tuple[str, str, bool]:
    return command.command, command.description, bool(command.is_ephemeral)
