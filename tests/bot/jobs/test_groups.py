"""What a group's admins chose holds for everybody, however many ask at once; and what is covered."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from bot.jobs.contracts import REFUSAL_CODES, Accepted, Refused
from bot.prompt.blocklist import BlockedWords
from bot.telegram.outbox.outbox import Destination
from providers.events import Event, ImageResponse, Reasoning
from providers.request import ImageRequest
from storage.records import RequestState, Who
from tests.bot.jobs.bench import Backend, Bench, MakeBench, Scripted, Telegram, picture_url

GROUP = Destination(-100500, group=True)


async def choose(bench: Bench, **changes: object) -> None:
    async with bench.db.transaction() as unit:
        await unit.groups.change(GROUP.chat_id, **changes)  # type: ignore[arg-type]  # fields of GroupSettings


async def test_who_may_draw(bench: Bench) -> None:
    await choose(bench, who=Who.ADMINS)
    assert await bench.ask(source="a", place=GROUP) == Refused("admins-only")
    await bench.accepted(source="b", place=GROUP, admin=True)
    await bench.accepted(source="c")


async def test_which_models(make: MakeBench) -> None:
    bench = await make({"scripted": {}, "other": {}})
    await choose(bench, allowed_models=("other", "gone"))
    refused = await bench.ask(source="a", place=GROUP, model="scripted")
    assert refused == Refused("model-not-allowed", {"model": "scripted", "allowed": "other"})
    await bench.accepted(source="b", place=GROUP, model="other")


async def test_a_cooldown_lets_one_of_many_through(bench: Bench) -> None:
    await choose(bench, cooldown=300)
    answers = await asyncio.gather(*(bench.ask(source=f"s{number}", place=GROUP) for number in range(10)))
    assert sum(isinstance(answer, Accepted) for answer in answers) == 1
    assert Refused("cooldown-long", {"minutes": 5}) in answers
    await bench.accepted(source="else", place=GROUP, user=2)
    await bench.accepted(source="admin", place=GROUP, admin=True)
    await bench.accepted(source="private")


async def test_a_cooldown_ends_and_failures_do_not_count(bench: Bench, backend: Backend) -> None:
    await choose(bench, cooldown=60)

    async def broken(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield Reasoning("Trying")
        raise RuntimeError("no")

    async def drawn(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImageResponse([picture_url()])

    backend.script = broken
    first = await bench.accepted(source="a", place=GROUP)
    await bench.until(RequestState.FAILED, first.id)
    backend.script = drawn
    second = await bench.accepted(source="b", place=GROUP)
    await bench.until(RequestState.DELIVERED, second.id)
    bench.clock._seconds += 20
    assert await bench.ask(source="c", place=GROUP) == Refused("cooldown", {"seconds": 40})
    bench.clock._seconds += 40
    await bench.accepted(source="d", place=GROUP)


@pytest.mark.parametrize(
    "code", ["admins-only", "no-channels", "model-not-allowed", "cooldown", "cooldown-long", "blocked-words"]
)
def test_the_codes_are_listed(code: str) -> None:
    assert code in REFUSAL_CODES


async def test_blocked_words_also_in_what_is_refined(make: MakeBench) -> None:
    bench = await make(blocked_words=BlockedWords(["gore", "злой кот"]))
    for number, prompt in enumerate(("some Gore", "очень ЗЛОЙ, кот")):
        assert await bench.ask(prompt, source=f"s{number}") == Refused("blocked-words")
    await bench.accepted("добрый кот", source="ok")


@pytest.mark.parametrize("whose", ["person", "group", "back-end", "nobody"])
async def test_covered_pictures(bench: Bench, backend: Backend, telegram: Telegram, whose: str) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        yield ImageResponse([picture_url()], adult=whose == "back-end")

    backend.script = script
    async with bench.db.transaction() as unit:
        await unit.users.change(1, spoiler=whose == "person")
        await unit.groups.change(GROUP.chat_id, spoiler=whose == "group")
    request = await bench.accepted(place=GROUP, as_document=True)
    await bench.until(RequestState.DELIVERED, request.id)
    shown = next(iter(telegram.messages.values()))
    assert shown.spoiler is (whose != "nobody")
    assert shown.kind == ("document" if whose == "nobody" else "photo")


async def test_a_request_that_came_late_is_no_turn(bench: Bench) -> None:
    await choose(bench, cooldown=60)
    assert await bench.ask(source="a", place=GROUP, age=timedelta(days=1)) == Refused("too-old")
    await bench.accepted(source="b", place=GROUP)
