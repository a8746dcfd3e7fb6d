"""A bot with real handlers, database, jobs and outbox, in a sandbox; only Telegram's budgets are left out."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import LinkPreviewOptions, Message, Update

from bot.clock import SystemClock
from bot.composition import Surroundings, build_jobs
from bot.config import Settings
from bot.handlers import Apologies
from bot.handlers.dispatcher import make_dispatcher
from bot.jobs.models.health import Health
from bot.jobs.own_keys import OwnKeys
from bot.jobs.settings import JobSettings
from bot.jobs.supervisor import Supervisor
from bot.presenter import TextPresenter
from bot.sandbox import SandboxServer
from bot.sandbox.seed import FORUM, GROUP
from bot.telegram.files import TelegramFiles
from bot.telegram.outbox.outbox import Outbox
from bot.telegram.session import Session
from bot.telegram.updates.polling import Intake
from bot.texts.fluent import Texts
from providers import Catalog
from storage import Database
from tests.databases import furnish
from tests.running import HURRIED
from tests.scenarios.language import ChatClient, Person

MODELS = """
builtin = false
[models.sketch]
label = "Sketch <offline>"
provider = "sketch"
pace = 0
[models.slow]
label = "Slow Sketch"
provider = "sketch"
pace = 60
[models.words]
label = "Words alone"
provider = "ImageLabs"
url = "http://127.0.0.1:9"
[models.locked]
label = "Locked"
provider = "sketch"
requires_key = true
"""


class Clock(SystemClock):
    """The real one, set forward by `ahead` seconds. `stands_at`: what `monotonic` says from now on."""

    ahead = 0.0
    stands_at: float | None = None

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead if self.stands_at is None else self.stands_at


class World(SimpleNamespace):
    """What a test looks at beside the chat."""

    sandbox: SandboxServer
    db: Database
    bot: Bot
    clock: Clock
    dispatcher: Dispatcher
    texts: Texts
    apologies: Apologies


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    server = await SandboxServer.start()
    yield server
    await server.close()


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    file = tmp_path / "models.toml"
    file.write_text(MODELS)
    return Catalog.load(file, env={})


@pytest.fixture
def operator() -> Settings:
    """A test overrides it by parametrizing."""
    return Settings(default_model="sketch")


@pytest.fixture
def jobs() -> JobSettings:
    return JobSettings(progress_private=0.05, progress_group=0.05, policies=HURRIED)


@pytest.fixture
async def world(
    sandbox: SandboxServer, catalog: Catalog, operator: Settings, jobs: JobSettings, tmp_path: Path
) -> AsyncIterator[World]:
    clock = Clock()
    db = await Database.open(furnish(tmp_path / "imagine.db"), clock_now=clock.now)
    bot = Bot(
        sandbox.token,
        session=Session(api=TelegramAPIServer.from_base(sandbox.url)),
        default=DefaultBotProperties(parse_mode="HTML", link_preview=LinkPreviewOptions(is_disabled=True)),
    )
    outbox, texts, supervisor = Outbox(bot, clock), Texts.load(strict=True), Supervisor()
    session = aiohttp.ClientSession()
    health = Health(clock)
    own_keys = OwnKeys(db, catalog, None)
    around = Surroundings(
        db=db,
        catalog=catalog,
        outbox=outbox,
        presenter=TextPresenter(texts, catalog),
        session=session,
        clock=clock,
        supervisor=supervisor,
        fetch_file=TelegramFiles(bot).fetch,
        own_keys=own_keys,
    )
    made = build_jobs(around, jobs, health, default_model=operator.default_model)
    dispatcher = make_dispatcher(
        bot,
        made.service,
        health,
        db,
        catalog,
        outbox,
        texts,
        operator,
        clock,
        made.describer,
        own_keys,
        made.hearing,
    )

    async def feed(update: Update, album: tuple[Message, ...]) -> None:
        await dispatcher.feed_update(bot, update, album=album)

    apologies = Apologies(outbox, texts)
    intake = Intake(bot, db, feed, supervisor, clock, on_poison=apologies.poisoned, on_outage=apologies.outage)
    await made.start()
    supervisor.spawn(intake.run(), name="polling")
    yield World(sandbox=sandbox, db=db, bot=bot, clock=clock, dispatcher=dispatcher, texts=texts, apologies=apologies)
    await intake.stop(5)
    await made.stop(0)
    await outbox.close()
    await supervisor.close()
    await session.close()
    await bot.session.close()
    await db.close()


@pytest.fixture
def you(world: World) -> Person:
    return Person.named(world.sandbox, "You")


@pytest.fixture
def alice(world: World) -> Person:
    """An admin of the group."""
    return Person.named(world.sandbox, "Alice")


@pytest.fixture
def boris(world: World) -> Person:
    """A member of the group, whose Telegram is Russian."""
    return Person.named(world.sandbox, "Борис")


@pytest.fixture
def chat(you: Person) -> ChatClient:
    return you.private


@pytest.fixture
def group(you: Person) -> ChatClient:
    return you.chat(GROUP)


@pytest.fixture
def topic(you: Person) -> ChatClient:
    return you.chat(FORUM, topic=2)
