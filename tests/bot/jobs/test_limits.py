"""What is refused, who is next, and the place in the queue."""

import io
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from PIL import Image, ImageStat

from bot.jobs.acceptance.parameters import fit_to
from bot.jobs.acceptance.redrawing import Repeat, Requester
from bot.jobs.contracts import REFUSAL_CODES, Accepted, Refused
from bot.prompt.grammar import PROMPT_LENGTH
from providers.capabilities import Bounds, Capabilities
from providers.catalog.model import Model
from providers.events import Event, ImageResponse
from providers.request import ImageRequest
from storage import Database
from storage.records import Parameters, RequestState
from tests.bot.jobs.bench import CHAT, Backend, Bench, Gate, MakeBench, Scripted, Telegram, eventually, picture_url, png


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"age": timedelta(hours=1, seconds=1)}, Refused("too-old")),
        ({"prompt": "  "}, Refused("prompt-empty")),
        (
            {"prompt": "x" * (PROMPT_LENGTH + 1)},
            Refused("prompt-too-long", {"length": PROMPT_LENGTH + 1, "limit": PROMPT_LENGTH}),
        ),
        ({"model": "nothing"}, Refused("model-unknown", {"model": "nothing"})),
        ({"model": "off"}, Refused("model-unavailable", {"model": "off"})),
        ({"model": "keyless"}, Refused("model-unavailable", {"model": "keyless"})),
        ({"input_file_ids": ("photo",)}, Refused("no-input-picture", {"model": "scripted"})),
        ({"width": 5000}, Refused("parameter", {"detail": "width is 5000; it may be 64 to 2048 in steps of 8"})),
    ],
)
async def test_what_is_refused_leaves_nothing_behind(
    make: MakeBench, telegram: Telegram, asked: dict[str, object], refused: Refused
) -> None:
    bench = await make({"scripted": {}, "off": {"enabled": False}, "keyless": {"requires_key": True}})
    assert await bench.ask(**asked) == refused  # type: ignore[arg-type]  # keywords of `ask`
    assert set(refused.args) == set(REFUSAL_CODES[refused.code])
    async with bench.db.read() as unit:
        assert await unit.requests.unfinished() == []
    assert telegram.messages == {}
    assert len(bench.jobs.active) == 0


async def test_the_last_moment_is_not_too_old(bench: Bench) -> None:
    await bench.accepted(age=timedelta(hours=1))


async def test_only_so_many_requests_of_a_person_wait(make: MakeBench, gate: Gate) -> None:
    bench = await make(max_jobs_per_user=1, max_queued_per_user=2)
    for number in range(3):
        await bench.accepted(source=f"s{number}")
        await eventually(lambda: gate.waiting == 1)
    assert await bench.ask(source="s3") == Refused("queue-full", {"limit": 2})
    await bench.accepted(source="s4", user=2)
    # One that was accepted is not refused when its update comes again.
    assert isinstance(await bench.ask(source="s2"), Accepted)


async def test_a_daily_limit(make: MakeBench) -> None:
    bench = await make(daily_limit=2)
    for number in (1, 2):
        await bench.accepted(source=f"s{number}")
        await bench.until(RequestState.DELIVERED, number)
    assert await bench.ask(source="s3") == Refused("daily-limit", {"limit": 2})
    await bench.accepted(source="s4", user=2)
    bench.clock._seconds += timedelta(days=1, seconds=1).total_seconds()  # not in steps: nobody else needs to wake
    await bench.accepted(source="s5")


async def test_another_persons_first_comes_before_the_seconds_of_many(
    make: MakeBench, gate: Gate, backend: Backend
) -> None:
    bench = await make(max_jobs=1, max_queued_per_user=20)
    for number in range(10):
        await bench.accepted(f"many {number}", source=f"m{number}", user=1)
    await eventually(lambda: gate.waiting == 1)
    late = await bench.accepted("one", source="one", user=2)
    gate.open()
    await bench.until(RequestState.DELIVERED, late.id)
    order = [request.prompt for request in backend.requests]
    assert order.index("one") == 1


async def test_a_models_cap_holds_back_that_model_alone(make: MakeBench, gate: Gate, backend: Backend) -> None:
    bench = await make({"scripted": {"max_concurrency": 1}, "other": {}}, max_jobs_per_user=5)
    for number in range(3):
        await bench.accepted(source=f"s{number}", model="scripted")
    await bench.accepted("else", source="o", model="other")
    await eventually(lambda: gate.waiting == 2)
    assert sorted(request.prompt for request in backend.requests) == ["a fox", "else"]


async def test_the_place_in_the_queue_moves(make: MakeBench, backend: Backend) -> None:
    gates = [Gate() for _ in range(3)]

    async def script(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
        await gates[int(request.prompt)]()
        yield ImageResponse([picture_url()])

    backend.script = script
    bench = await make(max_jobs=1)
    for number in range(3):
        await bench.accepted(str(number), source=f"s{number}", user=number)
        await eventually(lambda: gates[0].waiting == 1)
    await bench.until_shown("queued, place 2", 102)
    gates[0].open()
    await eventually(lambda: gates[1].waiting == 1)
    await bench.clock.advance(3.5)
    await bench.until_shown("queued, place 1", 102)
    gates[1].open()
    await eventually(lambda: gates[2].waiting == 1)
    gates[2].open()
    await bench.until(RequestState.DELIVERED, 3)


async def test_again_and_vary(bench: Bench, backend: Backend) -> None:
    first = await bench.accepted("a fox", count=2, steps=20)
    await bench.until(RequestState.DELIVERED)
    seeds = [draw.seed for draw in await bench.draws(1)]
    again = await bench.service.redraw(first.id, Repeat(), Requester("p1", 2, CHAT))
    vary = await bench.service.redraw(first.id, Repeat(fresh_seed=True), Requester("p2", 2, CHAT))
    assert isinstance(again, Accepted)
    assert isinstance(vary, Accepted)
    assert (again.request.requester_id, again.request.parent_id) == (2, None)
    assert [draw.seed for draw in await bench.draws(again.request.id)] == seeds
    assert [draw.seed for draw in await bench.draws(vary.request.id)] != seeds
    assert again.request.parameters.steps == 20
    # The same press delivered twice
    twice = await bench.service.redraw(first.id, Repeat(), Requester("p1", 2, CHAT))
    assert isinstance(twice, Accepted)
    assert twice.request.id == again.request.id
    unknown = await bench.service.redraw(99, Repeat(fresh_seed=True), Requester("p3", 2, CHAT))
    assert unknown == Refused("request-gone")
    await bench.until(RequestState.DELIVERED, vary.request.id)
    await bench.until(RequestState.DELIVERED, again.request.id)


async def test_a_refinement_is_repeated_with_its_whole_history(bench: Bench, backend: Backend) -> None:
    from bot.jobs.acceptance.validation import Ask

    answer = await bench.service.ask(
        Ask(
            source="s",
            place=CHAT,
            chat_kind="private",
            requester_id=1,
            language="en",
            asked_at=bench.clock.now(),
            prompt="in snow",
            parent_id=None,
            history=[{"role": "user", "content": "a fox"}, {"role": "user", "content": "in snow"}],
        )
    )
    assert isinstance(answer, Accepted)
    await bench.until(RequestState.DELIVERED, 1)
    await bench.service.redraw(1, Repeat(fresh_seed=True), Requester("p", 1, CHAT))
    await bench.until(RequestState.DELIVERED, 2)
    assert [request.prompt for request in backend.requests] == ["a fox\nin snow"] * 2
    assert (await bench.request(2)).prompt == "in snow"


async def test_an_input_picture_is_fetched_and_checked(db: Database, make: MakeBench, backend: Backend) -> None:
    taking = Capabilities(frozenset({"image", "seed"}))
    bench = await make()
    for model in bench.catalog:
        model.provider_class.capabilities = taking  # a class of this bench alone
    bench.files = {"good": png("blue"), "bad": b"GIF89a nonsense"}
    await bench.accepted(source="a", input_file_ids=("good",))
    await bench.until(RequestState.DELIVERED, 1)
    [given] = backend.requests[0].images
    picture = Image.open(io.BytesIO(given))
    assert (picture.format, picture.size) == ("JPEG", (64, 64)), "what the file told besides is left out"
    red, green, blue = ImageStat.Stat(picture).mean
    assert max(red, green, 255 - blue) < 4
    for request_id, file_id in ((2, "bad"), (3, "missing")):
        await bench.accepted(source=file_id, input_file_ids=(file_id,))
        assert (await bench.until(RequestState.FAILED, request_id)).reason == "input-picture"
    assert len(backend.requests) == 1
    await bench.accepted(source="refined", input_file_ids=("missing",), input_optional=True)
    await bench.until(RequestState.DELIVERED, 4)
    assert backend.requests[-1].first_image is None


def test_parameters_are_fitted_to_another_model() -> None:
    class Small(Scripted):
        capabilities = Capabilities(
            frozenset(), width=Bounds(256, 1024, 64), height=Bounds(256, 1024, 64), steps=Bounds(1, 4)
        )

    model = Model(id="small", label="small", provider="Small", provider_class=Small)
    asked = Parameters(
        width=2048, height=300, steps=50, guidance_scale=40, input_file_ids=("x",), negative_prompt="hats"
    )
    assert fit_to(model, asked) == Parameters(
        width=1024, height=256, steps=4, guidance_scale=30, negative_prompt="hats", input_file_ids=("x",)
    )
    assert fit_to(model, Parameters()) == Parameters()
