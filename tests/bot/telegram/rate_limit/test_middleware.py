"""The flood control as a middleware: waiting, withdrawing, cancelling and 429, on a clock that stands still."""

import asyncio
import math
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageText,
    GetChatMember,
    GetMe,
    SendChatAction,
    SendMessage,
    TelegramMethod,
)

from bot.telegram.not_sent import TooLate, Withdrawn
from bot.telegram.rate_limit.middleware import FloodControl, limited_chat
from bot.telegram.rate_limit.priority import Priority, Recall, lane
from tests.clock import FakeClock

BOT = Bot("123456:" + "A" * 35)


class Server:
    """Answers at once; refuses what `refusals` says, by chat."""

    def __init__(self, flood: FloodControl, clock: FakeClock) -> None:
        self.flood = flood
        self.clock = clock
        self.calls: list[tuple[float, int | str | None]] = []
        self.refusals: dict[int | str | None, list[int]] = {}

    async def make_request(self, _bot: Bot, method: TelegramMethod[Any]) -> Any:
        chat = getattr(method, "chat_id", None) or getattr(method, "inline_message_id", None)
        self.calls.append((round(self.clock.monotonic(), 2), chat))
        if pauses := self.refusals.get(chat):
            raise TelegramRetryAfter(method, "Too Many Requests", pauses.pop(0))
        return True

    async def call(self, method: TelegramMethod[Any]) -> Any:
        return await self.flood(self.make_request, BOT, method)

    def send(self, chat: int, chosen: Priority = Priority.REPLY, **how: Any) -> asyncio.Task[Any]:
        with lane(chosen, **how):
            return asyncio.create_task(self.call(SendMessage(chat_id=chat, text="x")))

    def edit(self, inline: str, chosen: Priority = Priority.REPLY, **how: Any) -> asyncio.Task[Any]:
        with lane(chosen, **how):
            return asyncio.create_task(self.call(EditMessageText(inline_message_id=inline, text="x")))


class OneGroup(Server):
    """All inline messages are in one chat, which takes 20 edits a minute. What comes too early lengthens the wait."""

    refused, closed_until = 0, 0.0

    async def make_request(self, _bot: Bot, method: TelegramMethod[Any]) -> Any:
        now = self.clock.monotonic()
        recent = [moment for moment, _ in self.calls if now - moment < 60]
        if now < self.closed_until or len(recent) >= 20:
            self.refused += 1
            self.closed_until = max(self.closed_until + 5, now + 30)
            raise TelegramRetryAfter(method, "Too Many Requests", math.ceil(self.closed_until - now))
        self.calls.append((now, None))
        return True


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def flood(clock: FakeClock) -> AsyncIterator[FloodControl]:
    """A budget over all so large that it does not matter where it is not meant."""
    control = FloodControl(clock, 300, jitter=lambda: 0.0)
    yield control
    await control.close()


@pytest.fixture
def server(flood: FloodControl, clock: FakeClock) -> Server:
    return Server(flood, clock)


@pytest.mark.parametrize(
    ("method", "chat"),
    [
        (SendMessage(chat_id=5, text="x"), 5),
        (EditMessageText(chat_id=-5, message_id=1, text="x"), -5),
        (EditMessageText(inline_message_id="abc", text="x"), "abc"),
        (SendChatAction(chat_id=5, action="typing"), 5),
        (DeleteMessage(chat_id=5, message_id=1), 5),
        (GetMe(), None),
        (GetChatMember(chat_id=-5, user_id=1), None),
        (AnswerCallbackQuery(callback_query_id="1"), None),
    ],
)
def test_what_is_limited(method: TelegramMethod[Any], chat: int | str | None) -> None:
    assert limited_chat(method) == chat


async def test_what_is_not_limited_never_waits(server: Server) -> None:
    for _ in range(200):
        await server.call(AnswerCallbackQuery(callback_query_id="1"))
    with lane(Priority.QUERY):
        for _ in range(200):
            await server.call(SendMessage(chat_id=1, text="x"))
    assert len(server.calls) == 400


async def test_the_fourth_waits(server: Server, clock: FakeClock) -> None:
    sends = [server.send(1) for _ in range(4)]
    await clock.advance(2.9)
    assert [task.done() for task in sends] == [True, True, True, False]
    await clock.advance(0.2)
    assert sends[3].done()
    await asyncio.gather(*sends)
    assert server.flood.waiting == 0


async def test_a_retry_waits_for_the_end_of_the_window(server: Server, clock: FakeClock) -> None:
    server.refusals = {1: [30, 20]}
    picture = server.send(1, Priority.FINAL)
    await clock.settle()
    reply = server.send(1, Priority.REPLY)
    other = server.send(2, Priority.REPLY)
    await clock.advance(60)
    assert picture.done()
    assert other.done()
    assert [call for call in server.calls if call[1] == 1] == [(0, 1), (30.1, 1), (50.2, 1), (50.2, 1)], (
        "one at a time until one passes"
    )
    await asyncio.gather(picture, reply, other)


async def test_progress_is_not_retried(server: Server, clock: FakeClock) -> None:
    server.refusals = {1: [5]}
    with pytest.raises(TelegramRetryAfter):
        await server.send(1, Priority.PROGRESS)
    assert len(server.calls) == 1


async def test_a_window_longer_than_the_patience_fails_at_once(server: Server, clock: FakeClock) -> None:
    server.refusals = {1: [500]}
    with pytest.raises(TelegramRetryAfter):
        await server.send(1, Priority.REPLY)
    with pytest.raises(TooLate):
        await server.send(1, Priority.REPLY)
    assert len(server.calls) == 1
    assert clock.monotonic() == 0


async def test_several_chats_refused_at_once_stop_all(server: Server, clock: FakeClock) -> None:
    server.refusals = {1: [5], 2: [5], 3: [400]}
    refused = [server.send(chat, Priority.FINAL) for chat in (1, 2, 3)]
    await clock.settle()
    bystander = server.send(4, Priority.PLACEHOLDER)
    await clock.advance(4)
    assert not bystander.done()
    await clock.advance(2)
    assert bystander.done(), "the longest of them is that chat's own"
    assert not refused[2].done()
    await clock.advance(400)
    await asyncio.gather(bystander, *refused)


async def test_two_refused_chats_stop_only_themselves(server: Server, clock: FakeClock) -> None:
    server.refusals = {1: [5], 2: [5]}
    refused = [server.send(chat, Priority.FINAL) for chat in (1, 2)]
    await clock.settle()
    await server.send(4)
    await clock.advance(10)
    await asyncio.gather(*refused)


async def test_inline_messages_that_are_refused_may_be_in_one_chat(server: Server, clock: FakeClock) -> None:
    names = ("a", "b", "c", "d")
    server.refusals = {name: [30] for name in names}
    refused = [server.edit(name, Priority.FINAL) for name in names]
    await clock.settle()
    await server.send(4)  # nobody else waits
    assert clock.monotonic() == 0
    server.refusals |= {4: [5], 5: [5]}
    crowd = [server.send(chat, Priority.FINAL) for chat in (4, 5)]
    await clock.settle()
    bystander = server.send(6)
    await clock.advance(4)
    assert not bystander.done(), "with two chats beside them it is a crowd"
    await clock.advance(400)
    await asyncio.gather(bystander, *refused, *crowd)


async def test_inline_messages_in_one_group_come_one_after_the_other(flood: FloodControl, clock: FakeClock) -> None:
    server = OneGroup(flood, clock)

    async def drawn(inline: str) -> None:
        for chosen in (Priority.REPLY, Priority.FINAL):
            await server.edit(inline, chosen, patience=600)

    drawing = [asyncio.create_task(drawn(f"message {number}")) for number in range(16)]
    await clock.advance(300)
    assert all(task.done() for task in drawing)
    await asyncio.gather(*drawing)
    assert server.refused <= 16, "each finds out once"


async def test_an_inline_message_is_edited_as_seldom_as_its_chat_may_ask_for(server: Server, clock: FakeClock) -> None:
    edits = [server.edit("a", Priority.FINAL) for _ in range(40)]
    other = server.edit("b")
    await clock.settle()
    assert other.done()
    assert sum(edit.done() for edit in edits) == 4, "no more at once: it may be a private chat"
    await clock.advance(130)
    await asyncio.gather(*edits)
    moments = [at for at, chat in server.calls if chat == "a"]
    assert all(sum(start <= at < start + 60 for at in moments) <= 20 for start in moments), "or a group"


async def test_the_picture_goes_before_what_else_edits_an_inline_message(server: Server, clock: FakeClock) -> None:
    for _ in range(3):
        await server.edit("a")
    menu, progress = server.edit("a"), server.edit("a", Priority.PROGRESS)
    await server.edit("a", Priority.FINAL)
    assert clock.monotonic() == 0
    assert (menu.done(), progress.done()) == (False, False)
    await clock.advance(60)
    await asyncio.gather(menu, progress)


async def test_actions_leave_now_or_not_at_all(server: Server) -> None:
    await server.send(1)
    await server.send(1, Priority.ACTION)
    await server.send(1)
    with pytest.raises(TooLate):
        await server.send(1, Priority.ACTION)


async def test_actions_take_nothing_from_what_comes_after(server: Server, clock: FakeClock) -> None:
    await server.send(1, Priority.ACTION)
    pictures = [server.send(1, Priority.FINAL) for _ in range(3)]
    await clock.settle()
    assert all(picture.done() for picture in pictures)


async def test_a_deadline(server: Server, clock: FakeClock) -> None:
    sends = [server.send(1) for _ in range(3)]
    hasty = server.send(1, Priority.REPLY, patience=1.0)
    await clock.advance(1.5)
    with pytest.raises(TooLate):
        await hasty
    await asyncio.gather(*sends)
    assert len(server.calls) == 3


async def test_recall(server: Server, clock: FakeClock) -> None:
    sends = [server.send(1) for _ in range(3)]
    recall = Recall()
    waiting = server.send(1, Priority.PROGRESS, recall=recall)
    await clock.settle()
    recall.call_back()
    with pytest.raises(Withdrawn):
        await waiting
    with pytest.raises(Withdrawn):
        await server.send(2, Priority.PROGRESS, recall=recall)
    recall.call_back()
    await asyncio.gather(*sends)
    assert len(server.calls) == 3


async def test_a_call_cancelled_while_it_waits_leaves_the_queue(server: Server, clock: FakeClock) -> None:
    sends = [server.send(1) for _ in range(5)]
    await clock.settle()
    sends[3].cancel()
    await clock.advance(4)
    assert sends[4].done()
    assert [call[0] for call in server.calls] == [0, 0, 0, 3.0]
    assert server.flood.waiting == 0
    await asyncio.gather(*sends, return_exceptions=True)


async def test_a_call_cancelled_at_its_turn_gives_its_place_back(server: Server, clock: FakeClock) -> None:
    first = [server.send(1) for _ in range(3)]
    victim, heir = server.send(1, Priority.FINAL), server.send(1)
    await clock.settle()
    turn = server.flood._turn

    def and_cancel(now: float) -> None:
        turn(now)
        if clock.monotonic() > 1 and not victim.cancelling():
            victim.cancel()  # it was let go just now, but has not run yet

    server.flood._turn = and_cancel  # type: ignore[method-assign]  # the moment cannot be met otherwise
    await clock.advance(3.1)
    assert victim.cancelled()
    assert heir.done()
    more = [server.send(1) for _ in range(2)]
    await clock.settle()
    assert len(server.calls) == 6, "the place of the cancelled one is free for another"
    await asyncio.gather(*first, heir, *more)


async def test_urgent_first_when_the_budget_over_all_is_out(server: Server, clock: FakeClock) -> None:
    replies = [server.send(chat) for chat in range(1, 1001)]
    await clock.advance(0.5)
    picture = server.send(5000, Priority.FINAL)
    await clock.advance(0.55)
    assert picture.done()
    assert sum(task.done() for task in replies) < 1000
    await clock.advance(10)
    await asyncio.gather(picture, *replies)


async def test_nothing_is_kept_of_chats_that_are_idle(server: Server, clock: FakeClock) -> None:
    for first in range(1, 3001, 1000):
        tasks = [server.send(first + number, Priority.FINAL) for number in range(1000)]
        await clock.advance(60)
        await asyncio.gather(*tasks)
    await server.send(5000)
    assert server.flood.remembered < 40
    assert server.flood._answers == {}
    assert clock.sleepers == 0, "no timer where nothing waits"


async def test_closing_ends_what_waits(server: Server, clock: FakeClock) -> None:
    sends = [server.send(1) for _ in range(4)]
    await clock.settle()
    await server.flood.close()
    with pytest.raises(TooLate):
        await sends[3]
    await asyncio.gather(*sends[:3])
