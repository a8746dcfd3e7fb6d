"""What is next follows from the rows alone: every combination of states, and every way through them."""

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.lifecycle.steps import Step, next_step
from storage.records import (
    OPEN_STATES,
    Draw,
    DrawState,
    Parameters,
    PlaceholderState,
    Request,
    RequestState,
)
from storage.repositories.requests import UNTOLD

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
OPEN_DRAWS = {DrawState.WAITING, DrawState.DRAWING}


def request(
    state: RequestState, placeholder: PlaceholderState = PlaceholderState.KNOWN, reason: str | None = None
) -> Request:
    return Request(
        id=1,
        source="s",
        chat_id=7,
        chat_kind="private",
        topic_id=None,
        reply_to=1,
        requester_id=1,
        parent_id=None,
        prompt="a fox",
        full_prompt="a fox",
        model="m",
        language="en",
        parameters=Parameters(),
        placeholder=placeholder,
        message_id=None,
        message_kind=None,
        state=state,
        reason=reason,
        attempt=0,
        asked_at=WHEN,
        accepted_at=WHEN,
    )


def draws(*states: DrawState) -> list[Draw]:
    return [Draw(number, 1, number, "m", 1, state, 0) for number, state in enumerate(states)]


W, D, N, F, C = DrawState.WAITING, DrawState.DRAWING, DrawState.DRAWN, DrawState.FAILED, DrawState.CANCELLED
NONE, SENDING = PlaceholderState.NONE, PlaceholderState.SENDING
KNOWN, SKIPPED = PlaceholderState.KNOWN, PlaceholderState.SKIPPED


@pytest.mark.parametrize(
    ("state", "placeholder", "of_draws", "step"),
    [
        (RequestState.WAITING, NONE, (W,), Step.SHOW_PLACEHOLDER),
        (RequestState.WAITING, SENDING, (W,), Step.WAIT_FOR_DRAWS),
        (RequestState.WAITING, KNOWN, (W, W), Step.WAIT_FOR_DRAWS),
        (RequestState.DRAWING, NONE, (D,), Step.SHOW_PLACEHOLDER),
        (RequestState.DRAWING, SKIPPED, (D,), Step.WAIT_FOR_DRAWS),
        (RequestState.DRAWING, KNOWN, (N, D), Step.WAIT_FOR_DRAWS),
        (RequestState.DRAWING, KNOWN, (F, W), Step.WAIT_FOR_DRAWS),
        (RequestState.DRAWING, KNOWN, (F,), Step.TELL_FAILURE),
        (RequestState.DRAWING, NONE, (F, F), Step.TELL_FAILURE),
        (RequestState.WAITING, KNOWN, (C,), Step.TELL_FAILURE),
        (RequestState.DRAWN, KNOWN, (N,), Step.DELIVER),
        (RequestState.DRAWN, NONE, (N, F), Step.DELIVER),
        (RequestState.DRAWN, SENDING, (N,), Step.DELIVER),
        (RequestState.DELIVERED, KNOWN, (N,), Step.DONE),
        (RequestState.FAILED, KNOWN, (F,), Step.DONE),
        (RequestState.UNDELIVERABLE, NONE, (C,), Step.DONE),
        (RequestState.CANCELLED, KNOWN, (C,), Step.DONE),
    ],
)
def test_what_is_next(
    state: RequestState, placeholder: PlaceholderState, of_draws: tuple[DrawState, ...], step: Step
) -> None:
    assert next_step(request(state, placeholder), draws(*of_draws)) is step


def test_a_cancellation_that_nobody_saw_is_told_whatever_became_of_its_draws() -> None:
    for of_draws in itertools.product(DrawState, repeat=2):
        cancelled = request(RequestState.CANCELLED, reason=UNTOLD)
        assert next_step(cancelled, draws(*of_draws)) is Step.TELL_CANCELLED


COMBINATIONS = list(
    itertools.product(
        RequestState,
        PlaceholderState,
        (None, UNTOLD, "internal"),
        [states for count in (0, 1, 2, 3) for states in itertools.combinations_with_replacement(DrawState, count)],
    )
)


def test_every_combination_of_states_has_one_step_and_no_other() -> None:
    """What rules hold for all of them, those included that no transition leads to."""
    seen = set()
    for state, placeholder, reason, of_draws in COMBINATIONS:
        step = next_step(request(state, placeholder, reason), draws(*of_draws))
        seen.add(step)
        where = (state, placeholder, reason, of_draws)
        if state not in OPEN_STATES:
            assert step in {Step.DONE, Step.TELL_CANCELLED}, where
            assert (step is Step.TELL_CANCELLED) == (state is RequestState.CANCELLED and reason == UNTOLD), where
            continue
        assert (step is Step.DELIVER) == (state is RequestState.DRAWN), where
        some_left = state is not RequestState.DRAWN and not OPEN_DRAWS.isdisjoint(of_draws)
        assert (step in {Step.SHOW_PLACEHOLDER, Step.WAIT_FOR_DRAWS}) == some_left, where
        if some_left:
            assert (step is Step.SHOW_PLACEHOLDER) == (placeholder is NONE), where
        assert step is not Step.DONE, where
    assert seen == set(Step)


def test_the_order_of_the_draws_is_of_no_account() -> None:
    for state, placeholder, reason, of_draws in COMBINATIONS:
        one = request(state, placeholder, reason)
        steps = {next_step(one, draws(*order)) for order in itertools.permutations(of_draws)}
        assert len(steps) == 1


# -- a model: what a person is owed ------------------------------------------------------------------------


@dataclass
class Model:
    """A request as its person sees it, and the rows as the drivers leave them."""

    request: Request
    draws: list[Draw]
    told: list[str] = field(default_factory=list)  # what the person was shown as its end

    def end_a_draw(self, which: int, state: DrawState) -> None:
        open_draws = [number for number, draw in enumerate(self.draws) if draw.state in OPEN_DRAWS]
        if not open_draws or self.request.state not in OPEN_STATES:
            return
        number = open_draws[which % len(open_draws)]
        self.draws[number] = replace(self.draws[number], state=state)
        if all(draw.state not in OPEN_DRAWS for draw in self.draws):
            if any(draw.state is DrawState.DRAWN for draw in self.draws):
                self._becomes(RequestState.DRAWN)
        else:
            self._becomes(RequestState.DRAWING)

    def cancel(self) -> None:
        if self.request.state in {RequestState.WAITING, RequestState.DRAWING}:
            self.request = replace(self.request, state=RequestState.CANCELLED, reason=UNTOLD)
            self.draws = [replace(d, state=DrawState.CANCELLED) if d.state in OPEN_DRAWS else d for d in self.draws]

    def perform(self, step: Step) -> bool:
        """What a driver does; whether it goes on."""
        match step:
            case Step.SHOW_PLACEHOLDER:
                assert self.request.state in OPEN_STATES
                self.request = replace(self.request, placeholder=PlaceholderState.KNOWN)
            case Step.DELIVER:
                self.told.append("picture")
                self._becomes(RequestState.DELIVERED)
            case Step.TELL_FAILURE:
                self.told.append("failure")
                self._becomes(RequestState.FAILED)
            case Step.TELL_CANCELLED:
                self.told.append("cancelled")
                self.request = replace(self.request, reason=None)
            case Step.WAIT_FOR_DRAWS | Step.DONE:
                return False
        return True

    def drive(self) -> None:
        for _ in range(10):
            if not self.perform(next_step(self.request, self.draws)):
                return
        raise AssertionError("it never ends")

    def _becomes(self, state: RequestState) -> None:
        self.request = replace(self.request, state=state)


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("end"), st.integers(0, 7), st.sampled_from([DrawState.DRAWN, DrawState.FAILED])),
        st.tuples(st.just("cancel"), st.just(0), st.just(DrawState.CANCELLED)),
        st.tuples(st.just("drive"), st.just(0), st.just(DrawState.WAITING)),  # a crash and a start are nothing else
    ),
    max_size=20,
)


@given(st.integers(1, 4), EVENTS)
def test_whenever_it_is_driven_everybody_is_told_once(count: int, events: list[tuple[str, int, DrawState]]) -> None:
    """Draws end, people cancel, and drivers come by, in any order: at last there is one end, and the right one."""
    model = Model(request(RequestState.WAITING, PlaceholderState.NONE), draws(*[DrawState.WAITING] * count))
    for event, which, state in events:
        if event == "end":
            model.end_a_draw(which, state)
        elif event == "cancel":
            model.cancel()
        else:
            model.drive()
        assert len(model.told) <= 1
    while any(draw.state in OPEN_DRAWS for draw in model.draws):
        model.end_a_draw(0, DrawState.FAILED)
    model.drive()
    drawn = any(draw.state is DrawState.DRAWN for draw in model.draws)
    cancelled = model.request.state is RequestState.CANCELLED
    assert model.told == ["cancelled" if cancelled else "picture" if drawn else "failure"]
    assert next_step(model.request, model.draws) is Step.DONE
