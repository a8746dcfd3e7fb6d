"""A local server of the OpenAI Images API (openai-python, `types/image_*.py`); what it does not know it refuses.

`gpt-image-*` always answer base64, stream, and refuse `response_format`; `dall-e-3` has n = 1 and sizes of its own.
"""

import base64
import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from aiohttp import BodyPartReader, web

from tests.providers.serving import picture_bytes

KEY = "sk-test"
SQUARE, WIDE, TALL = "1024x1024", "1536x1024", "1024x1536"
GPT = {"prompt", "model", "n", "size", "quality", "background", "moderation", "output_format", "output_compression",
       "stream", "partial_images", "user"}  # fmt: skip
DALLE = {"prompt", "model", "n", "size", "quality", "response_format", "user"}
TAKEN = {"gpt-image-1.5": GPT, "gpt-image-2": GPT, "dall-e-3": DALLE, "dall-e-2": DALLE}
SIZES = {
    "gpt-image-1.5": {SQUARE, WIDE, TALL, "auto"},
    "dall-e-3": {SQUARE, "1792x1024", "1024x1792"},
    "dall-e-2": {"256x256", "512x512", SQUARE},
}
USAGE = {
    "total_tokens": 15,
    "input_tokens": 5,
    "input_tokens_details": {"text_tokens": 5, "image_tokens": 0},
    "output_tokens": 10,
}  # LiteLLM refuses an answer without any of these
QUALITIES = {"gpt-image-1.5": {"low", "medium", "high", "auto"}, "dall-e-3": {"hd", "standard"}}


class OpenAIServer:
    """Remembers what it was asked; `said` is answered in place of a picture. `compatible` has the parameters that a
    server of another maker takes for its model "flux"."""

    def __init__(self, *, said: web.Response | None = None, compatible: Collection[str] = ()) -> None:
        self.said = said
        self.key = KEY
        self.compatible = set(compatible)
        self.asked: list[dict[str, Any]] = []
        self.pictures: list[bytes] = []
        self.partial = 2
        self.ends = True

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            return refuse(401, "invalid_api_key", f"Incorrect API key provided: {request.headers.get('Authorization')}")
        models = [*TAKEN, *(["flux"] if self.compatible else [])]
        if (request.method, request.path) == ("GET", "/v1/models"):
            return web.json_response({"object": "list", "data": [{"id": name, "object": "model"} for name in models]})
        if request.method != "POST" or request.path not in {"/v1/images/generations", "/v1/images/edits"}:
            return refuse(404, None, f"Invalid URL ({request.method} {request.path})")
        edit = request.path.endswith("edits")
        body = await (self._form(request) if edit else request.json())
        self.asked.append(body)
        model = body.get("model")
        if model not in models:
            return refuse(404 if edit else 400, "model_not_found", f"The model '{model}' does not exist.", "model")
        taken = self.compatible if model == "flux" else TAKEN[model]
        if unknown := sorted(set(body) - taken - ({"image[]", "mask"} if edit else set())):
            return refuse(400, "unknown_parameter", f"Unknown parameter: '{unknown[0]}'.", unknown[0])
        if (wrong := self._wrong(model, body)) is not None:
            return refuse(400, "invalid_value", f"Invalid value: '{body[wrong]}'.", wrong)
        if self.said is not None:
            return self.said
        if body.get("stream"):
            return await self._stream(request, "image_edit" if edit else "image_generation")
        return web.json_response({"created": 1, "data": list(self._data(body)), "usage": USAGE})

    async def _form(self, request: web.Request) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            assert part.name is not None
            if part.filename:
                assert part.headers["Content-Type"] in {"image/png", "image/jpeg", "image/webp"}
                self.pictures.append(bytes(await part.read()))
                fields[part.name] = part.filename
            else:
                text = await part.text()
                fields[part.name] = json.loads(text) if text in {"true", "false"} or text.isdigit() else text
        return fields

    def _wrong(self, model: str, body: dict[str, Any]) -> str | None:
        n, size = body.get("n", 1), body.get("size")
        if not isinstance(n, int) or not 1 <= n <= (1 if model == "dall-e-3" else 10):
            return "n"
        if model == "gpt-image-2" and size is not None:
            width, height = map(int, str(size).split("x"))
            fits = width % 16 == height % 16 == 0 and 1 / 3 <= width / height <= 3 and width <= 3840 and height <= 2160
            return None if fits else "size"
        if size is not None and model in SIZES and size not in SIZES[model]:
            return "size"
        if size is not None and not re.fullmatch(r"\d+x\d+|auto", size):
            return "size"
        if body.get("quality") is not None and body["quality"] not in QUALITIES.get(model, set()):
            return "quality"
        return "partial_images" if not 0 <= body.get("partial_images", 0) <= 3 else None

    def _data(self, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for number in range(body.get("n", 1)):
            picture = base64.b64encode(picture_bytes(color=("red", "green", "blue")[number % 3])).decode()
            if body.get("response_format", "b64_json") == "b64_json":
                yield {"b64_json": picture, "revised_prompt": "A red\nfox, <b>oil</b>"}
            else:
                yield {"url": "https://pictures.example/1.png"}

    async def _stream(self, request: web.Request, kind: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        picture = base64.b64encode(picture_bytes("JPEG")).decode()
        events: list[dict[str, Any]] = [
            {"type": f"{kind}.partial_image", "b64_json": picture, "partial_image_index": number}
            for number in range(self.partial)
        ]
        if self.ends:
            events.append({"type": f"{kind}.completed", "b64_json": picture, "usage": USAGE})
        for event in events:
            await response.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
        return response


def refuse(status: int, code: str | None, message: str, param: str | None = None, kind: str = "x") -> web.Response:
    error = {"code": code, "message": message, "param": param, "type": kind}
    return web.json_response({"error": error}, status=status)
