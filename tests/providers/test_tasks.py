"""Entries that upscale or cut out, against local servers of their APIs; fal's and Stability's have tests elsewhere."""

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from PIL import Image

from providers import (
    BadAnswer,
    Catalog,
    CatalogError,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    OutOfMemory,
    Reasoning,
    ResponseError,
    Ticket,
)
from providers.errors import TooLarge
from tests.providers.drawing import clean_session, draw
from tests.providers.entries import KEY, Entry
from tests.providers.servers.comfy_server import Comfy
from tests.providers.servers.webui_server import WebUI, fault
from tests.providers.servers.workflows import Nodes, node
from tests.providers.serving import picture_bytes, serving

# -- AUTOMATIC1111 -------------------------------------------------------------------------------------------


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "automatic1111")


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("", {"upscaler_1": "R-ESRGAN 4x+", "upscaling_resize": 2.0}),
        (
            "model = '4x-UltraSharp'\nscale = 4\nextra = { gfpgan_visibility = 0.5 }",
            {"upscaler_1": "4x-UltraSharp", "upscaling_resize": 4.0, "gfpgan_visibility": 0.5},
        ),
    ],
)
async def test_a_picture_is_upscaled(entry: Entry, text: str, sent: dict[str, Any]) -> None:
    server = WebUI()
    await entry.checked(server, f"task = 'upscale'\n{text}", None)
    events = await entry.drawn(server, f"task = 'upscale'\n{text}", None, prompt="", image=picture_bytes())
    assert isinstance(events[-1], ImageResponse)
    assert base64.b64decode(events[-1].url.partition(",")[2]) == picture_bytes()
    ((route, asked),) = server.asked
    assert route == "extra-single-image"
    assert base64.b64decode(asked.pop("image").partition(",")[2]) == picture_bytes()
    assert asked == {"resize_mode": 0, **sent}


async def test_an_upscaler_that_is_not_there(entry: Entry) -> None:
    server, text = WebUI(), "task = 'upscale'\nmodel = 'SwinIR'"
    for way in (entry.drawn(server, text, None, prompt="", image=picture_bytes()), entry.checked(server, text, None)):
        with pytest.raises(ModelNotFound, match="there are: None, Lanczos, R-ESRGAN"):
            await way
    assert server.asked == []


async def test_a_picture_is_cut_out_by_the_extension(entry: Entry) -> None:
    server, text = WebUI(), "task = 'cutout'\nextra = { alpha_matting = true }"
    await entry.checked(server, text, None)
    events = await entry.drawn(server, text, None, prompt="", image=picture_bytes())
    assert isinstance(events[-1], ImageResponse)
    ((route, asked),) = server.asked
    assert route == "rembg"
    assert base64.b64decode(asked.pop("input_image")) == picture_bytes()
    assert asked == {"model": "u2net", "alpha_matting": True}
    server.rembg = False
    with pytest.raises(ModelNotFound, match="is the extension stable-diffusion-webui-rembg installed"):
        await entry.drawn(server, text, None, prompt="", image=picture_bytes())


@pytest.mark.parametrize("said", [{}, {"image": ""}, {"image": None}, {"image": 7}, [], {"images": ["x"]}])
async def test_a_task_answered_without_a_picture(entry: Entry, said: Any) -> None:
    with pytest.raises(BadAnswer):
        await entry.drawn(WebUI(said=said), "task = 'upscale'", None, prompt="", image=picture_bytes())


async def test_memory_that_is_out_is_no_outage(entry: Entry) -> None:
    said = fault(500, "OutOfMemoryError", "CUDA out of memory. Tried to allocate 20.00 GiB")
    with pytest.raises(OutOfMemory):
        await entry.drawn(WebUI(said=said), "task = 'upscale'", None, prompt="", image=picture_bytes())


async def test_what_would_be_too_large_is_not_sent(entry: Entry) -> None:
    server, large = WebUI(), picture_bytes("JPEG", (2166, 2165))
    with pytest.raises(TooLarge, match=r"300 megapixels, at most 25; one of 625x625 would do"):
        await entry.drawn(server, "task = 'upscale'\nscale = 8", None, prompt="", image=large)
    assert server.asked == []


async def test_a_task_without_a_picture(entry: Entry) -> None:
    for task in ("upscale", "cutout"):
        with pytest.raises(InvalidParameter, match="no picture to work on"):
            await entry.drawn(WebUI(), f"task = '{task}'", None, prompt="")


# -- AI Horde ------------------------------------------------------------------------------------------------

JOB = "8f4f1b1e-0000-4000-8000-000000000002"
URL = "https://r2.example/larger.webp"
FORMS = {"RealESRGAN_x4plus", "RealESRGAN_x2plus", "4x_AnimeSharp", "strip_background", "caption"}


class Alchemist:
    """Answers questions with `states` in turn, the last for ever."""

    def __init__(self, *states: Any) -> None:
        self.states = list(states)
        self.asked: list[dict[str, Any]] = []
        self.cancelled = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/api/v2/status/heartbeat":
            return web.json_response({"message": "OK", "version": "5.1.5"})
        if request.headers.get("apikey") not in {KEY, "0000000000"}:
            return web.json_response({"message": "No user.", "rc": "InvalidAPIKey"}, status=401)
        match request.method, request.path:
            case "GET", "/api/v2/find_user":
                return web.json_response({"username": "me#1"})
            case "POST", "/api/v2/interrogate/async":
                body = await request.json()
                assert set(body) <= {"source_image", "forms", "slow_workers", "trusted_workers"}
                assert {form["name"] for form in body["forms"]} <= FORMS
                picture = base64.b64decode(body["source_image"], validate=True)
                assert len(picture) <= 5_000_000
                with Image.open(io.BytesIO(picture)) as image:
                    image.load()
                self.asked.append(body)
                return web.json_response({"id": JOB}, status=202)
            case "GET", path if path == f"/api/v2/interrogate/status/{JOB}":
                return web.json_response(self.states.pop(0) if len(self.states) > 1 else self.states[0])
            case "DELETE", path if path == f"/api/v2/interrogate/status/{JOB}":
                self.cancelled += 1
                return web.json_response({"state": "cancelled", "forms": []})
        return web.json_response({"message": "Not found"}, status=404)


def state(state: str, form: str = "RealESRGAN_x4plus", result: Any = None) -> dict[str, Any]:
    return {"state": state, "forms": [{"form": form, "state": state, "result": result}]}


@pytest.fixture
def horde(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "horde")


async def test_the_horde_upscales(horde: Entry) -> None:
    result = {"RealESRGAN_x4plus": URL}
    server = Alchemist(state("waiting"), state("processing"), state("done", result=result))
    text = "task = 'upscale'"
    await horde.checked(server, text)
    ticket, *told, last = await horde.drawn(server, text, prompt="", image=picture_bytes())
    assert (ticket, last) == (Ticket(JOB), ImageResponse([URL]))
    assert told == [Reasoning("Waiting"), Reasoning("Drawing")]
    assert [form["name"] for form in server.asked[0]["forms"]] == ["RealESRGAN_x4plus"]
    assert server.cancelled == 0


async def test_an_upscaler_of_the_horde_is_picked(horde: Entry) -> None:
    name = "4x_AnimeSharp"
    server = Alchemist(state("done", name, {name: URL}))
    text = "task = 'upscale'\nchoices = ['upscaler']"
    *_, last = await horde.drawn(server, text, prompt="", image=picture_bytes(), upscaler="4x animesharp")
    assert last == ImageResponse([URL])
    assert [form["name"] for form in server.asked[0]["forms"]] == [name]


async def test_the_horde_cuts_out(horde: Entry) -> None:
    server = Alchemist(state("done", "strip_background", {"strip_background": URL}))
    *_, last = await horde.drawn(server, "task = 'cutout'", prompt="", image=picture_bytes())
    assert last == ImageResponse([URL])
    assert [form["name"] for form in server.asked[0]["forms"]] == ["strip_background"]


async def test_a_job_of_the_horde_is_resumed(horde: Entry) -> None:
    server = Alchemist(state("processing"), state("done", result={"RealESRGAN_x4plus": URL}))
    async with serving(server) as url, clean_session() as session:
        provider = horde.model(url, "task = 'upscale'").create()
        provider.poll_interval = 0.001
        events = [event async for event in provider.resume(Ticket(JOB), session)]
    assert events[-1] == ImageResponse([URL])
    assert server.asked == []


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (state("faulted"), ResponseError),
        (state("cancelled"), ResponseError),
        (state("done"), NoPicture),
        (state("done", result={"RealESRGAN_x4plus": "file:///etc/passwd"}), NoPicture),
        (state("done", result={"caption": "a fox"}), NoPicture),
        (state("dreaming"), BadAnswer),
        ({"forms": [], "state": None}, BadAnswer),
        ([], BadAnswer),
    ],
)
async def test_what_the_horde_may_say_instead(horde: Entry, said: Any, error: type[Exception]) -> None:
    server = Alchemist(said)
    with pytest.raises(error):
        await horde.drawn(server, "task = 'upscale'", prompt="", image=picture_bytes())
    assert server.cancelled == 1, "nobody waits for it"


def test_the_horde_knows_its_upscalers(horde: Entry) -> None:
    with pytest.raises(CatalogError, match=r"models\.mine\.model: should be one of RealESRGAN_x4plus, "):
        horde.model("https://aihorde.net", "task = 'upscale'\nmodel = 'Deliberate'")
    with pytest.raises(CatalogError, match="should be one of strip_background"):
        horde.model("https://aihorde.net", "task = 'cutout'\nmodel = 'RMBG'")
    assert horde.model("https://aihorde.net", "task = 'upscale'\nmodel = 'RealESRGAN_x2plus'").capabilities.scale == 2


# -- ComfyUI -------------------------------------------------------------------------------------------------


def upscaling() -> Nodes:
    return {
        "1": node("LoadImage", image="example.png"),
        "2": node("UpscaleModelLoader", "model", model_name="4x-UltraSharp.pth"),
        "3": node("ImageUpscaleWithModel", upscale_model=["2", 0], image=["1", 0]),
        "7": node("SaveImage", filename_prefix="larger", images=["3", 0]),
    }


@pytest.fixture
def comfy(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "comfyui")


def saved(folder: Path, nodes: Nodes) -> str:
    import json

    (folder / "work.json").write_text(json.dumps(nodes))
    return "workflow = 'work.json'\ntask = 'upscale'"


async def test_a_workflow_without_a_prompt(comfy: Entry, tmp_path: Path) -> None:
    server = Comfy()
    text = saved(tmp_path, upscaling()) + "\nmodel = '4x-AnimeSharp.pth'"
    events = await comfy.drawn(server, text, None, prompt="", image=picture_bytes())
    assert isinstance(events[-1], ImageResponse)
    (asked,) = server.asked
    name = asked["1"]["inputs"]["image"]
    assert server.uploads[name.removeprefix("bot/")] == picture_bytes()
    assert asked["2"]["inputs"]["model_name"] == "4x-AnimeSharp.pth"
    assert comfy.model("http://127.0.0.1:8188", text, None).capabilities.input_images == 1


async def test_a_workflow_with_words_of_its_own_keeps_them(comfy: Entry, tmp_path: Path) -> None:
    nodes = upscaling() | {
        "4": node("CheckpointLoaderSimple", ckpt_name="sdxl.safetensors"),
        "5": node("CLIPTextEncode", "Prompt", text="highly detailed", clip=["4", 1]),
        "6": node("CLIPTextEncode", "Negative", text="blurry", clip=["4", 1]),
        "8": node("VAEEncode", pixels=["3", 0], vae=["4", 2]),
        "9": node(
            "KSampler", seed=1, steps=20, cfg=8, sampler_name="euler", scheduler="normal", denoise=0.3,
            model=["4", 0], positive=["5", 0], negative=["6", 0], latent_image=["8", 0],
        ),
        "10": node("VAEDecode", samples=["9", 0], vae=["4", 2]),
        "7": node("SaveImage", filename_prefix="larger", images=["10", 0]),
    }  # fmt: skip
    server = Comfy()
    for prompt in ("", "a fox"):
        await comfy.drawn(server, saved(tmp_path, nodes), None, prompt=prompt, image=picture_bytes())
    assert [asked["5"]["inputs"]["text"] for asked in server.asked] == ["highly detailed", "a fox"]
    assert [asked["6"]["inputs"]["text"] for asked in server.asked] == ["blurry", "blurry"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("task = 'upscale'", r"models\.mine\.workflow: is missing: name a file that makes something of a picture"),
        ("task = 'cutout'\nmodel = 'sdxl.safetensors'", r"models\.mine\.workflow: is missing"),
    ],
)
def test_a_task_needs_a_workflow(comfy: Entry, text: str, reason: str) -> None:
    with pytest.raises(CatalogError, match=reason):
        comfy.model("http://127.0.0.1:8188", text, None)


def test_a_workflow_without_a_picture(comfy: Entry, tmp_path: Path) -> None:
    nodes = upscaling() | {"1": node("EmptyImage", width=64, height=64)}
    with pytest.raises(CatalogError, match=r"work\.json has no place for the picture"):
        comfy.model("http://127.0.0.1:8188", saved(tmp_path, nodes), None)
    with pytest.raises(CatalogError, match="no place for the prompt"):
        comfy.model("http://127.0.0.1:8188", saved(tmp_path, upscaling()).partition("\n")[0], None)


async def test_a_declared_factor_holds_for_a_workflow(comfy: Entry, tmp_path: Path) -> None:
    server, text = Comfy(), saved(tmp_path, upscaling()) + "\nscale = 4"
    with pytest.raises(TooLarge):
        await comfy.drawn(server, text, None, prompt="", image=picture_bytes("JPEG", (1300, 1300)))
    assert server.uploads == {}


# -- the catalogue -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('provider = "sketch"\ntask = "upscale"', r"models\.mine\.task: sketch does not upscale pictures"),
        ('provider = "horde"\ntask = "enlarge"', r"models\.mine\.task"),
        ('provider = "horde"\nscale = 2', r"models\.mine\.scale: horde has no such key"),
        ('provider = "fal"\nscale = 2', r"models\.mine\.scale: is of an entry with task"),
        ('provider = "fal"\ntask = "upscale"\nmodel = "fal-ai/esrgan"\nscale = 1', r"models\.mine\.scale"),
        ('provider = "fal"\ntask = "upscale"\nmodel = "fal-ai/esrgan"\nscale = inf', r"models\.mine\.scale"),
        ('provider = "horde"\ntask = "upscale"\nfallback = ["sd35"]', r"'sd35' has another task: draw, not upscale"),
        ('provider = "horde"\n[models.sd35]\nfallback = ["up"]', r"'up' has another task: upscale, not draw"),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "models.toml"
    file.write_text(f'[models.up]\nprovider = "horde"\ntask = "upscale"\n[models.mine]\n{text}')
    with pytest.raises(CatalogError, match=reason):
        Catalog.load(file, env={})


def test_they_are_in_no_menu(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text('builtin = false\n[models.up]\nprovider = "horde"\ntask = "upscale"\n')
    catalog = Catalog.load(file, env={})
    assert (catalog.enabled(), catalog.describers()) == ([], [])
    assert catalog.doing("upscale") == catalog.working() == [catalog["up"]]


async def test_a_prompt_may_be_empty_only_where_nothing_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text('[models.up]\nprovider = "horde"\ntask = "upscale"\n')
    catalog = Catalog.load(file, env={})
    catalog["up"].create().prepare(catalog["up"].request(""))
    with pytest.raises(InvalidParameter, match="prompt is empty"):
        await draw(catalog["horde"].create(), catalog["horde"].request(""))
