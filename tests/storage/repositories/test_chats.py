import pytest

from storage import Database
from storage.records import Chat, GroupSettings, Limits, PlaceholderState, RequestState
from tests.storage.stage import admit, ask, drawn, stored


async def test_seen_dead_and_back(db: Database) -> None:
    async with db.transaction() as unit:
        assert await unit.chats.get(-5) is None
        await unit.chats.seen(Chat(-5, "group", "Foxes"))
        await unit.chats.mark_dead(-5, "kicked")
    async with db.read() as unit:
        assert await unit.chats.get(-5) == Chat(-5, "group", "Foxes", "kicked")
    async with db.transaction() as unit:
        await unit.chats.seen(Chat(-5, "supergroup", "Wolves"))
        assert await unit.chats.get(-5) == Chat(-5, "supergroup", "Wolves")


@pytest.mark.parametrize(("chat_id", "kind"), [(5, "private"), (-5, "group")])
async def test_a_chat_that_was_never_seen_can_be_dead(db: Database, chat_id: int, kind: str) -> None:
    async with db.transaction() as unit:
        await unit.chats.mark_dead(chat_id, "blocked")
        assert await unit.chats.get(chat_id) == Chat(chat_id, kind, dead_reason="blocked")


async def test_migration_takes_requests_along_but_not_message_ids(db: Database) -> None:
    request, _ = await ask(db, chat_id=-5, chat_kind="group", requester_id=7, reply_to=3)
    ended, _ = await drawn(db, chat_id=-5, chat_kind="group", requester_id=7)
    elsewhere, _ = await ask(db, chat_id=-6, requester_id=7)
    async with db.transaction() as unit:
        await unit.chats.seen(Chat(-5, "group", "Foxes"))
        await unit.requests.placeholder_known(request.id, 4, "text")
        await unit.requests.placeholder_known(ended.id, 5, "photo")
        await unit.requests.placeholder_known(elsewhere.id, 4, "text")
        assert await unit.requests.finish(ended.id, RequestState.DELIVERED)
        await unit.chats.migrate(-5, -1005)
    async with db.read() as unit:
        gone = await unit.chats.get(-5)
        assert gone is not None
        assert gone.dead_reason is not None
        assert await unit.chats.moved_to(-5) == -1005
        assert await unit.chats.moved_to(-1005) is None
        assert await unit.chats.get(-1005) == Chat(-1005, "supergroup", "Foxes")
        assert await unit.requests.by_message(-1005, 4) is None
        assert await unit.requests.by_message(-1005, 5) is None
        assert await unit.requests.by_message(-6, 4) is not None
    moved = await stored(db, request.id)
    assert (moved.chat_id, moved.chat_kind, moved.message_id, moved.reply_to) == (-1005, "supergroup", None, None)
    assert moved.placeholder is PlaceholderState.SKIPPED


async def test_migration_twice_and_of_a_chat_known_under_both_ids(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.chats.seen(Chat(-1005, "supergroup", "New"))
        await unit.chats.seen(Chat(-5, "group", "Old"))
        await unit.chats.migrate(-5, -1005)
        await unit.chats.migrate(-5, -1005)
        assert await unit.chats.get(-1005) == Chat(-1005, "supergroup", "New")


async def test_a_group_that_asks_itself_keeps_its_limits(db: Database) -> None:
    """Anonymous admins speak as the group."""
    await ask(db, chat_id=-5, requester_id=-5)
    await admit(db)
    async with db.transaction() as unit:
        await unit.chats.migrate(-5, -1005)
    await ask(db, chat_id=-1005, requester_id=-1005)
    assert await admit(db, Limits(total=10, per_user=1)) == []
    async with db.read() as unit:
        assert await unit.requests.waiting_count(-1005) == 1


async def test_migration_takes_along_what_the_admins_chose(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.groups.change(-5, cooldown=30, language="ru")
        await unit.chats.migrate(-5, -1005)
        await unit.chats.migrate(-5, -1005)
        assert await unit.groups.settings(-1005) == GroupSettings(-1005, cooldown=30, language="ru")
        assert await unit.groups.settings(-5) == GroupSettings(-5)


async def test_what_was_chosen_in_the_supergroup_already_stays(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.groups.change(-5, cooldown=30)
        await unit.groups.change(-1005, cooldown=60)
        await unit.chats.migrate(-5, -1005)
        assert await unit.groups.settings(-1005) == GroupSettings(-1005, cooldown=60)
