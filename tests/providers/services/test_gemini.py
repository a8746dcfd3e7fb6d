"""Gemini against a local server of its native API (google-genai's types); what it does not know it refuses."""

import base64
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

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

MODELS = {"gemini-3.1-flash-image", "gemini-3-pro-image", "gemini-2.5-flash-image"}
TEN = {"1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"}
RATIOS = {"gemini-2.5-flash-image": TEN, "gemini-3-pro-image": TEN, "gemini-3.1-flash-image": TEN | {"1:4", "4:1"}}
SIZES = {"gemini-3.1-flash-image": {"512", "1K", "2K", "4K"}, "gemini-3-pro-image": {"1K", "2K", "4K"}}
INPUTS = {"gemini-2.5-flash-image": 3}
CONFIG = {"responseModalities", "imageConfig", "seed", "temperature", "topP", "thinkingConfig"}
DRAFT = base64.b64encode(picture_bytes(color="grey")).decode()
DRAWN = base64.b64encode(picture_bytes("JPEG")).decode()


def answer(*parts: Any, reason: str = "STOP", **more: Any) -> Any:
    return {"candidates": [{"content": {"role": "model", "parts": list(parts)}, "finishReason": reason, **more}]}


PICTURE = answer(
    {"text": "A draft", "thought": True},
    {"inlineData": {"mimeType": "image/png", "data": DRAFT}, "thought": True},
    {"text": "Here is your fox"},
    {"inlineData": {"mimeType": "image/jpeg", "data": DRAWN}, "thoughtSignature": "abc"},
)


def withheld(reason: str, **more: Any) -> Any:
    return {"candidates": [{"content": {}, "finishReason": reason, **more}]}


class Server:
    """Answers with `said` in turn, the last for ever; a response as it is."""

    def __init__(self, *said: Any) -> None:
        self.said = list(said) or [PICTURE]
        self.asked: list[dict[str, Any]] = []
        self.pictures: list[bytes] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        assert "key" not in request.query  # it would stand in logs
        if request.headers.get("x-goog-api-key") != KEY:
            return refuse(400, "INVALID_ARGUMENT", "API key not valid", {"reason": "API_KEY_INVALID"})
        if (request.method, request.path) == ("GET", "/v1beta/models"):
            return web.json_response({"models": [{"name": f"models/{name}"} for name in sorted(MODELS)]})
        model, _, method = request.path.removeprefix("/v1beta/models/").partition(":")
        if request.method != "POST" or method != "generateContent" or model not in MODELS:
            return refuse(404, "NOT_FOUND", f"models/{model} is not found for API version v1beta")
        body = await request.json()
        self.asked.append({"model": model, **body})
        if wrong := self._wrong(model, body):
            return refuse(400, "INVALID_ARGUMENT", wrong)
        said = self.said.pop(0) if len(self.said) > 1 else self.said[0]
        return web.json_response(said) if isinstance(said, dict | list) else await said()

    def _wrong(self, model: str, body: dict[str, Any]) -> str | None:
        if unknown := set(body) - {"contents", "generationConfig", "safetySettings", "systemInstruction", "tools"}:
            return f"Unknown name {unknown}"
        (content,) = body["contents"]
        inline = [part["inlineData"] for part in content["parts"] if "inlineData" in part]
        self.pictures = [base64.b64decode(each["data"], validate=True) for each in inline]
        if len(inline) > INPUTS.get(model, 14) or any(not each["mimeType"].startswith("image/") for each in inline):
            return "too many pictures"
        config = body["generationConfig"]
        if unknown := set(config) - CONFIG:
            return f"Unknown name {unknown}"
        if not 0 <= config.get("seed", 0) < 2**31:
            return "seed: out of range"
        image = config.get("imageConfig", {})
        if set(image) - {"aspectRatio", "imageSize"}:
            return "not on this API"
        if image.get("aspectRatio", "1:1") not in RATIOS[model] or (
            "imageSize" in image and image["imageSize"] not in SIZES.get(model, set())
        ):
            return "aspectRatio or imageSize: not supported"
        return None


def refuse(status: int, kind: str, message: str, *details: Any) -> web.Response:
    return web.json_response(
        {"error": {"code": status, "message": message, "status": kind, "details": list(details)}}, status=status
    )


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return Entry(tmp_path, "gemini")


async def test_a_picture_and_no_drafts_of_it(entry: Entry) -> None:
    server = Server()
    events = await entry.drawn(server, seed=2**32 - 1)
    assert events == [Reasoning("Generating"), ImageResponse([f"data:image/jpeg;base64,{DRAWN}"], "a fox")]
    assert server.asked == [
        {
            "model": "gemini-3.1-flash-image",
            "contents": [{"role": "user", "parts": [{"text": "a fox"}]}],
            "generationConfig": {"responseModalities": ["TEXT", "IMAGE"], "seed": 2**31 - 1},
        }
    ]


async def test_several_pictures_in_their_order_before_the_words(entry: Entry) -> None:
    server = Server()
    pictures = (picture_bytes("JPEG", color="red"), picture_bytes(color="green"), picture_bytes("WEBP"))
    await entry.drawn(server, images=pictures)
    assert server.pictures == list(pictures)
    parts = server.asked[0]["contents"][0]["parts"]
    assert [part.get("inlineData", {}).get("mimeType") for part in parts] == [
        "image/jpeg", "image/png", "image/webp", None,
    ]  # fmt: skip
    first, *_ = await entry.drawn(server, "model = 'gemini-2.5-flash-image'", images=(picture_bytes(),) * 4)
    assert first == Reasoning("Gemini does not take: image")
    assert len(server.pictures) == 3
    with pytest.raises(InvalidParameter):
        await entry.drawn(server, image=b"what")


@pytest.mark.parametrize(
    ("model", "asked", "sent"),
    [
        ("gemini-3.1-flash-image", {"aspect_ratio": "16:9"}, {"aspectRatio": "16:9"}),
        ("gemini-3.1-flash-image", {"width": 400, "height": 500}, {"aspectRatio": "4:5", "imageSize": "512"}),
        ("gemini-3.1-flash-image", {"width": 500, "height": 2000}, {"aspectRatio": "1:4"}),
        ("gemini-3-pro-image", {"width": 2048, "height": 2048}, {"aspectRatio": "1:1", "imageSize": "2K"}),
        ("gemini-3-pro-image", {"width": 4096, "height": 4096}, {"aspectRatio": "1:1", "imageSize": "4K"}),
        ("gemini-3-pro-image", {"width": 512}, {"aspectRatio": "1:1"}),
        ("gemini-2.5-flash-image", {"width": 4096, "height": 1000}, {"aspectRatio": "21:9"}),
        ("gemini-2.5-flash-image", {}, None),
    ],
)
async def test_sizes_by_ratio_and_tier(entry: Entry, model: str, asked: Any, sent: Any) -> None:
    server = Server()
    await entry.drawn(server, f"model = '{model}'", **asked)
    assert server.asked[0]["generationConfig"].get("imageConfig") == sent


async def test_fields_of_ones_own_are_merged_in(entry: Entry) -> None:
    server = Server()
    text = "extra = { generationConfig = { imageConfig = { imageSize = '2K' } }, safetySettings = [] }"
    await entry.drawn(server, text, aspect_ratio="3:2")
    assert server.asked[0]["generationConfig"]["imageConfig"] == {"aspectRatio": "3:2", "imageSize": "2K"}
    assert server.asked[0]["safetySettings"] == []


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}, ContentRejected, "PROHIBITED_CONTENT"),
        ({"promptFeedback": {"blockReason": "IMAGE_SAFETY"}, "candidates": []}, ContentRejected, "IMAGE_SAFETY"),
        (withheld("IMAGE_SAFETY", finishMessage="Unable to show the picture"), ContentRejected, "Unable to show"),
        (withheld("IMAGE_PROHIBITED_CONTENT"), ContentRejected, "IMAGE_PROHIBITED"),
        (withheld("RECITATION"), ContentRejected, "RECITATION"),
        (answer({"text": "I cannot draw real people."}), ContentRejected, "real people"),
        (withheld("PUP_LIMITED_DISABLED"), Unauthorized, "account"),
        (withheld("MAX_TOKENS"), NoPicture, "MAX_TOKENS"),
        (withheld("IMAGE_OTHER"), NoPicture, "IMAGE_OTHER"),
        ({}, NoPicture, "without"),
        ({"candidates": "what"}, NoPicture, "without"),
        ({"candidates": [{"content": {"parts": 7}, "finishReason": 8}]}, NoPicture, "8"),
        ([], BadAnswer, "JSON"),
    ],
)
async def test_refusals_with_status_200(entry: Entry, said: Any, kind: type[ProviderError], words: str) -> None:
    with pytest.raises(ProviderError, match=words) as caught:
        await entry.drawn(Server(said))
    assert isinstance(caught.value, kind)


async def test_no_picture_for_a_passing_reason_is_worth_another_job(entry: Entry) -> None:
    """Not within this one: its tokens may have been charged, so whoever counts has to hear of a second."""
    server = Server(withheld("NO_IMAGE"), PICTURE)
    with pytest.raises(NoPicture) as caught:
        await entry.drawn(server)
    assert caught.value.repeatable
    assert len(server.asked) == 1


def quota(quota_id: str, value: str, *more: Any) -> Any:
    violation = {"quotaId": quota_id, "quotaValue": value}
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}, *more


@pytest.mark.parametrize(
    ("status", "kind", "message", "details", "wanted", "retry"),
    [
        (429, "RESOURCE_EXHAUSTED", "quota", quota("PerMinute", "5", {"retryDelay": "47.5s"}), QuotaExceeded, 47.5),
        (429, "RESOURCE_EXHAUSTED", "quota", quota("PerDayPerProject-FreeTier", "0"), PaymentRequired, None),
        (429, "RESOURCE_EXHAUSTED", "quota", ({"retryDelay": "9" * 400 + "s"},), QuotaExceeded, None),
        (400, "FAILED_PRECONDITION", "User location is not supported", (), Unauthorized, None),
        (400, "FAILED_PRECONDITION", "enable billing", (), PaymentRequired, None),
        (400, "INVALID_ARGUMENT", "no", (), InvalidParameter, None),
        (403, "PERMISSION_DENIED", "no", (), Unauthorized, None),
        (503, "UNAVAILABLE", "The model is overloaded", (), Unavailable, None),
        (504, "DEADLINE_EXCEEDED", "no", (), Unavailable, None),
    ],
)
async def test_errors(
    entry: Entry, status: int, kind: str, message: str, details: Any, wanted: type[ProviderError], retry: Any
) -> None:
    async def said() -> web.Response:
        return refuse(status, kind, message, *details)

    with pytest.raises(ProviderError) as caught:
        await entry.drawn(Server(said))
    assert type(caught.value) is wanted
    assert getattr(caught.value, "retry_after", None) == retry


async def test_the_quota_of_a_day_ends_at_midnight_in_california(entry: Entry) -> None:
    async def said() -> web.Response:
        return refuse(429, "RESOURCE_EXHAUSTED", "quota", *quota("RequestsPerDay", "100"))

    with pytest.raises(QuotaExceeded) as caught:
        await entry.drawn(Server(said))
    assert 0 < (caught.value.retry_after or 0) <= 86_400


async def test_a_wrong_key_a_wrong_name_and_a_wrong_server(entry: Entry) -> None:
    await entry.checked(Server())
    for attempt in (entry.drawn, entry.checked):
        with pytest.raises(Unauthorized) as caught:
            await attempt(Server(), "", "another-key")
        assert "another-key" not in str(caught.value)
        with pytest.raises(ModelNotFound):
            await attempt(Server(), "model = 'gemini-9-image'")

        async def stranger(request: web.Request) -> web.StreamResponse:
            return web.Response(text="404 page not found", status=404)

        with pytest.raises(NotThisServer):
            await attempt(stranger)
