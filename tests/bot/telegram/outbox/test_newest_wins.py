"""Edits of one message: one after the other, the newest wins, and nothing paints over the picture."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.outbox.edit_locks import EditLocks
from bot.telegram.outbox.messages import Card, Destination, FinalPicture, Shown
from bot.telegram.outbox.outbox import Outbox
from tests.bot.telegram.conftest import FakeTelegram, Refuse, Stall

PLACE = Destination(chat_id=7)
KEY = (7, 1)
PICTURE = FinalPicture(b"picture", "fox.png")


async def placed(outbox: Outbox) -> Shown:
    shown = await outbox.placeholder(PLACE, Card("Drawing"))
    assert shown is not None
    return shown


async def test_only_the_newest_of_those_that_wait_is_sent(outbox: Outbox, telegram: FakeTelegram) -> None:
    shown = await placed(outbox)
    answered = asyncio.Event()
    telegram.script("editMessageText", Stall(answered))
    edits = [asyncio.create_task(outbox.progress(PLACE, shown, Card(f"{number} %"))) for number in range(5)]
    await telegram.reached(2)
    answered.set()
    results = await asyncio.gather(*edits)
    assert [result is not None for result in results] == [True, False, False, False, True]
    assert [call.params["text"] for call in telegram.made("editMessageText")] == ["0 %", "4 %"]


async def test_the_picture_waits_for_an_edit_on_its_way_and_overtakes_those_that_wait(
    outbox: Outbox, telegram: FakeTelegram
) -> None:
    shown = await placed(outbox)
    answered = asyncio.Event()
    telegram.script("editMessageText", Stall(answered))
    on_its_way = asyncio.create_task(outbox.progress(PLACE, shown, Card("1 %")))
    await telegram.reached(2)
    waiting = asyncio.create_task(outbox.progress(PLACE, shown, Card("2 %")))
    picture = asyncio.create_task(outbox.final(PLACE, shown, PICTURE, Card("a fox")))
    await asyncio.sleep(0.02)
    assert telegram.names() == ["sendMessage", "editMessageText"]
    answered.set()
    assert await on_its_way is not None
    assert await waiting is None
    await picture
    assert await outbox.progress(PLACE, shown, Card("3 %")) is None, "also when it comes after the picture"
    assert telegram.names() == ["sendMessage", "editMessageText", "editMessageMedia"]
    assert len(outbox._slots) == 0


async def test_progress_that_waits_for_the_budget_is_withdrawn(outbox: Outbox, telegram: FakeTelegram) -> None:
    """The chat is in a pause: the picture comes first when it ends, and the old status never."""
    shown = await placed(outbox)
    telegram.script("editMessageText", Refuse(429, "Too Many Requests", {"retry_after": 9}))
    assert await outbox.progress(PLACE, shown, Card("1 %")) is None
    edits = [
        asyncio.create_task(outbox.progress(PLACE, shown, Card("2 %"))),
        asyncio.create_task(outbox.progress(PLACE, shown, Card("3 %"))),
    ]
    result = await outbox.final(PLACE, shown, PICTURE, Card("a fox"))
    assert await asyncio.gather(*edits) == [None, None]
    assert result.kind == "photo"
    assert telegram.names() == ["sendMessage", "editMessageText", "editMessageMedia"]


@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(st.sampled_from(["progress", "progress", "turn", "turns", "answer"]), max_size=30),
    stalled=st.integers(0, 3),
)
def test_newest_wins_in_any_order_of_events(steps: list[str], stalled: int) -> None:
    """What is shown only ever gets newer, and the picture is shown last, however progress, answers and the picture
    fall together."""
    shown_as: list[int] = []

    async def story() -> None:
        slots, answers = EditLocks(), asyncio.Semaphore(stalled)

        async def progress(number: int) -> None:
            async with slots.progress(KEY) as recall:
                if recall is not None:
                    await answers.acquire()  # on its way
                    shown_as.append(number)

        async def picture() -> None:
            async with slots.end(KEY):
                shown_as.append(10_000)
                slots.finished(KEY)

        tasks = []
        for number, step in enumerate(steps):
            match step:
                case "progress":
                    tasks.append(asyncio.create_task(progress(number)))
                case "answer":
                    answers.release()
                case _:
                    for _ in range(1 if step == "turn" else 5):
                        await asyncio.sleep(0)
        tasks.append(asyncio.create_task(picture()))
        tasks.append(asyncio.create_task(progress(20_000)))  # late: it is overtaken
        for _ in steps:
            answers.release()
        await asyncio.gather(*tasks)
        assert len(slots) == 0

    asyncio.run(story())
    assert shown_as == sorted(shown_as)
    assert shown_as[-1] == 10_000


async def test_a_failed_picture_leaves_the_message_open_for_the_failure(outbox: Outbox, telegram: FakeTelegram) -> None:
    shown = await placed(outbox)
    gone, card = await asyncio.gather(
        outbox.progress(PLACE, shown, Card("1 %")), outbox.card(PLACE, shown, Card("Cancelled"))
    )
    assert card == shown
    assert telegram.messages[7, shown.message_id]["text"] == "Cancelled"
    del gone
