"""Presets of one's own, variants of draws, favourites."""

from dataclasses import replace
from datetime import UTC, datetime

from storage import Database
from storage.records import NewDraw, Parameters, RequestState, UserSettings, Variant
from storage.repositories.presets import MOST_PRESETS
from tests.storage.stage import admit, drawn, end, new_request

ASKED = Parameters(negative_prompt="hats", steps=20, styles=("oil",), templates=("oil, {prompt}",))


async def test_presets_are_kept_replaced_and_removed_by_whose_they_are(db: Database) -> None:
    async with db.transaction() as unit:
        kept = await unit.presets.keep(7, "Лиса", "{prompt}, a fox", model="sketch", parameters=ASKED)
    assert kept is not None
    async with db.transaction() as unit:
        again = await unit.presets.keep(7, "ЛИСА", "a fox of {prompt}", model=None, parameters=Parameters())
    assert again is not None
    assert again.id == kept.id
    async with db.read() as unit:
        assert [preset.name for preset in await unit.presets.of(7)] == ["ЛИСА"]
        assert await unit.presets.of(8) == []
        assert await unit.presets.get(8, kept.id) is None
        assert await unit.presets.get(7, kept.id) == again
    async with db.transaction() as unit:
        assert not await unit.presets.remove(8, kept.id)
        assert await unit.presets.remove(7, kept.id)
        assert not await unit.presets.remove(7, kept.id)


async def test_nobody_keeps_more_than_twenty(db: Database) -> None:
    async with db.transaction() as unit:
        for number in range(MOST_PRESETS):
            assert await unit.presets.keep(7, f"n{number}", "{prompt}", model=None, parameters=ASKED)
        assert await unit.presets.keep(7, "one more", "{prompt}", model=None, parameters=ASKED) is None
        assert await unit.presets.keep(7, "N3", "{prompt}!", model=None, parameters=ASKED)
        assert await unit.presets.keep(8, "one more", "{prompt}", model=None, parameters=ASKED)


async def test_styles_are_a_setting(db: Database) -> None:
    async with db.transaction() as unit:
        assert (await unit.users.change(7, styles=("oil", "Лиса"))).styles == ("oil", "Лиса")
    async with db.transaction() as unit:
        await unit.users.reset(7)
        assert await unit.users.settings(7) == UserSettings(7)


async def test_draws_of_one_request_may_differ(db: Database) -> None:
    draws = (
        NewDraw("sketch", 1, 5, variant=Variant(("red",), "red fox", "red fox, snow")),
        NewDraw("slow", 2, 7, count=4, variant=Variant(compared=True)),
    )
    new = replace(new_request(parameters=ASKED), draws=draws)
    async with db.transaction() as unit:
        request, stored, _ = await unit.requests.accept(new)
    async with db.read() as unit:
        assert await unit.draws.of_request(request.id) == stored
        known = await unit.requests.get(request.id)
    assert known is not None
    assert known.parameters == ASKED
    assert [(draw.model, draw.seed, draw.count) for draw in stored] == [("sketch", 1, 1), ("slow", 2, 4)]
    assert [draw.variant for draw in stored] == [draw.variant for draw in draws]
    await admit(db)
    for draw in stored:
        await end(db, draw.id)
    async with db.read() as unit:
        assert [picture.variant for picture in await unit.pictures.of_request(request.id)] == [
            draw.variant for draw in draws
        ]
    async with db.transaction() as unit:
        await unit.requests.finish(request.id, RequestState.DELIVERED)
        page = await unit.history.page(7)
    assert [entry.prompt for entry in page.entries] == ["a fox", "red fox, snow"]


async def test_favourites_are_found_alone_and_all_is_exported(db: Database) -> None:
    for prompt in ("one", "two", "three"):
        request, _ = await drawn(db, prompt=prompt, full_prompt=prompt)
        async with db.transaction() as unit:
            await unit.requests.finish(request.id, RequestState.DELIVERED)
    async with db.read() as unit:
        first, second, third = (await unit.history.page(7)).entries[::-1]
    async with db.transaction() as unit:
        assert await unit.pictures.star(second.picture_id, favourite=True)
        assert not await unit.pictures.star(10**9, favourite=True)
    async with db.read() as unit:
        page = await unit.history.page(7, favourites=True)
        assert [entry.picture_id for entry in page.entries] == [second.picture_id]
        assert page.entries[0].favourite
        assert not (await unit.history.page(7, favourites=True, words="three")).entries
        exported = await unit.history.export(7)
        assert [entry.prompt for entry in exported] == ["one", "two", "three"]
        assert [entry.favourite for entry in exported] == [False, True, False]
        rest = await unit.history.export(7, after=first.picture_id, limit=1)
        assert [entry.picture_id for entry in rest] == [second.picture_id]
        assert [entry.prompt for entry in await unit.history.export(7, favourites=True)] == ["two"]
        assert await unit.history.export(8) == []
    assert exported[0].asked_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert third.prompt == "three"


async def test_presets_are_forgotten(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.presets.keep(7, "mine", "{prompt}", model=None, parameters=ASKED)
        await unit.presets.keep(8, "theirs", "{prompt}", model=None, parameters=ASKED)
        while await unit.history.forget(7):
            pass
        assert await unit.presets.of(7) == []
        assert len(await unit.presets.of(8)) == 1
