"""A broadcast, killed at each of its steps: nobody gets it twice, and nobody is left out but for copies on their way.

The promise stands in docs/operations.md, *Messages to everybody*: at most `AT_ONCE` copies are lost with a process that
is killed, and none with one that stops in order.
"""

from datetime import UTC, datetime

import pytest

from bot.handlers.operator.broadcaster import AT_ONCE
from bot.sandbox.seed import YOU
from bot.sandbox.state import Message
from storage import Database
from storage.records import NewRequest, RequestState
from tests.faults.killing import polled
from tests.faults.world import World

MEMBERS = 3 * AT_ONCE
COMMITS = ("broadcasts.turn", "broadcasts.take", "broadcasts.counted")


async def furnished(here: World) -> list[int]:
    """People who have asked for a picture before, which is how a broadcast knows them."""
    here.settings["ADMIN_IDS"] = str(YOU)
    people = [here.newcomer(f"Member {number}").id for number in range(MEMBERS)]
    for person in people:
        here.server.people.send(person, person, "hello")  # else the bot may not write to them
    here.server.state.waiting.clear()
    db = await Database.open(f"sqlite:///{here.database}", clock_now=lambda: datetime.now(UTC))
    async with db.transaction() as unit:
        for person in people:
            asked = NewRequest(
                source=f"before:{person}",
                chat_id=person,
                requester_id=person,
                prompt="a fox",
                model="labs",
                seeds=(1,),
                language="en",
                asked_at=datetime.now(UTC),
            )
            request, _, _ = await unit.requests.accept(asked)
            await unit.requests.finish(request.id, RequestState.CANCELLED)
    await db.close()
    return people


def by_bot(here: World, chat_id: int) -> list[Message]:
    bot_id = here.server.state.bot.id
    return [message for message in here.server.state.chats[chat_id].messages.values() if message.sender_id == bot_id]


async def start(here: World) -> None:
    """The operator asks for it, and taps Start on the card."""
    news = here.server.people.send(YOU, YOU, "/news of today")
    here.server.people.send(YOU, YOU, "/broadcast 7", reply_to=news.id)

    def card() -> Message | None:
        return next((message for message in by_bot(here, YOU) if "would get" in message.text), None)

    shown = await here.until(card, "the card of the broadcast")
    rows = shown.keyboard["inline_keyboard"]
    (data,) = [button["callback_data"] for row in rows for button in row if button["text"].startswith("▶")]
    here.server.people.press(YOU, YOU, shown.id, data)


def state(here: World) -> str:
    with here.books() as books:
        found = books.execute("select state from broadcasts").fetchone()
    return str(found[0]) if found else ""


async def ended(here: World, people: list[int], *, lost: int) -> None:
    # Its card says so once the last copies are there, its row before that.
    await here.until(lambda: any("Done" in message.text for message in by_bot(here, YOU)), "its end")
    await polled(lambda: state(here) == "done")
    assert await here.life.stop() == 0
    copies = [sum("news of today" in message.text for message in by_bot(here, person)) for person in people]
    assert max(copies) == 1, here.story()
    assert MEMBERS - sum(copies) <= lost, here.story()
    with here.books() as books:
        (sent, cursor) = books.execute("select sent, cursor from broadcasts").fetchone()
    assert sum(copies) - AT_ONCE <= sent <= sum(copies)
    assert cursor == max(people)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("commit", COMMITS)
async def test_killed_at_a_commit(here: World, commit: str, moment: str) -> None:
    people = await furnished(here)
    starts = commit == "broadcasts.turn"
    await here.begin(die=(commit, moment, 1 if starts else 5))
    await start(here)
    await here.killed()
    await here.begin()
    # Before the first copy nothing is on its way.
    await ended(here, people, lost=0 if starts else AT_ONCE)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_killed_at_a_copy(here: World, moment: str) -> None:
    people = await furnished(here)
    here.at_call("copyMessage", moment, skip=4)
    await here.begin()
    await start(here)
    await here.killed()
    await here.begin()
    await ended(here, people, lost=AT_ONCE)


async def test_killed_again_and_again(here: World) -> None:
    people = await furnished(here)
    await here.begin(die=("broadcasts.turn", "after", 1))
    await start(here)
    await here.killed()
    for number in (1, 2, 3):
        await here.begin(die=("broadcasts.take", "before", number))
        await here.killed()
    await here.begin()
    await ended(here, people, lost=2 + 1)  # those that were taken before a life ended: 0, 1 and 2


async def test_stopped_in_order(here: World) -> None:
    people = await furnished(here)
    await here.begin()
    await start(here)
    await here.until(lambda: sum(call.method == "copyMessage" for call in here.server.calls) >= 3, "some copies")
    assert await here.life.stop() == 0
    await here.begin()
    await ended(here, people, lost=0)
