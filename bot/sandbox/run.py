"""`imagine-bot sandbox`: the sandbox's server and the real bot against it, in one process.

The bot cannot tell it from Telegram. The environment and `.env` are ignored but for MODELS_FILE and LOG_*, so that a
token or a database of the operator's is never touched.
"""

import sys
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

from bot.config import FixedSettings, SettingsError, fixed_settings
from bot.env_file import environment
from bot.failure import Failure
from bot.operations.logs import configure_logs
from bot.sandbox.server import SandboxServer
from providers import Catalog

OFFLINE_MODEL = "sketch"
PACE = 4.0  # s a picture: its usual one would be over before the first progress edit is due
HEARD = ("models_file", "log_level", "log_format")  # of the environment


async def run_sandbox(listen: str, data: Path) -> None:
    """Serve until the process is told to stop. Raises Failure when the address is taken or the data is not ours,
    OSError when there cannot be data there, and SettingsError when `listen` is no address."""
    from bot.app import run_bot

    host, port = address(listen)
    heard = {name: value for name in HEARD if (value := environment().get(name.upper()))}
    asked = fixed_settings(**heard)
    configure_logs(asked.log_level, asked.log_format)
    catalog = sandbox_catalog(asked.models_file)
    try:
        server = await SandboxServer.start(host, port, data_dir=data)
    except OSError as error:
        if error.filename is not None:  # it is the data, not the address
            raise
        raise Failure(f"cannot serve at {listen}: {error.strerror or error}; choose another with --listen") from error
    except ValueError as error:
        raise Failure(f"{data} holds something else than a sandbox: {error}; choose another with --data") from error
    try:
        settings = sandbox_settings(server, data, asked)
        await run_bot(settings, catalog, on_ready=lambda: print(f"Open {server.url}", flush=True))  # noqa: T201
    finally:
        await server.close()


def address(listen: str) -> tuple[str, int]:
    """Host and port; anything but loopback is let through with a warning. Raises SettingsError."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise SettingsError(f"--listen is {listen!r}; give host:port, such as 127.0.0.1:8081")
    host = host.strip("[]")
    if not _is_loopback(host):
        told = f"imagine-bot: whoever reaches {listen} can read and write all chats of this sandbox"
        print(told, file=sys.stderr)  # noqa: T201
    return host, int(port)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def sandbox_catalog(models_file: Path | None) -> Catalog:
    """The operator's models with the offline one first, or that one alone, slow enough to be watched."""
    if models_file is None:
        sketch = Catalog.load(env={}, enable=[OFFLINE_MODEL])[OFFLINE_MODEL]
        return Catalog([replace(sketch, options={"pace": PACE})])
    everything = Catalog.load(models_file, env=environment(), enable=[OFFLINE_MODEL])
    return Catalog(sorted(everything, key=lambda model: model.id != OFFLINE_MODEL))


def sandbox_settings(server: SandboxServer, data: Path, asked: FixedSettings) -> FixedSettings:
    """What the bot is given: the sandbox as its Telegram, and a database of its own beside the sandbox's chats."""
    database = (data / "imagine.db").absolute()
    return fixed_settings(
        bot_token=server.token,
        telegram_api_url=server.url,
        database_url=f"sqlite:///{database}",
        log_level=asked.log_level,
        log_format=asked.log_format,
    )
