"""All data from one kind of database to the other, and what stops it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import AlreadyRunning, Database, InstanceLock, StorageMisconfigured, sqlite_path, transfer
from storage.records import Chat, InboxUpdate, NewPicture, Parameters, RequestState, Who
from tests.storage.stage import PICTURE, Clock, admit, ask, drawn, end, stored, stored_draw


def quiet(_table: str, _there: int, _total: int) -> None:
    """Nobody looks."""


@pytest.fixture(params=["from_sqlite", "from_postgresql"])
def urls(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Source, and target without tables."""
    names = ("sqlite", "bare_postgresql") if request.param == "from_sqlite" else ("postgresql", "bare_sqlite")
    source, target = (request.getfixturevalue(f"{name}_url") for name in names)
    return source, target


async def grown(url: str, clock: Clock) -> list[int]:
    """A bot that has lived, with some of everything; the ids of its requests."""
    db = await Database.open(url, clock_now=clock.now)
    clock.time = datetime(2026, 2, 3, 4, 5, 6, 789012, tzinfo=UTC)
    async with db.transaction() as unit:
        await unit.users.change(2**40, model="flux", guidance_scale=4.5, spoiler=True, seed=2**31)
        await unit.users.change(7, language="ru", as_document=False)
        await unit.chats.seen(Chat(-1001234567890, "supergroup", "Füchse \U0001f98a"))
        await unit.groups.change(-1001234567890, allowed_models=("flux", "sketch"), who=Who.ADMINS, cooldown=5)
        await unit.inbox.add([InboxUpdate(2**33, 7, '{"a": "ü"}', 2)])
    parameters = Parameters(width=768, height=512, negative_prompt="rain", seed=5)
    first, _ = await drawn(db, prompt='"a" \\ fox\n\U0001f98a', parameters=parameters, seeds=(1, 2, 3))
    second, _ = await drawn(db, parent_id=first.id, requester_id=2**40)
    async with db.transaction() as unit:
        for picture in await unit.pictures.of_request(second.id):
            await unit.pictures.delivered(picture.id, file_id="f", thumbnail=b"\0\xff thumb")
        await unit.requests.finish(second.id, RequestState.DELIVERED)
        await unit.pictures.drop_bytes(second.id, keep_until=clock.time)
    third, draws = await ask(db, seeds=(1, 2))
    await admit(db)
    new_picture = NewPicture(data=bytes(range(256)) * 10, mime="image/webp", width=9, height=9, adult=True)
    await end(db, draws[0].id, [new_picture, replace(PICTURE, data=b"\0")])
    async with db.transaction() as unit:
        assert await unit.spending.hand_over(draws[1].id, 1, number=1, model="sketch", amount=2**40)
    fourth, _ = await ask(db, prompt="waits", requester_id=9)
    await db.close()
    return [first.id, second.id, third.id, fourth.id]


async def everything(url: str, clock: Clock, requests: list[int]) -> list[object]:
    db = await Database.open(url, clock_now=clock.now)
    found: list[object] = []
    async with db.read() as unit:
        found += [await unit.users.settings(2**40), await unit.users.settings(7)]
        found += [await unit.chats.get(-1001234567890), await unit.groups.settings(-1001234567890)]
        found += await unit.inbox.pending()
        found += [await unit.spending.since(7, clock.time - timedelta(days=1))]
        for request_id in requests:
            found += [await unit.requests.get(request_id), await unit.draws.of_request(request_id)]
            for picture in await unit.pictures.of_request(request_id):
                found += [picture, await unit.pictures.bytes(picture.id)]
    await db.close()
    return found


async def test_all_is_there_as_it_was(urls: tuple[str, str], clock: Clock) -> None:
    source, target = urls
    requests = await grown(source, clock)
    seen: dict[str, tuple[int, int]] = {}

    def progress(table: str, there: int, total: int) -> None:
        seen[table] = (there, total)

    counts = await transfer.transfer(source, target, now=clock.now, progress=progress)
    assert {count.table: count.target for count in counts}["pictures"] == 6
    assert all(count.source == count.target for count in counts)
    assert all(there == total for there, total in seen.values())
    before, after = await everything(source, clock, requests), await everything(target, clock, requests)
    db = await Database.open(target, clock_now=clock.now)
    drawing = (await stored(db, requests[2])).state
    assert drawing in {RequestState.DRAWING, RequestState.WAITING}
    assert len(before) == len(after)
    different = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(different) == 1, "but for what was being drawn, which waits again"
    later, _ = await ask(db)
    assert later.id == requests[-1] + 1
    await db.close()


async def test_ids_of_what_was_purged_are_not_given_again(urls: tuple[str, str], clock: Clock) -> None:
    source, target = urls
    requests = await grown(source, clock)
    db = await Database.open(source, clock_now=clock.now)
    async with db.transaction() as unit:
        await unit.requests.finish(requests[-1], RequestState.CANCELLED)
    async with db.transaction() as unit:
        await unit.history.forget(9)
    await db.close()
    await transfer.transfer(source, target, now=clock.now, progress=quiet)
    db = await Database.open(target, clock_now=clock.now)
    later, (draw,) = await ask(db)
    assert later.id == requests[-1] + 1
    assert (await stored_draw(db, draw.id)).request_id == later.id
    await db.close()


async def test_it_goes_on_where_it_was_killed(
    urls: tuple[str, str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = urls
    requests = await grown(source, clock)
    monkeypatch.setattr(transfer, "BATCH", 1)
    monkeypatch.setattr(transfer, "BATCH_OF_BYTES", 1)
    steps = 0
    for stops_at in (3, 9, 14):

        def progress(_table: str, _there: int, _total: int, stops_at: int = stops_at) -> None:
            nonlocal steps
            steps += 1
            if steps == stops_at:
                raise KeyboardInterrupt

        steps = 0
        with pytest.raises(KeyboardInterrupt):
            await transfer.transfer(source, target, now=clock.now, progress=progress)
    await transfer.transfer(source, target, now=clock.now, progress=quiet)
    assert len(await everything(target, clock, requests)) == len(await everything(source, clock, requests))


async def test_a_target_with_other_data_is_refused(urls: tuple[str, str], clock: Clock) -> None:
    source, target = urls
    await grown(source, clock)
    db = await Database.open(target, clock_now=clock.now)
    async with db.transaction() as unit:
        await unit.users.change(1, seed=1)
    await db.close()
    with pytest.raises(StorageMisconfigured, match="the target is not empty: it has users"):
        await transfer.transfer(source, target, now=clock.now, progress=quiet)


async def test_a_finished_copy_is_not_written_over(urls: tuple[str, str], clock: Clock) -> None:
    source, target = urls
    await grown(source, clock)
    await transfer.transfer(source, target, now=clock.now, progress=quiet)
    with pytest.raises(StorageMisconfigured, match="not empty"):
        await transfer.transfer(source, target, now=clock.now, progress=quiet)


async def test_a_copy_of_another_is_not_gone_on_with(
    sqlite_url: str, postgresql_url: str, tmp_path: Path, clock: Clock
) -> None:
    await grown(sqlite_url, clock)

    def killed(table: str, _there: int, _total: int) -> None:
        if table == "draws":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await transfer.transfer(sqlite_url, postgresql_url, now=clock.now, progress=killed)
    other = f"sqlite:///{tmp_path}/other.db"
    await (await Database.open(other, clock_now=clock.now)).close()
    with pytest.raises(StorageMisconfigured, match="an unfinished copy of"):
        await transfer.transfer(other, postgresql_url, now=clock.now, progress=quiet)


async def test_not_while_a_bot_runs(sqlite_url: str, postgresql_url: str, clock: Clock) -> None:
    await grown(sqlite_url, clock)
    path = sqlite_path(sqlite_url)
    assert path is not None
    with InstanceLock(path), pytest.raises(AlreadyRunning):
        await transfer.transfer(sqlite_url, postgresql_url, now=clock.now, progress=quiet)
    db = await Database.open(postgresql_url, clock_now=clock.now)
    presence = db.presence("a bot")
    assert presence is not None
    await presence.beat(lead=True)
    with pytest.raises(AlreadyRunning):
        await transfer.transfer(sqlite_url, postgresql_url, now=lambda: datetime.now(UTC), progress=quiet)
    await presence.leave()
    await transfer.transfer(sqlite_url, postgresql_url, now=lambda: datetime.now(UTC), progress=quiet)
    await db.close()


async def test_what_cannot_be_meant(bare_sqlite_url: str, postgresql_url: str, clock: Clock) -> None:
    with pytest.raises(StorageMisconfigured, match="there is no database"):
        await transfer.transfer(bare_sqlite_url, postgresql_url, now=clock.now, progress=quiet)
    with pytest.raises(StorageMisconfigured, match="the same database"):
        await transfer.transfer(bare_sqlite_url, bare_sqlite_url, now=clock.now, progress=quiet)
