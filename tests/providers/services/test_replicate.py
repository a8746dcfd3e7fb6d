"""Replicate against a local server of its predictions (replicate-python-beta); unknown inputs are refused."""

import base64
import io
import random
from pathlib import Path
from typing import Any

import pytest
from aiohttp import BodyPartReader, web
from PIL import Image

from providers import (
    BadAnswer,
    Cancelled,
    CatalogError,
    ContentRejected,
    ImageResponse,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    Reasoning,
    ResponseError,
    Ticket,
    Unauthorized,
    Unavailable,
)
from providers.errors import NoVideo
from providers.events import Event
from tests.providers.drawing import clean_session, draw
from tests.providers.entries import KEY, Entry
from tests.providers.serving import picture_bytes, serving

VERSION = "5" * 64
RATIO = {"allOf": [{"$ref": "#/components/schemas/aspect_ratio"}]}
MODELS: dict[str, Any] = {
    "black-forest-labs/flux-2-pro": {
        "official": True,
        "properties": {"prompt": {}, "input_images": {"type": "array", "maxItems": 8}, "aspect_ratio": RATIO,
                       "width": {"type": "integer", "minimum": 256, "maximum": 2048, "multipleOf": 32},
                       "height": {"type": "integer", "minimum": 256, "maximum": 2048, "multipleOf": 32},
                       "seed": {"type": "integer"}, "output_format": {"enum": ["webp", "png"]}},
    },
    "somebody/sdxl-foxes": {
        "official": False,
        "properties": {"prompt": {}, "negative_prompt": {}, "image": {"type": "string"}, "mask": {},
                       "width": {"type": "integer", "maximum": 1024}, "height": {"type": "integer", "maximum": 1024},
                       "num_outputs": {"type": "integer", "maximum": 4}, "guidance_scale": {"maximum": 20},
                       "num_inference_steps": {"type": "integer", "maximum": 50}, "prompt_strength": {}},
    },
    "nightmare/real-esrgan": {
        "official": True, "required": ["image"],
        "properties": {"image": {"type": "string"}, "scale": {"type": "number", "minimum": 0, "maximum": 10}},
    },
    "lucataco/remove-bg": {"official": True, "required": ["image"], "properties": {"image": {"type": "string"}}},
    "wan-video/wan-i2v": {
        "official": True, "required": ["image", "prompt"],
        "properties": {"image": {"type": "string"}, "prompt": {}, "last_image": {}, "num_frames": {"type": "integer"}},
    },
    "minimax/video": {
        "official": True, "required": ["prompt"], "properties": {"prompt": {}, "first_frame_image": {"type": "string"}},
    },
}  # fmt: skip
COMPONENTS = {"aspect_ratio": {"enum": ["1:1", "16:9", "3:2", "custom", "match_input_image"], "type": "string"}}
ID = "ufawqhfynnddngldkgtslldrkq"
PICTURE = "https://replicate.delivery/xezq/1.webp"
STARTING = {"id": ID, "status": "starting"}
LOGS = "Using seed: 7\n 25%|##  | 7/28\r 75%|###  | 21/28"
PROCESSING = {"id": ID, "status": "processing", "logs": LOGS}
DONE = {"id": ID, "status": "succeeded", "output": [PICTURE], "metrics": {"predict_time": 1.2}}


def failed(reason: str) -> dict[str, Any]:
    return {"id": ID, "status": "failed", "error": reason}


class Server:
    """Answers polls with `states` in turn, the last for ever."""

    def __init__(self, *states: Any, submitted: Any = None, routes: bool = True) -> None:
        self.states = list(states) or [DONE]
        self.submitted, self.routes = submitted, routes
        self.asked: list[dict[str, Any]] = []
        self.files: list[bytes] = []
        self.cancelled = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return refuse(401, "You did not pass a valid authentication token")
        match request.method, request.path:
            case "GET", "/v1/account":
                return web.json_response({"type": "user", "username": "fox"})
            case "GET", path if (name := path.removeprefix("/v1/models/")) in MODELS:
                return self._model(name)
            case "POST", "/v1/files":
                return await self._file(request)
            case "GET", path if path == f"/v1/predictions/{ID}":
                state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
                return again(state) if isinstance(state, web.Response) else web.json_response(state)
            case "POST", path if path == f"/v1/predictions/{ID}/cancel":
                self.cancelled += 1
                return web.json_response({"id": ID, "status": "canceled"})
            case "POST", "/v1/predictions":
                return await self._predict(request, None)
            case "POST", path if path.endswith("/predictions"):
                name = path.removeprefix("/v1/models/").removesuffix("/predictions")
                if name in MODELS and MODELS[name]["official"] and self.routes:
                    return await self._predict(request, name)
        return refuse(404, "The requested resource could not be found.")

    def _model(self, name: str) -> web.StreamResponse:
        model = MODELS[name]
        required = model.get("required", ["prompt"])
        schema = {"type": "object", "properties": model["properties"], "required": required}
        document = {"components": {"schemas": {**COMPONENTS, "Input": schema}}}
        latest = {"id": VERSION, "openapi_schema": document}
        return web.json_response({"name": name, "is_official": model["official"], "latest_version": latest})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            assert part.name == "content"
            self.files.append(bytes(await part.read()))
        return web.json_response({"id": "1", "urls": {"get": f"https://api.replicate.com/v1/files/{len(self.files)}"}},
                                 status=201)  # fmt: skip

    async def _predict(self, request: web.Request, name: str | None) -> web.StreamResponse:
        body = await request.json()
        self.asked.append({"model": name or body["version"], **body["input"]})
        assert int(request.headers["Cancel-After"].removesuffix("s")) >= 5
        found = name or next(each for each in MODELS if not MODELS[each]["official"] or not self.routes)
        if unknown := set(body["input"]) - set(MODELS[found]["properties"]):
            return refuse(422, f"- input: {unknown} is not taken")
        if isinstance(self.submitted, web.Response):
            return again(self.submitted)
        return web.json_response(self.submitted or {**STARTING, "urls": {}}, status=201)


def again(said: web.Response) -> web.Response:
    """One object cannot be sent twice."""
    return web.Response(body=said.body, status=said.status, content_type=said.content_type)


def refuse(status: int, detail: str, **more: Any) -> web.Response:
    return web.json_response({"title": "no", "detail": detail, "status": status, **more}, status=status)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "replicate")


SDXL = "model = 'somebody/sdxl-foxes'"


async def test_a_schema_that_changed_is_read_again_after_a_refusal(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, name = Server(), "somebody/sdxl-foxes"
    async with serving(server) as url:
        model = entry.model(url, f"model = '{name}'")

        async def drawn() -> list[Event]:
            provider = model.create()
            provider.poll_interval = 0.001
            return await draw(provider, model.request("a fox", guidance_scale=9.0))

        await drawn()
        kept = {key: value for key, value in MODELS[name]["properties"].items() if key != "guidance_scale"}
        monkeypatch.setitem(MODELS, name, {**MODELS[name], "properties": kept})
        with pytest.raises(InvalidParameter, match="guidance_scale"):
            await drawn()
        told = [event for event in await drawn() if isinstance(event, Reasoning)]
    assert told[0].untaken == ("guidance_scale",)


async def test_a_prediction_is_made_and_polled(entry: Entry) -> None:
    server = Server(STARTING, web.json_response({}, status=502), PROCESSING, DONE)
    events = await entry.drawn(server, "extra = { output_format = 'png' }", seed=7, aspect_ratio="16:9")
    assert events == [
        Ticket(ID), Reasoning("Waiting"), Reasoning("Drawing", 0.75), ImageResponse([PICTURE], "a fox"),
    ]  # fmt: skip
    assert server.asked == [
        {"model": "black-forest-labs/flux-2-pro", "prompt": "a fox", "seed": 7, "aspect_ratio": "16:9",
         "output_format": "png"},
    ]  # fmt: skip


async def test_a_models_own_names_and_bounds(entry: Entry) -> None:
    server = Server()
    await entry.drawn(
        server, f"{SDXL}\nimages = 4", negative_prompt="dogs", width=2000, height=512, n=4,
        guidance_scale=25.0, num_inference_steps=60,
        image=picture_bytes(), mask=picture_bytes(color="white"), strength=0.4,
    )  # fmt: skip
    (asked,) = server.asked
    assert base64.b64decode(asked.pop("image").partition(",")[2]) == picture_bytes()
    assert base64.b64decode(asked.pop("mask").partition(",")[2]) == picture_bytes(color="white")
    assert asked == {
        "model": VERSION, "prompt": "a fox", "negative_prompt": "dogs", "width": 1024, "height": 512, "num_outputs": 4,
        "guidance_scale": 20, "num_inference_steps": 50, "prompt_strength": 0.4,
    }  # fmt: skip


async def test_an_explicit_size_is_custom(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, width=1000, height=600)
    assert server.asked[0]["aspect_ratio"] == "custom"
    assert (server.asked[0]["width"], server.asked[0]["height"]) == (992, 576)


async def test_pictures_in_their_order_large_ones_as_files(entry: Entry) -> None:
    noise = Image.frombytes("RGB", (400, 400), random.Random(7).randbytes(480_000))
    body = io.BytesIO()
    noise.save(body, "PNG")
    server = Server()
    await entry.drawn(server, images=(picture_bytes("JPEG"), body.getvalue(), picture_bytes("WEBP")))
    first, second, third = server.asked[0]["input_images"]
    assert base64.b64decode(first.partition(",")[2]) == picture_bytes("JPEG")
    assert second == "https://api.replicate.com/v1/files/1"
    assert server.files == [body.getvalue()]
    assert base64.b64decode(third.partition(",")[2]) == picture_bytes("WEBP")


async def test_a_model_without_a_route_of_its_own_is_drawn_by_its_version(entry: Entry) -> None:
    server = Server(routes=False)
    assert isinstance((await entry.drawn(server))[-1], ImageResponse)
    assert server.asked[0]["model"] == VERSION
    server = Server()
    await entry.drawn(server, f"model = 'somebody/sdxl-foxes:{'a' * 64}'")
    assert server.asked[0]["model"] == "a" * 64


async def test_it_is_resumed_and_cancelled(entry: Entry) -> None:
    server = Server(PROCESSING, DONE)
    async with serving(server) as url, clean_session() as session:
        provider = entry.model(url).create()
        provider.poll_interval = 0.001
        events = [event async for event in provider.resume(Ticket(ID), session)]
        assert events[-1] == ImageResponse([PICTURE], "")
        with pytest.raises(BadAnswer):
            [event async for event in entry.model(url).create().resume(Ticket("../files"), session)]
        server.states = [STARTING]
        model = entry.model(url)
        drawing = model.create().generate(model.request("a fox"), session)
        async for event in drawing:
            if isinstance(event, Ticket):
                break
        await drawing.aclose()
    assert server.cancelled == 1


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (failed("NSFW content detected. Try running it again, or try a different prompt."), ContentRejected),
        (failed("The input or output was flagged as sensitive. Please try again. (E005)"), ContentRejected),
        (failed("CUDA out of memory. Tried to allocate 20 GiB"), InvalidParameter),
        (failed("Prediction interrupted; please retry (code: PA)"), ResponseError),
        (failed(""), ResponseError),
        ({"status": "canceled"}, Cancelled),
        ({"status": "aborted"}, ResponseError),
        ({"status": "succeeded", "output": None}, NoPicture),
        ({"status": "succeeded", "output": ["what", 7]}, NoPicture),
        ({"status": 7}, BadAnswer),
        ([], BadAnswer),
        (web.json_response({}, status=500), Unavailable),
    ],
)
async def test_how_a_prediction_may_end(entry: Entry, state: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(PROCESSING, state))
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("submitted", "kind"),
    [
        (refuse(402, "You have insufficient credit"), PaymentRequired),
        (refuse(422, "- input: prompt is required"), InvalidParameter),
        (refuse(422, "Invalid version or not permitted"), ModelNotFound),
        (refuse(429, "Request was throttled.", retry_after=7), QuotaExceeded),
        (refuse(503, "down"), Unavailable),
        ({"id": 7}, BadAnswer),
        ({"id": "../account"}, BadAnswer),
    ],
)
async def test_how_a_submission_may_end(entry: Entry, submitted: Any, kind: type[ProviderError]) -> None:
    server = Server(submitted=submitted)
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(server)
    assert type(caught.value) is kind
    if kind is QuotaExceeded:
        assert vars(caught.value)["retry_after"] == 7


async def test_one_output_that_is_no_list(entry: Entry) -> None:
    assert (await entry.drawn(Server({**DONE, "output": PICTURE})))[-1] == ImageResponse([PICTURE], "a fox")


async def test_a_wrong_key_a_wrong_name_and_a_wrong_server(entry: Entry) -> None:
    await entry.checked(Server())
    for attempt in (entry.drawn, entry.checked):
        with pytest.raises(Unauthorized):
            await attempt(Server(), "", "another-key")
        with pytest.raises(ModelNotFound):
            await attempt(Server(), "model = 'nobody/nothing'")

        async def stranger(request: web.Request) -> web.StreamResponse:
            return web.Response(text="<html>hello</html>", status=404, content_type="text/html")

        with pytest.raises(NotThisServer):
            await attempt(stranger)


def test_a_name_that_is_none_stops_the_start(entry: Entry) -> None:
    with pytest.raises(Exception, match="flux-2-pro"):
        entry.model("http://x", "model = 'flux'")


async def test_a_picture_is_upscaled_and_cut_out(entry: Entry) -> None:
    server = Server({**DONE, "output": PICTURE})
    text = "model = 'nightmare/real-esrgan'\ntask = 'upscale'"
    events = await entry.drawn(server, text, prompt="a fox", image=picture_bytes())
    assert events[-1] == ImageResponse([PICTURE], "a fox")
    await entry.drawn(server, f"{text}\nscale = 4", prompt="", image=picture_bytes())
    await entry.drawn(server, "model = 'lucataco/remove-bg'\ntask = 'cutout'", prompt="", image=picture_bytes())
    assert [asked.get("scale") for asked in server.asked] == [2, 4, None]
    for asked in server.asked:
        assert base64.b64decode(asked["image"].partition(",")[2]) == picture_bytes()
        assert "prompt" not in asked
    with pytest.raises(CatalogError, match=r"models\.mine\.model: is missing"):
        entry.model("https://api.replicate.com", "task = 'cutout'")


VIDEO = "model = 'wan-video/wan-i2v'\ntask = 'video'"
MP4 = "https://replicate.delivery/xezq/1.mp4"


async def test_a_picture_becomes_a_video(entry: Entry) -> None:
    server = Server(STARTING, PROCESSING, {**DONE, "output": MP4})
    events = await entry.drawn(server, f"{VIDEO}\nextra = {{ num_frames = 81 }}", prompt="zoom", image=picture_bytes())
    assert events == [Ticket(ID), Reasoning("Waiting"), Reasoning("Drawing", 0.75), ImageResponse([MP4], "zoom")]
    (asked,) = server.asked
    assert base64.b64decode(asked.pop("image").partition(",")[2]) == picture_bytes()
    assert asked == {"model": "wan-video/wan-i2v", "prompt": "zoom", "num_frames": 81}
    server.states = [{**DONE, "output": {"video": MP4, "last_frame": PICTURE}}]
    events = await entry.drawn(server, VIDEO.replace("wan-video/wan-i2v", "minimax/video"), image=picture_bytes())
    assert events[-1] == ImageResponse([MP4], "a fox")
    assert set(server.asked[1]) == {"model", "prompt", "first_frame_image"}


async def test_a_video_is_resumed(entry: Entry) -> None:
    server = Server(PROCESSING, {**DONE, "output": [MP4]})
    async with serving(server) as url, clean_session() as session:
        provider = entry.model(url, VIDEO).create()
        provider.poll_interval = 0.001
        events = [event async for event in provider.resume(Ticket(ID), session)]
    assert events[-1] == ImageResponse([MP4], "")
    assert server.asked == []


@pytest.mark.parametrize(
    ("text", "output", "kind"),
    [
        (VIDEO, "https://replicate.delivery/x/1.png", NoVideo),
        (VIDEO, ["https://replicate.delivery/x/1.jpg?x=1"], NoVideo),
        (VIDEO, None, NoPicture),
        (VIDEO, {"image": PICTURE}, NoPicture),
        ("", MP4, NoPicture),
    ],
)
async def test_answers_of_the_other_kind(entry: Entry, text: str, output: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server({**DONE, "output": output}), text, image=picture_bytes())
    assert type(caught.value) is kind
