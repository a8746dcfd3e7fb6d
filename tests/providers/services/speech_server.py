"""A local server that speaks OpenAI's transcriptions, and refuses what the real ones refuse."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import BodyPartReader, web

from tests.providers.serving import serving


class SpeechServer:
    """`says` is what it hears, or an answer of another kind; it may be changed meanwhile. `delay` is in seconds."""

    def __init__(self, says: Any = "a fox in the snow", *, key: str = "", model: str = "whisper-1") -> None:
        self.says = says
        self.key, self.model = key, model
        self.delay = 0.0
        self.heard: list[bytes] = []
        self.names: list[str] = []
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def start(cls, says: Any = "a fox in the snow", **keys: Any) -> AsyncIterator["SpeechServer"]:
        server = cls(says, **keys)
        async with serving(server) as url:
            server.url = f"{url}/v1"
            yield server

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            return _error(401, "Incorrect API key provided")
        if (request.method, request.path) != ("POST", "/v1/audio/transcriptions"):
            return _error(404, "Unknown request URL")
        fields: dict[str, str] = {}
        voice, name = b"", ""
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            if part.name == "file":
                voice, name = bytes(await part.read()), part.filename or ""
            else:
                fields[part.name or ""] = await part.text()
        if set(fields) - {"model", "language", "prompt", "response_format", "temperature"}:
            return _error(400, "unknown field")
        if fields.get("model") != self.model:
            return _error(404, f"model {fields.get('model')!r} not found")
        if name.rpartition(".")[2] not in {"ogg", "mp3", "wav", "m4a", "webm", "flac"}:
            return _error(400, f"Unsupported file format {name.rpartition('.')[2]}")
        if not voice:
            return _error(400, "Audio file is too short")
        self.heard.append(voice)
        self.names.append(name)
        await asyncio.sleep(self.delay)
        if isinstance(self.says, web.Response):
            return web.Response(body=self.says.body, status=self.says.status, content_type=self.says.content_type)
        return web.json_response({"text": self.says} if isinstance(self.says, str) else self.says)


def _error(status: int, message: str) -> web.Response:
    return web.json_response({"error": {"message": message, "type": "invalid_request_error"}}, status=status)
