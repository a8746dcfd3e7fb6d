"""What operators and balancers ask a process: `/healthz` (it lives), `/readyz` (it can do its work), `/metrics`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import structlog
from aiogram import Bot
from aiohttp import web

from bot.clock import Clock
from bot.jobs.supervisor import Supervisor
from bot.operations import metrics
from bot.operations.serving import serving
from bot.telegram.errors import Outcome, classify
from storage import Database, StorageUnavailable
from storage.repositories.stats import QueueStats

log = structlog.stdlib.get_logger(__name__)

CHECK_SECONDS = 3.0  # for one answer; who asks waits for less than ten
TELEGRAM_EVERY = 20.0  # s: between two calls that only look whether Telegram is there
# Tasks that every dispatcher runs, that a process with a place among the workers runs, and what it is nothing without.
ADMISSION, WORKER, QUEUE = "admission", "worker", "queue"

Check = Callable[[], Awaitable[str]]  # "ok", or why not, in words that anybody may read


@asynccontextmanager
async def operations(
    listen: str,
    *,
    db: Database,
    bot: Bot,
    supervisor: Supervisor,
    clock: Clock,
    watched: Mapping[str, tuple[str, Callable[[], float]]],
    models_up: Mapping[str, Callable[[], float]] | None = None,
    more_checks: Mapping[str, Check] | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> AsyncIterator[str]:
    """Serves them at host:port and collects the figures. `watched`: gauges by name, with what they say. `models_up`: by
    model, 1 or 0. `more_checks`: for /readyz, by name. `stopping`: nothing more should be sent here. Yields the
    address. Raises Failure when it cannot listen there."""
    checks: dict[str, Check] = {
        "database": lambda: _database(db),
        "telegram": Telegram(bot, clock).check,
        "dispatcher": lambda: dispatching(supervisor),
        **(more_checks or {}),
    }
    with metrics.collecting() as collected:
        for name, (about, figure) in watched.items():
            collected.watch(name, about, figure)
        for model_id, is_up in (models_up or {}).items():
            collected.watch_model(model_id, is_up)
        db.observe = metrics.database_took
        try:
            app = health_app(checks, collected, lambda: _queue(db), clock, stopping)
            async with serving(app, listen, setting="HTTP_LISTEN") as address:
                log.info("health and metrics are served", listens=address)
                yield address
        finally:
            db.observe = None


def health_app(
    checks: Mapping[str, Check],
    collected: metrics.Collected,
    queue: Callable[[], Awaitable[QueueStats]],
    clock: Clock,
    stopping: Callable[[], bool],
) -> web.Application:
    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        found = dict(zip(checks, await asyncio.gather(*(_in_time(check) for check in checks.values())), strict=True))
        if stopping():
            found["process"] = "stopping"
        ready = all(said == "ok" for said in found.values())
        return web.json_response({"ready": ready, **found}, status=200 if ready else 503)

    async def figures(_request: web.Request) -> web.Response:
        try:
            body, content_type = await collected.text(queue, clock.now())
        except (StorageUnavailable, TimeoutError) as error:
            raise web.HTTPServiceUnavailable(text="the database does not answer\n") from error
        return web.Response(body=body, headers={"Content-Type": content_type})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", figures)
    return app


class Telegram:
    """Whether the Bot API answers: asked every `TELEGRAM_EVERY` seconds at most, however many want to know."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._said = ""
        self._asked_at = 0.0
        self._turn = asyncio.Lock()

    async def check(self) -> str:
        async with self._turn:
            if not self._said or self._clock.monotonic() - self._asked_at > TELEGRAM_EVERY:
                self._said, self._asked_at = await self._ask(), self._clock.monotonic()
        return self._said

    async def _ask(self) -> str:
        try:
            async with asyncio.timeout(CHECK_SECONDS - 0.5):
                await self._bot.get_me()
        except Exception as error:  # noqa: BLE001 - of whatever kind: Telegram cannot be used
            return "the token is refused" if classify(error) is Outcome.UNAUTHORIZED else "no answer"
        return "ok"


async def _database(db: Database) -> str:
    try:
        await db.ping()
    except StorageUnavailable:
        return "no answer"
    return "ok"


async def dispatching(supervisor: Supervisor) -> str:
    if not supervisor.runs(ADMISSION):
        return "not running"
    return "takes nothing from the queue" if supervisor.runs(WORKER) and not supervisor.runs(QUEUE) else "ok"


async def _in_time(check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return "no answer"


async def _queue(db: Database) -> QueueStats:
    async with asyncio.timeout(CHECK_SECONDS), db.read() as unit:
        return await unit.figures.queue()
