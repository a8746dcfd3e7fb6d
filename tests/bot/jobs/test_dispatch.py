"""Admission in this process: at once where little is going on, a few at a time in a crowd."""

import pytest

from bot.jobs.driver import Settle
from bot.jobs.lifecycle.queue_positions import FEW, Places
from bot.jobs.local.admission import LocalAdmission
from bot.jobs.settings import Policies
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


async def test_of_a_crowd_all_are_drawn(make: MakeBench, gate: Gate) -> None:
    bench = await make(policies=Policies(admitted_at_once=2))
    for number in range(1, 8):
        await bench.accepted(source=f"s{number}", user=number)
    await eventually(lambda: gate.waiting == 7)
    gate.open()
    for number in range(1, 8):
        await bench.until(RequestState.DELIVERED, number)


async def test_all_draws_of_one_request_begin_in_a_crowd(make: MakeBench, gate: Gate) -> None:
    bench = await make(max_jobs_per_user=5, policies=Policies(admitted_at_once=2))
    await bench.accepted(count=4)
    await eventually(lambda: gate.waiting == 4)


async def test_what_is_drawn_goes_before_what_has_not_begun(make: MakeBench, gate: Gate) -> None:
    bench = await make(policies=Policies(admitted_at_once=1))
    await bench.settle()  # the admission of the start is over
    for _ in range(Policies().pictures_in_memory):
        await bench.jobs.studio.access.memory.acquire()
    await bench.accepted(source="s1", user=1)
    await bench.accepted(source="s2", user=2)
    await eventually(lambda: gate.waiting == 1)
    await bench.settle()
    assert (await bench.draws(2))[0].state is DrawState.WAITING
    await bench.clock.advance(2 * Policies().crowded_pause)
    await eventually(lambda: gate.waiting == 2)


async def test_a_commit_whose_answer_was_lost_leaves_no_draw_behind(
    bench: Bench, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is admitted in the database, and nobody knows: it is handed back and admitted once more."""
    admit = LocalAdmission.admit

    async def unanswered(self: LocalAdmission, unit: Unit) -> Settle:
        settle = await admit(self, unit)
        return lambda _committed: settle(False)

    monkeypatch.setattr(LocalAdmission, "admit", unanswered)
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
