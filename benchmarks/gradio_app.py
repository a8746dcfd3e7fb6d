"""The back-end of the benchmarks: a Gradio app on the queue protocol that draws at once, or when it is told to.

One generation is a POST, an event stream and the download of a picture, as with a real Space.
"""

import asyncio
import base64
import bisect
import io
import itertools
import json
import random
import time
from typing import Any

from aiohttp import web
from PIL import Image

API_NAME = "infer"
PREVIEW_PAUSE = 4.0  # s after each: longer than the bot waits between two edits


def photo(side: int, size: int) -> bytes:
    """A JPEG of `side` pixels a side and about `size` bytes: soft noise."""

    def noise(coarse: int) -> bytes:
        dots, out = random.Random(1), io.BytesIO()
        image = Image.frombytes("RGB", (coarse, coarse), dots.randbytes(3 * coarse * coarse))
        image.resize((side, side), Image.Resampling.BICUBIC).save(out, "JPEG", quality=80)
        return out.getvalue()

    grains = range(side // 32, side)
    return noise(grains[bisect.bisect_left(grains, size, hi=len(grains) - 1, key=lambda coarse: len(noise(coarse)))])


class GradioApp:
    """`step` None: draws at once. Else a progress message every so many seconds until `release`. Each drawing of
    a prompt in `gates` waits for its gate, then it has so many `previews`, and `completed` gets the moment when it was
    told of its picture."""

    def __init__(self, picture: bytes, previews: int = 0) -> None:
        self.step: float | None = None
        self.previews = previews
        self.gates: dict[str, asyncio.Event] = {}
        self.completed: dict[str, float] = {}  # by prompt, of `time.monotonic`
        self.open_streams = 0
        self.drawn = 0
        self._picture = picture
        self._inline = f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
        self._released = asyncio.Event()
        self._numbers = itertools.count(1)
        self._prompts: dict[str, str] = {}  # by the session whose stream will ask for it

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/config", self._config),
            web.post("/queue/join", self._join),
            web.get("/queue/data", self._stream),
            web.post(f"/run/{API_NAME}", self._at_once),
            web.get("/file={name}", self._file),
            web.post("/cancel", self._cancelled),
        ]

    def hold(self, step: float) -> None:
        self.step = step
        self._released.clear()

    def release(self) -> None:
        self._released.set()

    async def _config(self, _: web.Request) -> web.Response:
        function = {"id": 0, "api_name": API_NAME, "targets": [[1, "click"]], "inputs": []}
        return web.json_response({"version": "4.44.1", "dependencies": [function], "components": []})

    async def _join(self, request: web.Request) -> web.Response:
        body = await request.json()
        self._prompts[body["session_hash"]] = body["data"][0]
        return web.json_response({"event_id": f"{next(self._numbers):032x}"})

    async def _cancelled(self, _: web.Request) -> web.Response:
        return web.json_response({"success": True})

    async def _at_once(self, request: web.Request) -> web.Response:
        await request.read()
        self.drawn += 1
        return web.json_response({"data": [{"url": self._inline, "is_file": False}, next(self._numbers)]})

    async def _file(self, _: web.Request) -> web.Response:
        return web.Response(body=self._picture, content_type="image/jpeg")

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        answer.enable_chunked_encoding()
        await answer.prepare(request)
        prompt = self._prompts.pop(request.query["session_hash"])
        self.open_streams += 1
        try:
            await answer.write(_event("process_starts", eta=20.0))
            if prompt in self.gates:
                await self.gates.pop(prompt).wait()
                await self._preview(answer, request.host)
                self.completed[prompt] = time.monotonic()
            if self.step is not None:
                await self._draw_slowly(answer, self.step)
            data = [self._named(request.host), 1]
            await answer.write(_event("process_completed", success=True, output={"data": data}))
            self.drawn += 1
        finally:
            self.open_streams -= 1
        return answer

    def _named(self, host: str) -> dict[str, Any]:
        return {"url": f"http://{host}/file=picture-{next(self._numbers)}.jpg", "is_file": True}

    async def _preview(self, answer: web.StreamResponse, host: str) -> None:
        """As Gradio tells them: the outputs, and then edits of them."""
        for number in range(self.previews):
            shown = self._named(host)
            data = [[["replace", [], shown]], []] if number else [shown, 1]
            await answer.write(_event("process_generating", success=True, output={"data": data}))
            await asyncio.sleep(PREVIEW_PAUSE)

    async def _draw_slowly(self, answer: web.StreamResponse, step: float) -> None:
        for number in itertools.count(1):
            try:
                pause = step * random.uniform(0.5, 1.5)
                await asyncio.wait_for(self._released.wait(), pause)
                return
            except TimeoutError:
                done = {"index": number % 50, "length": 50, "unit": "steps", "progress": None, "desc": None}
                await answer.write(_event("progress", progress_data=[done]))


def _event(kind: str, **fields: Any) -> bytes:
    return b"data: " + json.dumps({"msg": kind, **fields}).encode() + b"\n\n"
