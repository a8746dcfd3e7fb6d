"""Sheets beyond the first: noted once, found by their message, gone with what they show."""

from storage import Database
from storage.records import RequestState, Sheet
from tests.storage.stage import drawn

SECOND = Sheet(number=2, first=5, count=5, chat_id=7, message_id=101)


async def noted(db: Database, chat_id: int = 7) -> int:
    request, _ = await drawn(db, seeds=tuple(range(10)), chat_id=chat_id)
    async with db.transaction() as unit:
        await unit.requests.set_message(request.id, 100, "photo")
        await unit.sheets.add(request.id, Sheet(2, 5, 5, chat_id, 101))
    return request.id


async def test_a_sheet_is_noted_once(db: Database) -> None:
    request_id = await noted(db)
    async with db.transaction() as unit:
        await unit.sheets.add(request_id, Sheet(2, 5, 5, 7, 999))
        assert await unit.sheets.of_request(request_id) == [SECOND]
        assert [picture.ordinal for picture in (await unit.pictures.of_request(request_id))[SECOND.pictures]] == [
            5,
            6,
            7,
            8,
            9,
        ]
        for message_id, found in ((100, request_id), (101, request_id), (999, None)):
            request = await unit.requests.by_message(7, message_id)
            assert (request.id if request is not None else None) == found
        await unit.sheets.forget(request_id)
        assert await unit.sheets.of_request(request_id) == []
        assert await unit.requests.by_message(7, 101) is None


async def test_only_whoever_ends_it_may_note_something(db: Database) -> None:
    request, _ = await drawn(db, seeds=tuple(range(10)))
    async with db.transaction() as unit:
        claimed = await unit.requests.claim_end(request.id, request.attempt)
        assert claimed is not None
        assert await unit.requests.ending_by(request.id, claimed.attempt)
        assert not await unit.requests.ending_by(request.id, request.attempt)
        assert not await unit.requests.first_shown(request.id, 100, "photo", attempt=request.attempt)
        assert await unit.requests.first_shown(request.id, 100, "photo", attempt=claimed.attempt)
        assert await unit.requests.finish(request.id, RequestState.DELIVERED, attempt=claimed.attempt)
        assert not await unit.requests.ending_by(request.id, claimed.attempt)
        assert not await unit.requests.first_shown(request.id, 200, "photo", attempt=claimed.attempt)
        known = await unit.requests.get(request.id)
        assert known is not None
        assert known.message_id == 100


async def test_a_supergroup_has_other_messages(db: Database) -> None:
    request_id = await noted(db, chat_id=-7)
    async with db.transaction() as unit:
        await unit.chats.migrate(-7, -1007)
        assert await unit.sheets.of_request(request_id) == []


async def test_nothing_stays_of_what_is_erased(db: Database) -> None:
    erased, purged = await noted(db), await noted(db)
    async with db.transaction() as unit:
        await unit.requests.finish(purged, RequestState.DELIVERED)
        await unit.history.erase(erased)
        assert await unit.sheets.of_request(erased) == []
        request = await unit.requests.get(purged)
        assert request is not None
        assert request.finished_at is not None
        assert await unit.requests.purge(request.finished_at.replace(year=2100)) == 1
        assert await unit.sheets.of_request(purged) == []
