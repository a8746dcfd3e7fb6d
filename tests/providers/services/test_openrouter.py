"""OpenRouter's image API against a local server that refuses what its own list does not name for a model."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from providers import (
    BadAnswer,
    ContentRejected,
    ImagePreview,
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

DRAWN = base64.b64encode(picture_bytes()).decode()
MODELS: dict[str, Any] = {
    "black-forest-labs/flux.2-pro": {
        "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["image"]},
        "supports_streaming": False,
        "supported_parameters": {
            "aspect_ratio": {"type": "enum", "values": ["1:1", "16:9", "9:16", "3:2", "2.35:1", "auto"]},
            "resolution": {"type": "enum", "values": ["1K", "2K"]},
            "seed": {"type": "range", "min": 0, "max": 2**32},
            "input_references": {"type": "range", "min": 0, "max": 2},
        },
    },
    "openai/gpt-image-2.5-flare": {
        "architecture": {"input_modalities": ["text"]},
        "supports_streaming": True,
        "supported_parameters": {"n": {"type": "range", "min": 1, "max": 4}, "size": {"type": "boolean"}},
    },
    "plain/words-only": {"architecture": {"input_modalities": ["text"]}, "supported_parameters": {}},
}
COMMON = {"model", "prompt", "stream", "provider", "quality"}


class Server:
    def __init__(self, said: web.Response | None = None, *, listed: int = 200, usage: float = 1) -> None:
        self.said, self.listed, self.usage = said, listed, usage
        self.asked: list[dict[str, Any]] = []
        self.pictures: list[bytes] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        match request.method, request.path:
            case "GET", "/api/v1/images/models":  # needs no key
                return web.json_response({"data": [{"id": name, **each} for name, each in MODELS.items()]},
                                         status=self.listed)  # fmt: skip
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return refuse(401, "No auth credentials found")
        match request.method, request.path:
            case "GET", "/api/v1/key":
                return web.json_response({"data": {"limit": 10, "usage": self.usage}})
            case "POST", "/api/v1/images":
                return await self._draw(request)
        return web.Response(text="<html>404</html>", status=404)

    async def _draw(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        supported = MODELS[body["model"]]["supported_parameters"]
        if unknown := set(body) - COMMON - set(supported):
            return refuse(400, f"unsupported: {unknown}")
        for name in ("aspect_ratio", "resolution"):
            if name in body and body[name] not in supported[name]["values"]:
                return refuse(400, name)
        for item in body.get("input_references", []):
            assert item["type"] == "image_url"
            head, _, data = item["image_url"]["url"].partition(",")
            assert head.startswith("data:image/")
            self.pictures.append(base64.b64decode(data, validate=True))
        if self.said is not None:
            return self.said
        if body.get("stream"):
            return await self._stream(request)
        data = [{"b64_json": DRAWN, "media_type": "image/png"}] * body.get("n", 1)
        return web.json_response({"created": 1, "data": data, "usage": {"cost": 0.03}})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        events: list[Any] = [
            {"type": "image_generation.partial_image", "b64_json": DRAWN, "partial_image_index": 0},
            {"type": "image_generation.completed", "b64_json": DRAWN},
        ]
        text = ": OPENROUTER PROCESSING\n\n" + "".join(f"data: {json.dumps(event)}\n\n" for event in events)
        return web.Response(text=text + "data: [DONE]\n\n", content_type="text/event-stream")


def refuse(status: int, message: str, **more: Any) -> web.Response:
    return web.json_response({"error": {"code": status, "message": message, **more}}, status=status)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "openrouter")


async def test_what_a_model_takes_is_read_from_its_list(entry: Entry) -> None:
    server = Server()
    pictures = (picture_bytes("JPEG"), picture_bytes())
    events = await entry.drawn(server, "images = 2", images=pictures, seed=7, aspect_ratio="16:9", n=2)
    assert events == [
        Reasoning("Generating"),
        Reasoning("black-forest-labs/flux.2-pro does not take: n"),
        ImageResponse([f"data:image/png;base64,{DRAWN}"], "a fox"),
    ]
    (asked,) = server.asked
    assert len(asked.pop("input_references")) == 2
    assert server.pictures == list(pictures)
    assert asked == {
        "model": "black-forest-labs/flux.2-pro",
        "prompt": "a fox",
        "aspect_ratio": "16:9",
        "resolution": "1K",
        "seed": 7,
    }


async def test_what_a_model_does_not_take_is_told(entry: Entry) -> None:
    server = Server()
    events = await entry.drawn(server, "model = 'plain/words-only'", image=picture_bytes(), seed=7, width=512)
    assert ("seed", "image", "width", "height") in [event.untaken for event in events if isinstance(event, Reasoning)]
    assert server.asked == [{"model": "plain/words-only", "prompt": "a fox"}]
    events = await entry.drawn(server, images=(picture_bytes(),) * 3)
    assert ("image",) in [event.untaken for event in events if isinstance(event, Reasoning)]
    assert len(server.asked[-1]["input_references"]) == 2


@pytest.mark.parametrize(
    ("size", "sent"),
    [({"width": 1200, "height": 800}, ("3:2", "1K")), ({"width": 2048, "height": 2048}, ("1:1", "2K")),
     ({"aspect_ratio": "21:9"}, ("16:9", "1K")), ({}, (None, None))],
)  # fmt: skip
async def test_shapes(entry: Entry, size: Any, sent: Any) -> None:
    server = Server()
    await entry.drawn(server, **size)
    assert (server.asked[0].get("aspect_ratio"), server.asked[0].get("resolution")) == sent


async def test_streams_where_the_list_says_so(entry: Entry) -> None:
    server = Server()
    text = "model = 'openai/gpt-image-2.5-flare'\npartial_images = 1\nextra = { provider = { sort = 'price' } }"
    events = await entry.drawn(server, text, width=512, height=512)
    assert [type(event) for event in events] == [Reasoning, ImagePreview, ImageResponse]
    assert server.asked[0]["stream"] is True
    assert server.asked[0]["size"] == "512x512"
    assert server.asked[0]["provider"] == {"sort": "price"}
    events = await entry.drawn(server, f"images = 3\n{text}", n=3)
    assert isinstance(events[-1], ImageResponse)
    assert len(events[-1].images) == 3
    assert "stream" not in server.asked[1]
    await entry.drawn(server, "partial_images = 1")
    assert "stream" not in server.asked[2]


async def test_without_the_list_it_gets_words_and_pictures(entry: Entry) -> None:
    server = Server(listed=503)
    events = await entry.drawn(server, image=picture_bytes(), seed=7)
    assert isinstance(events[-1], ImageResponse)
    assert set(server.asked[0]) == {"model", "prompt", "input_references"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refuse(402, "Insufficient credits"), PaymentRequired),
        (refuse(402, "busy", metadata={"limit_source": "openrouter_in_flight_budget"}), QuotaExceeded),
        (refuse(403, "flagged", metadata={"reasons": ["sexual"], "flagged_input": "a fox"}), ContentRejected),
        (refuse(403, "guardrail"), Unauthorized),
        (refuse(400, "no", metadata={"error_type": "content_policy_violation"}), ContentRejected),
        (refuse(400, "no", error_type="image_too_large"), InvalidParameter),
        (refuse(404, "No endpoints found"), ModelNotFound),
        (refuse(408, "timeout"), Unavailable),
        (refuse(429, "slow"), QuotaExceeded),
        (refuse(502, "no"), Unavailable),
        (refuse(529, "overloaded"), Unavailable),
        (web.json_response({"error": {"code": 502, "message": "Provider returned error"}}), Unavailable),
        (web.json_response({"error": {"code": 403, "message": "no", "metadata": {"reasons": []}}}), ContentRejected),
        (web.json_response({"data": []}), ContentRejected),
        (web.json_response({}), NoPicture),
        (web.json_response({"data": [{"b64_json": 7}]}), BadAnswer),
        (web.Response(text="<html>"), BadAnswer),
    ],
)
async def test_refusals(entry: Entry, said: web.Response, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(said))
    assert type(caught.value) is kind
    assert "a fox" not in str(caught.value)


async def test_a_wrong_key_a_wrong_name_and_a_wrong_server(entry: Entry) -> None:
    await entry.checked(Server())
    with pytest.raises(PaymentRequired):
        await entry.checked(Server(usage=10))
    for attempt in (entry.drawn, entry.checked):
        with pytest.raises(Unauthorized):
            await attempt(Server(), "", "another-key")
        with pytest.raises(ModelNotFound, match=r"flux\.2-pro"):
            await attempt(Server(), "model = 'nobody/nothing'")

        async def stranger(request: web.Request) -> web.StreamResponse:
            return web.Response(text="404 page not found", status=404)

        with pytest.raises(NotThisServer):
            await attempt(stranger)
