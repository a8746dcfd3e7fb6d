"""More than nine pictures: the first sheet takes the placeholder's place, the second one is sent once."""

import asyncio
import io
from collections.abc import AsyncGenerator

import pytest
from PIL import Image

from bot.jobs.service import CancelResult
from bot.telegram.errors import Outcome
from bot.telegram.outbox.outbox import Card, DeliveryFailed, Destination, FinalPicture, Recall, Shown
from providers.events import Event, ImageResponse
from providers.request import ImageRequest
from storage import StorageUnavailable
from storage.records import RequestState
from storage.repositories.requests import Requests
from tests.bot.jobs.bench import (
    CHAT,
    PATIENCE,
    Backend,
    Bench,
    Gate,
    MakeBench,
    Scripted,
    Telegram,
    eventually,
    picture_url,
)

FIRST, SECOND = 100, 101  # message ids


class SlowForNew(Telegram):
    """What takes no placeholder's place: `refused` with these errors, one a call, and answered at `answered`."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[DeliveryFailed] = []
        self.answered: Gate | None = None

    async def final(
        self,
        place: Destination,
        shown: Shown | None,
        picture: FinalPicture,
        card: Card,
        *,
        recall: Recall | None = None,
    ) -> Shown:
        if shown is None and self.refused:
            raise self.refused.pop(0)
        sent = await super().final(place, shown, picture, card, recall=recall)
        if shown is None and self.answered is not None:
            await self.answered()
        return sent


@pytest.fixture
def telegram() -> SlowForNew:
    return SlowForNew()


async def ten(bench: Bench, seed: int | None = None) -> None:
    await bench.accepted(count=10, seed=seed)


async def sheets(bench: Bench) -> list[tuple[int, int, int, int]]:
    async with bench.db.read() as unit:
        found = await unit.sheets.of_request(1)
    return [(sheet.number, sheet.first, sheet.count, sheet.message_id) for sheet in found]


async def test_two_sheets(bench: Bench, telegram: SlowForNew) -> None:
    async with bench.db.transaction() as unit:
        await unit.users.change(1, spoiler=True)
    await ten(bench)
    await bench.until(RequestState.DELIVERED)
    first, second = telegram.messages[FIRST], telegram.messages[SECOND]
    assert [(one.kind, one.spoiler, one.place) for one in (first, second)] == [("photo", True, CHAT)] * 2
    assert (first.text, second.text) == ("10 of a fox", "6 to 10 of 10")
    assert Image.open(io.BytesIO(first.picture or b"")).size == Image.open(io.BytesIO(second.picture or b"")).size
    assert first.picture != second.picture  # the numbers
    assert await sheets(bench) == [(2, 5, 5, SECOND)]
    assert telegram.calls.count("final") == 2
    assert (await bench.request()).message_id == FIRST
    pictures = await bench.pictures()
    assert all(picture.thumbnail for picture in pictures)
    assert await bench.service.send_full(pictures[9].id, CHAT)
    assert telegram.messages[102].text == "number 10"


@pytest.mark.parametrize("skipped", [False, True])
async def test_what_was_sent_before_a_crash_is_not_sent_again(
    make: MakeBench, telegram: SlowForNew, monkeypatch: pytest.MonkeyPatch, skipped: bool
) -> None:
    """Killed when the second sheet was noted, and the end was not."""
    telegram.skip = skipped
    first, second = (100, 101)
    with monkeypatch.context() as patched:
        patched.setattr(Requests, "finish", _unavailable)
        bench = await make()
        await ten(bench)
        await eventually(lambda: second in telegram.messages)
        await _until_noted(bench)
        await bench.kill()
    bench = await make()
    await bench.until(RequestState.DELIVERED)
    assert list(telegram.messages) == [first, second]
    assert await sheets(bench) == [(2, 5, 5, second)]
    assert len(telegram.messages[first].edits) > 1  # the edit of the first one changes nothing


async def test_a_pause_in_between(bench: Bench, telegram: SlowForNew) -> None:
    """The chat takes nothing for a while: the second sheet comes later."""
    telegram.refused = [DeliveryFailed(Outcome.FLOOD, "Too Many Requests")]
    await ten(bench)
    await eventually(lambda: not telegram.refused)
    await bench.settle()
    await bench.clock.advance(60)
    await bench.until(RequestState.DELIVERED)
    assert [message.text for message in telegram.messages.values()] == ["10 of a fox", "6 to 10 of 10"]


async def test_a_sheet_that_telegram_refuses(bench: Bench, telegram: SlowForNew) -> None:
    """The first one has the buttons of all pictures then."""
    telegram.refused = [DeliveryFailed(Outcome.BAD_PHOTO, "IMAGE_PROCESS_FAILED")]
    await ten(bench)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.buttons == [str(number) for number in range(1, 11)]
    assert await sheets(bench) == []


async def test_another_process_goes_on_meanwhile(bench: Bench, telegram: SlowForNew) -> None:
    """What it did not know of is taken back by its sender."""
    telegram.answered = slow = Gate()
    await ten(bench)
    await eventually(lambda: slow.waiting)
    async with bench.db.transaction() as unit:
        request = await unit.requests.get(1)
        assert request is not None
        assert await unit.requests.claim_end(1, request.attempt)
    slow.open()
    await eventually(lambda: SECOND not in telegram.messages)
    await bench.settle()
    assert (await bench.request()).state is RequestState.DRAWN  # the other one's to end
    assert await sheets(bench) == []


async def test_cancelled_when_the_second_one_was_sent(
    bench: Bench, telegram: SlowForNew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end could not be stored, so it was still to be cancelled: no sheet stays below the card that says so."""
    refused = asyncio.Event()

    async def unavailable(*_: object, **__: object) -> bool:
        refused.set()
        raise StorageUnavailable("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Requests, "finish", unavailable)
        await ten(bench)
        await asyncio.wait_for(refused.wait(), PATIENCE)
        assert SECOND in telegram.messages
        await bench.settle()
    assert await bench.service.cancel(1, by=1, admin=False) is CancelResult.CANCELLED
    assert telegram.only.text == "cancelled"
    assert await sheets(bench) == []


async def test_a_failure_leaves_none_either(
    bench: Bench, telegram: SlowForNew, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def mistaken(*_: object, **__: object) -> bool:
        monkeypatch.undo()
        return bool(1 / 0)

    monkeypatch.setattr(Requests, "finish", mistaken)
    await ten(bench)
    await bench.until(RequestState.FAILED)
    await eventually(lambda: len(telegram.messages) == 1)
    assert telegram.only.text.startswith("failed: internal")


async def test_a_sheet_without_pictures(bench: Bench, backend: Backend, telegram: SlowForNew) -> None:
    """Of draws that fail there is no place on the sheets: what came is one sheet."""

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        if (request.seed or 0) >= 8:
            raise RuntimeError
        yield ImageResponse([picture_url()])

    backend.script = script
    await ten(bench, seed=0)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.text.startswith("8 of a fox without")


async def _unavailable(*_: object, **__: object) -> bool:
    raise StorageUnavailable("the disk is full")


async def _until_noted(bench: Bench) -> None:
    """That the second sheet is there."""
    async with asyncio.timeout(PATIENCE):
        while not await sheets(bench):  # noqa: ASYNC110 - nothing tells of a commit
            await asyncio.sleep(0.002)
