"""What shares the drawing among processes: the queue's rows, the fences, and what they tell each other."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage import Database
from storage.records import DrawState, Limits, RequestState
from storage.repositories.signals import DRAWING, ENDED, PLACEHOLDER
from tests.faults.outage import line_to
from tests.storage.stage import Clock, ask

LIMITS = Limits(10, 10)
GRACE, DAY = timedelta(seconds=20), timedelta(days=1)


@pytest.fixture
async def db(postgresql_url: str, clock: Clock) -> AsyncIterator[Database]:
    database = await Database.open(postgresql_url, clock_now=clock.now)
    yield database
    await database.close()


async def queued(db: Database) -> int:
    async with db.read() as unit:
        return await unit.dispatch.queued()


async def admit(db: Database) -> list[int]:
    async with db.transaction() as unit:
        admitted = await unit.draws.admit(LIMITS)
        await unit.dispatch.enqueue([draw for draw, _ in admitted])
    return [draw.id for draw, _ in admitted]


async def test_what_is_taken_back_is_not_in_the_queue(db: Database) -> None:
    await ask(db)

    async def fail() -> None:
        async with db.transaction() as unit:
            admitted = await unit.draws.admit(LIMITS)
            await unit.dispatch.enqueue([draw for draw, _ in admitted])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await queued(db) == 0
    assert await admit(db) == [1]
    assert await queued(db) == 1


async def test_who_takes_a_draw_fences_the_one_before(db: Database) -> None:
    request, _ = await ask(db)
    await admit(db)
    attempts = []
    for _ in range(2):
        async with db.transaction() as unit:
            taken = await unit.dispatch.take(1)
        assert taken is not None
        assert taken.draw is not None
        attempts.append(taken.draw.attempt)
    async with db.transaction() as unit:
        assert await unit.draws.failed(1, attempts[0], "unavailable") is None
        assert await unit.draws.ended_before(1, attempts[1]) is None
        assert await unit.draws.failed(1, attempts[1], "unavailable") is RequestState.FAILED
        assert await unit.draws.failed(1, attempts[1], "unavailable") is None
        assert await unit.draws.ended_before(1, attempts[0]) is None
        assert await unit.draws.ended_before(1, attempts[1]) is RequestState.FAILED
        taken = await unit.dispatch.take(1)
        assert taken is not None
        assert taken.draw is None  # not to be drawn any more
        first, second = [await unit.requests.claim_end(request.id, attempt) for attempt in (0, 1)]
        assert first is not None
        assert second is not None
        assert await unit.requests.claim_end(request.id, 0) is None
        assert await unit.requests.claim_end(request.id, 0, token=1) is None
        assert not await unit.requests.finish(request.id, RequestState.FAILED, attempt=first.attempt)
        assert await unit.requests.finish(request.id, RequestState.FAILED, attempt=second.attempt)
        assert await unit.requests.claim_end(request.id, 2) is None
        assert await unit.dispatch.take(99) is None


async def test_what_is_drawn_is_not_cancelled(db: Database) -> None:
    request, [draw] = await ask(db)
    await admit(db)
    async with db.transaction() as unit:
        taken = await unit.dispatch.take(draw.id)
        assert taken is not None
        assert taken.draw is not None
        assert await unit.draws.failed(draw.id, taken.draw.attempt, "unavailable")
        assert await unit.requests.cancel(request.id, attempt=0, reason="untold")
        assert not await unit.requests.cancel(request.id, attempt=0)


async def test_room_is_what_the_living_have(db: Database) -> None:
    async with db.transaction() as unit:
        assert await unit.dispatch.capacity() == 0
        assert await unit.dispatch.worker_seen("a", 5)
        assert await unit.dispatch.worker_seen("b", 7)
        assert not await unit.dispatch.worker_seen("b", 8)
        assert await unit.dispatch.capacity() == 13
        await unit.dispatch.worker_gone("a")
        assert await unit.dispatch.capacity() == 8


async def test_what_nobody_has_is_enqueued_again(db: Database, clock: Clock) -> None:
    """Drawn without a row, at its end without a row, cancelled and not shown; but not what waits, or has a row."""
    for number in range(5):
        await ask(db, source=f"m:1:{number}")
    async with db.transaction() as unit:
        admitted = await unit.draws.admit(Limits(4, 4))
        await unit.dispatch.enqueue([admitted[0][0]])
        await unit.draws.failed(2, 1, "unavailable")
        await unit.requests.finish(3, RequestState.CANCELLED, reason="untold")
    async with db.transaction() as unit:
        assert await unit.dispatch.requeue_stranded(GRACE, DAY) == 0
    clock.advance(60)
    async with db.transaction() as unit:
        assert await unit.dispatch.requeue_stranded(GRACE, DAY) == 3
    async with db.transaction() as unit:
        assert await unit.dispatch.requeue_stranded(GRACE, DAY) == 0
    assert await queued(db) == 4


async def test_fences_and_states(db: Database) -> None:
    await ask(db)
    await admit(db)
    async with db.read() as unit:
        assert await unit.dispatch.fences([1], [1]) == ({1: (1, DrawState.DRAWING)}, {1: 0})
        assert await unit.dispatch.fences([], []) == ({}, {})


async def test_signals_are_heard_also_after_the_line_broke(postgresql_url: str, clock: Clock, db: Database) -> None:
    heard: asyncio.Queue[tuple[str, int]] = asyncio.Queue()
    async with line_to(postgresql_url) as (line, url):
        listening = await Database.open(url, clock_now=clock.now)
        sharing = listening.sharing()
        assert sharing is not None
        task = asyncio.create_task(sharing.listen())
        await sharing.hear(lambda word, request_id: heard.put_nowait((word, request_id)))
        request, _ = await ask(db)
        await admit(db)
        async with db.transaction() as unit:
            await unit.requests.placeholder_sending(request.id)
            await unit.requests.placeholder_known(request.id, 7, "text")
            await unit.dispatch.take(1)
        async with asyncio.timeout(60):
            assert [await heard.get() for _ in range(2)] == [(PLACEHOLDER, 1), (DRAWING, 1)]
        await line.cut()
        await line.mend()
        async with asyncio.timeout(60):
            while heard.empty():  # until it listens again
                async with db.transaction() as unit:
                    await unit.dispatch.take(1)
                await asyncio.sleep(0.1)
        async with db.transaction() as unit:
            await unit.requests.finish(request.id, RequestState.CANCELLED)
        async with asyncio.timeout(60):
            while await heard.get() != (ENDED, 1):
                pass
        task.cancel()
        await listening.close()
