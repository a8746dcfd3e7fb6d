"""A local ComfyUI (`server.py`, `execution.py`): one job at a time, a queue, the websocket, and the history."""

import asyncio
import itertools
import json
import struct
from typing import Any

from aiohttp import WSMsgType, web

from tests.providers.serving import picture_bytes

CHECKPOINTS = ["sdxl.safetensors"]
NAMES: dict[str, dict[str, Any]] = {
    "CheckpointLoaderSimple": {"ckpt_name": [CHECKPOINTS, {}]},
    "KSampler": {"sampler_name": [["euler", "euler_ancestral", "dpmpp_2m"], {}], "scheduler": [["normal", "karras"]]},
    "KSamplerSelect": {"sampler_name": ["COMBO", {"options": ["euler", "dpmpp_2m"]}]},
    "BasicScheduler": {"scheduler": [["simple", "beta"]]},
    "VAELoader": {"vae_name": [["ae.safetensors", "vae-ft-mse.safetensors"]]},
    "LoraLoader": {"lora_name": [["xl/pixel-art.safetensors", "add_detail.safetensors", "noir.safetensors"], {}]},
}
KINDS = {
    *NAMES,
    "CheckpointLoaderSimple", "CLIPTextEncode", "EmptyLatentImage", "KSampler", "VAEDecode", "SaveImage", "LoadImage",
    "LoadImageMask", "VAEEncode", "VAEEncodeForInpaint", "TextEncodeQwenImageEditPlus", "ImageScale", "PreviewImage",
    "SaveImageWebsocket", "UNETLoader", "UpscaleModelLoader", "ImageUpscaleWithModel", "WanImageToVideo", "CreateVideo",
    "SaveVideo",
}  # fmt: skip
STATS = {"system": {"os": "posix", "comfyui_version": "0.3.60"}, "devices": [{"name": "cpu"}]}


class Comfy:
    """Draws in `steps` steps, each let through by `gate` where there is one; `fails` is the exception's type and
    message. `deaf`: no websocket; `silent`: one over which nothing comes. `old`: it gives ids of its own.
    `mute`: it takes jobs and does not say so."""

    def __init__(self, *, steps: int = 2, fails: tuple[str, str] | None = None, outputs: Any = None) -> None:
        self.steps, self.fails = steps, fails
        fox = {"filename": "fox 1.png", "subfolder": "", "type": "output"}
        self.outputs = [fox] if outputs is None else outputs
        self.by_node: dict[str, Any] | None = None  # in place of the outputs of node 7
        self.node = "5"  # that is run, as it says over the socket
        self.caches = False  # what was asked before runs nothing and has no outputs
        self.auth = ""  # the only Authorization header that it takes
        self.deaf = self.silent = self.old = self.forgetful = False
        self.mute = False
        self.broken = 0  # looks at the history that a proxy before it does not let through
        self.extra: dict[str, Any] = {}
        self.gate: asyncio.Semaphore | None = None
        self.sockets: dict[str, web.WebSocketResponse] = {}
        self.asked: list[dict[str, Any]] = []
        self.uploads: dict[str, bytes] = {}
        self.history: dict[str, Any] = {}
        self.pending: list[list[Any]] = []
        self.running: list[Any] | None = None
        self.interrupted: list[Any] = []
        self.deleted: list[str] = []
        self.begun = asyncio.Event()
        self.looked = asyncio.Event()  # at the queue
        self.taken = asyncio.Event()  # a job, whose answer does not come
        self._numbers = itertools.count(1)
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, request: web.Request) -> web.StreamResponse:  # noqa: C901 - one case a route
        if self.auth and request.headers.get("Authorization") != self.auth:
            return web.Response(status=401, text="401 Unauthorized")
        match request.method, request.path:
            case "GET", "/ws" if not self.deaf:
                return await self._listen(request)
            case "POST", "/prompt":
                return await self._prompt(request)
            case "GET", "/queue":
                self.looked.set()
                running = [self.running] if self.running else []
                return web.json_response({"queue_running": running, "queue_pending": self.pending})
            case "POST", "/queue":
                for each in (await request.json())["delete"]:
                    self.deleted.append(each)
                    self.pending = [entry for entry in self.pending if entry[1] != each]
                return web.Response()
            case "POST", "/interrupt":
                self.interrupted.append((await request.json()).get("prompt_id"))
                self._stop.set()
                return web.Response()
            case "POST", "/upload/image":
                return await self._upload(request)
            case "GET", "/view":
                return web.Response(body=picture_bytes(), content_type="image/png")
            case "GET", path if path.startswith("/object_info/"):
                kind = path.removeprefix("/object_info/")
                inputs = NAMES.get(kind, {})
                return web.json_response({kind: {"input": {"required": inputs}}} if kind in KINDS else {})
            case "GET", "/system_stats":
                return web.json_response(STATS)
            case "GET", path if path.startswith("/history/") and self.broken:
                self.broken -= 1
                return web.Response(status=502, text="<html>Bad Gateway</html>")
            case "GET", path if path.startswith("/history/"):
                found = {key: value for key, value in self.history.items() if key == path.removeprefix("/history/")}
                return web.json_response(found)
        return web.Response(status=404, text="404: Not Found")

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets[request.query["clientId"]] = socket
        await socket.send_json({"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 0}}}})
        async for message in socket:
            assert message.type is not WSMsgType.TEXT
        return socket

    async def _prompt(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        assert set(body) <= {"prompt", "client_id", "prompt_id", "extra_data"}
        self.asked.append(body["prompt"])
        self.extra = body["extra_data"]
        for node_id, node in body["prompt"].items():
            if node["class_type"] not in KINDS:
                # as 0.3.75 says it
                error = {"type": "invalid_prompt", "message": f"Cannot execute because node {node['class_type']} does "
                         "not exist.", "details": f"Node ID '#{node_id}'", "extra_info": {}}  # fmt: skip
                return web.json_response({"error": error, "node_errors": {}}, status=400)
            picture = node["inputs"].get("image")
            if (
                node["class_type"] in {"LoadImage", "LoadImageMask"}
                and picture.removeprefix("bot/") not in self.uploads
            ):
                return refused(node_id, node, "custom_validation_failed", "Custom validation failed for node", "image",
                               f"image - Invalid image file: {picture}")  # fmt: skip
            name = node["inputs"].get("ckpt_name")
            if name is not None and name not in CHECKPOINTS:
                return refused(node_id, node, "value_not_in_list", "Value not in list", "ckpt_name", f"{name!r} not in")
            if not 1 <= node["inputs"].get("steps", 1) <= 10_000:
                return refused(node_id, node, "value_bigger_than_max", "Value bigger than max", "steps", "steps")
        number = next(self._numbers)
        prompt_id = f"made-up-{number}" if self.old else body["prompt_id"]
        if not self.forgetful:
            self.pending.append([number, prompt_id, body["prompt"], {"client_id": body["client_id"]}, ["7"]])
            self._work()
        if self.mute:
            self.taken.set()
            await self._stop.wait()
        return web.json_response({"prompt_id": prompt_id, "number": number, "node_errors": {}})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        field = form["image"]
        assert isinstance(field, web.FileField)
        assert form["type"] == "input"
        self.uploads[field.filename] = field.file.read()
        return web.json_response({"name": field.filename, "subfolder": "bot", "type": "input"})

    # -- the worker --------------------------------------------------------------------------------------

    def _work(self) -> None:
        if self.running is None and self.pending:
            self.running = self.pending.pop(0)
            task = asyncio.create_task(self._run(self.running[1], self.running[3]["client_id"]))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, prompt_id: str, client_id: str) -> None:
        self._stop.clear()
        self.begun.set()
        messages: list[Any] = []
        try:
            await self._tell(client_id, "execution_start", {"prompt_id": prompt_id})
            await self._tell(client_id, "executing", {"node": self.node, "prompt_id": prompt_id})
            for step in range(1, self.steps + 1):
                if self.gate is not None:
                    await self._passed(self.gate)
                if self._stop.is_set():
                    break
                about = {"value": step, "max": self.steps, "node": self.node, "prompt_id": prompt_id}
                await self._tell(client_id, "progress", about)
                await self._preview(client_id, metadata=step % 2 == 0)
            if self._stop.is_set():
                messages = [["execution_interrupted", {"prompt_id": prompt_id, "node_id": "5"}]]
            elif self.fails is not None:
                kind, reason = self.fails
                failed = {"node_type": "KSampler", "exception_type": kind, "exception_message": reason}
                messages = [["execution_error", {"prompt_id": prompt_id, **failed}]]
            for kind, data in messages:
                await self._tell(client_id, kind, data)
        finally:
            done = not messages
            nodes = self.running[2] if self.running else None
            if self.caches and self.asked.count(nodes) > 1:  # type: ignore[arg-type]
                messages, self.outputs = [["execution_cached", {"nodes": ["5", "7"]}]], []
                done = True
            status = {"status_str": "success" if done else "error", "completed": done, "messages": messages}
            outputs = {"7": {"images": self.outputs}} if self.by_node is None else self.by_node
            self.history[prompt_id] = {"outputs": outputs if done else {}, "status": status}
            self.running = None
        await self._tell(client_id, "executing", {"node": None, "prompt_id": prompt_id})
        self._work()

    async def _passed(self, gate: asyncio.Semaphore) -> None:
        waits = {asyncio.ensure_future(gate.acquire()), asyncio.ensure_future(self._stop.wait())}
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _tell(self, client_id: str, kind: str, data: dict[str, Any]) -> None:
        if (socket := self.sockets.get(client_id)) is not None and not self.silent and not socket.closed:
            await socket.send_str(json.dumps({"type": kind, "data": data}))

    async def _preview(self, client_id: str, *, metadata: bool) -> None:
        about = b'{"node_id": "5"}'
        head = struct.pack(">II", 4, len(about)) + about if metadata else struct.pack(">II", 1, 1)
        if (socket := self.sockets.get(client_id)) is not None and not self.silent and not socket.closed:
            await socket.send_bytes(head + picture_bytes("JPEG"))


def refused(node_id: str, node: Any, kind: str, message: str, name: str, details: str) -> web.Response:
    error = {"type": kind, "message": message, "details": details, "extra_info": {"input_name": name}}
    return web.json_response(
        {
            "error": {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation"},
            "node_errors": {node_id: {"errors": [error], "dependent_outputs": ["7"], "class_type": node["class_type"]}},
        },
        status=400,
    )
