"""Fallback and money where several processes share the drawing."""

import asyncio

import pytest

from bot.jobs.contracts import Accepted
from providers.errors import QuotaExceeded, Unauthorized
from storage.records import Detour, RequestState
from tests.bot.jobs.bench import Backend, Gate, MakeBench, Telegram, eventually
from tests.bot.jobs.test_fallback import CHAIN, Fails, fails


@pytest.fixture
def script(backend: Backend) -> Fails:
    script = fails(QuotaExceeded("no more"))
    backend.script = script
    return script


async def test_the_next_model_draws_and_it_is_said(make_shared: MakeBench, script: Fails, telegram: Telegram) -> None:
    front = await make_shared(CHAIN, draws_here=0)
    await make_shared(CHAIN)
    await front.accepted(model="first", seed=5)
    await front.until(RequestState.DELIVERED)
    assert telegram.only.text == "1 of a fox after first: quota"
    [draw] = await front.draws()
    assert (draw.model, draw.seed, draw.detours) == ("second", 5, (Detour("first", "quota"),))
    assert script.drew == ["first", "second"]
    async with front.db.read() as unit:
        assert list(await unit.draws.times()) == ["second"]


async def test_a_run_of_several_is_shared_by_many_workers(
    make_shared: MakeBench, script: Fails, telegram: Telegram
) -> None:
    script.gate = Gate()
    models = CHAIN | {"first": CHAIN["first"] | {"images": 4}}
    front = await make_shared(models, draws_here=0, max_jobs_per_user=4)
    for _ in range(2):
        await make_shared(models, draws_here=2, max_jobs_per_user=4)
    await front.accepted(model="first", count=4)
    await eventually(lambda: script.gate is not None and script.gate.waiting == 4)
    script.gate.open()
    await front.until(RequestState.DELIVERED)
    assert script.drew == ["first"] + ["second"] * 4
    assert telegram.only.text == "4 of a fox after first: quota"


async def test_a_worker_that_dies_in_between(make_shared: MakeBench, script: Fails, telegram: Telegram) -> None:
    script.gate = Gate()
    front = await make_shared(CHAIN, draws_here=0)
    worker = await make_shared(CHAIN)
    await front.accepted(model="first")
    await eventually(lambda: script.gate is not None and script.gate.waiting == 1)
    await worker.kill()
    script.gate.open()
    await make_shared(CHAIN)
    async with front.db.transaction() as unit:  # what heartbeats and the reconciler find out in a while
        await unit.draws.recover()
    await front.clock.advance(6)  # the timer of admission
    await front.until(RequestState.DELIVERED)
    assert script.drew == ["first", "second", "second"]
    assert telegram.only.text == "1 of a fox after first: quota"


async def test_who_is_down_is_spared_by_whoever_draws(make_shared: MakeBench, script: Fails) -> None:
    script.errors["first"] = Unauthorized("no key")
    front, _ = await make_shared(CHAIN, draws_here=0), await make_shared(CHAIN)
    for number in (1, 2):
        await front.accepted(model="first", source=f"s{number}")
        await front.until(RequestState.DELIVERED, number)
    assert script.drew == ["first", "second", "second"]


@pytest.mark.parametrize("at_once", [False, True])
async def test_no_more_is_spent_than_is_allowed_by_any_number_of_processes(
    make_shared: MakeBench, script: Fails, at_once: bool
) -> None:
    script.gate, script.refuse_at_once = Gate(), at_once
    models = {"first": CHAIN["first"] | {"cost": 0.4}, "second": {"url": "http://second"}, "third": CHAIN["third"]}
    limits = {"daily_cost": 2, "max_jobs_per_user": 4}  # three of the five may be one person's
    fronts = [await make_shared(models, draws_here=0, **limits) for _ in range(3)]
    answers = await asyncio.gather(
        *(
            front.ask(model="first", source=f"{at} {user}", user=user)
            for at, front in enumerate(fronts)
            for user in range(4)
        )
    )
    assert sum(isinstance(answer, Accepted) for answer in answers) == 5
    assert await fronts[0].service.allowance(1) == 0
    await make_shared(models, **limits)
    await eventually(lambda: script.gate is not None and script.gate.waiting == 5)
    # All are drawn by one that costs nothing; the first may have charged for the jobs that it had begun.
    assert await fronts[0].service.allowance(1) == (2_000_000 if at_once else 0)
