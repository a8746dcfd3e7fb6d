"""The one HTTP exchange: redirects, logins in addresses, bombs, and at which phase something failed."""

import asyncio
import gzip
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from providers import (
    Automatic1111,
    BadAnswer,
    ComfyUI,
    DeadlineExceeded,
    ImageLabs,
    ImageResponse,
    InvalidParameter,
    NoPicture,
    OpenAIImages,
    Phase,
    Provider,
    ProviderError,
    Unavailable,
    Unreachable,
)
from providers.engines import http
from providers.engines.bodies import translated
from providers.engines.deadline import Deadline
from providers.engines.http import Call, websocket
from tests.providers.drawing import clean_session, draw
from tests.providers.serving import NOBODY, serving


async def test_redirects_lead_nowhere() -> None:
    """Neither a check nor a websocket asks an address that a back-end names."""
    asked: list[str] = []

    async def inside(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.Response()

    async with serving(inside) as private:

        async def handler(request: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": f"{private}/latest/meta-data"})

        async with serving(handler) as url, aiohttp.ClientSession() as session:
            kinds: tuple[type[Provider], ...] = (ImageLabs, OpenAIImages, ComfyUI, Automatic1111)
            for kind in kinds:
                for work in (Provider.check, kind.check):
                    with suppress(ProviderError):
                        await work(kind(url=url), session)
            with pytest.raises(Unavailable, match="redirects"):
                async with websocket(
                    session,
                    Deadline(60, 60),
                    f"{url}/ws",
                    server=translated("it"),
                    headers={},
                    proxy=None,
                    max_message=9,
                ):
                    pass
            provider = ComfyUI(url=url, timeout=60)
            provider.model = "a"
            with suppress(ProviderError):
                await draw(provider)
    assert asked == []


@pytest.mark.parametrize("silent_from", ["the start", "the headers"])
@pytest.mark.parametrize(
    ("silence", "seconds", "said"), [(0.2, 60.0, "not a byte"), (60.0, 0.2, "no picture within")], ids=str
)
async def test_a_server_that_falls_silent(
    silent_from: str, silence: float, seconds: float, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes first ends the wait: its silence, or the draw's deadline. Twice the silence, which ends a whole answer
    at last, is put off, because on a busy machine both would be due at once."""
    timeout = http._timeout
    monkeypatch.setattr(http, "_timeout", lambda silence, total: timeout(silence, total * 10))
    left = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "2"})
        if silent_from == "the headers":
            await response.prepare(request)
            await response.write(b"{")
        await left.wait()
        return response

    async with serving(handler) as url, clean_session() as session:
        with pytest.raises(Unavailable if said == "not a byte" else DeadlineExceeded, match=said):
            await ImageLabs(url=url).ask(session, Deadline(seconds, seconds), Call("GET", "/"), silence=silence)
        left.set()


async def test_headers_that_come_byte_by_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then is no answer, and no silence either: what ends it is twice the silence. How long it is silent
    is counted ten times as long as it is, because on a busy machine the bytes are late."""
    timeout = http._timeout
    monkeypatch.setattr(http, "_timeout", lambda silence, total: timeout(silence * 10, total))
    dripping = set[asyncio.Task[None] | None]()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        dripping.add(asyncio.current_task())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        with suppress(ConnectionError):
            while not reader.at_eof():
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(0.05)
        writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    async with server, clean_session() as session:
        provider = ImageLabs(url=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        with pytest.raises(Unavailable, match="did not come to an end in time"):
            await provider.ask(session, Deadline(60, 60), Call("GET", "/"), silence=0.3)
        with pytest.raises(DeadlineExceeded):
            await provider.ask(session, Deadline(0.3, 0.3), Call("GET", "/"), silence=60)
    await asyncio.wait([task for task in dripping if task is not None], timeout=10)


async def test_a_login_in_the_address_goes_as_a_header_and_shows_nowhere() -> None:
    seen: list[str | None] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        seen.append(request.headers.get("Authorization"))
        if request.path == "/txt2img":
            return web.json_response({"task_id": "a"})
        return web.json_response({"status": "Done", "final_image_url": "/x.png"})

    async with serving(handler) as url:
        provider = ImageLabs(url=url.replace("http://", "http://me:pass%20word@"), poll_interval=0.01)
        events = await draw(provider)
        async with clean_session() as session:
            await provider.check(session)
    assert set(seen) == {aiohttp.encode_basic_auth("me", "pass word", "utf-8")}
    last = events[-1]
    assert isinstance(last, ImageResponse)
    assert "@" not in last.url
    assert "@" not in provider.url


async def test_a_body_that_grows_when_it_is_unpacked() -> None:
    bomb = gzip.compress(b" " * 60_000_000, 9)

    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(body=bomb, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})

    async with serving(handler) as url:
        with pytest.raises((BadAnswer, Unavailable)):
            await draw(ImageLabs(url=url))


def answering(*answers: Any) -> Any:
    left = list(answers)

    async def handler(request: web.Request) -> web.StreamResponse:
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, int):
            return web.Response(status=answer)
        return web.Response(text=answer) if isinstance(answer, str) else web.json_response(answer)

    return handler


@pytest.mark.parametrize(
    ("kind", "answers", "error", "phase", "repeatable"),
    [
        (OpenAIImages, [503], Unavailable, Phase.HANDED_OVER, True),
        (OpenAIImages, [400], InvalidParameter, Phase.NOT_HANDED_OVER, False),
        (OpenAIImages, ["<html>a page"], BadAnswer, Phase.DRAWN, False),
        (OpenAIImages, [{"data": []}], ProviderError, Phase.DRAWN, False),
        (ImageLabs, [503], Unavailable, Phase.HANDED_OVER, True),
        (ImageLabs, [{"task_id": "a"}, 500], Unavailable, Phase.HANDED_OVER, True),
        (ImageLabs, [{"task_id": "a"}, {"status": "Done"}], NoPicture, Phase.DRAWN, False),
    ],
)
async def test_the_phase(
    kind: type[Provider], answers: list[Any], error: type[ProviderError], phase: Phase, *, repeatable: bool
) -> None:
    """What cannot be mended by trying again is not tried again: where it happened decides."""
    async with serving(answering(*answers)) as url:
        with pytest.raises(error) as caught:
            await draw(kind(url=url, poll_interval=0.001))
    assert (caught.value.phase, caught.value.repeatable) == (phase, repeatable)


async def test_a_server_that_is_not_there_was_handed_nothing() -> None:
    for kind in (OpenAIImages, ImageLabs):
        with pytest.raises(Unreachable) as caught:
            await draw(kind(url=NOBODY))
        assert caught.value.phase is Phase.NOT_HANDED_OVER
        assert caught.value.repeatable


async def test_a_picture_that_cannot_be_had_is_drawn_already() -> None:
    async with serving(answering("<html>")) as url, clean_session() as session:
        for picture in (f"{url}/x.png", "http://me:pw@there/x.png", "ftp://x"):
            with pytest.raises(ProviderError) as caught:
                await ImageLabs(url=url).fetch(picture, session)
            assert caught.value.phase is Phase.DRAWN
            assert not caught.value.repeatable
