"""The ends that are no picture: cancelled, undeliverable, refused by Telegram."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from bot.jobs.drawing.runner import Runner, Studio
from bot.jobs.retry import RetryPolicy
from bot.jobs.service import CancelResult
from bot.jobs.settings import Policies
from bot.telegram.errors import Outcome
from bot.telegram.outbox.outbox import ChatGone, DeliveryFailed, Destination, Shown
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.request import ImageRequest
from storage import StorageUnavailable
from storage.records import Draw, DrawState, RequestState
from storage.repositories.requests import Requests
from tests.bot.jobs.bench import Backend, Bench, Gate, MakeBench, Message, Scripted, Telegram, eventually, picture_url

GROUP = Destination(-100, reply_to=1, group=True)
GONE = ChatGone(7, "bot was blocked by the user")


@pytest.fixture
def gate(backend: Backend) -> Gate:
    """At which every draw waits."""
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("working")
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    return gate


async def cancel(bench: Bench, request_id: int = 1, by: int = 1, *, admin: bool = False) -> CancelResult:
    return await bench.service.cancel(request_id, by=by, admin=admin)


async def test_cancelled_while_it_waits(make: MakeBench, gate: Gate, telegram: Telegram, backend: Backend) -> None:
    bench = await make(max_jobs=1)
    await bench.accepted(source="a", user=1)
    await eventually(lambda: gate.waiting == 1)
    waiting = await bench.accepted(source="b", user=2)
    await bench.until_shown("queued, place 1", 101)
    assert await cancel(bench, waiting.id, by=2) is CancelResult.CANCELLED
    assert telegram.messages[101].text == "cancelled"
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert len(backend.requests) == 1
    assert (await bench.request(waiting.id)).state is RequestState.CANCELLED


async def test_cancelled_while_it_is_drawn_at_the_back_end_too(
    bench: Bench, gate: Gate, telegram: Telegram, backend: Backend
) -> None:
    await bench.accepted(count=2)
    await eventually(lambda: gate.waiting == 2)
    assert await cancel(bench) is CancelResult.CANCELLED
    assert telegram.only.text == "cancelled"
    await eventually(lambda: backend.running == 0)
    assert (backend.cancelled, backend.detached) == (2, 0)
    assert {draw.state for draw in await bench.draws()} == {DrawState.CANCELLED}
    assert (await bench.request()).state is RequestState.CANCELLED
    await bench.clock.advance(30)
    assert telegram.only.text == "cancelled"


async def test_cancelled_after_a_preview(bench: Bench, backend: Backend, telegram: Telegram) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImagePreview(picture_url("blue"))
        await gate()

    backend.script = script
    await bench.accepted()
    await eventually(lambda: telegram.messages and telegram.only.previews == 1)
    assert await cancel(bench) is CancelResult.CANCELLED
    assert telegram.only.text == "cancelled"


async def test_too_late_to_cancel_what_is_on_its_way(bench: Bench, telegram: Telegram) -> None:
    gate = telegram.gates["final"] = Gate()
    await bench.accepted()
    await eventually(lambda: gate.waiting == 1)
    assert await cancel(bench) is CancelResult.ALREADY_ENDED
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
    assert await cancel(bench) is CancelResult.ALREADY_ENDED


async def test_cancelled_between_drawing_and_delivery(bench: Bench, telegram: Telegram) -> None:
    slow = telegram.gates["final"] = Gate()
    await bench.accepted(source="a")
    await eventually(lambda: slow.waiting)
    second = await bench.accepted(source="b")  # of the same chat: it waits for its turn
    await bench.until(RequestState.DRAWN, second.id)
    assert await cancel(bench, second.id) is CancelResult.CANCELLED
    slow.open()
    await bench.until(RequestState.DELIVERED)
    await eventually(lambda: not len(bench.jobs.delivery))
    assert sorted(message.text for message in telegram.messages.values()) == ["1 of a fox", "cancelled"]
    assert (await bench.request(second.id)).state is RequestState.CANCELLED
    async with bench.db.read() as unit:
        assert await unit.pictures.bytes(2) is None


async def test_who_may_cancel(bench: Bench, gate: Gate) -> None:
    await bench.accepted(user=1)
    assert await cancel(bench, by=2) is CancelResult.NOT_YOURS
    assert await cancel(bench, 99) is CancelResult.UNKNOWN
    assert await cancel(bench, by=2, admin=True) is CancelResult.CANCELLED


async def test_the_newest_of_a_person_is_cancelled(bench: Bench, gate: Gate) -> None:
    first = await bench.accepted(source="a")
    second = await bench.accepted(source="b")
    assert await bench.service.cancel_newest(7, 2) is CancelResult.UNKNOWN
    assert await bench.service.cancel_newest(7, 1) is CancelResult.CANCELLED
    assert (await bench.request(second.id)).state is RequestState.CANCELLED
    assert (await bench.request(first.id)).state is not RequestState.CANCELLED


async def test_a_cancellation_whose_card_was_lost_is_shown_when_it_comes_again(
    bench: Bench, gate: Gate, telegram: Telegram
) -> None:
    await bench.accepted()
    await bench.until_shown("working")
    telegram.faults["card"] = [DeliveryFailed(Outcome.OTHER, "lost")]
    assert await cancel(bench) is CancelResult.CANCELLED
    assert telegram.only.text != "cancelled"
    assert await cancel(bench) is CancelResult.CANCELLED
    assert telegram.only.text == "cancelled"


@pytest.mark.parametrize("method", ["placeholder", "progress", "final", "card"])
async def test_a_chat_that_is_gone_ends_all_its_requests(
    make: MakeBench, backend: Backend, telegram: Telegram, method: str
) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("working")
        if request.prompt == "stays":
            await gate()
        if method == "card":
            raise ZeroDivisionError
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make()
    await bench.accepted("stays", source="a")
    await eventually(lambda: gate.waiting == 1)
    await bench.until_shown("working")
    telegram.faults[method] = [GONE]
    await bench.accepted("goes", source="b")
    if method == "progress":  # what fails there fails at the end as well
        telegram.faults["final"] = [GONE]
    request = await bench.until(RequestState.UNDELIVERABLE, 2)
    assert request.reason == "bot was blocked by the user"
    await bench.until(RequestState.UNDELIVERABLE, 1)
    await eventually(lambda: backend.running == 0)
    async with bench.db.read() as unit:
        chat = await unit.chats.get(7)
    assert chat is not None
    assert chat.dead_reason == "bot was blocked by the user"
    await eventually(lambda: len(bench.jobs.active) == 0)


async def test_what_telegram_takes_in_no_form_is_told(bench: Bench, telegram: Telegram) -> None:
    telegram.faults["final"] = [DeliveryFailed(Outcome.BAD_PHOTO, "PHOTO_INVALID")]
    await bench.accepted()
    assert (await bench.until(RequestState.FAILED)).reason == "delivery"
    assert telegram.only.text == "failed: delivery"


async def test_what_could_not_be_delivered_for_a_while_is_delivered_later(bench: Bench, telegram: Telegram) -> None:
    telegram.faults["final"] = [DeliveryFailed(Outcome.UNSENT, "no net"), DeliveryFailed(Outcome.FLOOD, "too late")]
    await bench.accepted()
    for tries in (1, 2):
        await eventually(lambda tries=tries: telegram.calls.count("final") == tries)  # type: ignore[misc]  # bound at once
        await bench.clock.settle()
        await bench.clock.advance(11)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
    assert telegram.calls.count("final") == 3


async def test_a_failure_that_could_not_be_told_is_told_later(
    bench: Bench, backend: Backend, telegram: Telegram
) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        raise ZeroDivisionError
        yield

    backend.script = script
    telegram.faults["card"] = [DeliveryFailed(Outcome.UNSENT, "no net"), RuntimeError("a mistake")]
    await bench.accepted()
    for tries in (1, 2):
        await eventually(lambda tries=tries: telegram.calls.count("card") == tries)  # type: ignore[misc]  # bound at once
        await bench.clock.settle()
        await bench.clock.advance(11)
    await bench.until(RequestState.FAILED)
    assert telegram.only.text == "failed: internal"


async def test_pictures_forbidden_in_a_group_are_told_there(bench: Bench, telegram: Telegram) -> None:
    telegram.faults["final"] = [DeliveryFailed(Outcome.NO_RIGHTS, "no photos")]
    await bench.accepted(place=GROUP)
    await bench.until(RequestState.FAILED)
    assert telegram.only.text == "failed: no-rights"


async def test_where_nothing_may_be_said_the_person_is_told_in_private(bench: Bench, telegram: Telegram) -> None:
    telegram.faults["placeholder"] = [DeliveryFailed(Outcome.NO_RIGHTS, "no texts")]
    await bench.accepted(place=GROUP, user=5)
    await bench.until(RequestState.FAILED)
    assert telegram.only.place == Destination(5)
    assert telegram.only.text == "failed: no-rights"


async def test_where_nobody_can_be_told_it_is_undeliverable(bench: Bench, telegram: Telegram) -> None:
    telegram.faults["placeholder"] = [DeliveryFailed(Outcome.NO_RIGHTS, "no texts")]
    telegram.faults["reply"] = [ChatGone(5, "can't initiate conversation")]
    await bench.accepted(place=GROUP, user=5)
    assert (await bench.until(RequestState.UNDELIVERABLE)).reason == "no texts"


async def test_a_mistake_of_ours_in_delivery_is_explained(
    bench: Bench, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.lifecycle.pages.fit", lambda *_, **__: 1 / 0)
    await bench.accepted()
    await bench.until(RequestState.FAILED)
    assert telegram.only.text == "failed: internal"
    await eventually(lambda: len(bench.jobs.active) == 0)


async def test_a_mistake_of_ours_in_a_placeholder_costs_only_the_placeholder(bench: Bench, telegram: Telegram) -> None:
    telegram.faults["placeholder"] = [RuntimeError("a mistake")]
    await bench.accepted()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_a_press_heals_a_placeholder_that_was_never_answered(
    bench: Bench, gate: Gate, telegram: Telegram
) -> None:
    telegram.faults["placeholder"] = [RuntimeError("the answer was lost")]
    telegram.messages[50] = Message(Destination(7), "text", "starting")
    await bench.accepted()
    await eventually(lambda: gate.waiting == 1)
    await bench.service.heal(1, Shown(50, "text"))
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert list(telegram.messages) == [50]
    assert telegram.messages[50].kind == "photo"


async def test_a_press_on_a_placeholder_left_behind_tells_its_end(bench: Bench, telegram: Telegram) -> None:
    await bench.accepted()
    await bench.until(RequestState.DELIVERED)
    telegram.messages[50] = Message(Destination(7), "text", "starting")
    await bench.service.heal(1, Shown(50, "text"))
    assert telegram.messages[50].text == "ended: delivered"
    await bench.service.heal(1, Shown(100, "photo"))  # its own message: nothing to heal
    assert telegram.messages[100].text == "1 of a fox"


async def test_a_bot_that_was_removed_ends_what_is_open_there(
    bench: Bench, gate: Gate, telegram: Telegram, backend: Backend
) -> None:
    await bench.accepted(source="a", place=GROUP)
    await bench.accepted(source="b", user=2)
    await eventually(lambda: gate.waiting == 2)
    await bench.service.chat_gone(-100, "the bot is kicked")
    assert (await bench.request(1)).state is RequestState.UNDELIVERABLE
    await eventually(lambda: backend.running == 1)
    gate.open()
    await bench.until(RequestState.DELIVERED, 2)


async def test_what_is_cancelled_between_admission_and_start_is_not_drawn(
    bench: Bench, telegram: Telegram, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = Studio.runner

    def begin(self: Studio, draw: Draw) -> Runner | None:
        live = bench.active(draw.request_id)
        assert live is not None
        live.claim.finished = True  # as `cancel` leaves it while its card is being shown
        return runner(self, draw)

    monkeypatch.setattr(Studio, "runner", begin)
    await bench.accepted()
    await bench.until(RequestState.DRAWING)
    assert backend.requests == []


async def test_a_picture_too_large_for_a_server_in_between_is_reduced(bench: Bench, telegram: Telegram) -> None:
    telegram.faults["final"] = [DeliveryFailed(Outcome.TOO_LARGE, "Request Entity Too Large")]
    await bench.accepted()
    await bench.until(RequestState.DELIVERED)
    assert telegram.calls.count("final") == 2
    assert telegram.only.kind == "photo"
    assert telegram.only.picture is not None
    assert telegram.only.picture.startswith(b"\xff\xd8"), "a JPEG, whatever was drawn"


async def test_a_placeholder_is_called_back_before_its_picture_waits_for_its_turn(
    bench: Bench, telegram: Telegram
) -> None:
    """Another picture of the chat is being sent: the placeholder of one that is drawn already takes no place."""
    telegram.gates["final"] = Gate()
    await bench.accepted(source="message:7:1:0")
    await eventually(lambda: telegram.gates["final"].waiting)
    telegram.gates["placeholder"] = Gate()
    second = await bench.accepted(source="message:7:2:0")
    live = bench.jobs.active.get(second.id)
    assert live is not None
    await eventually(lambda: live.placeholder.recall.called_back, "called back while the first picture is on its way")
    for gate in telegram.gates.values():
        gate.open()
    await bench.until(RequestState.DELIVERED, 1)
    await bench.until(RequestState.DELIVERED, second.id)


async def test_what_can_be_told_to_nobody_is_given_up_and_its_row_says_so(make: MakeBench, telegram: Telegram) -> None:
    telegram.faults["final"] = [DeliveryFailed(Outcome.UNSENT, "no net") for _ in range(9)]
    bench = await make(policies=Policies(end=RetryPolicy(attempts=3, first=1.0, longest=4.0)))
    await bench.accepted()
    for tries in (1, 2, 3):
        await eventually(lambda tries=tries: telegram.calls.count("final") == tries)  # type: ignore[misc]  # bound at once
        await bench.clock.settle()
        await bench.clock.advance(5)
    request = await bench.until(RequestState.FAILED)
    assert (request.reason, request.detail) == ("delivery", "nobody could be told")
    await bench.clock.advance(60)
    assert telegram.calls.count("final") == 3
    await eventually(lambda: not len(bench.jobs.active))


async def test_a_cancellation_that_cannot_be_stored_leaves_the_picture_on_its_way(
    bench: Bench, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came in the moment in which the picture was about to be shown."""
    slow = Gate()

    async def away(*_: object, **__: object) -> bool:
        await slow()
        raise StorageUnavailable("the disk is full")

    monkeypatch.setattr(Requests, "cancel", away)
    turn = telegram.gates["placeholder"] = Gate()
    await bench.accepted()
    await eventually(lambda: turn.waiting)
    await bench.until(RequestState.DRAWN)
    cancelling = asyncio.create_task(cancel(bench))
    await eventually(lambda: slow.waiting)
    turn.open()
    await bench.clock.settle()
    slow.open()
    with pytest.raises(StorageUnavailable):
        await cancelling
    await bench.settle()
    await bench.clock.advance(6)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"


async def test_a_cancellation_that_comes_behind_the_claim_of_the_delivery_leaves_the_picture_on_its_way(
    bench: Bench, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows have the delivery's claim, and this process has not heard the answer of that transaction yet."""
    slow, cancelled = Gate(), Requests.cancel

    async def behind(self: Requests, request_id: int, *, attempt: int, reason: str | None = None) -> bool:
        await slow()
        return await cancelled(self, request_id, attempt=0, reason=reason)

    monkeypatch.setattr(Requests, "cancel", behind)
    turn = telegram.gates["placeholder"] = Gate()
    await bench.accepted()
    await eventually(lambda: turn.waiting)
    await eventually(lambda: (active := bench.active()) is not None and active.claim.held)
    cancelling = asyncio.create_task(cancel(bench))
    await eventually(lambda: slow.waiting)
    turn.open()
    await bench.clock.settle()
    slow.open()
    assert await cancelling is CancelResult.ALREADY_ENDED
    await bench.settle()
    await bench.clock.advance(6)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
