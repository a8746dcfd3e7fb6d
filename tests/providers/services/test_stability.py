"""Stability against a local server of its v2beta API."""

import base64
from pathlib import Path
from typing import Any

import pytest
from aiohttp import BodyPartReader, web

from providers import (
    BadAnswer,
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
    Unauthorized,
    Unavailable,
)
from tests.providers.entries import KEY, Entry
from tests.providers.serving import picture_bytes

RATIOS = {"16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"}
COMMON = {"prompt", "aspect_ratio", "negative_prompt", "seed", "style_preset", "output_format"}
SD3 = COMMON | {"model", "mode", "image", "strength", "cfg_scale"}
SD3_MODELS = {"sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium"}


class Server:
    """`said` comes in place of a picture."""

    def __init__(self, *, said: web.Response | None = None, finish: str = "SUCCESS", credits_left: Any = 3.5) -> None:
        self.said, self.finish, self.credits_left = said, finish, credits_left
        self.asked: list[dict[str, Any]] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return refuse(401, "unauthorized", "missing or invalid API key")
        if (request.method, request.path) == ("GET", "/v1/user/balance"):
            return web.json_response({"credits": self.credits_left})
        route = request.path.removeprefix("/v2beta/stable-image/generate/")
        if request.method != "POST" or route not in {"core", "ultra", "sd3"}:
            return refuse(404, "not_found", "no such endpoint")
        if request.content_type != "multipart/form-data" or request.headers["Accept"] != "image/*":
            return refuse(400, "bad_request", "content-type: must be multipart/form-data")
        fields = await self._fields(request)
        self.asked.append({"route": route, **fields})
        if wrong := self._wrong(route, fields):
            return refuse(400, "bad_request", wrong)
        if self.said is not None:
            return self.said
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
        if unknown := set(fields) - (SD3 if route == "sd3" else COMMON):
            return f"{unknown}: is not taken"
        if not 0 < len(fields.get("prompt", "")) <= 10_000:
            return "prompt: must be 1 to 10000 characters"
        if fields.get("aspect_ratio", "1:1") not in RATIOS:
            return "aspect_ratio: is none of the enumeration"
        if not 0 <= int(fields.get("seed", 0)) <= 4294967294:
            return "seed: out of range"
        if route == "sd3" and fields.get("model", "sd3.5-large") not in SD3_MODELS:
            return "model: is none of the enumeration"
        if fields.get("mode") == "image-to-image":
            whole = {"image", "strength"} <= set(fields) and 0 <= float(fields["strength"]) <= 1
            return None if whole and "aspect_ratio" not in fields else "strength: is required"
        return None


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
        {"route": "core", "prompt": "a fox", "negative_prompt": "dogs", "seed": "4294967294", "aspect_ratio": "5:4"}
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
