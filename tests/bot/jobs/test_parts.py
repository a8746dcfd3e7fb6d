"""The small parts: statuses of several draws as one, hostile lines, the owner of tasks."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.contracts import DrawStatus, Phase, clean
from bot.jobs.lifecycle.active_requests import ActiveRequest, DrawLine
from bot.jobs.lifecycle.outcomes import failure_of
from bot.jobs.supervisor import Supervisor
from providers.errors import ContentRejected, QuotaExceeded, Unavailable
from providers.events import Reasoning
from storage.records import Draw, DrawState, Parameters, PlaceholderState, Request, RequestState

WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def request() -> Request:
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
        model="scripted",
        language="en",
        parameters=Parameters(),
        placeholder=PlaceholderState.NONE,
        message_id=None,
        message_kind=None,
        state=RequestState.WAITING,
        reason=None,
        attempt=0,
        asked_at=WHEN,
        accepted_at=WHEN,
    )


def live(*lines: DrawLine) -> ActiveRequest:
    draws = [Draw(number, 1, number, "m", 1, DrawState.WAITING, 0) for number in range(len(lines))]
    made = ActiveRequest(request(), draws)
    made.lines = dict(enumerate(lines))
    return made


async def test_all_draws_as_one_status() -> None:
    waiting = live(DrawLine(), DrawLine())
    waiting.position = 3
    assert waiting.status(0) == DrawStatus(Phase.QUEUED, position=3, total=2)
    assert live(DrawLine(Phase.STARTING), DrawLine()).status(0).phase is Phase.STARTING
    half = DrawLine()
    half.tell(Reasoning("half", progress=0.5, eta=3))
    assert live(half, DrawLine()).status(0) == DrawStatus(Phase.DRAWING, progress=0.25, status="half", eta=3, total=2)
    retrying = DrawLine(Phase.RETRYING, attempt=2)
    assert live(half, retrying).status(0).phase is Phase.DRAWING
    assert live(retrying, DrawLine(ended=True)).status(0) == DrawStatus(
        Phase.RETRYING, progress=0.5, attempt=2, done=1, total=2
    )
    assert live(DrawLine(ended=True)).status(0).phase is Phase.SENDING


@pytest.mark.parametrize(("progress", "told"), [(1.7, 1.0), (-3.0, 0.0), (float("nan"), None), (float("inf"), 1.0)])
async def test_a_back_ends_numbers_are_not_believed(progress: float, told: float | None) -> None:
    line = DrawLine()
    line.tell(Reasoning("x", progress=progress))
    assert live(line).status(0).progress == told


async def test_only_one_may_end_a_request() -> None:
    one = live(DrawLine())
    assert one.end()
    assert not one.end()
    one.reopen()
    assert one.end()


async def test_the_first_answer_of_a_placeholder_counts() -> None:
    one = live(DrawLine())
    one.answer(None)
    one.answer(None)
    assert await one.answered() is None


async def test_waiting_for_a_placeholder_can_be_cancelled_without_harm() -> None:
    one = live(DrawLine())
    waiting = asyncio.ensure_future(one.answered())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert not one.placeholder.done()


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
    shown = clean(text, length)
    if shown is not None:
        assert 0 < len(shown) <= length
        assert shown.replace("\u200c", "").replace("\u200d", "").isprintable()


def test_what_people_learn_of_an_error() -> None:
    assert failure_of(Unavailable("http://10.0.0.1 refused")).detail is None
    assert failure_of(ContentRejected("no\nfoxes")).detail == "no foxes"
    assert failure_of(QuotaExceeded("later", retry_after=90)).retry_after == 90
    assert failure_of(ZeroDivisionError("secret")) == failure_of(KeyError("other"))


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
