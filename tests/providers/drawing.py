"""Drawing in tests: every event, and the certainty that nothing is left behind."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import aiohttp

from providers.base import Provider
from providers.events import Event
from providers.request import ImageRequest


@asynccontextmanager
async def clean_session() -> AsyncIterator[aiohttp.ClientSession]:
    """A session; after it no request of ours is under way and no task of the providers is left."""
    async with aiohttp.ClientSession() as session:
        yield session
        await asyncio.sleep(0)
        assert session.connector is not None
        assert not session.connector._acquired, "a request was left open"
    left = [task for task in asyncio.all_tasks() if "/providers/" in _file_of(task) and "/tests/" not in _file_of(task)]
    assert not left


def _file_of(task: "asyncio.Task[object]") -> str:
    code = getattr(task.get_coro(), "cr_code", None)
    return code.co_filename if code is not None else ""


async def draw(provider: Provider, request: ImageRequest | str = "a cat") -> list[Event]:
    """All events of a draw in a session of its own."""
    if isinstance(request, str):
        request = ImageRequest(request)
    async with clean_session() as session, aclosing(provider.generate(request, session)) as events:
        return [event async for event in events]
