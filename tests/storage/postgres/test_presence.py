"""Who lives, who leads, and whose updates are whose. Hearts stop by moving rows, sessions by ending them."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage import Database, StorageUnavailable
from storage.postgres.presence import Presence
from storage.postgres.server import Server
from storage.records import InboxUpdate
from tests.storage.stage import Clock

pytest.importorskip("asyncpg", reason="the extra `postgres` is not installed")

# s: the server's clock goes on while a busy machine does something else, so the limits are far from what passes here.
GONE_AFTER, DEAD_AFTER = 200.0, 500.0


class Town:
    def __init__(self, url: str, db: Database) -> None:
        self.server = Server(url)
        self.db = db
        self.all: list[Presence] = []

    def another(self) -> Presence:
        self.all.append(Presence(self.server, f"test {len(self.all)}"))
        return self.all[-1]

    async def execute(self, statement: str) -> None:
        connection = await self.server.connect()
        await connection.execute(statement)
        await connection.close()

    async def stand_still(self, process_id: int, seconds: float) -> None:
        await self.execute(f"UPDATE processes SET beat_at = beat_at - interval '{seconds} s' WHERE id = {process_id}")

    async def add(self, owner: int, *updates: InboxUpdate) -> list[int]:
        async with self.db.transaction() as unit:
            return [update.update_id for update in await unit.shared_inbox.add(updates, owner)]


async def leads_soon(presence: Presence) -> None:
    """The server needs a moment to see that a session is gone."""
    async with asyncio.timeout(30):
        while not (await presence.beat(lead=True)).leads:  # noqa: ASYNC110 - of the server, which sets no event here
            await asyncio.sleep(0.01)


@pytest.fixture
async def town(postgresql_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    for name, seconds in (("GONE_AFTER", GONE_AFTER), ("DEAD_AFTER", DEAD_AFTER), ("STATEMENT_SECONDS", 60.0)):
        monkeypatch.setattr(f"storage.postgres.presence.{name}", seconds)
    db = await Database.open(postgresql_url, clock_now=clock.now)
    made = Town(postgresql_url, db)
    yield made
    for presence in made.all:
        presence._wire.drop()
    await db.close()


async def test_one_leads_until_it_leaves(town: Town) -> None:
    first, second = town.another(), town.another()
    assert (await first.beat(lead=True)).leads
    assert not (await second.beat(lead=True)).leads
    assert (await first.beat(lead=True)).leads
    await first.leave()
    await leads_soon(second)


async def test_a_leader_that_is_killed_is_followed_at_once(town: Town) -> None:
    first, second = town.another(), town.another()
    await first.beat(lead=True)
    first._wire.drop()  # what the kernel does for a process that was killed
    await leads_soon(second)


async def test_a_leader_that_stands_still_is_made_to_let_go(town: Town) -> None:
    first, second = town.another(), town.another()
    before = await first.beat(lead=True)
    await second.beat(lead=False)
    await town.stand_still(before.process_id, DEAD_AFTER - 100)
    assert not (await second.beat(lead=True)).leads
    await town.stand_still(before.process_id, 200)
    await leads_soon(second)
    try:
        after = await first.beat(lead=True)
    except StorageUnavailable:  # it had not yet noticed that its connection is gone
        after = await first.beat(lead=True)
    assert (after.process_id, after.leads) == (before.process_id, False)


async def test_two_bots_in_one_database_do_not_meet(town: Town, postgresql_server: str, clock: Clock) -> None:
    from tests.postgres import schema_on

    ours = town.another()
    assert (await ours.beat(lead=True)).leads
    async with schema_on(postgresql_server) as url:
        await (await Database.open(url, clock_now=clock.now)).close()
        theirs = Presence(Server(url), "another bot")
        assert (await theirs.beat(lead=True)).leads
        await theirs.leave()
    assert (await ours.beat(lead=True)).leads


async def test_updates_of_the_dead_and_of_nobody_are_claimed(town: Town) -> None:
    living, dead, still, heir = (town.another() for _ in range(4))
    ids = [(await each.beat(lead=False)).process_id for each in (living, dead, still, heir)]
    for number, owner in enumerate(ids[:3]):
        assert await town.add(owner, InboxUpdate(10 + number, lane=number, body="{}")) == [10 + number]
    async with town.db.transaction() as unit:
        await unit.inbox.add([InboxUpdate(1, lane=9, body="{}")])
    assert [update.update_id for update in await heir.claim()] == [1]
    dead._wire.drop()
    assert await heir.claim() == [], "a session may break; its process comes back"
    await town.stand_still(ids[1], GONE_AFTER + 100)
    await town.stand_still(ids[2], GONE_AFTER + 100)
    claimed: list[int] = []
    async with asyncio.timeout(30):
        while not claimed:  # the server needs a moment to see that a session is gone
            claimed += [update.update_id for update in await heir.claim()]
            await asyncio.sleep(0.01)
    assert claimed == [11]
    assert await heir.claim() == []
    await town.stand_still(ids[2], DEAD_AFTER - GONE_AFTER)
    assert [update.update_id for update in await heir.claim()] == [12]
    assert await living.is_mine(10)
    assert not await still.is_mine(12)
    assert [update.update_id for update in await heir.mine()] == [1, 11, 12]
    await heir.leave()
    assert [update.update_id for update in await living.claim()] == [1, 11, 12]


async def test_who_was_given_up_comes_back_as_another(town: Town) -> None:
    presence = town.another()
    before = await presence.beat(lead=True)
    await town.execute("DELETE FROM processes")
    after = await presence.beat(lead=True)
    assert after.process_id != before.process_id
    assert after.leads


async def test_a_chat_stays_with_the_process_that_has_it(town: Town) -> None:
    ours, theirs = town.another(), town.another()
    mine, other = (await ours.beat(lead=False)).process_id, (await theirs.beat(lead=False)).process_id
    assert not (await ours.beat(lead=False)).called
    assert await town.add(mine, InboxUpdate(1, lane=7, body="{}")) == [1]
    assert await town.add(other, InboxUpdate(2, lane=7, body="{}"), InboxUpdate(3, lane=8, body="{}")) == [3]
    assert await town.add(mine, InboxUpdate(3, lane=8, body="{}"), InboxUpdate(1, lane=7, body="{}")) == []
    assert (await ours.beat(lead=False)).called
    assert [update.update_id for update in await ours.mine()] == [1, 2]
    assert [update.update_id for update in await theirs.mine()] == [3]


async def test_a_secret_that_all_agree_on(town: Town) -> None:
    async with town.db.transaction() as unit:
        assert await unit.shared_secrets.agree("webhook", "ours") == "ours"
    async with town.db.transaction() as unit:
        assert await unit.shared_secrets.agree("webhook", "theirs") == "ours"
