"""Inline queries: handled beside the inbox, at once or never."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Message, Update

from bot.jobs.supervisor import Supervisor
from bot.telegram.updates import inline_queries
from bot.telegram.updates.inline_queries import InlineQueries
from bot.telegram.updates.polling import Intake
from storage import Database
from tests.bot.telegram.conftest import FakeTelegram
from tests.clock import HastyClock
from tests.databases import furnish


def query(update_id: int, by: int = 1, text: str = "a fox") -> dict[str, Any]:
    person = {"id": by, "is_bot": False, "first_name": "Ann"}
    return {"update_id": update_id, "inline_query": {"id": str(update_id), "from": person, "query": text, "offset": ""}}


class Desk:
    """Handles each query when a test lets it."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.handled: list[int] = []
        self.may = asyncio.Event()

    async def feed(self, update: Update, album: tuple[Message, ...]) -> None:
        assert album == ()
        self.begun.append(update.update_id)
        await self.may.wait()
        self.handled.append(update.update_id)


@pytest.fixture
async def supervisor() -> AsyncIterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    await supervisor.close()


async def ended(queries: InlineQueries) -> None:
    async with asyncio.timeout(10):
        while len(queries):  # noqa: ASYNC110 - tasks that end by themselves
            await asyncio.sleep(0.005)


async def test_a_newer_query_of_a_person_takes_the_place_of_the_one_before(bot: Bot, supervisor: Supervisor) -> None:
    desk = Desk()
    updates = InlineQueries(bot, desk.feed, supervisor)
    for update in (query(1, by=1), query(2, by=2), query(3, by=1)):
        updates.take(update)
        await asyncio.sleep(0)
    assert len(updates) == 2
    desk.may.set()
    await ended(updates)
    assert sorted(desk.handled) == [2, 3]


async def test_no_more_than_can_be_answered_are_taken(
    bot: Bot, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline_queries, "AT_ONCE", 2)
    desk = Desk()
    updates = InlineQueries(bot, desk.feed, supervisor)
    for number in range(1, 5):
        updates.take(query(number, by=number))
    assert len(updates) == 2
    await updates.stop()
    assert desk.handled == []
    assert len(updates) == 0


async def test_one_that_takes_too_long_or_cannot_be_read_is_dropped(
    bot: Bot, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline_queries, "ANSWERED_WITHIN", 0.01)
    desk = Desk()
    updates = InlineQueries(bot, desk.feed, supervisor)
    updates.take(query(1))
    updates.take({"update_id": 2, "inline_query": {"id": 7}})
    await ended(updates)
    assert desk.handled == []


async def test_it_is_confirmed_and_not_stored(
    telegram: FakeTelegram, bot: Bot, supervisor: Supervisor, clock: HastyClock, tmp_path: Path
) -> None:
    desk = Desk()
    db = await Database.open(furnish(tmp_path / "inline_queries.db"), clock_now=clock.now)
    intake = Intake(bot, db, desk.feed, supervisor, clock)
    running = asyncio.create_task(intake.run())
    telegram.push(query(5))
    async with asyncio.timeout(10):
        while not any(call.params.get("offset") == 6 for call in telegram.made("getUpdates")):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    assert desk.begun == [5]
    async with db.transaction() as unit:
        assert await unit.inbox.recovered() == []
    await intake.stop()
    await running
    assert desk.handled == []
    await db.close()
