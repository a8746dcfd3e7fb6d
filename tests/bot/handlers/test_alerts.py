"""Alerts: once each, until it is over; not in quiet hours; by one process."""

import asyncio
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.config import SettingsError, fixed_settings
from bot.handlers.operator.alerts import Alert, AlertRules, AlertWatch, Teller, within
from bot.jobs.models.health import Health
from bot.texts.fluent import Texts
from providers.errors import Unauthorized, Unavailable
from storage import Database
from storage.repositories.usage import RecentRun
from tests.clock import FakeClock
from tests.running import quick_sketch, scripted
from tests.storage.conftest import clock, database_url, db, postgresql_server, postgresql_url, sqlite_url
from tests.storage.stage import Clock, admit, ask, end

__all__ = ["clock", "database_url", "db", "postgresql_server", "postgresql_url", "sqlite_url"]


class Told(Teller):
    """Remembers in place of writing."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, None, Texts.load(strict=True), frozenset({1}))  # type: ignore[arg-type] # never used
        self.told: list[str] = []
        self.reaches = True

    async def tell(self, alert: Alert) -> bool:
        if self.reaches:
            self.told.append(self._texts("en").get(f"alert-{alert.kind}", **alert.values))
        return self.reaches


class Bench:
    def __init__(self, db: Database, clock: Clock, **settings: object) -> None:
        self.db, self.clock, self.monotonic = db, clock, FakeClock()
        self.health = Health(self.monotonic)
        self.teller = Told(db)
        self.trouble: str | None = None
        catalog = quick_sketch(scripted("dear", type(quick_sketch()["sketch"].create()), cost=1.0))
        self.rules = AlertRules(fixed_settings(admin_ids="1", **settings), catalog, lambda: self.trouble)
        self.leads = True
        self.watch = AlertWatch(db, self.health, _At(clock), self.teller, self.rules, lambda: self.leads)

    async def later(self, minutes: float = 1) -> list[str]:
        """What is told then."""
        self.clock.advance(60 * minutes)
        self.teller.told.clear()
        await self.watch.look()
        return list(self.teller.told)


class _At(FakeClock):
    """The storage tests' clock, for what asks for the time of day."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()


async def test_a_model_that_is_down_for_ten_minutes(db: Database, clock: Clock) -> None:
    bench = Bench(db, clock)
    for _ in range(5):
        with pytest.raises(Unavailable), bench.health.watching("sketch", begun=True):
            raise Unavailable("503")
    assert bench.health.is_down("sketch")
    assert await bench.later() == []
    assert await bench.later(9) == []
    assert await bench.later() == ["⚠️ Sketch (offline, not AI) has been down for ten minutes."]
    assert await bench.later(60) == []
    bench.health.drew("sketch", 1.0)
    assert await bench.later() == []
    async with db.read() as unit:
        assert await unit.alerts.keys() == set()


async def test_failures_at_other_processes_count_and_a_picture_ends_them(db: Database, clock: Clock) -> None:
    bench = Bench(db, clock)

    async def fail(count: int) -> None:
        for _ in range(count):
            _, draws = await ask(db)
            await admit(db)
            await end(db, draws[0].id, pictures=())

    await fail(3)
    assert await bench.later() == []
    clock.advance(600)
    await fail(3)
    assert len(await bench.later()) == 1
    _, draws = await ask(db)
    await admit(db)
    await end(db, draws[0].id)
    assert await bench.later() == []
    await fail(3)
    assert await bench.later() == []  # ten minutes have not gone by since it drew


async def test_a_refused_key_and_a_switched_off_model(db: Database, clock: Clock) -> None:
    bench = Bench(db, clock)
    for _ in range(5):
        with pytest.raises(Unauthorized), bench.health.watching("dear", begun=True):
            raise Unauthorized("401")
    assert await bench.later() == ["⚠️ Dear rejected the API key."]
    assert await bench.later(5) == []
    bench.health.switch_off(frozenset({"dear", "sketch"}))
    assert await bench.later(20) == []


def test_what_is_read_from_runs(tmp_path: Path) -> None:
    clock = Clock()
    rules = AlertRules(fixed_settings(), quick_sketch(), lambda: None)

    def keys(*errors: str | None) -> tuple[set[str], set[str]]:
        runs = [RecentRun("sketch", error, clock.now()) for error in errors]
        found, over = rules.of_models(Health(FakeClock()), runs)
        return set(found), over

    assert keys("payment") == ({"payment:sketch"}, set())
    assert keys("payment", None)[0] == set()
    assert "payment:sketch" in keys("payment", None)[1]
    assert keys(None, "unauthorized") == ({"unauthorized:sketch"}, {"model-down:sketch", "payment:sketch"})
    assert keys("unavailable", "content", "deadline") == (set(), set())
    assert keys("unavailable", "content", "deadline", "bad-answer")[0] == {"model-down:sketch"}


async def test_cost_disk_webhook_and_migration(db: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(db, clock, daily_cost=10)
    await ask(db, cost=7_900_000)
    assert await bench.later() == []
    await ask(db, cost=100_000)
    assert await bench.later() == ["⚠️ 80 % of today's budget for everyone is spent (DAILY_COST)."]
    assert await bench.later() == []
    assert bench.rules.of_disk(5, 100) == (None, False)
    found, _ = bench.rules.of_disk(4, 100)
    assert found is not None
    assert bench.rules.of_disk(7, 100) == (None, True)
    bench.trouble = "Telegram cannot reach the webhook"
    assert await bench.later() == []
    assert await bench.later(5) == ["⚠️ Updates may not arrive: Telegram cannot reach the webhook."]
    bench.trouble = None
    assert await bench.later() == []
    monkeypatch.setattr("bot.handlers.operator.alerts.HEAD", "0001")
    assert len(await bench.later()) == 1


async def test_quiet_hours_and_an_operator_who_cannot_be_reached(db: Database, clock: Clock) -> None:
    bench = Bench(db, clock, alert_quiet_hours="22:30-07:00", daily_cost=1)
    clock.time = clock.time.replace(hour=23)
    await ask(db, cost=1_000_000)
    assert await bench.later() == []
    assert await bench.later(60 * 7.8) == []
    bench.teller.reaches = False
    assert await bench.later(60 * 0.3) == []
    bench.teller.reaches = True
    assert len(await bench.later()) == 1
    assert await bench.later() == []


async def test_two_processes_tell_once(db: Database, clock: Clock) -> None:
    benches = [Bench(db, clock, daily_cost=1) for _ in range(2)]
    await ask(db, cost=1_000_000)
    told = await asyncio.gather(*(bench.later() for bench in benches))
    assert sum(map(len, told)) == 1


@pytest.mark.parametrize(
    ("hours", "inside", "outside"),
    [
        ("22:00-07:00", (time(22), time(3), time(6, 59)), (time(7), time(21, 59))),
        ("01:00 - 2:30", (time(2),), (time(3),)),
    ],
)
def test_hours(hours: str, inside: tuple[time, ...], outside: tuple[time, ...]) -> None:
    given = fixed_settings(alert_quiet_hours=hours).alert_quiet_hours
    assert given is not None
    assert all(within(moment, *given) for moment in inside)
    assert not any(within(moment, *given) for moment in outside)


@pytest.mark.parametrize("hours", ["22-7", "24:00-07:00", "22:00-07:60", "soon", "22:00"])
def test_no_hours(hours: str) -> None:
    with pytest.raises(SettingsError, match="ALERT_QUIET_HOURS: give two times"):
        fixed_settings(alert_quiet_hours=hours)
