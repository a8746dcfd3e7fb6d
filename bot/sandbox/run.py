"""`imagine-bot sandbox`: a Telegram simulator and the real bot, in one process.

Of the environment and `.env` it reads MODELS_FILE, LOG_LEVEL, LOG_FORMAT, what is sold for credits, and the keys that
the models file names; never the bot's token or database.
"""

import sys
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

from bot.config import Settings, SettingsError, fixed_settings
from bot.env_file import environment
from bot.failure import Failure
from bot.operations.logs import configure_logs
from bot.operations.model_suggestions import better_models
from bot.sandbox.seed import ALICE
from bot.sandbox.server import SandboxServer
from bot.sandbox.state import Status
from providers import Catalog
from providers.catalog.file import read_catalog
from providers.tasks import VIDEO

OFFLINE_MODEL, OFFLINE_MOTION = "sketch", "sketch-motion"
PACE = 4.0  # s a picture: at its default pace it would end before the first progress edit
CACHE = "Pictures of inline mode"  # a channel
STRANGERS = "Without the bot"  # a group
PRICE = 1.0  # of a picture, where there are credits
SOLD = ("credits", "credits_free_daily", "credit_subscription")
HEARD = ("models_file", "log_level", "log_format", *SOLD)  # settings that are read


async def run_sandbox(listen: str, data: Path) -> None:
    """Serves until the process is told to stop.

    Raises SettingsError when `listen` is not an address, CatalogError for a mistake in the models file, Failure when
    the address is taken or `data` holds something else, and OSError when `data` cannot be written.
    """
    from bot.app import run_bot

    host, port = address(listen)
    heard = {name: value for name in HEARD if (value := environment().get(name.upper()))}
    # Somebody has to look after payments: Alice, so that one pays oneself.
    asked = fixed_settings(**heard, **({"admin_ids": str(ALICE)} if "credits" in heard else {}))
    catalog = sandbox_catalog(asked.models_file, priced=bool(asked.credits))
    configure_logs(asked.log_level, asked.log_format, catalog.secrets())
    try:
        server = await SandboxServer.start(host, port, data_dir=data)
    except OSError as error:
        if error.filename is not None:  # it is the data, not the address
            raise
        raise Failure(f"cannot serve at {listen}: {error.strerror or error}; choose another with --listen") from error
    except ValueError as error:
        raise Failure(f"{data} is not a sandbox's folder: {error}; choose another with --data") from error
    try:
        settings = sandbox_settings(server, data, asked, media_chat_id=everywhere(server))
        server.hints = await better_models(catalog)
        welcome = "\n".join([f"Open {server.url}", *(f"  {hint}" for hint in server.hints)])
        await run_bot(settings, catalog, on_ready=lambda: print(welcome, flush=True))  # noqa: T201
    finally:
        await server.close()


def address(listen: str) -> tuple[str, int]:
    """Host and port. Warns on stderr when others could reach it. Raises SettingsError when it is not an address."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise SettingsError(f"--listen is {listen!r}; give host:port, such as 127.0.0.1:8081")
    host = host.strip("[]")
    if not _is_loopback(host):
        told = f"imagine-bot: anyone who can open {listen} can act as any user of this sandbox"
        print(told, file=sys.stderr)  # noqa: T201
    return host, int(port)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def sandbox_catalog(models_file: Path | None, *, priced: bool = False) -> Catalog:
    """The offline models, slow enough to be watched, the styles, and the models that the operator's file names.
    `priced`: the offline models cost PRICE.

    Other built-in models stay out: they would send what is typed in a sandbox to services on the net. Fallbacks to
    them are dropped. Raises CatalogError for a mistake in the file.
    """
    offline = (OFFLINE_MODEL, OFFLINE_MOTION)
    everything = Catalog.load(env={}, enable=offline)
    cost = PRICE if priced else 0
    models = {name: replace(everything[name], options={"pace": PACE}, cost=cost) for name in offline}
    if models_file is not None:
        everything = Catalog.load(models_file, env=environment())
        named = read_catalog(models_file).models
        models |= {model_id: everything[model_id] for model_id in named}
        models |= {name: replace(models[name], enabled=True) for name in offline if name in named}
        if OFFLINE_MOTION not in named and any(everything[model_id].task == VIDEO for model_id in named):
            del models[OFFLINE_MOTION]  # it would come first
    reachable = (
        replace(model, fallback=tuple(other for other in model.fallback if other in models))
        for model in models.values()
    )
    presets = [preset for preset in everything.presets.values() if preset.model is None or preset.model in models]
    return Catalog(reachable, presets)


def everywhere(server: SandboxServer) -> int:
    """Switches inline and guest mode on, as @BotFather would, and returns the channel for the pictures of both. A group
    without the bot is there to try them."""
    bot, chats = server.state.bot, server.state.chats.values()
    bot.inline = bot.guest = True
    if not any(chat.title == STRANGERS for chat in chats):
        server.admin.add_group(STRANGERS, dict.fromkeys(server.state.people, Status.MEMBER), bot_status=Status.LEFT)
    cache = next((chat for chat in chats if chat.title == CACHE), None)
    return (cache or server.admin.add_channel(CACHE, bot_status=Status.ADMINISTRATOR)).id


def sandbox_settings(
    server: SandboxServer, data: Path, asked: Settings, *, media_chat_id: int | None = None
) -> Settings:
    """The bot's settings: the sandbox as its Telegram, and a database of its own beside the sandbox's chats."""
    database = (data / "imagine.db").absolute()
    return fixed_settings(
        bot_token=server.token,
        telegram_api_url=server.url,
        database_url=f"sqlite:///{database}",
        log_level=asked.log_level,
        log_format=asked.log_format,
        media_chat_id=media_chat_id,
        admin_ids=asked.admin_ids,
        **({"daily_cost": 0.0} if asked.credits else {}),  # play money needs no budget
        **{name: getattr(asked, name) for name in SOLD},
    )
