"""File servers that hang: they cost their own model's draws a deadline, and nobody else anything."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import pytest
from aiohttp import web

from bot.jobs.settings import Policies
from providers.events import Event, ImageResponse
from providers.request import ImageRequest
from storage.records import RequestState
from tests.bot.jobs.bench import Backend, Bench, MakeBench, Scripted, Telegram, eventually, png
from tests.providers.serving import picture_bytes, serving


class FileServer:
    """Sends `/good`; whoever asks for anything else waits for ever."""

    def __init__(self) -> None:
        self.hanging = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/good":
            return web.Response(body=picture_bytes(), content_type="image/png")
        self.hanging += 1
        await asyncio.Event().wait()
        raise AssertionError


@pytest.fixture
def files() -> FileServer:
    return FileServer()


@pytest.fixture
async def url(files: FileServer, backend: Backend) -> AsyncIterator[str]:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        names = request.prompt.split()
        yield ImageResponse([f"{provider.url}/{name}" for name in names])

    backend.script = script
    async with serving(files) as url:
        yield url


async def test_a_file_server_that_hangs_holds_up_its_own_model_alone(
    make: MakeBench, files: FileServer, url: str
) -> None:
    policies = Policies()
    bench = await make({"hanging": {"url": url}, "healthy": {"url": url}}, policies=policies)
    waiting = policies.pictures_in_memory + policies.fetches_of_a_model
    for number in range(waiting):
        await bench.accepted("lost", source=f"hanging {number}", user=number, model="hanging")
    await eventually(lambda: files.hanging == policies.fetches_of_a_model)
    await bench.accepted("good", source="healthy", user=waiting, model="healthy")
    delivered = await bench.until(RequestState.DELIVERED, waiting + 1)
    assert delivered.model == "healthy"
    assert files.hanging == policies.fetches_of_a_model


async def test_input_pictures_that_hang_hold_up_their_own_model_alone(
    make: MakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    policies, hanging = Policies(), 0

    async def fetch(bench: Bench, file_id: str) -> bytes:
        nonlocal hanging
        if file_id == "hangs":
            hanging += 1
            await asyncio.Event().wait()
        return png()

    monkeypatch.setattr(Bench, "_fetch_file", fetch)
    takes = {"capabilities": Scripted.capabilities.with_input_images(1)}
    editor = type("Editor", (Scripted,), takes)
    bench = await make({"one": {"provider_class": editor}, "other": {"provider_class": editor}}, policies=policies)
    at_once = policies.input_pictures_at_once
    for number in range(at_once + 1):
        await bench.accepted(source=f"hanging {number}", user=number, model="one", input_file_ids=("hangs",))
    await eventually(lambda: hanging == at_once)
    await bench.accepted(source="healthy", user=at_once + 1, model="other", input_file_ids=("comes",))
    await bench.until(RequestState.DELIVERED, at_once + 2)
    assert hanging == at_once


async def test_all_pictures_of_a_draw_share_one_deadline(
    make: MakeBench, files: FileServer, url: str, telegram: Telegram, backend: Backend
) -> None:
    bench = await make({"slow": {"url": url}}, policies=Policies(fetch_seconds=3.0))
    await bench.accepted("good lost lost lost lost lost lost", model="slow")
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.text.startswith("1 of"), "what came in time is kept"
    assert files.hanging == 1, "no deadline of its own for each"
    await bench.accepted("lost lost", source="other", model="slow")
    failed = await bench.until(RequestState.FAILED, 2)
    assert failed.reason == "deadline"
    assert len(backend.requests) == 2, "drawn once each: fetching is what failed"
