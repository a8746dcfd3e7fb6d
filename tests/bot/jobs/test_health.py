"""How models do, as draws and checks tell it, and what follows from it."""

import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.models.circuit_breaker import FIRST_PAUSE, THRESHOLD
from bot.jobs.models.health import REMEMBERED, Condition, Health, Vitals, is_slow, percentile
from bot.jobs.models.probes import AGAIN, AT_ONCE, INTERVAL, UNWANTED, Probes, may_be_checked
from providers.base import Provider
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.errors import (
    BadAnswer,
    Cancelled,
    ContentRejected,
    DeadlineExceeded,
    InvalidParameter,
    ProviderError,
    QuotaExceeded,
    Unauthorized,
    Unavailable,
    Unreachable,
)
from providers.events import Event, ImageResponse
from providers.request import ImageRequest
from storage import Database
from storage.records import RequestState
from tests.bot.jobs.bench import Backend, Bench, Gate, MakeBench, Scripted, Telegram, eventually, picture_url
from tests.clock import FakeClock


@pytest.fixture
def health(clock: FakeClock) -> Health:
    return Health(clock)


async def draw(health: Health, clock: FakeClock, seconds: float = 0, error: BaseException | None = None) -> None:
    try:
        with health.watching("m", begun=True):
            await clock.advance(seconds)
            if error is not None:
                raise error
    except BaseException as raised:
        if raised is not error:
            raise


async def test_up_with_its_usual_time(health: Health, clock: FakeClock) -> None:
    assert health.of("m") == Vitals()
    for seconds in (10, 12, 14, 30):
        await draw(health, clock, seconds)
    assert health.of("m") == Vitals(Condition.UP, usual=12, long=30)


@pytest.mark.parametrize("error", [Unavailable("down"), BadAnswer("?"), DeadlineExceeded("slow"), QuotaExceeded("no")])
async def test_down_after_some_failures_until_it_draws(health: Health, clock: FakeClock, error: Exception) -> None:
    await draw(health, clock, 8)
    for number in range(THRESHOLD):
        assert health.admit("m")
        assert not health.is_down("m")
        await draw(health, clock, error=error)
        assert health.of("m").condition is (Condition.DOWN if number == THRESHOLD - 1 else Condition.UNKNOWN)
    assert health.of("m") == Vitals(Condition.DOWN, 8, 8, error.code)  # type: ignore[attr-defined]  # a ProviderError
    assert not health.admit("m")
    await clock.advance(FIRST_PAUSE)
    assert health.of("m").condition is Condition.UNKNOWN
    assert (health.admit("m"), health.admit("m")) == (True, False)
    await draw(health, clock, 8)
    assert health.of("m").condition is Condition.UP


async def test_what_a_second_try_does_not_mend_counts_at_once(health: Health, clock: FakeClock) -> None:
    await draw(health, clock, error=Unauthorized("no key"))
    assert health.of("m") == Vitals(Condition.DOWN, reason="unauthorized")
    await clock.advance(FIRST_PAUSE)
    await draw(health, clock, error=QuotaExceeded("no more", retry_after=120))
    await clock.advance(119)
    assert health.is_down("m")
    await clock.advance(1)
    assert not health.is_down("m")


@pytest.mark.parametrize("error", [InvalidParameter("too big"), Cancelled("stopped"), KeyboardInterrupt(), OSError()])
async def test_what_is_not_its_fault_is_not_counted(health: Health, clock: FakeClock, error: BaseException) -> None:
    for _ in range(2 * THRESHOLD):
        await draw(health, clock, error=error)
    assert health.of("m").condition is Condition.UNKNOWN
    assert health.admit("m")


async def test_who_refuses_words_has_read_them(health: Health, clock: FakeClock) -> None:
    for _ in range(THRESHOLD):
        await draw(health, clock, error=Unavailable("down"))
    await clock.advance(FIRST_PAUSE)
    assert health.admit("m")
    await draw(health, clock, error=ContentRejected("no foxes"))
    assert health.of("m") == Vitals(Condition.UP)


async def test_a_cancelled_trial_leaves_its_place_to_another(health: Health, clock: FakeClock) -> None:
    await draw(health, clock, error=Unauthorized("no key"))
    await clock.advance(FIRST_PAUSE)
    assert health.admit("m")
    await draw(health, clock, error=KeyboardInterrupt())
    assert health.admit("m")


async def test_only_so_much_is_remembered(health: Health, clock: FakeClock) -> None:
    health.remember({"m": [1000.0] * 50, "other": [3.0]})
    for _ in range(REMEMBERED - 50):
        await draw(health, clock, 4)
    assert health.of("m").long == 1000
    assert health.of("other") == Vitals(Condition.UNKNOWN, 3, 3)
    for _ in range(50):
        await draw(health, clock, 4)
    assert health.of("m") == Vitals(Condition.UP, 4, 4)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_one_of_them_and_so_many_are_not_more(values: list[float], share: float) -> None:
    found = percentile(sorted(values), share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6
    assert sum(value < found for value in values) <= share * len(values) + 1e-6


@pytest.mark.parametrize(
    ("times", "slow"),
    [
        ([], False),
        ([5] * 20, False),
        ([90] * 3, True),
        ([5] * 15 + [40] * 5, True),
        ([5] * 15 + [14] * 5, False),  # twice as long, and still soon
        ([5, 5, 40, 40, 40], False),  # too few to know what is usual
    ],
)
def test_slow_is_long_or_much_longer_than_usual(times: list[float], slow: bool) -> None:
    assert is_slow(times) is slow


# -- what draws make of it ---------------------------------------------------------------------------------

CHAIN: dict[str, dict[str, object]] = {
    "first": {"url": "http://first", "fallback": ("second", "third")},
    "second": {"url": "http://second"},
    "third": {"url": "http://third"},
}


class Broken:
    """Models that are out of order; `asked` has who was asked, in turn."""

    def __init__(self, *models: str) -> None:
        self.models = set(models)
        self.asked: list[str] = []

    async def __call__(self, provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        model = provider.url.removeprefix("http://")
        self.asked.append(model)
        if model in self.models:
            raise Unauthorized("no key")
        yield ImageResponse([picture_url()])


async def drawn(bench: Bench, number: int) -> str:
    await bench.accepted(model="first", source=f"s{number}")
    await bench.until(RequestState.DELIVERED, number)
    return (await bench.pictures(number))[0].model


async def test_who_is_down_is_not_asked_and_tried_again_in_a_while(
    make: MakeBench, backend: Backend, telegram: Telegram, clock: FakeClock
) -> None:
    script = backend.script = Broken("first", "second")
    bench = await make(CHAIN)
    assert [await drawn(bench, number) for number in (1, 2)] == ["third", "third"]
    assert script.asked == ["first", "second", "third", "third"]
    assert "after first: unauthorized" in telegram.messages[101].text
    assert [bench.service.health.of(model).condition for model in CHAIN] == ["down", "down", "up"]
    await clock.advance(FIRST_PAUSE)
    script.models.clear()
    script.asked.clear()
    assert [await drawn(bench, number) for number in (3, 4)] == ["first", "first"]


async def test_who_is_down_is_asked_all_the_same_when_nobody_else_is_there(make: MakeBench, backend: Backend) -> None:
    script = backend.script = Broken("first")
    bench = await make({"first": {"url": "http://first"}})
    for number in (1, 2):
        await bench.accepted(source=f"s{number}")
        await bench.until(RequestState.FAILED, number)
    script.models.clear()
    assert await drawn(bench, 3) == "first"
    assert script.asked == ["first"] * 3


async def test_usual_times_outlive_a_restart(make: MakeBench, backend: Backend, clock: FakeClock) -> None:
    gate = Gate()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gate()
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make(CHAIN)
    await bench.accepted(model="first")
    await eventually(lambda: gate.waiting == 1)
    await clock.advance(12)
    gate.open()
    await bench.until(RequestState.DELIVERED)
    assert bench.service.health.of("first") == Vitals(Condition.UP, 12, 12)
    await bench.kill()
    bench = await make(CHAIN)
    assert bench.service.health.of("first") == Vitals(Condition.UNKNOWN, 12, 12)


# -- checks ------------------------------------------------------------------------------------------------


class Server:
    """Answers with `status`; `asked` has the paths."""

    def __init__(self) -> None:
        self.status = 200
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        return web.Response(status=self.status)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    found, app = Server(), web.Application()
    app.router.add_get("/{path:.*}", found.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()


class Checked(Scripted):
    light_check = True


Build = Callable[..., Probes]


@pytest.fixture
async def checks(server: Server, health: Health, clock: FakeClock, db: Database) -> AsyncIterator[Build]:
    async with aiohttp.ClientSession() as session:

        def build(**models: dict[str, Any]) -> Probes:
            known = (
                Model(
                    id=id_,
                    label=id_,
                    provider="x",
                    **dict[str, Any](provider_class=Checked, url=f"{server.url}/{id_}") | keys,
                )
                for id_, keys in models.items()
            )
            catalog = Catalog(known)
            return Probes(catalog, health, session, clock, db, first=[model for model in catalog if model.fallback])

        yield build


async def look(checks: Probes) -> None:
    await checks._ask(checks._next())


async def test_whose_check_is_not_light_or_not_free_is_left_alone(checks: Build, server: Server) -> None:
    class Offline(Checked):
        offline = True

    class Paid(Checked):
        paid = True

    found = checks(
        free={},
        dear={"cost": 1},
        off={"enabled": False},
        keyless={"requires_key": True},
        offline={"provider_class": Offline, "url": None},
        paid={"provider_class": Paid, "api_key": "k"},
        heavy={"provider_class": Scripted},
    )
    await look(found)
    assert server.asked == ["/free"]
    assert not may_be_checked(replace(found._models[0], cost=0.5))


async def test_who_answers_is_up_and_asked_rarely(
    checks: Build, server: Server, health: Health, clock: FakeClock
) -> None:
    found = checks(a={})
    await look(found)
    assert health.of("a") == Vitals(Condition.UP)
    for _ in range(20):
        await clock.advance(INTERVAL / 10)
        health.wanted()
        await look(found)
    assert 2 <= len(server.asked) <= 4


async def test_who_does_not_answer_is_down_and_asked_ever_more_rarely(
    checks: Build, server: Server, health: Health, clock: FakeClock
) -> None:
    server.status = 503
    found = checks(a={})
    asked_at = []
    for second in range(0, 4000, 10):
        before = len(server.asked)
        await look(found)
        if len(server.asked) > before:
            asked_at.append(second)
        await clock.advance(10)
    pauses = [later - earlier for earlier, later in itertools.pairwise(asked_at)]
    assert AGAIN * 0.7 <= pauses[0] <= AGAIN * 1.5
    assert pauses[-1] > 4 * pauses[0]
    assert len(asked_at) <= 8
    assert health.of("a").condition is Condition.DOWN
    server.status = 200
    await clock.advance(3000)
    await look(found)
    assert health.of("a").condition is Condition.UNKNOWN  # it answers: worth a try
    assert health.admit("a")


async def test_few_at_once_the_silent_ones_first(checks: Build, server: Server, health: Health) -> None:
    found = checks(**{f"m{number}": {} for number in range(AT_ONCE + 2)})
    health.answers("m0")  # known just now
    await look(found)
    assert sorted(server.asked) == ["/m1", "/m2", "/m3"]
    await look(found)
    assert sorted(server.asked) == ["/m1", "/m2", "/m3", "/m4"]


async def test_asked_in_the_background_as_long_as_somebody_wants_to_know(
    checks: Build, server: Server, health: Health, clock: FakeClock
) -> None:
    import asyncio

    running = asyncio.create_task(checks(a={}).run())
    await clock.settle()
    await clock.advance(30)
    await eventually(lambda: len(server.asked) == 1)
    await eventually(lambda: health.of("a").condition is Condition.UP)
    for _ in range(50):
        await clock.advance(UNWANTED / 40)
        await eventually(lambda: clock.sleepers == 1 or health.unwanted_for >= UNWANTED)
    await eventually(lambda: not clock.sleepers)  # it waits for somebody, and for no time
    server.asked.clear()
    await clock.advance(10 * INTERVAL)
    assert server.asked == []
    health.wanted()
    await clock.advance(30)
    await eventually(lambda: len(server.asked) == 1)
    running.cancel()


async def test_the_first_ones_are_asked_at_the_start_all_at_once(
    checks: Build, server: Server, clock: FakeClock, health: Health
) -> None:
    import asyncio

    first = {f"m{number}": {"fallback": ("other",)} for number in range(AT_ONCE + 2)}
    running = asyncio.create_task(checks(**first, other={}).run())
    await eventually(lambda: len(server.asked) == AT_ONCE + 2)  # nobody moved the clock
    assert "/other" not in server.asked
    await eventually(lambda: health.of("m0").condition is Condition.UP)
    running.cancel()


async def test_who_draws_nothing_learns_from_the_others(
    make: MakeBench, backend: Backend, clock: FakeClock, checks: Build, health: Health
) -> None:
    reading = checks(a={})
    await clock.advance(INTERVAL)
    await drawn(await make(CHAIN), 1)
    await reading._read()
    assert health.of("first").usual is not None
    await draw(health, clock, 0)
    await reading._read()  # from here on it knows for itself
    health.remember({"first": [7.0]})
    await clock.advance(INTERVAL - 1)
    await reading._read()
    assert health.of("first").usual == 7
    await clock.advance(1)
    await reading._read()
    assert health.of("first").usual != 7


async def test_a_mistake_in_a_check_ends_neither_the_loop_nor_the_model(
    checks: Build, health: Health, caplog: pytest.LogCaptureFixture
) -> None:
    class Wrong(Checked):
        async def check(self, session: aiohttp.ClientSession) -> None:
            raise RuntimeError("a mistake of ours")

    await look(checks(a={"provider_class": Wrong}))
    assert "the check of a failed" in caplog.text
    assert health.of("a") == Vitals()
    assert issubclass(Wrong, Provider)


@pytest.mark.parametrize(
    ("error", "down"),
    [
        (Unavailable("500"), False),  # perhaps that very request
        (DeadlineExceeded("slow"), False),
        (BadAnswer("?"), False),
        (Unreachable("refused"), True),  # whoever asks
        (QuotaExceeded("no more"), True),
    ],
)
async def test_one_person_switches_a_model_off_for_nobody(health: Health, error: ProviderError, down: bool) -> None:
    for _ in range(3 * THRESHOLD):
        with suppress(ProviderError), health.watching("m", begun=True, person=1):
            raise error
    assert health.is_down("m") is down
    with suppress(ProviderError), health.watching("m", begun=True, person=2):
        raise error
    assert health.is_down("m")
