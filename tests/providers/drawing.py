"""Drawing in tests: every event, and the certainty that nothing is left behind."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing, asynccontextmanager

import aiohttp

from providers.base import Provider
from providers.events import Event
from providers.request import ImageRequest


@asynccontextmanager
async def clean_session() -> AsyncIterator[aiohttp.ClientSession]:
    """A session; after it no request of ours is under way and no task of the providers is left.

    Draws that run at once share one session (``draw_together``): a session of each would take the tasks of another for
    left ones, depending on which draw ends first. A session that was opened around a draw's is fine: it ends after it.
    """
    before = _tasks_of_providers()
    async with aiohttp.ClientSession() as session:
        yield session
        await asyncio.sleep(0)
        assert session.connector is not None
        assert not session.connector._acquired, "a request was left open"
    left = _tasks_of_providers() - before
    assert not left, left


def _tasks_of_providers() -> set["asyncio.Task[object]"]:
    return {task for task in asyncio.all_tasks() if "/providers/" in _file_of(task) and "/tests/" not in _file_of(task)}


def _file_of(task: "asyncio.Task[object]") -> str:
    code = getattr(task.get_coro(), "cr_code", None)
    return code.co_filename if code is not None else ""


async def draw(provider: Provider, request: ImageRequest | str = "a cat") -> list[Event]:
    """All events of a draw in a session of its own."""
    if isinstance(request, str):
        request = ImageRequest(request)
    async with clean_session() as session:
        return await _events_of(provider, request, session)


async def draw_together(providers: Iterable[Provider], prompt: str = "a cat") -> list[list[Event]]:
    """All events of each draw, all at once in one session."""
    request = ImageRequest(prompt)
    async with clean_session() as session:
        return await asyncio.gather(*(_events_of(provider, request, session) for provider in providers))


async def _events_of(provider: Provider, request: ImageRequest, session: aiohttp.ClientSession) -> list[Event]:
    async with aclosing(provider.generate(request, session)) as events:
        return [event async for event in events]
