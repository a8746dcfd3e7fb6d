"""Several processes take updates in: one polls, each chat is one's, and what one leaves another handles."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Message, Update

from bot.jobs.supervisor import Supervisor
from bot.telegram.updates.inbox import inbox_row
from bot.telegram.updates.leader import LEASE, Peers
from bot.telegram.updates.polling import Intake
from storage import Database, StorageUnavailable
from storage.postgres import presence
from storage.postgres.presence import Beat, Presence
from storage.postgres.server import Server
from tests.bot.telegram.conftest import FakeTelegram, Refuse
from tests.bot.telegram.updates.test_polling import HEAD, message, text
from tests.clock import HastyClock
from tests.storage.conftest import postgresql_server, postgresql_url  # noqa: F401 - fixtures

pytest.importorskip("asyncpg", reason="the extra `postgres` is not installed")


# s by the database's clock, in place of a few: time passes where a test says so, not where the machine is slow.
GONE_AFTER, DEAD_AFTER = 240.0, 600.0


class Replica:
    def __init__(self, url: str, db: Database, bot: Bot, clock: HastyClock) -> None:
        self.presence = Presence(Server(url), "a replica")
        self.peers = Peers(self.presence, clock)
        self.supervisor = Supervisor()
        self.handled: list[int] = []
        self.texts: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.intake = Intake(bot, db, self.feed, self.supervisor, clock, peers=self.peers)

    async def feed(self, update: Update, album: tuple[Message, ...]) -> None:
        await self.gate.wait()
        self.handled.append(update.update_id)
        self.texts.append((update.message.text or "") if update.message is not None else "")

    async def die(self) -> None:
        """As the kernel lets a process die: its tasks and its session are gone."""
        await self.supervisor.close()
        self.presence._wire.drop()


class Bots:
    def __init__(self, url: str, db: Database, telegram: FakeTelegram, bot: Bot, clock: HastyClock) -> None:
        self.url, self.db, self.telegram, self.bot, self.clock = url, db, telegram, bot, clock
        self.all: list[Replica] = []

    async def another(self) -> Replica:
        replica = Replica(self.url, self.db, self.bot, self.clock)
        self.all.append(replica)
        await replica.peers.enter()
        await replica.intake.recover()
        return replica

    async def time_passes(self, seconds: float) -> None:
        """As the heartbeats see it."""
        connection = await Server(self.url).connect()
        await connection.execute(f"UPDATE processes SET beat_at = beat_at - interval '{seconds} s'")
        await connection.close()

    async def until(self, condition: Any, *ticking: Replica) -> None:  # Any: of whatever truth
        async with asyncio.timeout(60):
            while not condition():
                for replica in ticking:
                    await replica.peers.tick()
                await asyncio.sleep(0.005)

    async def left(self) -> list[int]:
        async with self.db.read() as unit:
            return [update.update_id for update in await unit.inbox.pending()]

    async def emptied(self) -> None:
        """Until every update is handled, and that is committed."""
        async with asyncio.timeout(60):
            while await self.left():  # noqa: ASYNC110 - what is waited for is in the database
                await asyncio.sleep(0.005)


@pytest.fixture(autouse=True)
def _slow_to_give_up() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:  # one that `undo` of a test leaves alone
        patch.setattr(presence, "GONE_AFTER", GONE_AFTER)
        patch.setattr(presence, "DEAD_AFTER", DEAD_AFTER)
        yield


@pytest.fixture
async def bots(
    postgresql_url: str,  # noqa: F811 - the fixture
    telegram: FakeTelegram,
    bot: Bot,
    clock: HastyClock,
) -> AsyncIterator[Bots]:
    async with AsyncExitStack() as stack:
        db = await Database.open(postgresql_url, clock_now=clock.now)
        stack.push_async_callback(db.close)
        made = Bots(postgresql_url, db, telegram, bot, clock)
        yield made
        for replica in made.all:
            replica.gate.set()
            await replica.die()


async def test_one_polls_and_another_takes_over(bots: Bots) -> None:
    first, second = await bots.another(), await bots.another()
    polling = [asyncio.create_task(replica.intake.run()) for replica in (first, second)]
    bots.telegram.push(message(1))
    await bots.until(lambda: first.handled == [1], first, second)
    assert second.handled == []
    assert len(bots.telegram.made("deleteWebhook")) == 1, "the other has not begun"
    await first.intake.stop(grace=1)
    await first.peers.leave()
    bots.telegram.push(message(2))
    await bots.until(lambda: second.handled == [2], first, second)
    await second.intake.stop(grace=1)
    await asyncio.gather(*polling)


async def test_a_poller_that_was_cut_off_stops_polling(bots: Bots) -> None:
    replica = await bots.another()
    polling = asyncio.create_task(replica.intake.run())
    await bots.until(lambda: len(bots.telegram.made("getUpdates")) == 1)
    rival = await bots.another()
    await bots.time_passes(DEAD_AFTER + 1)
    await bots.until(rival.peers.leading.is_set, rival)
    await replica.peers.tick()
    assert not replica.peers.leading.is_set()
    bots.telegram.push(message(1))
    await asyncio.sleep(0.05)
    assert replica.handled == []
    await replica.intake.stop(grace=1)
    await polling


async def test_a_poller_that_stood_still_does_not_poll_again_before_it_knows_where_it_is(bots: Bots) -> None:
    replica = await bots.another()
    bots.telegram.push(message(1))
    polling = asyncio.create_task(replica.intake.run())
    await bots.until(lambda: len(bots.telegram.made("getUpdates")) == 2)
    bots.clock._seconds += LEASE + 1
    bots.telegram.push(message(2))
    await bots.until(lambda: replica.handled == [1, 2])
    await bots.until(lambda: bots.telegram.made("getUpdates")[-1].params["timeout"] == 0)
    await asyncio.sleep(0.05)
    assert len(bots.telegram.made("getUpdates")) <= 3, "but to confirm what is stored"
    assert bots.telegram.made("getUpdates")[-1].params["timeout"] == 0
    await replica.peers.tick()
    await bots.until(lambda: bots.telegram.made("getUpdates")[-1].params["timeout"] > 0)
    await replica.intake.stop(grace=1)
    await polling


async def test_a_new_leader_soon_tries_again_while_the_old_ones_call_is_under_way(bots: Bots) -> None:
    replica = await bots.another()
    bots.telegram.script("getUpdates", Refuse(409, "Conflict: terminated by other getUpdates request"))
    bots.telegram.push(message(1))
    began = bots.clock.monotonic()
    polling = asyncio.create_task(replica.intake.run())
    await bots.until(lambda: replica.handled == [1])
    assert bots.clock.monotonic() - began < 2
    await replica.intake.stop(grace=1)
    await polling


async def test_what_a_dead_process_left_is_handled_by_another_in_order(bots: Bots) -> None:
    doomed, heir = await bots.another(), await bots.another()
    doomed.gate.clear()
    await doomed.intake.accept([message(1), message(2), message(3, chat=2)])
    await doomed.die()
    await heir.intake.accept([message(4), message(5, chat=3)])
    await bots.until(lambda: heir.handled == [5], heir)
    await bots.time_passes(DEAD_AFTER + 1)
    await heir.peers.tick()
    await bots.until(lambda: len(heir.handled) == 5, heir)
    assert [update for update in heir.handled if update in {1, 2, 4}] == [1, 2, 4]
    await bots.until(lambda: not heir.intake.handling)
    assert await bots.left() == []


async def test_the_same_update_to_two_replicas_is_handled_once(bots: Bots) -> None:
    first, second = await bots.another(), await bots.another()
    for replica in (first, second):
        replica.gate.clear()  # one that has been handled is forgotten: from then on its request's key tells it again
    await asyncio.gather(*(replica.intake.accept([message(1)]) for replica in (first, second) for _ in range(3)))
    for replica in (first, second):
        replica.gate.set()
    await bots.until(lambda: first.handled + second.handled == [1], first, second)
    await bots.until(lambda: not first.intake.handling + second.intake.handling, first, second)
    assert first.handled + second.handled == [1]


async def test_a_chat_goes_on_where_it_began(bots: Bots) -> None:
    first, second = await bots.another(), await bots.another()
    first.gate.clear()
    await first.intake.accept([message(1)])
    await second.intake.accept([message(2), message(3, chat=9)])
    await bots.until(lambda: second.handled == [3], second)
    first.gate.set()
    await bots.until(lambda: first.handled == [1, 2], first)
    assert second.handled == [3]


async def test_who_stood_still_leaves_to_others_what_they_took(bots: Bots) -> None:
    sleeper, heir = await bots.another(), await bots.another()
    sleeper.gate.clear()
    await sleeper.intake.accept([message(1), message(2)])
    await bots.until(lambda: sleeper.intake.handling == 2)
    await bots.time_passes(DEAD_AFTER + 1)
    sleeper.presence._wire.drop()
    await heir.peers.tick()
    await bots.until(lambda: heir.handled == [1, 2], heir)
    bots.clock._seconds += LEASE + 1  # it wakes up in the middle of the first one
    sleeper.gate.set()
    await bots.until(lambda: not sleeper.intake.handling)
    assert sleeper.handled == [1], "which its handler knows for a double; the second one it asked about"
    await bots.emptied()


async def test_after_an_outage_everybody_gets_time_to_come_back(bots: Bots, monkeypatch: pytest.MonkeyPatch) -> None:
    early, late = await bots.another(), await bots.another()
    late.gate.clear()
    await late.intake.accept([message(1)])
    await bots.time_passes(DEAD_AFTER + 1)
    monkeypatch.setattr("storage.postgres.presence._BEAT", "SELECT pg_terminate_backend(pg_backend_pid()), $1::bigint")
    for replica in (early, late):
        await replica.peers.tick()
    monkeypatch.undo()
    await early.peers.tick()
    await early.peers.tick()
    assert early.handled == []
    await late.peers.tick()
    bots.clock._seconds += LEASE + 1
    await early.peers.tick()
    await early.peers.tick()
    late.gate.set()
    await bots.until(lambda: late.handled == [1], early)
    assert early.handled == []


async def test_a_database_that_is_busy_at_the_start_gets_another_try(
    bots: Bots, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat, tried = Presence.beat, 0

    async def late(self: Presence, *, lead: bool) -> Beat:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise StorageUnavailable("the database is not available: no answer in time")
        return await beat(self, lead=lead)

    monkeypatch.setattr(Presence, "beat", late)
    replica = await bots.another()
    assert replica.peers.surely_leads
    assert tried == 2


async def test_one_that_stays_away_ends_the_start(bots: Bots, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(self: Presence, *, lead: bool) -> Beat:
        raise StorageUnavailable("the database is not available")

    monkeypatch.setattr(Presence, "beat", away)
    monkeypatch.setattr("bot.telegram.updates.leader.ENTER_TRIES", 2)
    with pytest.raises(StorageUnavailable):
        await bots.another()


async def test_a_half_that_reaches_another_process_at_the_same_time_goes_to_the_first_ones(bots: Bots) -> None:
    first, second = await bots.another(), await bots.another()
    async with bots.db.transaction() as unit:
        await unit.shared_inbox.add([inbox_row(text(1, HEAD))], first.peers.process_id)
        other = asyncio.ensure_future(second.intake.accept([text(2, "the rest")]))
        await asyncio.sleep(0.2)  # without a lock it would be stored by now
        assert not other.done()
    await other
    await bots.until(lambda: first.texts == [f"{HEAD}the rest"], first)
    await bots.emptied()
    assert second.texts == []


async def test_a_half_that_comes_to_another_process_after_the_answer_is_not_handled_alone(bots: Bots) -> None:
    first, second = await bots.another(), await bots.another()
    await first.intake.accept([text(1, HEAD)])
    await bots.until(lambda: first.handled == [1])
    await bots.emptied()
    await second.intake.accept([text(2, "the rest", date=2), text(3, "a fox", date=60)])
    await bots.until(lambda: second.handled == [3])
    assert (first.texts, second.texts) == ([HEAD], ["a fox"])
    await bots.emptied()


async def test_a_half_that_a_dead_process_left_is_not_handled_alone(bots: Bots) -> None:
    first, second = await bots.another(), await bots.another()
    await first.intake.accept([text(1, HEAD)])
    await bots.until(lambda: first.handled == [1])
    await bots.emptied()
    third = await bots.another()
    third.gate.clear()
    await third.intake.accept([message(5, chat=7), text(2, "the rest", date=2)])
    await third.die()
    await bots.time_passes(DEAD_AFTER + 1)
    await bots.until(lambda: 5 in second.handled, second)
    await bots.emptied()
    assert "the rest" not in second.texts
