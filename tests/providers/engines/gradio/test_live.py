"""The providers against a real Gradio server with apps of the same signatures: version 6, which has an environment of
its own, or the one of GRADIO_PYTHON, an interpreter with another version (`make test-gradio`)."""

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from providers.engines.gradio import GradioProvider
from providers.errors import ContentRejected, InvalidParameter, ResponseError, Unauthorized
from providers.events import ImagePreview, ImageResponse, Reasoning, Ticket
from providers.pictures.fetch import Picture
from providers.request import ImageRequest
from providers.spaces.flux1_dev import BlackForestLabs_Flux1Dev
from providers.spaces.flux1_schnell import BlackForestLabs_Flux1Schnell
from providers.spaces.flux_dev import FluxDev
from providers.spaces.g4f import G4F
from providers.spaces.gradio_space import GradioSpace
from providers.spaces.janus_pro import DeepseekAI_JanusPro7b
from providers.spaces.stability_sd35_large import StabilityAI_SD35Large
from tests.providers.drawing import clean_session, draw

pytestmark = [pytest.mark.gradio, pytest.mark.timeout(180)]

Urls = dict[str, str]
GRADIO = Path(sys.prefix) / "gradio" / "bin" / "python"


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Urls]:
    """One process serves all apps, each on its own port."""
    python = os.environ.get("GRADIO_PYTHON") or str(GRADIO)
    if not Path(python).exists():
        pytest.skip("Gradio has an environment of its own: make .venv/.gradio")
    folder = tmp_path_factory.mktemp("gradio")
    environment = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_TEMP_DIR": str(folder / "files")}
    program = [python, str(Path(__file__).with_name("gradio_apps.py"))]
    with (
        (folder / "log").open("w+") as log,
        subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd=folder, env=environment
        ) as process,
    ):
        assert process.stdout is not None
        try:
            ready = next((line for line in process.stdout if line.startswith("ready ")), None)
            assert ready is not None, (folder / "log").read_text()
            ports: dict[str, int] = json.loads(ready.removeprefix("ready "))
            yield {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        finally:
            process.kill()


async def fetched(provider: GradioProvider, response: object) -> list[Picture]:
    assert isinstance(response, ImageResponse)
    async with clean_session() as session:
        return [await provider.fetch(url, session) for url in response.images]


SMALL: dict[str, Any] = {"width": 256, "height": 320}


@pytest.mark.parametrize("protocol", ["call", "queue"])
@pytest.mark.parametrize(
    ("kind", "app"),
    [
        (StabilityAI_SD35Large, "sd35"),
        (BlackForestLabs_Flux1Schnell, "schnell"),
        (BlackForestLabs_Flux1Dev, "dev"),
        (FluxDev, "dev"),
    ],
)
async def test_each_draws(kind: type[GradioProvider], app: str, protocol: str, urls: Urls) -> None:
    provider = kind(url=urls[app], protocol=protocol)
    events = await draw(provider, ImageRequest("a cat", seed=7, width=256, height=320))
    (picture,) = await fetched(provider, events[-1])
    assert (picture.width, picture.height) == (256, 320)
    assert sum(isinstance(event, Ticket) for event in events) == 1
    assert any(isinstance(event, ImagePreview) for event in events) == (app == "dev")


async def test_janus_draws_a_gallery(urls: Urls) -> None:
    provider = DeepseekAI_JanusPro7b(url=urls["janus"])
    events = await draw(provider, ImageRequest("a cat", seed=7))
    assert len(await fetched(provider, events[-1])) == 5


async def test_janus_looks_at_an_input_picture(urls: Urls) -> None:
    png = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(png, "PNG")
    provider = DeepseekAI_JanusPro7b(url=urls["janus"])
    events = await draw(provider, ImageRequest("make it winter", image=png.getvalue()))
    response = events[-1]
    assert isinstance(response, ImageResponse)
    assert response.alt == "make it winter\na picture of 40x30"
    assert "Looking at the picture" in [event.status for event in events if isinstance(event, Reasoning)]


@pytest.mark.parametrize(("model", "app"), [("flux", "dev"), ("flux-schnell", "flux"), ("janus-pro-7b-image", "janus")])
async def test_g4f_draws(model: str, app: str, urls: Urls) -> None:
    provider = G4F(url=urls[app])
    events = await draw(provider, ImageRequest("a cat", model=model, seed=7))
    assert await fetched(provider, events[-1])


async def test_progress_and_place_arrive(urls: Urls) -> None:
    provider = StabilityAI_SD35Large(url=urls["sd35"], protocol="queue")
    events = await draw(provider, ImageRequest("prog", **SMALL))
    told = [event for event in events if isinstance(event, Reasoning)]
    assert any(event.position is not None for event in told)
    assert any(event.progress and event.progress < 1 and "Denoising" in event.status for event in told)


async def test_values_are_brought_within_the_sliders(urls: Urls) -> None:
    provider = StabilityAI_SD35Large(url=urls["sd35"])
    request = ImageRequest("a cat", width=2000, height=100, seed=2**32 - 1, guidance_scale=20)
    events = await draw(provider, request)
    (picture,) = await fetched(provider, events[-1])
    assert (picture.width, picture.height) == (512, 256)
    said = " ".join(event.status for event in events if isinstance(event, Reasoning))
    assert "width 2000" in said
    assert "512" in said


@pytest.mark.parametrize("protocol", ["call", "queue"])
async def test_refusals_tell_why(urls: Urls, protocol: str) -> None:
    """Before version 6 the call API tells no reason."""
    async with clean_session() as session, session.get(f"{urls['schnell']}/config") as answer:
        silent = protocol == "call" and (await answer.json())["version"][:2] in {"4.", "5."}
    with pytest.raises(ResponseError if silent else ContentRejected):
        await draw(BlackForestLabs_Flux1Schnell(url=urls["schnell"], protocol=protocol), "nsfw")
    with pytest.raises(ResponseError):
        await draw(BlackForestLabs_Flux1Schnell(url=urls["schnell"], protocol=protocol), "boom")


@pytest.mark.parametrize("protocol", ["call", "queue"])
async def test_closing_frees_the_worker(urls: Urls, protocol: str) -> None:
    """The app has one worker; a job that holds it for a minute is given up, and the next is drawn at once."""
    url = urls["schnell"]
    async with clean_session() as session:
        holding = BlackForestLabs_Flux1Schnell(url=url, protocol=protocol)
        async with aclosing(holding.generate(ImageRequest("hold"), session)) as events:
            async for event in events:
                if isinstance(event, Ticket):
                    break
        async with asyncio.timeout(40):
            await draw(BlackForestLabs_Flux1Schnell(url=url, protocol=protocol), ImageRequest("next", **SMALL))


async def test_cancelling_the_task_frees_the_worker(urls: Urls) -> None:
    url = urls["schnell"]
    begun = asyncio.Event()

    async def hold(session: aiohttp.ClientSession) -> None:
        provider = BlackForestLabs_Flux1Schnell(url=url, protocol="queue")
        async with aclosing(provider.generate(ImageRequest("hold"), session)) as events:
            async for event in events:
                if isinstance(event, Reasoning) and event.status == "Generating":
                    begun.set()

    async with clean_session() as session:
        task = asyncio.create_task(hold(session))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(40):
            await draw(BlackForestLabs_Flux1Schnell(url=url, protocol="queue"), ImageRequest("next", **SMALL))


async def test_any_space_by_its_parameter_names(urls: Urls) -> None:
    png = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(png, "PNG")
    provider = GradioSpace(url=urls["odd"])
    request = ImageRequest("a cat", strength=1.0, image=png.getvalue(), num_inference_steps=99, negative_prompt="blur")
    events = await draw(provider, request)
    (picture,) = await fetched(provider, events[-1])
    assert (picture.width, picture.height) == (40, 30)
    pixel = Image.open(io.BytesIO(picture.data)).convert("RGB").getpixel((0, 0))
    assert pixel == (255, 0, 0)
    said = [event.status for event in events if isinstance(event, Reasoning)]
    assert "Gradio Space does not take: negative_prompt" in said
    assert "steps 99 is not possible here, 10 is drawn instead" in said


@pytest.mark.parametrize("protocol", ["call", "queue", "predict"])
@pytest.mark.parametrize("app", ["sd35", "schnell", "dev", "janus", "flux", "odd"])
async def test_every_app_by_its_parameter_names(urls: Urls, app: str, protocol: str) -> None:
    provider = GradioSpace(url=urls[app], protocol=protocol)
    events = await draw(provider, ImageRequest("a cat"))
    assert await fetched(provider, events[-1])


async def test_a_space_without_a_prompt_is_refused(urls: Urls) -> None:
    with pytest.raises(InvalidParameter, match="shout takes a prompt, but gives no picture"):
        await draw(GradioSpace(url=urls["odd"], api_name="/shout"))


async def test_an_unknown_api_name_lists_the_known(urls: Urls) -> None:
    with pytest.raises(InvalidParameter, match="restyle, shout"):
        await draw(GradioSpace(url=urls["odd"], api_name="nope"))


async def size_of(provider: GradioSpace, request: ImageRequest) -> tuple[list[str], tuple[int, int]]:
    """What was said to be left out, and the size of the picture."""
    *told, last = await draw(provider, request)
    [picture] = await fetched(provider, last)
    left_out = [name for event in told if isinstance(event, Reasoning) for name in event.untaken]
    return left_out, (picture.width, picture.height)


async def test_the_only_text_box_is_the_prompt(urls: Urls) -> None:
    assert await size_of(GradioSpace(url=urls["plain"]), ImageRequest("a fox")) == ([], (64, 48))
    declared = GradioSpace(url=urls["plain"])
    declared.parameters = {"prompt": "Words"}
    assert (await size_of(declared, ImageRequest("a fox")))[1] == (64, 48)
    unknown = GradioSpace(url=urls["plain"])
    unknown.parameters = {"prompt": "text"}
    with pytest.raises(InvalidParameter, match=r"no parameter is called text here; there is: paint\(words\)"):
        await draw(unknown, "a fox")


@pytest.mark.parametrize(
    ("asked", "size"),
    [({}, (64, 64)), ({"width": 1344, "height": 768}, (128, 72)), ({"width": 600, "height": 1000}, (72, 128))],
)
async def test_the_function_that_gives_a_picture_in_the_nearest_shape(
    urls: Urls, asked: dict[str, Any], size: tuple[int, int]
) -> None:
    provider = GradioSpace(url=urls["several"])
    *told, last = await draw(provider, ImageRequest("a fox", **asked))
    [picture] = await fetched(provider, last)
    assert (picture.width, picture.height) == size
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.convert("RGB").getpixel((1, 1)) == (70, 0, 0)  # 7, though the slider goes in steps of 2
    assert not [event for event in told if isinstance(event, Reasoning) and event.untaken]


def encoded(width: int, color: str = "red", mode: str = "RGB") -> bytes:
    body = io.BytesIO()
    Image.new(mode, (width, 40), color).save(body, "PNG")
    return body.getvalue()


async def test_pictures_reach_editors_and_galleries(urls: Urls) -> None:
    editor = GradioSpace(url=urls["pictures"], api_name="/edit")
    assert await size_of(editor, ImageRequest("x", image=encoded(30))) == ([], (30, 1))
    masked = ImageRequest("x", image=encoded(30), mask=encoded(30, "white", "L"))
    assert await size_of(GradioSpace(url=urls["pictures"], api_name="/edit"), masked) == ([], (30, 2))
    three = ImageRequest("x", images=(encoded(30), encoded(31), encoded(32)))
    gallery = GradioSpace(url=urls["pictures"], api_name="/collect")
    gallery.declared_input_images = 3
    assert await size_of(gallery, three) == ([], (30, 3))
    one_of_two = GradioSpace(url=urls["pictures"], api_name="/edit")
    one_of_two.declared_input_images = 3
    assert await size_of(one_of_two, three) == (["image"], (30, 1))


async def test_an_app_that_wants_a_name_and_a_password(urls: Urls) -> None:
    provider = GradioSpace(url=urls["locked"], api_key="me:open sesame", api_name="restyle")
    async with clean_session() as session:
        await provider.check(session)
        await GradioSpace(url=urls["locked"], api_key="me:open sesame").check(session)
    assert await size_of(provider, ImageRequest("a fox", image=encoded(30))) == ([], (30, 40))
    response = (await draw(provider, ImageRequest("a fox", image=encoded(30))))[-1]
    another = GradioSpace(url=urls["locked"], api_key="me:open sesame")
    assert len(await fetched(another, response)) == 1
    for key in ("me:wrong", None):
        with pytest.raises(Unauthorized):
            await draw(GradioSpace(url=urls["locked"], api_key=key), "a fox")
        async with clean_session() as session:
            with pytest.raises(Unauthorized):
                await GradioSpace(url=urls["locked"], api_key=key).check(session)


@pytest.mark.parametrize(
    ("app", "api_name", "parameters", "words"),
    [
        ("odd", "nope", {}, "no api name 'nope' here; there are: restyle, shout"),
        ("odd", "shout", {}, "shout takes a prompt, but gives no picture"),
        ("janus", "multimodal_understanding", {}, "multimodal_understanding takes a prompt, but gives no picture"),
        ("several", "paint", {"seed": "Dice"}, "paint has no parameter 'Dice'; it has: prompt, aspect_ratio, number"),
    ],
)
async def test_the_check_finds_what_no_draw_could_do(
    urls: Urls, app: str, api_name: str, parameters: dict[str, str], words: str
) -> None:
    provider = GradioSpace(url=urls[app], api_name=api_name)
    provider.parameters = parameters
    async with clean_session() as session:
        with pytest.raises(InvalidParameter, match=words):
            await provider.check(session)
