import pytest

from storage import Database
from storage.records import Picked, UserSettings
from tests.storage.stage import admit, ask


async def test_a_stranger_has_the_defaults(db: Database) -> None:
    async with db.read() as unit:
        assert await unit.users.settings(7) == UserSettings(7)


async def test_changes_add_up_and_reset(db: Database) -> None:
    async with db.transaction() as unit:
        assert await unit.users.change(7, model="flux", count=4) == UserSettings(7, model="flux", count=4)
    async with db.transaction() as unit:
        changed = await unit.users.change(7, model=None, seed=2**63 - 1, guidance_scale=4.5, as_document=True)
    assert changed == UserSettings(7, seed=2**63 - 1, guidance_scale=4.5, as_document=True, count=4)
    async with db.read() as unit:
        assert await unit.users.settings(7) == changed
        assert await unit.users.settings(8) == UserSettings(8)
    async with db.transaction() as unit:
        await unit.users.reset(7)
        assert await unit.users.settings(7) == UserSettings(7)


async def test_what_is_picked_of_each_model(db: Database) -> None:
    picked = (("flux", Picked(sampler="Euler a")), ("webui", Picked(vae="x", loras=("pixel-art:0.7", "é\\ü:1"))))
    async with db.transaction() as unit:
        assert (await unit.users.change(7, picked=picked)).picked == picked
    async with db.read() as unit:
        found = await unit.users.settings(7)
    assert found.picked_of("webui").loras == ("pixel-art:0.7", "é\\ü:1")
    assert found.picked_of("other") == Picked()
    async with db.transaction() as unit:
        assert (await unit.users.change(7, picked=())).picked == ()
        assert await unit.users.settings(7) == UserSettings(7)


async def test_changing_nothing(db: Database) -> None:
    async with db.transaction() as unit:
        assert await unit.users.change(7) == UserSettings(7)


@pytest.mark.parametrize("name", ["colour", "last_served"])
async def test_only_settings_can_be_changed(db: Database, name: str) -> None:
    async with db.transaction() as unit:
        with pytest.raises(TypeError, match=name):
            await unit.users.change(7, **{name: 1})


async def test_a_served_user_has_the_defaults_as_well(db: Database) -> None:
    await ask(db, requester_id=7)
    await admit(db)
    async with db.read() as unit:
        assert await unit.users.settings(7) == UserSettings(7)
