"""What is the same in every process of the bot, whether it receives updates or draws: opened, and wired together."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
from aiogram import Bot

from bot.clock import Clock
from bot.composition import Jobs, Surroundings, build_jobs
from bot.config import Settings, custom_api, revealed
from bot.failure import Failure
from bot.jobs.acceptance.budget import millionths
from bot.jobs.acceptance.styling import fetching_presets
from bot.jobs.drawing.prompt_help import PromptHelp
from bot.jobs.models.health import Health
from bot.jobs.own_keys import OwnKeys
from bot.jobs.settings import JobSettings, Policies
from bot.jobs.supervisor import Supervisor
from bot.operations.summary import program
from bot.pictures.signing import Signing, SigningError, read_certificate
from bot.presenter import TextPresenter
from bot.prompt.blocklist import BlockedWords
from bot.secret_box import SecretBox
from bot.telegram.files import TelegramFiles
from bot.telegram.inline_mode import InlineMode
from bot.telegram.outbox.outbox import Hooks, Outbox
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.rate_limit.shared_budget import SharedPlaces
from bot.telegram.session import create_bot
from bot.text_models import chat_model, speech_model
from bot.texts.fluent import Texts
from providers import Catalog
from storage import Database, InstanceLock, sqlite_path

if TYPE_CHECKING:  # a worker receives nothing
    from bot.operations.endpoints import Check
    from bot.telegram.updates.polling import Intake


@dataclass(frozen=True, slots=True)
class Process:
    """What every process has that receives or draws."""

    db: Database
    bot: Bot
    catalog: Catalog
    outbox: Outbox
    texts: Texts
    jobs: Jobs
    own_keys: OwnKeys
    box: SecretBox | None  # None: own keys are off
    supervisor: Supervisor
    inline: InlineMode


async def open_process(
    settings: Settings,
    catalog: Catalog,
    clock: Clock,
    draws_here: int,
    stack: AsyncExitStack,
    policies: Policies | None = None,
) -> Process:
    """In the order in which things are needed, so `stack` leaves them in the reverse. The jobs are not started."""
    catalog.default(settings.default_model)  # raises UnknownModel before anything is opened
    token, signing = _token(settings), picture_signing(settings)
    proxy = revealed(settings.proxy_url)
    if (path := sqlite_path(settings.database_url)) is not None:
        stack.enter_context(InstanceLock(path))
    db = await Database.open(settings.database_url, clock_now=clock.now, draws=draws_here)
    stack.push_async_callback(db.close)
    session = await stack.enter_async_context(_backend_session())
    flood = FloodControl(clock, settings.telegram_rate, shared=_shared_places(db, settings, clock, stack))
    bot = create_bot(token, api_url=custom_api(settings.telegram_api_url), proxy=proxy, flood=flood)
    stack.push_async_callback(bot.session.close)
    stack.push_async_callback(flood.close)
    supervisor = Supervisor()
    stack.push_async_callback(supervisor.close)
    texts, health = Texts.load(), Health(clock)
    outbox = Outbox(bot, clock, _hooks(db), media_chat=settings.media_chat_id)
    inline = InlineMode(settings.media_chat_id)
    stack.push_async_callback(outbox.close)
    box = secret_box(settings)
    own_keys = OwnKeys(db, catalog, box)
    around = Surroundings(
        db=db,
        catalog=catalog,
        outbox=outbox,
        presenter=TextPresenter(texts, catalog, health, inline, enhances=settings.prompt_model_url is not None),
        session=session,
        clock=clock,
        supervisor=supervisor,
        fetch_file=fetching_presets(catalog, TelegramFiles(bot).fetch),
        own_keys=own_keys,
        prompt_help=_prompt_help(settings, session, clock),
        signing=signing,
        speech=speech_model(settings),
    )
    jobs = build_jobs(
        around,
        _job_settings(settings, catalog, draws_here, policies or Policies()),
        health,
        default_model=settings.default_model,
    )
    return Process(db, bot, catalog, outbox, texts, jobs, own_keys, box, supervisor, inline)


async def serve_operations(
    listen: str,
    parts: Process,
    clock: Clock,
    stack: AsyncExitStack,
    intake: "Intake | None" = None,
    webhook: "Check | None" = None,
) -> None:
    """Health checks and metrics at `listen`, host:port, until `stack` ends."""
    from bot.operations.endpoints import operations

    watched: dict[str, tuple[str, Callable[[], float]]] = {}
    if intake is not None:
        watched["updates_in_flight"] = ("Updates that are committed and not handled yet.", lambda: intake.handling)
    health, models = parts.jobs.health, [model.id for model in parts.catalog.working()]
    asked = operations(
        listen,
        db=parts.db,
        bot=parts.bot,
        supervisor=parts.supervisor,
        clock=clock,
        watched=watched,
        models_up={model_id: partial(_is_up, health, model_id) for model_id in models},
        more_checks={"webhook": webhook} if webhook is not None else {},
        stopping=lambda: intake is not None and intake.full,
    )
    await stack.enter_async_context(asked)


def _is_up(health: Health, model_id: str) -> float:
    return 0.0 if health.is_down(model_id) else 1.0


def _hooks(db: Database) -> Hooks:
    async def gone(chat_id: int, reason: str) -> None:
        async with db.transaction() as unit:
            await unit.chats.mark_dead(chat_id, reason)

    async def migrated(old_id: int, new_id: int) -> None:
        async with db.transaction() as unit:
            await unit.chats.migrate(old_id, new_id)

    return Hooks(gone=gone, migrated=migrated)


def _shared_places(db: Database, settings: Settings, clock: Clock, stack: AsyncExitStack) -> SharedPlaces | None:
    ledger = db.flood_ledger()
    if ledger is None:
        return None
    stack.callback(ledger.close)
    return SharedPlaces(ledger, settings.telegram_rate, clock.monotonic)


def _job_settings(settings: Settings, catalog: Catalog, draws_here: int, policies: Policies) -> JobSettings:
    plan = settings.credit_plan
    # Without prices a budget would only be shown.
    priced = settings.prompt_model_cost > 0 or any(model.cost for model in catalog.working())
    return JobSettings(
        policies=policies,
        draws_here=draws_here,
        max_jobs=settings.max_jobs,
        max_jobs_per_user=settings.max_jobs_per_user,
        max_queued_per_user=settings.max_queued_per_user,
        daily_limit=settings.daily_limit,
        # People spend what they have bought, however much that is.
        daily_cost_per_user=settings.daily_cost_per_user if priced and plan is None else 0,
        daily_cost=settings.daily_cost if priced else 0,
        credits=plan,
        request_ttl=settings.request_ttl or timedelta.max,  # 0: no limit
        picture_ttl=settings.picture_ttl,
        history=timedelta(days=settings.history_days) if settings.history_days else None,
        operators=settings.admin_ids,
        picture_metadata=settings.picture_metadata,
        output_check_url=settings.output_check_url,
        output_check_closed=settings.output_check_fail == "closed",
        blocked_words=BlockedWords.read(path) if (path := settings.blocked_words_file) else BlockedWords(),
    )


def _prompt_help(settings: Settings, session: aiohttp.ClientSession, clock: Clock) -> PromptHelp | None:
    chat = chat_model(settings)
    cost = millionths(settings.prompt_model_cost)
    return PromptHelp(chat, session, clock.monotonic, cost=cost) if chat is not None else None


def secret_box(settings: Settings) -> SecretBox | None:
    """None: own keys are off."""
    return SecretBox(settings.box_keys) if settings.allow_own_keys else None


def picture_signing(settings: Settings) -> Signing | None:
    """None: no certificate is set. Raises Failure for one that cannot be used."""
    if settings.c2pa_cert is None or settings.c2pa_key is None:
        return None
    try:
        return Signing(read_certificate(settings.c2pa_cert, settings.c2pa_key), program().partition(" ")[2] or "0")
    except SigningError as error:
        raise Failure(str(error)) from None


def _token(settings: Settings) -> str:
    if settings.bot_token is None:
        raise Failure("BOT_TOKEN is not set")
    return settings.bot_token.get_secret_value()


@asynccontextmanager
async def _backend_session() -> AsyncIterator[aiohttp.ClientSession]:
    """The one session for all back-ends: their engines set the deadlines, and nothing is remembered in cookies."""
    connector = aiohttp.TCPConnector(limit=0, ttl_dns_cache=60)
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=30)
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield session
