from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, text
from sqlalchemy.dialects import sqlite

from storage import Database
from storage.records import (
    OPEN_STATES,
    REQUEST_TRANSITIONS,
    DrawState,
    Limits,
    Parameters,
    PlaceholderState,
    RequestState,
)
from storage.repositories.requests import Requests
from tests.storage.stage import Clock, admit, ask, drawn, end, new_request, stored, stored_draw

ENDS = sorted(set(RequestState) - OPEN_STATES)


async def test_an_inline_message_shows_the_newest_of_its_requests(db: Database) -> None:
    first, _ = await ask(db, chat_id=0, chat_kind="inline", inline_message_id="AbC", message_id=0, message_kind="text")
    assert (first.placeholder, first.inline_message_id) == (PlaceholderState.KNOWN, "AbC")
    again, _ = await ask(db, chat_id=0, chat_kind="inline", inline_message_id="AbC", message_id=first.id)
    await ask(db, chat_id=0, chat_kind="inline", inline_message_id="abc", message_id=0)
    await ask(db)
    async with db.read() as unit:
        assert await unit.requests.by_inline_message("AbC") == again
        assert await unit.requests.by_inline_message("forged") is None
    async with db.transaction() as unit:
        await unit.history.erase(again.id)
    async with db.read() as unit:
        assert await unit.requests.by_inline_message("AbC") == first


async def test_acceptance_stores_everything(db: Database, clock: Clock) -> None:
    parent, _ = await ask(db)
    new = new_request(
        source="message:-100:5:0",
        chat_id=-100,
        chat_kind="supergroup",
        topic_id=3,
        reply_to=5,
        requester_id=2**52,
        parent_id=parent.id,
        prompt="a fox",
        full_prompt="a forest\na fox",
        model="flux",
        language="ru",
        seeds=(0, 2**63 - 1),
        asked_at=datetime(2026, 5, 1, 12, 30, 0, 123456, tzinfo=UTC),
        parameters=Parameters(width=64, guidance_scale=3.5, count=2, as_document=True),
    )
    async with db.transaction() as unit:
        request, draws, created = await unit.requests.accept(new)
    assert created
    for name in ("source", "chat_id", "chat_kind", "topic_id", "reply_to", "requester_id", "parent_id", "prompt"):
        assert getattr(request, name) == getattr(new, name)
    for name in ("full_prompt", "model", "language", "parameters", "asked_at"):
        assert getattr(request, name) == getattr(new, name)
    assert (request.state, request.placeholder) == (RequestState.WAITING, PlaceholderState.NONE)
    assert (request.attempt, request.accepted_at, request.finished_at) == (0, clock.now(), None)
    assert [(draw.ordinal, draw.seed, draw.model, draw.attempt) for draw in draws] == [
        (0, 0, "flux", 0),
        (1, 2**63 - 1, "flux", 0),
    ]
    assert {draw.state for draw in draws} == {DrawState.WAITING}
    assert await stored(db, request.id) == request
    async with db.read() as unit:
        assert await unit.draws.of_request(request.id) == draws


async def test_a_source_makes_one_request(db: Database) -> None:
    first, draws = await ask(db, source="message:7:1:0", prompt="a fox")
    async with db.transaction() as unit:
        again = await unit.requests.accept(new_request(source="message:7:1:0", prompt="a wolf", seeds=(5, 6)))
    assert again == (first, draws, False)


@pytest.mark.parametrize("count", [0, 17])
async def test_the_number_of_draws_is_bounded(db: Database, count: int) -> None:
    async with db.transaction() as unit:
        with pytest.raises(ValueError, match="1 to 16"):
            await unit.requests.accept(new_request(seeds=(1,) * count))


async def test_naive_times_are_refused(db: Database) -> None:
    async with db.transaction() as unit:
        with pytest.raises(Exception, match="naive"):
            await unit.requests.accept(new_request(asked_at=datetime(2026, 1, 1)))  # noqa: DTZ001


async def test_looking_up(db: Database) -> None:
    first, _ = await ask(db, chat_id=1, requester_id=7)
    second, _ = await ask(db, chat_id=1, requester_id=7)
    other, _ = await ask(db, chat_id=1, requester_id=8)
    async with db.transaction() as unit:
        await unit.requests.placeholder_known(first.id, 50, "text")
        found = await unit.requests.by_message(1, 50)
        assert found is not None
        assert (found.id, found.message_kind) == (first.id, "text")
        assert await unit.requests.by_message(2, 50) is None
        assert await unit.requests.get(other.id + 1) is None
        assert await unit.requests.newest_open(1, 7) == second
        assert await unit.requests.newest_open(2, 7) is None
        await unit.requests.finish(second.id, RequestState.CANCELLED)
        newest = await unit.requests.newest_open(1, 7)
        assert newest is not None
        assert newest.id == first.id
        assert [request.id for request in await unit.requests.unfinished()] == [first.id, other.id]


async def test_a_chain_is_its_newest_links_oldest_first(db: Database) -> None:
    ids: list[int] = []
    for _ in range(12):
        request, _ = await ask(db, parent_id=ids[-1] if ids else None)
        ids.append(request.id)
    async with db.read() as unit:
        assert [request.id for request in await unit.requests.chain(ids[4])] == ids[:5]
        assert [request.id for request in await unit.requests.chain(ids[-1])] == ids[2:]
        assert [request.id for request in await unit.requests.chain(ids[-1], limit=1)] == ids[-1:]
        assert await unit.requests.chain(ids[-1] + 1) == []


async def test_the_placeholder_is_sent_once(db: Database) -> None:
    request, _ = await ask(db)
    async with db.transaction() as unit:
        assert await unit.requests.placeholder_sending(request.id)
        assert not await unit.requests.placeholder_sending(request.id)
        assert await unit.requests.placeholder_known(request.id, 5, "text")
        assert not await unit.requests.placeholder_sending(request.id)
        assert not await unit.requests.placeholder_skipped(request.id)
    known = await stored(db, request.id)
    assert (known.placeholder, known.message_id, known.message_kind) == (PlaceholderState.KNOWN, 5, "text")


async def test_nothing_is_sent_for_what_has_ended(db: Database) -> None:
    request, _ = await ask(db)
    async with db.transaction() as unit:
        await unit.requests.finish(request.id, RequestState.CANCELLED)
        assert not await unit.requests.placeholder_sending(request.id)


async def test_a_late_answer_does_not_replace_the_picture(db: Database) -> None:
    request, _ = await ask(db)
    async with db.transaction() as unit:
        assert await unit.requests.placeholder_sending(request.id)
        assert await unit.requests.placeholder_skipped(request.id)
        assert await unit.requests.set_message(request.id, 9, "photo")
        assert not await unit.requests.placeholder_known(request.id, 5, "text")
        assert await unit.requests.set_message(request.id, 10, "document")
    shown = await stored(db, request.id)
    assert (shown.message_id, shown.message_kind) == (10, "document")


async def in_state(db: Database, state: RequestState) -> int:
    """A request that came there by the public way."""
    if state is RequestState.WAITING:
        return (await ask(db))[0].id
    if state is RequestState.DRAWING:
        request, _ = await ask(db)
        await admit(db)
        return request.id
    request, _ = await drawn(db)
    if state is not RequestState.DRAWN:
        async with db.transaction() as unit:
            assert await unit.requests.finish(request.id, state)
    return request.id


@pytest.mark.parametrize("before", list(RequestState))
@pytest.mark.parametrize("after", ENDS)
async def test_only_listed_transitions_happen(
    db: Database, clock: Clock, before: RequestState, after: RequestState
) -> None:
    request_id = await in_state(db, before)
    clock.advance(5)
    async with db.transaction() as unit:
        done = await unit.requests.finish(request_id, after, reason="because")
    assert done == (after in REQUEST_TRANSITIONS[before])
    request = await stored(db, request_id)
    if done:
        assert (request.state, request.reason, request.finished_at) == (after, "because", clock.now())
    else:
        assert (request.state, request.reason) == (before, None)


async def test_finish_takes_only_ends(db: Database) -> None:
    request, _ = await ask(db)
    async with db.transaction() as unit:
        with pytest.raises(ValueError, match="drawn"):
            await unit.requests.finish(request.id, RequestState.DRAWN)


async def test_an_end_cancels_the_open_draws_and_their_fence(db: Database, clock: Clock) -> None:
    request, draws = await ask(db, seeds=(1, 2, 3))
    await admit(db, Limits(total=2, per_user=2))
    await end(db, draws[0].id)
    async with db.transaction() as unit:
        assert await unit.requests.finish(request.id, RequestState.CANCELLED)
    async with db.read() as unit:
        states = [draw.state for draw in await unit.draws.of_request(request.id)]
    assert states == [DrawState.DRAWN, DrawState.CANCELLED, DrawState.CANCELLED]
    assert (await stored_draw(db, draws[1].id)).finished_at == clock.now()
    async with db.transaction() as unit:
        assert await unit.draws.failed(draws[1].id, 1, "late") is None
        assert await unit.draws.admit(Limits(total=10, per_user=10)) == []


async def test_delivery_is_claimed_behind_a_fence(db: Database) -> None:
    request, _ = await drawn(db)
    async with db.transaction() as unit:
        first = await unit.requests.claim_end(request.id, 0)
        assert await unit.requests.claim_end(request.id, 0) is None, "who knows of no later claim has lost it"
        second = await unit.requests.claim_end(request.id, 1)
    assert first is not None
    assert second is not None
    assert (first.attempt, second.attempt) == (1, 2)
    async with db.transaction() as unit:
        assert not await unit.requests.finish(request.id, RequestState.DELIVERED, attempt=first.attempt)
        assert await unit.requests.finish(request.id, RequestState.DELIVERED, attempt=second.attempt)
        assert await unit.requests.claim_end(request.id, 2) is None


async def test_a_claim_is_repeated_by_its_own_token_only(db: Database) -> None:
    request, _ = await drawn(db)
    async with db.transaction() as unit:
        for _ in range(2):  # the first answer was lost
            mine = await unit.requests.claim_end(request.id, 0, token=700)
            assert mine is not None
            assert mine.attempt == 700
        theirs = await unit.requests.claim_end(request.id, 700, token=900)
        assert theirs is not None
        assert await unit.requests.claim_end(request.id, 0, token=700) is None
        assert await unit.requests.claim_end(request.id, 0, token=800) is None


async def test_counts_of_a_user(db: Database, clock: Clock) -> None:
    start = clock.now()
    first, _ = await ask(db)
    await admit(db)
    clock.advance(60)
    await ask(db)
    await ask(db, requester_id=8)
    async with db.transaction() as unit:
        assert await unit.requests.waiting_count(7) == 1
        assert await unit.requests.accepted_since(7, start) == 2
        assert await unit.requests.accepted_since(7, start + timedelta(seconds=1)) == 1
        await unit.requests.finish(first.id, RequestState.FAILED)
        assert await unit.requests.accepted_since(7, start) == 2
        assert await unit.requests.waiting_count(9) == 0


async def test_purge_takes_old_ends_with_all_they_have(db: Database, clock: Clock) -> None:
    old, _ = await drawn(db)
    child, _ = await ask(db, parent_id=old.id)
    async with db.transaction() as unit:
        picture = (await unit.pictures.of_request(old.id))[0]
        await unit.requests.finish(old.id, RequestState.DELIVERED)
    limit = clock.advance(60)
    new, _ = await drawn(db)
    async with db.transaction() as unit:
        await unit.requests.finish(new.id, RequestState.DELIVERED)
    async with db.transaction() as unit:
        assert await unit.requests.purge(limit) == 1
        assert await unit.requests.purge(limit) == 0
        assert await unit.requests.get(old.id) is None
        assert await unit.draws.of_request(old.id) == []
        assert await unit.pictures.get(picture.id) is None
        assert await unit.pictures.bytes(picture.id) is None
        orphan = await unit.requests.get(child.id)
        assert orphan is not None
        assert orphan.parent_id is None
        assert await unit.requests.get(new.id) is not None


async def test_purge_in_steps_and_ids_are_not_given_again(db: Database, clock: Clock) -> None:
    ids = [(await ask(db))[0].id for _ in range(5)]
    async with db.transaction() as unit:
        for request_id in ids:
            await unit.requests.finish(request_id, RequestState.CANCELLED)
    clock.advance(1)
    async with db.transaction() as unit:
        assert [await unit.requests.purge(clock.now(), limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert (await ask(db))[0].id > max(ids)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # others count rows before they plan
async def test_a_start_does_not_look_at_all_requests_there_ever_were(db: Database, clock: Clock) -> None:
    plans: list[str] = []
    async with db.read() as unit:
        raw = unit._statements

        class Explained(type(raw)):  # type: ignore[misc] # whatever statements are
            def __init__(self) -> None:
                pass

            async def execute(self, statement: Select[Any], values: object = None) -> object:
                said = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
                plans.extend(str(row[3]) for row in await raw.execute(text(f"EXPLAIN QUERY PLAN {said}")))
                return await raw.execute(statement)

        requests = Requests(Explained(), clock.now)
        assert await requests.unfinished() == []
        assert await requests.untold(clock.now()) == []
    assert len(plans) == 2
    assert all("USING INDEX ix_requests_" in plan for plan in plans), plans
