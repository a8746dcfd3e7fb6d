"""Several processes over one budget: each keeps its own order, and what one learns binds all."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import SendMessage, TelegramMethod

from bot.telegram.rate_limit.budgets import SLACK_OVER_ALL, SharedBudget, shared_chat, shared_over_all
from bot.telegram.rate_limit.middleware import FloodControl
from bot.telegram.rate_limit.priority import Priority, Recall, TooLate, Withdrawn, lane
from bot.telegram.rate_limit.shared_budget import ASKED_AGAIN, SharedPlaces
from storage import StorageUnavailable
from storage.postgres.rate_limit import Bucket, Waits
from tests.clock import FakeClock

BOT = Bot("123456:" + "A" * 35)


class LedgerInMemory:
    """As `storage.postgres.rate_limit` does it, on the test's clock; `gone`: the database is."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.due: dict[str, float] = {}
        self.paused: dict[str, float] = {}
        self.gone = False
        self.taken: list[str] = []

    async def take(self, chat: str, bucket: Bucket, over_all: Bucket) -> Waits:
        await asyncio.sleep(0)
        if self.gone:
            raise StorageUnavailable("no connection")
        now = self.clock.monotonic()
        waits = Waits(
            max(self._wait(chat, bucket, now), self.paused.get(chat, 0.0) - now, 0.0),
            max(self._wait("", over_all, now), 0.0),
        )
        if waits.granted:
            self.taken.append(chat)
            for key, taken in ((chat, bucket), ("", over_all)):
                self.due[key] = max(self.due.get(key, 0.0), now) + taken.interval
        return waits

    async def pause(self, chat: str, seconds: float) -> None:
        if self.gone:
            raise StorageUnavailable("no connection")
        self.paused[chat] = self.clock.monotonic() + seconds

    def _wait(self, key: str, bucket: Bucket, now: float) -> float:
        return self.due.get(key, 0.0) - bucket.interval * (bucket.mine - 1) - now


class Process:
    def __init__(self, ledger: LedgerInMemory, clock: FakeClock, calls: list[tuple[float, int]]) -> None:
        places = SharedPlaces(ledger, 30, clock.monotonic)
        self.flood = FloodControl(clock, 30, shared=places, jitter=lambda: 0.0)
        self.clock = clock
        self.calls = calls
        self.refuse: dict[int, int] = {}

    async def make_request(self, _bot: Bot, method: TelegramMethod[Any]) -> Any:
        chat: int = method.chat_id  # type: ignore[attr-defined]  # every method of these tests has one
        self.calls.append((self.clock.monotonic(), chat))
        if seconds := self.refuse.pop(chat, 0):
            raise TelegramRetryAfter(method, "Too Many Requests", seconds)
        return True

    def send(self, chat: int, chosen: Priority = Priority.REPLY, **how: Any) -> asyncio.Task[Any]:
        async def call() -> Any:
            request: Any = self.make_request  # aiogram's protocol names its parameter `bot`
            return await self.flood(request, BOT, SendMessage(chat_id=chat, text="x"))

        with lane(chosen, **how):
            return asyncio.create_task(call())


class Cluster:
    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ledger = LedgerInMemory(self.clock)
        self.calls: list[tuple[float, int]] = []  # of all processes
        self.processes = [Process(self.ledger, self.clock, self.calls) for _ in range(4)]

    def most(self, span: float, chat: int | None = None) -> int:
        moments = [moment for moment, other in self.calls if chat in {None, other}]
        return max(sum(first <= moment < first + span for moment in moments) for first in moments)


@pytest.fixture
async def cluster() -> AsyncIterator[Cluster]:
    made = Cluster()
    yield made
    for process in made.processes:
        await process.flood.close()


@pytest.mark.parametrize("rate", [0.5, 1, 3, 10, 30, 100, 1000])
def test_the_margins_keep_the_limit(rate: float) -> None:
    def most(budget: SharedBudget, span: float) -> float:
        return budget.burst + int(span / budget.interval + 1e-9)

    span = max(1.0, 1 / rate)
    assert most(shared_over_all(rate), span * (1 + SLACK_OVER_ALL / 2)) <= max(rate, 1)
    assert most(shared_chat(-1), 60 + 5) <= 20
    assert shared_over_all(30).interval == pytest.approx(1 / 25)


async def test_four_processes_keep_to_the_limits_together(cluster: Cluster) -> None:
    tasks = [
        cluster.processes[number % 4].send(chat, Priority.FINAL)
        for number, chat in enumerate([*range(1000, 1100), *[-5] * 22])
    ]
    await cluster.clock.advance(100)
    assert all(task.done() for task in tasks)
    assert cluster.most(1.0) <= 29
    assert cluster.most(60.0, -5) <= 19
    assert max(moment for moment, chat in cluster.calls if chat > 0) < 5


async def test_pictures_first_also_where_progress_was_refused_just_now(cluster: Cluster) -> None:
    first, *_ = cluster.processes
    progress = [first.send(chat, Priority.PROGRESS) for chat in range(1000, 1040)]
    await cluster.clock.advance(0.3)
    assert not all(task.done() for task in progress)
    picture = first.send(5000, Priority.FINAL)
    await cluster.clock.settle()
    assert picture.done(), "what progress has to leave is the picture's"
    other = cluster.processes[1].send(5001, Priority.FINAL)
    await cluster.clock.advance(0.05)
    assert other.done()
    await cluster.clock.advance(10)
    await asyncio.gather(*progress, picture, other)


async def test_no_place_over_all_is_taken_for_a_chat_that_is_not_due(cluster: Cluster) -> None:
    sends = [cluster.processes[number % 4].send(7) for number in range(10)]
    await cluster.clock.advance(0.5)
    assert cluster.ledger.taken == ["7"] * 3
    assert cluster.ledger.due[""] <= 3 * 0.04
    await cluster.clock.advance(30)
    await asyncio.gather(*sends)


async def test_a_refusal_seen_by_one_binds_all(cluster: Cluster) -> None:
    ours, theirs, *_ = cluster.processes
    ours.refuse[7] = 20
    refused = ours.send(7, Priority.FINAL)
    await cluster.clock.settle()
    reply = theirs.send(7)
    bystander = theirs.send(8)
    await cluster.clock.advance(19)
    assert not reply.done()
    assert bystander.done()
    await cluster.clock.advance(5)
    assert [chat for _, chat in cluster.calls] == [7, 8, 7, 7]
    await asyncio.gather(refused, reply, bystander)


async def test_what_is_called_back_or_out_of_patience(cluster: Cluster) -> None:
    process, *_ = cluster.processes
    sends = [process.send(7, Priority.FINAL) for _ in range(3)]
    recall = Recall()
    placeholder = process.send(7, Priority.PLACEHOLDER, recall=recall)
    hasty = process.send(7, Priority.ACTION)
    await cluster.clock.advance(0.5)
    with pytest.raises(TooLate):
        await hasty
    recall.call_back()
    with pytest.raises(Withdrawn):
        await placeholder
    assert await process.send(9, Priority.ACTION), "there is a place, so it leaves at once"
    await cluster.clock.advance(10)
    await asyncio.gather(*sends)
    assert cluster.clock.sleepers == 0
    assert process.flood.waiting == 0


async def test_while_the_database_is_gone_each_process_keeps_to_a_small_budget(cluster: Cluster) -> None:
    cluster.ledger.gone = True
    sends = [process.send(1000 + chat) for process in cluster.processes for chat in range(20)]
    group = [process.send(-5) for process in cluster.processes for _ in range(6)]
    await cluster.clock.advance(10)
    assert 30 <= len(cluster.calls) <= 44
    assert cluster.most(1.0) <= 4
    cluster.ledger.gone = False
    cluster.processes[0].refuse[-9] = 5
    await cluster.clock.advance(ASKED_AGAIN + 6)
    assert sum(task.done() for task in sends) == 80, "back to the shared budget"
    assert cluster.most(60.0, -5) <= 20
    await cluster.clock.advance(60)
    await asyncio.gather(*sends, *group, return_exceptions=True)


async def test_a_refusal_that_cannot_be_told_is_kept_here(cluster: Cluster) -> None:
    process, *_ = cluster.processes
    process.refuse[7] = 5
    cluster.ledger.gone = True
    picture = process.send(7, Priority.FINAL)
    await cluster.clock.advance(4)
    assert len(cluster.calls) == 1
    await cluster.clock.advance(10)
    assert await picture
