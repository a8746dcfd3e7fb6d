"""The scripted back-ends: a Gradio app (queue protocol, cannot resume) and ImageLabs (submit and poll, can), served
by the harness, which therefore knows what was handed over, and can end the bot at any of their steps.

A prompt names its picture: "fox 17" is one of the size that `size_of(17)` says, so one in the wrong place is seen.
"""

import asyncio
import io
import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

from aiohttp import web
from PIL import Image

# Called at each step as `gradio.join`, ..., with the number in the prompt. It may wait, or raise `Cut`.
Hook = Callable[[str, int], Awaitable[None]]

STEPS = (
    "gradio.join",  # the job comes in
    "gradio.joined",  # the job is there, its id is not answered yet
    "gradio.stream",  # its stream is asked for
    "gradio.estimation",
    "gradio.started",
    "gradio.progress",
    "gradio.preview",
    "gradio.completed",  # before the last message leaves
    "labs.submit",
    "labs.submitted",  # the job is there, its id is not answered yet
    "labs.poll",
    "labs.done",  # before the answer that names the picture leaves
    "picture.asked",
    "picture.half",
    "picture.given",  # all of it has left
)


class Cut(Exception):  # noqa: N818 - an order
    """The line breaks here."""


@dataclass
class Answer(Exception):  # noqa: N818 - likewise
    """This in place of what would be said."""

    status: int = 200
    body: str = ""
    content_type: str = "application/json"


def size_of(number: int) -> tuple[int, int]:
    return 32 + number % 50, 32 + number // 50 % 50


@lru_cache(maxsize=64)
def picture_of(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size_of(number), (number * 37 % 256, number * 91 % 256, 120)).save(out, "PNG")
    return out.getvalue()


def number_in(prompt: str) -> int:
    found = re.search(r"\d+", prompt)
    assert found is not None, f"a prompt without a number: {prompt!r}"
    return int(found[0])


@dataclass
class Job:
    prompt: str
    seed: int
    polls: int = 0
    cancelled: bool = False

    @property
    def number(self) -> int:
        return number_in(self.prompt)


@dataclass
class Backend:
    """`hook` hears of every step. `jobs` are all that were handed over, by id."""

    url: str = ""
    hook: Hook | None = None
    jobs: dict[str, Job] = field(default_factory=dict)
    polls: int = 3  # of an ImageLabs job until it is done
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def models(self, **keys: object) -> str:
        """The catalogue's file for these two."""
        more = "".join(f"{key} = {value}\n" for key, value in keys.items())
        return (
            "builtin = false\n"
            f'[models.gradio]\nprovider = "gradio"\nurl = "{self.url}/space"\n{more}'
            f'[models.labs]\nprovider = "ImageLabs"\nurl = "{self.url}/labs"\n{more}'
        )

    def busy_model(self) -> str:
        """One more entry: several pictures in one run, at a server that never has time (its step is ``busy.submit``).
        ImageLabs, which gives one in a run, takes over."""
        return f'[models.several]\nprovider = "automatic1111"\nurl = "{self.url}/busy"\nfallback = ["labs"]\n'

    def submissions(self) -> dict[int, list[Job]]:
        by_number: dict[int, list[Job]] = defaultdict(list)
        for job in self.jobs.values():
            by_number[job.number].append(job)
        return by_number

    async def step(self, name: str, number: int) -> None:
        if self.hook is not None:
            await self.hook(name, number)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        match request.path.split("/")[1:]:
            case ["space", "config"]:
                function = {"id": 0, "api_name": "infer", "targets": [[1, "click"]], "inputs": []}
                return web.json_response({"version": "5.50.0", "api_prefix": "", "dependencies": [function]})
            case ["space", "info"]:
                return web.json_response({"named_endpoints": {"/infer": {"parameters": PARAMETERS}}})
            case ["space", "queue", "join"]:
                return await self._join(request)
            case ["space", "queue", "data"]:
                return await self._stream(request)
            case ["space", "cancel"]:
                self.jobs[(await request.json())["event_id"]].cancelled = True
                return web.json_response({"success": True})
            case ["labs", "txt2img"]:
                return await self._submit(request)
            case ["labs", "progress"]:
                return await self._poll(request)
            case ["busy", "sdapi", "v1", "txt2img"]:
                await self.step("busy.submit", number_in((await request.json())["prompt"]))
                raise Answer(429, body="{}")
            case [_, "picture", number, *_]:
                return await self._picture(request, int(number))
        raise web.HTTPNotFound

    async def _join(self, request: web.Request) -> web.Response:
        body = await request.json()
        prompt, seed, *_ = body["data"]
        await self.step("gradio.join", number_in(prompt))
        job_id = body["session_hash"]
        self.jobs[job_id] = Job(prompt, seed)
        await self.step("gradio.joined", number_in(prompt))
        return web.json_response({"event_id": job_id})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        job_id = request.query["session_hash"]
        number = self.jobs[job_id].number
        await self.step("gradio.stream", number)
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)

        async def say(**message: object) -> None:
            await answer.write(f"data: {json.dumps({'event_id': job_id, **message})}\n\n".encode())

        def picture(kind: str) -> dict[str, object]:
            url = f"{self.url}/space/picture/{number}/{kind}.png"
            return {"data": [{"path": "/tmp/x.png", "url": url, "meta": {"_type": "gradio.FileData"}}]}

        await say(msg="estimation", rank=0, queue_size=1, rank_eta=1.0)
        await self.step("gradio.estimation", number)
        await say(msg="process_starts", eta=1.0)
        await self.step("gradio.started", number)
        step = {"index": 1, "length": 4, "unit": "steps", "desc": "Denoising", "progress": None}
        await say(msg="progress", progress_data=[step])
        await self.step("gradio.progress", number)
        await say(msg="process_generating", success=True, output=picture("preview"))
        await self.step("gradio.preview", number)
        await self.step("gradio.completed", number)
        await say(msg="process_completed", success=True, output=picture("final"))
        await say(msg="close_stream")
        return answer

    async def _submit(self, request: web.Request) -> web.Response:
        body = await request.json()
        number = number_in(body["prompt"])
        await self.step("labs.submit", number)
        job_id = f"task-{next(self._ids)}"
        self.jobs[job_id] = Job(body["prompt"], int(body["seed"]))
        await self.step("labs.submitted", number)
        return web.json_response({"task_id": job_id})

    async def _poll(self, request: web.Request) -> web.Response:
        job = self.jobs[(await request.json())["task_id"]]
        await self.step("labs.poll", job.number)
        job.polls += 1
        if job.polls < self.polls:
            return web.json_response({"status": f"Drawing {job.polls * 10}%"})
        await self.step("labs.done", job.number)
        return web.json_response(
            {"status": "Done", "final_image_url": f"{self.url}/labs/picture/{job.number}/final.png"}
        )

    async def _picture(self, request: web.Request, number: int) -> web.StreamResponse:
        data = picture_of(number)
        final = request.path.endswith("final.png")
        if final:
            await self.step("picture.asked", number)
        answer = web.StreamResponse(headers={"Content-Type": "image/png", "Content-Length": str(len(data))})
        await answer.prepare(request)
        await answer.write(data[: len(data) // 2])
        if final:
            await self.step("picture.half", number)
        await answer.write(data[len(data) // 2 :])
        if final:
            await self.step("picture.given", number)
        return answer


PARAMETERS = [
    {"parameter_name": name, "parameter_has_default": True, "parameter_default": default, "component": "Textbox"}
    for name, default in (("prompt", ""), ("seed", 0))
]


@asynccontextmanager
async def backend() -> AsyncIterator[Backend]:
    scripted = Backend()

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await scripted.handle(request)
        except Answer as answer:
            return web.Response(status=answer.status, text=answer.body, content_type=answer.content_type)
        except (Cut, ConnectionError):
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        scripted.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield scripted
    finally:
        await runner.cleanup()


async def wait_for_ever() -> None:
    await asyncio.Event().wait()
