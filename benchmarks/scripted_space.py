"""The back-end of `provider_layer.py`, a process of its own: `python benchmarks/scripted_space.py` prints its URL.

A Gradio 6 app with one function, on the `call` protocol and, because `gradio_client` speaks no other, on the queue:
a heartbeat, three previews, the picture, each in a chunk of its own. One route answers a POST with a picture, as
Hugging Face's inference servers do; one with a picture in base64 within JSON, as Gemini does. A queue of fal's shape
shows each job once while it is drawn and once when it is done, and has its result. `POST /hold` keeps all streams
open at their first message.
"""

import asyncio
import base64
import itertools
import json
from collections import defaultdict
from collections.abc import AsyncIterator

from aiohttp import web
from gradio_app import photo

API_NAME = "infer"
PREFIX = "/gradio_api"
PREVIEWS = 3
QUEUED = "fal-ai/flux/dev"
LOOKS = 2  # at a job of fal's, until it is done
PAUSE = 0.01  # seconds between two messages, so that they come in chunks of their own
PARAMETERS = (
    ("prompt", "Textbox", ""),
    ("negative_prompt", "Textbox", ""),
    ("seed", "Slider", 0),
    ("randomize_seed", "Checkbox", True),
    ("width", "Slider", 1024),
    ("height", "Slider", 1024),
    ("guidance_scale", "Slider", 4.5),
    ("num_inference_steps", "Slider", 40),
)
STREAM_HEADERS = {"Content-Type": "text/event-stream; charset=utf-8"}


class ScriptedSpace:
    def __init__(self, picture: bytes) -> None:
        self._picture = picture
        self._encoded = base64.b64encode(picture).decode()
        self._looks: defaultdict[str, int] = defaultdict(int)  # at jobs of fal's queue
        self._numbers = itertools.count(1)
        self._go_on = asyncio.Event()
        self._go_on.set()
        self._open = 0
        self._sessions: defaultdict[str, asyncio.Queue[str]] = defaultdict(asyncio.Queue)  # event ids of the queue

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/config", self._config),
            web.get(f"{PREFIX}/info", self._info),
            web.post(f"{PREFIX}/call/{API_NAME}", self._take),
            web.get(f"{PREFIX}/call/{API_NAME}/{{event_id}}", self._call_stream),
            web.post(f"{PREFIX}/queue/join", self._join),
            web.get(f"{PREFIX}/queue/data", self._queue_stream),
            web.get(f"{PREFIX}/file={{path:.*}}", self._file),
            web.post("/models/{name}", self._at_once),
            web.post("/v1beta/models/{name}", self._within_json),
            web.get("/api/openapi/queue/openapi.json", self._schema),
            web.post(f"/{QUEUED}", self._submitted),
            web.get(f"/{QUEUED}/requests/{{job}}/status", self._status),
            web.get(f"/{QUEUED}/requests/{{job}}", self._result),
            web.get("/files/{name}", self._file),
            web.post("/hold", self._hold),
            web.post("/release", self._release),
            web.get("/open", self._opened),
        ]

    # -- Gradio ---------------------------------------------------------------------------------------------------

    async def _config(self, request: web.Request) -> web.Response:
        inputs = [
            {"id": number, "type": kind.lower(), "props": {"value": default}, "api_info": {}, "skip_api": False}
            for number, (_, kind, default) in enumerate(PARAMETERS)
        ]
        file = {"title": "ImageData", "properties": {"path": {}, "meta": {}}}
        output = {"id": len(inputs), "type": "image", "props": {}, "api_info": file, "skip_api": False}
        function = {
            "id": 0,
            "api_name": API_NAME,
            "api_visibility": "public",
            "queue": True,
            "targets": [[9, "click"]],
            "inputs": [item["id"] for item in inputs],
            "outputs": [output["id"]],
            "types": {"generator": True, "cancel": False},
            "cancels": [],
        }
        return web.json_response(
            {
                "version": "6.31.0",
                "api_prefix": PREFIX,
                "protocol": "sse_v3",
                "connect_heartbeat": False,
                "root": f"http://{request.host}",
                "dependencies": [function],
                "components": [*inputs, output],
            }
        )

    async def _info(self, _: web.Request) -> web.Response:
        parameters = [
            {
                "label": name,
                "parameter_name": name,
                "parameter_has_default": True,
                "parameter_default": default,
                "type": {"type": "string"},
                "python_type": {"type": "str", "description": ""},
                "component": kind,
                "example_input": default,
            }
            for name, kind, default in PARAMETERS
        ]
        returns = [{"label": "Result", "type": {}, "python_type": {"type": "dict"}, "component": "Image"}]
        named = {f"/{API_NAME}": {"parameters": parameters, "returns": returns}}
        return web.json_response({"named_endpoints": named, "unnamed_endpoints": {}})

    async def _take(self, request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"event_id": f"{next(self._numbers):032x}"})

    async def _call_stream(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers=STREAM_HEADERS)
        answer.enable_chunked_encoding()
        await answer.prepare(request)
        await answer.write(b"event: heartbeat\ndata: null\n\n")
        async for name, data in self._drawn(request):
            await answer.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
        return answer

    async def _drawn(self, request: web.Request) -> AsyncIterator[tuple[str, list[object]]]:
        """The outputs as a generator function of a Space yields them."""
        self._open += 1
        try:
            for _ in range(PREVIEWS):
                await asyncio.sleep(PAUSE)
                await self._go_on.wait()
                yield "generating", self._outputs(request)
            await asyncio.sleep(PAUSE)
            yield "complete", self._outputs(request)
        finally:
            self._open -= 1

    def _outputs(self, request: web.Request) -> list[object]:
        path = f"/tmp/gradio/{next(self._numbers):064x}/image.jpeg"
        return [
            {
                "path": path,
                "url": f"http://{request.host}{PREFIX}/file={path}",
                "size": None,
                "orig_name": "image.jpeg",
                "mime_type": None,
                "is_stream": False,
                "meta": {"_type": "gradio.FileData"},
            }
        ]

    async def _join(self, request: web.Request) -> web.Response:
        body = await request.json()
        event_id = f"{next(self._numbers):032x}"
        self._sessions[body["session_hash"]].put_nowait(event_id)
        return web.json_response({"event_id": event_id})

    async def _queue_stream(self, request: web.Request) -> web.StreamResponse:
        """One stream for all jobs of a session, as long as its client is there."""
        session_hash = request.query["session_hash"]
        answer = web.StreamResponse(headers=STREAM_HEADERS)
        answer.enable_chunked_encoding()
        await answer.prepare(request)

        async def say(event_id: str, msg: str, **fields: object) -> None:
            message = {"msg": msg, "event_id": event_id, **fields}
            await answer.write(f"data: {json.dumps(message)}\n\n".encode())

        async def draw(event_id: str) -> None:
            await say(event_id, "process_starts", eta=1.0)
            previous = False
            async for name, data in self._drawn(request):
                if name == "complete":
                    await say(event_id, "process_completed", success=True, output={"data": data, "duration": 0.1})
                    continue
                edits = [[["replace", [key], data[0][key]] for key in ("path", "url")]]  # type: ignore[index] # a FileData
                output = {"data": edits if previous else data, "is_generating": True, "duration": 0.1}
                await say(event_id, "process_generating", success=True, output=output)
                previous = True

        async with asyncio.TaskGroup() as drawing:
            while True:
                drawing.create_task(draw(await self._sessions[session_hash].get()))

    async def _file(self, _: web.Request) -> web.Response:
        return web.Response(body=self._picture, content_type="image/jpeg")

    # -- Hugging Face ---------------------------------------------------------------------------------------------

    async def _at_once(self, request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=self._picture, content_type="image/jpeg")

    # -- Gemini ---------------------------------------------------------------------------------------------------

    async def _within_json(self, request: web.Request) -> web.Response:
        await request.read()
        parts = [{"text": "Here it is."}, {"inlineData": {"mimeType": "image/jpeg", "data": self._encoded}}]
        candidate = {"content": {"role": "model", "parts": parts}, "finishReason": "STOP", "index": 0}
        return web.json_response({"candidates": [candidate], "usageMetadata": {"totalTokenCount": 1300}})

    # -- fal ------------------------------------------------------------------------------------------------------

    async def _schema(self, _: web.Request) -> web.Response:
        numbers = {name: {"type": "integer"} for name in ("seed", "num_inference_steps")}
        size = {"type": "object", "properties": {"width": {}, "height": {}}}
        schema = {"type": "object", "properties": {"prompt": {"type": "string"}, "image_size": size, **numbers}}
        body = {"requestBody": {"content": {"application/json": {"schema": schema}}}}
        return web.json_response({"paths": {f"/{QUEUED}": {"post": body}}})

    async def _submitted(self, request: web.Request) -> web.Response:
        await request.read()
        job = f"{next(self._numbers):032x}"
        address = f"http://{request.host}/{QUEUED}/requests/{job}"
        told = {"response_url": address, "status_url": f"{address}/status", "cancel_url": f"{address}/cancel"}
        return web.json_response({"request_id": job, "status": "IN_QUEUE", "queue_position": 0, **told})

    async def _status(self, request: web.Request) -> web.Response:
        job = request.match_info["job"]
        self._looks[job] += 1
        if self._looks[job] < LOOKS:
            logs = [{"message": " 50%|#### | 14/28", "level": "INFO"}]
            return web.json_response({"status": "IN_PROGRESS", "logs": logs}, status=202)
        del self._looks[job]
        return web.json_response({"status": "COMPLETED", "logs": None, "metrics": {"inference_time": 1.2}})

    async def _result(self, request: web.Request) -> web.Response:
        url = f"http://{request.host}/files/{request.match_info['job']}.jpg"
        return web.json_response({"images": [{"url": url, "content_type": "image/jpeg"}], "seed": 7})

    # -- what the benchmark asks ----------------------------------------------------------------------------------

    async def _hold(self, _: web.Request) -> web.Response:
        self._go_on.clear()
        return web.Response()

    async def _release(self, _: web.Request) -> web.Response:
        self._go_on.set()
        return web.Response()

    async def _opened(self, _: web.Request) -> web.Response:
        return web.json_response(self._open)


async def main() -> None:
    app = web.Application(client_max_size=100_000_000)
    app.add_routes(ScriptedSpace(photo(768, 100_000)).routes())
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
