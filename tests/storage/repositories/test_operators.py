"""What operators decide: bans, limits of one person, switches, reports, broadcasts and alerts."""

from datetime import timedelta

import pytest

from storage import Database
from storage.records import Allowance, Ban, BroadcastState, Chat, RequestState
from tests.storage.stage import Clock, admit, ask, end

DAY = timedelta(days=1)


async def test_a_ban_holds_until_its_end(db: Database, clock: Clock) -> None:
    async with db.transaction() as unit:
        await unit.moderation.ban(7, Ban("spam", clock.now() + DAY))
        await unit.moderation.ban(8, Ban())
        assert await unit.moderation.ban_of(7) == Ban("spam", clock.now() + DAY)
    clock.advance(86400)
    async with db.transaction() as unit:
        assert await unit.moderation.ban_of(7) is None
        assert await unit.moderation.ban_of(8) == Ban()
        await unit.moderation.unban(8)
        assert await unit.moderation.ban_of(8) is None


async def test_limits_of_ones_own_and_those_of_everybody(db: Database) -> None:
    async with db.transaction() as unit:
        assert await unit.moderation.allowance(7) == Allowance()
        await unit.moderation.allow(7, Allowance(exempt=True, daily_limit=0, daily_cost=2_000_000))
        assert await unit.moderation.allowance(7) == Allowance(True, 0, 2_000_000)
        await unit.moderation.allow(7, Allowance())
        assert await unit.moderation.allowance(7) == Allowance()


async def test_a_username_is_found_in_any_case_and_is_its_newest_owners(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.moderation.named(7, "Fox_Lover")
        assert await unit.moderation.by_name("@fox_LOVER") == 7
        await unit.moderation.named(8, "fox_lover")
        assert await unit.moderation.by_name("fox_lover") == 8
        assert await unit.moderation.name_of(7) is None
    async with db.transaction() as unit:
        assert await unit.history.forget(8) == 0
    async with db.read() as unit:
        assert await unit.moderation.by_name("fox_lover") is None


async def test_what_was_decided_outlives_forget(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.moderation.ban(7, Ban())
        await unit.history.forget(7)
        assert await unit.moderation.ban_of(7) == Ban()


async def test_the_audit_tells_the_newest_first(db: Database, clock: Clock) -> None:
    async with db.transaction() as unit:
        await unit.moderation.note(1, "ban", 7, "spam")
        clock.advance(1)
        await unit.moderation.note(1, "pause")
        acts = await unit.moderation.acts()
        assert [(entry.act, entry.subject, entry.detail) for entry in acts] == [
            ("pause", None, None),
            ("ban", 7, "spam"),
        ]
        assert [entry.act for entry in await unit.moderation.acts(subject=7)] == ["ban"]


async def test_switches(db: Database) -> None:
    async with db.transaction() as unit:
        await unit.switches.switch_off("sketch", "being repaired")
        await unit.switches.pause("back at noon")
        state = await unit.switches.state()
        assert (state.paused, state.off) == ("back at noon", {"sketch": "being repaired"})
        await unit.switches.switch_off("sketch", "still")
        assert await unit.switches.off("sketch") == "still"
        await unit.switches.switch_on("sketch")
        await unit.switches.resume()
        assert (await unit.switches.paused(), await unit.switches.off("sketch")) == (None, None)


async def test_a_picture_is_reported_and_decided_on_once(db: Database, clock: Clock) -> None:
    request, _ = await ask(db)
    before = clock.now() - DAY
    async with db.transaction() as unit:
        report = await unit.reports.add(request.id, 8)
        assert report is not None
        assert await unit.reports.add(request.id, 9) is None
        assert await unit.reports.count_since(8, before) == 1
        assert await unit.reports.decide(report.id, "dismissed")
        assert not await unit.reports.decide(report.id, "deleted")
        assert not await unit.reports.decide(report.id, "deleted", over="other")
        assert await unit.reports.decide(report.id, "deleted", over="dismissed")
        found = await unit.reports.get(report.id)
        assert found is not None
        assert found.outcome == "deleted"
    async with db.transaction() as unit:
        while await unit.history.forget(7):
            pass
        assert await unit.reports.get(report.id) is None


async def test_a_broadcast_reaches_each_once(db: Database, clock: Clock) -> None:
    for person in (11, 12, 13, 14, 15, 16):
        await ask(db, requester_id=person, chat_id=person)
        await ask(db, requester_id=person, chat_id=-5, chat_kind="group")
    await ask(db, requester_id=-5, chat_id=-5, chat_kind="group")
    since = clock.now() - DAY
    async with db.transaction() as unit:
        await unit.chats.seen(Chat(11, "private"))
        await unit.chats.mark_dead(12, "blocked")
        await unit.broadcasts.refuse(13)
        await unit.moderation.ban(14, Ban())
        await unit.moderation.ban(15, Ban(None, clock.now()))  # over
        assert await unit.broadcasts.refuses(13)
        assert await unit.broadcasts.count(since) == 3
        draft = await unit.broadcasts.draft(1, 99, since)
        assert await unit.broadcasts.running() is None
        assert await unit.broadcasts.turn(draft.id, to=BroadcastState.RUNNING, of=frozenset({BroadcastState.DRAFT}))
    reached = []
    while True:
        async with db.transaction() as unit:
            running = await unit.broadcasts.running()
            assert running is not None
            person_id = await unit.broadcasts.next_person(running)
            if person_id is None:
                break
            assert await unit.broadcasts.take(running, person_id)
            assert not await unit.broadcasts.take(running, person_id)  # another process, a moment later
            await unit.broadcasts.counted(running.id, "sent")
            reached.append(person_id)
    assert reached == [11, 15, 16]
    async with db.transaction() as unit:
        await unit.broadcasts.want(13)
        assert await unit.broadcasts.count(since) == 4
        assert await unit.broadcasts.count(clock.now()) == 0
        found = await unit.broadcasts.get(draft.id)
        assert found is not None
        assert (found.sent, found.cursor) == (3, 16)
        with pytest.raises(ValueError, match="counts"):
            await unit.broadcasts.counted(draft.id, "cursor")


async def test_an_alert_is_told_once_until_it_is_over(db: Database, clock: Clock) -> None:
    async with db.transaction() as unit:
        await unit.alerts.begin("disk")
        began = clock.now()
        clock.advance(60)
        await unit.alerts.begin("disk")
        assert await unit.alerts.untold() == {"disk": began}
        assert await unit.alerts.tell("disk")
        assert not await unit.alerts.tell("disk")
        assert await unit.alerts.untold() == {}
        assert await unit.alerts.end("disk")
        assert not await unit.alerts.end("disk")
        assert await unit.alerts.keys() == set()


async def test_what_a_day_was_like(db: Database, clock: Clock) -> None:
    start = clock.now()
    request, draws = await ask(db, requester_id=7, chat_id=7, seeds=(1, 2), model="sketch", cost=0)
    clock.advance(3)
    await admit(db)
    clock.advance(10)
    for draw in draws:
        await end(db, draw.id)
    async with db.transaction() as unit:
        assert await unit.requests.finish(request.id, RequestState.DELIVERED)
    failed, _ = await ask(db, requester_id=8, chat_id=-5, chat_kind="group", model="dear", cost=40_000)
    clock.advance(1)
    async with db.transaction() as unit:
        await unit.requests.finish(failed.id, RequestState.FAILED, reason="quota", detail="429: come back")
    await ask(db, requester_id=9, model="dear", cost=40_000)  # waits, and counts as spent
    async with db.read() as unit:
        day = await unit.usage.day(start, clock.now())
        assert day.requests == {("sketch", "delivered"): 1, ("dear", "failed"): 1}
        assert day.pictures[("sketch", "drawn")] == 2
        assert day.chats == {7: 1, -5: 1}
        assert day.failures == {"quota": 1}
        assert await unit.usage.durations(start) == ([3.0], [10.0])
        (example,) = await unit.usage.examples(start)
        assert (example.request_id, example.reason, example.detail) == (failed.id, "quota", "429: come back")
        assert (await unit.usage.costs(start - DAY))["dear"] == 40_000
        assert await unit.usage.costs(start - DAY, 9) == {"dear": 40_000}
        assert await unit.usage.people(start) == (2, 2)
        assert await unit.usage.people(clock.now() - timedelta(seconds=2)) == (2, 1)
        assert await unit.usage.of_person(7, start - DAY) == {"delivered": 1}
        assert [found.id for found in await unit.usage.newest_of(7)] == [request.id]
        assert (await unit.usage.day(clock.now(), clock.now() + DAY)).requests == {}
