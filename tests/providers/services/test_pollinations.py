"""Pollinations against a local server of its API (gen.pollinations.ai)."""

import base64
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from yarl import URL

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

QUERY = {"model", "width", "height", "seed", "enhance", "safe", "quality", "image", "transparent"}
MODELS = [{"name": "flux", "aliases": ["flux-schnell"]}, "turbo"]


class Server:
    def __init__(self, *, said: web.Response | None = None, models: Any = MODELS) -> None:
        self.said, self.models = said, models
        self.asked: list[tuple[str, dict[str, str]]] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if (request.method, request.path) == ("GET", "/image/models"):
            return web.json_response(self.models)
        if request.method != "GET" or not request.path.startswith("/image/"):
            return web.Response(text="404 Not Found", status=404)
        if request.headers.get("Authorization") != f"Bearer {KEY}" or "key" in request.query:
            return refuse(401, "UNAUTHORIZED", "A valid API key is needed")
        prompt = URL(request.raw_path, encoded=True).raw_path.removeprefix("/image/")
        assert "/" not in prompt
        self.asked.append((request.path.removeprefix("/image/"), dict(request.query)))
        if unknown := set(request.query) - QUERY:
            return refuse(400, "BAD_REQUEST", f"Unrecognized keys: {unknown}")
        if request.query.get("quality", "low") not in {"low", "medium", "high", "hd"}:
            return refuse(400, "BAD_REQUEST", "Invalid option: expected one of low, medium, high, hd")
        if request.query["model"] not in {"flux", "flux-schnell", "turbo"}:
            return refuse(400, "BAD_REQUEST", f"Invalid model: {request.query['model']}")
        if self.said is not None:
            return self.said
        return web.Response(body=picture_bytes("JPEG"), content_type="image/jpeg")


def refuse(status: int, code: str, message: str) -> web.Response:
    answer = {"status": status, "success": False, "error": {"code": code, "message": message}}
    return web.json_response(answer, status=status)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "pollinations")


async def test_a_picture_by_a_url(entry: Entry) -> None:
    server = Server()
    events = await entry.drawn(
        server, "extra = { safe = true, quality = 'hd' }", width=512, height=640, seed=7, guidance_scale=3.0
    )
    assert events[0] == Reasoning("Pollinations does not take: guidance_scale")
    assert isinstance(events[-1], ImageResponse)
    assert base64.b64decode(events[-1].url.partition(",")[2]) == picture_bytes("JPEG")
    query = {"model": "flux", "width": "512", "height": "640", "seed": "7", "safe": "true", "quality": "hd"}
    assert server.asked == [("a fox", query)]


@pytest.mark.parametrize(
    "prompt",
    ["a/b", "what? a #1 fox & 100% more", "лиса в снегу", "../../admin", "a+b", "%2e%2e", "models?x", "🦊", "a\nb"],
)
async def test_any_words_are_one_part_of_the_path(entry: Entry, prompt: str) -> None:
    server = Server()
    await entry.drawn(server, prompt=prompt)
    assert [asked for asked, _ in server.asked] == [prompt.replace("\n", " ")]


@pytest.mark.parametrize("prompt", [".", ".."])
async def test_dots_lead_nowhere_else(entry: Entry, prompt: str) -> None:
    server = Server()
    await entry.drawn(server, prompt=prompt)
    assert [asked.strip() for asked, _ in server.asked] == [prompt]


async def test_words_too_long_for_a_url(entry: Entry) -> None:
    server = Server()
    with pytest.raises(InvalidParameter, match="too long"):
        await entry.drawn(server, prompt="лиса " * 300)
    assert server.asked == []
    assert isinstance((await entry.drawn(server, prompt="a fox " * 250))[-1], ImageResponse)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (refuse(402, "PAYMENT_REQUIRED", "Insufficient balance"), PaymentRequired),
        (refuse(403, "FORBIDDEN", "no access"), Unauthorized),
        (refuse(400, "BAD_REQUEST", "Prompt was rejected by content moderation"), ContentRejected),
        (refuse(400, "BAD_REQUEST", "seed: too big"), InvalidParameter),
        (refuse(429, "RATE_LIMITED", "slow down"), QuotaExceeded),
        (refuse(500, "INTERNAL", "oops"), Unavailable),
        (web.Response(status=530), Unavailable),
        (web.Response(body=b"", content_type="image/jpeg"), NoPicture),
        (web.Response(text="{}", content_type="application/json"), BadAnswer),
        (web.Response(status=302, headers={"Location": "https://evil.example"}), BadAnswer),
    ],
)
async def test_refusals_and_hostile_answers(entry: Entry, said: web.Response, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(said=said))
    assert type(caught.value) is kind


async def test_a_huge_answer(entry: Entry) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/jpeg"})
        await response.prepare(request)
        for _ in range(60):
            await response.write(b" " * 1_000_000)
        return response

    with pytest.raises(BadAnswer, match="MB"):
        await entry.drawn(handler)


async def test_a_wrong_key_a_wrong_name_and_a_wrong_server(entry: Entry) -> None:
    with pytest.raises(Unauthorized):
        await entry.drawn(Server(), "", "wrong")
    for attempt in (entry.drawn, entry.checked):
        with pytest.raises(ModelNotFound, match="dream"):
            await attempt(Server(), "model = 'dream'")

        async def stranger(request: web.Request) -> web.StreamResponse:
            return web.json_response({"detail": "Not Found"}, status=404)

        with pytest.raises(NotThisServer):
            await attempt(stranger)
    answers: tuple[object, ...] = ({}, "what", None)
    for models in answers:
        with pytest.raises(NotThisServer):
            await entry.checked(Server(models=models))
    for name in ("flux", "flux-schnell", "turbo"):
        await entry.checked(Server(), f"model = '{name}'", None)
