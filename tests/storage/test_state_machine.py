"""Requests and draws over a real database against a model of them: whatever happens in whatever order, with right
fences and with stale ones, the rows say what the tables of transitions allow, and nothing else."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage import Database, Unit
from storage.records import (
    OPEN_STATES,
    REQUEST_TRANSITIONS,
    Detour,
    DrawState,
    Limits,
    NewDraw,
    NewPicture,
    RequestState,
)
from tests.databases import furnish
from tests.storage.stage import Clock, new_request

T = TypeVar("T")
ENDS = sorted(set(RequestState) - OPEN_STATES)
PEOPLE = (1, 2, 3)
pick = st.integers(0, 1000)  # which of those that there are
stale = st.sampled_from((0, 0, 0, -1, 1))  # what is added to the fence


@dataclass
class ModelDraw:
    id: int
    state: DrawState = DrawState.WAITING
    attempt: int = 0
    ticket: str | None = None
    model: str = "sketch"
    cost: int = 0
    count: int = 1

    @property
    def spent(self) -> int:
        return 0 if self.state in {DrawState.FAILED, DrawState.CANCELLED} else self.cost


@dataclass
class ModelRequest:
    id: int
    source: str
    requester: int
    draws: list[ModelDraw] = field(default_factory=list)
    state: RequestState = RequestState.WAITING
    attempt: int = 0

    def states(self) -> set[DrawState]:
        return {draw.state for draw in self.draws}

    def rest(self) -> None:
        """It waits again when nothing of it is under way or done."""
        busy = self.states() & {DrawState.DRAWING, DrawState.DRAWN}
        if self.state is RequestState.DRAWING and not busy and DrawState.WAITING in self.states():
            self.state = RequestState.WAITING

    def settle(self) -> RequestState:
        """After the end of a draw; what is answered."""
        if self.states() & {DrawState.WAITING, DrawState.DRAWING}:
            return RequestState.DRAWING
        if DrawState.DRAWN not in self.states():
            return RequestState.FAILED  # not stored: the person is told first
        self.state = RequestState.DRAWN
        return RequestState.DRAWN


class StateMachine(RuleBasedStateMachine):
    template: Path  # an empty database

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        self.runner = asyncio.Runner()
        self.clock = Clock()
        self.requests: list[ModelRequest] = []

    @initialize()
    def open(self) -> None:
        path = self.folder / "machine.db"
        shutil.copy(self.template, path)
        self.db = self.runner.run(Database.open(f"sqlite:///{path}", clock_now=self.clock.now, migrate=False))

    def teardown(self) -> None:
        with suppress(AttributeError):  # it did not come so far
            self.runner.run(self.db.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def do(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        async def transaction() -> T:
            async with self.db.transaction() as unit:
                return await work(unit)

        self.clock.advance(1)
        return self.runner.run(transaction())

    def draw(self, which: int) -> tuple[ModelRequest, ModelDraw]:
        both = [(request, draw) for request in self.requests for draw in request.draws]
        # Mostly those that are being drawn: nothing else has much to tell.
        active = [pair for pair in both if pair[1].state is DrawState.DRAWING]
        chosen = active if active and which % 4 else both
        return chosen[which % len(chosen)]

    def request(self, which: int) -> ModelRequest:
        return self.requests[which % len(self.requests)]

    def running(self, person: int | None = None) -> int:
        return sum(
            draw.state is DrawState.DRAWING
            for request in self.requests
            if person in {None, request.requester}
            for draw in request.draws
        )

    # What happens

    @rule(requester=st.sampled_from(PEOPLE), counts=st.lists(st.integers(1, 3), min_size=1), cost=st.integers(0, 3))
    def accept(self, requester: int, counts: list[int], cost: int) -> None:
        source = f"message:{len(self.requests)}"
        draws = tuple(NewDraw("sketch", seed, cost, count) for seed, count in enumerate(counts[:3]))
        new = new_request(source=source, requester_id=requester, draws=draws)
        request, made, created = self.do(lambda unit: unit.requests.accept(new))
        assert created
        modelled = [ModelDraw(draw.id, cost=cost * draw.count, count=draw.count) for draw in made]
        self.requests.append(ModelRequest(request.id, source, requester, modelled))

    @precondition(lambda self: self.requests)
    @rule(which=pick)
    def accept_again(self, which: int) -> None:
        known = self.request(which)
        found, draws, created = self.do(lambda unit: unit.requests.accept(new_request(source=known.source)))
        assert (found.id, created) == (known.id, False)
        assert [draw.id for draw in draws] == [draw.id for draw in known.draws]

    @rule(total=st.integers(1, 5), per_user=st.integers(1, 3))
    def admit(self, total: int, per_user: int) -> None:
        running, before = self.running(), {person: self.running(person) for person in PEOPLE}
        admitted = self.do(lambda unit: unit.draws.admit(Limits(total=total, per_user=per_user)))
        by_id = {draw.id: (request, draw) for request in self.requests for draw in request.draws}
        room = 0
        for person in PEOPLE:
            own = [d for request in self.requests if request.requester == person for d in request.draws]
            waiting = sum(draw.state is DrawState.WAITING for draw in own)
            room += min(waiting, max(per_user - before[person], 0))
        assert len(admitted) == min(room, max(total - running, 0)), "as many as fit, and no more"
        for draw, of in admitted:
            request, model = by_id[draw.id]
            assert model.state is DrawState.WAITING
            assert (of.id, of.state, draw.ticket) == (request.id, RequestState.DRAWING, model.ticket)
            model.state, model.attempt, request.state = DrawState.DRAWING, model.attempt + 1, RequestState.DRAWING
            assert draw.attempt == model.attempt
        for person in PEOPLE:
            assert self.running(person) <= max(per_user, before[person])

    @precondition(lambda self: self.requests)
    @rule(which=pick, off=stale)
    def ticket(self, which: int, off: int) -> None:
        _, draw = self.draw(which)
        ticket = f"ticket {which}"
        stored = self.do(lambda unit: unit.draws.set_ticket(draw.id, draw.attempt + off, ticket))
        assert stored == (draw.state is DrawState.DRAWING and not off)
        if stored:
            draw.ticket = ticket

    @precondition(lambda self: self.requests)
    @rule(which=pick, off=stale, pictures=st.integers(1, 2))
    def drawn(self, which: int, off: int, pictures: int) -> None:
        request, draw = self.draw(which)
        new = [NewPicture(b"picture", "image/png", 1, 1)] * pictures
        mine = draw.state is DrawState.DRAWING and not off
        answer = self.do(lambda unit: unit.draws.drawn(draw.id, draw.attempt + off, new))
        if mine:
            draw.state = DrawState.DRAWN
        assert answer == (request.settle() if mine else None)

    @precondition(lambda self: self.requests)
    @rule(which=pick, off=stale)
    def failed(self, which: int, off: int) -> None:
        request, draw = self.draw(which)
        mine = draw.state is DrawState.DRAWING and not off
        answer = self.do(lambda unit: unit.draws.failed(draw.id, draw.attempt + off, "unavailable"))
        if mine:
            draw.state = DrawState.FAILED
        assert answer == (request.settle() if mine else None)

    @precondition(lambda self: self.requests)
    @rule(which=pick, off=stale)
    def hand_back(self, which: int, off: int) -> None:
        request, draw = self.draw(which)
        mine = draw.state is DrawState.DRAWING and not off
        assert self.do(lambda unit: unit.draws.hand_back(draw.id, draw.attempt + off)) == mine
        if mine:
            draw.state = DrawState.WAITING
            request.rest()

    @precondition(lambda self: self.requests)
    @rule(which=pick, off=stale, cost=st.integers(0, 3), run=st.sampled_from((None, 1, 2)))
    def reroute(self, which: int, off: int, cost: int, run: int | None) -> None:
        """As several draws where a run of the other model gives fewer pictures."""
        request, draw = self.draw(which)
        mine, model, before = draw.state is DrawState.DRAWING and not off, f"model {which}", [Detour("m", "quota")]
        made = self.do(lambda unit: unit.draws.reroute(draw.id, draw.attempt + off, model, before, cost=cost, run=run))
        if not mine:
            assert not made
            return
        assert next(iter(made)) == draw.id
        assert sum(made.values()) == draw.count
        assert max(made.values()) <= (run or draw.count)
        draw.state, draw.model, draw.ticket = DrawState.WAITING, model, None
        draw.count, draw.cost = made[draw.id], cost * made[draw.id]
        for id_, count in made.items():
            if id_ != draw.id:
                new = ModelDraw(id_, attempt=draw.attempt, model=model, cost=cost * count, count=count)
                request.draws.append(new)
        request.rest()

    @rule()
    def recover(self) -> None:
        """A new process, after a crash or none."""
        active = [draw for request in self.requests for draw in request.draws if draw.state is DrawState.DRAWING]
        assert self.do(lambda unit: unit.draws.recover()) == len(active)
        for draw in active:
            draw.state = DrawState.WAITING
        for request in self.requests:
            request.rest()

    @precondition(lambda self: self.requests)
    @rule(which=pick, end=st.sampled_from(ENDS), off=st.sampled_from((None, None, 0, -1, 1)))
    def finish(self, which: int, end: RequestState, off: int | None) -> None:
        request = self.request(which)
        attempt = None if off is None else request.attempt + off
        allowed = end in REQUEST_TRANSITIONS[request.state] and not off
        assert self.do(lambda unit: unit.requests.finish(request.id, end, attempt=attempt)) == allowed
        if allowed:
            request.state = end
            for draw in request.draws:
                if draw.state in {DrawState.WAITING, DrawState.DRAWING}:
                    draw.state = DrawState.CANCELLED

    @precondition(lambda self: self.requests)
    @rule(which=pick)
    def claim(self, which: int) -> None:
        drawn = [request for request in self.requests if request.state is RequestState.DRAWN]
        request = drawn[which % len(drawn)] if drawn and which % 4 else self.request(which)
        known = request.attempt - (which % 3 == 0)  # now and then of somebody who knows of no later claim
        claimed = self.do(lambda unit: unit.requests.claim_end(request.id, known))
        assert (claimed is not None) == (request.state in OPEN_STATES and known == request.attempt)
        if claimed is not None:
            request.attempt += 1
            assert claimed.attempt == request.attempt

    # What is always so

    @invariant()
    def rows_are_the_model(self) -> None:
        if not self.requests:
            return
        stored, unfinished = self.runner.run(self._read())
        assert stored == [
            (r.id, r.state, r.attempt, [(d.id, d.state, d.attempt, d.ticket, d.model, d.count) for d in r.draws])
            for r in self.requests
        ]
        assert unfinished == {request.id for request in self.requests if request.state in OPEN_STATES}
        assert self.runner.run(self._spent()) == {
            person: sum(draw.spent for r in self.requests if r.requester == person for draw in r.draws)
            for person in PEOPLE
        }

    async def _spent(self) -> dict[int, int]:
        """By person, as the sums have it."""
        since = self.clock.now() - timedelta(days=1)
        async with self.db.read() as unit:
            found = {person: await unit.spending.since(person, since) for person in PEOPLE}
        assert {spent.total for spent in found.values()} == {sum(spent.requester for spent in found.values())}
        return {person: spent.requester for person, spent in found.items()}

    async def _read(self) -> tuple[list[tuple[object, ...]], set[int]]:
        rows: list[tuple[object, ...]] = []
        async with self.db.read() as unit:
            for model in self.requests:
                request = await unit.requests.get(model.id)
                assert request is not None
                draws = await unit.draws.of_request(model.id)
                told = [(draw.id, draw.state, draw.attempt, draw.ticket, draw.model, draw.count) for draw in draws]
                rows.append((request.id, request.state, request.attempt, told))
                pictures = await unit.pictures.of_request(model.id)
                assert {picture.draw_id for picture in pictures} == {
                    draw.id for draw in model.draws if draw.state is DrawState.DRAWN
                }
            return rows, {request.id for request in await unit.requests.unfinished()}


def test_requests_and_draws(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("machine") / "empty.db"
    furnish(path)
    StateMachine.template = path
    StateMachine.TestCase.settings = settings(
        max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    StateMachine.TestCase().runTest()
