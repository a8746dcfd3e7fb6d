"""The small parts: statuses of several draws as one, hostile lines, the owner of tasks."""

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.contracts import DrawStatus, Phase, clean, one_line
from bot.jobs.lifecycle.active_requests import EndClaim, PlaceholderMessage
from bot.jobs.lifecycle.reasons import failure_of, told
from bot.jobs.lifecycle.request_progress import RequestProgress
from bot.jobs.supervisor import Supervisor
from bot.telegram.outbox.outbox import Shown
from providers.errors import ContentRejected, QuotaExceeded, Unavailable
from providers.events import Reasoning
from storage.records import Draw, DrawState


def draw(number: int, state: DrawState = DrawState.WAITING) -> Draw:
    return Draw(number, 1, number, "m", 1, state, 0)


def progress(count: int, *ended: int) -> RequestProgress:
    """Of a request of so many draws; `ended` are the numbers of those that are drawn."""
    states = dict.fromkeys(ended, DrawState.DRAWN)
    return RequestProgress([draw(number, states.get(number, DrawState.WAITING)) for number in range(count)])


def test_all_draws_as_one_status() -> None:
    waiting = progress(2)
    waiting.position = 3
    assert waiting.status(0) == DrawStatus(Phase.QUEUED, position=3, total=2)
    waiting.admitted()
    assert waiting.status(0).phase is Phase.STARTING
    half = progress(2)
    half.told(0, Reasoning("half", progress=0.5, eta=3))
    assert half.status(0) == DrawStatus(Phase.DRAWING, progress=0.25, status="half", eta=3, total=2)
    half.retrying(1, 2)
    assert half.status(0).phase is Phase.DRAWING
    retrying = progress(2, 1)
    retrying.started(draw(0), 10.0)
    retrying.retrying(0, 2)
    assert retrying.status(14.0) == DrawStatus(Phase.RETRYING, progress=0.5, elapsed=4.0, attempt=2, done=1, total=2)
    assert progress(1, 0).status(0).phase is Phase.SENDING


@pytest.mark.parametrize(("said", "shown"), [(1.7, 1.0), (-3.0, 0.0), (float("nan"), None), (float("inf"), 1.0)])
def test_a_back_ends_numbers_are_not_believed(said: float, shown: float | None) -> None:
    one = progress(1)
    one.told(0, Reasoning("x", progress=said))
    assert one.status(0).progress == shown


def test_only_one_may_end_a_request() -> None:
    claim = EndClaim(attempt=0)
    assert claim.take()
    assert not claim.take()
    claim.give_back()
    assert claim.take()


def test_a_claim_is_held_from_the_commit_until_somebody_else_raises_it() -> None:
    claim = EndClaim(attempt=3)
    assert not claim.held
    assert not claim.raising()
    assert claim.raising(), "the answer to the first try was lost"
    assert not claim.held
    claim.raised(4)
    assert claim.held
    claim.know(4)
    assert claim.held
    claim.know(5)
    assert (claim.held, claim.attempt) == (False, 5)


def test_one_at_a_time_drives_a_request() -> None:
    claim = EndClaim(attempt=0)
    assert claim.drive()
    assert not claim.drive()
    claim.let_go()
    assert claim.drive()
    claim.let_go()
    claim.finished = True
    assert not claim.drive()


async def test_the_first_answer_of_a_placeholder_counts() -> None:
    one = PlaceholderMessage()
    one.answer(None)
    one.answer(Shown(7))
    assert await one.answered() is None


async def test_waiting_for_a_placeholder_can_be_cancelled_without_harm() -> None:
    one = PlaceholderMessage()
    waiting = asyncio.ensure_future(one.answered())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert not one.is_answered


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("step 1\nof 2\t", "step 1 of 2"),
        ("\u202eevil\u202c", "evil"),
        ("a\x00b\x1b[31m", "a b [31m"),
        ("👩‍👩‍👧 <b>", "👩‍👩‍👧 <b>"),
        ("  \n ", None),
        ("", None),
        (None, None),
    ],
)
def test_a_back_ends_line_is_made_harmless(line: str | None, shown: str | None) -> None:
    assert clean(line) == shown


@given(st.text(max_size=2000), st.integers(1, 300))
def test_any_line_is_short_and_one_line(text: str, length: int) -> None:
    shown = one_line(text, length)
    if shown is not None:
        assert 0 < len(shown) <= length
        assert shown.replace("\u200c", "").replace("\u200d", "").isprintable()


def test_what_people_learn_of_an_error() -> None:
    assert told(failure_of(Unavailable("http://10.0.0.1 refused"))).detail is None
    assert told(failure_of(ContentRejected("no\nfoxes"))).detail == "no foxes"
    assert told(failure_of(QuotaExceeded("later", retry_after=90))).retry_after == 90
    assert told(failure_of(ZeroDivisionError("secret"))) == told(failure_of(KeyError("other")))


def test_what_operators_learn_of_it() -> None:
    assert failure_of(Unavailable("http://10.0.0.1 refused")).detail == "http://10.0.0.1 refused"
    assert failure_of(ZeroDivisionError("secret")).detail == "ZeroDivisionError"


async def test_the_supervisor_logs_failures_and_forgets(caplog: pytest.LogCaptureFixture) -> None:
    supervisor = Supervisor()

    async def fails() -> None:
        raise ValueError("oops")

    with caplog.at_level(logging.ERROR):
        task = supervisor.spawn(fails(), name="the one that fails")
        await asyncio.wait([task])
        await asyncio.sleep(0)
    assert "the one that fails" in caplog.text
    assert len(supervisor) == 0


async def test_the_supervisor_ends_what_runs() -> None:
    supervisor = Supervisor()
    task = supervisor.spawn(asyncio.sleep(1000), name="sleeper")
    await supervisor.close()
    assert task.cancelled()
    with pytest.raises(RuntimeError, match="no task"):
        supervisor.spawn(asyncio.sleep(0), name="late")
