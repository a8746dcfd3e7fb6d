"""The breaker against a plain account of what it was told."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.jobs.models.circuit_breaker import FIRST_PAUSE, LONGEST_PAUSE, THRESHOLD, TRIAL, Breaker, Circuit


def opened() -> Breaker:
    breaker = Breaker()
    for _ in range(THRESHOLD):
        assert breaker.admit(0)
        breaker.failed(0)
    return breaker


def test_it_opens_after_so_many_failures_in_a_row_and_no_sooner() -> None:
    breaker = Breaker()
    for _ in range(5):
        for _ in range(THRESHOLD - 1):
            breaker.failed(0)
        assert breaker.circuit(0) is Circuit.CLOSED
        breaker.succeeded()
    assert opened().circuit(0) is Circuit.OPEN


def test_one_trial_at_a_time_and_each_pause_is_longer() -> None:
    breaker, now, pauses = opened(), 0.0, []
    for _ in range(8):
        began = now
        while not breaker.admit(now):
            now += 1
        pauses.append(now - began)
        assert not breaker.admit(now), "a second one beside the trial"
        breaker.failed(now)
    assert pauses == [min(FIRST_PAUSE * 2**number, LONGEST_PAUSE) for number in range(8)]
    now += LONGEST_PAUSE
    assert breaker.admit(now)
    breaker.succeeded()
    assert all(breaker.admit(now) for _ in range(3))
    for _ in range(THRESHOLD):
        breaker.failed(now)
    assert not breaker.admit(now + FIRST_PAUSE - 1)
    assert breaker.admit(now + FIRST_PAUSE)


def test_a_trial_that_says_nothing_gives_way_to_another() -> None:
    breaker = opened()
    assert breaker.admit(FIRST_PAUSE)
    assert not breaker.admit(FIRST_PAUSE)
    breaker.undecided()
    assert breaker.admit(FIRST_PAUSE)
    assert not breaker.admit(FIRST_PAUSE + TRIAL - 1)
    assert breaker.admit(FIRST_PAUSE + TRIAL)  # nobody ever heard of that one


def test_a_pause_that_was_named_is_kept_within_bounds() -> None:
    breaker = Breaker()
    breaker.failed(0, at_once=True, pause=90)
    assert (breaker.circuit(89), breaker.circuit(90)) == (Circuit.OPEN, Circuit.HALF_OPEN)
    breaker.failed(90, pause=1e9)
    breaker.failed(91, pause=1)  # one more that was under way does not make it shorter
    assert (breaker.circuit(89 + LONGEST_PAUSE), breaker.circuit(90 + LONGEST_PAUSE)) == (
        Circuit.OPEN,
        Circuit.HALF_OPEN,
    )


def test_a_pause_of_nothing_is_one_all_the_same() -> None:
    breaker = Breaker()
    breaker.failed(0, at_once=True, pause=0)
    assert breaker.circuit(FIRST_PAUSE - 1) is Circuit.OPEN


def test_who_is_seen_to_answer_is_tried_at_once() -> None:
    breaker = opened()
    breaker.answers(1)
    assert breaker.circuit(1) is Circuit.HALF_OPEN
    assert (breaker.admit(1), breaker.admit(1)) == (True, False)


class Machine(RuleBasedStateMachine):
    """Whatever happens: closed means fewer failures in a row than it takes, open means nobody passes and an end in
    sight, half open means one passes at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.breaker, self.now, self.in_a_row = Breaker(), 0.0, 0
        self.trial_at: float | None = None

    @rule(seconds=st.floats(0, 2 * LONGEST_PAUSE))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def somebody_comes(self) -> None:
        circuit = self.breaker.circuit(self.now)
        passed = self.breaker.admit(self.now)
        if circuit is not Circuit.HALF_OPEN:
            assert passed is (circuit is Circuit.CLOSED)
            return
        alone = self.trial_at is None or self.now >= self.trial_at + TRIAL
        assert passed is alone
        if passed:
            self.trial_at = self.now

    @rule(at_once=st.booleans(), pause=st.none() | st.floats(0, 1e6))
    def fails(self, at_once: bool, pause: float | None) -> None:
        before = self.breaker.circuit(self.now)
        self.breaker.failed(self.now, at_once=at_once, pause=pause)
        self.in_a_row += 1
        after = self.breaker.circuit(self.now)
        if before is Circuit.CLOSED and not at_once and self.in_a_row < THRESHOLD:
            assert after is Circuit.CLOSED
        else:
            assert after is Circuit.OPEN
        if before is not Circuit.OPEN and after is Circuit.OPEN:
            self.trial_at = None

    @rule()
    def succeeds(self) -> None:
        self.breaker.succeeded()
        self.in_a_row, self.trial_at = 0, None
        assert self.breaker.circuit(self.now) is Circuit.CLOSED

    @rule()
    def says_nothing(self) -> None:
        self.breaker.undecided()
        self.trial_at = None

    @rule()
    def answers(self) -> None:
        self.breaker.answers(self.now)
        self.in_a_row = 0
        assert self.breaker.circuit(self.now) is not Circuit.OPEN

    @invariant()
    def an_end_is_in_sight(self) -> None:
        assert self.breaker.circuit(self.now + LONGEST_PAUSE) is not Circuit.OPEN


TestMachine = Machine.TestCase


def test_one_person_alone_does_not_open_it() -> None:
    breaker = Breaker()
    for _ in range(5 * THRESHOLD):
        breaker.failed(0, person=1)
    assert breaker.circuit(0) is Circuit.CLOSED
    breaker.failed(0, person=2)
    assert breaker.circuit(0) is Circuit.OPEN


def test_a_success_in_between_forgets_whose_failures_there_were() -> None:
    breaker = Breaker()
    for _ in range(5):
        breaker.failed(0, person=1)
        breaker.succeeded()
        breaker.failed(0, person=2)
        breaker.answers(0)
    assert breaker.circuit(0) is Circuit.CLOSED
