"""The ComfyUI provider against a real server: `make test-comfyui COMFYUI_URL=http://127.0.0.1:8188`.

Not among the tests that `make test` runs, which need nothing but the lock; and for a server that nobody depends on: it
is interrupted, and asked for more memory than there is. The workflows are of nodes that want no
weights; with COMFYUI_CHECKPOINT, a file that the server has, the workflow that comes along draws with it as well.
"""

import asyncio
import io
import json
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from providers import (
    Cancelled,
    ImagePreview,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    Reasoning,
    ResponseError,
    Ticket,
)
from providers.catalog.model import Model
from providers.choices import Kind, UnknownChoice
from providers.events import Event
from tests.providers.drawing import clean_session
from tests.providers.entries import Entry
from tests.providers.serving import picture_bytes

URL = os.environ["COMFYUI_URL"]
CHECKPOINT = os.environ.get("COMFYUI_CHECKPOINT", "")
SCALINGS = 60  # nodes of the job that takes its time

Nodes = dict[str, dict[str, Any]]


def node(kind: str, title: str = "", **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs, "_meta": {"title": title or kind}}


def colour() -> Nodes:
    """One colour, which is the seed; the file's name is the prompt."""
    return {
        "1": node("PrimitiveStringMultiline", "prompt", value=""),
        "2": node("PrimitiveInt", "seed", value=0),
        "3": node("EmptyImage", "size", width=64, height=64, batch_size=1, color=["2", 0]),
        "4": node("SaveImage", filename_prefix=["1", 0], images=["3", 0]),
        "5": node("PreviewImage", images=["3", 0]),
    }


def slow() -> Nodes:
    """The same, scaled up and down for seconds."""
    nodes = colour()
    for number in range(SCALINGS):
        side = 1024 if number % 2 else 1536
        before = str(99 + number) if number else "3"
        nodes[str(100 + number)] = node(
            "ImageScale", image=[before, 0], width=side, height=side, upscale_method="lanczos", crop="disabled"
        )
    nodes["4"]["inputs"]["images"] = [str(99 + SCALINGS), 0]
    del nodes["5"]
    return nodes


def model(folder: Path, nodes: Nodes | None = None, text: str = "") -> Model:
    if nodes is not None:
        (folder / "mine.json").write_text(json.dumps(nodes))
        text = "workflow = 'mine.json'\n" + text
    return Entry(folder, "comfyui").model(URL, text, None)


async def drawn(model: Model, **params: Any) -> tuple[list[Event], Image.Image]:
    """All events, and the picture."""
    async with clean_session() as session:
        provider = model.create()
        async with aclosing(provider.generate(model.request("a fox", **params), session)) as found:
            events = [event async for event in found]
        assert isinstance(events[-1], ImageResponse)
        picture = await provider.fetch(events[-1].url, session)
    with Image.open(io.BytesIO(picture.data)) as image:
        return events, image.convert("RGB")


async def queue() -> tuple[list[str], list[str]]:
    """Ids that the server draws, and ids that wait."""
    async with aiohttp.ClientSession() as session, session.get(f"{URL}/queue") as response:
        answer = await response.json()
    return [entry[1] for entry in answer["queue_running"]], [entry[1] for entry in answer["queue_pending"]]


async def gone(prompt_id: str) -> None:
    """Returns once the server neither draws it nor has it wait."""
    async with asyncio.timeout(30):
        while any(prompt_id in ids for ids in await queue()):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.1)


@asynccontextmanager
async def under_way(model: Model, **params: Any) -> AsyncIterator[tuple[str, AsyncIterator[Event]]]:
    """A job's id and the events after it; leaving takes it back."""
    async with clean_session() as session:
        provider = model.create()
        provider.poll_interval = 0.1
        request = model.request("a fox", **params)
        async with aclosing(provider.generate(request, session)) as events:
            async for event in events:
                if isinstance(event, Ticket):
                    yield event.value.partition(".")[0], events
                    break


async def begun(events: AsyncIterator[Event]) -> None:
    async for event in events:
        if event == Reasoning("Drawing"):
            return


def seed() -> int:
    """Another one each time: what the server has drawn before it answers from its cache."""
    return secrets.randbelow(0x1000000)


async def test_it_is_comfyui(tmp_path: Path) -> None:
    async with clean_session() as session:
        await model(tmp_path, colour()).create().check(session)


async def test_seed_size_and_prompt_go_where_the_titles_say(tmp_path: Path) -> None:
    events, picture = await drawn(model(tmp_path, colour()), seed=0x2080C0, width=320, height=192)
    assert picture.size == (320, 192)
    assert picture.getpixel((5, 5)) == (0x20, 0x80, 0xC0)
    response = events[-1]
    assert isinstance(response, ImageResponse)
    assert len(response.images) == 1  # what is only shown is left out
    assert "filename=a+fox_" in response.url


async def test_the_same_again_is_answered_from_the_cache(tmp_path: Path) -> None:
    mine = seed()
    first, _ = await drawn(model(tmp_path, colour()), seed=mine)
    again, _ = await drawn(model(tmp_path, colour()), seed=mine)
    assert again[-1] == first[-1]


async def test_a_picture_to_start_from(tmp_path: Path) -> None:
    nodes = colour()
    nodes["6"] = node("LoadImage", "picture", image="example.png")
    nodes["4"]["inputs"]["images"] = ["6", 0]
    del nodes["3"], nodes["5"]
    _, picture = await drawn(model(tmp_path, nodes), image=picture_bytes("PNG", (48, 40), "orange"))
    assert (picture.size, picture.getpixel((5, 5))) == ((48, 40), (255, 165, 0))


async def test_a_second_job_waits_for_the_first_and_leaves_the_queue(tmp_path: Path) -> None:
    async with under_way(model(tmp_path, slow()), seed=seed()) as (first, events):
        await begun(events)
        async with under_way(model(tmp_path, slow()), seed=seed()) as (second, waiting):
            told = [await anext(waiting)]
            assert told == [Reasoning("Waiting", position=1)]
            assert await queue() == ([first], [second])
        await gone(second)
        assert await queue() == ([first], [])  # it is drawn as before
    await gone(first)


async def test_a_job_that_is_drawn_is_interrupted(tmp_path: Path) -> None:
    async with under_way(model(tmp_path, slow()), seed=seed()) as (prompt_id, events):
        await begun(events)
    await gone(prompt_id)
    async with aiohttp.ClientSession() as session, session.get(f"{URL}/history/{prompt_id}") as response:
        assert (await response.json())[prompt_id]["status"]["messages"][-1][0] == "execution_interrupted"


async def test_interrupted_at_the_server(tmp_path: Path) -> None:
    async with under_way(model(tmp_path, slow()), seed=seed()) as (_, events):
        await begun(events)
        async with aiohttp.ClientSession() as session:
            await session.post(f"{URL}/interrupt", json={})
        with pytest.raises(Cancelled):
            await begun(events)  # it has already, so this goes on to the end


async def test_a_job_goes_on_by_its_ticket(tmp_path: Path) -> None:
    found = model(tmp_path, slow())
    async with clean_session() as session:
        first = found.create()
        async with aclosing(first.generate(found.request("a fox", seed=seed()), session)) as events:
            ticket = await anext(events)
            assert isinstance(ticket, Ticket)
            first.detach()
        second = found.create()
        resumed = [event async for event in second.resume(ticket, session)]
        assert isinstance(resumed[-1], ImageResponse)
        assert (await second.fetch(resumed[-1].url, session)).width == 1024
        late = [event async for event in found.create().resume(ticket, session)]
        assert late[-1] == resumed[-1]


async def test_what_it_refuses(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="node 1 CheckpointLoaderSimple: Value not in list: ckpt_name"):
        await drawn(model(tmp_path, None, "model = 'there-is-no-such.safetensors'"))
    nodes = colour()
    nodes["3"]["inputs"]["batch_size"] = 0
    with pytest.raises(InvalidParameter, match="node 3 EmptyImage: Value 0 smaller than min of 1: batch_size"):
        await drawn(model(tmp_path, nodes))
    nodes = colour()
    nodes["3"] |= {"class_type": "NoSuchNode"}
    with pytest.raises(ResponseError, match=r"the workflow was refused.*NoSuchNode") as caught:
        await drawn(model(tmp_path, nodes))
    assert type(caught.value) is ResponseError
    nodes = colour()
    del nodes["4"], nodes["5"]
    with pytest.raises(ResponseError, match="no outputs"):
        await drawn(model(tmp_path, nodes))


async def test_its_lists_of_names(tmp_path: Path) -> None:
    every = "choices = ['checkpoint', 'sampler', 'scheduler']"
    found = model(tmp_path, None, f"model = 'any.safetensors'\n{every}")
    async with clean_session() as session:
        samplers = [choice.name for choice in await found.create().choices_of(Kind.SAMPLER, session)]
        schedulers = [choice.name for choice in await found.create().choices_of(Kind.SCHEDULER, session)]
        checkpoints = [choice.name for choice in await found.create().choices_of(Kind.CHECKPOINT, session)]
    assert {"euler", "dpmpp_2m"} <= set(samplers)
    assert {"normal", "karras"} <= set(schedulers)
    assert not CHECKPOINT or CHECKPOINT in checkpoints
    with pytest.raises(UnknownChoice, match="euler"):
        await drawn(found, sampler="eulre")


async def test_out_of_memory(tmp_path: Path) -> None:
    nodes = colour()
    nodes["3"]["inputs"]["batch_size"] = 4096
    with pytest.raises(ResponseError, match="out of memory at EmptyImage"):
        await drawn(model(tmp_path, nodes), seed=seed(), width=4096, height=4096)


@pytest.mark.skipif(not CHECKPOINT, reason="COMFYUI_CHECKPOINT names none")
@pytest.mark.timeout(900)
async def test_a_checkpoint_draws_with_the_workflow_that_comes_along(tmp_path: Path) -> None:
    # picked by name, as people do, over a file that is not there
    text = "model = 'there-is-no-such.safetensors'\ntimeout = 800\nchoices = ['checkpoint', 'sampler', 'scheduler']"
    found = model(tmp_path, None, text)
    picked = {"checkpoint": CHECKPOINT.upper(), "sampler": "Euler Ancestral", "scheduler": "Karras"}
    events, picture = await drawn(found, seed=seed(), width=64, height=128, num_inference_steps=2, **picked)
    assert picture.size == (64, 128)
    told = [event for event in events if isinstance(event, Reasoning)]
    assert Reasoning("Step 2 of 2", 1.0) in told
    assert any(isinstance(event, ImagePreview) for event in events)
