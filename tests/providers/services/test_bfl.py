"""Black Forest Labs against a local server of its API (docs.bfl.ai)."""

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from PIL import Image
from yarl import URL

from providers import (
    BadAnswer,
    BlackForestLabs,
    ContentRejected,
    DeadlineExceeded,
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
from tests.providers.drawing import clean_session
from tests.providers.entries import KEY, Entry
from tests.providers.serving import picture_bytes, serving

MODELS = {
    "flux-2-pro", "flux-2-max", "flux-2-flex", "flux-2-klein-4b", "flux-pro-1.1", "flux-kontext-pro", "flux-3-image",
    "flux-pro-1.0-fill",
}  # fmt: skip
COMMON = {"prompt", "seed", "safety_tolerance", "output_format", "webhook_url"}
NUMBERED = {f"input_image_{number}" for number in range(2, 9)} | {"input_image"}
FLUX_2 = COMMON | NUMBERED | {"width", "height"}
FIELDS = {
    "flux-2-flex": FLUX_2 | {"guidance", "steps"},
    "flux-2-klein-4b": FLUX_2 - {f"input_image_{number}" for number in range(5, 9)},
    "flux-pro-1.1": COMMON | {"width", "height", "image_prompt"},
    "flux-kontext-pro": COMMON | {"aspect_ratio", "input_image", "input_image_2", "input_image_3", "input_image_4"},
    "flux-3-image": {"prompt", "images", "aspect_ratio", "resolution", "grounding", "safety_tolerance", "version"},
    "flux-pro-1.0-fill": COMMON - {"seed"} | {"image", "mask", "steps", "guidance"},
}
RATIOS = {"21:9", "2:1", "16:9", "3:2", "7:5", "4:3", "5:4", "1:1", "4:5", "3:4", "5:7", "2:3", "9:16", "1:2", "9:21"}
SAMPLE = "https://delivery-us1.bfl.ai/results/1/sample.jpeg"
READY = {"id": "1", "status": "Ready", "result": {"sample": SAMPLE}}
PENDING = {"id": "1", "status": "Pending", "result": None}


class Server:
    """Answers polls with `states` in turn, the last for ever; a number is a status without a reason."""

    def __init__(self, *states: Any, submitted: Any = None, credits_left: Any = 12.5) -> None:
        self.states = list(states) or [READY]
        self.submitted, self.credits_left = submitted, credits_left
        self.asked: list[dict[str, Any]] = []
        self.polls = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("x-key") != KEY:
            return web.json_response({"detail": "Not authenticated - Invalid Authentication"}, status=403)
        assert "Authorization" not in request.headers
        match request.method, request.path:
            case "GET", "/v1/credits":
                return web.json_response({"credits": self.credits_left})
            case "GET", "/v1/get_result" if request.query.get("id") == "1":
                self.polls += 1
                return self._answer(self.states.pop(0) if len(self.states) > 1 else self.states[0])
            case "POST", path if path.removeprefix("/v1/") in MODELS:
                return await self._submit(request)
        return web.json_response({"detail": "Not Found"}, status=404)

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append({"model": request.path.removeprefix("/v1/"), **body})
        model = request.path.removeprefix("/v1/")
        width, height = body.get("width", 1024), body.get("height", 1024)
        step, low, high = (32, 256, 1440) if model == "flux-pro-1.1" else (16, 64, 4096)
        sound = set(body) <= FIELDS.get(model, FLUX_2) and width % step == height % step == 0
        sound = sound and width * height <= 4_000_000 and low <= min(width, height) <= max(width, height) <= high
        sound = sound and body.get("aspect_ratio", "1:1") in RATIOS and len(body.get("images", [])) <= 10
        if not sound or not 0 <= body.get("safety_tolerance", 2) <= 5:
            return web.json_response({"detail": [{"loc": ["body"], "msg": "not so"}]}, status=422)
        if self.submitted is not None:
            return self._answer(self.submitted)
        return web.json_response({"id": "1", "polling_url": f"{request.url.origin()}/v1/get_result?id=1"})

    def _answer(self, said: Any) -> web.StreamResponse:
        if isinstance(said, web.Response):
            return said
        return web.json_response({"detail": "why"}, status=said) if isinstance(said, int) else web.json_response(said)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "bfl")


async def test_it_is_submitted_and_polled(entry: Entry) -> None:
    server = Server(PENDING, 502, {**PENDING, "progress": 0.5}, READY)
    ticket, *told, last = await entry.drawn(
        server, "extra = { safety_tolerance = 2 }", seed=7, width=1000, height=600, num_inference_steps=4
    )
    assert ticket == Reasoning("Black Forest Labs does not take: num_inference_steps")
    first, *told = told
    assert isinstance(first, Ticket)
    assert first.value.endswith("/v1/get_result?id=1")
    assert told == [Reasoning("Pending"), Reasoning("Pending", 0.5)]
    assert last == ImageResponse([SAMPLE], "a fox")
    assert server.asked == [
        {"model": "flux-2-pro", "prompt": "a fox", "seed": 7, "width": 992, "height": 592, "safety_tolerance": 2}
    ]


@pytest.mark.parametrize(
    ("size", "sent"),
    [({}, None), ({"aspect_ratio": "16:9"}, (1280, 720)), ({"width": 4096, "height": 4096}, (2000, 2000)),
     ({"width": 512}, (512, 512))],
)  # fmt: skip
async def test_sizes_in_sixteens_up_to_four_megapixels(entry: Entry, size: Any, sent: Any) -> None:
    server = Server()
    await entry.drawn(server, **size)
    assert (server.asked[0].get("width"), server.asked[0].get("height")) == (sent or (None, None))


async def test_pictures_in_numbered_fields_in_their_order(entry: Entry) -> None:
    server = Server()
    pictures = tuple(picture_bytes(color=color) for color in ("red", "green", "blue"))
    await entry.drawn(server, images=pictures)
    (asked,) = server.asked
    names = ("input_image", "input_image_2", "input_image_3")
    assert tuple(base64.b64decode(asked[name]) for name in names) == pictures
    first, *_ = await entry.drawn(server, "model = 'flux-2-klein-4b'", images=pictures * 2)
    assert first == Reasoning("Black Forest Labs does not take: image")
    assert "input_image_4" in server.asked[1]
    with pytest.raises(InvalidParameter):
        await entry.drawn(server, image=b"what")


@pytest.mark.parametrize(
    ("model", "asked", "sent"),
    [
        ("flux-pro-1.1", {"aspect_ratio": "16:9"}, {"width": 1312, "height": 736}),
        ("flux-pro-1.1", {"width": 1440, "height": 256}, {"width": 1440, "height": 256}),
        ("flux-kontext-pro", {"aspect_ratio": "16:9"}, {"aspect_ratio": "16:9"}),
        ("flux-kontext-pro", {"width": 1024, "height": 1280}, {"aspect_ratio": "4:5"}),
        ("flux-3-image", {"aspect_ratio": "21:9"}, {"aspect_ratio": "21:9"}),
        ("flux-3-image", {"width": 2048, "height": 2048}, {"aspect_ratio": "1:1", "resolution": "2k"}),
        ("flux-3-image", {}, {}),
    ],
)
async def test_shapes_as_each_model_has_them(entry: Entry, model: str, asked: Any, sent: Any) -> None:
    server = Server()
    await entry.drawn(server, f"model = '{model}'", **asked)
    assert server.asked == [{"model": model, "prompt": "a fox", **sent}]


async def test_what_else_some_models_take(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, "model = 'flux-3-image'", images=(picture_bytes(), picture_bytes("JPEG")))
    assert [base64.b64decode(each) for each in server.asked[0]["images"]] == [picture_bytes(), picture_bytes("JPEG")]
    await entry.drawn(server, "model = 'flux-2-flex'", guidance_scale=4.5, num_inference_steps=30)
    assert (server.asked[1]["guidance"], server.asked[1]["steps"]) == (4.5, 30)
    await entry.drawn(server, "model = 'flux-pro-1.1'", image=picture_bytes())
    assert base64.b64decode(server.asked[2]["image_prompt"]) == picture_bytes()
    fill = "model = 'flux-pro-1.0-fill'"
    await entry.drawn(server, fill, image=picture_bytes(), mask=picture_bytes(size=(64, 48), color="white"))
    with Image.open(io.BytesIO(base64.b64decode(server.asked[3]["mask"]))) as mask:
        assert (mask.size, mask.mode, mask.getpixel((0, 0))) == ((32, 24), "L", 255)
    with pytest.raises(InvalidParameter, match="start from"):
        await entry.drawn(server, fill)


@pytest.mark.parametrize(("width", "height"), [(1441, 512), (128, 512)])
async def test_bounds_that_a_model_has(entry: Entry, width: int, height: int) -> None:
    with pytest.raises(InvalidParameter, match="256 to 1440"):
        await entry.drawn(Server(), "model = 'flux-pro-1.1'", width=width, height=height)


async def test_a_job_is_resumed_by_its_ticket(entry: Entry) -> None:
    server = Server(PENDING, READY)
    async with serving(server) as url, clean_session() as session:
        provider = entry.model(url).create()
        provider.poll_interval = 0.001
        ticket = Ticket(f"{url}/v1/get_result?id=1")
        events = [event async for event in provider.resume(ticket, session)]
    assert events == [Reasoning("Pending"), ImageResponse([SAMPLE], "")]
    assert server.asked == []


# -- where the key goes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("configured", "named", "trusted"),
    [
        ("https://api.bfl.ai", "https://api.bfl.ai/v1/get_result?id=1", True),
        ("https://api.bfl.ai", "https://api.us1.bfl.ai/v1/get_result?id=1", True),
        ("https://api.eu.bfl.ai", "https://api.us1.bfl.ai/v1/get_result?id=1", True),
        ("https://api.bfl.ai", "http://api.us1.bfl.ai/v1/get_result?id=1", False),
        ("https://api.bfl.ai", "https://bfl.ai.evil.example/v1/get_result", False),
        ("https://api.bfl.ai", "https://evilbfl.ai/v1/get_result", False),
        ("https://api.bfl.ai", "https://api.bfl.ai@evil.example/", False),
        ("https://proxy.example", "https://api.bfl.ai/v1/get_result", False),
        ("https://proxy.example", "https://proxy.example:444/v1/get_result", False),
        ("http://proxy.example:8080/bfl", "http://proxy.example:8080/x", True),
    ],
)
def test_the_key_stays_within_the_domain(configured: str, named: str, trusted: bool) -> None:
    assert BlackForestLabs(url=configured, api_key=KEY).trusts(URL(named)) is trusted


async def test_a_polling_url_elsewhere_is_not_asked(entry: Entry) -> None:
    thief = Server()
    async with serving(thief) as elsewhere:
        for address in (f"{elsewhere}/v1/get_result?id=1", "file:///etc/passwd", "http://[", "ftp://x/y"):
            server = Server(submitted={"id": "1", "polling_url": address})
            with pytest.raises(ProviderError):
                await entry.drawn(server)
    assert thief.polls == 0


# -- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ({"status": "Request Moderated"}, ContentRejected),
        ({"status": "Content Moderated"}, ContentRejected),
        ({"status": "Task not found"}, ResponseError),
        ({"status": "Error"}, ResponseError),
        ({"status": "Ready"}, NoPicture),
        ({"status": "Ready", "result": {"sample": None}}, NoPicture),
        ({"status": "Ready", "result": {"sample": {"x": 1}}}, NoPicture),
        ({"status": "Ready", "result": "what"}, NoPicture),
        ([], BadAnswer),
        (500, Unavailable),
        (web.json_response({"id": "1", "status": "Content Moderated"}, status=422), ContentRejected),
        (web.json_response({"id": "1", "status": "Error"}, status=503), ResponseError),
    ],
)
async def test_how_a_job_may_end(entry: Entry, state: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(PENDING, state))
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("submitted", "kind"),
    [(402, PaymentRequired), (429, QuotaExceeded), (422, InvalidParameter), ({}, BadAnswer), ([], BadAnswer),
     ({"polling_url": 7}, BadAnswer), ({"polling_url": "/v1/get_result?id=1"}, BadAnswer)],
)  # fmt: skip
async def test_how_a_submission_may_end(entry: Entry, submitted: Any, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(submitted=submitted))
    assert type(caught.value) is kind


async def test_a_wrong_key_a_wrong_name_and_a_wrong_server(entry: Entry) -> None:
    for attempt in (entry.drawn, entry.checked):
        with pytest.raises(Unauthorized):
            await attempt(Server(), "", "wrong")

        async def stranger(request: web.Request) -> web.StreamResponse:
            return web.Response(text="<html>404</html>", status=404, content_type="text/html")

        with pytest.raises(NotThisServer):
            await attempt(stranger)
    with pytest.raises(ModelNotFound):
        await entry.drawn(Server(), "model = 'flux-9'")


async def test_a_job_that_never_ends(entry: Entry) -> None:
    with pytest.raises(DeadlineExceeded):
        await entry.drawn(Server(PENDING), "timeout = 0.1")


async def test_the_check_asks_for_credits(entry: Entry) -> None:
    await entry.checked(Server())
    with pytest.raises(PaymentRequired):
        await entry.checked(Server(credits_left=0))
    for wrong in (None, "12", True):
        with pytest.raises(NotThisServer):
            await entry.checked(Server(credits_left=wrong))
    assert not entry.model("https://api.bfl.ai").light_check
