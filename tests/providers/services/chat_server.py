"""A local server that speaks OpenAI's chat shape, and refuses what the real ones refuse."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.providers.serving import serving

Said = str | web.Response | dict[str, Any]  # words, an answer of another kind, or fields of the choice
Scripted = Callable[[str, list[dict[str, Any]]], Said]  # the instructions, and the parts of what is said to it


class ChatServer:
    """`answers` gives each answer; it may be changed meanwhile. `delay` is in seconds, before each. `refused` are
    parameters that the model does not take, with the value that it does not take where that matters."""

    def __init__(self, answers: Scripted, *, key: str = "", model: str = "small", sees: bool = True) -> None:
        self.answers = answers
        self.key, self.model, self.sees = key, model, sees
        self.delay = 0.0
        self.slow_answers: Callable[[str, list[dict[str, Any]]], Awaitable[Said]] | None = None  # before `answers`
        self.refused: dict[str, object] = {}
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.cancelled = 0
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def start(cls, answers: Scripted, **keys: Any) -> AsyncIterator["ChatServer"]:
        server = cls(answers, **keys)
        async with serving(server) as url:
            server.url = f"{url}/v1"
            yield server

    @property
    def words(self) -> list[str]:
        """What was said to it, in the order of the questions."""
        return [_parts(body)[0]["text"] for body in self.asked]

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            return _error(401, "Incorrect API key provided", "invalid_api_key")
        if (request.method, request.path) != ("POST", "/v1/chat/completions"):
            return _error(404, "Unknown request URL", "unknown_url")
        body = await request.json()
        if body["model"] != self.model:
            return _error(404, f"model '{body['model']}' not found", "model_not_found")
        for name, value in self.refused.items():
            if name in body and value in (None, body[name]):
                return _error(400, f"Unsupported parameter: '{name}'", "unsupported_parameter", param=name)
        self.asked.append(body)
        parts = _parts(body)
        if not self.sees and any(part["type"] == "image_url" for part in parts):
            return _error(500, "image input is not supported - hint: you may need to provide the mmproj", None)
        try:
            await asyncio.sleep(self.delay)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        instructions = body["messages"][0]["content"]
        said = await self.slow_answers(instructions, parts) if self.slow_answers else self.answers(instructions, parts)
        if isinstance(said, web.Response):
            return said
        choice = {"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop"}
        if isinstance(said, dict):
            choice |= said
        return web.json_response({"id": "c-1", "object": "chat.completion", "choices": [choice], "usage": {}})


def _parts(body: dict[str, Any]) -> list[dict[str, Any]]:
    content = body["messages"][-1]["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _error(status: int, message: str, code: str | None, *, param: str | None = None) -> web.Response:
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return web.json_response({"error": error}, status=status)
