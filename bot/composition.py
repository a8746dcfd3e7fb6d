"""The jobs put together: every part is built here, and gets all that it needs."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from bot.clock import Clock
from bot.jobs.acceptance.choices import ChoiceLists
from bot.jobs.acceptance.validation import Rules
from bot.jobs.contracts import Outlet, Presenter
from bot.jobs.describing import Describer
from bot.jobs.distributed.admission import SharedAdmission
from bot.jobs.distributed.capacity import DrawingCapacity
from bot.jobs.distributed.driver import DistributedDriver, Upkeep
from bot.jobs.distributed.leases import Leases
from bot.jobs.distributed.remote_requests import RemoteRequests
from bot.jobs.distributed.turns import PlaceholderGuard, SharedTurns
from bot.jobs.distributed.worker import QueueWorker
from bot.jobs.drawing.attempt import Access
from bot.jobs.drawing.fetching import Fetching
from bot.jobs.drawing.input_picture import FetchFile, InputPictures
from bot.jobs.drawing.output_check import OutputCheck
from bot.jobs.drawing.prompt_help import PromptHelp
from bot.jobs.drawing.runner import Models, Studio
from bot.jobs.drawing.wording import Wording
from bot.jobs.driver import Driver
from bot.jobs.full_size import FullSize
from bot.jobs.hearing import Hearing
from bot.jobs.housekeeping import keep_house
from bot.jobs.lifecycle.active_requests import ActiveRequests
from bot.jobs.lifecycle.delivery import Delivery
from bot.jobs.lifecycle.display import Display
from bot.jobs.lifecycle.driver import RequestDriver
from bot.jobs.lifecycle.lifecycle import Lifecycle
from bot.jobs.lifecycle.new_message import NewMessages
from bot.jobs.lifecycle.outcomes import Outcomes
from bot.jobs.lifecycle.picture_messages import PictureMessages
from bot.jobs.lifecycle.placeholder import Guard, Placeholders, unguarded
from bot.jobs.lifecycle.progress import OnlyOurs, Previews, ProgressEdits, Turns
from bot.jobs.lifecycle.queue_positions import QueuePositions
from bot.jobs.local.admission import LocalAdmission
from bot.jobs.local.driver import LocalDriver
from bot.jobs.local.running import RunningDraws
from bot.jobs.models.failover import Fallback
from bot.jobs.models.health import Health
from bot.jobs.models.keys import Keyring
from bot.jobs.models.probes import Probes
from bot.jobs.own_keys import OwnKeys
from bot.jobs.provenance import Provenance
from bot.jobs.service import ImagineService
from bot.jobs.settings import JobSettings
from bot.jobs.supervisor import Supervisor
from bot.pictures.signing import Signing
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.services.speech import SpeechModel
from storage import Database
from storage.postgres.sharing import Sharing
from storage.records import Limits


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the jobs are put into."""

    db: Database
    catalog: Catalog
    outbox: Outlet
    presenter: Presenter
    session: aiohttp.ClientSession
    clock: Clock
    supervisor: Supervisor
    fetch_file: FetchFile
    own_keys: OwnKeys
    prompt_help: PromptHelp | None = None  # None: the operator has no chat model for it
    signing: Signing | None = None  # None: the operator has no certificate
    speech: SpeechModel | None = None  # likewise for voice messages


@dataclass(frozen=True, slots=True)
class Jobs:
    """All that draws, from the service that handlers call. `active` and `delivery` are there to be watched."""

    service: ImagineService
    health: Health
    active: ActiveRequests
    delivery: Delivery
    studio: Studio
    describer: Describer
    hearing: Hearing
    _around: Surroundings
    _settings: JobSettings
    _driver: Driver
    _positions: QueuePositions
    _probes: Probes

    async def start(self) -> None:
        """Take up what is unfinished, then begin to draw. Call it before the first `ask`."""
        around = self._around
        async with around.db.read() as unit:
            self.health.remember(await unit.draws.times())
        await self._driver.start()
        around.supervisor.spawn(self._positions.run(), name="queue positions")
        around.supervisor.spawn(keep_house(around.db, around.clock, self._settings), name="housekeeping")
        around.supervisor.spawn(self._probes.run(), name="probes")

    async def stop(self, grace: float | None = None) -> None:
        """Let draws finish for `grace` seconds, hand back the rest, and end what is being shown."""
        await self._driver.stop(self._settings.grace if grace is None else grace)


@dataclass(frozen=True, slots=True)
class _Apart:
    """What differs between one process and many, below the drivers."""

    turns: Turns
    guard: Guard
    stop_draws: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Core:
    """What is the same in one process and in many, built over what differs."""

    lifecycle: Lifecycle
    studio: Studio
    edits: ProgressEdits


def build_jobs(
    around: Surroundings, settings: JobSettings, health: Health, *, default_model: str | None = None
) -> Jobs:
    """For the only process on its database, or for one of many: the database knows which."""
    choices = ChoiceLists(around.session)
    rules = Rules(around.catalog, settings, around.clock, choices, default_model, around.own_keys)
    models = Models(around.catalog, health, Fallback(around.catalog, rules.money, health), rules.money)
    per_model = {model.id: model.max_concurrency for model in around.catalog if model.max_concurrency is not None}
    limits = Limits(settings.max_jobs, settings.max_jobs_per_user, per_model)
    sharing = around.db.sharing()
    driver: Driver
    if sharing is None:
        core, driver = _local(around, settings, models, limits)
    else:
        core, driver = _distributed(around, settings, models, limits, sharing)
    memory = asyncio.Semaphore(settings.policies.pictures_in_memory)
    provenance = Provenance(around.catalog, settings.picture_metadata, around.signing)
    full_size = FullSize(around.db, around.outbox, around.presenter, provenance, memory)
    service = ImagineService(around.db, around.clock, rules, driver, core.lifecycle, full_size, health)
    describer = Describer(
        *(around.db, around.catalog, rules.money, core.studio.access, around.fetch_file),
        blocked=settings.blocked_words,
        help_=around.prompt_help,
    )
    active = core.lifecycle.active
    positions = QueuePositions(around.db, around.clock, settings, active, core.edits)
    return Jobs(
        *(service, health, active, core.lifecycle.delivery, core.studio, describer),
        hearing=Hearing(around.speech, around.session, around.fetch_file, settings.blocked_words),
        _around=around,
        _settings=settings,
        _driver=driver,
        _positions=positions,
        _probes=Probes(
            *(around.catalog, health, around.session, around.clock, around.db),
            first=_first(around, default_model),
            keys=core.studio.access.keys,
        ),
    )


def _first(around: Surroundings, default_model: str | None) -> list[Model]:
    """What people draw with who have chosen nothing: the default model and its chain."""
    default = around.catalog.default(default_model)
    return [default, *around.catalog.chain(default.id)]


def _local(around: Surroundings, settings: JobSettings, models: Models, limits: Limits) -> tuple[_Core, LocalDriver]:
    db, clock, supervisor, policies = around.db, around.clock, around.supervisor, settings.policies
    running = RunningDraws()
    core = _core(around, settings, models, _Apart(OnlyOurs(), unguarded, running.stop))
    admission = LocalAdmission(core.studio, core.lifecycle.steps, running, limits, policies, supervisor, clock)
    return core, LocalDriver(db, clock, supervisor, core.lifecycle, admission, running, policies)


def _distributed(
    around: Surroundings, settings: JobSettings, models: Models, limits: Limits, sharing: Sharing
) -> tuple[_Core, DistributedDriver]:
    db, clock, supervisor, policies = around.db, around.clock, around.supervisor, settings.policies
    leases = Leases(db)
    core = _core(around, settings, models, _Apart(SharedTurns(db, leases), PlaceholderGuard(db), leases.stop_draws))
    admission = SharedAdmission(db, limits)
    remote = RemoteRequests(db, clock, supervisor, core.lifecycle, leases, policies)
    worker = QueueWorker(core.studio, core.lifecycle.steps, leases, remote, admission, supervisor)
    capacity = DrawingCapacity(db, sharing, worker, admission, leases, settings.draws_here)
    upkeep = Upkeep(db, clock, supervisor, sharing, policies)
    return core, DistributedDriver(db, supervisor, core.lifecycle, admission, remote, capacity, upkeep)


def _core(around: Surroundings, settings: JobSettings, models: Models, apart: _Apart) -> _Core:
    db, clock, policies = around.db, around.clock, settings.policies
    provenance = Provenance(around.catalog, settings.picture_metadata, around.signing)
    active = ActiveRequests()
    display = Display(around.outbox, around.presenter, provenance, policies.take_back, around.own_keys)
    placeholders = Placeholders(db, display, clock, policies, apart.guard, apart.turns.while_it_waits)
    new_messages = NewMessages(db, display, policies)
    outcomes = Outcomes(db, display, placeholders, new_messages, active, clock, apart.stop_draws)
    messages = PictureMessages(db, display, new_messages)
    delivery = Delivery(db, display, placeholders, messages, clock, policies, settings.picture_ttl)
    steps = RequestDriver(db, clock, policies.end, active, placeholders, delivery, outcomes)
    memory = asyncio.Semaphore(policies.pictures_in_memory)
    fetching = Fetching(policies.fetches_of_a_model, clock.monotonic)
    access = Access(
        *(around.session, memory, asyncio.Semaphore(policies.videos_in_memory), fetching),
        *(policies.run, policies.fetch, policies.fetch_seconds, Keyring(clock)),
    )

    def crowded() -> bool:
        return access.crowded or delivery.crowded

    previews = Previews(around.session, around.clock)
    edits = ProgressEdits(display, previews, apart.turns, clock, settings, around.supervisor, crowded)
    inputs = InputPictures(around.fetch_file, defaultdict(lambda: asyncio.Semaphore(policies.input_pictures_at_once)))
    check = None
    if (url := settings.output_check_url) is not None:
        check = OutputCheck(url, around.session, closed=settings.output_check_closed)
    wording = Wording(db, models.money, settings.blocked_words, around.prompt_help)
    studio = Studio(db, active, models, access, inputs, wording, edits, policies.store, around.own_keys, check)
    return _Core(Lifecycle(active, steps, placeholders, delivery, outcomes), studio, edits)
