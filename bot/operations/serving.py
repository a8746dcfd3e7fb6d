"""Serve an aiohttp application at host:port for as long as a block lasts."""

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.failure import Failure


@asynccontextmanager
async def serving(app: web.Application, listen: str, *, setting: str) -> AsyncIterator[str]:
    """Yields the address it listens at, `http://host:port`. `setting` names where `listen` comes from: Failure says it
    when the address cannot be had."""
    host, _, port = listen.rpartition(":")
    # Nobody who calls us compresses. What claims to be compressed is read as it stands, and is then no update.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5, auto_decompress=False)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host.strip("[]"), int(port))
        try:
            await site.start()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Failure(
                    f"{setting}: {listen} is in use by another program; stop it, or choose another port"
                ) from error
            reason = error.strerror or str(error)
            raise Failure(f"{setting}: cannot listen at {listen}: {reason}") from error
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
