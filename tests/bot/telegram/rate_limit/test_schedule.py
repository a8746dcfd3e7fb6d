"""The flood scheduler on a simulated clock, against a server that counts exactly."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.rate_limit.budgets import OVERDUE_OVER_ALL
from bot.telegram.rate_limit.priority import Priority
from bot.telegram.rate_limit.schedule import Chat, Departure, Schedule

RATE = 30


@dataclass
class Simulation:
    """Calls come, wait, leave, are counted by the server and answered; time jumps from event to event. `latencies`
    gives for each call how long its answer takes, and after which share of that it was counted."""

    rate: float = RATE
    latency: float = 0.0
    latencies: Iterator[tuple[float, float]] | None = None
    now: float = 0.0
    left: list[tuple[float, Departure]] = field(default_factory=list)
    counted: list[tuple[float, int | str]] = field(default_factory=list)
    messages: list[bool] = field(default_factory=list)  # of those: what is no chat action
    late: list[Departure] = field(default_factory=list)
    under_way: list[tuple[float, Departure]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.schedule = Schedule(self.rate)

    def add(self, chat: int | str, lane: Priority, patience: float = 1e6) -> Departure:
        departure = self.schedule.add(chat, lane, self.now + patience, self.now)
        self.turn()
        return departure

    def turn(self) -> None:
        leaving, late = self.schedule.turn(self.now)
        self.late += late
        for departure in leaving:
            latency, share = (self.latency, 0.5) if self.latencies is None else next(self.latencies)
            self.left.append((self.now, departure))
            self.counted.append((self.now + latency * share, departure.chat.key))
            self.messages.append(departure.lane is not Priority.ACTION)
            self.under_way.append((self.now + latency, departure))

    def run(self, until: float) -> None:
        while True:
            events = [moment for moment, _ in self.under_way]
            if (due := self.schedule.next_turn(self.now)) is not None:
                events.append(due)
            moment = min(events, default=until)
            if moment > until or not events:
                self.now = max(self.now, until)
                return
            self.now = max(self.now, moment)
            for answer in [entry for entry in self.under_way if entry[0] <= self.now]:
                self.under_way.remove(answer)
                self.schedule.settle(answer[1], self.now)
            self.turn()

    def when(self, departure: Departure) -> float:
        return next(moment for moment, other in self.left if other is departure)

    def most(self, span: float, chat: int | str | None = None) -> int:
        counted = zip(self.counted, self.messages, strict=True)
        moments = sorted(moment for (moment, key), message in counted if chat is None or (key == chat and message))
        most = first = 0
        for last, moment in enumerate(moments):
            while moments[first] <= moment - span:
                first += 1
            most = max(most, last - first + 1)
        return most

    def check(self) -> None:
        assert self.most(1.0) <= self.rate
        for chat in {key for _, key in self.counted}:
            if isinstance(chat, int) and chat > 0:
                assert self.most(3.0, chat) <= 3
            else:
                assert self.most(60.0, chat) <= 20


def test_an_idle_bot_answers_at_once() -> None:
    simulation = Simulation()
    departure = simulation.add(1, Priority.PLACEHOLDER)
    assert simulation.when(departure) == 0.0


def test_a_person_gets_three_in_three_seconds() -> None:
    simulation = Simulation()
    departures = [simulation.add(1, Priority.REPLY) for _ in range(7)]
    simulation.run(10)
    times = [simulation.when(departure) for departure in departures]
    assert times == pytest.approx([0, 0, 0, 3, 3, 3, 6], abs=0.1)


def test_a_group_keeps_five_places_for_pictures() -> None:
    simulation = Simulation()
    for _ in range(30):
        simulation.add(-100, Priority.REPLY)
    simulation.run(5)
    assert len(simulation.left) == 15
    pictures = [simulation.add(-100, Priority.FINAL) for _ in range(5)]
    simulation.run(6)
    assert all(simulation.when(picture) < 6 for picture in pictures)
    simulation.run(200)
    simulation.check()


def test_progress_leaves_places_for_placeholders_in_a_group() -> None:
    simulation = Simulation()
    for _ in range(30):
        simulation.add(-100, Priority.PROGRESS)
    simulation.run(5)
    placeholder = simulation.add(-100, Priority.PLACEHOLDER)
    assert simulation.when(placeholder) == pytest.approx(5)


def test_a_thousand_people_at_once_take_no_longer_than_the_limit_says() -> None:
    simulation = Simulation(latency=0.01)
    for person in range(1, 1001):
        simulation.add(person, Priority.FINAL)
    simulation.run(60)
    simulation.check()
    lower_bound = (1000 - 1) // RATE
    assert len(simulation.left) == 1000
    assert simulation.left[-1][0] <= 1.05 * lower_bound


def test_pictures_go_before_everything_but_the_placeholders_share() -> None:
    simulation = Simulation()
    for person in range(1, 301):
        simulation.add(person, Priority.REPLY)
    pictures = [simulation.add(person, Priority.FINAL) for person in range(1001, 1061)]
    simulation.run(1.0)
    assert all(departure.lane is Priority.FINAL for _, departure in simulation.left[30:])
    simulation.run(30)
    assert max(map(simulation.when, pictures)) <= 3.1


def test_newcomers_are_answered_while_pictures_wait() -> None:
    simulation = Simulation(latency=0.02)
    for person in range(1, 1001):
        simulation.add(person, Priority.FINAL)
    waits = []
    for number in range(50):  # five a second
        simulation.run(2 + number / 5)
        asked = simulation.now
        newcomer = simulation.add(5000 + number, Priority.PLACEHOLDER)
        simulation.run(asked + 1)
        waits.append(simulation.when(newcomer) - asked)
    assert max(waits) < 0.5
    simulation.check()


def test_newcomers_are_answered_while_progress_floods() -> None:
    simulation = Simulation(latency=0.02)
    waits = []
    for tick in range(100):
        simulation.run(tick / 10)
        for person in range(1, 101):
            simulation.add(1000 * (tick % 10) + person, Priority.PROGRESS, patience=3.0)
        if tick % 2:
            asked = simulation.now
            newcomer = simulation.add(50_000 + tick, Priority.PLACEHOLDER)
            simulation.run(asked + 0.09)
            waits.append(simulation.when(newcomer) - asked)
    assert sorted(waits)[-2] < 0.1
    simulation.check()


def test_a_full_chat_does_not_hold_the_budget_of_others() -> None:
    simulation = Simulation(rate=5)
    for _ in range(50):
        simulation.add(-1, Priority.FINAL)
    simulation.run(10)
    other = simulation.add(2, Priority.ACTION)
    assert simulation.when(other) == pytest.approx(10)


def test_a_call_that_takes_the_place_of_a_withdrawn_one_keeps_its_turn() -> None:
    simulation = Simulation(rate=1)
    simulation.add(99, Priority.FINAL)
    first = simulation.add(1, Priority.PROGRESS)
    second = simulation.add(2, Priority.PROGRESS)
    simulation.schedule.remove(first)
    newer = simulation.add(1, Priority.PROGRESS)
    simulation.run(10)
    assert simulation.when(newer) < simulation.when(second)


def test_deadlines_and_pauses() -> None:
    simulation = Simulation()
    simulation.schedule.pause(1, 10.0, 0.0)
    impatient = simulation.add(1, Priority.PROGRESS, patience=4)
    patient = simulation.add(1, Priority.FINAL)
    simulation.schedule.pause_all(2.0)
    other = simulation.add(2, Priority.REPLY)
    simulation.run(20)
    assert simulation.late == [impatient]
    assert simulation.when(other) == pytest.approx(2.0)
    assert simulation.when(patient) == pytest.approx(10.0)


def test_what_is_idle_is_forgotten() -> None:
    simulation = Simulation(rate=1000)
    for person in range(1, 2001):
        simulation.add(person, Priority.REPLY)
    simulation.run(10)
    simulation.add(-5, Priority.REPLY)
    simulation.run(100)
    simulation.turn()
    assert len(simulation.schedule) == 0
    assert simulation.schedule.waiting == 0
    assert simulation.schedule.next_turn(simulation.now) is None


CALLS = st.lists(
    st.tuples(
        st.floats(0, 2),  # s since the call before
        st.sampled_from([1, 2, 3, -1, -2, "@channel"]),
        st.sampled_from([Priority.FINAL, Priority.PLACEHOLDER, Priority.REPLY, Priority.PROGRESS]),
        st.sampled_from(["stay", "stay", "stay", "withdraw", "pause"]),
    ),
    min_size=1,
    max_size=120,
)


@settings(max_examples=60, deadline=None)
@given(
    calls=CALLS,
    rate=st.sampled_from([0.5, 1, 3, 30]),
    # Slower answers than `OVERDUE_OVER_ALL` are taken as counted by then.
    latencies=st.lists(st.tuples(st.floats(0, OVERDUE_OVER_ALL), st.floats(0, 1)), min_size=1, max_size=40),
)
def test_never_over_a_limit_and_nothing_starves(
    calls: list[tuple[float, int | str, Priority, str]], rate: float, latencies: list[tuple[float, float]]
) -> None:
    simulation = Simulation(rate=rate, latencies=cycle(latencies))
    asked: list[Departure] = []
    pauses: list[tuple[int | str, float, float]] = []
    for gap, chat, lane, what in calls:
        simulation.run(simulation.now + gap)
        departure = simulation.add(chat, lane)
        if what == "withdraw" and departure.waiting:
            simulation.schedule.remove(departure)
            simulation.turn()
        else:
            asked.append(departure)
        if what == "pause":
            simulation.schedule.pause(chat, simulation.now + 5, simulation.now)
            pauses.append((chat, simulation.now, simulation.now + 5))
    simulation.run(simulation.now + 3600)
    simulation.turn()
    if rate >= 1:
        simulation.check()
    for chat, begins, ends in pauses:
        assert not [at for at, departure in simulation.left if departure.chat.key == chat and begins < at < ends]
    assert [departure for _, departure in simulation.left] != [] or not asked
    assert {id(departure) for _, departure in simulation.left} == {id(departure) for departure in asked}
    assert simulation.schedule.waiting == 0
    assert len(simulation.schedule) == 0


@settings(max_examples=30, deadline=None)
@given(
    finals=st.integers(0, 200),
    replies=st.integers(0, 200),
    progress=st.integers(0, 200),
    placeholders=st.integers(0, 5),
)
def test_neither_a_picture_nor_a_newcomer_starves(finals: int, replies: int, progress: int, placeholders: int) -> None:
    """In whatever order and number others wait: pictures go at the rate less the newcomers' share, and a few
    newcomers within a second."""
    simulation = Simulation()
    person = iter(range(1, 10_000))
    for lane, number in ((Priority.PROGRESS, progress), (Priority.REPLY, replies), (Priority.FINAL, finals)):
        for _ in range(number):
            simulation.add(next(person), lane)
    newcomers = [simulation.add(next(person), Priority.PLACEHOLDER) for _ in range(placeholders)]
    simulation.run(120)
    simulation.check()
    assert all(simulation.when(newcomer) <= 1.01 for newcomer in newcomers)
    pictures = [moment for moment, departure in simulation.left if departure.lane is Priority.FINAL]
    assert len(pictures) == finals
    assert max(pictures, default=0) <= 1.1 + (finals + placeholders) / RATE


def test_a_placeholder_that_has_just_come_takes_no_place_of_a_picture() -> None:
    simulation = Simulation()
    for person in range(1, 101):
        simulation.add(person, Priority.FINAL)
    simulation.run(1.5)
    placeholder = simulation.add(5000, Priority.PLACEHOLDER)
    simulation.run(1.55)
    assert placeholder.waiting, "its picture may be there in a moment, and then it is called back"
    simulation.run(2.1)
    assert simulation.when(placeholder) < 2.1


def test_a_forgotten_chat_is_let_go_of() -> None:
    """A call every few seconds finds its chat forgotten each time; none of them stays in a queue."""
    schedule, me = Schedule(30), 4_242_424_242

    def there() -> int:
        return sum(isinstance(each, Chat) and each.key == me for each in gc.get_objects())

    for now in range(0, 40, 4):
        schedule.add(me, Priority.PROGRESS, now + 60, now)
        [departure], _ = schedule.turn(now)
        schedule.settle(departure, now + 0.1)
        del departure
        schedule.turn(now + 3.5)
        assert there() == 0
