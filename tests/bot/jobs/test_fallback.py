"""A model that cannot draw now hands over to the next of its chain, and people learn of it."""

from collections.abc import AsyncGenerator

import pytest

from bot.telegram.outbox.outbox import Destination
from providers.errors import (
    Cancelled,
    ContentRejected,
    DeadlineExceeded,
    InvalidParameter,
    ProviderError,
    QueueDeadlineExceeded,
    QuotaExceeded,
    Unauthorized,
    Unavailable,
)
from providers.events import Event, ImageResponse, Reasoning, Ticket
from providers.request import ImageRequest
from storage.records import Detour, DrawState, RequestState
from tests.bot.jobs.bench import Backend, Gate, MakeBench, Scripted, Telegram, eventually, picture_url, png

CHAIN: dict[str, dict[str, object]] = {
    "first": {"url": "http://first", "fallback": ("second",)},
    "second": {"url": "http://second", "fallback": ("third",)},
    "third": {"url": "http://third"},
}


def fails(*errors: ProviderError) -> "Fails":
    return Fails(dict(zip(CHAIN, errors, strict=False)))


class Fails:
    """Models that fail each time, by id; all others draw. `drew` has who was asked, in turn."""

    def __init__(self, errors: dict[str, ProviderError]) -> None:
        self.errors = errors
        self.drew: list[str] = []
        self.gate: Gate | None = None
        self.refuse_at_once = False  # before the job has a ticket: then the back-end has not charged for it

    async def __call__(self, provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        model = provider.url.removeprefix("http://")
        self.drew.append(model)
        if model in self.errors and self.refuse_at_once:
            raise self.errors[model]
        yield Ticket(f"job at {model}")
        if model in self.errors:
            raise self.errors[model]
        yield Reasoning("on it")
        if self.gate is not None:
            await self.gate()
        yield ImageResponse([picture_url()])


@pytest.mark.parametrize(
    "error", [QuotaExceeded("no more"), Unauthorized("no key"), QueueDeadlineExceeded("never"), Unavailable("down")]
)
async def test_the_next_model_draws_and_it_is_said(
    make: MakeBench, backend: Backend, telegram: Telegram, error: ProviderError
) -> None:
    script = backend.script = fails(error)
    script.gate = Gate()
    bench = await make(CHAIN)
    await bench.accepted(model="first", seed=5)
    await bench.until_shown(f"drawing, on it, by second after first: {error.code}")
    script.gate.open()
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.text == f"1 of a fox after first: {error.code}"
    assert telegram.only.picture == png()
    assert script.drew == ["first"] * (3 if error.retryable else 1) + ["second"]
    [draw] = await bench.draws()
    assert (draw.model, draw.seed, draw.detours) == ("second", 5, (Detour("first", error.code),))
    assert draw.ticket == "job at second"
    [picture] = await bench.pictures()
    assert picture.model == "second"


@pytest.mark.parametrize(("answering", "drew"), [((), ["first"]), (("third",), ["third"])])
async def test_one_that_did_not_answer_a_moment_ago_is_waited_for_only_where_nobody_answers(
    make: MakeBench, backend: Backend, answering: tuple[str, ...], drew: list[str]
) -> None:
    script = backend.script = fails()
    bench = await make(CHAIN)
    bench.jobs.health.unanswered("first", Unavailable("asleep"))
    for model in answering:
        bench.jobs.health.answers(model)
    await bench.accepted(model="first")
    await bench.until(RequestState.DELIVERED)
    assert script.drew == drew
    [draw] = await bench.draws()
    assert [detour.code for detour in draw.detours] == ["unavailable"] * len(answering)


async def test_of_those_that_may_take_over_the_ones_that_do_not_answer_come_last(
    make: MakeBench, backend: Backend
) -> None:
    script = backend.script = fails(QuotaExceeded("no more"))
    bench = await make(CHAIN)
    bench.jobs.health.unanswered("second", Unavailable("asleep"))
    await bench.accepted(model="first")
    await bench.until(RequestState.DELIVERED)
    assert script.drew == ["first", "third"]


async def test_each_of_the_chain_is_tried_once_and_the_last_reason_is_told(
    make: MakeBench, backend: Backend, telegram: Telegram
) -> None:
    script = backend.script = fails(QuotaExceeded("a"), QuotaExceeded("b"), Unauthorized("c"))
    bench = await make(CHAIN)
    await bench.accepted(model="first")
    await bench.until(RequestState.FAILED)
    assert script.drew == ["first", "second", "third"]
    assert telegram.only.text == "failed: unauthorized c after first: quota, second: quota"


@pytest.mark.parametrize(
    "error", [ContentRejected("no foxes"), InvalidParameter("too big"), Cancelled("stopped"), DeadlineExceeded("slow")]
)
async def test_a_refusal_is_not_carried_elsewhere(make: MakeBench, backend: Backend, error: ProviderError) -> None:
    script = backend.script = fails(error)
    bench = await make(CHAIN)
    await bench.accepted(model="first")
    done = await bench.until(RequestState.FAILED)
    assert (script.drew, done.reason) == (["first"], error.code)


async def test_who_cannot_or_may_not_draw_it_is_passed_over(make: MakeBench, backend: Backend) -> None:
    script = backend.script = fails(QuotaExceeded("no more"))
    chain = {
        "first": {"url": "http://first", "fallback": ("off", "keyless", "barred", "third")},
        "off": {"url": "http://off", "enabled": False},
        "keyless": {"url": "http://keyless", "requires_key": True},
        "barred": {"url": "http://barred"},
        "third": {"url": "http://third"},
    }
    bench = await make(chain)
    async with bench.db.transaction() as unit:
        await unit.groups.change(-100, allowed_models=("first", "third", "off", "keyless"))
    await bench.accepted(model="first", place=Destination(-100, reply_to=1, group=True))
    await bench.until(RequestState.DELIVERED)
    assert script.drew == ["first", "third"]


async def test_every_draw_of_a_sheet_goes_its_own_way(make: MakeBench, backend: Backend, telegram: Telegram) -> None:
    asked: list[tuple[str, int | None]] = []

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        asked.append((provider.url, request.seed))
        if provider.url == "http://first" and request.seed == 6:
            raise QuotaExceeded("no more")
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make(CHAIN)
    await bench.accepted(model="first", count=3, seed=5)
    await bench.until(RequestState.DELIVERED)
    assert telegram.only.text == "3 of a fox after first: quota"
    assert sorted(asked) == sorted(
        [("http://first", 5), ("http://first", 6), ("http://second", 6), ("http://first", 7)]
    )
    assert [picture.model for picture in await bench.pictures()] == ["first", "second", "first"]


async def test_the_next_model_keeps_its_own_limit(make: MakeBench, backend: Backend) -> None:
    script = backend.script = fails(QuotaExceeded("no more"))
    script.gate = Gate()
    models = CHAIN | {"second": CHAIN["second"] | {"max_concurrency": 1}}
    bench = await make(models)
    await bench.accepted(model="second", user=2, source="message:7:2:0")
    await eventually(lambda: script.gate is not None and script.gate.waiting == 1)
    await bench.accepted(model="first")
    await bench.until_shown("queued, by second after first: quota", 101)
    await bench.clock.advance(3.1)
    await bench.until_shown("place 1, by second after first: quota", 101)
    assert (await bench.draws(2))[0].state is DrawState.WAITING
    script.gate.open()
    await bench.until(RequestState.DELIVERED, 2)
    assert script.drew == ["second", "first", "second"]


async def test_a_kill_on_the_way_loses_neither_the_model_nor_the_reason(
    make: MakeBench, backend: Backend, telegram: Telegram
) -> None:
    script = backend.script = fails(QuotaExceeded("no more"))
    script.gate = Gate()
    bench = await make(CHAIN)
    await bench.accepted(model="first")
    await eventually(lambda: script.gate is not None and script.gate.waiting == 1)
    await bench.kill()
    script.gate.open()
    bench = await make(CHAIN)
    await bench.until(RequestState.DELIVERED)
    assert script.drew == ["first", "second", "second"]
    assert telegram.only.text == "1 of a fox after first: quota"


async def test_cancelled_while_the_next_one_draws(make: MakeBench, backend: Backend, telegram: Telegram) -> None:
    script = backend.script = fails(QuotaExceeded("no more"))
    script.gate = Gate()
    bench = await make(CHAIN)
    request = await bench.accepted(model="first")
    await eventually(lambda: script.gate is not None and script.gate.waiting == 1)
    await bench.service.cancel(request.id, by=1, admin=False)
    await bench.until(RequestState.CANCELLED)
    await eventually(lambda: backend.cancelled == 1)
    assert telegram.only.text == "cancelled"


async def test_a_run_of_several_is_drawn_in_several_runs_by_a_model_that_gives_one(
    make: MakeBench, backend: Backend, telegram: Telegram
) -> None:
    script = backend.script = fails(QuotaExceeded("no more"))
    models = {"first": CHAIN["first"] | {"images": 4, "cost": 0.1}, "second": {"url": "http://second", "cost": 0.2}}
    bench = await make(models, daily_cost_per_user=1.2)
    await bench.accepted(model="first", count=4)
    await bench.until(RequestState.DELIVERED)
    assert script.drew == ["first"] + ["second"] * 4
    assert telegram.only.text == "4 of a fox after first: quota"
    draws = await bench.draws()
    assert [draw.seed - draws[0].seed for draw in draws] == [0, 1, 2, 3]
    assert [request.n for request in backend.requests] == [4, 1, 1, 1, 1]
    # The first may have charged for its four before it failed.
    assert await bench.service.allowance(1) == 0


async def test_a_run_of_several_is_not_handed_to_a_model_that_costs_more_than_is_left(
    make: MakeBench, backend: Backend
) -> None:
    script = backend.script = fails(QuotaExceeded("no more"))
    script.refuse_at_once = True
    models = {"first": CHAIN["first"] | {"images": 4}, "second": {"url": "http://second", "cost": 0.3}}
    bench = await make(models, daily_cost_per_user=1)
    await bench.accepted(model="first", count=4)
    assert (await bench.until(RequestState.FAILED)).reason == "daily-cost"
    assert script.drew == ["first"]
