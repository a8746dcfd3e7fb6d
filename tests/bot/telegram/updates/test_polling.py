"""Updates in: stored before they are confirmed, handled in order per chat, kept until their handler has ended."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Message, Update
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.jobs.supervisor import Supervisor
from bot.telegram.updates import inbox_worker, lane
from bot.telegram.updates.fair_share import SHARE
from bot.telegram.updates.inbox import BadUpdate, inbox_row, lane_of
from bot.telegram.updates.media_groups import QUIET, RECOVERED
from bot.telegram.updates.polling import Intake, TokenRefused
from storage import Database, StorageUnavailable, Unit
from storage.records import InboxUpdate, OfferKind
from tests.bot.telegram.conftest import ASKED_FOR, FakeTelegram, Html, Refuse, Reset
from tests.clock import FakeClock, HastyClock
from tests.databases import furnish


def message(update_id: int, chat: int = 1, text: str = "x") -> dict[str, Any]:
    person = {"id": abs(chat), "is_bot": False, "first_name": "Ann"}
    content = {"message_id": update_id, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person}
    return {"update_id": update_id, "message": content | {"text": text}}


class Flaky:
    """A real database that is gone for as many transactions as a test says."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.gone = 0

    @asynccontextmanager
    async def transaction(self, *, urgent: bool = False) -> AsyncIterator[Unit]:
        if self.gone:
            self.gone -= 1
            raise StorageUnavailable("the disk is full")
        async with self.db.transaction(urgent=urgent) as unit:
            yield unit

    def read(self) -> Any:
        return self.db.read()


@dataclass
class Desk:
    """An intake with handlers that a test scripts, and what became of it."""

    telegram: FakeTelegram
    bot: Bot
    db: Flaky
    clock: FakeClock
    supervisor: Supervisor
    handler: Callable[[Update], Awaitable[None]] | None = None
    handled: list[int] = field(default_factory=list)
    albums: list[tuple[int, ...]] = field(default_factory=list)  # the message ids of each
    poisoned: list[int] = field(default_factory=list)
    outages: list[int] = field(default_factory=list)
    checkouts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.handled_one = asyncio.Event()
        self.intake = self.again()

    def again(self) -> Intake:
        """As after a restart."""
        self.intake = Intake(
            self.bot,
            self.db,  # type: ignore[arg-type]  # the real one behind a switch
            self.feed,
            self.supervisor,
            self.clock,
            on_poison=self.on_poison,
            on_outage=self.on_outage,
            on_checkout=self.on_checkout,
        )
        return self.intake

    async def feed(self, update: Update, album: tuple[Message, ...]) -> None:
        if self.handler is not None:
            await self.handler(update)
        self.handled.append(update.update_id)
        if album:
            self.albums.append(tuple(message.message_id for message in album))
        self.handled_one.set()

    async def on_poison(self, update: Update) -> None:
        self.poisoned.append(update.update_id)

    async def on_outage(self, updates: Sequence[dict[str, Any]], told: set[int]) -> None:
        new = {update["message"]["chat"]["id"] for update in updates} - told
        told |= new
        self.outages.extend(new)

    async def on_checkout(self, query: dict[str, Any]) -> None:
        self.checkouts.append(query["id"])

    async def until(self, condition: Callable[[], bool]) -> None:
        """HastyClock makes everything happen as fast as the sockets allow."""
        async with asyncio.timeout(60):
            while not condition():
                await asyncio.wait({asyncio.ensure_future(self.handled_one.wait())}, timeout=0.01)
                self.handled_one.clear()

    async def idle(self) -> None:
        await self.until(lambda: not self.intake.handling)

    async def rows(self) -> list[InboxUpdate]:
        async with self.db.read() as unit:
            waiting: list[InboxUpdate] = await unit.inbox.pending()
        return waiting

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        task = asyncio.create_task(self.intake.run())
        try:
            yield task
        finally:
            await self.intake.stop(grace=1)
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def desk(telegram: FakeTelegram, bot: Bot, clock: HastyClock, tmp_path: Path) -> AsyncIterator[Desk]:
    db = await Database.open(furnish(tmp_path / "imagine.db"), clock_now=clock.now)
    supervisor = Supervisor()
    yield Desk(telegram, bot, Flaky(db), clock, supervisor)
    await supervisor.close()
    await db.close()


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        (message(1, chat=-100), 100),
        ({"update_id": 1, "message": {"chat": {"id": -9}, "from": {"id": 5}}}, 5),
        ({"update_id": 1, "edited_message": {"chat": {"id": -9}, "from": {"id": 5}}}, 5),
        ({"update_id": 1, "message": {"chat": {"id": -9}, "from": {"id": 5}, "sender_chat": {"id": -9}}}, -9),
        ({"update_id": 1, "message": {"chat": {"id": -9}, "from": {"id": 2**63}}}, -9),
        ({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 5}, "message": {"chat": {"id": 8}}}}, 5),
        ({"update_id": 1, "inline_query": {"id": "1", "from": {"id": 5}}}, 5),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 9}, "from": {"id": 5}}}, 9),
        ({"update_id": 77, "poll": {"id": "1"}}, 77),
        ({"update_id": 77, "message": {"chat": "nonsense", "from": None}}, 77),
    ],
)
def test_lanes(update: dict[str, Any], lane: int) -> None:
    assert lane_of(update) == lane


@pytest.mark.parametrize("thing", [None, 1, "x", [], {}, {"update_id": "1"}, {"update_id": True}])
def test_no_update(thing: object) -> None:
    with pytest.raises(BadUpdate):
        inbox_row(thing)


async def test_polling_removes_a_webhook_and_confirms_what_is_stored(desk: Desk) -> None:
    desk.telegram.webhook = "https://elsewhere"
    desk.telegram.push(message(10), message(11), message(12, chat=2))
    async with desk.running():
        await desk.until(lambda: len(desk.handled) == 3)
        await desk.until(lambda: len(desk.telegram.made("getUpdates")) == 2)
        await desk.idle()
        desk.telegram.push(message(13))
        await desk.until(lambda: len(desk.handled) == 4)
        await desk.idle()
    polls = desk.telegram.made("getUpdates")
    assert desk.telegram.webhook == ""
    assert desk.telegram.calls[0].params == {"drop_pending_updates": False}
    assert [poll.params.get("offset") for poll in polls[:2]] == [None, 13]
    assert polls[0].params["allowed_updates"] == ASKED_FOR
    assert polls[-1].params["offset"] == 14, "the last batch is confirmed at the end"
    assert polls[-1].params["timeout"] == 0
    assert await desk.rows() == []


async def test_one_slow_chat_delays_no_other_and_each_stays_in_order(desk: Desk) -> None:
    release = asyncio.Event()

    async def slow(update: Update) -> None:
        if update.update_id == 1:
            await release.wait()

    desk.handler = slow
    await desk.intake.accept([message(1, 1), message(2, 1), message(3, 2), message(4, 1), message(5, 2)])
    await desk.until(lambda: desk.handled == [3, 5])
    await desk.until(lambda: desk.intake.handling == 3)
    assert [row.update_id for row in await desk.rows()] == [1, 2, 4]
    release.set()
    await desk.idle()
    assert desk.handled == [3, 5, 1, 2, 4]
    assert await desk.rows() == []
    await desk.until(lambda: len(desk.supervisor) == 0)  # a lane's task lives only while it has work


async def test_the_same_update_twice_is_handled_once(desk: Desk) -> None:
    release = asyncio.Event()

    async def slow(_update: Update) -> None:
        await release.wait()

    desk.handler = slow
    await desk.intake.accept([message(1)])
    await desk.intake.accept([message(1), message(2)])
    release.set()
    await desk.idle()
    assert desk.handled == [1, 2]


async def test_sent_again_in_the_very_moment_it_is_forgotten_nothing_stays_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the commit that removes an update and its handler's knowing of it."""
    tell = inbox_worker._tell
    again: list[asyncio.Task[None]] = []

    def late(batch: Any) -> None:
        if batch and not again:
            again.append(asyncio.create_task(desk.intake.accept([message(1)])))
        if batch and not again[0].done():
            again[0].add_done_callback(lambda _: tell(batch))
        else:
            tell(batch)

    monkeypatch.setattr(inbox_worker, "_tell", late)
    await desk.intake.accept([message(1)])
    await desk.idle()
    assert again
    assert await desk.rows() == []
    assert desk.handled == [1]


async def test_what_was_not_handled_is_handled_after_a_restart(desk: Desk) -> None:
    async def stuck(_update: Update) -> None:
        await asyncio.Event().wait()

    desk.handler = stuck
    await desk.intake.accept([message(1), message(2), message(3, chat=2)])
    await asyncio.sleep(0.01)
    await desk.intake.stop(grace=0.01)
    assert [row.update_id for row in await desk.rows()] == [1, 2, 3]

    desk.handler = None
    await desk.again().recover()
    await desk.idle()
    assert sorted(desk.handled) == [1, 2, 3]
    assert await desk.rows() == []


async def test_stopping_lets_a_running_handler_end_and_begins_no_other(desk: Desk) -> None:
    begun, release = asyncio.Event(), asyncio.Event()

    async def slow(_update: Update) -> None:
        begun.set()
        await release.wait()

    desk.handler = slow
    await desk.intake.accept([message(1), message(2)])
    await begun.wait()
    stopping = asyncio.create_task(desk.intake.stop(grace=5))
    await asyncio.sleep(0)
    release.set()
    await stopping
    assert desk.handled == [1]
    assert [row.update_id for row in await desk.rows()] == [2]


async def test_an_update_that_kills_the_process_does_so_a_bounded_number_of_times(desk: Desk) -> None:
    begun = 0

    async def deadly(_update: Update) -> None:
        nonlocal begun
        begun += 1
        await asyncio.Event().wait()

    desk.handler = deadly
    most = lane.CRASHES + inbox_worker.ATTEMPTS + 1  # the second of them is innocent and begins once
    await desk.intake.accept([message(1), message(2)])
    while not desk.poisoned and begun <= most:
        before = begun
        await desk.until(lambda before=before: begun > before or bool(desk.poisoned))  # type: ignore[misc]  # bound at once
        await desk.intake.stop(grace=0)  # the process dies, the next one begins
        if not desk.poisoned:
            await desk.again().recover()
    assert desk.poisoned == [1]
    assert begun <= most
    assert desk.handled == []


async def test_a_process_that_is_killed_again_and_again_makes_no_update_poisonous(desk: Desk) -> None:
    """Many were in flight each time: none of them is to blame."""
    begun = 0

    async def stuck(_update: Update) -> None:
        nonlocal begun
        begun += 1
        await asyncio.Event().wait()

    desk.handler = stuck
    await desk.intake.accept([message(number, chat=number) for number in range(1, 21)])
    for life in range(inbox_worker.ATTEMPTS + 1):
        before, more = begun, 2 if life < lane.CRASHES else 1  # from then on each is handled alone
        await desk.until(lambda least=before + more: begun >= least)  # type: ignore[misc]  # bound at once
        await desk.intake.stop(grace=0)
        await desk.again().recover()
    await desk.intake.stop(grace=0)
    desk.handler = None
    await desk.again().recover()
    await desk.idle()
    assert desk.poisoned == []
    assert sorted(desk.handled) == list(range(1, 21))


async def test_a_failing_handler_is_tried_again_and_then_the_person_is_told(desk: Desk) -> None:
    tries: list[int] = []

    async def failing(update: Update) -> None:
        tries.append(update.update_id)
        if update.update_id == 1 or len(tries) == 1:
            raise ZeroDivisionError

    desk.handler = failing
    await desk.intake.accept([message(1), message(2)])
    await desk.idle()
    assert tries == [1, 1, 1, 2]
    assert desk.poisoned == [1]
    assert desk.handled == [2]
    assert await desk.rows() == []
    assert desk.clock.monotonic() == pytest.approx(6.0), "a pause before each attempt"


async def test_a_handler_that_recovers(desk: Desk) -> None:
    tries: list[int] = []

    async def once(update: Update) -> None:
        tries.append(update.update_id)
        if len(tries) == 1:
            raise ZeroDivisionError

    desk.handler = once
    await desk.intake.accept([message(1)])
    await desk.idle()
    assert desk.handled == [1]
    assert desk.poisoned == []


async def test_the_database_is_gone_while_a_handler_runs(desk: Desk) -> None:
    """However long it takes: it is nobody's mistake, and does not count."""
    outages = 20

    async def needs_it(_update: Update) -> None:
        nonlocal outages
        if outages:
            outages -= 1
            raise StorageUnavailable("locked")

    desk.handler = needs_it
    await desk.intake.accept([message(1)])
    await desk.idle()
    assert desk.handled == [1]
    assert desk.poisoned == []


async def test_the_database_is_gone_when_updates_come(desk: Desk) -> None:
    desk.db.gone = 8
    desk.telegram.push(message(1), message(2))
    with capture_logs() as lines:
        async with desk.running():
            await desk.until(lambda: len(desk.handled) == 2)
    assert desk.outages == [1], "a chat is told once an outage"
    assert desk.telegram.made("getUpdates")[0].params.get("offset") is None
    said = [line["event"] for line in lines if line["log_level"] in {"error", "warning"}]
    assert said == ["updates cannot be stored, Telegram keeps them"] * 8 + ["the database is back"]


async def test_who_comes_during_an_outage_is_told_too(desk: Desk) -> None:
    desk.db.gone = 10**6
    desk.telegram.push(message(1, chat=1))
    async with desk.running():
        await desk.until(lambda: desk.outages == [1])
        desk.telegram.push(message(2, chat=2))
        await desk.until(lambda: desk.outages == [1, 2])
        desk.db.gone = 0
        await desk.until(lambda: len(desk.handled) == 2)
        desk.db.gone = 10**6
        desk.telegram.push(message(3, chat=1))
        await desk.until(lambda: desk.outages == [1, 2, 1])  # another outage
        desk.db.gone = 0


async def test_a_pushed_update_tells_of_an_outage(desk: Desk) -> None:
    desk.db.gone = 2
    for _ in range(2):  # Telegram sends it again
        with pytest.raises(StorageUnavailable):
            await desk.intake.accept([message(1)])
    await desk.intake.accept([message(1)])
    await desk.until(lambda: desk.handled == [1])
    assert desk.outages == [1]


async def test_an_outage_when_the_bot_stops_confirms_nothing(desk: Desk) -> None:
    desk.db.gone = 10**6
    desk.telegram.push(message(1))
    async with desk.running():
        await desk.until(lambda: bool(desk.outages))
    assert all("offset" not in poll.params for poll in desk.telegram.made("getUpdates"))


async def test_the_row_is_removed_when_the_database_is_back(desk: Desk) -> None:
    async def breaks_it(_update: Update) -> None:
        desk.db.gone = 5

    desk.handler = breaks_it
    await desk.intake.accept([message(1)])
    await desk.idle()
    assert await desk.rows() == []


async def test_an_update_that_aiogram_cannot_read_blocks_nobody(desk: Desk) -> None:
    desk.telegram.push({"update_id": 1, "message": {"chat": {"id": 1}, "what": "is this"}}, message(2))
    async with desk.running():
        await desk.until(lambda: desk.handled == [2])
        await desk.idle()
    assert await desk.rows() == []


@pytest.mark.parametrize(
    "fault",
    [
        Html(502),
        Reset(effect=False),
        Reset(effect=True),
        Refuse(500, "Internal Server Error"),
        Refuse(429, "Too Many Requests: retry after 40", {"retry_after": 40}),
        Refuse(409, "Conflict: terminated by other getUpdates request; make sure that only one bot runs"),
        Refuse(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"),
    ],
)
async def test_polling_goes_on_after_a_fault(desk: Desk, fault: Any) -> None:
    desk.telegram.script("getUpdates", fault, fault)
    desk.telegram.push(message(1))
    with capture_logs() as lines:
        async with desk.running():
            await desk.until(lambda: desk.handled == [1])
    told = [line["event"] for line in lines if line["log_level"] in {"warning", "error"}]
    if isinstance(fault, Refuse) and fault.code == 409:
        assert len(told) == 2
    else:  # one line an outage, whatever the number of tries; and one when it is over
        assert told == ["no updates from Telegram"]
        assert "Telegram answers again" in [line["event"] for line in lines]
    if isinstance(fault, Refuse) and fault.code == 429:
        assert desk.clock.monotonic() >= 80
    if isinstance(fault, Refuse) and "other" in fault.description:
        assert told[0] == "another instance polls with this token: stop one of them"
        assert desk.clock.monotonic() >= 30
    if isinstance(fault, Refuse) and "webhook" in fault.description:
        assert len(desk.telegram.made("deleteWebhook")) == 3


async def test_a_long_outage_is_a_line_every_few_minutes(desk: Desk) -> None:
    """Each try by itself would be a line every half minute, and the call's own another one."""
    desk.telegram.script("getUpdates", *[Html(502)] * 25)  # about ten minutes of pauses
    desk.telegram.push(message(1))
    with capture_logs() as lines:
        async with desk.running():
            await desk.until(lambda: desk.handled == [1])
    told = [line["event"] for line in lines if line["log_level"] in {"info", "warning", "error"}]
    assert told[0] == "no updates from Telegram"
    assert told.count("no updates from Telegram") == 1
    assert 1 <= told.count("still no updates from Telegram") <= 3
    assert "call failed" not in told


@pytest.mark.parametrize("fault", [Refuse(401, "Unauthorized"), Refuse(404, "Not Found")])
async def test_a_wrong_token_ends_it(desk: Desk, fault: Refuse) -> None:
    desk.telegram.script("deleteWebhook", fault)
    with pytest.raises(TokenRefused, match="BOT_TOKEN"):
        await desk.intake.run()


async def test_stopping_cuts_a_long_poll_short(desk: Desk) -> None:
    async with desk.running() as task:
        await desk.telegram.reached(2)
    assert task.done()
    assert not task.cancelled()


async def test_cancelling_cuts_it_too(desk: Desk) -> None:
    async with desk.running() as task:
        await desk.telegram.reached(2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_fetching_stops_while_too_much_is_unhandled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_worker, "ROOM", 3)
    release = asyncio.Event()

    async def slow(_update: Update) -> None:
        await release.wait()

    desk.handler = slow
    desk.telegram.push(message(1), message(2), message(3))
    async with desk.running():
        await desk.until(lambda: desk.intake.full)
        await asyncio.sleep(0.02)
        assert len(desk.telegram.made("getUpdates")) == 1
        release.set()
        await desk.idle()
        await desk.until(lambda: len(desk.telegram.made("getUpdates")) == 2)
    assert desk.handled == [1, 2, 3]


async def test_of_many_at_once_the_first_are_done_before_the_last_begin(desk: Desk) -> None:
    begun: list[int] = []
    ended: list[int] = []

    async def handler(update: Update) -> None:
        begun.append(update.update_id)
        for _ in range(20):
            await asyncio.sleep(0)
        ended.append(update.update_id)

    desk.handler = handler
    await desk.intake.accept([message(number, chat=number) for number in range(1, 601)])
    await desk.until(lambda: bool(ended))
    assert len(begun) < 200
    await desk.until(lambda: len(ended) == 600)
    assert begun == list(range(1, 601)), "in the order in which they came"
    await desk.idle()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["update_id", "message", "callback_query", "my_chat_member", "chat", "from", "id", "sender_chat"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(JSON, st.none() | st.integers(-(2**70), 2**70))
def test_anything_is_an_update_that_the_inbox_can_hold_or_is_refused(thing: Any, update_id: int | None) -> None:
    if isinstance(thing, dict) and update_id is not None:
        thing["update_id"] = update_id
    with suppress(BadUpdate):
        row = inbox_row(thing)
        assert 0 <= row.update_id < 2**63
        assert -(2**63) < row.lane < 2**63


async def test_an_account_with_a_backlog_takes_no_more_than_its_share_of_the_room(desk: Desk) -> None:
    """Its updates wait in the inbox, keep their order, and nobody else's wait for them."""
    release = asyncio.Event()

    async def handler(update: Update) -> None:
        if update.message is not None and update.message.chat.id == 1:
            await release.wait()

    desk.handler = handler
    flood, others = 3 * SHARE, range(1000, 1020)
    for start in range(0, flood, 50):
        await desk.intake.accept([message(number) for number in range(start + 1, start + 51)])
    await desk.intake.accept([message(number, chat=number) for number in others])
    await desk.until(lambda: len(desk.handled) == len(others))
    await desk.until(lambda: desk.intake.handling == SHARE)
    assert not desk.intake.full
    release.set()
    await desk.until(lambda: len(desk.handled) == flood + len(others))
    assert [number for number in desk.handled if number <= flood] == list(range(1, flood + 1))
    await desk.idle()
    assert await desk.rows() == []


async def test_a_backlog_from_before_the_start_is_shared_likewise(desk: Desk) -> None:
    desk.handler = None
    async with desk.db.transaction() as unit:
        await unit.inbox.add([inbox_row(message(number)) for number in range(1, 2 * SHARE + 1)])
    await desk.intake.recover()
    assert desk.intake.handling == SHARE
    await desk.until(lambda: len(desk.handled) == 2 * SHARE)
    assert desk.handled == list(range(1, 2 * SHARE + 1))


async def test_many_slow_chats_hold_up_nobody(desk: Desk) -> None:
    release = asyncio.Event()

    async def slow(update: Update) -> None:
        if update.update_id != 60:
            await release.wait()

    desk.handler = slow
    await desk.intake.accept([message(number, chat=number) for number in range(1, 61)])
    await desk.until(lambda: desk.handled == [60])
    release.set()
    await desk.idle()
    assert await desk.rows() == []


async def test_the_pace_is_kept_by_a_loop_that_is_late(desk: Desk) -> None:
    """The loop is busy for a second: all begin whom that second would have let begin, not one a turn of the loop."""
    release, begun = asyncio.Event(), 0

    async def slow(_update: Update) -> None:
        nonlocal begun
        begun += 1
        await release.wait()

    desk.handler = slow
    await desk.intake.accept([message(number, chat=number) for number in range(1, 301)])
    await desk.until(lambda: begun >= 8)
    before = begun
    time.sleep(1)  # noqa: ASYNC251 - this is the loop being busy
    for _ in range(30):
        await asyncio.sleep(0)
    assert begun - before >= 25
    release.set()
    await desk.idle()


async def test_what_has_not_begun_when_the_bot_stops_stays_in_the_inbox(desk: Desk) -> None:
    release = asyncio.Event()

    async def slow(_update: Update) -> None:
        await release.wait()

    desk.handler = slow
    await desk.intake.accept([message(number, chat=number) for number in range(1, 101)])
    await desk.intake.stop(grace=0)
    assert desk.handled == []
    assert len(await desk.rows()) == 100


def part(update_id: int, message_id: int, *, album: str | None = "77", caption: str | None = None) -> dict[str, object]:
    """A photo of an album, as Telegram tells of it."""
    photo = {"file_id": f"photo{message_id}", "file_unique_id": str(message_id), "width": 90, "height": 60}
    message = {
        "message_id": message_id,
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "A"},
        "photo": [photo],
        "media_group_id": album,
        "caption": caption,
    }
    return {"update_id": update_id, "message": {key: value for key, value in message.items() if value is not None}}


async def test_the_parts_of_an_album_are_handled_as_one(desk: Desk) -> None:
    await desk.intake.accept([part(1, 11), part(3, 13, caption="together"), part(2, 12), part(4, 14, album="78")])
    await desk.idle()
    assert desk.albums == [(11, 12, 13)]
    assert desk.handled == [3, 4]
    assert await desk.rows() == []


async def test_an_album_survives_a_crash_while_it_is_handled(desk: Desk) -> None:
    begun = asyncio.Event()

    async def dies(_update: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    desk.handler = dies
    await desk.intake.accept([part(1, 11, caption="together"), part(2, 12)])
    async with asyncio.timeout(10):
        await begun.wait()
    await desk.intake.stop(grace=0.01)
    assert [row.update_id for row in await desk.rows()] == [1, 2]
    desk.handler = None
    await desk.again().recover()
    await desk.idle()
    assert (desk.albums, desk.handled) == ([(11, 12)], [1])
    assert await desk.rows() == []


async def test_an_album_waits_in_the_inbox_when_the_process_stops(desk: Desk) -> None:
    await desk.intake.accept([part(1, 11, caption="together"), part(2, 12)])
    await desk.intake.stop(grace=1)
    assert desk.handled == []
    assert [row.update_id for row in await desk.rows()] == [1, 2]
    await desk.again().recover()
    await desk.idle()
    assert (desk.albums, desk.handled) == ([(11, 12)], [1])


async def test_an_album_of_which_a_part_is_left_waits_for_what_telegram_sends_again(desk: Desk) -> None:
    """A second is enough while parts come one after the other. After a restart Telegram begins a moment later."""
    desk.clock = clock = FakeClock()
    await desk.again().accept([part(1, 11)])
    await desk.until(lambda: clock.sleepers == 1)
    await desk.intake.stop(grace=1)

    await desk.again().recover()
    await desk.until(lambda: clock.sleepers == 1)
    await clock.advance(RECOVERED - 0.5)
    assert clock.sleepers == 1, "it still waits"
    await desk.intake.accept([part(2, 12, caption="together")])
    await clock.advance(QUIET)
    assert clock.sleepers == 1, "for a third part"
    await clock.advance(QUIET)
    await desk.idle()
    assert (desk.albums, desk.handled) == ([(11, 12)], [2])

    began = clock.monotonic()
    await desk.intake.accept([part(3, 13, album="78")])
    await desk.until(lambda: clock.sleepers == 1)
    await clock.advance(QUIET)
    await desk.idle()
    assert desk.handled == [2, 3]
    assert clock.monotonic() - began < RECOVERED, "a new album does not wait so long"


def text(update_id: int, words: str, *, date: int = 1, chat: int = 7, sender: int = 7) -> dict[str, object]:
    kind = {"id": chat, "type": "private" if chat > 0 else "supergroup"} | ({"title": "G"} if chat < 0 else {})
    message = {
        "message_id": 10 + update_id,
        "date": date,
        "chat": kind,
        "from": {"id": sender, "is_bot": False, "first_name": "A"},
        "text": words,
    }
    return {"update_id": update_id, "message": message}


HEAD = "x" * 4096


@pytest.fixture
def read(desk: Desk) -> list[str]:
    """The texts that the handlers get."""
    texts: list[str] = []

    async def handler(update: Update) -> None:
        assert update.message is not None
        texts.append(update.message.text or "")

    desk.handler = handler
    return texts


async def test_a_text_that_a_client_has_cut_is_one(desk: Desk, read: list[str]) -> None:
    cut = "/imagine " + "x" * 3000
    await desk.intake.accept([text(1, cut), text(2, "a fox --ar 16:9", date=2), text(3, "a hen", date=9)])
    await desk.idle()
    assert read == [f"{cut} a fox --ar 16:9", "a hen"]
    assert desk.handled == [1, 3]
    assert await desk.rows() == []


async def test_three_parts_and_what_was_cut_within_a_word(desk: Desk, read: list[str]) -> None:
    await desk.intake.accept([text(1, HEAD), text(2, HEAD, date=1), text(3, "yz", date=2)])
    await desk.idle()
    assert read == [HEAD + HEAD + "yz"]


async def test_a_part_that_comes_a_moment_later_is_waited_for(desk: Desk, read: list[str]) -> None:
    await desk.intake.accept([text(1, HEAD)])
    await asyncio.sleep(0)
    await desk.intake.accept([text(2, "the rest")])
    await desk.idle()
    assert "the rest" not in read
    assert await desk.rows() == []


async def test_a_part_that_comes_after_the_answer_is_not_handled_alone(desk: Desk, read: list[str]) -> None:
    await desk.intake.accept([text(1, HEAD)])
    await desk.idle()
    await desk.intake.accept([text(2, "the rest", date=2), text(3, "a fox", date=60)])
    await desk.idle()
    assert read == [HEAD, "a fox"]
    assert await desk.rows() == []


async def test_a_part_that_comes_after_a_restart_is_not_handled_alone(desk: Desk, read: list[str]) -> None:
    await desk.intake.accept([text(1, HEAD)])
    await desk.idle()
    await desk.intake.stop(grace=1)
    await desk.again().recover()
    await desk.intake.accept([text(2, "the rest", date=2), text(3, "a fox", date=60)])
    await desk.idle()
    assert read == [HEAD, "a fox"]


@pytest.mark.parametrize(
    "second",
    [
        text(2, "/cancel"),
        text(2, "a fox", date=30),
        text(2, "a fox", chat=-100),
        text(2, "a fox", sender=8),
    ],
    ids=["a command", "later", "another chat", "another person"],
)
async def test_what_is_no_part_of_it(desk: Desk, read: list[str], second: dict[str, Any]) -> None:
    await desk.intake.accept([text(1, HEAD), second])
    await desk.idle()
    assert sorted(read) == sorted([HEAD, second["message"]["text"]])


async def test_short_texts_are_not_waited_for_and_stay_apart(desk: Desk, read: list[str]) -> None:
    await desk.intake.accept([text(1, "x" * 2047), text(2, "a fox")])
    await desk.idle()
    assert read == ["x" * 2047, "a fox"]


async def test_a_cut_text_survives_a_crash_whole(desk: Desk, read: list[str]) -> None:
    begun, handler = asyncio.Event(), desk.handler

    async def dies(_update: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    desk.handler = dies
    await desk.intake.accept([text(1, HEAD), text(2, "the rest")])
    async with asyncio.timeout(10):
        await begun.wait()
    await desk.intake.stop(grace=0.01)
    assert [row.update_id for row in await desk.rows()] == [1, 2]
    desk.handler = handler
    await desk.again().recover()
    await desk.idle()
    assert read == [f"{HEAD}the rest"]
    assert await desk.rows() == []


def paid(update_id: int, charge: str) -> dict[str, Any]:
    payment = {"currency": "XTR", "total_amount": 50, "invoice_payload": "credits:1"}
    found = message(update_id)
    del found["message"]["text"]
    found["message"]["successful_payment"] = payment | {
        "telegram_payment_charge_id": charge,
        "provider_payment_charge_id": "",
    }
    return found


async def credited(desk: Desk) -> int:
    async with desk.db.read() as unit:
        has = await unit.credits.balance(1, free=0)
    found: int = has.paid
    return found


async def test_a_payment_is_credited_with_its_update_and_once_whatever_its_handler_does(desk: Desk) -> None:
    async with desk.db.transaction() as unit:
        await unit.credits.offer(1, OfferKind.PACK, 50, 500)

    async def fail(_: Update) -> None:
        raise RuntimeError("a mistake of ours")

    desk.handler = fail
    await desk.intake.accept([paid(1, "charge")])
    assert await credited(desk) == 500
    await desk.until(lambda: desk.poisoned == [1])  # given up, but not the payment
    await desk.intake.accept([paid(1, "charge"), paid(2, "charge")])
    assert await credited(desk) == 500
    await desk.intake.accept([paid(3, "another")])
    assert await credited(desk) == 1000


async def test_a_payment_that_cannot_be_stored_is_credited_when_it_comes_again(desk: Desk) -> None:
    async with desk.db.transaction() as unit:
        await unit.credits.offer(1, OfferKind.PACK, 50, 500)
    desk.db.gone = 1
    with pytest.raises(StorageUnavailable):
        await desk.intake.accept([paid(1, "charge")])
    assert await credited(desk) == 0
    await desk.intake.accept([paid(1, "charge")])
    assert await credited(desk) == 500


async def test_whether_somebody_may_pay_is_answered_past_the_inbox(desk: Desk) -> None:
    """Also while nothing can be stored, and behind an update that takes its time."""
    blocked = asyncio.Event()

    async def wait(_: Update) -> None:
        await blocked.wait()

    desk.handler = wait
    question = {"id": "q1", "from": {"id": 1}, "currency": "XTR", "total_amount": 50, "invoice_payload": "credits:1"}
    await desk.intake.accept([message(1)])
    await desk.intake.accept([{"update_id": 2, "pre_checkout_query": question}])
    await desk.until(lambda: desk.checkouts == ["q1"])
    assert [row.update_id for row in await desk.rows()] == [1]
    desk.db.gone = 1
    with pytest.raises(StorageUnavailable):
        await desk.intake.accept([{"update_id": 3, "pre_checkout_query": question | {"id": "q2"}}, message(4)])
    await desk.until(lambda: desk.checkouts == ["q1", "q2"])
    blocked.set()
    await desk.idle()


async def test_polling_confirms_a_question_before_a_payment(desk: Desk) -> None:
    desk.telegram.updates.append({"update_id": 5, "pre_checkout_query": {"id": "q", "from": {"id": 1}}})
    async with desk.running():
        await desk.until(lambda: desk.checkouts == ["q"])
        await desk.until(lambda: any(call.params.get("offset") == 6 for call in desk.telegram.made("getUpdates")))
