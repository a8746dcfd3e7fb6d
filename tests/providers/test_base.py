"""The contract itself, with a provider that does nothing but what a test tells it."""

import logging
import math
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Any, ClassVar

import aiohttp
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from providers import (
    ImagePreview,
    ImageRequest,
    ImageResponse,
    InvalidParameter,
    NoPicture,
    Provider,
    ProviderError,
    Reasoning,
    Ticket,
    errors,
)
from providers.capabilities import Bounds, Capabilities
from providers.events import Event
from providers.request import KNOWN_PARAMETERS, MAX_PROMPT_CHARACTERS, MAX_SEED
from tests.providers.drawing import draw

RESPONSE = ImageResponse(["https://x/y.png"], "a cat")


class Plain(Provider):
    """Yields `events` and remembers what it was asked to draw."""

    label = "Plain"
    url = "http://127.0.0.1"
    default_model = "plain-1"
    models: ClassVar[list[str]] = ["plain-1", "plain-2"]
    model_aliases: ClassVar[dict[str, str]] = {"plain": "plain-2"}
    capabilities = Capabilities(frozenset({"width", "height", "seed", "num_inference_steps"}), steps=Bounds(1, 50))
    events: ClassVar[list[Event]] = [Reasoning("half", 0.5), ImagePreview("https://x/p.png"), Ticket("t"), RESPONSE]
    asked: ClassVar[list[ImageRequest]] = []
    closed: ClassVar[list[bool]] = []

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        type(self).asked.append(request)
        try:
            for event in self.events:
                yield event
        finally:
            type(self).closed.append(self.detached)


@pytest.fixture(autouse=True)
def forget() -> None:
    Plain.asked.clear()
    Plain.closed.clear()


async def test_all_events_and_the_response_last() -> None:
    assert await draw(Plain()) == Plain.events


async def test_nothing_comes_after_the_response() -> None:
    class Chatty(Plain):
        events: ClassVar[list[Event]] = [RESPONSE, Reasoning("and another thing"), RESPONSE]

    assert await draw(Chatty()) == [RESPONSE]


async def test_an_end_without_a_picture_is_an_error_of_its_own() -> None:
    class Empty(Plain):
        events: ClassVar[list[Event]] = [Reasoning("well")]

    with pytest.raises(NoPicture):
        await draw(Empty())


async def test_what_it_does_not_take_is_dropped_and_said(caplog: pytest.LogCaptureFixture) -> None:
    request = ImageRequest("a cat", negative_prompt="dogs", guidance_scale=3, seed=5, strength=0.4, image=b"x", n=3)
    first, *_ = await draw(Plain(), request)
    assert first == Reasoning("Plain does not take: negative_prompt, guidance_scale, image, strength, n")
    assert Plain.asked == [ImageRequest("a cat", model="plain-1", seed=5)]

    with caplog.at_level(logging.WARNING):
        entry = Plain.create_async_generator(None, [], prompt="a cat", negative_prompt="dogs")
        assert [event async for event in entry] == [RESPONSE]
    assert "negative_prompt" in caplog.text


async def test_the_seeds_entry_takes_messages_and_yields_what_the_seed_documents() -> None:
    class Seedlike(Plain):
        seed_events = (ImagePreview, ImageResponse)

    entry = Seedlike.create_async_generator("plain", [{"role": "user", "content": " a cat "}], aspect_ratio="16:9")
    assert [event async for event in entry] == [ImagePreview("https://x/p.png"), RESPONSE]
    assert Plain.asked == [ImageRequest("a cat", model="plain-2", width=800, height=512)]


async def test_an_unknown_keyword_is_a_type_error() -> None:
    wrong: dict[str, Any] = {"stepz": 4}
    with pytest.raises(TypeError, match="stepz"):
        Plain.create_async_generator(None, [], **wrong)


@pytest.mark.parametrize("detached", [False, True])
async def test_closing_reaches_the_back_end_and_says_whether_it_was_detached(detached: bool) -> None:
    provider = Plain()
    async with (
        aiohttp.ClientSession() as session,
        aclosing(provider.generate(ImageRequest("a cat"), session)) as events,
    ):
        await anext(events)
        if detached:
            provider.detach()
    assert Plain.closed == [detached]


@pytest.mark.parametrize(
    "wrong",
    [
        ImageRequest(""), ImageRequest(" \n"), ImageRequest("x" * (MAX_PROMPT_CHARACTERS + 1)), ImageRequest("x", n=0),
        ImageRequest("x", aspect_ratio="5:3"), ImageRequest("x", width=63), ImageRequest("x", height=2049),
        ImageRequest("x", num_inference_steps=0), ImageRequest("x", seed=-1), ImageRequest("x", seed=MAX_SEED + 1),
        ImageRequest("x", model="plain-3"),
    ],
)  # fmt: skip
async def test_what_cannot_be_drawn_is_refused_before_anything_is_asked(wrong: ImageRequest) -> None:
    with pytest.raises(InvalidParameter):
        await draw(Plain(), wrong)
    assert Plain.asked == []


def test_an_unknown_model_is_answered_with_the_valid_ones() -> None:
    with pytest.raises(InvalidParameter, match="plain-1, plain-2, plain"):
        Plain.get_model("plain-3")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_are_refused(value: float) -> None:
    class Guided(Plain):
        capabilities = Capabilities(frozenset({"guidance_scale", "strength"}), guidance=Bounds(-math.inf, math.inf))

    for name in ("guidance_scale", "strength"):
        changed: dict[str, Any] = {name: value}
        with pytest.raises(InvalidParameter, match=name):
            Guided().prepare(replace(ImageRequest("x"), **changed))


@given(st.builds(ImageRequest, st.text(min_size=1).filter(str.strip), seed=st.none() | st.integers(0, MAX_SEED)))
def test_preparing_twice_is_preparing_once(request: ImageRequest) -> None:
    prepared, _ = Plain().prepare(request)
    assert Plain().prepare(prepared) == (prepared, [])


@given(st.none() | st.booleans(), st.none() | st.integers(0, MAX_SEED))
def test_a_given_seed_is_kept_unless_randomizing_was_asked_for(randomize: bool | None, seed: int | None) -> None:
    provider = Plain()
    provider._adopt(randomize_seed=randomize, zerogpu_uuid=None)
    sent, randomized = provider.seed_to_send(ImageRequest("x", seed=seed))
    assert sent == (seed or 0)
    assert randomized == (seed is None if randomize is None else randomize)


def test_a_provider_keeps_its_class_where_nothing_is_given() -> None:
    provider = Plain(url="http://here:8/", timeout=7)
    assert (provider.url, provider.timeout, provider.poll_interval, provider.api_key) == ("http://here:8", 7, 1, None)
    assert (Plain.url, Plain.timeout) == ("http://127.0.0.1", 300)
    assert "prompt" in KNOWN_PARAMETERS


numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, st.sampled_from([0.05, 0.1, 0.25, 0.5, 1, 8, 32, 64]), numbers)
def test_clamp_stays_in_bounds_and_on_a_step(low: float, high: float, step: float, value: float) -> None:
    assume(low <= high)
    bounds = Bounds(low, high, step)
    found = bounds.clamp(value)
    assert low <= found <= high
    assert found in bounds or found in (low, high)
    assert found in (low, high) or abs(found / step - round(found / step)) < 1e-3


@pytest.mark.parametrize(
    ("bounds", "value", "found"),
    [
        (Bounds(256, 2048, 32), 1000, 992),
        (Bounds(256, 2048, 32), 9, 256),
        (Bounds(256, 2048, 32), 9999, 2048),
        (Bounds(0, 10, 0.1), 3.5, 3.5),
        (Bounds(1, 15, 0.1), 4.57, 4.5),
        (Bounds(1, 50, 1), 28, 28),
    ],
)
def test_clamp(bounds: Bounds, value: float, found: float) -> None:
    assert bounds.clamp(value) == pytest.approx(found)


def test_what_each_error_leads_to() -> None:
    """Fallback and retries read nothing but these two: no refusal of the words leads to another model."""
    kinds = {cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, ProviderError)}
    assert {cls.__name__ for cls in kinds if cls.retryable} == {"Unavailable", "Unreachable", "BadAnswer"}
    stays = {cls.__name__ for cls in kinds if not cls.failover}
    own_fault = {"InvalidParameter", "OutOfMemory", "RequestFailed", "TooLarge"}
    assert stays == {"ProviderError", "ContentRejected", "Cancelled", "DeadlineExceeded", *own_fault}
    alike = {errors.Unreachable, errors.BadPicture}  # they are told as the class above them
    assert len({cls.code for cls in kinds - alike}) == len(kinds - alike)
