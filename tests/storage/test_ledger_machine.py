"""The ledger against a model of it: people buy, draw, fail, cancel and are refunded in any order; everything may happen
twice, and every transaction may be lost at its end. The books balance all the time, and nobody has a credit too much or
too little."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage import Database, Unit
from storage.records import Balance, Detour, NewDraw, NewPayment, OfferKind, PaymentState, RequestState
from tests.databases import furnish
from tests.storage.stage import NO_LIMITS, PICTURE, Clock, new_request

T = TypeVar("T")
PEOPLE = (1, 2)
OPERATOR = 9
FREE = 100
DAY = 86_400
ENDS = (RequestState.DELIVERED, RequestState.FAILED, RequestState.CANCELLED, RequestState.UNDELIVERABLE)
pick = st.integers(0, 1000)  # which of those that there are
lost = st.sampled_from((0, 0, 1, 2))  # so many times the transaction is rolled back at its end before it is committed
again = st.booleans()  # whether it comes once more afterwards


class LostError(Exception):
    """The process was killed before the commit."""


@dataclass
class Held:
    free: int
    paid: int
    count: int = 1  # pictures that it is asked for


@dataclass
class ModelRequest:
    id: int
    person: int
    draws: dict[int, Held]
    ended: bool = False


@dataclass
class ModelPayment:
    id: int
    charge: str
    person: int
    amount: int
    state: PaymentState = PaymentState.CREDITED


@dataclass
class Person:
    paid: int = 0
    free: dict[int, int] = field(default_factory=dict)  # used by day; less than nothing: given back

    def left(self, day: int) -> int:
        return min(max(FREE - self.free.get(day, 0), 0), FREE)

    def use(self, day: int, amount: int) -> None:
        self.free[day] = self.free.get(day, 0) + amount


class LedgerMachine(RuleBasedStateMachine):
    template: Path  # an empty database

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ledger-"))
        self.runner = asyncio.Runner()
        self.clock = Clock()
        self.people = {person: Person() for person in PEOPLE}
        self.requests: list[ModelRequest] = []
        self.payments: list[ModelPayment] = []
        self.spent = 0
        self.days = 0

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

    def do(self, work: Callable[[Unit], Awaitable[T]], times: int = 0) -> T:
        """In a transaction that is lost so many times, and then committed."""

        async def transaction(*, kill: bool) -> T:
            async with self.db.transaction() as unit:
                done = await work(unit)
                if kill:
                    raise LostError
            return done

        for _ in range(times):
            with pytest.raises(LostError):
                self.runner.run(transaction(kill=True))
        return self.runner.run(transaction(kill=False))

    # What happens

    @rule(days=st.integers(1, 2))
    def days_pass(self, days: int) -> None:
        self.clock.advance(days * DAY)
        self.days += days

    @rule(person=st.sampled_from(PEOPLE), amount=st.sampled_from((50, 300)), times=lost, twice=again)
    def pay(self, person: int, amount: int, times: int, twice: bool) -> None:
        charge = f"charge-{len(self.payments)}"

        async def paid(unit: Unit) -> int | None:
            offer = await unit.credits.offer(person, OfferKind.PACK, amount, amount)
            payment = await unit.credits.pay(NewPayment(charge, person, amount, offer.id))
            return payment.id if payment is not None else None

        number = self.do(paid, times)
        assert number is not None
        if twice:
            assert self.do(paid, times) is None
        self.payments.append(ModelPayment(number, charge, person, amount))
        self.people[person].paid += amount

    @rule(person=st.sampled_from(PEOPLE), costs=st.lists(st.integers(0, 150), min_size=1, max_size=3), times=lost)
    def ask(self, person: int, costs: list[int], times: int) -> None:
        source = f"message:{len(self.requests)}:{self.days}:{id(costs)}"
        counts = [1 + cost % 3 for cost in costs]
        draws = tuple(NewDraw("sketch", seed, count=count) for seed, count in enumerate(counts))
        new = new_request(source=source, requester_id=person, draws=draws)
        model = self.people[person]

        async def accepted(unit: Unit) -> tuple[int, list[int], Balance | None]:
            request, draws, _ = await unit.requests.accept(new)
            by_id = {draw.id: cost for draw, cost in zip(draws, costs, strict=True)}
            lacking = await unit.credits.hold(person, request.id, by_id, free=FREE)
            return request.id, list(by_id), lacking

        enough = sum(costs) <= model.left(self.days) + max(model.paid, 0)
        if not enough:
            with pytest.raises(LostError):  # as the service takes a refused request back
                self.do(_refused(accepted))
            return
        request_id, ids, lacking = self.do(accepted, times)
        assert lacking is None
        made = ModelRequest(request_id, person, {})
        left = model.left(self.days)
        for draw_id, cost, count in zip(ids, costs, counts, strict=True):
            free = min(left, cost)
            left -= free
            model.use(self.days, free)
            model.paid -= cost - free
            made.draws[draw_id] = Held(free, cost - free, count)
        self.requests.append(made)

    @precondition(lambda self: any(not request.ended for request in self.requests))
    @rule(which=pick, drawn=st.lists(st.integers(0, 3), min_size=9, max_size=9), end=st.sampled_from(ENDS), times=lost)
    def end(self, which: int, drawn: list[int], end: RequestState, times: int) -> None:
        open_ = [request for request in self.requests if not request.ended]
        request = open_[which % len(open_)]
        for draw in self.do(lambda unit: unit.draws.admit(NO_LIMITS)):
            del draw
        outcomes = dict(zip(request.draws, drawn, strict=False))
        for draw_id, number in outcomes.items():
            attempt = self.attempt(draw_id)
            if pictures := [PICTURE] * number:
                self.do(lambda unit, d=draw_id, a=attempt, p=pictures: unit.draws.drawn(d, a, p))  # type: ignore[misc] # bound
            else:
                self.do(lambda unit, d=draw_id, a=attempt: unit.draws.failed(d, a, "quota"))  # type: ignore[misc] # bound
        if not any(outcomes.values()) and end is RequestState.DELIVERED:
            end = RequestState.FAILED
        if any(outcomes.values()) and end is RequestState.CANCELLED:
            end = RequestState.DELIVERED
        assert self.do(lambda unit: unit.requests.finish(request.id, end), times)
        assert not self.do(lambda unit: unit.requests.finish(request.id, end), times)
        model = self.people[request.person]
        for draw_id, held in request.draws.items():
            total = held.free + held.paid
            spent = total * min(outcomes[draw_id], held.count) // held.count if end is RequestState.DELIVERED else 0
            spent_free = min(held.free, spent)
            self.spent += spent
            model.use(self.days, spent_free - held.free)
            model.paid += held.paid - (spent - spent_free)
        request.ended = True

    def attempt(self, draw_id: int) -> int:
        async def found() -> int:
            async with self.db.read() as unit:
                draw = await unit.draws.get(draw_id)
            assert draw is not None
            return draw.attempt

        return self.runner.run(found())

    @precondition(lambda self: any(not request.ended for request in self.requests))
    @rule(which=pick, cost=st.integers(0, 100), run=st.sampled_from((None, 1, 2)), times=lost)
    def another_model_takes_over(self, which: int, cost: int, run: int | None, times: int) -> None:
        """As several draws where one of its runs gives fewer pictures: they share what is held, in all its whole."""
        open_ = [request for request in self.requests if not request.ended]
        request = open_[which % len(open_)]
        draw_id, held = next(iter(request.draws.items()))
        self.do(lambda unit: unit.draws.admit(NO_LIMITS))
        attempt = self.attempt(draw_id)
        detours = [Detour("sketch", "quota")]
        made = self.do(lambda unit: unit.draws.reroute(draw_id, attempt, "other", detours, cost=cost, run=run), times)
        kept = min(held.free + held.paid, cost * held.count)
        free = min(held.free, kept)
        model = self.people[request.person]
        model.use(self.days, free - held.free)
        model.paid += held.paid - (kept - free)
        before = 0
        for id_, count in made.items():
            share = kept * (before + count) // held.count - kept * before // held.count
            before += count
            request.draws[id_] = Held(min(free, share), share - min(free, share), count)
            free -= request.draws[id_].free

    @precondition(lambda self: self.payments)
    @rule(which=pick, times=lost, twice=again)
    def refund_is_asked_for(self, which: int, times: int, twice: bool) -> None:
        payment = self.payments[which % len(self.payments)]
        new = payment.state is PaymentState.CREDITED
        for first in (True, False)[: 1 + twice]:
            found = self.do(lambda unit: unit.credits.ask_refund(payment.id, OPERATOR), times)
            assert (found is not None) is (new and first)
        if new:
            payment.state = PaymentState.REFUNDING
            self.people[payment.person].paid -= payment.amount

    @precondition(lambda self: self.payments)
    @rule(which=pick, times=lost, twice=again)
    def telegram_has_refunded(self, which: int, times: int, twice: bool) -> None:
        payment = self.payments[which % len(self.payments)]
        for _ in range(1 + twice):
            self.do(lambda unit: unit.credits.refunded(payment.charge), times)
        if payment.state is PaymentState.CREDITED:
            self.people[payment.person].paid -= payment.amount
        payment.state = PaymentState.REFUNDED

    @precondition(lambda self: self.payments)
    @rule(which=pick, times=lost, twice=again)
    def telegram_refuses_to_refund(self, which: int, times: int, twice: bool) -> None:
        payment = self.payments[which % len(self.payments)]
        for _ in range(1 + twice):
            self.do(lambda unit: unit.credits.refund_refused(payment.id, "CHARGE_NOT_FOUND"), times)
        if payment.state is PaymentState.REFUNDING:
            payment.state = PaymentState.CREDITED
            self.people[payment.person].paid += payment.amount

    @rule(person=st.sampled_from(PEOPLE), times=lost)
    def somebody_is_forgotten(self, person: int, times: int) -> None:
        while self.do(lambda unit: unit.history.forget(person, counted_since=None)):
            pass
        self.do(lambda unit: unit.credits.release_stranded(), times)
        model = self.people[person]
        for request in self.requests:
            if request.person == person and not request.ended:
                request.ended = True
                model.use(self.days, -sum(held.free for held in request.draws.values()))
                model.paid += sum(held.paid for held in request.draws.values())

    # What is always so

    @invariant()
    def the_books_are_right(self) -> None:
        async def look() -> None:
            async with self.db.read() as unit:
                report = await unit.credits.report()
                found = {person: await unit.credits.balance(person, free=FREE) for person in PEOPLE}
            assert report.balances, report
            assert report.stranded == 0
            assert report.accounts["spent"] == self.spent  # type: ignore[index] # a StrEnum is its word
            for person, has in found.items():
                model = self.people[person]
                held = sum(
                    held.free + held.paid
                    for request in self.requests
                    if request.person == person and not request.ended
                    for held in request.draws.values()
                )
                assert has == Balance(model.paid, model.left(self.days), held)

        if hasattr(self, "db"):
            self.runner.run(look())


def _refused(
    work: Callable[[Unit], Awaitable[tuple[int, list[int], Balance | None]]],
) -> Callable[[Unit], Awaitable[None]]:
    async def refused(unit: Unit) -> None:
        _, _, lacking = await work(unit)
        assert lacking is not None
        raise LostError

    return refused


def test_the_ledger(tmp_path: Path) -> None:
    LedgerMachine.template = tmp_path / "empty.db"
    furnish(LedgerMachine.template)
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
