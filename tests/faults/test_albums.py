"""An album comes in parts, each an update of its own. Killed in between, it is one wish with all photos."""

import asyncio

import pytest

from bot.sandbox.state import Message
from tests.faults.killing import polled
from tests.faults.world import World
from tests.scenarios.language import sample_photo

PHOTOS = 3
QUIET = "bot.telegram.updates.media_groups.QUIET"
LONG, BETWEEN_PARTS = 60.0, 3.0  # s: for a life that is killed before an album is complete, and for the next one


@pytest.fixture(autouse=True)
def _pushed_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a life takes to begin, the next push is not further away than an album is waited for."""
    monkeypatch.setattr("bot.sandbox.delivery._LONGEST_PAUSE", 1.0)


@pytest.fixture(params=[True, False], ids=["webhook", "polling"])
def receiving(here: World, request: pytest.FixtureRequest) -> World:
    if request.param:
        here.use_webhook()
    return with_sketch(here)


def with_sketch(here: World) -> World:
    """It takes one photo, and says how many it was given."""
    with (here.folder / "models.toml").open("a") as models:
        models.write('[models.sketch]\nprovider = "sketch"\n')
    return here


async def send_album(here: World) -> list[Message]:
    person = here.newcomer()
    photos = [sample_photo(96, 64, color) for color in ("#aa0000", "#00aa00", "#0000aa")]
    return await here.server.people.send_album(person.id, person.id, photos, "/imagine a fox --model sketch")


def stored_parts(here: World) -> int:
    with here.books() as books:
        count: int = books.execute("SELECT count(*) FROM inbox").fetchone()[0]
    return count


def answers(here: World, album: list[Message]) -> list[Message]:
    messages = here.server.state.chats[album[0].chat_id].messages.values()
    return [message for message in messages if message.sender_id == here.server.state.bot.id]


async def is_one_wish(here: World, album: list[Message]) -> None:
    await here.until(lambda: bool(answers(here, album)), "an answer to the album")
    async with asyncio.timeout(60):
        await polled(lambda: stored_parts(here) == 0)
    assert await here.life.stop() == 0
    said = answers(here, album)
    assert len(said) == 1, here.story()
    assert said[0].text.startswith(f"You gave {PHOTOS} pictures"), here.story()
    assert said[0].reply_to == album[0].id


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("part", [1, 2, PHOTOS])
async def test_killed_as_a_part_is_stored(here: World, part: int, moment: str) -> None:
    """By webhook each part is stored by itself; fetched, they may come together."""
    receiving = with_sketch(here)
    receiving.use_webhook()
    receiving.patience[QUIET] = LONG
    await receiving.begin(("inbox.add", moment, part))
    album = [*await send_album(receiving)]
    await receiving.killed()
    receiving.patience[QUIET] = BETWEEN_PARTS
    await receiving.begin()
    await is_one_wish(receiving, album)


async def test_killed_while_it_waits_for_more_parts(receiving: World) -> None:
    receiving.patience[QUIET] = LONG
    await receiving.begin()
    album = await send_album(receiving)
    async with asyncio.timeout(60):
        await polled(lambda: stored_parts(receiving) == PHOTOS)
    await receiving.life.kill()
    assert answers(receiving, album) == []
    receiving.patience[QUIET] = BETWEEN_PARTS
    await receiving.begin()
    await is_one_wish(receiving, album)
