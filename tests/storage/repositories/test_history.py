"""What a person drew: paged, searched, forgotten, purged; and along an index."""

import asyncio

import pytest
from sqlalchemy import text

from storage import Database
from storage.records import Chat, Draw, HistoryEntry, Parameters, Request, RequestState
from storage.repositories.history import History, Turn
from tests.storage.stage import Clock, ask, drawn, stored


async def delivered(db: Database, prompt: str = "a fox", **given: object) -> tuple[Request, list[Draw]]:
    request, draws = await drawn(db, prompt=prompt, full_prompt=prompt, **given)  # type: ignore[arg-type] # as given
    async with db.transaction() as unit:
        for picture in await unit.pictures.of_request(request.id):
            await unit.pictures.delivered(picture.id, file_id=f"file-{picture.id}", thumbnail=b"small")
        assert await unit.requests.finish(request.id, RequestState.DELIVERED)
    return await stored(db, request.id), draws


def prompts(entries: tuple[HistoryEntry, ...]) -> list[str]:
    return [entry.prompt for entry in entries]


async def test_a_history_of_nobody_is_empty(db: Database) -> None:
    async with db.read() as unit:
        page = await unit.history.page(7)
        assert (page.entries, page.newer, page.older) == ((), False, False)
        assert (await unit.history.page(7, picture_id=99, turn=Turn.NEWER)).entries == ()
        assert await unit.history.entry(7, 99) is None


async def test_there_and_back_again(db: Database) -> None:
    for number in range(7):
        await delivered(db, f"number {number}", seeds=(1, 2) if number == 3 else (1,))
    await delivered(db, "somebody else's", requester_id=8)
    await ask(db, prompt="not drawn yet")
    async with db.read() as unit:
        first = await unit.history.page(7, limit=3)
        assert prompts(first.entries) == ["number 6", "number 5", "number 4"]
        assert (first.newer, first.older) == (False, True)
        assert first.entries[0].thumbnail == b"small"
        second = await unit.history.page(7, picture_id=first.entries[-1].picture_id, turn=Turn.OLDER, limit=3)
        assert prompts(second.entries) == ["number 3", "number 3", "number 2"]
        assert (second.newer, second.older) == (True, True)
        assert [entry.seed for entry in second.entries[:2]] == [2, 1]
        third = await unit.history.page(7, picture_id=second.entries[-1].picture_id, turn=Turn.OLDER, limit=3)
        assert (prompts(third.entries), third.newer, third.older) == (["number 1", "number 0"], True, False)
        back = await unit.history.page(7, picture_id=third.entries[0].picture_id, turn=Turn.NEWER, limit=3)
        assert back == second
        again = await unit.history.page(7, picture_id=second.entries[0].picture_id, limit=3)
        assert again == second
        beyond = await unit.history.page(7, picture_id=third.entries[-1].picture_id, turn=Turn.OLDER, limit=3)
        assert beyond == first


async def test_pictures_of_others_are_no_place_to_go_from(db: Database) -> None:
    await delivered(db, "mine")
    request, _ = await delivered(db, "theirs", requester_id=8)
    async with db.read() as unit:
        theirs = (await unit.pictures.of_request(request.id))[0]
        assert await unit.history.entry(7, theirs.id) is None
        assert prompts((await unit.history.page(7, picture_id=theirs.id, turn=Turn.OLDER)).entries) == ["mine"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("fox", ["a red FOX in snow", "a fox"]),
        ("snow FOX", ["a red FOX in snow"]),
        ("лиса", ["Рыжая ЛИСА", "Лиса и лес"]),
        ("ЛИСА лес", ["Лиса и лес"]),
        ("100%", ["100% wool"]),
        ("%", ["100% wool"]),
        ("_", []),
        ("' OR 1=1 --", []),
        ("owl", []),
    ],
)
async def test_search(db: Database, words: str, found: list[str]) -> None:
    for prompt in ("a fox", "a red FOX in snow", "Лиса и лес", "Рыжая ЛИСА", "100% wool"):
        await delivered(db, prompt)
    async with db.read() as unit:
        assert prompts((await unit.history.page(7, words=words)).entries) == found


async def test_a_search_goes_through_all_pages(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.repositories.history.AT_ONCE", 3)
    for number in range(12):
        await delivered(db, f"fox {number}" if number % 4 == 0 else f"owl {number}")
    async with db.read() as unit:
        newest = await unit.history.page(7, words="fox", limit=2)
        assert prompts(newest.entries) == ["fox 8", "fox 4"]
        assert (newest.newer, newest.older) == (False, True)
        last = newest.entries[-1].picture_id
        older = await unit.history.page(7, picture_id=last, turn=Turn.OLDER, words="fox", limit=2)
        assert prompts(older.entries) == ["fox 0"]
        assert (older.newer, older.older) == (True, False)
        first = older.entries[0].picture_id
        back = await unit.history.page(7, picture_id=first, turn=Turn.NEWER, words="fox", limit=2)
        assert prompts(back.entries) == ["fox 8", "fox 4"]


async def test_a_hostile_search_leaves_the_loop_to_others(db: Database) -> None:
    """LIKE compares each place of each prompt with the word: others have their turn every few comparisons."""
    for _ in range(12):
        await delivered(db, "a" * 8000)
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    async with db.read() as unit:
        await asyncio.sleep(0)
        before = turns
        assert (await unit.history.page(7, words=" ".join(["a" * 31 + "b"] * 8))).entries == ()
    task.cancel()
    assert turns - before >= 6, "a turn for at most two such prompts"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # others count rows before they plan
async def test_a_page_is_read_along_the_index(db: Database) -> None:
    request, _ = await delivered(db)
    statements: list[str] = []
    async with db.read() as unit:
        picture = (await unit.pictures.of_request(request.id))[0]
        raw = unit._statements

        class Noted(type(raw)):  # type: ignore[misc] # whatever statements are
            def __init__(self) -> None:
                pass

            async def execute(self, statement: object, values: object = None) -> object:
                statements.append(str(statement.compile(compile_kwargs={"literal_binds": True})))  # type: ignore[attr-defined]
                return await raw.execute(statement, values)  # type: ignore[arg-type]

        await History(Noted()).page(7, picture_id=picture.id, turn=Turn.OLDER)
        plans = [
            " ".join(str(row[3]) for row in await raw.execute(text(f"EXPLAIN QUERY PLAN {statement}")))
            for statement in statements
        ]
    assert plans
    assert all("SCAN" not in plan for plan in plans), plans
    assert any("ix_requests_requester_id" in plan for plan in plans)


async def test_forgetting_erases_everything_of_one_person(db: Database) -> None:
    request, draws = await delivered(db)
    child, _ = await delivered(db, "at night", requester_id=8, parent_id=request.id)
    async with db.transaction() as unit:
        await unit.users.change(7, language="ru")
        await unit.chats.seen(Chat(7, "private", "Ann Fox"))  # as versions before 1.0 kept it
        await unit.chats.seen(Chat(-8, "supergroup", "Foxes"))
        picture = (await unit.pictures.of_request(request.id))[0]
        while await unit.history.forget(7, limit=1):
            pass
    async with db.read() as unit:
        assert await unit.requests.get(request.id) is None
        assert await unit.draws.get(draws[0].id) is None
        assert await unit.pictures.get(picture.id) is None
        assert await unit.pictures.bytes(picture.id) is None
        assert (await unit.users.settings(7)).language is None
        assert await unit.chats.get(7) == Chat(7, "private", None)
        assert await unit.chats.get(-8) == Chat(-8, "supergroup", "Foxes")
        left = await unit.requests.get(child.id)
        assert left is not None
        assert left.parent_id is None


async def test_a_daily_limit_is_not_forgotten(db: Database, clock: Clock) -> None:
    old, _ = await delivered(db, "old")
    since = clock.advance(60)
    clock.advance(60)
    new, _ = await delivered(db, "new", parameters=Parameters(negative_prompt="hats"))
    async with db.transaction() as unit:
        while await unit.history.forget(7, counted_since=since):
            pass
    async with db.read() as unit:
        assert await unit.requests.get(old.id) is None
        assert await unit.requests.accepted_since(7, since) == 1
        emptied = await stored(db, new.id)
        assert (emptied.prompt, emptied.full_prompt, emptied.parameters) == ("", "", Parameters())
        assert await unit.pictures.of_request(new.id) == []
        assert (await unit.history.page(7)).entries == ()


async def test_what_is_old_is_purged_in_batches(db: Database, clock: Clock) -> None:
    old = [(await delivered(db, f"old {number}"))[0] for number in range(3)]
    open_one, _ = await ask(db)
    clock.advance(100)
    before = clock.now()
    clock.advance(100)
    new, _ = await delivered(db, "new")
    async with db.transaction() as unit:
        assert [await unit.history.purge(before, limit=2) for _ in range(3)] == [2, 1, 0]
    async with db.read() as unit:
        assert [await unit.requests.get(request.id) for request in old] == [None] * 3
        assert await unit.requests.get(new.id) is not None
        assert await unit.requests.get(open_one.id) is not None


async def test_a_picture_is_found_by_the_message_that_shows_it(db: Database) -> None:
    request, _ = await delivered(db, seeds=(1, 2))
    async with db.transaction() as unit:
        second = (await unit.pictures.of_request(request.id))[1]
        assert await unit.pictures.by_message(7, 500) is None
        await unit.pictures.shown_in_full(second.id, 7, 500)
        found = await unit.pictures.by_message(7, 500)
        assert found is not None
        assert (found.id, found.seed) == (second.id, 2)
        assert await unit.pictures.by_message(8, 500) is None
