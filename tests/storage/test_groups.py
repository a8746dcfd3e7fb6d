import pytest

from storage import Database
from storage.records import GroupSettings, Who


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
