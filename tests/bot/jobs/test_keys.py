"""Several keys behind one model: one with quota left draws, a spent one rests, and a job keeps the key it began by."""

from collections.abc import AsyncGenerator

import pytest
from aiohttp import web

from bot.jobs.models.keys import FIRST_REST, HOPELESS_REST, Keyring, marked, unmarked
from providers.catalog.keys import ApiKey
from providers.catalog.model import Model
from providers.errors import PaymentRequired, Phase, QuotaExceeded, Unauthorized, Unavailable, at_phase
from providers.events import Event, ImageResponse, Reasoning, Ticket
from providers.pictures.encoded import plain_base64
from providers.request import ImageRequest
from providers.services.openai_images import OpenAIImages
from storage.records import RequestState
from tests.bot.jobs.bench import Backend, Gate, MakeBench, Scripted, Telegram, eventually, picture_url, png
from tests.clock import FakeClock
from tests.providers.serving import serving

ONE, TWO, THREE = (ApiKey(f"secret-{name}-key", name) for name in ("ONE", "TWO", "THREE"))
SEVERAL: dict[str, dict[str, object]] = {"first": {"api_keys": (ONE, TWO, THREE), "api_key": ONE.value}}


def model(*keys: ApiKey) -> Model:
    return Model(
        id="m", label="m", provider="x", provider_class=Scripted, api_keys=keys, api_key=keys[0].value if keys else None
    )


@pytest.fixture
def ring(clock: FakeClock) -> Keyring:
    return Keyring(clock)


# -- which key draws ---------------------------------------------------------------------------------------------


async def test_a_spent_key_rests_as_long_as_its_back_end_says(ring: Keyring, clock: FakeClock) -> None:
    several = model(ONE, TWO)
    assert ring.choose(several) is ONE
    ring.failed(several, ONE, QuotaExceeded("no more", retry_after=600))
    assert ring.choose(several) is TWO
    await clock.advance(599)
    assert ring.choose(several) is TWO
    await clock.advance(2)
    assert ring.choose(several) is ONE


async def test_one_that_says_nothing_rests_longer_each_time_until_it_works(ring: Keyring, clock: FakeClock) -> None:
    several = model(ONE, TWO)
    for pause in (FIRST_REST, 2 * FIRST_REST):
        ring.failed(several, ONE, QuotaExceeded("no more"))
        await clock.advance(pause - 1)
        assert ring.choose(several) is TWO
        await clock.advance(2)
        assert ring.choose(several) is ONE
    ring.worked(several, ONE)
    ring.failed(several, ONE, QuotaExceeded("no more"))
    await clock.advance(FIRST_REST + 1)
    assert ring.choose(several) is ONE


async def test_when_all_rest_it_is_told_when_the_first_one_is_back(ring: Keyring, clock: FakeClock) -> None:
    several = model(ONE, TWO, THREE)
    ring.failed(several, ONE, QuotaExceeded("no more", retry_after=500))
    ring.failed(several, TWO, QuotaExceeded("no more", retry_after=200))
    ring.failed(several, THREE, Unauthorized("who are you"))
    with pytest.raises(QuotaExceeded) as caught:
        ring.choose(several)
    assert caught.value.retry_after == pytest.approx(200)
    assert "secret" not in str(caught.value)


async def test_refused_and_penniless_keys(ring: Keyring, clock: FakeClock) -> None:
    several = model(ONE, TWO)
    ring.failed(several, ONE, Unauthorized("no"))
    ring.failed(several, TWO, PaymentRequired("no credit"))
    with pytest.raises(PaymentRequired):
        ring.choose(several)
    ring.failed(several, TWO, Unauthorized("no"))
    with pytest.raises(Unauthorized):
        ring.choose(several)
    await clock.advance(HOPELESS_REST + 1)
    assert ring.choose(several) is ONE


def test_a_single_key_never_rests(ring: Keyring) -> None:
    single = model(ONE)
    ring.failed(single, ONE, QuotaExceeded("no more"))
    assert ring.choose(single) is ONE
    assert ring.choose(model()) is None


@pytest.mark.parametrize("ticket", ["job 1", "key:looks like one", "key::x", f"key:{ONE.fingerprint}:x", ""])
def test_a_ticket_comes_back_as_it_was(ticket: str) -> None:
    assert unmarked(marked(ticket, model(ONE, TWO), TWO)) == (ticket, TWO.fingerprint)
    assert unmarked(marked(ticket, model(ONE), ONE)) == (ticket, None)
    assert TWO.value not in marked(ticket, model(ONE, TWO), TWO)


# -- draws -------------------------------------------------------------------------------------------------------


async def test_the_next_key_draws_where_one_is_spent_or_refused(
    make: MakeBench, telegram: Telegram, clock: FakeClock
) -> None:
    """Against a server of OpenAI's shape that refuses as that one does."""
    asked: list[str] = []

    async def draws(request: web.Request) -> web.StreamResponse:
        key = request.headers["Authorization"].removeprefix("Bearer ")
        asked.append(key)
        if key == ONE.value:
            return web.json_response(
                {"error": {"message": f"Rate limit of {key}", "code": "rate_limit_exceeded"}},
                status=429,
                headers={"Retry-After": "600"},
            )
        if key == TWO.value:
            return web.json_response({"error": {"message": f"Incorrect: {key}", "code": "invalid_api_key"}}, status=401)
        return web.json_response({"data": [{"b64_json": plain_base64(png())}]})

    async with serving(draws) as url:
        bench = await make({"first": {**SEVERAL["first"], "provider_class": OpenAIImages, "url": url}})
        await bench.accepted(model="first")
        await bench.until(RequestState.DELIVERED)
        assert asked == [ONE.value, TWO.value, THREE.value]
        await bench.accepted(model="first", source="message:7:2:0")
        await bench.until(RequestState.DELIVERED, 2)
        assert asked[3:] == [THREE.value]
        async with bench.db.read() as unit:
            assert await unit.alerts.keys() == {f"key-refused:first:{TWO.fingerprint}"}
        assert not bench.jobs.health.is_down("first")


async def test_all_keys_spent_is_one_failure_that_says_until_when(
    make: MakeBench, backend: Backend, clock: FakeClock
) -> None:
    keys: list[str | None] = []

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        keys.append(provider.api_key)
        raise QuotaExceeded("no more", retry_after=300 * len(keys))
        yield

    backend.script = script
    bench = await make(SEVERAL)
    await bench.accepted(model="first")
    failed = await bench.until(RequestState.FAILED)
    assert keys == [ONE.value, TWO.value, THREE.value]
    [draw] = await bench.draws()
    assert draw.error == "quota"
    assert draw.retry_after == pytest.approx(300, abs=1)
    assert "secret" not in f"{failed} {draw}"


async def test_after_a_picture_was_drawn_no_other_key_draws_it_again(make: MakeBench, backend: Backend) -> None:
    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        with at_phase(Phase.DRAWN):
            raise QuotaExceeded("downloads are limited")
        yield

    backend.script = script
    bench = await make(SEVERAL)
    await bench.accepted(model="first")
    await bench.until(RequestState.FAILED)
    assert len(backend.requests) == 1


@pytest.mark.parametrize("there", [True, False])
async def test_a_job_is_resumed_with_the_key_that_it_began_with(
    make: MakeBench, telegram: Telegram, backend: Backend, there: bool
) -> None:
    """Or drawn again, with another one, where that key is gone from the catalogue."""
    gate, began, resumed_with = Gate(), list[str | None](), list[str | None]()

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        began.append(provider.api_key)
        if provider.api_key == ONE.value:
            raise QuotaExceeded("no more", retry_after=600)
        yield Ticket("job 1")
        yield Reasoning("working")
        await gate()
        yield ImageResponse([picture_url()])

    async def resumed(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        resumed_with.append(provider.api_key)
        yield ImageResponse([picture_url("blue")])

    backend.script, backend.resumed_script = script, resumed
    bench = await make(SEVERAL)
    await bench.accepted(model="first")
    await bench.until_shown("drawing, working")
    [draw] = await bench.draws()
    assert draw.ticket == f"key:{TWO.fingerprint}:job 1"
    await bench.kill()
    gate.open()
    keys = (THREE, ONE, TWO) if there else (THREE, ONE)
    await make({"first": {"api_keys": keys, "api_key": THREE.value}})
    await bench.until(RequestState.DELIVERED)
    assert resumed_with == ([TWO.value] if there else [])
    assert began == [ONE.value, TWO.value] + ([] if there else [THREE.value])


async def test_a_refused_key_that_works_again_is_no_alert_any_more(
    make: MakeBench, backend: Backend, clock: FakeClock
) -> None:
    refused = [ONE.value]

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        if provider.api_key in refused:
            raise Unauthorized("who are you")
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make(SEVERAL)
    await bench.accepted(model="first")
    await bench.until(RequestState.DELIVERED)
    async with bench.db.read() as unit:
        assert await unit.alerts.keys() == {f"key-refused:first:{ONE.fingerprint}"}
    refused.clear()
    await clock.advance(HOPELESS_REST + 1)
    await bench.accepted(model="first", source="message:7:2:0")
    await bench.until(RequestState.DELIVERED, 2)
    async with bench.db.read() as unit:
        assert await unit.alerts.keys() == set()


async def test_a_fault_of_the_back_end_puts_no_key_away(make: MakeBench, backend: Backend) -> None:
    keys: list[str | None] = []

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        keys.append(provider.api_key)
        raise Unavailable("down")
        yield

    backend.script = script
    bench = await make(SEVERAL)
    await bench.accepted(model="first")
    await bench.until(RequestState.FAILED)
    assert keys == [ONE.value] * 3
    await eventually(lambda: backend.running == 0)
