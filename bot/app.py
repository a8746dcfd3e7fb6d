"""A bot that receives: settings and a catalogue in, a running bot out. `bot.process` opens what workers need, too."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.types import Message, Update

from bot.clock import Clock, SystemClock
from bot.composition import Jobs
from bot.config import Settings
from bot.failure import Failure
from bot.handlers import Apologies
from bot.handlers.credits.selling import Selling
from bot.handlers.dispatcher import make_dispatcher
from bot.handlers.imagine.kept_inputs import act_of
from bot.handlers.menus.command_menu import register_commands
from bot.handlers.operator.alerts import AlertRules, AlertWatch, Teller
from bot.handlers.operator.broadcaster import Broadcaster
from bot.jobs.acceptance.parameters import tasks_of
from bot.jobs.settings import Policies
from bot.jobs.supervisor import Supervisor
from bot.operations.announcement import announce
from bot.operations.lifetime import keep_for_good, stopped_by_signals
from bot.process import open_process, serve_operations
from bot.telegram.outbox.outbox import Outbox
from bot.telegram.updates.key_sealing import KeySealing
from bot.telegram.updates.leader import Peers
from bot.telegram.updates.polling import Intake, TokenRefused
from providers import Catalog
from storage import Database

if TYPE_CHECKING:  # a bot that polls serves nothing, and loads no web server
    from bot.operations.endpoints import Check
    from bot.telegram.updates.webhook import Registration

log = structlog.stdlib.get_logger(__name__)

DRAWS_HERE = 100  # at once, where many processes share the drawing
HANDLER_GRACE = 5.0  # s for handlers that run when the bot stops; drawings have `JobSettings.grace`


async def run_bot(
    settings: Settings,
    catalog: Catalog,
    *,
    draws_here: int = DRAWS_HERE,
    on_ready: Callable[[], None] = lambda: None,
    on_stop: Callable[[], None] = lambda: None,
) -> None:
    """Run until SIGTERM or SIGINT, then end in order. Raises Failure and StorageError when it cannot run.

    `draws_here`: on PostgreSQL, how many draws at once this process does itself; 0: workers do. `on_stop` is called
    at the signal, before anything ends.
    """
    stop = asyncio.Event()
    with stopped_by_signals(stop, on_stop):
        async with running(settings, catalog, draws_here=draws_here) as bot:
            keep_for_good()
            on_ready()
            await bot.until(stop)
            log.info("stopping")


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that runs; `receiving` ends only when it cannot go on."""

    bot: Bot
    jobs: Jobs
    outbox: Outbox
    receiving: asyncio.Task[Failure | None]

    async def until(self, stop: asyncio.Event) -> None:
        """Wait for `stop`. Raises what ended the intake before it."""
        waiting = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({waiting, self.receiving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if self.receiving.done() and (failure := self.receiving.result()) is not None:
            raise failure


@asynccontextmanager
async def running(
    settings: Settings,
    catalog: Catalog,
    *,
    draws_here: int = DRAWS_HERE,
    clock: Clock | None = None,
    policies: Policies | None = None,
) -> AsyncIterator[Running]:
    """A bot that receives and draws inside the block; leaving it hands back what is not finished.

    Everything is entered in the order in which it is needed, so it is left in the reverse one.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        parts = await open_process(settings, catalog, clock, draws_here, stack, policies)
        db, bot, outbox, texts, supervisor = parts.db, parts.bot, parts.outbox, parts.texts, parts.supervisor
        broadcaster = Broadcaster(db, outbox, texts, clock)
        peers = await _peers(db, clock, supervisor, stack)

        def leads() -> bool:
            return peers is None or peers.leading.is_set()

        async with db.read() as unit:
            sold_before = await unit.credits.ever_sold()
        selling = Selling.build(settings, db, bot, outbox, texts, clock, leads, sold_before)
        dispatcher = make_dispatcher(
            bot,
            parts.jobs.service,
            parts.jobs.health,
            db,
            catalog,
            outbox,
            texts,
            settings,
            clock,
            parts.jobs.describer,
            parts.own_keys,
            parts.jobs.hearing,
            broadcaster,
            parts.inline,
            selling,
        )
        supervisor.spawn(parts.inline.learn(bot, clock), name="inline mode")

        async def feed(update: Update, album: tuple[Message, ...]) -> None:
            await dispatcher.feed_update(bot, update, album=album)

        apologies = Apologies(outbox, texts)

        async def poisoned(update: Update) -> None:
            """Whose picture is under way needs no apology."""
            if update.message is None or not await parts.jobs.service.knows(act_of(update.message)):
                await apologies.poisoned(update)

        intake = Intake(
            bot,
            db,
            feed,
            supervisor,
            clock,
            on_poison=poisoned,
            on_outage=apologies.outage,
            on_checkout=selling.checkouts.answer,
            rate=settings.telegram_rate,
            peers=peers,
            seal=KeySealing(parts.box),
        )
        registration = await _registration(bot, db, settings, clock)
        if settings.http_listen:
            webhook = _webhook_check(registration, peers)
            await serve_operations(settings.http_listen, parts, clock, stack, intake, webhook)
        stack.push_async_callback(broadcaster.ended)  # while the jobs end
        await parts.jobs.start()
        stack.push_async_callback(parts.jobs.stop)
        await intake.recover()
        receive = await _receiving(intake, settings, registration, peers, stack)
        announced = partial(announce, bot, settings, catalog)
        known = asyncio.Event()
        receiving = supervisor.spawn(_until_refused(announced, known, receive), name="receiving")
        stack.push_async_callback(intake.stop, HANDLER_GRACE)
        menu = partial(
            register_commands,
            *(bot, texts, settings.admin_ids),
            describes=parts.jobs.describer.available,
            tasks=tasks_of(catalog),
            own_keys=settings.allow_own_keys,
            sells=selling.shop.is_open,
            sold=selling.deals,
        )
        registered = partial(_after, known, menu)
        supervisor.spawn(_led(peers, registered), name="register commands")
        if settings.admin_ids:
            teller = Teller(db, outbox, texts, settings.admin_ids)
            watch = AlertWatch(
                db,
                parts.jobs.health,
                clock,
                teller,
                AlertRules(settings, catalog, lambda: registration.trouble if registration is not None else None),
                leads=leads,
            )
            supervisor.spawn(watch.run(), name="alerts")
            supervisor.spawn(broadcaster.run(), name="broadcasts")
            stack.callback(broadcaster.halt)
        keeping = selling.keeper.run() if selling.deals else selling.keeper.run_when_wanted()
        supervisor.spawn(keeping, name="Stars")
        yield Running(bot, parts.jobs, outbox, receiving)


async def _registration(bot: Bot, db: Database, settings: Settings, clock: Clock) -> "Registration | None":
    """None: updates come by polling."""
    if settings.webhook_url is None:
        return None
    from bot.telegram.updates.webhook import Registration

    return Registration(bot, clock, url=settings.webhook_url, secret=await _webhook_secret(db, settings))


def _webhook_check(registration: "Registration | None", peers: Peers | None) -> "Check | None":
    """For /readyz. Of many processes the leader looks after the webhook; the others know nothing of it."""
    if registration is None:
        return None

    async def check() -> str:
        watched = peers is None or peers.leading.is_set()
        return (registration.trouble if watched else None) or "ok"

    return check


async def _receiving(
    intake: Intake,
    settings: Settings,
    registration: "Registration | None",
    peers: Peers | None,
    stack: AsyncExitStack,
) -> Callable[[], Coroutine[None, None, None]]:
    """How updates come in: what is to be done for it until this process stops. By polling, or by a webhook, which
    every process serves and one registers, as soon as Telegram can be reached."""
    if settings.webhook_url is None or registration is None:
        return intake.run
    from bot.operations.serving import serving
    from bot.telegram.updates.webhook import webhook_app

    app = webhook_app(intake, path=urlsplit(settings.webhook_url).path or "/", secret=registration.secret)
    address = await stack.enter_async_context(serving(app, settings.webhook_listen, setting="WEBHOOK_LISTEN"))
    log.info("the webhook is served", listens=address)
    return partial(_led, peers, registration.keep)


async def _until_refused(
    announced: Callable[[], Awaitable[None]], known: asyncio.Event, receive: Callable[[], Awaitable[None]]
) -> Failure | None:
    """Receive until this process stops; why it cannot go on. `known` is set when the token is not refused."""
    try:
        await announced()
        known.set()
        await receive()
    except TokenRefused as error:
        return Failure(str(error))
    return None


async def _webhook_secret(db: Database, settings: Settings) -> str:
    """One for all replicas, and for their next start."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    async with db.transaction() as unit:
        return await unit.shared_secrets.agree("webhook", secrets.token_urlsafe(32))


async def _peers(db: Database, clock: Clock, supervisor: Supervisor, stack: AsyncExitStack) -> Peers | None:
    presence = db.presence(f"{socket.gethostname()}:{os.getpid()}")
    if presence is None:
        return None
    peers = Peers(presence, clock)
    stack.push_async_callback(peers.leave)
    await peers.enter()
    supervisor.spawn(peers.run(), name="heartbeat")
    return peers


async def _led(peers: Peers | None, work: Callable[[], Awaitable[None]]) -> None:
    """What one process does for all: this one, once it leads."""
    if peers is not None:
        await peers.leading.wait()
    await work()


async def _after(event: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    await event.wait()
    await work()
