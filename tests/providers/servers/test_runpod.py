"""RunPod's worker-comfyui 5 against a local server of its contract; what it does not take is refused."""

import base64
import binascii
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from providers import (
    BadAnswer,
    Cancelled,
    DeadlineExceeded,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    ProviderError,
    QuotaExceeded,
    Reasoning,
    ResponseError,
    Ticket,
    Unauthorized,
    Unavailable,
)
from providers.errors import OutOfMemory
from providers.servers.comfyui import runpod
from tests.providers.drawing import clean_session
from tests.providers.entries import KEY, Entry
from tests.providers.servers.workflows import node, stock
from tests.providers.serving import picture_bytes, serving

ID = "c80ffee4-f315-4e25-a146-0f3d98cf024b-u1"
QUEUED = {"id": ID, "status": "IN_QUEUE"}
RUNNING = {"id": ID, "status": "IN_PROGRESS", "delayTime": 2188}
DRAWN = base64.b64encode(picture_bytes()).decode()
ONE = {"filename": "ComfyUI_00001_.png", "type": "base64", "data": DRAWN}


def done(*images: Any, **more: Any) -> dict[str, Any]:
    return {"id": ID, "status": "COMPLETED", "output": {"images": list(images), **more}, "executionTime": 2297}


def failed(error: Any) -> dict[str, Any]:
    return {"id": ID, "status": "FAILED", "error": error}


class Endpoint:
    """Answers polls with `states` in turn, the last for ever."""

    def __init__(self, *states: Any, submitted: Any = None, health: Any = None) -> None:
        self.states = list(states) or [done(ONE)]
        self.submitted = submitted
        self.health = health or {"jobs": {"inQueue": 0}, "workers": {"idle": 1, "running": 0}}
        self.inputs: list[dict[str, Any]] = []
        self.cancelled: list[str] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.Response(status=401)
        match request.method, request.path:
            case "GET", "/health":
                return web.json_response(self.health)
            case "POST", "/run":
                return await self._run(request)
            case "GET", path if path == f"/status/{ID}":
                state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
                return web.Response(status=state) if isinstance(state, int) else web.json_response(state)
            case "POST", path if path.startswith("/cancel/"):
                self.cancelled.append(path.removeprefix("/cancel/"))
                return web.json_response({"id": ID, "status": "CANCELLED"})
        return web.json_response({"error": "not found"}, status=404)

    async def _run(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if set(body) - {"input", "webhook", "policy", "s3Config"} or set(body["policy"]) - {"executionTimeout", "ttl"}:
            return web.json_response({"error": "unknown field"}, status=400)
        given = body["input"]
        if set(given) - {"workflow", "images", "comfy_org_api_key"} or not _is_workflow(given["workflow"]):
            return web.json_response({"error": "Missing 'workflow' parameter"}, status=400)
        if not all(set(each) == {"name", "image"} and _is_base64(each["image"]) for each in given.get("images", [])):
            return web.json_response({"error": "'images' must be a list of {name, image}"}, status=400)
        self.inputs.append(given)
        if isinstance(self.submitted, int):
            return web.Response(status=self.submitted, headers={"Retry-After": "9"})
        return web.json_response(self.submitted or QUEUED)


def _is_workflow(workflow: Any) -> bool:
    return bool(workflow) and all(isinstance(each["class_type"], str) for each in workflow.values())


def _is_base64(data: str) -> bool:
    try:
        return bool(base64.b64decode(data, validate=True))
    except binascii.Error:
        return False


def editing() -> dict[str, Any]:
    """From a picture and its mask."""
    nodes = stock()
    nodes["10"] = node("LoadImage", image="example.png")
    nodes["11"] = node("VAEEncodeForInpaint", pixels=["10", 0], mask=["10", 1], vae=["4", 2], grow_mask_by=6)
    nodes["3"]["inputs"]["latent_image"] = ["11", 0]
    return nodes


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    (tmp_path / "stock.json").write_text(json.dumps(stock()))
    (tmp_path / "editing.json").write_text(json.dumps(editing()))
    return Entry(tmp_path, "runpod")


STOCK, EDITING = "workflow = 'stock.json'", "workflow = 'editing.json'"


async def test_a_job_is_submitted_and_polled(entry: Entry) -> None:
    endpoint = Endpoint(QUEUED, 502, RUNNING, done(ONE, {"type": "s3_url", "data": "https://bucket.example/2.png"}))
    events = await entry.drawn(endpoint, STOCK, seed=7, negative_prompt="dogs", num_inference_steps=4)
    urls = [f"data:image/png;base64,{DRAWN}", "https://bucket.example/2.png"]
    assert events == [Ticket(ID), Reasoning("Waiting"), Reasoning("Drawing"), ImageResponse(urls, "a fox")]
    (given,) = endpoint.inputs
    assert "images" not in given
    sent = {number: each["inputs"] for number, each in given["workflow"].items()}
    assert (sent["6"]["text"], sent["7"]["text"]) == ("a fox", "dogs")
    assert (sent["3"]["seed"], sent["3"]["steps"]) == (7, 4)


async def test_each_draw_without_a_seed_has_another_one(entry: Entry) -> None:
    endpoint = Endpoint()
    for _ in range(2):
        await entry.drawn(endpoint, STOCK)
    first, second = (each["workflow"]["3"]["inputs"]["seed"] for each in endpoint.inputs)
    assert first != second


async def test_pictures_go_along_and_the_workflow_names_them(entry: Entry) -> None:
    endpoint = Endpoint()
    await entry.drawn(endpoint, EDITING, image=picture_bytes("JPEG"))
    await entry.drawn(endpoint, EDITING, image=picture_bytes("JPEG"), mask=picture_bytes(color="white"))
    plain, masked = endpoint.inputs
    (sent,) = plain["images"]
    assert base64.b64decode(sent["image"]) == picture_bytes("JPEG")
    assert plain["workflow"]["10"]["inputs"]["image"] == sent["name"]
    (sent,) = masked["images"]
    assert base64.b64decode(sent["image"])[:4] == b"\x89PNG"  # the mask is in its alpha channel
    assert masked["workflow"]["10"]["inputs"]["image"] == sent["name"]


async def test_more_than_a_job_may_have_is_not_sent(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runpod, "MAX_JOB", 1500)
    endpoint = Endpoint()
    with pytest.raises(InvalidParameter):
        await entry.drawn(endpoint, EDITING, image=picture_bytes())
    assert endpoint.inputs == []


async def test_more_fields_of_the_input(entry: Entry) -> None:
    endpoint = Endpoint()
    await entry.drawn(endpoint, f"{STOCK}\nextra = {{ comfy_org_api_key = 'k' }}")
    assert endpoint.inputs[0]["comfy_org_api_key"] == "k"


@pytest.mark.parametrize("message", [DRAWN, "https://bucket.example/2.png"])
async def test_a_worker_before_5(entry: Entry, message: str) -> None:
    old = {"id": ID, "status": "COMPLETED", "output": {"status": "success", "message": message}}
    response = (await entry.drawn(Endpoint(old), STOCK))[-1]
    assert isinstance(response, ImageResponse)
    assert response.images[0].endswith(message)


async def test_it_is_resumed_and_cancelled(entry: Entry) -> None:
    endpoint = Endpoint(RUNNING, done(ONE))
    async with serving(endpoint) as url, clean_session() as session:
        model = entry.model(url, STOCK)
        provider = model.create()
        provider.poll_interval = 0.001
        events = [event async for event in provider.resume(Ticket(ID), session)]
        assert isinstance(events[-1], ImageResponse)
        with pytest.raises(BadAnswer):
            [event async for event in model.create().resume(Ticket("../run"), session)]
        with pytest.raises(ResponseError):  # results are kept for half an hour
            [event async for event in model.create().resume(Ticket("another-job"), session)]
        endpoint.cancelled.clear()
        endpoint.states = [QUEUED]
        drawing = model.create().generate(model.request("a fox"), session)
        async for event in drawing:
            if isinstance(event, Ticket):
                break
        await drawing.aclose()
    assert endpoint.cancelled == [ID]


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (failed("Workflow validation failed: ckpt_name 'x.safetensors' not in list; available: []"), ModelNotFound),
        (failed("Node 3: CUDA out of memory. Tried to allocate 20 GiB"), OutOfMemory),
        (failed("ComfyUI server (127.0.0.1:8188) not reachable after multiple retries."), ResponseError),
        (failed({"not": "text"}), ResponseError),
        ({"id": ID, "status": "CANCELLED"}, Cancelled),
        ({"id": ID, "status": "TIMED_OUT"}, DeadlineExceeded),
        (done(errors=["Node 9 produced unhandled output types: ['gifs']."]), NoPicture),
        (done({"type": "base64", "data": 7}, "what"), NoPicture),
        ({"id": ID, "status": "COMPLETED", "output": "text"}, NoPicture),
        ({"id": ID, "status": "?"}, BadAnswer),
        ([], BadAnswer),
        (500, Unavailable),
    ],
)
async def test_how_a_job_may_end(entry: Entry, state: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Endpoint(RUNNING, state), STOCK)
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("submitted", "kind"),
    [
        (429, QuotaExceeded),
        (503, Unavailable),
        (404, NotThisServer),
        (400, InvalidParameter),
        ({"id": "../x"}, BadAnswer),
    ],
)
async def test_how_a_submission_may_end(entry: Entry, submitted: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Endpoint(submitted=submitted), STOCK)
    assert type(caught.value) is kind


async def test_the_check(entry: Entry) -> None:
    await entry.checked(Endpoint(), STOCK)
    with pytest.raises(Unauthorized):
        await entry.checked(Endpoint(), STOCK, "wrong-key")
    with pytest.raises(NotThisServer):
        await entry.checked(Endpoint(health={"status": "ok"}), STOCK)


async def test_the_check_says_that_no_worker_is_awake(entry: Entry) -> None:
    async with serving(Endpoint(health={"jobs": {}, "workers": {"idle": 0}})) as url, clean_session() as session:
        provider = entry.model(url, STOCK).create()
        await provider.check(session)
    assert provider.remarks == ("no worker is awake, so the first picture takes longer",)
