"""The submit-and-poll engine: deadlines, bounds, and what becomes of every kind of bad answer."""

import asyncio
from contextlib import aclosing
from typing import Any

import pytest
from aiohttp import web

from providers import (
    BadAnswer,
    DeadlineExceeded,
    ImageLabs,
    ImageRequest,
    ImageResponse,
    InvalidParameter,
    QuotaExceeded,
    Reasoning,
    ResponseError,
    Ticket,
    Unauthorized,
    Unavailable,
)
from providers.engines.deadline import Deadline
from providers.engines.polling import HICCUPS
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import NOBODY, serving


def at(url: str, **more: Any) -> ImageLabs:
    return ImageLabs(url=url, poll_interval=0.001, **{"timeout": 60, **more})


def answering(*polls: Any) -> Any:
    """Takes the job, then answers polls with these in turn, the last for ever: objects, responses or statuses."""
    left = list(polls)

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path == "/txt2img":
            return web.json_response({"task_id": "abc"})
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, int):
            return web.Response(status=answer, text="why")
        if isinstance(answer, str):
            return web.Response(text=answer)
        return web.json_response(answer)

    return handler


DONE = {"status": "Done", "final_image_url": "https://x/y.png"}
BUSY = {"status": "Generating", "final_image_url": None}


async def test_a_job_that_never_ends_ends_with_the_deadline() -> None:
    async with serving(answering(BUSY)) as url:
        provider = at(url, timeout=2)  # a busy machine may take that long for one answer
        provider.poll_interval = 0.1
        with pytest.raises(DeadlineExceeded, match="drawing"):
            await draw(provider)


async def test_a_queue_has_a_deadline_of_its_own() -> None:
    waiting = {"status": "In queue", "final_image_url": None}
    async with serving(answering(waiting)) as url:
        provider = at(url)
        provider.queue_timeout = 0.1
        with pytest.raises(DeadlineExceeded, match="turn"):
            await draw(provider)
    async with serving(answering(*[waiting] * 30, DONE)) as url:
        provider = at(url, timeout=2)  # a busy machine may take that long for one answer, not for thirty
        provider.queue_timeout, provider.poll_interval = 60, 0.1
        assert isinstance((await draw(provider))[-1], ImageResponse)


async def test_a_server_that_stalls_ends_with_the_deadline() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        return web.Response()

    async with serving(handler) as url:
        with pytest.raises(DeadlineExceeded):
            await draw(at(url, timeout=0.15))


async def test_a_few_unanswered_polls_are_survived() -> None:
    async with serving(answering(502, 503, 500, BUSY, 502, DONE)) as url:
        events = await draw(at(url))
    assert events == [Ticket("abc"), Reasoning("Generating"), ImageResponse(["https://x/y.png"], "a cat")]
    async with serving(answering(502)) as url:
        with pytest.raises(Unavailable):
            await draw(at(url))


async def test_unanswered_polls_are_counted_for_each_draw() -> None:
    """Of a provider that draws twice, the second draw survives as many as the first."""
    async with serving(answering(*[502] * (HICCUPS + 1), *[502] * HICCUPS, DONE)) as url:
        provider = at(url)
        with pytest.raises(Unavailable):
            await draw(provider)
        assert isinstance((await draw(provider))[-1], ImageResponse)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("<html>sleeping</html>", BadAnswer), ("", BadAnswer), ("[]", BadAnswer), ("null", BadAnswer),
        ("NaN", BadAnswer),
        ('{"status": NaN, "final_image_url": NaN, "x": "Done"', BadAnswer), ("[" * 100_000, BadAnswer),
        (401, Unauthorized), (403, Unauthorized), (404, ResponseError), (422, InvalidParameter), (429, QuotaExceeded),
        (302, BadAnswer),
    ],
)  # fmt: skip
async def test_bad_answers(answer: Any, error: type[Exception]) -> None:
    async with serving(answering(answer)) as url:
        with pytest.raises(error):
            await draw(at(url))


async def test_nan_where_a_status_should_be_is_no_status() -> None:
    async with serving(answering('{"status": NaN, "final_image_url": NaN}', DONE)) as url:
        assert isinstance((await draw(at(url)))[-1], ImageResponse)


async def test_a_quota_says_when_to_come_back() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(status=429, headers={"Retry-After": "77"})

    async with serving(handler) as url:
        with pytest.raises(QuotaExceeded) as caught:
            await draw(at(url))
    assert caught.value.retry_after == 77


async def test_an_answer_of_60_mb_is_refused() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(60):
            await response.write(b" " * 1_000_000)
        return response

    async with serving(handler) as url:
        with pytest.raises(BadAnswer, match="MB"):
            await draw(at(url))


async def test_nobody_there() -> None:
    with pytest.raises(Unavailable):
        await draw(at(NOBODY))


async def test_closing_in_the_middle_leaves_nothing_behind() -> None:
    async with (
        serving(answering(BUSY)) as url,
        clean_session() as session,
        aclosing(at(url).generate(ImageRequest("a cat"), session)) as events,
    ):
        async for event in events:
            if event == Reasoning("Generating"):
                break


async def test_a_key_goes_along_and_shows_in_no_error() -> None:
    keys: list[str | None] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        keys.append(request.headers.get("Authorization"))
        return web.Response(status=500, text="broken")

    async with serving(handler) as url:
        with pytest.raises(Unavailable) as caught:
            await draw(at(url, api_key="sesame"))
    assert keys == ["Bearer sesame"]
    assert "sesame" not in repr(caught.value)


async def test_no_timer_outlives_its_draw() -> None:
    """Each would stay for minutes."""
    loop = asyncio.get_running_loop()

    def waiting() -> int:
        return sum(not timer.cancelled() for timer in loop._scheduled)  # type: ignore[attr-defined]  # its heap of timers

    before = waiting()
    for _ in range(3):
        await Deadline(900, 300).wait(asyncio.sleep(0))
        assert waiting() == before
