"""AUTOMATIC1111 against a local server of its API."""

import asyncio
import base64
import json
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from providers import (
    Automatic1111,
    BadAnswer,
    Catalog,
    DeadlineExceeded,
    ImagePreview,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    OutOfMemory,
    ProviderError,
    Reasoning,
    RequestFailed,
    ResponseError,
    Unauthorized,
    Unavailable,
)
from providers.catalog.model import Model
from providers.pictures.encoded import data_url
from tests.providers.drawing import clean_session, draw, draw_together
from tests.providers.servers.webui_server import WebUI, fault
from tests.providers.serving import picture_bytes, serving


def entry(tmp_path: Path, url: str, text: str = "") -> Model:
    file = tmp_path / "models.toml"
    file.write_text(
        f"builtin = false\n[models.mine]\nprovider = 'automatic1111'\nurl = '{url}'\nmax_concurrency = 1\n{text}"
    )
    return Catalog.load(file)["mine"]


async def drawn(tmp_path: Path, server: Any, text: str = "", **params: Any) -> list[Any]:
    async with serving(server) as url:
        model = entry(tmp_path, url, text)
        provider = model.create()
        provider.poll_interval = 0.001
        return await draw(provider, model.request("a fox", **params))


async def checked(tmp_path: Path, server: Any, text: str = "") -> None:
    async with serving(server) as url, clean_session() as session:
        await entry(tmp_path, url, text).create().check(session)


async def test_progress_and_previews_beside_the_request(tmp_path: Path) -> None:
    server = WebUI(steps=3)
    server.gate = asyncio.Event()
    events = await drawn(tmp_path, server, seed=7, num_inference_steps=3, negative_prompt="dogs", guidance_scale=6.0)
    told = [event for event in events if isinstance(event, Reasoning)]
    assert told[0] == Reasoning("Generating")
    assert Reasoning("Step 1 of 3", 0.01 + 1 / 3, eta=2.5) in told
    shares = [event.progress for event in told if event.progress is not None]
    assert shares == sorted(shares)
    (preview,) = [event for event in events if isinstance(event, ImagePreview)]
    assert preview.url.startswith("data:image/jpeg;base64,/9j/")
    assert isinstance(events[-1], ImageResponse)
    assert events[-1].url.startswith("data:image/png;base64,iVBOR")
    assert server.asked == [
        ("txt2img", {"prompt": "a fox", "negative_prompt": "dogs", "seed": 7, "steps": 3, "cfg_scale": 6.0})
    ]
    assert not server.interrupted.is_set()


async def test_a_picture_to_start_from_keeps_its_shape(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    await drawn(tmp_path, server, image=picture_bytes("JPEG", (1600, 800)), strength=0.4)
    ((kind, body),) = server.asked
    assert kind == "img2img"
    assert (body["width"], body["height"], body["denoising_strength"]) == (1448, 720, 0.4)
    await drawn(tmp_path, server, image=picture_bytes(), width=512, height=640)
    assert (server.asked[1][1]["width"], server.asked[1][1]["height"]) == (512, 640)
    with pytest.raises(InvalidParameter):
        await drawn(tmp_path, server, image=b"\x89PNG\r\n but no more")


@pytest.mark.parametrize("name", ["dream", "dream.safetensors", "dream.safetensors [abc123]", "abc123"])
async def test_a_checkpoint_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    server = WebUI(steps=1)
    await drawn(tmp_path, server, f"model = '{name}'")
    assert server.asked[0][1]["override_settings"] == {"sd_model_checkpoint": name}
    await checked(tmp_path, server, f"model = '{name}'")


async def test_a_checkpoint_that_is_not_there_is_told_before_drawing(tmp_path: Path) -> None:
    server = WebUI()
    for attempt in (drawn, checked):
        with pytest.raises(ModelNotFound, match=r"dream\.safetensors"):
            await attempt(tmp_path, server, "model = 'nightmare'")
    assert server.asked == []


async def test_closing_interrupts_the_server_unless_detached(tmp_path: Path) -> None:
    for detached in (False, True):
        server = WebUI(steps=1000, pace=0.01)
        async with serving(server) as url, clean_session() as session:
            model = entry(tmp_path, url)
            provider = model.create()
            provider.poll_interval = 0.001
            async with aclosing(provider.generate(model.request("a fox"), session)) as events:
                async for event in events:
                    if isinstance(event, Reasoning) and event.progress:
                        break
                if detached:
                    provider.detach()
            assert server.interrupted.is_set() is not detached


async def test_cancelling_interrupts_the_server(tmp_path: Path) -> None:
    server = WebUI(steps=1000, pace=0.01)
    async with serving(server) as url, clean_session() as session:
        model = entry(tmp_path, url)

        async def run() -> None:
            async for _ in model.create().generate(model.request("a fox"), session):
                pass

        task = asyncio.create_task(run())
        await server.begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        assert server.interrupted.is_set()


async def test_the_deadline_interrupts_the_server(tmp_path: Path) -> None:
    server = WebUI(steps=1000, pace=0.01)
    with pytest.raises(DeadlineExceeded):
        await drawn(tmp_path, server, "timeout = 0.1")
    assert server.interrupted.is_set()


async def test_a_finished_picture_interrupts_nobody(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    async with serving(server) as url, clean_session() as session:
        model = entry(tmp_path, url)
        async with aclosing(model.create()._draw(model.create().prepare(model.request("x"))[0], session)) as events:
            async for event in events:
                if isinstance(event, ImageResponse):
                    break
    assert not server.interrupted.is_set()


async def test_name_and_password(tmp_path: Path) -> None:
    server = WebUI(steps=1, auth="me:sesame")
    for text in ("", "api_key = 'me:wrong'"):
        for attempt in (drawn, checked):
            with pytest.raises(Unauthorized) as caught:
                await attempt(tmp_path, server, text)
            assert "wrong:" not in str(caught.value)
    assert isinstance((await drawn(tmp_path, server, "api_key = 'me:sesame'"))[-1], ImageResponse)
    await checked(tmp_path, server, "api_key = 'me:sesame'")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (fault(500, "OutOfMemoryError", "", "CUDA out of memory. Tried to allocate 9 GiB"), OutOfMemory),
        (fault(500, "NansException", "", "A tensor with NaNs was produced in Unet."), RequestFailed),
        (fault(500, "AssertionError", "", ""), RequestFailed),
        (fault(500, "RuntimeError", "", "Sizes of tensors must match except in dimension 1"), RequestFailed),
        (fault(500, "OSError", "", "disk"), Unavailable),
        (fault(404, "HTTPException", "Model not found"), ModelNotFound),
        (fault(422, "HTTPException", "Script not found"), InvalidParameter),
        ({"images": []}, NoPicture),
        ({"images": None, "info": "{}"}, NoPicture),
        ({}, NoPicture),
        ({"images": "what"}, BadAnswer),
        ({"images": [7]}, BadAnswer),
        ({"images": [""]}, NoPicture),
        (web.Response(status=500, text="Internal Server Error"), InvalidParameter),  # Forge, of anything
        ([], BadAnswer),
        (web.Response(text="<html>"), BadAnswer),
    ],
)
async def test_refusals_and_hostile_answers(tmp_path: Path, said: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await drawn(tmp_path, WebUI(said=said))
    assert type(caught.value) is kind


async def test_a_sampler_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameter, match="Sampler not found"):
        await drawn(tmp_path, WebUI(), "extra = { sampler_name = 'Nonsense' }")


PROGRESSES = [
    {"progress": "half"}, {"progress": float("nan")}, {"progress": True}, {"progress": -1}, {"progress": 1e300},
    {"progress": 0.5, "state": 7, "current_image": None, "textinfo": 7, "eta_relative": "soon"},
    {"progress": 0.5, "state": {"sampling_step": "x", "sampling_steps": None}, "current_image": 7},
    {}, [], "what",
]  # fmt: skip


@pytest.mark.parametrize("progress", PROGRESSES)
async def test_a_picture_does_not_depend_on_its_progress(tmp_path: Path, progress: Any) -> None:
    server, looked = WebUI(), asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("progress"):
            looked.set()
            return web.json_response(progress)
        await looked.wait()
        server.steps = 1
        return await server(request)

    *events, last = await drawn(tmp_path, handler)
    assert isinstance(last, ImageResponse)
    assert all(event.progress in (None, 0.5) for event in events)


async def test_a_check_knows_a_stranger(tmp_path: Path) -> None:
    await checked(tmp_path, WebUI())

    async def comfy(request: web.Request) -> web.StreamResponse:
        return web.Response(text="404: Not Found", status=404)

    async def other(request: web.Request) -> web.StreamResponse:
        return web.json_response({"version": "1"})

    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(text="<html>", content_type="text/html")

    for stranger in (comfy, other, page):
        with pytest.raises(NotThisServer):
            await checked(tmp_path, stranger)
    with pytest.raises(NotThisServer):
        await drawn(tmp_path, comfy)


def test_it_is_looked_at_now_and_then(tmp_path: Path) -> None:
    assert entry(tmp_path, "http://x").light_check
    assert Automatic1111.capabilities.cancel


async def test_settings_of_ones_own_stand_beside_the_checkpoint(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    settings = "extra = { override_settings = { sd_vae = 'x.pt', sd_model_checkpoint = 'other' } }"
    await drawn(tmp_path, server, f"model = 'dream'\n{settings}")
    assert server.asked[0][1]["override_settings"] == {"sd_vae": "x.pt", "sd_model_checkpoint": "dream"}
    await drawn(tmp_path, server, settings)
    assert server.asked[1][1]["override_settings"] == {"sd_vae": "x.pt", "sd_model_checkpoint": "other"}


async def test_a_mask_says_what_is_redrawn(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    mask = picture_bytes("PNG", color="white")
    await drawn(tmp_path, server, image=picture_bytes(), mask=mask)
    ((kind, body),) = server.asked
    assert kind == "img2img"
    assert body["mask"] == data_url(mask, "image/png")
    assert (body["inpainting_fill"], body["inpaint_full_res"]) == (1, False)


DETAILS = """
[models.mine.extra]
enable_hr = true
hr_scale = 1.5
restore_faces = true
[models.mine.extra.alwayson_scripts]
ADetailer = { args = [true, { ad_model = "face_yolov8n.pt" }] }
ControlNet = { args = [{ enabled = true, module = "canny", image = "$picture" }] }
"""


async def test_hires_fix_faces_and_scripts_are_declared(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    await checked(tmp_path, server, DETAILS)
    await drawn(tmp_path, server, DETAILS, image=picture_bytes())
    await drawn(tmp_path, server, DETAILS)
    (with_picture, body), (without, bare) = server.asked
    assert (with_picture, without) == ("txt2img", "txt2img")
    assert (body["enable_hr"], body["hr_scale"], body["restore_faces"]) == (True, 1.5, True)
    [unit] = body["alwayson_scripts"]["ControlNet"]["args"]
    assert base64.b64decode(unit["image"]) == picture_bytes()
    assert body["alwayson_scripts"]["ADetailer"]["args"] == [True, {"ad_model": "face_yolov8n.pt"}]
    assert list(bare["alwayson_scripts"]) == ["ADetailer"]  # nothing to trace, so nothing is traced
    gone = "extra = { alwayson_scripts = { Regional = { args = [] } } }"
    with pytest.raises(ResponseError, match="there are no scripts Regional; there are: adetailer, controlnet"):
        await checked(tmp_path, server, gone)
    with pytest.raises(InvalidParameter, match="Regional not found"):
        await drawn(tmp_path, server, gone)


async def test_neither_the_grid_nor_the_maps_are_pictures(tmp_path: Path) -> None:
    names = ["grid", "one", "two", "canny"]
    images = [base64.b64encode(b"\x89PNG" + name.encode()).decode() for name in names]
    info = json.dumps({"all_seeds": [1, 2], "index_of_first_image": 1})
    *_, last = await drawn(tmp_path, WebUI(said={"images": images, "info": info}))
    assert isinstance(last, ImageResponse)
    assert [base64.b64decode(url.partition(",")[2])[4:] for url in last.images] == [b"one", b"two"]
    for odd in ("what", "{", json.dumps({"all_seeds": 7, "index_of_first_image": "x"}), None):
        *_, last = await drawn(tmp_path, WebUI(said={"images": images, "info": odd}))
        assert isinstance(last, ImageResponse)


async def test_several_pictures_are_one_job(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    *_, last = await drawn(tmp_path, server, seed=5, n=4)
    assert [body["n_iter"] for _, body in server.asked] == [4]
    assert isinstance(last, ImageResponse)
    assert (len(last.images), list(last.seeds)) == (4, [5, 6, 7, 8])
    *_, one = await drawn(tmp_path, server, seed=5)
    assert "n_iter" not in server.asked[-1][1]
    assert (len(one.images), list(one.seeds)) == (1, [])


async def test_of_a_server_that_knows_no_count_the_rest_is_asked_for(tmp_path: Path) -> None:
    server = WebUI(steps=1)
    server.iterates = False
    *_, last = await drawn(tmp_path, server, seed=2**32 - 2, n=3)
    assert [(body["seed"], body.get("n_iter")) for _, body in server.asked] == [
        (2**32 - 2, 3),
        (2**32 - 1, 2),
        (0, None),
    ]
    assert len(last.images) == 3


async def test_a_picture_has_the_entrys_time_and_several_have_more(tmp_path: Path) -> None:
    model = entry(tmp_path, "http://127.0.0.1:9", "timeout = 20\n")
    provider = model.create()
    assert [provider.drawing_seconds(model.request("a fox", n=n)) for n in (1, 4)] == [20, 80]
    assert (model.capabilities.images, provider.can("").images) == (9, 9)
    several = entry(tmp_path, "http://127.0.0.1:9", "urls = ['http://127.0.0.1:9', 'http://127.0.0.1:8']\n")
    assert (several.capabilities.images, several.create().can("").images) == (1, 1)  # they share the pictures


async def test_the_server_with_nothing_to_do_draws(tmp_path: Path) -> None:
    busy, idle = WebUI(steps=1), WebUI(steps=1)
    busy.drawing = True
    async with serving(busy) as one, serving(idle) as two, clean_session() as session:
        model = entry(tmp_path, one, f"urls = ['{one}', 'http://127.0.0.1:9', '{two}']")
        await draw(model.create(), "a fox")
        assert (len(busy.asked), len(idle.asked)) == (0, 1)
        await model.create().check(session)


async def test_two_draws_at_once_go_to_two_servers(tmp_path: Path) -> None:
    servers = [WebUI(steps=3, pace=0.05), WebUI(steps=3, pace=0.05)]
    async with serving(servers[0]) as one, serving(servers[1]) as two:
        model = entry(tmp_path, one, f"urls = ['{one}', '{two}']")
        await draw_together((model.create() for _ in range(2)), "a fox")
    assert [len(server.asked) for server in servers] == [1, 1]
