"""The ledger balances: what back-ends charge is counted before they can charge it, and is never over an allowance."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.jobs.contracts import Accepted, Refused
from bot.telegram.outbox.outbox import Destination
from providers.base import Provider
from providers.charging import Charged
from providers.errors import (
    BadAnswer,
    ContentRejected,
    NoPicture,
    Phase,
    QuotaExceeded,
    RequestFailed,
    Unavailable,
    Unreachable,
    at_phase,
)
from providers.events import Event, ImageResponse, Ticket
from providers.request import ImageRequest
from providers.services.bfl import BlackForestLabs
from providers.services.openai_images import OpenAIImages
from storage.records import RequestState, Spent
from tests.bot.jobs.bench import Backend, Bench, MakeBench, Scripted, eventually, picture_url

CAP, CAP_OF_ALL = 2_000_000, 5_000_000
COSTS = {"dear": 400_000, "fair": 300_000, "cheap": 100_000, "own": 200_000}
POLICIES = {
    "dear": Charged.ON_HANDOVER,
    "fair": Charged.ON_SUCCESS,
    "cheap": Charged.ON_HANDOVER,
    "own": Charged.NEVER,
}
CHAINS = {"dear": ("fair", "cheap"), "fair": ("own", "dear"), "cheap": ("fair",)}
FATES = ("drawn", "drawn", "unreached", "refused", "cut", "failed", "nonsense", "empty")


class Till:
    """The far side: who owes it what, in millionths."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.billed: Counter[str] = Counter()
        self.jobs: list[tuple[str, int]] = []  # whose, and what it costs; its number is the ticket
        self.charged: set[int] = set()
        self.resumed = 0

    async def pause(self) -> None:
        await asyncio.sleep(self.random.choice((0, 0, 0.002, 0.01)))

    def begun(self, prompt: str, cost: int) -> int:
        self.jobs.append((prompt, cost))
        return len(self.jobs) - 1

    def charge(self, job: int) -> None:
        """Once, however often somebody comes back for it."""
        if job not in self.charged:
            self.charged.add(job)
            prompt, cost = self.jobs[job]
            self.billed[prompt] += cost

    def provider(self, name: str) -> type[Provider]:
        till, policy, cost = self, POLICIES[name], COSTS[name]

        class Paid(Scripted):
            charged = policy
            capabilities = replace(Scripted.capabilities, resume=True)

            async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
                fate = await till.met()
                job = till.begun(request.prompt, cost)
                if policy is Charged.ON_HANDOVER:
                    till.charge(job)
                async with aclosing(till.drawn(job, fate, policy, ticket=till.random.random() < 0.5)) as events:
                    async for event in events:
                        yield event

            async def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
                till.resumed += 1
                with at_phase(Phase.HANDED_OVER):
                    fate = await till.met()
                async with aclosing(till.drawn(int(ticket.value), fate, policy)) as events:
                    async for event in events:
                        yield event

        return Paid

    async def met(self) -> str:
        """What is to become of the job for which somebody comes. Raises ProviderError."""
        fate = self.random.choice(FATES)
        await self.pause()
        if fate == "unreached":
            raise Unreachable("nobody there")
        if fate == "refused":
            raise QuotaExceeded("no more")
        return fate

    async def drawn(self, job: int, fate: str, policy: Charged, *, ticket: bool = False) -> AsyncGenerator[Event, None]:
        refused = False
        try:
            with at_phase(Phase.HANDED_OVER):
                await self.pause()
                if ticket:
                    yield Ticket(str(job))
                await self.pause()
                if fate == "cut":
                    raise Unavailable("the connection is gone")
                if fate == "nonsense":
                    raise BadAnswer("a web page")
                refused = fate == "failed" and job not in self.charged  # a job that was drawn stays drawn
                if refused:
                    raise self.random.choice((RequestFailed, ContentRejected))("it came to nothing")
        finally:  # also when nobody listens any more: it goes on and charges for what it has drawn
            if policy is Charged.ON_SUCCESS and not refused:
                self.charge(job)
        with at_phase(Phase.DRAWN):
            if fate == "empty":
                raise NoPicture("an answer without a picture")
        yield ImageResponse([picture_url()])

    def models(self) -> dict[str, dict[str, object]]:
        return {
            name: {
                "url": f"http://{name}",
                "cost": cost / 1_000_000,
                "provider_class": self.provider(name),
                "fallback": CHAINS.get(name, ()),
            }
            for name, cost in COSTS.items()
        }


async def counted(bench: Bench, account: int) -> Spent:
    async with bench.db.read() as unit:
        return await unit.spending.since(account, bench.clock.now() - timedelta(days=1))


async def balanced(bench: Bench, till: Till) -> None:
    for person in (1, 2, 3):
        billed, all_billed = till.billed[f"of {person}"], till.billed.total()
        spent = await counted(bench, person)
        assert billed <= spent.requester <= CAP, f"person {person}: {billed} of {spent.requester}"
        assert all_billed <= spent.total <= CAP_OF_ALL


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_happens_no_more_is_charged_than_was_counted(make: MakeBench, seed: int) -> None:
    """Cancellations, failures before and after the hand-over, second tries, other models, crashes at any moment, and
    jobs that are taken up again by their tickets."""
    till = Till(seed)
    caps = {"daily_cost_per_user": CAP / 1_000_000, "daily_cost": CAP_OF_ALL / 1_000_000, "max_queued_per_user": 50}
    bench = await make(till.models(), **caps)
    asked: list[int] = []
    for step in range(40):
        match till.random.choice(("ask", "ask", "ask", "cancel", "wait", "kill")):
            case "ask":
                person = till.random.randint(1, 3)
                model, count = till.random.choice(tuple(COSTS)), till.random.randint(1, 2)
                answer = await bench.ask(f"of {person}", source=f"s{step}", user=person, model=model, count=count)
                if isinstance(answer, Accepted):
                    asked.append(answer.request.id)
            case "cancel" if asked:
                request = await bench.request(till.random.choice(asked))
                await bench.service.cancel(request.id, by=request.requester_id, admin=False)
            case "kill":
                await bench.kill()
                bench = await make(till.models(), **caps)
            case _:
                await asyncio.sleep(0.01)
        await balanced(bench, till)
    for request_id in asked:
        await _ended(bench, request_id)
    await balanced(bench, till)
    assert till.billed.total() > 0


async def _ended(bench: Bench, request_id: int) -> None:
    for _ in range(2_000):
        if (await bench.request(request_id)).finished_at is not None:
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"request {request_id} never ends")


async def test_six_times_asked_and_cancelled_is_one_paid_job(make: MakeBench) -> None:
    """Black Forest Labs: it has the job, and its terms say nothing of those that nobody waits for."""
    jobs: list[object] = []

    async def submit(request: web.Request) -> web.Response:
        jobs.append(await request.json())
        base = f"http://{request.host}"
        return web.json_response({"id": f"job-{len(jobs)}", "polling_url": f"{base}/v1/get_result?id=job-{len(jobs)}"})

    async def poll(request: web.Request) -> web.Response:
        return web.json_response({"id": request.query["id"], "status": "Pending"})

    app = web.Application()
    app.router.add_post("/v1/flux-2-pro", submit)
    app.router.add_get("/v1/get_result", poll)
    async with TestServer(app) as server:
        answers = await _asked_and_cancelled(make, BlackForestLabs, str(server.make_url("")), jobs)
    assert len(jobs) == 1
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["daily-cost"] * 5


async def test_a_connection_that_was_cut_after_the_post_is_a_paid_job(make: MakeBench) -> None:
    """OpenAI's shape: the picture is drawn, and billed, though nobody reads the answer."""
    jobs: list[object] = []

    async def draw(request: web.Request) -> web.Response:
        jobs.append(await request.json())
        await asyncio.sleep(60)
        raise AssertionError("unreachable")

    app = web.Application()
    app.router.add_post("/v1/images/generations", draw)
    async with TestServer(app) as server:
        answers = await _asked_and_cancelled(make, OpenAIImages, str(server.make_url("/v1")), jobs)
    assert len(jobs) == 1
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["daily-cost"] * 5


async def _asked_and_cancelled(
    make: MakeBench, provider: type[Provider], url: str, jobs: list[object]
) -> list[Accepted | Refused]:
    models: dict[str, dict[str, object]] = {
        "paid": {"provider_class": provider, "url": url, "api_key": "secret", "cost": 1}
    }
    bench = await make(models, daily_cost_per_user=1)
    answers: list[Accepted | Refused] = []
    for number in range(6):
        answer = await bench.ask(model="paid", source=f"s{number}")
        answers.append(answer)
        if isinstance(answer, Accepted):
            posted = number + 1
            await eventually(lambda: len(jobs) >= posted, "the POST")  # noqa: B023 - it is called within this turn
            await bench.service.cancel(answer.request.id, by=1, admin=False)
    return answers


async def test_a_second_try_is_paid_for_or_does_not_happen(make: MakeBench, backend: Backend) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        with at_phase(Phase.HANDED_OVER):
            raise Unavailable("gone in the middle")
        yield

    backend.script = script
    bench = await make({"dear": {"cost": 0.4}}, daily_cost_per_user=0.9)
    request = await bench.accepted(model="dear")
    assert (await bench.until(RequestState.FAILED, request.id)).reason == "daily-cost"
    assert len(backend.requests) == 2
    assert await bench.service.allowance(1) == 100_000


async def test_another_model_that_costs_more_than_is_left_does_not_draw(make: MakeBench, backend: Backend) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        with at_phase(Phase.HANDED_OVER):
            raise QuotaExceeded("no more")
        yield

    backend.script = script
    bench = await make({"dear": {"cost": 0.4, "fallback": ("other",)}, "other": {"cost": 0.4}}, daily_cost_per_user=0.7)
    request = await bench.accepted(model="dear")
    assert (await bench.until(RequestState.FAILED, request.id)).reason == "daily-cost"
    assert len(backend.requests) == 1


async def test_channels_of_one_chat_share_its_limits(make: MakeBench) -> None:
    """Under which of their channels' names people speak is their own choice."""
    bench = await make({"dear": {"cost": 0.4}}, daily_cost_per_user=0.5, daily_limit=2)
    group = Destination(chat_id=-100, reply_to=1)
    first = await bench.accepted(model="dear", source="a", user=-1001, place=group)
    await bench.until(RequestState.DELIVERED, first.id)
    refused = await bench.ask(model="dear", source="b", user=-1002, place=group)
    assert isinstance(refused, Refused)
    assert refused.code == "daily-cost"
    assert await bench.service.allowance(-100) == 100_000
    await bench.accepted(model="dear", source="c", user=-1002, place=Destination(chat_id=-200, reply_to=1))
    await bench.accepted(model="dear", source="d", user=5, place=group)


@pytest.mark.parametrize("limits", [{"daily_limit": 1}, {"max_queued_per_user": 1, "max_jobs": 0}])
async def test_eight_chats_at_once_have_one_limit(make_shared: MakeBench, limits: dict[str, int]) -> None:
    benches = [await make_shared(None, draws_here=0, **limits) for _ in range(2)]
    answers = await asyncio.gather(
        *(
            benches[number % 2].ask(source=f"s{number}", place=Destination(chat_id=-number - 1, reply_to=1), user=1)
            for number in range(8)
        )
    )
    assert sum(isinstance(answer, Accepted) for answer in answers) == 1
