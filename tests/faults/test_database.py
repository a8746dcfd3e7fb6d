"""The database is locked, full or gone for a while: the operator is told, people get one notice per chat, nothing that
was accepted is lost, and it goes on by itself when the database is back."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing

import pytest

from bot.sandbox.state import Message, Person
from tests.faults.judging import Seen
from tests.faults.killing import polled
from tests.faults.world import World


@asynccontextmanager
async def locked(here: World) -> AsyncIterator[None]:
    """Another process writes, for long."""
    with closing(sqlite3.connect(here.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def full(here: World) -> AsyncIterator[None]:
    """No file can grow any more."""
    here.life.disk_full(True)
    yield
    here.life.disk_full(False)


@asynccontextmanager
async def gone(here: World) -> AsyncIterator[None]:
    """The file is somewhere else."""
    names = [path.name for path in here.folder.glob(f"{here.database.name}*") if path.suffix != ".lock"]
    away = here.folder / "away"
    away.mkdir()
    for name in names:
        (here.folder / name).rename(away / name)
    yield
    for name in names:
        (away / name).rename(here.folder / name)


Outage = Callable[[World], AbstractAsyncContextManager[None]]
OUTAGES = (locked, full, gone)


def notices(here: World, person: Person) -> list[Message]:
    """What the bot says to them that is no answer to a wish's fate."""
    bot_id = here.server.state.bot.id
    chat = here.server.state.chats[person.id]
    return [m for m in chat.messages.values() if m.sender_id == bot_id and "My database is unavailable" in m.text]


async def _drawing(here: World) -> asyncio.Event:
    """Somebody's drawing is under way; it goes on when the event is set."""
    go_on, there = asyncio.Event(), asyncio.Event()

    async def hook(name: str, _: int) -> None:
        if name == "labs.poll":
            there.set()
            await go_on.wait()

    here.hooks.append(hook)
    wish = here.ask(here.newcomer(), "labs")
    async with asyncio.timeout(60):
        await there.wait()
        await polled(lambda: here.knows_placeholder(wish) and not here.server.state.waiting)
    return go_on


def impatient(here: World) -> None:
    here.patience["storage.sqlite.engine.BUSY_SECONDS"] = 0.3


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("outage", OUTAGES, ids=lambda outage: outage.__name__)
async def test_outage(here: World, outage: Outage, webhook: bool) -> None:
    impatient(here)
    if webhook:
        here.use_webhook()
    people = [here.newcomer() for _ in range(3)]
    life = await here.begin()
    go_on = await _drawing(here)
    async with outage(here):
        here.ask(people[0], "labs")
        here.ask(people[0], "gradio")
        here.ask(people[1], "gradio")
        await life.said("cannot be stored")
        await here.until(lambda: all(notices(here, person) for person in people[:2]), "a notice for both")
        here.ask(people[2], "gradio")  # in the middle of it
        go_on.set()  # what was drawn meanwhile waits too
        await here.until(lambda: notices(here, people[2]), "a notice for whoever comes later")
        assert not any(here.has_ended(wish) for wish in here.wishes)
    verdict = await here.finish(notices=True)
    assert not verdict.mistakes, here.story()
    assert verdict.ends == {Seen.PICTURE: 5}, here.story()
    assert [len(notices(here, person)) for person in people] == [1, 1, 1], here.story()
    assert len(here.backend.jobs) == 5
    if not webhook:
        assert any("the database is back" in line for line in life.lines), here.story()


async def test_killed_during_an_outage(here: World) -> None:
    """Nothing was stored, nothing was confirmed: it all comes again."""
    impatient(here)
    life = await here.begin()
    go_on = await _drawing(here)
    async with locked(here):
        here.ask(here.newcomer(), "gradio")
        await life.said("cannot be stored")
        go_on.set()
        await life.kill()
    here.note_doubts()
    await here.begin()
    verdict = await here.finish(notices=True)
    assert not verdict.mistakes, here.story()
    assert verdict.ends == {Seen.PICTURE: 2}
