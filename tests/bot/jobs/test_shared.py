"""Several processes on one PostgreSQL: who accepts need not draw, and who draws may die."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from functools import partial

import pytest
import structlog
import structlog.testing

from bot.jobs.distributed.leases import Lease, Leases
from bot.jobs.distributed.remote_requests import RemoteRequests
from bot.jobs.service import CancelResult
from bot.jobs.settings import Policies
from bot.telegram.errors import Outcome
from bot.telegram.not_sent import Withdrawn
from bot.telegram.outbox.outbox import Card, DeliveryFailed, FinalPicture
from providers.errors import ContentRejected
from providers.events import Event, ImageResponse, Reasoning, Ticket
from providers.request import ImageRequest
from storage import Database
from storage.records import DrawState, Limits, PlaceholderState, RequestState
from storage.repositories.requests import UNTOLD
from storage.repositories.signals import ENDED
from tests.bot.jobs.bench import (
    CHAT,
    PATIENCE,
    Backend,
    Gate,
    MakeBench,
    Script,
    Scripted,
    Telegram,
    eventually,
    picture_url,
)
from tests.bot.jobs.test_recovery import new_request
from tests.clock import FakeClock


def held(gate: Gate) -> Script:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Ticket("job 1")
        yield Reasoning("working")
        await gate()
        yield ImageResponse([picture_url()])

    return script


async def queued(db: Database) -> int:
    async with db.read() as unit:
        return await unit.dispatch.queued()


async def test_one_accepts_and_another_draws(make_shared: MakeBench, telegram: Telegram, shared_db: Database) -> None:
    front, worker = await make_shared(draws_here=0), await make_shared()
    await front.accepted()
    await front.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
    assert (telegram.calls[0], telegram.calls[-1]) == ("placeholder", "final")
    # A front that does not listen yet hears of no end: it looks by itself, as time passes.
    await eventually(
        lambda: not len(front.jobs.active) and not len(worker.jobs.active), "empty boards", passing=front.clock
    )
    async with asyncio.timeout(PATIENCE):
        while await queued(shared_db):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def test_without_anybody_who_draws_it_waits(make_shared: MakeBench, telegram: Telegram) -> None:
    front = await make_shared(draws_here=0)
    await front.accepted()
    await front.until_shown("queued, place 1")
    assert (await front.request()).state is RequestState.WAITING
    await make_shared()
    await front.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_a_failure_with_its_words(make_shared: MakeBench, backend: Backend, telegram: Telegram) -> None:
    async def refused(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        raise ContentRejected("no foxes")
        yield

    backend.script = refused
    front = await make_shared(draws_here=0)
    await make_shared()
    await front.accepted()
    await front.until(RequestState.FAILED)
    assert telegram.only.text == "failed: content no foxes"


async def test_what_a_worker_logs_names_the_request(make_shared: MakeBench, backend: Backend) -> None:
    about: list[dict[str, object]] = []

    async def told(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        about.append(structlog.contextvars.get_contextvars())
        yield ImageResponse([picture_url()])

    backend.script = told
    front = await make_shared(draws_here=0)
    await make_shared()
    accepted = await front.accepted()
    await front.until(RequestState.DELIVERED)
    assert [context.get("request") for context in about] == [accepted.id]


async def test_limits_hold_over_all(make_shared: MakeBench, backend: Backend, telegram: Telegram) -> None:
    gate = Gate()
    backend.script = held(gate)
    benches = [await make_shared(max_jobs_per_user=2, max_queued_per_user=9) for _ in range(3)]
    for number in range(6):
        await benches[number % 3].accepted(source=f"message:7:{number}:0")
    await eventually(lambda: backend.running == 2)
    await asyncio.sleep(0.1)
    assert backend.running == 2
    gate.open()
    for number in range(1, 7):
        await benches[0].until(RequestState.DELIVERED, number)
    assert backend.most == 2
    assert len(backend.requests) == 6


async def test_what_nobody_has_room_for_waits(make_shared: MakeBench, backend: Backend) -> None:
    """Else it would stand in a queue that knows no fairness."""
    gate = Gate()
    backend.script = held(gate)
    front = await make_shared(draws_here=0)
    await make_shared(draws_here=1)
    for number in range(3):
        await front.accepted(source=f"message:7:{number}:0", user=number + 1)
    await eventually(lambda: backend.running == 1)
    states = [(await front.request(number)).state for number in (1, 2, 3)]
    assert states.count(RequestState.WAITING) == 2
    gate.open()
    for number in (1, 2, 3):
        await front.until(RequestState.DELIVERED, number)


async def test_cancelled_from_another_process(make_shared: MakeBench, backend: Backend, telegram: Telegram) -> None:
    backend.script = held(Gate())
    front, _ = await make_shared(draws_here=0), await make_shared()
    third = await make_shared(draws_here=0)
    request = await front.accepted()
    await front.until_shown("working")
    assert await third.service.cancel(request.id, by=1, admin=False) is CancelResult.CANCELLED
    assert telegram.only.text == "cancelled"
    await eventually(lambda: backend.cancelled == 1, "cancelled at the back-end")
    assert (await front.request()).reason is None  # told
    await asyncio.sleep(0.05)
    assert telegram.only.text == "cancelled"


async def test_an_edit_on_its_way_does_not_stay_over_a_cancellation(
    make_shared: MakeBench, backend: Backend, telegram: Telegram
) -> None:
    gate = telegram.gates["progress"] = Gate()
    backend.script = held(Gate())
    front, _ = await make_shared(draws_here=0), await make_shared()
    request = await front.accepted()
    await eventually(lambda: gate.waiting)  # it has left, and has no effect yet
    await front.service.cancel(request.id, by=1, admin=False)
    assert telegram.only.text == "cancelled"
    gate.open()
    await eventually(lambda: len(telegram.only.edits) > 2 and telegram.only.edits[-1] == "cancelled")
    assert telegram.only.edits.count("cancelled") > 1


async def test_an_edit_that_came_through_before_the_cancellation_was_heard_of_does_not_stay(
    make_shared: MakeBench, backend: Backend, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is slow to tell of it."""
    signals: list[Callable[[], None]] = []
    hear = RemoteRequests.told

    def told(remote: RemoteRequests, word: str, request_id: int) -> None:
        if word == ENDED:
            signals.append(partial(hear, remote, word, request_id))
        else:
            hear(remote, word, request_id)

    monkeypatch.setattr(RemoteRequests, "told", told)
    gate = telegram.gates["progress"] = Gate()
    backend.script = held(Gate())
    front, _ = await make_shared(draws_here=0), await make_shared()
    request = await front.accepted()
    await eventually(lambda: gate.waiting)
    await front.service.cancel(request.id, by=1, admin=False)
    gate.open()
    await eventually(lambda: len(telegram.only.edits) > 2, "the edit comes after the end")
    assert telegram.only.edits[2] != "cancelled"  # who draws looks by itself as well, and may have shown it again
    await eventually(lambda: signals)
    for signal in signals:
        signal()
    await eventually(lambda: telegram.only.text == "cancelled")


async def test_stopped_in_order_it_hands_its_draws_over(
    make_shared: MakeBench, backend: Backend, telegram: Telegram
) -> None:
    gate = Gate()

    async def resumed(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImageResponse([picture_url("blue")])

    backend.script, backend.resumed_script = held(gate), resumed
    front, first = await make_shared(draws_here=0), await make_shared()
    await front.accepted()
    await front.until_shown("working")
    await make_shared()
    await first.stop(0)
    assert (backend.cancelled, backend.detached) == (0, 1)
    await front.until(RequestState.DELIVERED)
    assert backend.resumed == ["job 1"]
    assert telegram.only.kind == "photo"


@pytest.mark.parametrize("drawn", [False, True])
async def test_who_was_only_slow_shows_nothing(
    make_shared: MakeBench, backend: Backend, telegram: Telegram, shared_db: Database, drawn: bool
) -> None:
    """Another one has taken the draw, or the delivery, over: as soon as this one looks, it lets go."""
    gate, slow = Gate(), Gate()
    backend.script = held(gate)
    front, worker = await make_shared(draws_here=0), await make_shared()
    if drawn:
        telegram.gates["final"] = slow
        gate.open()
    await front.accepted()
    if drawn:
        await eventually(lambda: slow.waiting)
        async with shared_db.transaction() as unit:
            claimed = await unit.requests.claim_end(1, (await front.request()).attempt)
        assert claimed is not None
        await eventually(lambda: not slow.waiting, "the delivery is given up")
        assert "photo" not in [message.kind for message in telegram.messages.values()]
        assert (await front.request()).state is RequestState.DRAWN
    else:
        await front.until_shown("working")
        async with shared_db.transaction() as unit:
            taken = await unit.dispatch.take(1)
        assert taken is not None
        assert taken.draw is not None
        await eventually(lambda: not backend.running, "the drawing is given up")
        assert (backend.cancelled, backend.detached) == (0, 1)
        [draw] = await front.draws()
        assert (draw.state, draw.attempt) == (DrawState.DRAWING, taken.draw.attempt)
    await eventually(lambda: not len(worker.jobs.active))


async def test_what_nobody_has_is_found(make_shared: MakeBench, telegram: Telegram, shared_db: Database) -> None:
    """A draw whose row in the queue is gone, and a request that was drawn by a process that is."""
    front = await make_shared(draws_here=0)
    await front.accepted()
    async with shared_db.transaction() as unit:
        await unit.dispatch.worker_seen("somebody", 5)
    async with shared_db.transaction() as unit:
        await unit.draws.admit(Limits(5, 5))  # and no word to the queue
    await front.until(RequestState.DRAWING)
    await front.clock.advance(30)
    await front.kill()
    worker = await make_shared()
    await worker.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_nobody_sends_a_placeholder_twice(make_shared: MakeBench, telegram: Telegram) -> None:
    """One whose sender died is not waited for; one whose sender is only slow goes when it comes too late."""
    slow = telegram.answers["placeholder"] = Gate()
    front, _ = await make_shared(draws_here=0), await make_shared(policies=Policies(answered_at_the_end=0.2))
    await front.accepted()
    await eventually(lambda: slow.waiting)
    await front.until(RequestState.DELIVERED)
    assert [message.kind for message in telegram.messages.values()] == ["text", "photo"]
    slow.open()
    await eventually(lambda: [message.kind for message in telegram.messages.values()] == ["photo"])
    assert (await front.request()).placeholder is PlaceholderState.KNOWN


async def test_a_sheet_drawn_by_two(make_shared: MakeBench, backend: Backend, telegram: Telegram) -> None:
    gate = Gate()
    backend.script = held(gate)
    front = await make_shared(draws_here=0)
    workers = [await make_shared(draws_here=1) for _ in range(2)]
    await front.accepted(count=2)
    await eventually(lambda: backend.running == 2)
    assert all(len(worker.jobs.active) == 1 for worker in workers)
    gate.open()
    await front.until(RequestState.DELIVERED)
    assert telegram.only.text == "2 of a fox"


async def test_two_sheets_go_on_where_another_worker_stood_still(make_shared: MakeBench, telegram: Telegram) -> None:
    """The first one was sent by it, the second one was not: its successor edits the first, and sends the second."""
    slow = telegram.answers["final"] = Gate()
    front = await make_shared(draws_here=0)
    stuck = await make_shared()
    await front.accepted(count=10)
    await eventually(lambda: slow.waiting)
    await stuck.kill()
    del telegram.answers["final"]
    await front.clock.advance(30)
    await make_shared()
    await front.until(RequestState.DELIVERED)
    await eventually(lambda: len(telegram.messages) == 2)
    assert [message.text for message in telegram.messages.values()] == ["10 of a fox", "6 to 10 of 10"]


async def test_everything_of_a_chat_ends_with_it(make_shared: MakeBench, backend: Backend) -> None:
    backend.script = held(Gate())
    front, _ = await make_shared(draws_here=0), await make_shared()
    await front.accepted()
    await eventually(lambda: backend.running == 1)
    await (await make_shared(draws_here=0)).service.chat_gone(CHAT.chat_id, "blocked")
    await front.until(RequestState.UNDELIVERABLE)
    await eventually(lambda: backend.cancelled == 1)


async def test_who_draws_sends_the_placeholder_of_one_that_died(
    make_shared: MakeBench, telegram: Telegram, shared_db: Database, clock: FakeClock
) -> None:
    async with shared_db.transaction() as unit:
        await unit.requests.accept(new_request(asked_at=clock.now()))
    await clock.advance(5)
    worker = await make_shared()
    await worker.until(RequestState.DELIVERED)
    assert telegram.calls[0] == "placeholder"
    assert telegram.only.kind == "photo"


async def test_a_cancellation_that_nobody_saw_is_shown(
    make_shared: MakeBench, telegram: Telegram, shared_db: Database, clock: FakeClock
) -> None:
    shown = await telegram.placeholder(CHAT, Card("queued"))
    assert shown is not None
    async with shared_db.transaction() as unit:
        await unit.requests.accept(new_request(asked_at=clock.now()))
        await unit.requests.placeholder_known(1, shown.message_id, shown.kind)
        await unit.requests.cancel(1, attempt=0, reason=UNTOLD)
    await clock.advance(60)
    worker = await make_shared()
    await worker.until_shown("cancelled", shown.message_id)
    await worker.until(RequestState.CANCELLED)
    assert not worker.backend.requests


async def test_stopped_in_order_it_leaves_deliveries_to_others(make_shared: MakeBench, telegram: Telegram) -> None:
    stuck = telegram.gates["final"] = Gate()
    hurried = Policies(letting_go=0.2, deliveries_settle=0.2)
    front, first = await make_shared(draws_here=0), await make_shared(policies=hurried)
    await front.accepted()
    await eventually(lambda: stuck.waiting)
    await first.stop(0)
    del telegram.gates["final"]
    await make_shared()
    await front.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_all_of_a_person_is_forgotten_wherever_it_is(
    make_shared: MakeBench, backend: Backend, telegram: Telegram
) -> None:
    backend.script = held(Gate())
    front, _ = await make_shared(draws_here=0), await make_shared()
    await front.accepted()
    await front.until_shown("working")
    await (await make_shared(draws_here=0)).service.forget(1)
    await eventually(lambda: backend.cancelled == 1)
    assert telegram.only.text == "cancelled"


@pytest.mark.parametrize("drawn", [False, True])
async def test_a_process_that_takes_its_own_over(
    make_shared: MakeBench, backend: Backend, telegram: Telegram, shared_db: Database, drawn: bool
) -> None:
    """Its heartbeats did not get through, and nobody else is there."""
    gate, slow = Gate(), Gate()
    backend.script = held(gate)
    if drawn:
        telegram.gates["final"] = slow
        gate.open()
    worker = await make_shared()
    await worker.accepted()
    await (eventually(lambda: slow.waiting) if drawn else worker.until_shown("working"))
    [draw] = await worker.draws()
    async with shared_db.transaction() as unit:
        await unit.draws.get(draw.id)  # a transaction has begun
        await unit.dispatch.enqueue([replace(draw, attempt=99)])
    if drawn:
        await asyncio.sleep(0.2)
        assert slow.waiting == 1
        slow.open()
    else:
        await eventually(lambda: backend.detached == 1 and backend.running == 1, "drawn anew")
        gate.open()
    await worker.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
    await eventually(lambda: not len(worker.jobs.active))


async def test_what_is_taken_over_between_two_tries_is_not_tried_again(
    make_shared: MakeBench, telegram: Telegram, shared_db: Database
) -> None:
    telegram.faults["final"] = [DeliveryFailed(Outcome.UNSENT, "no net")]
    # Who took it over is no process that could be seen.
    worker = await make_shared(policies=Policies(stranded_after=3600.0))
    await worker.accepted()
    await eventually(lambda: telegram.calls.count("final") == 1)
    await worker.clock.settle()
    async with shared_db.transaction() as unit:
        assert await unit.requests.claim_end(1, (await worker.request()).attempt) is not None
    await eventually(lambda: not len(worker.jobs.active), "it lets go")
    await worker.clock.advance(60)
    assert telegram.calls.count("final") == 1
    assert (await worker.request()).state is RequestState.DRAWN


async def test_without_a_fence_nothing_is_shown(make_shared: MakeBench, shared_db: Database) -> None:
    bench = await make_shared(draws_here=0)
    await bench.accepted()
    [live] = bench.jobs.active
    leases, lease = Leases(shared_db), Lease(live, None)
    leases.add(lease)
    with pytest.raises(Withdrawn):
        await leases.check(lease)
    live.claim.raised(0)  # as its row has it
    await leases.check(lease)
    live.claim.raised(7)
    await leases.look()
    with pytest.raises(Withdrawn):
        await leases.check(lease)


async def test_a_placeholder_that_becomes_known_while_the_picture_is_sent_without_it_is_taken_back(
    make_shared: MakeBench, telegram: Telegram
) -> None:
    """Its sender was not waited for, and comes too late although nothing is stored of the picture yet."""
    slow, sent = Gate(), Gate()
    telegram.answers |= {"placeholder": slow, "final": sent}
    front, _ = await make_shared(draws_here=0), await make_shared(policies=Policies(answered_at_the_end=0.2))
    await front.accepted()
    await eventually(lambda: slow.waiting and sent.waiting, "both are there, neither is stored")
    slow.open()
    await eventually(lambda: "delete" in telegram.calls)
    sent.open()
    await front.until(RequestState.DELIVERED)
    assert [message.kind for message in telegram.messages.values()] == ["photo"]


async def test_what_this_process_did_not_know_of_a_placeholder_is_read_before_the_picture_is_sent(
    make_shared: MakeBench, backend: Backend, telegram: Telegram, shared_db: Database
) -> None:
    gate = Gate()
    backend.script = held(gate)
    front, worker = await make_shared(draws_here=0), await make_shared(policies=Policies(answered_at_the_end=0.2))
    request = await front.accepted()
    await eventually(lambda: backend.running == 1)
    await front.until_shown("working")
    active = worker.active(request.id)
    assert active is not None
    active.placeholder.shown = None  # as where the database was away when it asked
    gate.open()
    await front.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_a_request_that_comes_back_at_once_learns_of_its_placeholder_anew(
    make_shared: MakeBench, backend: Backend, telegram: Telegram
) -> None:
    """What this process remembered of it was closed a moment ago, while it still waited for the placeholder."""
    slow, gate = Gate(), Gate()
    telegram.answers["placeholder"] = slow
    backend.script = held(gate)
    front, worker = await make_shared(draws_here=0), await make_shared()
    request = await front.accepted()
    await eventually(lambda: backend.running == 1)
    active = worker.active(request.id)
    assert active is not None
    worker.jobs.active.close(active)
    assert await worker.service.cancel(request.id, by=2, admin=False) is CancelResult.NOT_YOURS
    cancelling = asyncio.create_task(worker.service.cancel(request.id, by=1, admin=False))
    slow.open()
    async with asyncio.timeout(20):
        assert await cancelling is CancelResult.CANCELLED
    assert telegram.only.text == "cancelled"


async def ended_by_another(shared_db: Database, telegram: Telegram) -> int:
    """Another process takes the end over, sends it as a message of its own, and stores that; the message's id."""
    async with shared_db.transaction() as unit:
        request = await unit.requests.get(1)
        assert request is not None
        claimed = await unit.requests.claim_end(1, request.attempt)
    assert claimed is not None
    slow = telegram.answers.pop("final")
    shown = await telegram.final(CHAT, None, FinalPicture(b"theirs", "picture.png"), Card("theirs"))
    telegram.answers["final"] = slow
    async with shared_db.transaction() as unit:
        assert await unit.requests.finish(1, RequestState.DELIVERED, attempt=claimed.attempt)
        await unit.requests.set_message(1, shown.message_id, shown.kind)
    return shown.message_id


@pytest.mark.parametrize("noticed", [False, True])
async def test_a_picture_whose_sender_was_overtaken_is_taken_back(
    make_shared: MakeBench, telegram: Telegram, shared_db: Database, noticed: bool
) -> None:
    """It had left already, as a message of its own, when another process took its end over and sent it as well."""
    telegram.skip = True
    slow = telegram.answers["final"] = Gate()
    worker = await make_shared()
    await worker.accepted()
    await eventually(lambda: slow.waiting)
    with structlog.testing.capture_logs() as lines:  # before it can learn of it
        theirs = await ended_by_another(shared_db, telegram)
        if noticed:
            await eventually(lambda: any("taken over" in line["event"] for line in lines), "it learns of it")
    if noticed:
        await asyncio.sleep(0.05)
    slow.open()
    await eventually(lambda: list(telegram.messages) == [theirs], "one picture")
    assert (await worker.request()).message_id == theirs
    await eventually(lambda: not len(worker.jobs.active))


async def test_a_failure_whose_sender_was_overtaken_is_taken_back(
    make_shared: MakeBench, backend: Backend, telegram: Telegram, shared_db: Database
) -> None:
    async def refused(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        raise ContentRejected("no foxes")
        yield

    backend.script, telegram.skip = refused, True
    slow = telegram.answers["card"] = Gate()
    worker = await make_shared()
    await worker.accepted()
    await eventually(lambda: slow.waiting)
    async with shared_db.transaction() as unit:
        claimed = await unit.requests.claim_end(1, (await worker.request()).attempt)
        assert claimed is not None
        assert await unit.requests.finish(1, RequestState.FAILED, attempt=claimed.attempt)
        await unit.requests.set_message(1, 1, "text")
    slow.open()
    await eventually(lambda: not telegram.messages, "the other one's is left")
    assert (await worker.request()).message_id == 1


async def test_a_claim_that_was_not_stored_takes_nothing_from_who_claimed_it_meanwhile(
    make_shared: MakeBench, backend: Backend, telegram: Telegram, shared_db: Database
) -> None:
    """The answer to the first try was lost, and so was its effect; another process began to show the end before the
    second try."""
    gate = Gate()
    backend.script, telegram.skip = held(gate), True
    worker = await make_shared(policies=Policies(stranded_after=3600.0))
    await worker.accepted()
    await eventually(lambda: backend.running == 1)
    active = worker.active()
    assert active is not None
    token = active.claim.raising()
    async with shared_db.transaction() as unit:
        theirs = await unit.requests.claim_end(1, 0, token=token + 1)
    assert theirs is not None
    gate.open()
    await eventually(lambda: not len(worker.jobs.active), "it lets go")
    assert "final" not in telegram.calls
    assert (await worker.request()).attempt == theirs.attempt
