"""What costs something stays within what the operator allows, and what costs nothing goes on."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.acceptance.budget import amount, millionths
from bot.jobs.contracts import REFUSAL_CODES, Accepted, Refused
from providers.errors import QuotaExceeded
from providers.events import Event, ImageResponse
from providers.request import ImageRequest
from storage.records import RequestState
from tests.bot.jobs.bench import Backend, Gate, MakeBench, Scripted, Telegram, eventually, picture_url

MODELS: dict[str, dict[str, object]] = {
    "free": {"url": "http://free"},
    "dear": {"url": "http://dear", "cost": 0.4},
    "cheap": {"url": "http://cheap", "cost": 0.1},
}


@given(st.integers(0, 10**12))
def test_an_amount_is_what_was_meant(count: int) -> None:
    assert millionths(float(amount(count))) == count


def test_the_least_amount_counts() -> None:
    assert (millionths(0), millionths(1e-9), millionths(0.1 + 0.2)) == (0, 1, 300_000)
    assert [amount(count) for count in (0, 5_000_000, 40_000, 1_000_001, -500_000)] == [
        "0",
        "5",
        "0.04",
        "1.000001",
        "-0.5",
    ]


async def test_reserved_while_it_waits_and_given_back_when_it_is_cancelled_then(make: MakeBench, gate: Gate) -> None:
    bench = await make(MODELS, daily_cost_per_user=1, max_jobs=1)
    await bench.accepted(model="free", source="before all others", user=3)
    await eventually(lambda: gate.waiting == 1)
    request = await bench.accepted(model="dear", count=2)
    assert await bench.service.allowance(1) == 200_000
    refused = await bench.ask(model="dear", source="again")
    assert refused == Refused("daily-cost", {"model": "dear", "cost": "0.4", "left": "0.2"})
    assert set(refused.args) == set(REFUSAL_CODES[refused.code])
    await bench.accepted(model="free", source="free")
    await bench.accepted(model="cheap", source="cheap", count=2)  # to the last
    assert await bench.service.allowance(1) == 0
    await bench.accepted(model="dear", source="another person's", user=2)
    await bench.service.cancel(request.id, by=1, admin=False)
    again = await bench.accepted(model="dear", source="again")
    gate.open()
    await bench.until(RequestState.DELIVERED, again.id)
    await bench.until(RequestState.DELIVERED, 4)
    assert await bench.service.allowance(1) == 400_000
    await bench.clock.skip(86_401)
    assert await bench.service.allowance(1) == 1_000_000


async def test_all_together_spend_no_more_than_that(make: MakeBench, gate: Gate) -> None:
    bench = await make(MODELS, daily_cost=1, daily_cost_per_user=0.8)
    answers = await asyncio.gather(*(bench.ask(model="dear", source=f"s{user}", user=user) for user in range(1, 6)))
    assert sum(isinstance(answer, Accepted) for answer in answers) == 2
    refused = next(answer for answer in answers if isinstance(answer, Refused))
    assert refused == Refused("daily-cost-all", {"model": "dear", "cost": "0.4"})
    assert set(refused.args) == set(REFUSAL_CODES[refused.code])
    assert await bench.service.allowance(9) == 200_000
    assert len(bench.jobs.active) == 2


async def test_without_a_limit_nothing_is_counted(make: MakeBench) -> None:
    bench = await make(MODELS)
    await bench.accepted(model="dear")
    assert await bench.service.allowance(1) is None


async def test_the_same_act_is_paid_once(make: MakeBench, gate: Gate) -> None:
    bench = await make(MODELS, daily_cost_per_user=0.5)
    for _ in range(3):
        assert isinstance(await bench.ask(model="dear"), Accepted)
    assert await bench.service.allowance(1) == 100_000


async def test_what_failed_costs_nothing(make: MakeBench, backend: Backend) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        if request.seed == 2:
            raise QuotaExceeded("no more")
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make(MODELS, daily_cost_per_user=1)
    await bench.accepted(model="dear", count=2, seed=1)
    await bench.until(RequestState.DELIVERED)
    assert await bench.service.allowance(1) == 600_000


@pytest.mark.parametrize(
    ("asked", "chain", "limit", "drew", "left"),
    [
        ("dear", ("free",), 1, "free", 1_000_000),  # nothing was drawn for money
        ("dear", ("cheap",), 1, "cheap", 900_000),
        ("cheap", ("dear", "free"), 0.3, "free", 300_000),  # the dear one is more than is left
        ("cheap", ("dear", "free"), 0.4, "dear", 0),  # what the cheap one had reserved is free again
        ("free", ("dear", "other"), 0.3, "other", 300_000),
        ("free", ("dear", "other"), 1, "dear", 600_000),
    ],
)
async def test_who_takes_over_is_paid_for(
    make: MakeBench,
    backend: Backend,
    telegram: Telegram,
    asked: str,
    chain: tuple[str, ...],
    limit: float,
    drew: str,
    left: int,
) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        if provider.url == f"http://{asked}":
            raise QuotaExceeded("no more")
        yield ImageResponse([picture_url()])

    backend.script = script
    models = MODELS | {"other": {"url": "http://other"}, asked: MODELS[asked] | {"fallback": chain}}
    bench = await make(models, daily_cost_per_user=limit)
    await bench.accepted(model=asked)
    await bench.until(RequestState.DELIVERED)
    assert (await bench.pictures())[0].model == drew
    assert await bench.service.allowance(1) == left


async def test_a_kill_loses_no_job_that_was_handed_over(make: MakeBench, gate: Gate, telegram: Telegram) -> None:
    """The next process draws it again, which is another job, while there is something left for it."""
    for allowance, lives in ((600_000, 1), (200_000, 2)):
        bench = await make(MODELS, daily_cost_per_user=1)
        if lives == 1:
            await bench.accepted(model="dear")
        await eventually(lambda: gate.waiting == 1)
        assert await bench.service.allowance(1) == allowance
        await bench.kill()
    bench = await make(MODELS, daily_cost_per_user=1)
    assert (await bench.until(RequestState.FAILED)).reason == "daily-cost"
    assert gate.waiting == 0
    assert await bench.service.allowance(1) == 200_000
