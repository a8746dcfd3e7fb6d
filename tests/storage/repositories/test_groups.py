import asyncio
from datetime import timedelta

import pytest

from storage import Database
from storage.records import GroupSettings, RequestState, Who
from tests.storage.stage import Clock, ask, new_request


async def test_a_group_without_choices_has_the_defaults(db: Database) -> None:
    async with db.read() as unit:
        assert await unit.groups.settings(-5) == GroupSettings(-5)


async def test_changes_add_up_and_reset(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.groups.change(-5, cooldown=30, who=Who.ADMINS)
        await unit.groups.change(-5, allowed_models=("flux", "sketch"), default_model="flux")
        await unit.groups.change(-6, spoiler=True, language="ru")
    async with db.read() as unit:
        chosen = await unit.groups.settings(-5)
        assert chosen == GroupSettings(-5, None, "flux", ("flux", "sketch"), 30, Who.ADMINS)
        assert chosen.who is Who.ADMINS
        assert await unit.groups.settings(-6) == GroupSettings(-6, "ru", spoiler=True)
        assert await unit.groups.change(-7, posts=True) == GroupSettings(-7, posts=True)
    async with db.transaction() as unit:
        await unit.groups.change(-5, allowed_models=(), default_model=None)
        assert await unit.groups.change(-5) == GroupSettings(-5, cooldown=30, who=Who.ADMINS)
        await unit.groups.reset(-5)
        assert await unit.groups.settings(-5) == GroupSettings(-5)


@pytest.mark.parametrize("name", ["colour", "chat_id"])
async def test_only_settings_can_be_changed(db: Database, name: str) -> None:
    async with db.transaction() as unit:
        with pytest.raises(TypeError, match=name):
            await unit.groups.change(-5, **{name: 1})


async def test_what_a_member_asked_before_in_that_group(db: Database, clock: Clock) -> None:
    long_ago, hour = clock.now() - timedelta(days=1), timedelta(hours=1)
    first, _ = await ask(db, chat_id=-5, requester_id=7)
    clock.advance(60)
    await ask(db, chat_id=-5, requester_id=8)
    await ask(db, chat_id=-6, requester_id=7)
    failed, _ = await ask(db, chat_id=-5, requester_id=7)
    last, _ = await ask(db, chat_id=-5, requester_id=7)
    async with db.transaction() as unit:
        assert await unit.requests.finish(failed.id, RequestState.FAILED)
    async with db.read() as unit:
        assert await unit.requests.asked_before(last, long_ago) == first.accepted_at
        assert await unit.requests.asked_before(first, clock.now() + hour) is None
    clock.advance(3600)
    async with db.read() as unit:
        assert await unit.requests.asked_before(last, clock.now() - hour) is None


async def test_of_many_that_ask_at_once_each_sees_those_before(db: Database, clock: Clock) -> None:
    """What a cooldown relies on, also where several processes write at once."""
    async with db.transaction() as unit:
        await unit.groups.change(-5, cooldown=60)
    since = clock.now() - timedelta(hours=1)

    async def accepted() -> bool:
        async with db.transaction() as unit:
            request, _, _ = await unit.requests.accept(new_request(chat_id=-5, requester_id=7))
            await unit.groups.lock(-5)
            return await unit.requests.asked_before(request, since) is None

    assert sum(await asyncio.gather(*(accepted() for _ in range(8)))) == 1
