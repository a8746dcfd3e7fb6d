"""A process dies anywhere on the way; the next one over the same database goes on there."""

import asyncio
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import pytest

from bot.jobs.contracts import Accepted
from bot.telegram.outbox.outbox import Shown
from providers.errors import ContentRejected, Unavailable
from providers.events import Event, ImageResponse, Reasoning, Ticket
from providers.request import ImageRequest
from storage import Database, StorageUnavailable
from storage.records import DrawState, Limits, NewRequest, Parameters, PlaceholderState, RequestState
from storage.repositories.draws import Draws
from storage.repositories.requests import Requests
from tests.bot.jobs.bench import (
    PATIENCE,
    Backend,
    Bench,
    Gate,
    MakeBench,
    Scripted,
    Telegram,
    eventually,
    picture_url,
    png,
)


def new_request(**changes: object) -> NewRequest:
    given: dict[str, object] = {
        "source": "message:7:1:0",
        "chat_id": 7,
        "requester_id": 1,
        "prompt": "a fox",
        "model": "scripted",
        "seeds": (42,),
        "language": "en",
        "asked_at": datetime(2026, 1, 1, tzinfo=UTC),
        "parameters": Parameters(),
        "full_prompt": "a fox",
        "reply_to": 1,
    }
    return NewRequest(**{**given, **changes})  # type: ignore[arg-type]  # fields of NewRequest


async def known(bench: Bench) -> None:
    """Wait until the placeholder's id is stored: this process knows it a little earlier."""
    deadline = time.monotonic() + PATIENCE
    while (await bench.request()).placeholder is not PlaceholderState.KNOWN:
        assert time.monotonic() < deadline, "never: the placeholder's id is stored"
        await asyncio.sleep(0.002)


async def test_killed_after_acceptance(make: MakeBench, db: Database, telegram: Telegram) -> None:
    async with db.transaction() as unit:
        await unit.requests.accept(new_request())
    bench = await make()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
    assert telegram.only.edits[0] in {"starting", "queued, place 1"}


async def test_killed_while_the_placeholder_was_sent(make: MakeBench, telegram: Telegram, backend: Backend) -> None:
    gate, hold = Gate(), Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await hold()
        yield ImageResponse([picture_url()])

    backend.script = script
    telegram.answers["placeholder"] = gate  # it is there, and nobody learns its id
    bench = await make()
    await bench.accepted()
    await eventually(lambda: telegram.messages and hold.waiting)
    await bench.kill()
    assert (await bench.request()).placeholder is PlaceholderState.SENDING
    telegram.answers.clear()
    hold.open()
    bench = await make()
    await bench.until(RequestState.DELIVERED)
    # The documented residue: the picture is sent anew, and the placeholder stays until it is pressed.
    assert [message.kind for message in telegram.messages.values()] == ["text", "photo"]
    await bench.service.heal(1, Shown(100, "text"))
    assert telegram.messages[100].text == "ended: delivered"


async def test_killed_while_drawing(make: MakeBench, telegram: Telegram, backend: Backend) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make()
    await bench.accepted(seed=42)
    await eventually(lambda: gate.waiting == 1)
    await known(bench)
    await bench.kill()
    assert (await bench.draws())[0].state is DrawState.DRAWING
    gate.open()
    bench = await make()
    await bench.until(RequestState.DELIVERED)
    assert [request.seed for request in backend.requests] == [42, 42]
    assert telegram.only.kind == "photo"
    assert (await bench.draws())[0].attempt == 2


@pytest.mark.parametrize("graceful", [False, True])
async def test_a_job_goes_on_by_its_ticket(
    make: MakeBench, telegram: Telegram, backend: Backend, graceful: bool
) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Ticket("job 1")
        yield Reasoning("working")
        await gate()

    async def resumed(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImageResponse([picture_url("blue")])

    backend.script, backend.resumed_script = script, resumed
    bench = await make()
    await bench.accepted()
    await eventually(lambda: backend.running == 1)
    await known(bench)
    await bench.until_shown("working")
    if graceful:
        await bench.stop(0)
        assert (backend.cancelled, backend.detached) == (0, 1)
        [draw] = await bench.draws()
        assert (draw.state, draw.ticket) == (DrawState.WAITING, "job 1")
        assert (await bench.request()).state is RequestState.WAITING
    await bench.kill()
    bench = await make()
    await bench.until(RequestState.DELIVERED)
    assert backend.resumed == ["job 1"]
    assert len(backend.requests) == 1
    assert telegram.only.picture == png("blue")


@pytest.mark.parametrize("why", [Unavailable("unknown job"), ContentRejected("no foxes")])
async def test_a_job_that_cannot_be_resumed_is_drawn_again_unless_it_was_refused(
    make: MakeBench, telegram: Telegram, backend: Backend, why: Exception
) -> None:
    async def resumed(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        raise why
        yield

    backend.resumed_script = resumed
    bench = await make()
    await bench.kill()
    async with bench.db.transaction() as unit:
        await unit.requests.accept(new_request())
        [(draw, _)] = await unit.draws.admit(Limits(5, 5))
        await unit.draws.set_ticket(draw.id, draw.attempt, "job 1")
    bench = await make()
    if isinstance(why, ContentRejected):
        await bench.until(RequestState.FAILED)
        assert backend.requests == []
    else:
        await bench.until(RequestState.DELIVERED)
        assert [request.seed for request in backend.requests] == [42]


async def test_a_cut_stream_is_resumed_rather_than_drawn_again(
    make: MakeBench, telegram: Telegram, backend: Backend
) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Ticket("job 1")
        raise Unavailable("cut")

    async def resumed(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImageResponse([picture_url()])

    backend.script, backend.resumed_script = script, resumed
    bench = await make()
    await bench.accepted()
    await bench.until(RequestState.DELIVERED)
    assert (len(backend.requests), backend.resumed) == (1, ["job 1"])


@pytest.mark.parametrize("effect", [False, True])
async def test_killed_while_delivering(make: MakeBench, telegram: Telegram, backend: Backend, effect: bool) -> None:
    gate = Gate()
    (telegram.answers if effect else telegram.gates)["final"] = gate
    bench = await make()
    await bench.accepted()
    await eventually(lambda: gate.waiting == 1)
    await bench.kill()
    first = await bench.request()
    assert first.state is RequestState.DRAWN
    telegram.answers.clear()
    telegram.gates.clear()
    bench = await make()
    request = await bench.until(RequestState.DELIVERED)
    assert request.attempt > first.attempt > 0, "raised by both"
    assert telegram.only.kind == "photo"
    assert len(backend.requests) == 1


async def test_killed_between_the_last_failure_and_its_telling(
    make: MakeBench, telegram: Telegram, backend: Backend
) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        raise ContentRejected("no foxes")
        yield

    backend.script = script
    gate = telegram.gates["card"] = Gate()
    bench = await make()
    await bench.accepted()
    await eventually(lambda: gate.waiting == 1)
    await bench.kill()
    telegram.gates.clear()
    bench = await make()
    assert (await bench.until(RequestState.FAILED)).reason == "content"
    assert telegram.only.text == "failed: content no foxes", "its words survive as well"


async def test_an_update_delivered_again_after_the_kill_changes_nothing(make: MakeBench, telegram: Telegram) -> None:
    gate = telegram.gates["final"] = Gate()
    bench = await make()
    await bench.accepted()
    await eventually(lambda: gate.waiting == 1)
    await bench.kill()
    telegram.gates.clear()
    bench = await make()
    again = await bench.ask()
    assert isinstance(again, Accepted)
    assert not again.created
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_a_model_that_is_no_longer_there(make: MakeBench, db: Database, telegram: Telegram) -> None:
    async with db.transaction() as unit:
        await unit.requests.accept(new_request(model="gone"))
    bench = await make()
    assert (await bench.until(RequestState.FAILED)).reason == "model-gone"
    assert telegram.only.text == "failed: model-gone"


async def test_what_finishes_within_the_grace_is_delivered(
    make: MakeBench, telegram: Telegram, backend: Backend
) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make(max_jobs=1)
    await bench.accepted(source="a")
    await eventually(lambda: gate.waiting == 1)
    await bench.accepted(source="b")
    stopping = asyncio.create_task(bench.stop(20))
    await asyncio.sleep(0)
    gate.open()
    await stopping
    assert (await bench.request(1)).state is RequestState.DELIVERED
    assert (await bench.request(2)).state is RequestState.WAITING
    assert len(backend.requests) == 1


async def test_a_lost_fence_changes_and_shows_nothing(make: MakeBench, telegram: Telegram, backend: Backend) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make()
    await bench.accepted()
    await bench.until_shown("starting")
    await eventually(lambda: gate.waiting == 1)
    async with bench.db.transaction() as unit:  # somebody else takes the draw over
        await unit.draws.hand_back(1, 1)
        await unit.draws.admit(Limits(5, 5))
    gate.open()
    await eventually(lambda: not backend.running)
    await eventually(lambda: (active := bench.active()) is not None and active.progress.quiet, "the loss is noticed")
    [draw] = await bench.draws()
    assert (draw.state, draw.attempt) == (DrawState.DRAWING, 2)
    assert await bench.pictures() == []
    edits = list(telegram.only.edits)
    await bench.clock.advance(30)
    assert telegram.only.edits == edits
    assert telegram.only.kind == "text"


async def test_a_lost_fence_leaves_the_back_ends_job_alone(
    make: MakeBench, telegram: Telegram, backend: Backend
) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gate()
        yield Ticket("job 1")
        yield Reasoning("never heard")

    backend.script, backend.resumed_script = script, script
    bench = await make()
    await bench.accepted()
    await eventually(lambda: gate.waiting == 1)
    async with bench.db.transaction() as unit:
        await unit.draws.hand_back(1, 1)
        await unit.draws.admit(Limits(5, 5))
    gate.open()
    await eventually(lambda: backend.detached == 1)
    assert backend.cancelled == 0
    assert (await bench.draws())[0].ticket is None


async def test_what_was_drawn_waits_for_a_database_that_is_away(
    make: MakeBench, telegram: Telegram, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draw is not stored for so long that it is given up: it is handed back and drawn again."""
    stored = Draws.drawn
    away = True

    async def drawn(self: Draws, *args: object) -> object:
        if away:
            raise StorageUnavailable("the disk is full")
        return await stored(self, *args)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Draws, "drawn", drawn)
    bench = await make()
    await bench.accepted()
    await eventually(lambda: len(backend.requests) > 1, "given up, and drawn again")
    away = False
    await bench.clock.advance(6)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_a_picture_that_was_sent_is_not_sent_twice_when_its_row_cannot_be_written(
    make: MakeBench, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = Requests.finish
    away = [True]

    async def finished(self: Requests, *args: object, **kwargs: object) -> bool:
        if away:
            away.pop()
            raise StorageUnavailable("the disk is full")
        return await finish(self, *args, **kwargs)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Requests, "finish", finished)
    telegram.skip = True  # no placeholder: the picture is sent, and a second time it would be there twice
    bench = await make()
    await bench.accepted()
    await eventually(lambda: not away and telegram.calls.count("final") == 1)
    await bench.settle()
    await bench.clock.advance(6)
    await bench.until(RequestState.DELIVERED)
    assert telegram.calls.count("final") == 1
    assert telegram.only.kind == "photo"


async def test_killed_between_a_cancellation_and_its_card(
    make: MakeBench, db: Database, telegram: Telegram, backend: Backend
) -> None:
    hold, gate = Gate(), Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await hold()
        yield ImageResponse([picture_url()])

    backend.script = script
    telegram.gates["card"] = gate
    bench = await make()
    await bench.accepted()
    await eventually(lambda: hold.waiting == 1)
    await known(bench)
    cancelling = asyncio.create_task(bench.service.cancel_newest(7, 1))
    await eventually(lambda: gate.waiting == 1)
    cancelling.cancel()
    await bench.kill()
    assert (await bench.request()).state is RequestState.CANCELLED
    assert telegram.only.text != "cancelled"
    telegram.gates.clear()
    bench = await make()
    await eventually(lambda: telegram.only.text == "cancelled")
    await eventually(lambda: not bench.jobs.active)
    assert (await bench.request()).reason is None
    calls = len(telegram.calls)
    bench = await make()  # once is enough
    await bench.clock.advance(1)
    assert len(telegram.calls) == calls


async def test_an_end_that_can_never_be_stored_is_told_and_not_drawn_for_ever(
    make: MakeBench, telegram: Telegram, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise TypeError("a mistake of ours")

    monkeypatch.setattr(Draws, "drawn", broken)
    monkeypatch.setattr(Draws, "failed", broken)
    bench = await make()
    await bench.accepted()
    await bench.until(RequestState.FAILED)
    assert telegram.only.text == "failed: internal"
    assert len(backend.requests) == 1
    assert [draw.state for draw in await bench.draws()] == [DrawState.CANCELLED]


async def stopping(bench: Bench, placeholder: Gate, draw: Gate) -> asyncio.Task[None]:
    """The process stops while the placeholder is held there and the draw runs."""
    await bench.accepted()
    await eventually(lambda: placeholder.waiting == 1 and draw.waiting == 1)
    stop = asyncio.create_task(bench.stop(0))
    await eventually(lambda: (active := bench.active()) is not None and active.placeholder.recall.called_back)
    return stop


async def test_a_placeholder_on_its_way_is_known_before_the_process_stops(
    make: MakeBench, telegram: Telegram, gate: Gate
) -> None:
    """Its answer would be lost, and it would stand there for ever beside the picture."""
    answer = telegram.answers["placeholder"] = Gate()
    bench = await make()
    stop = await stopping(bench, answer, gate)
    assert not stop.done()
    answer.open()
    await stop
    request = await bench.request()
    assert (request.placeholder, request.message_id) == (PlaceholderState.KNOWN, 100)
    await bench.kill()
    gate.open()
    bench = await make()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_a_placeholder_that_waits_for_its_turn_is_called_back_when_the_process_stops(
    make: MakeBench, telegram: Telegram, gate: Gate
) -> None:
    turn = telegram.gates["placeholder"] = Gate()
    bench = await make()
    stop = await stopping(bench, turn, gate)
    turn.open()
    await stop
    assert (await bench.request()).placeholder is PlaceholderState.SKIPPED
    assert telegram.messages == {}
