"""fal against a local server of its queue and its schemas (fal-client 1.0); what a schema does not name it refuses."""

import base64
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from providers import (
    BadAnswer,
    Cancelled,
    CatalogError,
    ContentRejected,
    Fal,
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
from providers.choices import Lora, UnknownChoice
from providers.errors import NoVideo
from providers.events import Event
from tests.providers.drawing import clean_session, draw
from tests.providers.entries import KEY, Entry
from tests.providers.serving import picture_bytes, serving

SIZE = {
    "anyOf": [{"$ref": "#/components/schemas/ImageSize"}, {"enum": ["square_hd", "landscape_4_3", "landscape_16_9"]}]
}
SCHEMAS: dict[str, Any] = {
    "fal-ai/flux-2-pro": {
        "properties": {"prompt": {"type": "string"}, "image_size": SIZE, "seed": {"type": "integer"},
                       "num_images": {"type": "integer", "minimum": 1, "maximum": 4},
                       "num_inference_steps": {"type": "integer", "minimum": 1, "maximum": 28},
                       "safety_tolerance": {"enum": ["1", "2"]}},
        "required": ["prompt"],
    },
    "fal-ai/flux-2-pro/edit": {
        "properties": {"prompt": {}, "image_urls": {"type": "array", "maxItems": 3}, "mask_image_url": {}},
        "required": ["prompt", "image_urls"],
    },
    "fal-ai/flux-pro/kontext": {
        "properties": {"prompt": {}, "image_url": {"type": "string"}, "aspect_ratio": {"allOf": [
            {"$ref": "#/components/schemas/Ratio"}]}, "resolution": {"enum": ["1k", "2k"]}},
        "required": ["prompt", "image_url"],
    },
    "fal-ai/lora": {
        "properties": {"prompt": {},
                       "scheduler": {"anyOf": [{"enum": ["DPM++ 2M", "Euler A", "LCM"]}, {"type": "null"}]},
                       "loras": {"type": "array", "items": {"$ref": "#/components/schemas/LoraWeight"}}},
        "required": ["prompt"],
    },
    "fal-ai/presets": {"properties": {"prompt": {}, "image_size": {"enum": ["square_hd", "landscape_16_9"]}}},
    "fal-ai/esrgan": {
        "properties": {"image_url": {"type": "string"}, "scale": {"type": "number", "minimum": 1, "maximum": 8}},
        "required": ["image_url"],
    },
    "fal-ai/clarity-upscaler": {
        "properties": {"image_url": {}, "prompt": {"type": "string"}, "upscale_factor": {"enum": ["2x", "4x"]}},
        "required": ["image_url", "prompt"],
    },
    "fal-ai/birefnet/v2": {"properties": {"image_url": {}}, "required": ["image_url"]},
    "fal-ai/kling/image-to-video": {
        "properties": {"prompt": {"type": "string"}, "image_url": {"type": "string"}, "tail_image_url": {},
                       "duration": {"enum": ["5", "10"]}},
        "required": ["prompt", "image_url"],
    },
    "fal-ai/wan/first-last": {
        "properties": {"start_image_url": {"type": "string"}, "end_image_url": {}, "image_urls": {"type": "array"}},
    },
}  # fmt: skip
COMPONENTS = {
    "ImageSize": {"type": "object", "properties": {"width": {}, "height": {}}},
    "Ratio": {"type": "string", "enum": ["21:9", "16:9", "1:1", "9:16", "auto"]},
}
WAITING = {"status": "IN_QUEUE", "queue_position": 2}
LOGS = [{"message": "loading"}, {"message": " 25%|##  | 7/28"}, {"message": " 50%|#### | 14/28"}, {"message": None}]
DRAWING = {"status": "IN_PROGRESS", "logs": LOGS}
DONE = {"status": "COMPLETED", "logs": None, "metrics": {"inference_time": 1.2}}
RESULT = {"images": [{"url": "https://v3.fal.media/files/1.jpg", "content_type": "image/jpeg"}], "seed": 7,
          "has_nsfw_concepts": [False]}  # fmt: skip
JOB = "/fal-ai/flux-2-pro/requests/3f1b"


class Server:
    """Answers status reads with `states` in turn, the last for ever, and the result with `result`."""

    def __init__(self, *states: Any, result: Any = None, submitted: Any = None, schemas: int = 200) -> None:
        self.states = list(states) or [DONE]
        self.result, self.submitted, self.schemas = RESULT if result is None else result, submitted, schemas
        self.asked: list[dict[str, Any]] = []
        self.cancelled = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/api/openapi/queue/openapi.json":
            assert "Authorization" not in request.headers  # it is public, at another host
            return self._schema(request.query["endpoint_id"])
        if request.headers.get("Authorization") != f"Key {KEY}":
            return web.json_response({"detail": "Cannot access application"}, status=401)
        match request.method, request.path:
            case "GET", path if path == f"{JOB}/status":
                assert request.query["logs"] == "1"
                state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
                return self._answer(state, 200 if state is DONE else 202)
            case "GET", path if path == JOB:
                return self._answer(self.result)
            case "PUT", path if path == f"{JOB}/cancel":
                self.cancelled += 1
                return web.json_response({"status": "CANCELLATION_REQUESTED"}, status=202)
            case "GET", path if path.endswith("/status"):
                return web.json_response({"detail": "Request not found"}, status=404)
            case "POST", path if path.removeprefix("/") in SCHEMAS:
                return await self._submit(request, path.removeprefix("/"))
        return web.json_response({"detail": "Application not found"}, status=404)

    def _schema(self, model: str) -> web.StreamResponse:
        if self.schemas != 200 or model not in SCHEMAS:
            return web.json_response({"detail": "no"}, status=404 if self.schemas == 200 else self.schemas)
        reference = {"schema": {"$ref": "#/components/schemas/Input"}}
        post = {"post": {"requestBody": {"content": {"application/json": reference}}}}
        components = {"schemas": {**COMPONENTS, "Input": {"type": "object", **SCHEMAS[model]}}}
        return web.json_response({"paths": {f"/{model}": post, "/x/requests/{id}": {}}, "components": components})

    async def _submit(self, request: web.Request, model: str) -> web.StreamResponse:
        body = await request.json()
        self.asked.append({"model": model, **body})
        if unknown := set(body) - set(SCHEMAS[model]["properties"]):
            return detail(422, "extra", f"unknown: {unknown}")
        if self.submitted is not None:
            return self._answer(self.submitted)
        base = f"{request.url.origin()}{JOB}"
        return web.json_response({
            "request_id": "3f1b", "status": "IN_QUEUE", "response_url": base, "status_url": f"{base}/status",
            "cancel_url": f"{base}/cancel",
        })  # fmt: skip

    def _answer(self, said: Any, status: int = 200) -> web.StreamResponse:
        if isinstance(said, web.Response):  # one object cannot be sent twice
            return web.Response(body=said.body, status=said.status, content_type=said.content_type)
        return web.json_response(said, status=status)


def detail(status: int, kind: str, message: str = "no") -> web.Response:
    said = {"detail": [{"loc": ["body", "prompt"], "msg": message, "type": kind, "input": {"prompt": "a fox"}}]}
    return web.json_response(said, status=status)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "fal")


PRO = "model = 'fal-ai/flux-2-pro'\nedit_path = '/edit'"


async def test_it_is_queued_drawn_and_fetched(entry: Entry) -> None:
    server = Server(WAITING, WAITING, web.json_response({}, status=502), DRAWING, DONE)
    text = f"{PRO}\nimages = 2\nextra = {{ safety_tolerance = '2' }}"
    ticket, *told, last = await entry.drawn(server, text, seed=7, width=1000, height=600, num_inference_steps=50, n=2)
    assert isinstance(ticket, Ticket)
    assert KEY not in ticket.value
    assert told == [Reasoning("Waiting", position=3), Reasoning("Drawing", 0.5), Reasoning("Finishing", 1.0)]
    assert last == ImageResponse(["https://v3.fal.media/files/1.jpg"])
    assert server.asked == [
        {"model": "fal-ai/flux-2-pro", "prompt": "a fox", "seed": 7, "num_inference_steps": 28, "num_images": 2,
         "image_size": {"width": 1000, "height": 600}, "safety_tolerance": "2"},
    ]  # fmt: skip
    assert server.cancelled == 0


@pytest.mark.parametrize(
    ("text", "images"),
    [
        ("model = 'fal-ai/flux/dev'", 4),
        ("model = 'fal-ai/nano-banana'\nedit_path = '/edit'", 4),
        (PRO, 1),
        (f"{PRO}\nimages = 3", 3),
        ("model = 'fal-ai/esrgan'\ntask = 'upscale'\nimages = 3", 1),
    ],
)
def test_how_many_a_run_gives_is_known_of_some(entry: Entry, text: str, images: int) -> None:
    assert entry.model("http://127.0.0.1:9", text).capabilities.images == images


async def test_pictures_go_in_their_order_to_the_endpoint_that_edits(entry: Entry) -> None:
    server = Server()
    pictures = (picture_bytes("JPEG", color="red"), picture_bytes(color="green"), picture_bytes("WEBP", color="blue"))
    events = await entry.drawn(server, PRO, images=pictures, mask=picture_bytes(), seed=7)
    (asked,) = server.asked
    assert asked["model"] == "fal-ai/flux-2-pro/edit"
    assert [base64.b64decode(url.partition(",")[2]) for url in asked["image_urls"]] == list(pictures)
    assert asked["image_urls"][0].startswith("data:image/jpeg;base64,")
    assert base64.b64decode(asked["mask_image_url"].partition(",")[2]) == picture_bytes()
    assert ("seed",) in [event.untaken for event in events if isinstance(event, Reasoning)]
    events = await entry.drawn(server, PRO, images=(*pictures, picture_bytes()))
    assert len(server.asked[1]["image_urls"]) == 3
    assert ("image",) in [event.untaken for event in events if isinstance(event, Reasoning)]


@pytest.mark.parametrize(
    ("model", "asked", "sent"),
    [
        ("fal-ai/flux-pro/kontext", {"aspect_ratio": "16:9"}, {"aspect_ratio": "16:9", "resolution": "1k"}),
        ("fal-ai/flux-pro/kontext", {"width": 2048, "height": 2000}, {"aspect_ratio": "1:1", "resolution": "2k"}),
        ("fal-ai/presets", {"aspect_ratio": "16:9"}, {"image_size": "landscape_16_9"}),
        ("fal-ai/flux-2-pro", {"aspect_ratio": "16:9"}, {"image_size": {"width": 1280, "height": 720}}),
        ("fal-ai/flux-2-pro", {}, {}),
    ],
)
async def test_shapes_as_the_model_has_them(entry: Entry, model: str, asked: Any, sent: Any) -> None:
    server = Server()
    image = picture_bytes() if "kontext" in model else None
    await entry.drawn(server, f"model = '{model}'", image=image, **asked)
    shape = {
        key: value for key, value in server.asked[0].items() if key in {"aspect_ratio", "resolution", "image_size"}
    }
    assert shape == sent


async def test_a_model_that_edits_needs_a_picture_and_one_without_a_prompt_says_so(entry: Entry) -> None:
    server = Server()
    with pytest.raises(InvalidParameter, match="image_url"):
        await entry.drawn(server, "model = 'fal-ai/flux-pro/kontext'")
    with pytest.raises(InvalidParameter, match="takes no prompt"):
        await entry.drawn(server, "model = 'fal-ai/birefnet/v2'", image=picture_bytes())
    assert server.asked == []


async def test_a_schema_that_changed_is_read_again_after_a_refusal(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, name = Server(), "fal-ai/flux-2-pro"
    async with serving(server) as url:
        model = entry.model(url, f"model = '{name}'")

        async def drawn() -> list[Event]:
            provider = model.create()
            provider.poll_interval = 0.001
            return await draw(provider, model.request("a fox", num_inference_steps=9))

        await drawn()
        kept = {key: value for key, value in SCHEMAS[name]["properties"].items() if key != "num_inference_steps"}
        monkeypatch.setitem(SCHEMAS, name, {"properties": kept})
        with pytest.raises(InvalidParameter, match="num_inference_steps"):
            await drawn()
        told = [event for event in await drawn() if isinstance(event, Reasoning)]
    assert told[0].untaken == ("num_inference_steps",)


async def test_without_its_schema_a_model_gets_what_is_usual(entry: Entry) -> None:
    server = Server(schemas=500)
    await entry.drawn(server, "model = 'fal-ai/flux-2-pro'", seed=7, num_inference_steps=9)
    assert server.asked == [{"model": "fal-ai/flux-2-pro", "prompt": "a fox", "seed": 7}]


async def test_a_job_is_resumed_by_its_ticket(entry: Entry) -> None:
    server = Server(DRAWING, DONE)
    async with serving(server) as url, clean_session() as session:
        ticket = f'{{"status":"{url}{JOB}/status","response":"{url}{JOB}","cancel":"{url}{JOB}/cancel"}}'
        provider = entry.model(url, PRO).create()
        provider.poll_interval = 0.001
        events = [event async for event in provider.resume(Ticket(ticket), session)]
        assert events[-1] == ImageResponse(["https://v3.fal.media/files/1.jpg"])
        for wrong in ("what", "{}", "[]", '{"status": 7}'):
            with pytest.raises(BadAnswer):
                [event async for event in entry.model(url, PRO).create().resume(Ticket(wrong), session)]
    assert server.asked == []


@pytest.mark.parametrize("detached", [False, True])
async def test_a_draw_that_nobody_waits_for_is_cancelled(entry: Entry, detached: bool) -> None:
    server = Server(WAITING)
    async with serving(server) as url, clean_session() as session:
        model = entry.model(url, PRO)
        provider = model.create()
        events = provider.generate(model.request("a fox"), session)
        async for event in events:
            if isinstance(event, Ticket):
                break
        if detached:
            provider.detach()
        await events.aclose()
    assert server.cancelled == (0 if detached else 1)


@pytest.mark.parametrize(
    ("configured", "named", "trusted"),
    [
        ("https://queue.fal.run", "https://queue.fal.run/x/requests/1", True),
        ("https://queue.fal.run", "https://queue.falrun.com/x/requests/1", True),
        ("https://queue.fal.run", "http://queue.fal.run/x", False),
        ("https://queue.fal.run", "https://evilfal.run/x", False),
        ("https://queue.fal.run", "https://fal.run.evil.example/x", False),
        ("https://proxy.example", "https://queue.fal.run/x", False),
    ],
)
def test_the_key_stays_with_fal(configured: str, named: str, trusted: bool) -> None:
    assert Fal(url=configured, api_key=KEY).trusts(URL(named)) is trusted


async def test_addresses_elsewhere_are_not_asked(entry: Entry) -> None:
    thief = Server()
    async with serving(thief) as elsewhere:
        addresses = {f"{key}_url": f"{elsewhere}{JOB}" for key in ("status", "response", "cancel")}
        with pytest.raises(BadAnswer):
            await entry.drawn(Server(submitted={"request_id": "1", **addresses}), PRO)
    assert thief.cancelled == 0


@pytest.mark.parametrize(
    ("state", "result", "kind"),
    [
        (DONE, detail(422, "content_policy_violation"), ContentRejected),
        (DONE, {"images": [{"url": "https://x/1.png"}], "has_nsfw_concepts": [True]}, ContentRejected),
        (DONE, detail(422, "no_media_generated"), NoPicture),
        (DONE, detail(422, "image_too_small"), InvalidParameter),
        (DONE, {"images": []}, NoPicture),
        (DONE, {"images": "what"}, NoPicture),
        (DONE, [], BadAnswer),
        ({"status": "COMPLETED", "error": "no", "error_type": "request_timeout"}, None, ResponseError),
        ({"status": "COMPLETED", "error": "no", "error_type": "content_policy_violation"}, None, ContentRejected),
        ({"status": "CANCELLED"}, None, Cancelled),
        ({"status": "WHAT"}, None, BadAnswer),
        ([], None, BadAnswer),
    ],
)
async def test_how_a_job_may_end(entry: Entry, state: Any, result: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(WAITING, state, result=result), PRO)
    assert type(caught.value) is kind
    assert "a fox" not in str(caught.value)


@pytest.mark.parametrize(
    ("submitted", "kind"),
    [
        (detail(422, "missing"), InvalidParameter),
        (detail(422, "content_policy_violation"), ContentRejected),
        (web.json_response({"detail": "User is locked. Reason: Exhausted balance."}, status=403), PaymentRequired),
        (web.json_response({"detail": "no"}, status=403), Unauthorized),
        (web.json_response({"detail": "slow down"}, status=429), QuotaExceeded),
        (web.json_response({"detail": "down"}, status=503), Unavailable),
        ({"request_id": "1"}, BadAnswer),
        ([], BadAnswer),
    ],
)
async def test_how_a_submission_may_end(entry: Entry, submitted: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(submitted=submitted), PRO)
    assert type(caught.value) is kind


async def test_a_locked_account_says_nothing_of_a_job_under_way(entry: Entry) -> None:
    locked = web.json_response({"detail": "User is locked. Reason: TOP_UP."}, status=403)
    assert isinstance((await entry.drawn(Server(WAITING, locked, DONE), PRO))[-1], ImageResponse)


async def test_one_of_several_is_black(entry: Entry) -> None:
    images = [{"url": f"https://x/{number}.png"} for number in range(3)]
    result = {"images": images, "has_nsfw_concepts": [False, True]}
    events = await entry.drawn(Server(result=result), PRO)
    assert events[-1] == ImageResponse(["https://x/0.png", "https://x/2.png"])


async def test_a_wrong_key_a_wrong_name_and_a_wrong_server(entry: Entry) -> None:
    await entry.checked(Server(), PRO)
    for attempt in (entry.drawn, entry.checked):
        with pytest.raises(Unauthorized):
            await attempt(Server(), PRO, "another-key")
        with pytest.raises(ModelNotFound):
            await attempt(Server(), "model = 'fal-ai/nothing'")

    async def stranger(request: web.Request) -> web.StreamResponse:
        return web.Response(text="<html>hello</html>", status=404, content_type="text/html")

    with pytest.raises((NotThisServer, ModelNotFound)):
        await entry.drawn(stranger, PRO)


def test_a_name_that_is_none_stops_the_start(entry: Entry) -> None:
    with pytest.raises((CatalogError, InvalidParameter), match="fal-ai/flux/dev"):
        entry.model("http://x", "model = 'flux dev'")


async def test_its_capabilities_follow_from_the_name(entry: Entry) -> None:
    def inputs(text: str) -> int:
        return entry.model("http://x", text).capabilities.input_images

    assert inputs("model = 'fal-ai/flux/dev'") == 0
    assert inputs(PRO) == 10
    assert inputs("model = 'fal-ai/flux-pro/kontext'") == 1
    assert inputs("model = 'fal-ai/flux/dev'\ninput_images = 2") == 2
    async with aiohttp.ClientSession():
        assert Fal.get_model(None) == "fal-ai/flux/dev"


LORA = """model = 'fal-ai/lora'
extra = { scheduler = 'LCM' }
[models.mine.choices]
scheduler = 'server'
[models.mine.choices.lora]
Pixels = { value = 'https://huggingface.co/x/pixels.safetensors', words = 'pixel art' }
Noir = 'someone/noir'"""


async def test_schedulers_of_the_schema_and_loras_of_the_models_file(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, LORA, scheduler="euler a", loras=(Lora("pixels", 0.7), Lora("Noir")))
    (body,) = server.asked
    assert body["prompt"] == "a fox, pixel art"
    assert body["scheduler"] == "Euler A"
    assert body["loras"] == [
        {"path": "https://huggingface.co/x/pixels.safetensors", "scale": 0.7},
        {"path": "someone/noir", "scale": 1.0},
    ]
    await entry.drawn(server, LORA)
    assert server.asked[1]["scheduler"] == "LCM"
    assert "loras" not in server.asked[1]


async def test_a_name_that_the_schema_lacks_is_not_submitted(entry: Entry) -> None:
    server = Server()
    for picked in ({"scheduler": "Euler B"}, {"loras": (Lora("https://huggingface.co/evil.safetensors"),)}):
        with pytest.raises(UnknownChoice):
            await entry.drawn(server, LORA, **picked)
    assert server.asked == []


async def test_a_model_without_loras_says_so(entry: Entry) -> None:
    server = Server()
    text = f"{PRO}\nchoices = {{ lora = {{ Noir = 'someone/noir' }} }}"
    events = await entry.drawn(server, text, loras=(Lora("Noir"),))
    assert events[0] == Reasoning("fal-ai/flux-2-pro does not take: loras", untaken=("loras",))
    assert "loras" not in server.asked[0]
    with pytest.raises(CatalogError, match=r"choices\.lora: fal lists none"):
        entry.model("http://localhost", "choices = ['lora']")


UPSCALED = {"image": {"url": "https://v3.fal.media/files/2.png", "width": None, "height": None}}


async def test_a_picture_is_upscaled_in_the_models_own_names(entry: Entry) -> None:
    server = Server(WAITING, DONE, result=UPSCALED)
    text = "model = 'fal-ai/esrgan'\ntask = 'upscale'"
    *_, last = await entry.drawn(server, text, prompt="", image=picture_bytes())
    assert last == ImageResponse(["https://v3.fal.media/files/2.png"])
    (asked,) = server.asked
    assert base64.b64decode(asked.pop("image_url").partition(",")[2]) == picture_bytes()
    assert asked == {"model": "fal-ai/esrgan", "scale": 2}
    await entry.drawn(server, f"{text}\nscale = 4", prompt="a fox", image=picture_bytes())
    assert (server.asked[1]["scale"], "prompt" in server.asked[1]) == (4, False)


@pytest.mark.parametrize(("scale", "sent"), [("", "2x"), ("scale = 3.4", "4x"), ("scale = 4", "4x")])
async def test_an_upscaler_that_wants_words_and_knows_a_few_factors(entry: Entry, scale: str, sent: str) -> None:
    server = Server(result=UPSCALED)
    text = f"model = 'fal-ai/clarity-upscaler'\ntask = 'upscale'\n{scale}"
    await entry.drawn(server, text, prompt="a fox", image=picture_bytes())
    await entry.drawn(server, text, prompt="", image=picture_bytes())
    assert [asked["upscale_factor"] for asked in server.asked] == [sent, sent]
    assert [asked["prompt"] for asked in server.asked] == ["a fox", "a sharp, detailed picture"]


@pytest.mark.parametrize("schemas", [200, 503])
async def test_a_picture_is_cut_out_whatever_the_schema_says(entry: Entry, schemas: int) -> None:
    server = Server(result=UPSCALED, schemas=schemas)
    await entry.drawn(server, "model = 'fal-ai/birefnet/v2'\ntask = 'cutout'", prompt="", image=picture_bytes())
    assert set(server.asked[0]) == {"model", "image_url"}


async def test_a_task_that_the_model_cannot_do(entry: Entry) -> None:
    with pytest.raises(InvalidParameter, match="takes no picture"):
        await entry.drawn(Server(), "model = 'fal-ai/flux-2-pro'\ntask = 'upscale'", prompt="", image=picture_bytes())
    with pytest.raises(InvalidParameter, match="no picture to work on"):
        await entry.drawn(Server(), "model = 'fal-ai/esrgan'\ntask = 'upscale'", prompt="")
    with pytest.raises(CatalogError, match=r"models\.mine\.model: is missing"):
        entry.model("https://queue.fal.run", "task = 'upscale'")


VIDEO = "model = 'fal-ai/kling/image-to-video'\ntask = 'video'"
MADE = {"video": {"url": "https://v3.fal.media/files/3.mp4", "content_type": "video/mp4"}}
MP4 = "https://v3.fal.media/files/3.mp4"


async def test_a_picture_becomes_a_video(entry: Entry) -> None:
    server = Server(WAITING, DRAWING, DONE, result=MADE)
    text = f"{VIDEO}\nextra = {{ duration = '10' }}"
    ticket, *told, last = await entry.drawn(server, text, prompt="slow zoom", image=picture_bytes())
    assert isinstance(ticket, Ticket)
    assert told == [Reasoning("Waiting", position=3), Reasoning("Drawing", 0.5), Reasoning("Finishing", 1.0)]
    assert last == ImageResponse([MP4])
    (asked,) = server.asked
    assert base64.b64decode(asked.pop("image_url").partition(",")[2]) == picture_bytes()
    assert asked == {"model": "fal-ai/kling/image-to-video", "prompt": "slow zoom", "duration": "10"}
    await entry.drawn(server, VIDEO, prompt="", image=picture_bytes())
    assert server.asked[1]["prompt"] == "gentle, natural motion", "this model must have words"
    await entry.drawn(server, VIDEO.replace("kling/image-to-video", "wan/first-last"), image=picture_bytes())
    assert set(server.asked[2]) == {"model", "start_image_url"}, "no place for words, and no other picture's place"


async def test_a_video_is_resumed_and_cancelled(entry: Entry) -> None:
    server = Server(DRAWING, DONE, result=MADE)
    async with serving(server) as url, clean_session() as session:
        ticket = f'{{"status":"{url}{JOB}/status","response":"{url}{JOB}","cancel":"{url}{JOB}/cancel"}}'
        model = entry.model(url, VIDEO)
        provider = model.create()
        assert (provider.timeout, model.capabilities.resume) == (1200, True)
        provider.poll_interval = 0.001
        events = [event async for event in provider.resume(Ticket(ticket), session)]
        assert events[-1] == ImageResponse([MP4])
        server.states = [WAITING]
        drawing = model.create().generate(model.request("", image=picture_bytes()), session)
        async for event in drawing:
            if isinstance(event, Ticket):
                break
        await drawing.aclose()
    assert server.cancelled == 1


@pytest.mark.parametrize(
    ("text", "result", "kind"),
    [
        (VIDEO, RESULT, NoVideo),
        (VIDEO, {"image": {"url": "https://x/1.png"}}, NoVideo),
        (VIDEO, {"video": None}, NoPicture),
        (VIDEO, {"video": {"url": 7}}, NoPicture),
        (VIDEO, {**MADE, "has_nsfw_concepts": [True]}, ContentRejected),
        (PRO, MADE, NoPicture),
    ],
)
async def test_answers_of_the_other_kind(entry: Entry, text: str, result: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(result=result), text, image=picture_bytes())
    assert type(caught.value) is kind
    if text is PRO:
        assert 'task = "video"' in str(caught.value)


async def test_a_model_that_animates_nothing(entry: Entry) -> None:
    server = Server(result=MADE)
    with pytest.raises(InvalidParameter, match="takes no picture"):
        await entry.drawn(server, "model = 'fal-ai/flux-2-pro'\ntask = 'video'", image=picture_bytes())
    with pytest.raises(InvalidParameter, match="no picture to work on"):
        await entry.drawn(server, VIDEO)
    with pytest.raises(CatalogError, match=r"models\.mine\.model: is missing"):
        entry.model("https://queue.fal.run", "task = 'video'")
    assert server.asked == []
