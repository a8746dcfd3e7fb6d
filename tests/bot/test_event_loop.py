"""How a stop ends."""

import threading

from bot.event_loop import STOP_SECONDS, StopDeadline


def test_a_stop_that_hangs_is_ended() -> None:
    ended = threading.Event()
    codes: list[int] = []

    def end(code: int) -> None:
        codes.append(code)
        ended.set()

    with StopDeadline(0.01, end) as deadline:
        deadline.begin()
        deadline.begin()
        assert ended.wait(30)
    assert codes == [1]


def test_a_stop_in_time_is_left_alone() -> None:
    codes: list[int] = []
    with StopDeadline(STOP_SECONDS, codes.append) as deadline:
        deadline.begin()
    assert codes == []
    assert STOP_SECONDS < 45, "what systemd, compose and Kubernetes wait"
