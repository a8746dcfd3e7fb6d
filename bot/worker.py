"""A process that draws what others accept. It receives nothing, so it loads no handlers."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

import structlog

from bot.clock import SystemClock
from bot.config import Settings
from bot.operations.lifetime import keep_for_good, stopped_by_signals
from bot.operations.summary import database_name, program
from bot.process import open_process, serve_operations
from providers import Catalog

log = structlog.stdlib.get_logger(__name__)


async def run_worker(
    settings: Settings, catalog: Catalog, concurrency: int, *, on_stop: Callable[[], None] = lambda: None
) -> None:
    """Draw what other processes accept, so many at once, until SIGTERM or SIGINT. Raises as `run_bot` does."""
    stop = asyncio.Event()
    with stopped_by_signals(stop, on_stop):
        async with AsyncExitStack() as stack:
            clock = SystemClock()
            parts = await open_process(settings, catalog, clock, concurrency, stack)
            if settings.http_listen:
                await serve_operations(settings.http_listen, parts, clock, stack)
            await parts.jobs.start()
            stack.push_async_callback(parts.jobs.stop)
            database = database_name(settings.database_url)
            log.info("worker started", version=program(), database=database, at_once=concurrency)
            keep_for_good()
            await stop.wait()
            log.info("stopping")
