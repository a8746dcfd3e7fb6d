"""The operator's check: its answers, its failures, its bounds."""

import asyncio
import base64
import io
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.jobs.drawing.output_check import (
    ANSWER_LENGTH,
    SIDE,
    OutputCheck,
    OutputRefusedError,
    Verdict,
    _CheckFailedError,
    verdict_of,
)
from providers.pictures.encoded import Picture
from tests.scenarios.language import sample_photo

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
LARGE = Picture(sample_photo(2000, 1000), "image/png", 2000, 1000)
SMALL = Picture(sample_photo(), "image/png", 96, 64)


class Judge:
    """A server that answers as a test wants."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[dict[str, object]] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        return await self.answers.pop(0)(request)


@pytest.fixture
async def judge() -> AsyncIterator[tuple[Judge, str, aiohttp.ClientSession]]:
    made, app = Judge(), web.Application(client_max_size=10**7)
    app.router.add_post("/", made.handle)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        yield made, str(server.make_url("/")), session


def says(body: object, status: int = 200) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    return answer


async def hangs(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(60)
    return web.Response()


async def moves(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/")


async def floods(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b'{"verdict": "allow", "more": "' + b"x" * (2 * ANSWER_LENGTH))
    return response


async def test_what_it_is_asked_and_what_comes_of_its_answers(
    judge: tuple[Judge, str, aiohttp.ClientSession],
) -> None:
    made, url, session = judge
    check = OutputCheck(url, session, closed=True)
    made.answers = [says({"verdict": "spoiler", "why": "?"}), says({"verdict": "allow"})]
    shown = await check.of([LARGE, SMALL], model="m", prompt="a fox")
    assert sorted(found.covered for found in shown) == [False, True]
    asked = next(one for one in made.asked if one["width"] == 2000)
    assert {key: asked[key] for key in ("mime", "height", "model", "prompt")} == {
        "mime": "image/jpeg",
        "height": 1000,
        "model": "m",
        "prompt": "a fox",
    }
    sent = Image.open(io.BytesIO(base64.b64decode(str(asked["picture"]))))
    assert (sent.format, max(sent.size)) == ("JPEG", SIDE)
    made.answers = [says({"verdict": "refuse"}), says({"verdict": "allow"})]
    assert len(await check.of([SMALL, SMALL], model="m", prompt="a fox")) == 1
    made.answers = [says({"verdict": "refuse"})]
    with pytest.raises(OutputRefusedError, match="output-refused"):
        await check.of([SMALL], model="m", prompt="a fox")


@pytest.mark.parametrize(
    "answer",
    [
        says({"verdict": "allow"}, 500),
        says({"verdict": "maybe"}),
        says({"verdict": ["allow"]}),
        says([]),
        hangs,
        moves,
        floods,
    ],
)
async def test_a_check_that_fails(judge: tuple[Judge, str, aiohttp.ClientSession], answer: Answer) -> None:
    made, url, session = judge
    made.answers = [answer, answer]
    with pytest.raises(OutputRefusedError, match="output-unchecked"):
        await OutputCheck(url, session, closed=True, deadline=0.3).of([SMALL], model="m", prompt="a fox")
    (shown,) = await OutputCheck(url, session, closed=False, deadline=0.3).of([SMALL], model="m", prompt="a fox")
    assert not shown.covered


async def test_a_server_that_is_not_there() -> None:
    async with aiohttp.ClientSession() as session:
        check = OutputCheck("http://127.0.0.1:9/", session, closed=True)
        with pytest.raises(OutputRefusedError, match="output-unchecked"):
            await check.of([SMALL], model="m", prompt="a fox")


@given(st.binary() | st.from_regex(rb'\{"verdict": ?"(allow|refuse|x)".*', fullmatch=True))
def test_any_answer_is_a_verdict_or_a_failure(answer: bytes) -> None:
    try:
        assert verdict_of(answer) in set(Verdict)
    except _CheckFailedError as error:
        assert str(error)  # noqa: PT017 - either is right
