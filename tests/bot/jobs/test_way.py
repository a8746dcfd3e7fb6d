"""The way of one picture, from the asking to the row that says delivered."""

import asyncio
import io
import threading
from collections.abc import AsyncGenerator
from datetime import timedelta

import aiohttp
import pytest
from PIL import Image
from structlog.testing import capture_logs

from bot.jobs.contracts import Accepted
from bot.jobs.lifecycle.chat_action import LATE
from bot.jobs.lifecycle.progress import HELD_BACK, PREVIEW_BURST, PREVIEW_PAUSE, Previews
from bot.jobs.settings import JobSettings
from bot.telegram.outbox.outbox import Destination
from providers.errors import BadAnswer, ContentRejected, Unavailable
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.pictures.budget import THREADS, decoders_full, within_budget
from providers.pictures.encoded import data_url
from providers.request import ImageRequest
from storage.records import ELSEWHERE, DrawState, PlaceholderState, RequestState
from tests.bot.jobs.bench import Backend, Bench, Gate, Scripted, Telegram, eventually, picture_url, png

PRIVATE = JobSettings().progress_private
_free = threading.Event()  # until it is set, what `_wait` decodes is not done


def _wait(data: bytes) -> None:
    assert _free.wait(30)


async def test_a_picture_takes_the_place_of_its_placeholder(bench: Bench, telegram: Telegram) -> None:
    request = await bench.accepted("a fox", seed=42)
    done = await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
    assert telegram.only.text == "1 of a fox"
    assert telegram.only.picture == png()
    assert telegram.only.place.reply_to == 1
    assert (done.message_id, done.message_kind, done.placeholder) == (100, "photo", PlaceholderState.KNOWN)
    [draw] = await bench.draws()
    assert (draw.state, draw.seed) == (DrawState.DRAWN, 42)
    [picture] = await bench.pictures()
    assert picture.file_id == "file-100"
    assert picture.thumbnail is not None
    async with bench.db.read() as unit:
        assert await unit.pictures.bytes(picture.id) is None
    await eventually(lambda: bench.jobs.active.get(request.id) is None)


async def test_the_back_end_gets_what_was_asked(bench: Bench, backend: Backend) -> None:
    await bench.accepted("a fox", negative_prompt="hats", width=640, height=480, steps=30, seed=7)
    await bench.until(RequestState.DELIVERED)
    [asked] = backend.requests
    assert (asked.prompt, asked.negative_prompt) == ("a fox", "hats")
    assert (asked.width, asked.height, asked.num_inference_steps, asked.seed) == (640, 480, 30, 7)


async def test_progress_is_shown_promptly_then_in_its_turn(bench: Bench, backend: Backend) -> None:
    told, go_on = Gate(), Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await told()
        yield Reasoning("step\n1\x00of 2", progress=0.5)
        await go_on()
        yield ImageResponse([picture_url()])

    backend.script = script
    await bench.accepted()
    message = await bench.until_shown("starting")
    told.open()
    await bench.until_shown("drawing, 50%, step 1 of 2")  # at once: no time has passed
    calls = len(bench.telegram.calls)
    await bench.clock.advance(2.9)
    assert len(bench.telegram.calls) == calls
    await bench.clock.advance(0.2)
    await bench.until_shown("3 s")
    go_on.open()
    await bench.until(RequestState.DELIVERED)
    assert message.text == "1 of a fox"


async def test_in_groups_progress_is_shown_less_often(bench: Bench, backend: Backend) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("drawing")
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    request = await bench.accepted(place=Destination(-100, reply_to=1, group=True))
    await bench.until_shown("drawing")
    live = bench.jobs.active.get(request.id)
    await eventually(lambda: live is not None and live.placeholder.is_answered)
    await bench.clock.settle()  # its follower sleeps
    await bench.clock.advance(9)
    assert "9 s" not in bench.telegram.only.text
    await bench.clock.advance(1.5)
    await bench.until_shown("10 s")
    gate.open()
    await bench.until(RequestState.DELIVERED)


async def test_previews_are_shown_and_never_outlive_the_picture(bench: Bench, backend: Backend) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("half", progress=0.5)
        yield ImagePreview(picture_url("blue", (1000, 1000)))
        await gate()
        yield ImagePreview("data:image/png;base64,broken")
        yield ImageResponse([picture_url("red")])

    backend.script = script
    await bench.accepted()
    await eventually(lambda: bench.telegram.messages and bench.telegram.only.previews == 1)
    preview = Image.open(io.BytesIO(bench.telegram.only.picture or b""))
    assert (preview.format, preview.size) == ("JPEG", (640, 640))
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert bench.telegram.only.picture == png("red")


async def test_an_inline_message_gets_no_preview(bench: Bench, backend: Backend) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImagePreview(picture_url("blue"))
        yield Reasoning("half", progress=0.5)
        await gate()
        yield ImageResponse([picture_url("red")])

    backend.script = script
    await bench.accepted(place=Destination(ELSEWHERE, group=True, inline="abc"))
    await bench.until_shown("drawing, 50%, half")
    await bench.clock.advance(10.1)
    await bench.until_shown("10 s")
    assert bench.telegram.only.previews == 0
    gate.open()
    await bench.until(RequestState.DELIVERED)


async def test_progress_is_left_out_while_finished_pictures_wait(bench: Bench, backend: Backend) -> None:
    """Left out, not put off: once there is room, one edit shows how it goes by then, with the newest preview."""
    asked, gate = Gate(), Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await asked()
        yield Reasoning("a third", progress=0.33)
        yield ImagePreview(picture_url("blue", (1000, 1000)))
        yield Reasoning("half", progress=0.5)
        yield ImagePreview(picture_url("green", (1000, 1000)))
        await gate()
        yield ImageResponse([picture_url("red")])

    backend.script = script
    request = await bench.accepted()
    await eventually(lambda: asked.waiting)
    live = bench.jobs.active.get(request.id)
    await eventually(lambda: live is not None and live.placeholder.is_answered)
    memory = bench.jobs.studio.access.memory
    places = 0
    while not memory.locked():
        await memory.acquire()
        places += 1
    calls = len(bench.telegram.calls)
    asked.open()
    await eventually(lambda: gate.waiting)
    for _ in range(5):
        await bench.clock.advance(PRIVATE)
    assert len(bench.telegram.calls) == calls
    for _ in range(places):
        memory.release()
    await bench.clock.advance(PRIVATE)
    await eventually(lambda: bench.telegram.only.previews == 1)
    assert "half" in bench.telegram.only.text
    await bench.clock.settle()
    assert bench.telegram.only.previews == 1
    gate.open()
    await bench.until(RequestState.DELIVERED)


async def test_progress_is_left_out_while_the_event_loop_is_late(bench: Bench, backend: Backend) -> None:
    """Left out by all for a second, not put off; then one edit shows how it goes, with the newest preview."""
    third, half, done = Gate(), Gate(), Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("begun", progress=0.1)
        await third()
        yield Reasoning("a third", progress=0.33)
        await half()
        yield ImagePreview(picture_url("blue", (1000, 1000)))
        yield Reasoning("half", progress=0.5)
        await done()
        yield ImageResponse([picture_url("red")])

    backend.script = script
    await bench.accepted()
    await bench.until_shown("10%")
    await bench.clock.settle()  # its follower sleeps
    third.open()
    await eventually(lambda: half.waiting)
    calls = len(bench.telegram.calls)
    bench.clock.stall(PRIVATE + LATE + 0.01)
    await bench.clock.advance(HELD_BACK / 2)
    assert len(bench.telegram.calls) == calls
    half.open()
    await eventually(lambda: done.waiting)
    await bench.clock.advance(PRIVATE)
    await eventually(lambda: bench.telegram.only.previews == 1)
    assert "half" in bench.telegram.only.text
    assert len(bench.telegram.calls) == calls + 1
    done.open()
    await bench.until(RequestState.DELIVERED)


async def test_a_preview_is_not_fetched_while_the_event_loop_is_late(bench: Bench, backend: Backend) -> None:
    """The one that is there by then is not looked at; a newer one takes its place, and is shown once it is calm."""
    first, second, done = Gate(), Gate(), Gate()
    old, new = picture_url("blue", (1000, 1000)), picture_url("green", (1000, 1000))

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("begun", progress=0.1)
        await first()
        yield ImagePreview(old)
        await second()
        yield ImagePreview(new)
        await done()
        yield ImageResponse([picture_url("red")])

    backend.script = script
    await bench.accepted()
    await bench.until_shown("10%")
    await bench.clock.settle()  # its follower sleeps
    first.open()
    await eventually(lambda: second.waiting)
    bench.clock.stall(PRIVATE + LATE + 0.01)
    await bench.clock.advance(HELD_BACK / 2)
    assert not backend.fetched
    second.open()
    await eventually(lambda: done.waiting)
    await bench.clock.advance(PRIVATE)
    await eventually(lambda: bench.telegram.only.previews == 1)
    assert backend.fetched == [new]
    done.open()
    await bench.until(RequestState.DELIVERED)


async def test_previews_are_left_out_while_all_decoders_are_at_work(bench: Bench, backend: Backend) -> None:
    """Edits go on without them, and the newest is shown once there is a decoder for it."""
    half, more, done = Gate(), Gate(), Gate()
    old, new = picture_url("blue", (1000, 1000)), picture_url("green", (1000, 1000))

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("begun", progress=0.1)
        await half()
        yield ImagePreview(old)
        yield Reasoning("half", progress=0.5)
        await more()
        yield ImagePreview(new)
        await done()
        yield ImageResponse([picture_url("red")])

    backend.script = script
    await bench.accepted()
    await bench.until_shown("10%")
    await bench.clock.settle()
    _free.clear()
    busy = [asyncio.create_task(within_budget(_wait, png())) for _ in range(THREADS)]
    try:
        await eventually(decoders_full)
        half.open()
        await eventually(lambda: more.waiting)
        await bench.clock.advance(PRIVATE)
        await bench.until_shown("half")
        await bench.clock.advance(PRIVATE)
        assert (backend.fetched, bench.telegram.only.previews) == ([], 0)
        more.open()
        await eventually(lambda: done.waiting)
    finally:
        _free.set()
        await asyncio.gather(*busy)
    await eventually(lambda: not decoders_full())
    await bench.clock.advance(PRIVATE)
    await eventually(lambda: bench.telegram.only.previews == 1)
    assert backend.fetched == [new]
    done.open()
    await bench.until(RequestState.DELIVERED)


async def test_previews_of_many_requests_are_spaced(bench: Bench) -> None:
    """A crowd's would take the CPU that its pictures need: who comes too soon after many others is edited without."""
    body = io.BytesIO()
    Image.new("RGB", (64, 64), "blue").save(body, "JPEG")
    url = data_url(body.getvalue(), "image/jpeg")
    provider = bench.catalog["scripted"].create()
    async with aiohttp.ClientSession() as session:
        previews = Previews(session, bench.clock)
        for _ in range(PREVIEW_BURST):
            await eventually(lambda: not previews.full)  # a decoder may be at work for what an earlier test has left
            assert await previews.fetch(provider, url) == body.getvalue()
            await eventually(lambda: not decoders_full())
        for _ in range(3):
            assert previews.full
            await bench.clock.advance(PREVIEW_PAUSE * 1.01)
            assert not previews.full
            await previews.fetch(provider, url)
            await eventually(lambda: not decoders_full())
        await bench.clock.advance(PREVIEW_BURST * PREVIEW_PAUSE)
        assert not previews.full


async def test_a_small_preview_goes_as_it_came(bench: Bench, backend: Backend) -> None:
    gate, body = Gate(), io.BytesIO()
    Image.new("RGB", (1000, 700), "blue").save(body, "JPEG")

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImagePreview(data_url(body.getvalue(), "image/jpeg"))
        await gate()
        yield ImageResponse([picture_url("red")])

    backend.script = script
    await bench.accepted()
    await eventually(lambda: bench.telegram.messages and bench.telegram.only.previews == 1)
    assert bench.telegram.only.picture == body.getvalue()
    gate.open()
    await bench.until(RequestState.DELIVERED)


async def test_a_preview_that_cannot_be_shown_harms_nothing(bench: Bench, backend: Backend) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImagePreview("file:///etc/passwd")
        yield Reasoning("on it")
        yield ImageResponse([picture_url()])

    backend.script = script
    await bench.accepted()
    await bench.until(RequestState.DELIVERED)


async def test_several_draws_come_as_one_sheet(bench: Bench, backend: Backend, gate: Gate, telegram: Telegram) -> None:
    await bench.accepted(count=4, seed=2**32 - 2)
    await eventually(lambda: gate.waiting == 2)
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.text == "4 of a fox"
    sheet = Image.open(io.BytesIO(telegram.only.picture or b""))
    assert sheet.format == "JPEG"
    assert [draw.seed for draw in await bench.draws()] == [2**32 - 2, 2**32 - 1, 0, 1]
    pictures = await bench.pictures()
    assert len(pictures) == 4
    async with bench.db.read() as unit:
        assert await unit.pictures.bytes(pictures[0].id) == png()
    assert backend.most == 2  # of one user at once


async def test_their_progress_is_that_of_all(bench: Bench, backend: Backend) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        if request.seed == 1:
            yield ImageResponse([picture_url()])
            return
        yield Reasoning("half", progress=0.5)
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    await bench.accepted(count=2, seed=1)
    await eventually(lambda: gate.waiting == 1)
    await bench.clock.advance(3)
    await bench.until_shown("drawing, 75%, half")
    gate.open()
    await bench.until(RequestState.DELIVERED)


async def test_one_of_several_fails(bench: Bench, backend: Backend, telegram: Telegram) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        if request.seed == 6:
            raise ContentRejected("no foxes")
        yield ImageResponse([picture_url()])

    backend.script = script
    await bench.accepted(count=3, seed=5)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.text == "2 of a fox without content"


async def test_a_gallery_comes_as_a_sheet_whose_singles_can_be_had(
    bench: Bench, backend: Backend, telegram: Telegram
) -> None:
    colors = ["red", "lime", "blue", "yellow", "cyan", "white", "black", "pink", "gray", "brown", "gold"]

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImageResponse([picture_url(color) for color in colors])

    backend.script = script
    await bench.accepted()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.text == "9 of a fox"
    pictures = await bench.pictures()
    assert await bench.service.send_full(pictures[2].id, telegram.only.place)
    assert telegram.messages[101].text == "number 3"
    assert telegram.messages[101].picture == png("blue")
    # Later only Telegram has it, and a single that was never sent is gone.
    bench.clock._seconds += timedelta(days=8).total_seconds()
    async with bench.db.transaction() as unit:
        await unit.pictures.purge(bench.clock.now())
    assert await bench.service.send_full(pictures[2].id, telegram.messages[100].place)
    assert telegram.messages[102].picture == b"file-101"
    assert not await bench.service.send_full(pictures[3].id, telegram.messages[100].place)
    assert not await bench.service.send_full(12345, telegram.messages[100].place)


async def test_of_a_gallery_what_can_be_had_is_kept(bench: Bench, backend: Backend, telegram: Telegram) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImageResponse(["data:image/png;base64,AAAA", picture_url("blue")])

    backend.script = script
    await bench.accepted()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.picture == png("blue")


async def test_a_document_where_one_is_asked_for(bench: Bench, telegram: Telegram) -> None:
    await bench.accepted(as_document=True)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "document"


async def test_a_retry_is_seen_and_can_succeed(bench: Bench, backend: Backend) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        if len(backend.requests) == 1:
            yield Reasoning("working")
            raise Unavailable("gone")
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    await bench.accepted()
    await eventually(lambda: gate.waiting == 1)
    await bench.clock.advance(3)
    await bench.until_shown("retrying, attempt 2")
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert backend.requests[0] == backend.requests[1]


@pytest.mark.parametrize(
    ("error", "code", "calls"),
    [
        (Unavailable("gone"), "unavailable", 3),
        (BadAnswer("html"), "bad-answer", 3),
        (ContentRejected("no foxes"), "content no foxes", 1),
        (ZeroDivisionError("oops"), "internal", 1),
        (TimeoutError(), "deadline", 1),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), "internal", 1),
    ],
)
async def test_a_failure_is_told_with_its_reason(
    bench: Bench, backend: Backend, telegram: Telegram, error: Exception, code: str, calls: int
) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        raise error
        yield

    backend.script = script
    await bench.accepted()
    request = await bench.until(RequestState.FAILED)
    assert telegram.only.text == f"failed: {code}"
    assert request.reason == code.split(maxsplit=1)[0]
    assert len(backend.requests) == calls
    await eventually(lambda: len(bench.jobs.active) == 0)


async def test_a_failure_after_a_preview_is_told_too(bench: Bench, backend: Backend, telegram: Telegram) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImagePreview(picture_url("blue"))
        await gate()
        raise ContentRejected("no foxes")

    backend.script = script
    await bench.accepted()
    await eventually(lambda: telegram.messages and telegram.only.previews == 1)
    gate.open()
    await bench.until(RequestState.FAILED)
    assert telegram.only.text == "failed: content no foxes"


async def test_a_response_that_never_comes_is_a_failure(bench: Bench, backend: Backend, telegram: Telegram) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("working")

    backend.script = script
    await bench.accepted()
    await bench.until(RequestState.FAILED)
    assert telegram.only.text == "failed: no-picture"


async def test_the_same_act_asks_once(bench: Bench, backend: Backend, telegram: Telegram) -> None:
    first = await bench.ask()
    again = await bench.ask()
    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    assert (first.created, again.created) == (True, False)
    assert first.request.id == again.request.id
    await bench.until(RequestState.DELIVERED)
    # Delivered again after a long outage: it is known, so it is not too old, and nothing is shown twice.
    late = await bench.ask(age=timedelta(hours=5))
    assert isinstance(late, Accepted)
    await bench.clock.settle()
    assert len(telegram.messages) == 1
    assert len(backend.requests) == 1


async def test_a_skipped_placeholder_is_made_up_for_by_the_picture(
    bench: Bench, backend: Backend, telegram: Telegram
) -> None:
    telegram.skip = True
    await bench.accepted()
    request = await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
    assert telegram.only.place.reply_to == 1
    assert request.message_id == 100


async def test_a_placeholder_that_waits_is_overtaken(bench: Bench, telegram: Telegram) -> None:
    gate = telegram.gates["placeholder"] = Gate()
    await bench.accepted()
    await bench.until(RequestState.DRAWN)
    await eventually(lambda: bench.jobs.active.get(1).placeholder.recall.called_back)  # type: ignore[union-attr]
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.kind == "photo"
    assert telegram.calls.count("placeholder") == 1


async def test_drawing_does_not_wait_for_the_placeholder(bench: Bench, backend: Backend, telegram: Telegram) -> None:
    telegram.gates["placeholder"] = Gate()
    await bench.accepted()
    await eventually(lambda: backend.requests)
    assert not telegram.messages


async def test_supervisor_holds_nothing_at_the_end(bench: Bench) -> None:
    running = len(bench.supervisor)
    for number in range(5):
        await bench.accepted(source=f"message:7:{number}:0", user=number)
    for number in range(1, 6):
        await bench.until(RequestState.DELIVERED, number)
    await bench.clock.advance(10)
    await eventually(lambda: len(bench.supervisor) == running)
    await eventually(lambda: len(bench.jobs.active) == 0)
    await eventually(lambda: not len(bench.jobs.delivery))


async def test_a_good_day_leaves_two_lines(bench: Bench) -> None:
    with capture_logs() as lines:
        await bench.accepted(user=5)
        await bench.until(RequestState.DELIVERED)
        await eventually(lambda: any(line["event"] == "request ended" for line in lines))
    who = {"request": 1, "user": 5, "chat": 7, "model": "scripted", "log_level": "info"}
    assert lines == [
        {"event": "request accepted", **who, "draws": 1},
        {"event": "request ended", **who, "seconds": 0.0, "outcome": "delivered"},
    ]


async def test_why_it_failed_is_in_the_log_and_in_the_rows(bench: Bench, backend: Backend) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        raise Unavailable("http://10.0.0.1 answers 503")
        yield

    backend.script = script
    with capture_logs() as lines:
        await bench.accepted()
        request = await bench.until(RequestState.FAILED)
        await eventually(lambda: any(line["event"] == "request ended" for line in lines))
    assert (request.reason, request.detail) == ("unavailable", "http://10.0.0.1 answers 503")
    [draw] = await bench.draws()
    assert (draw.error, draw.detail) == ("unavailable", "http://10.0.0.1 answers 503")
    [end] = [line for line in lines if line["event"] == "request ended"]
    assert (end["log_level"], end["outcome"], end["reason"]) == ("warning", "failed", "unavailable")
    assert "503" in end["detail"]
    assert "503" not in bench.telegram.only.text, "people are told in other words"
