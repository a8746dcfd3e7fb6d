"""Stability against a local server of its v2beta API."""

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from aiohttp import BodyPartReader, web
from PIL import Image

from providers import (
    BadAnswer,
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
    Ticket,
    Unauthorized,
    Unavailable,
)
from tests.providers.drawing import clean_session
from tests.providers.entries import KEY, Entry
from tests.providers.serving import picture_bytes, serving

RATIOS = {"16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"}
COMMON = {"prompt", "aspect_ratio", "negative_prompt", "seed", "style_preset", "output_format"}
SD3 = COMMON | {"model", "mode", "image", "strength", "cfg_scale"}
ROUTES = {
    "generate/core": COMMON,
    "generate/ultra": COMMON | {"image", "strength"},
    "generate/sd3": SD3,
    "upscale/fast": {"image", "output_format"},
    "upscale/conservative": {"image", "prompt", "negative_prompt", "seed", "creativity", "output_format"},
    "upscale/creative": {"image", "prompt", "negative_prompt", "seed", "creativity", "style_preset", "output_format"},
    "edit/remove-background": {"image", "output_format"},
    "edit/inpaint": COMMON - {"aspect_ratio"} | {"image", "mask", "grow_mask"},
    "edit/outpaint": {"image", "left", "right", "up", "down", "creativity", "prompt", "seed", "output_format"},
    "edit/search-and-replace": COMMON - {"aspect_ratio"} | {"image", "search_prompt", "grow_mask"},
    "edit/search-and-recolor": COMMON - {"aspect_ratio"} | {"image", "select_prompt", "grow_mask"},
    "control/sketch": COMMON - {"aspect_ratio"} | {"image", "control_strength"},
    "control/structure": COMMON - {"aspect_ratio"} | {"image", "control_strength"},
    "control/style": COMMON | {"image", "fidelity"},
}
WORDLESS = {"upscale/fast", "edit/remove-background"}
MOST_PIXELS = {"upscale/fast": 1024 * 1024, "upscale/creative": 1024 * 1024, "edit/remove-background": 4_194_304}
NEEDED = {"edit/search-and-replace": "search_prompt", "edit/search-and-recolor": "select_prompt"}
SD3_MODELS = {"sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium"}


JOB = "ab" * 32
RESULT = {"image": base64.b64encode(picture_bytes()).decode(), "finish_reason": "SUCCESS", "seed": 7}


class Server:
    """`said` comes in place of a picture. A job is told by `results`, the last of them for ever."""

    def __init__(self, *, said: web.Response | None = None, finish: str = "SUCCESS", credits_left: Any = 3.5) -> None:
        self.said, self.finish, self.credits_left = said, finish, credits_left
        self.asked: list[dict[str, Any]] = []
        self.results: list[tuple[int, Any]] = [(202, {"id": JOB, "status": "in-progress"}), (200, RESULT)]

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return refuse(401, "unauthorized", "missing or invalid API key")
        if (request.method, request.path) == ("GET", "/v1/user/balance"):
            return web.json_response({"credits": self.credits_left})
        if (request.method, request.path) == ("GET", f"/v2beta/results/{JOB}"):
            assert request.headers["Accept"] == "application/json"
            status, answer = self.results.pop(0) if len(self.results) > 1 else self.results[0]
            return web.json_response(answer, status=status)
        route = request.path.removeprefix("/v2beta/stable-image/")
        if request.method != "POST" or route not in ROUTES:
            return refuse(404, "not_found", "no such endpoint")
        if request.content_type != "multipart/form-data" or request.headers["Accept"] != _accepted(route):
            return refuse(400, "bad_request", "content-type: must be multipart/form-data")
        fields = await self._fields(request)
        self.asked.append({"route": route.removeprefix("generate/"), **fields})
        if wrong := self._wrong(route, fields):
            return refuse(400, "bad_request", wrong)
        if self.said is not None:
            return self.said
        if route == "upscale/creative":
            return web.json_response({"id": JOB})
        headers = {"finish-reason": self.finish, "seed": "7"}
        return web.Response(body=picture_bytes(), content_type="image/png", headers=headers)

    async def _fields(self, request: web.Request) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            assert part.name is not None
            if part.filename:
                assert part.headers["Content-Type"] == "image/png"
                fields[part.name] = bytes(await part.read())
            else:
                fields[part.name] = await part.text()
        return fields

    def _wrong(self, route: str, fields: dict[str, Any]) -> str | None:
        if unknown := set(fields) - ROUTES[route]:
            return f"{unknown}: is not taken"
        if wrong := self._wrong_picture(route, fields):
            return wrong
        if not route.startswith("generate/") and not {"image", NEEDED.get(route, "image")} <= set(fields):
            return "image: is required"
        if ("strength" in fields) > ("image" in fields):
            return "strength: without a picture"
        if route not in WORDLESS and not 0 < len(fields.get("prompt", "")) <= 10_000:
            return "prompt: must be 1 to 10000 characters"
        if fields.get("aspect_ratio", "1:1") not in RATIOS:
            return "aspect_ratio: is none of the enumeration"
        if not 0 <= int(fields.get("seed", 0)) <= 4294967294:
            return "seed: out of range"
        if route == "generate/sd3" and fields.get("model", "sd3.5-large") not in SD3_MODELS:
            return "model: is none of the enumeration"
        if fields.get("mode") == "image-to-image":
            whole = {"image", "strength"} <= set(fields) and 0 <= float(fields["strength"]) <= 1
            return None if whole and "aspect_ratio" not in fields else "strength: is required"
        return None

    def _wrong_picture(self, route: str, fields: dict[str, Any]) -> str | None:
        if route in MOST_PIXELS and "image" in fields:
            with Image.open(io.BytesIO(fields["image"])) as image:
                if image.width * image.height > MOST_PIXELS[route]:
                    return "image: has too many pixels"
        if route == "edit/remove-background" and fields.get("output_format", "png") not in {"png", "webp"}:
            return "output_format: must be png or webp"
        if route == "edit/outpaint":
            sides = [int(fields.get(side, 0)) for side in ("left", "right", "up", "down")]
            if not any(sides) or not all(0 <= side <= 2000 for side in sides):
                return "left, right, up, down: one at least, 0 to 2000"
        return None


def _accepted(route: str) -> str:
    return "application/json" if route == "upscale/creative" else "image/*"


def refuse(status: int, name: str, *errors: str) -> web.Response:
    return web.json_response({"id": "ff54", "name": name, "errors": list(errors)}, status=status)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "stability")


async def test_a_picture_comes_as_it_is(entry: Entry) -> None:
    server = Server()
    events = await entry.drawn(server, seed=2**32 - 1, aspect_ratio="4:3", negative_prompt="dogs")
    assert events[0] == Reasoning("Generating")
    assert isinstance(events[-1], ImageResponse)
    assert base64.b64decode(events[-1].url.partition(",")[2]) == picture_bytes()
    assert server.asked == [
        {
            "route": "core",
            "prompt": "a fox",
            "negative_prompt": "dogs",
            "seed": "4294967294",
            "aspect_ratio": "5:4",
        }  # 4:3 is not among them
    ]


@pytest.mark.parametrize(
    ("model", "route"), [("core", "core"), ("stable-image-ultra", "ultra"), ("sd3", "sd3"), ("sd3.5-medium", "sd3")]
)
async def test_each_model_has_its_route(entry: Entry, model: str, route: str) -> None:
    server = Server()
    await entry.drawn(server, f"model = '{model}'\nextra = {{ style_preset = 'anime', output_format = 'jpeg' }}")
    assert server.asked[0]["route"] == route
    assert server.asked[0]["style_preset"] == "anime"
    assert server.asked[0].get("model") == (None if route != "sd3" else model.replace("sd3", "sd3.5-large", 1)
                                            if model == "sd3" else model)  # fmt: skip


async def test_sd3_starts_from_a_picture(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, "model = 'sd3'", image=picture_bytes(), aspect_ratio="16:9", guidance_scale=4.5)
    (asked,) = server.asked
    assert asked.pop("image") == picture_bytes()
    assert asked == {"route": "sd3", "model": "sd3.5-large", "prompt": "a fox", "cfg_scale": "4.5",
                     "mode": "image-to-image", "strength": "0.65"}  # fmt: skip
    first, *_ = await entry.drawn(server, image=picture_bytes(), strength=0.3)
    assert first == Reasoning("Stability AI does not take: image, strength")


@pytest.mark.parametrize("ratio", ["16:9", "9:16", "4:5", "21:9"])
async def test_a_ratio_goes_as_it_is(entry: Entry, ratio: str) -> None:
    server = Server()
    await entry.drawn(server, aspect_ratio=ratio)
    assert server.asked[0]["aspect_ratio"] == ratio


async def test_ultra_starts_from_a_picture(entry: Entry) -> None:
    server = Server()
    await entry.drawn(server, "model = 'ultra'", image=picture_bytes(), strength=0.4, aspect_ratio="16:9")
    assert server.asked == [{"route": "ultra", "prompt": "a fox", "image": picture_bytes(), "strength": "0.4"}]


@pytest.mark.parametrize(
    ("text", "params", "sent"),
    [
        ("model = 'inpaint'", {"seed": 7}, {"route": "edit/inpaint", "seed": "7"}),
        ("model = 'structure'", {"strength": 0.5}, {"route": "control/structure", "control_strength": "0.5"}),
        ("model = 'sketch'", {}, {"route": "control/sketch"}),
        ("model = 'style'", {"strength": 0.5, "aspect_ratio": "16:9"},
         {"route": "control/style", "fidelity": "0.5", "aspect_ratio": "16:9"}),
        ("model = 'outpaint'\nextra = { left = 200 }", {}, {"route": "edit/outpaint", "left": "200"}),
        ("model = 'search-and-replace'\nextra = { search_prompt = 'dog' }", {"negative_prompt": "cats"},
         {"route": "edit/search-and-replace", "search_prompt": "dog", "negative_prompt": "cats"}),
        ("model = 'search-and-recolor'\nextra = { select_prompt = 'hat' }", {},
         {"route": "edit/search-and-recolor", "select_prompt": "hat"}),
    ],
)  # fmt: skip
async def test_editing(entry: Entry, text: str, params: Any, sent: Any) -> None:
    server = Server()
    await entry.drawn(server, text, image=picture_bytes(), **params)
    assert server.asked == [{"prompt": "a fox", "image": picture_bytes(), **sent}]
    with pytest.raises(InvalidParameter, match="start from"):
        await entry.drawn(server, text, **params)
    assert entry.model("http://x", text).capabilities.edits


async def test_a_mask_says_what_is_changed(entry: Entry) -> None:
    server = Server()
    mask = picture_bytes(size=(64, 48), color="white")
    await entry.drawn(server, "model = 'inpaint'", image=picture_bytes(), mask=mask)
    with Image.open(io.BytesIO(server.asked[0]["mask"])) as sent:
        assert (sent.size, sent.getpixel((0, 0))) == ((32, 24), 255)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refuse(403, "content_moderation", "Your request was flagged"), ContentRejected),
        (refuse(402, "payment_required", "no credits"), PaymentRequired),
        (refuse(429, "rate_limit_exceeded", "150 requests in 10 s"), QuotaExceeded),
        (refuse(413, "payload_too_large", "10 MiB"), InvalidParameter),
        (refuse(422, "unprocessable", "language"), InvalidParameter),
        (refuse(400, "bad_request", "model: is none of the enumeration"), ModelNotFound),
        (refuse(500, "internal_error", "try again"), Unavailable),
        (web.Response(body=b"", content_type="image/png"), NoPicture),
        (web.Response(text="{}", content_type="application/json"), BadAnswer),
        (web.Response(text="<html>", content_type="text/html"), BadAnswer),
        (web.Response(text="data: {}\n\n", content_type="text/event-stream"), BadAnswer),
    ],
)
async def test_refusals_and_hostile_answers(entry: Entry, said: web.Response, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(said=said))
    assert type(caught.value) is kind


async def test_a_picture_that_was_filtered_out(entry: Entry) -> None:
    with pytest.raises(ContentRejected):
        await entry.drawn(Server(finish="CONTENT_FILTERED"))


async def test_a_wrong_key_and_a_wrong_server(entry: Entry) -> None:
    for attempt in (entry.drawn, entry.checked):
        with pytest.raises(Unauthorized):
            await attempt(Server(), "", "wrong")

        async def stranger(request: web.Request) -> web.StreamResponse:
            return web.Response(text="404 page not found", status=404)

        with pytest.raises(NotThisServer):
            await attempt(stranger)


async def test_the_check_asks_for_credits(entry: Entry) -> None:
    await entry.checked(Server())
    with pytest.raises(PaymentRequired):
        await entry.checked(Server(credits_left=0))
    with pytest.raises(NotThisServer):
        await entry.checked(Server(credits_left="many"))


def test_an_unknown_model_stops_the_start(entry: Entry) -> None:
    with pytest.raises(Exception, match="core, ultra"):
        entry.model("http://x", "model = 'sd2'")


@pytest.mark.parametrize(
    ("text", "prompt", "fields"),
    [
        ("model = 'upscale-fast'\ntask = 'upscale'", "a fox", {"route": "upscale/fast"}),
        (
            "model = 'upscale-conservative'\ntask = 'upscale'\nextra = { creativity = 0.4 }",
            "a fox",
            {"route": "upscale/conservative", "prompt": "a fox", "creativity": "0.4"},
        ),
        (
            "model = 'upscale-conservative'\ntask = 'upscale'",
            "",
            {"route": "upscale/conservative", "prompt": "a sharp, detailed picture"},
        ),
        (
            "model = 'remove-background'\ntask = 'cutout'",
            "",
            {"route": "edit/remove-background", "output_format": "png"},
        ),
    ],
)
async def test_what_is_made_of_a_picture(entry: Entry, text: str, prompt: str, fields: dict[str, str]) -> None:
    server = Server()
    events = await entry.drawn(server, text, prompt=prompt, image=picture_bytes(), aspect_ratio="16:9")
    assert isinstance(events[-1], ImageResponse)
    (asked,) = server.asked
    assert asked.pop("image") == picture_bytes()
    assert asked == fields


CREATIVE = "model = 'upscale-creative'\ntask = 'upscale'"


async def test_the_creative_upscaler_is_asked_until_it_is_done(entry: Entry) -> None:
    server = Server()
    extra = f"{CREATIVE}\nextra = {{ creativity = 0.2 }}"
    ticket, *told, last = await entry.drawn(server, extra, prompt="a fox", image=picture_bytes())
    assert (ticket, told) == (Ticket(JOB), [Reasoning("Drawing")])
    assert isinstance(last, ImageResponse)
    assert base64.b64decode(last.url.partition(",")[2]) == picture_bytes()
    (asked,) = server.asked
    assert (asked["route"], asked["prompt"], asked["creativity"]) == ("upscale/creative", "a fox", "0.2")
    can = entry.model("http://localhost", CREATIVE).capabilities
    assert (can.resume, can.scale, can.input_pixels) == (True, None, 1024 * 1024)


async def test_a_job_of_the_creative_upscaler_is_resumed(entry: Entry) -> None:
    server = Server()
    async with serving(server) as url, clean_session() as session:
        provider = entry.model(url, CREATIVE).create()
        provider.poll_interval = 0.001
        events = [event async for event in provider.resume(Ticket(JOB), session)]
    assert isinstance(events[-1], ImageResponse)
    assert server.asked == []


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (200, {**RESULT, "finish_reason": "CONTENT_FILTERED"}, ContentRejected),
        (200, {"finish_reason": "SUCCESS"}, NoPicture),
        (403, {"id": "x", "name": "content_moderation", "errors": ["no"]}, ContentRejected),
        (404, {"id": "x", "name": "not_found", "errors": ["no"]}, ProviderError),
        (500, {"id": "x", "name": "internal_error", "errors": ["no"]}, Unavailable),
    ],
)
async def test_how_a_job_of_the_creative_upscaler_fails(
    entry: Entry, status: int, answer: Any, error: type[ProviderError]
) -> None:
    server = Server()
    server.results = [(status, answer)]
    with pytest.raises(error):
        await entry.drawn(server, CREATIVE, prompt="", image=picture_bytes())
    assert len(server.asked) == 1
    with pytest.raises(InvalidParameter, match="no picture to work on"):
        await entry.drawn(server, CREATIVE, prompt="")


async def test_a_picture_goes_on_by_so_many_pixels(entry: Entry) -> None:
    server = Server()
    text = "model = 'outpaint'\nextra = { creativity = 0.3 }"
    await entry.drawn(server, text, image=picture_bytes(), expand=(0, 12, 2500, 0))
    (asked,) = server.asked
    assert asked.pop("image") == picture_bytes()
    assert asked == {
        "route": "edit/outpaint", "prompt": "a fox", "creativity": "0.3", "left": "0", "up": "12", "right": "2000",
        "down": "0",
    }  # fmt: skip


async def test_what_takes_no_expansion_says_so(entry: Entry) -> None:
    events = await entry.drawn(Server(), "model = 'ultra'", image=picture_bytes(), expand=(1, 1, 1, 1))
    assert ("expand",) in [event.untaken for event in events if isinstance(event, Reasoning)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("model = 'upscale-fast'", "stability's upscale-fast does not draw; it does: upscale"),
        ("model = 'upscale-fast'\ntask = 'cutout'", "does not cut out what pictures show"),
        ("task = 'upscale'", "stability does not upscale pictures; it does: draw"),
        ("model = 'upscale-fast'\ntask = 'upscale'\nscale = 2", "has no such key"),
    ],
)
def test_a_model_has_one_task(entry: Entry, text: str, reason: str) -> None:
    with pytest.raises(CatalogError, match=reason):
        entry.model("https://api.stability.ai", text)
