"""Admission in this process: at once where little is going on, a few at a time in a crowd."""

import pytest

from bot.jobs.drawing.admission import CROWDED_PAUSE, EmbeddedDispatcher, Settle
from bot.jobs.lifecycle.queue_positions import FEW, Places
from bot.jobs.service import PICTURES_AT_ONCE
from storage import Database, Unit
from storage.records import DrawState, RequestState
from tests.bot.jobs.bench import Backend, Bench, Gate, MakeBench, eventually


async def test_who_asks_in_peace_is_admitted_with_the_same_commit(bench: Bench, gate: Gate) -> None:
    request = await bench.accepted()
    [draw] = await bench.draws(request.id)
    assert draw.state is DrawState.DRAWING
    await bench.until_shown("starting")
    gate.open()
    await bench.until(RequestState.DELIVERED)


async def test_of_a_crowd_all_are_drawn(make: MakeBench, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.drawing.admission.AT_ONCE", 2)
    bench = await make()
    for number in range(1, 8):
        await bench.accepted(source=f"s{number}", user=number)
    await eventually(lambda: gate.waiting == 7)
    gate.open()
    for number in range(1, 8):
        await bench.until(RequestState.DELIVERED, number)


async def test_all_draws_of_one_request_begin_in_a_crowd(
    make: MakeBench, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.drawing.admission.AT_ONCE", 2)
    bench = await make(max_jobs_per_user=5)
    await bench.accepted(count=4)
    await eventually(lambda: gate.waiting == 4)


async def test_what_is_drawn_goes_before_what_has_not_begun(
    make: MakeBench, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.drawing.admission.AT_ONCE", 1)
    bench = await make()
    for _ in range(PICTURES_AT_ONCE):
        await bench.service._studio.memory.acquire()
    await bench.accepted(source="s1", user=1)
    await bench.accepted(source="s2", user=2)
    await eventually(lambda: gate.waiting == 1)
    await bench.clock.settle()
    assert (await bench.draws(2))[0].state is DrawState.WAITING
    await bench.clock.advance(2 * CROWDED_PAUSE)
    await eventually(lambda: gate.waiting == 2)


async def test_a_commit_whose_answer_was_lost_leaves_no_draw_behind(
    bench: Bench, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is admitted in the database, and nobody knows: it is handed back and admitted once more."""
    enqueue = EmbeddedDispatcher.enqueue

    async def unanswered(self: EmbeddedDispatcher, unit: Unit) -> Settle:
        settle = await enqueue(self, unit)
        return lambda _committed: settle(False)

    monkeypatch.setattr(EmbeddedDispatcher, "enqueue", unanswered)
    await bench.accepted()
    await bench.until(RequestState.DELIVERED)
    [draw] = await bench.draws()
    assert draw.attempt == 2
    assert len(backend.requests) == 1


class _Queue:
    """As `unit.requests`, and counts how often it is read."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        self.reads = 0
        self.requests = self

    async def queue_places(self) -> dict[int, int]:
        self.reads += 1
        return {number: number for number in range(1, self.waiting + 1)}


@pytest.mark.parametrize(("waiting", "reads"), [(FEW, 20), (100 * FEW, 1)])
async def test_the_places_of_many_are_read_once_for_all(waiting: int, reads: int) -> None:
    queue, places = _Queue(waiting), Places()
    for number in range(1, 21):
        assert await places.of(queue, number) == number  # type: ignore[arg-type]
    assert queue.reads == reads
    assert await places.of(queue, 100 * FEW + 1) is None  # type: ignore[arg-type]


async def test_the_places_are_those_of_the_database(db: Database, make: MakeBench, gate: Gate) -> None:
    bench = await make(max_jobs=1)
    for number in range(1, 4):
        await bench.accepted(source=f"s{number}", user=number)
    await eventually(lambda: gate.waiting == 1)
    async with db.read() as unit:
        assert [await Places().of(unit, number) for number in range(1, 4)] == [None, 1, 2]
