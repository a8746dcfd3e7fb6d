"""The shared budget, over the database's own clock: nothing here waits, the rows are moved instead."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage import Database, StorageUnavailable
from storage.postgres.rate_limit import Bucket, FloodLedger
from storage.postgres.server import Server
from tests.storage.stage import Clock

pytest.importorskip("asyncpg", reason="the extra `postgres` is not installed")

CHAT = Bucket(interval=100.0, burst=4, mine=4)
ALL = Bucket(interval=0.04, burst=4, mine=4)
SLOW = Bucket(interval=300.0, burst=4, mine=4)
ALL_OVER = 2000.0  # seconds, after which every bucket is full again
LATE = 20.0  # seconds that may pass meanwhile on a busy machine


class Ledgers:
    """One a process."""

    def __init__(self, url: str) -> None:
        self._server = Server(url)
        self.all: list[FloodLedger] = []

    def another(self) -> FloodLedger:
        self.all.append(FloodLedger(self._server))
        return self.all[-1]

    async def execute(self, statement: str) -> None:
        connection = await self._server.connect()
        await connection.execute(statement)
        await connection.close()

    async def forward(self, seconds: float) -> None:
        """Let so much time pass, as the rows see it."""
        await self.execute(
            f"UPDATE flood SET due = due - {seconds}, since = since - {seconds}, "
            f"paused_until = paused_until - {seconds}, refused_at = refused_at - {seconds}"
        )


def passes(wait: float, seconds: float) -> bool:
    """Whether a wait is of so many seconds, less what has passed already."""
    return seconds - LATE <= wait <= seconds + 0.1


@pytest.fixture
async def ledgers(postgresql_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ledgers]:
    monkeypatch.setattr("storage.postgres.rate_limit.STATEMENT_SECONDS", 60.0)
    await (await Database.open(postgresql_url, clock_now=clock.now)).close()
    made = Ledgers(postgresql_url)
    yield made
    for ledger in made.all:
        ledger.close()


async def test_after_a_crash_all_budgets_count_as_spent(ledgers: Ledgers) -> None:
    ledger = ledgers.another()
    first = await ledger.take("-1", CHAT, SLOW)
    assert passes(first.chat, CHAT.interval)
    assert passes(first.over_all, SLOW.interval)
    await ledgers.forward(ALL_OVER)
    assert (await ledger.take("-1", CHAT, SLOW)).granted
    await ledgers.execute("TRUNCATE flood")
    again = await ledger.take("-1", CHAT, SLOW)
    assert not again.granted
    await ledgers.forward(ALL_OVER)
    newcomer = await ledger.take("7", CHAT, ALL)
    assert newcomer.granted, "a chat that was never seen has its budget, once the table is old enough"


async def test_a_burst_and_then_one_an_interval(ledgers: Ledgers) -> None:
    ledger = ledgers.another()
    await ledger.take("-1", CHAT, ALL)
    await ledgers.forward(ALL_OVER)
    assert [(await ledger.take("-1", CHAT, SLOW)).granted for _ in range(5)] == [True] * 4 + [False]
    wait = await ledger.take("-1", CHAT, SLOW)
    assert passes(wait.chat, CHAT.interval)
    assert passes(wait.over_all, SLOW.interval)
    await ledgers.forward(CHAT.interval + 0.1)
    refused = await ledger.take("-1", CHAT, SLOW)
    assert refused.chat == 0, "the chat's place is not taken while none is to be had"
    assert passes(refused.over_all, SLOW.interval - CHAT.interval)
    await ledgers.forward(SLOW.interval)
    assert (await ledger.take("-1", CHAT, SLOW)).granted


async def test_the_less_urgent_leave_something(ledgers: Ledgers) -> None:
    ledger = ledgers.another()
    await ledger.take("-1", CHAT, ALL)
    await ledgers.forward(ALL_OVER)
    progress = Bucket(SLOW.interval, SLOW.burst, mine=1)
    assert (await ledger.take("1", CHAT, progress)).granted
    assert not (await ledger.take("2", CHAT, progress)).granted
    assert (await ledger.take("3", CHAT, SLOW)).granted


async def test_processes_together_get_no_more_than_one_would(ledgers: Ledgers) -> None:
    first = ledgers.another()
    await first.take("-1", CHAT, ALL)
    await ledgers.forward(ALL_OVER)
    others = [ledgers.another() for _ in range(3)]

    async def one(number: int, ledger: FloodLedger) -> int:
        return sum([(await ledger.take(f"{number}{turn}", CHAT, SLOW)).granted for turn in range(10)])

    granted = await asyncio.gather(*(one(number, ledger) for number, ledger in enumerate([first, *others])))
    assert sum(granted) == 4


async def test_a_pause_binds_all(ledgers: Ledgers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgres.rate_limit.CROWD_SPAN", 600.0)
    ours, theirs = ledgers.another(), ledgers.another()
    await ours.take("-1", CHAT, ALL)
    await ledgers.forward(ALL_OVER)
    await ours.pause("5", 300)
    assert passes((await theirs.take("5", CHAT, ALL)).chat, 300)
    assert (await theirs.take("6", CHAT, ALL)).granted
    await theirs.pause("6", 200)
    assert (await ours.take("7", CHAT, ALL)).granted
    await theirs.pause("7", 4000)
    assert passes((await ours.take("8", CHAT, ALL)).over_all, 200), "it is not the chats, it is us"
    await ledgers.forward(300.1)
    assert (await ours.take("8", CHAT, ALL)).granted
    assert (await ours.take("5", CHAT, ALL)).granted
    assert not (await ours.take("7", CHAT, ALL)).granted


async def test_idle_chats_are_forgotten(ledgers: Ledgers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgres.rate_limit.TIDIED_EVERY", 3)
    ledger = ledgers.another()
    await ledger.take("1", CHAT, ALL)
    await ledgers.forward(ALL_OVER)
    for number in range(10, 30):
        await ledgers.forward(ALL_OVER)
        assert (await ledger.take(str(number), CHAT, ALL)).granted
    server = await Server(ledger._wire._server.url).connect()
    assert await server.fetchval("SELECT count(*) FROM flood") < 6
    await server.close()


async def test_a_lost_connection_is_told_and_the_next_statement_has_another(ledgers: Ledgers) -> None:
    ledger = ledgers.another()
    with pytest.raises(StorageUnavailable):
        await ledger._wire.rows("SELECT pg_terminate_backend(pg_backend_pid())")
    await ledger.take("1", CHAT, ALL)
