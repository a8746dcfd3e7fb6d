"""Gradio servers for tests: one that replays recorded transcripts, and one that does as a test tells it."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

WIRE = Path(__file__).parents[2] / "wire"
VERSIONS = ("4.44.1", "5.50.0", "6.31.0")


@asynccontextmanager
async def serving(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """The base URL of a server on a free port that gives every request to the handler."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return await handler(request)

    app = web.Application(client_max_size=100_000_000)
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


def transcript(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((WIRE / f"{name}.json").read_text())
    return loaded


def messages_of(stream: str) -> list[str]:
    """A stream's text, cut after each message."""
    return [part + "\n\n" for part in stream.split("\n\n") if part]


def prefix_of(version: str) -> str:
    return "" if version.startswith("4") else "/gradio_api"


def config(version: str, api_name: str, fn_index: int, *, trigger: int | None = None, **more: Any) -> dict[str, Any]:
    """A `/config` with one function whose inputs are not told."""
    found: dict[str, Any] = {
        "version": version,
        "dependencies": [{"id": fn_index, "api_name": api_name, "targets": [[trigger, "click"]], "inputs": [], **more}],
        "components": [],
    }
    if prefix := prefix_of(version):
        found["api_prefix"] = prefix
    return found


@dataclass
class Seen:
    """A request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class Replay:
    """Answers each route with the transcript's exchanges of that route, in order, the last again and again.

    Streams are written in pieces of `piece` bytes (None: as recorded); `cut` closes the connection hard after so many
    of their messages.
    """

    recorded: dict[str, Any]
    config: dict[str, Any] | None = None
    piece: int | None = None
    cut: int | None = None
    seen: list[Seen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_route: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for exchange in self.recorded["exchanges"]:
            method, target, _ = exchange["request"]["line"].split(" ")
            self._by_route[method, target.partition("?")[0]].append(exchange["response"])

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.content_type == "application/json" and request.can_read_body else None
        self.seen.append(Seen(request.method, request.path, dict(request.query), dict(request.headers), body))
        if request.path == "/config" and self.config is not None:
            return web.json_response(self.config)
        if request.path.endswith("/cancel") and (request.method, request.path) not in self._by_route:
            return web.json_response({"success": True})
        found = self._by_route.get((request.method, request.path))
        if not found:
            return web.json_response({"detail": "Not Found"}, status=404)
        response = found.pop(0) if len(found) > 1 else found[0]
        status = int(response["status_line"].split(" ")[1])
        kind = response["headers"].get("content-type", "application/json")
        text = "".join(chunk for _, chunk in response["chunks"])
        if not kind.startswith("text/event-stream"):
            return web.Response(body=text.encode(), status=status, headers={"Content-Type": kind})
        return await self._stream(request, text, abrupt=str(response["ended"]).startswith("abrupt"))

    async def _stream(self, request: web.Request, text: str, *, abrupt: bool) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        answer.enable_chunked_encoding()
        await answer.prepare(request)
        for message in messages_of(text)[: self.cut]:
            for piece in pieces(message.encode(), self.piece):
                await answer.write(piece)
        if abrupt or self.cut is not None:
            await hang_up(request)
        return answer


def pieces(data: bytes, size: int | None) -> Iterator[bytes]:
    step = size or len(data)
    return (data[i : i + step] for i in range(0, len(data), step))


async def hang_up(request: web.Request) -> None:
    """Close the connection without the last chunk, after what was written has left."""
    await asyncio.sleep(0.01)
    assert request.transport is not None
    request.transport.abort()
    await asyncio.sleep(0.05)


Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Told:
    """A Gradio server whose routes are what a test sets: `routes["POST /call/infer"] = answer`.

    An answer is a JSON value, a list of SSE messages (sent and ended), or a handler. What is not set is 404.
    """

    routes: dict[str, Any] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.content_type == "application/json" and request.can_read_body:
            body: Any = await request.json()
        else:
            body = await request.read() if request.can_read_body else None
        self.seen.append(Seen(request.method, request.path, dict(request.query), dict(request.headers), body))
        answer = self.routes.get(f"{request.method} {request.path}")
        if answer is None:
            return web.json_response({"detail": "Not Found"}, status=404)
        if callable(answer):
            found: web.StreamResponse = await answer(request)
            return found
        if isinstance(answer, list) and answer and isinstance(answer[0], bytes):
            return await stream(request, answer)
        return web.json_response(answer)

    def posts(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.method == "POST" and seen.path == path]


async def stream(
    request: web.Request, chunks: list[bytes], *, stay: bool = False, cut: bool = False
) -> web.StreamResponse:
    """An event stream; `stay` never ends it, `cut` breaks it off."""
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
    answer.enable_chunked_encoding()
    await answer.prepare(request)
    for chunk in chunks:
        await answer.write(chunk)
    if stay:
        await asyncio.Event().wait()
    if cut:
        await hang_up(request)
    return answer


def call_event(event: str, data: Any) -> bytes:
    return f"event: {event}\ndata: {json.dumps(data)}\n\n".encode()


def queue_event(**message: Any) -> bytes:
    return f"data: {json.dumps(message, separators=(',', ':'))}\n\n".encode()


def file_data(path: str = "/tmp/gradio/x/image.webp", url: str | None = None) -> dict[str, Any]:
    return {"path": path, "url": url, "orig_name": "image.webp", "meta": {"_type": "gradio.FileData"}}
