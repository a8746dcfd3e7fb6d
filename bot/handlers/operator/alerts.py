"""Alerts to operators: a model that is down, a refused key, a spent balance or budget, a full disk, a lost webhook, a
database that a newer version has migrated.

The leading process looks once a minute. Each problem is a row until it is over, so it is told once, also across
restarts. In quiet hours an alert waits, and is told afterwards if it still applies.
"""

import asyncio
import math
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.config import Settings
from bot.jobs.acceptance.budget import DAY, millionths
from bot.jobs.models.health import SWITCHED_OFF, Condition, Health
from bot.jobs.models.keys import refused_key
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Destination, Outbox
from bot.texts.fluent import Texts, Value, choose
from providers.catalog.catalog import Catalog
from storage import Database, StorageUnavailable, sqlite_path
from storage.repositories.usage import RecentRun
from storage.schema import HEAD

log = structlog.stdlib.get_logger(__name__)

EVERY = 60.0  # s
RECENT = timedelta(minutes=10)
DOWN_FOR = timedelta(minutes=10)
LOST_FOR = timedelta(minutes=5)  # a webhook is registered again within minutes
FAILED_OFTEN = 3  # failed runs in a row
COST_SHARE, COST_OVER = 0.8, 0.7  # of DAILY_COST: the alert begins at the first and ends below the second
DISK_SHARE, DISK_OVER = 0.05, 0.07  # free share of the disk: the alert begins below the first and ends at the second
# Codes of failures that are the model's fault; and codes of failures that do not pass by themselves, with their alerts.
FAULTS = frozenset({"unavailable", "bad-answer", "no-picture", "other-server", "deadline", "queue-deadline", "quota"})
LASTING = {"unauthorized": "unauthorized", "payment": "payment", "model-not-found": "model-down"}


@dataclass(frozen=True, slots=True)
class Alert:
    """`kind`: the end of its text's key. `after`: how long the problem must last before it is told."""

    kind: str
    values: Mapping[str, Value] = field(default_factory=dict)
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Situation:
    """The result of one look. `over`: the keys of problems that have certainly ended. A problem in neither of the two
    stays as it is."""

    alerts: Mapping[str, Alert]
    over: frozenset[str]


class AlertRules:
    """Decides which problems exist. `webhook()`: what is wrong with the webhook, or None."""

    def __init__(self, settings: Settings, catalog: Catalog, webhook: Callable[[], str | None]) -> None:
        self.settings = settings
        self.catalog = catalog
        self.webhook = webhook
        path = sqlite_path(settings.database_url)
        self.folder = Path() if path is None else path.parent

    def of_models(self, health: Health, runs: list[RecentRun]) -> tuple[dict[str, Alert], set[str]]:
        """The alerts about models by key, and the keys of those that are over. Judged by this process's health data and
        by the recent runs of all processes."""
        found: dict[str, Alert] = {}
        over: set[str] = set()
        for model in self.catalog.working():
            errors = [run.error for run in runs if run.model == model.id]
            # From the last picture on: a newer success says that an older fault is gone.
            drew = max((index for index, error in enumerate(errors) if error is None), default=-1)
            faults = errors[drew + 1 :]
            vitals = health.of(model.id)
            if drew >= 0 or vitals.condition in {Condition.UP, Condition.SLOW}:
                over |= {f"{kind}:{model.id}" for kind in ("model-down", "unauthorized", "payment")}
            known = {vitals.reason} if vitals.condition is Condition.DOWN else set()
            for code, kind in LASTING.items():
                if code in faults or code in known:
                    found[f"{kind}:{model.id}"] = Alert(kind, {"model": model.label}, self._after(kind))
            often = sum(error in FAULTS for error in faults) >= FAILED_OFTEN
            if often or (known and known != {SWITCHED_OFF}):
                found[f"model-down:{model.id}"] = Alert("model-down", {"model": model.label}, DOWN_FOR)
            if known == {SWITCHED_OFF}:
                over.add(f"model-down:{model.id}")
        return found, over - found.keys()

    def of_cost(self, spent: int) -> tuple[Alert | None, bool]:
        """The alert about the budget, and whether it is over. `spent`: by everyone within 24 hours, in millionths."""
        limit = millionths(self.settings.daily_cost)
        priced = any(model.cost for model in self.catalog.working())
        if not limit or not priced:
            return None, True
        share = spent / limit
        alert = Alert("cost", {"percent": math.floor(share * 100)}) if share >= COST_SHARE else None
        return alert, share < COST_OVER

    def of_disk(self, free: int, total: int) -> tuple[Alert | None, bool]:
        """The alert about the disk, and whether it is over. Sizes in bytes."""
        share = free / max(total, 1)
        alert = Alert("disk", {"percent": math.floor(share * 100)}) if share < DISK_SHARE else None
        return alert, share >= DISK_OVER

    def forgotten(self, keys: set[str]) -> set[str]:
        """The keys that belong to models, or to keys of models, that are not in the catalogue any more."""
        models = {model.id for model in self.catalog.working()}
        gone = {key for key in keys if ":" in key and key.split(":")[1] not in models}
        return gone | {key for key in keys if key.startswith("key-refused:") and self.of_key(key) is None}

    def of_key(self, key: str) -> Alert | None:
        """The alert about one refused key of a model with several, by the row's `key`. None: the row is about something
        else, or that API key is gone."""
        for model in self.catalog.working():
            for each in model.keys:
                if refused_key(model.id, each) == key:
                    return Alert("key-refused", {"model": model.label, "key": each.name})
        return None

    def quiet(self, now: datetime) -> bool:
        return self.settings.alert_quiet_hours is not None and within(now.time(), *self.settings.alert_quiet_hours)

    def _after(self, kind: str) -> timedelta:
        return DOWN_FOR if kind == "model-down" else timedelta(0)


def within(moment: time, begin: time, end: time) -> bool:
    """Whether a time of day lies between `begin` and `end`, which may be past midnight."""
    return begin <= moment < end if begin <= end else moment >= begin or moment < end


class Teller:
    """Writes to all operators, each in their own language."""

    def __init__(self, db: Database, outbox: Outbox, texts: Texts, operators: frozenset[int]) -> None:
        self._db = db
        self._outbox = outbox
        self._texts = texts
        self._operators = operators

    async def tell(self, alert: Alert) -> bool:
        """Sends an alert to all operators. False: none could be reached. Raises StorageUnavailable."""
        reached = False
        for operator in sorted(self._operators):
            async with self._db.read() as unit:
                language = (await unit.users.settings(operator)).language
                language = language or await unit.broadcasts.language_of(operator)
            words = self._texts(choose(None, language)).html(f"alert-{alert.kind}", **alert.values)
            try:
                await self._outbox.reply(Destination(operator), Card(words))
                reached = True
            except (ChatGone, DeliveryFailed) as error:
                log.warning("operator not alerted", user=operator, reason=error.reason)
        return reached


class AlertWatch:
    """Looks for problems and tells new ones. `leads()`: whether this is the process that does it."""

    def __init__(
        self, db: Database, health: Health, clock: Clock, teller: Teller, rules: AlertRules, leads: Callable[[], bool]
    ) -> None:
        self._db = db
        self._health = health
        self._clock = clock
        self._teller = teller
        self._rules = rules
        self._leads = leads

    async def run(self) -> None:
        """Looks every `EVERY` seconds, for ever."""
        while True:
            await self._clock.sleep(EVERY)
            try:
                if self._leads():
                    await self.look()
            except StorageUnavailable as error:
                log.warning("alerts not checked: database unavailable", error=str(error))
            except Exception:
                log.exception("alert check failed")

    async def look(self) -> None:
        """Looks once. Raises StorageUnavailable."""
        now = self._clock.now()
        situation = await self._situation(now)
        async with self._db.transaction() as unit:
            known = await unit.alerts.keys()
            for key in (situation.over | self._rules.forgotten(known)) & known:
                await unit.alerts.end(key)
            for key in situation.alerts.keys() - known:
                await unit.alerts.begin(key)
            untold = await unit.alerts.untold()
        if self._rules.quiet(now):
            return
        for key, since in untold.items():
            alert = situation.alerts.get(key) or self._rules.of_key(key)
            if alert is not None and now - since >= alert.after:
                await self._tell(key, alert)

    async def _tell(self, key: str, alert: Alert) -> None:
        async with self._db.transaction() as unit:
            mine = await unit.alerts.tell(key)
        if not mine:
            return
        log.warning("operators alerted", alert=key)
        if not await self._teller.tell(alert):
            async with self._db.transaction() as unit:
                await unit.alerts.untell(key)

    async def _situation(self, now: datetime) -> Situation:
        rules = self._rules
        async with self._db.read() as unit:
            runs = await unit.usage.runs(now - RECENT)
            spent = (await unit.spending.since(0, now - DAY)).total
            revision = await unit.figures.revision()
        alerts, over = rules.of_models(self._health, runs)
        try:
            disk = await asyncio.to_thread(shutil.disk_usage, rules.folder)
            room = rules.of_disk(disk.free, disk.total)
        except OSError as error:
            log.info("free disk space unknown", folder=str(rules.folder), error=str(error))
            room = (None, False)
        trouble = rules.webhook()
        lost = Alert("webhook", {"reason": trouble or ""}, LOST_FOR) if trouble else None
        found = {
            "cost": rules.of_cost(spent),
            "disk": room,
            "webhook": (lost, lost is None),
            "migration": (None, True) if revision == HEAD else (Alert("migration"), False),
        }
        for key, (alert, ended) in found.items():
            if alert is not None:
                alerts[key] = alert
            elif ended:
                over.add(key)
        return Situation(alerts, frozenset(over))
