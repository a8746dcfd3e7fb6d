"""The window is exact for a server that counts each call somewhere between its departure and its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.rate_limit.sliding_window import GUARD, Window


def most_in_any(span: float, moments: list[float]) -> int:
    """The largest number of moments in any half-open span."""
    moments = sorted(moments)
    return max((sum(first <= other < first + span for other in moments) for first in moments), default=0)


def test_opens_when_the_oldest_falls_out() -> None:
    window = Window(2, 10.0)
    for moment in (0.0, 1.0):
        assert window.opening(moment) == moment
        window.settle(window.take(moment), moment)
    assert window.opening(5.0) == pytest.approx(10.0 + GUARD)
    assert window.opening(10.1) == 10.1


def test_a_share_is_smaller_than_the_window() -> None:
    window = Window(5, 10.0)
    for moment in (0.0, 1.0, 2.0):
        window.settle(window.take(moment), moment)
    assert window.opening(3.0) == 3.0
    assert window.opening(3.0, limit=2) == pytest.approx(11.0 + GUARD)


def test_a_call_under_way_holds_its_place_and_one_that_never_left_gives_it_back() -> None:
    window = Window(1, 1.0, overdue=5.0)
    number = window.take(0.0)
    assert window.opening(3.0) == pytest.approx(6.0 + GUARD)
    window.give_back(number)
    assert window.opening(3.0) == 3.0


def test_a_call_that_is_never_answered_is_let_go() -> None:
    window = Window(1, 1.0, overdue=5.0)
    window.take(0.0)
    assert window.opening(6.0) > 6.0
    assert window.opening(6.1) == 6.1
    assert window.empty_at(7.0) == 7.0


@given(
    limit=st.integers(1, 6),
    span=st.floats(0.5, 60),
    gaps=st.lists(
        st.tuples(st.floats(0, 5), st.floats(0, 4), st.floats(0, 1)), min_size=1, max_size=60
    ),  # time between attempts, latency, where within the latency the server counts
)
def test_no_window_of_the_server_ever_holds_more(
    limit: int, span: float, gaps: list[tuple[float, float, float]]
) -> None:
    window, now, counted = Window(limit, span), 0.0, list[float]()
    answers: list[tuple[float, int]] = []
    for gap, latency, where in gaps:
        now += gap
        while True:
            for answer in sorted(answers):
                if answer[0] <= now:
                    window.settle(answer[1], answer[0])
                    answers.remove(answer)
            if window.opening(now) <= now:
                break
            now = min([window.opening(now), *(moment for moment, _ in answers if moment > now)])
        answers.append((now + latency, window.take(now)))
        counted.append(now + latency * where)
    assert most_in_any(span, counted) <= limit
