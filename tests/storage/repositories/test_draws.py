import asyncio
from datetime import timedelta

import pytest

from storage import Database
from storage.records import Detour, DrawnWords, DrawState, Limits, NewDraw, NewPicture, RequestState
from tests.storage.stage import NO_LIMITS, PICTURE, Clock, admit, ask, drawn, end, stored, stored_draw


async def test_admission_starts_a_draw(db: Database, clock: Clock) -> None:
    request, (draw,) = await ask(db)
    clock.advance(5)
    async with db.transaction() as unit:
        ((started, its),) = await unit.draws.admit(NO_LIMITS)
    assert (started.id, started.state, started.attempt) == (draw.id, DrawState.DRAWING, 1)
    assert started.started_at == clock.now()
    assert (its.id, its.state) == (request.id, RequestState.DRAWING)
    assert await stored_draw(db, draw.id) == started
    assert await stored(db, request.id) == its


async def test_pictures_make_a_request_drawn_once_all_have_ended(db: Database, clock: Clock) -> None:
    request, (first, second) = await ask(db, seeds=(1, 2))
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.draws.drawn(second.id, 1, [PICTURE]) is RequestState.DRAWING
    assert (await stored(db, request.id)).state is RequestState.DRAWING
    async with db.transaction() as unit:
        assert await unit.draws.drawn(first.id, 1, [PICTURE, PICTURE]) is RequestState.DRAWN
    assert (await stored(db, request.id)).state is RequestState.DRAWN
    assert (await stored_draw(db, first.id)).finished_at == clock.now()


async def test_a_failure_beside_a_picture(db: Database) -> None:
    request, (first, second) = await ask(db, seeds=(1, 2))
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.draws.drawn(first.id, 1, [PICTURE]) is RequestState.DRAWING
        assert await unit.draws.failed(second.id, 1, "unavailable") is RequestState.DRAWN
    assert (await stored(db, request.id)).state is RequestState.DRAWN
    failed = await stored_draw(db, second.id)
    assert (failed.state, failed.error) == (DrawState.FAILED, "unavailable")


async def test_when_all_failed_the_person_is_told_first(db: Database) -> None:
    request, (first, second) = await ask(db, seeds=(1, 2))
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.draws.failed(first.id, 1, "unavailable") is RequestState.DRAWING
        assert await unit.draws.failed(second.id, 1, "unavailable") is RequestState.FAILED
    assert (await stored(db, request.id)).state is RequestState.DRAWING
    async with db.transaction() as unit:
        assert await unit.requests.finish(request.id, RequestState.FAILED, reason="unavailable")


async def test_draws_that_end_at_once_agree_who_was_last(db: Database) -> None:
    for _ in range(5):
        request, draws = await ask(db, seeds=tuple(range(8)))
        await admit(db)

        async def one(draw_id: int) -> RequestState | None:
            async with db.transaction() as unit:
                return await unit.draws.drawn(draw_id, 1, [PICTURE])

        states = await asyncio.gather(*(one(draw.id) for draw in draws))
        assert states.count(RequestState.DRAWN) == 1
        assert (await stored(db, request.id)).state is RequestState.DRAWN


async def test_a_draw_without_pictures_is_a_mistake(db: Database) -> None:
    _, (draw,) = await ask(db)
    await admit(db)
    async with db.transaction() as unit:
        with pytest.raises(ValueError, match="without a picture"):
            await unit.draws.drawn(draw.id, 1, [])


@pytest.mark.parametrize("lost", ["another attempt", "handed back", "ended", "cancelled", "unknown", "waiting"])
async def test_a_runner_that_lost_its_draw_changes_nothing(db: Database, lost: str) -> None:
    request, (draw,) = await ask(db)
    attempt = 1
    if lost != "waiting":
        await admit(db)
    match lost:
        case "another attempt":
            async with db.transaction() as unit:
                assert await unit.draws.hand_back(draw.id, 1)
            await admit(db)
        case "handed back":
            async with db.transaction() as unit:
                assert await unit.draws.hand_back(draw.id, 1)
        case "ended":
            await end(db, draw.id)
        case "cancelled":
            async with db.transaction() as unit:
                assert await unit.requests.finish(request.id, RequestState.CANCELLED)
        case "waiting":
            attempt = 0
    draw_id = draw.id + 1 if lost == "unknown" else draw.id
    before = await stored(db, request.id), await stored_draw(db, draw.id)
    async with db.transaction() as unit:
        pictures = await unit.pictures.of_request(request.id)
        assert not await unit.draws.set_ticket(draw_id, attempt, "ticket")
        assert not await unit.draws.hand_back(draw_id, attempt)
        assert not await unit.draws.reroute(draw_id, attempt, "other", [Detour("sketch", "quota")])
        assert await unit.draws.drawn(draw_id, attempt, [PICTURE]) is None
        assert await unit.draws.failed(draw_id, attempt, "unavailable") is None
        assert await unit.pictures.of_request(request.id) == pictures
    assert (await stored(db, request.id), await stored_draw(db, draw.id)) == before


async def test_a_run_of_several_becomes_draws_of_a_model_that_gives_fewer(db: Database) -> None:
    runs = (NewDraw("batch", 10, cost=5, count=5), NewDraw("batch", 15, cost=5))
    request, (first, second) = await ask(db, draws=runs)
    await admit(db)
    async with db.transaction() as unit:
        before = [Detour("batch", "quota")]
        made = await unit.draws.reroute(first.id, 1, "pairs", before, cost=3, run=2)
        assert not await unit.draws.reroute(first.id, 1, "pairs", before, cost=3, run=2)  # it is lost by now
        spent = await unit.spending.since(request.account, request.accepted_at - timedelta(days=1))
    assert list(made.values()) == [2, 2, 1]
    assert spent.requester == 3 * 5 + 5
    async with db.read() as unit:
        found = await unit.draws.of_request(request.id)
    assert [(draw.id, draw.seed, draw.count, draw.model) for draw in found] == [
        (first.id, 10, 2, "pairs"),
        (second.id, 15, 1, "batch"),
        *((id_, seed, made[id_], "pairs") for id_, seed in zip(list(made)[1:], (12, 14), strict=True)),
    ]
    assert {draw.detours for draw in found if draw.model == "pairs"} == {(Detour("batch", "quota"),)}
    _newcomer, _ = await ask(db, requester_id=8)
    admitted = await admit(db, Limits(total=4, per_user=8))
    assert {draw.id for draw in admitted} == set(made), "before new ones"
    async with db.transaction() as unit:
        states = [
            await unit.draws.drawn(draw.id, max(draw.attempt, 1), [PICTURE] * draw.count)
            for draw in [second, *admitted]
        ]
        assert states == [*[RequestState.DRAWING] * 3, RequestState.DRAWN]
        assert len(await unit.pictures.of_request(request.id)) == 6


async def test_another_model_starts_without_the_ticket(db: Database) -> None:
    request, (draw, _) = await ask(db, seeds=(1, 2))
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.draws.set_ticket(draw.id, 1, "job 5")
        assert await unit.draws.reroute(draw.id, 1, "other", [Detour("sketch", "quota")])
    waiting = await stored_draw(db, draw.id)
    assert (waiting.state, waiting.model, waiting.ticket) == (DrawState.WAITING, "other", None)
    assert waiting.detours == (Detour("sketch", "quota"),)
    assert (await stored(db, request.id)).state is RequestState.DRAWING  # its second draw is
    _newcomer, (_first,) = await ask(db, requester_id=8)
    async with db.transaction() as unit:
        admitted = await unit.draws.admit(Limits(total=2, per_user=8))
        assert [(found.id, found.model, found.attempt) for found, _ in admitted] == [(draw.id, "other", 2)]
        assert not await unit.draws.set_ticket(draw.id, 1, "the old runner's")


async def test_handing_back_keeps_the_ticket_and_the_place(db: Database) -> None:
    request, (draw,) = await ask(db)
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.draws.set_ticket(draw.id, 1, "job 5")
        assert await unit.draws.hand_back(draw.id, 1)
    back = await stored_draw(db, draw.id)
    assert (back.state, back.ticket, back.attempt) == (DrawState.WAITING, "job 5", 1)
    assert (await stored(db, request.id)).state is RequestState.WAITING
    assert [draw.attempt for draw in await admit(db)] == [2]


async def test_a_request_with_a_picture_or_a_running_draw_goes_on_drawing(db: Database) -> None:
    request, (first, second, third) = await ask(db, seeds=(1, 2, 3))
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.draws.hand_back(third.id, 1)
    assert (await stored(db, request.id)).state is RequestState.DRAWING
    await end(db, first.id)
    async with db.transaction() as unit:
        assert await unit.draws.hand_back(second.id, 1)
    assert (await stored(db, request.id)).state is RequestState.DRAWING
    again = await admit(db)
    assert [(draw.id, draw.attempt) for draw in again] == [(second.id, 2), (third.id, 2)]
    for draw in again:
        await end(db, draw.id, attempt=2)
    assert (await stored(db, request.id)).state is RequestState.DRAWN


async def test_recovery_takes_up_what_was_drawing_before_all_others(db: Database, clock: Clock) -> None:
    for requester in (7, 8):
        await ask(db, requester_id=requester)
    interrupted = await admit(db)
    done, _ = await drawn(db, requester_id=9)
    newcomer, _ = await ask(db, requester_id=10)
    clock.advance(60)
    async with db.transaction() as unit:
        assert await unit.draws.recover() == 2
        assert await unit.draws.recover() == 0
        places = await unit.requests.queue_places()
        assert [places[draw.request_id] for draw in interrupted] == [1, 2]
        assert places[newcomer.id] == 3
    for draw in interrupted:
        assert (await stored(db, draw.request_id)).state is RequestState.WAITING
    assert (await stored(db, done.id)).state is RequestState.DRAWN
    again = await admit(db, Limits(total=2, per_user=1))
    assert [draw.id for draw in again] == [draw.id for draw in interrupted]


async def test_recovery_leaves_a_request_whose_draws_all_failed(db: Database) -> None:
    """It died before the person was told: nothing waits, so it is not `waiting`."""
    request, (draw,) = await ask(db)
    await admit(db)
    await end(db, draw.id, pictures=())
    async with db.transaction() as unit:
        assert await unit.draws.recover() == 0
        assert [(found.id, found.state) for found in await unit.requests.unfinished()] == [
            (request.id, RequestState.DRAWING)
        ]


async def test_pictures_of_eight_draws_at_their_largest(db: Database) -> None:
    request, draws = await ask(db, seeds=tuple(range(8)))
    await admit(db)
    large = NewPicture(b"x" * 1_000_000, "image/png", 10_000, 10_000)
    for draw in draws:
        await end(db, draw.id, [large])
    async with db.read() as unit:
        pictures = await unit.pictures.of_request(request.id)
        assert [len(await unit.pictures.bytes(picture.id) or b"") for picture in pictures] == [1_000_000] * 8


async def test_how_long_draws_took(db: Database, clock: Clock) -> None:
    for seconds, model in ((3, "a"), (5, "b"), (4, "a")):
        _, (draw,) = await ask(db, model=model)
        await admit(db)
        clock.advance(seconds)
        await end(db, draw.id)
    _, (failed,) = await ask(db, model="a")
    await admit(db)
    clock.advance(9)
    await end(db, failed.id, ())
    async with db.read() as unit:
        assert await unit.draws.times() == {"a": [3, 4], "b": [5]}
        assert await unit.draws.times(most=2) == {"a": [4]}
    _, (moved,) = await ask(db, model="a")
    await admit(db)
    async with db.transaction() as unit:
        await unit.draws.reroute(moved.id, 1, "c", [Detour("a", "quota")])
    clock.advance(60)
    await admit(db)
    clock.advance(2)
    await end(db, moved.id, attempt=2)
    async with db.read() as unit:
        assert (await unit.draws.times())["c"] == [2]


async def test_what_is_drawn_in_place_of_the_persons_words(db: Database) -> None:
    words = DrawnWords(prompt="a red fox", negative_prompt="a hat")
    request, (draw,) = await ask(db, prompt="рыжая лиса")
    await admit(db)
    async with db.transaction() as unit:
        assert not await unit.draws.set_words(draw.id, 2, words)
        assert await unit.draws.set_words(draw.id, 1, words)
        assert await unit.draws.hand_back(draw.id, 1)
    assert (await stored_draw(db, draw.id)).words == words
    await admit(db)
    await end(db, draw.id, [PICTURE], attempt=2)
    async with db.read() as unit:
        assert [picture.words for picture in await unit.pictures.of_request(request.id)] == [words]
    again, (second,) = await ask(db, words=words)
    assert (second.words, again.prompt) == (words, "a fox")
    await admit(db)
    async with db.transaction() as unit:
        assert await unit.draws.reroute(second.id, 1, "other", [Detour("sketch", "unavailable")])
    assert (await stored_draw(db, second.id)).words is None
    async with db.transaction() as unit:
        await unit.history.forget(7, counted_since=again.accepted_at - timedelta(seconds=1))
    assert (await stored_draw(db, draw.id)).words is None
