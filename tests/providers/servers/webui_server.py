"""A local AUTOMATIC1111 (`modules/api/api.py`): one job at a time, progress of the whole server, interruption."""

import asyncio
import base64
import json
from typing import Any

from aiohttp import encode_basic_auth, web

from tests.providers.serving import picture_bytes

TXT2IMG = {"prompt", "negative_prompt", "seed", "steps", "cfg_scale", "width", "height", "sampler_name", "n_iter",
           "batch_size", "override_settings", "force_task_id", "enable_hr", "hr_scale", "hr_upscaler", "restore_faces",
           "denoising_strength", "alwayson_scripts"}  # fmt: skip
IMG2IMG = TXT2IMG | {"init_images", "mask", "inpainting_fill", "inpaint_full_res"}
UPSCALE = {"image", "resize_mode", "upscaling_resize", "upscaler_1", "upscaler_2", "gfpgan_visibility"}
REMBG = {"input_image", "model", "return_mask", "alpha_matting"}
UPSCALERS = ["None", "Lanczos", "R-ESRGAN 4x+", "4x-UltraSharp"]
SCRIPTS = ["adetailer", "controlnet"]
CHECKPOINT = {"title": "dream.safetensors [abc123]", "model_name": "dream", "hash": "abc123", "sha256": None,
              "filename": "C:\\models\\dream.safetensors", "config": None}  # fmt: skip


class WebUI:
    """Draws in `steps` steps of `pace` seconds; `auth` is what --api-auth said. `said` comes in place of pictures."""

    def __init__(self, *, steps: int = 3, pace: float = 0.0, auth: str = "", said: Any = None) -> None:
        self.steps, self.pace, self.auth, self.said = steps, pace, auth, said
        self.step = 0
        self.rembg = True  # the extension is installed
        self.drawing = False
        self.hurry = False  # the rest of the steps is left out
        self.interrupted = asyncio.Event()
        self.begun = asyncio.Event()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.gate: asyncio.Event | None = None  # each step waits for one look

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if self.auth:
            header = request.headers.get("Authorization", "")
            name, _, password = self.auth.partition(":")
            if header != encode_basic_auth(name, password):
                return fault(401, "HTTPException", "Incorrect username or password")
        match request.method, request.path:
            case "POST", "/sdapi/v1/txt2img" | "/sdapi/v1/img2img":
                return await self._draw(request)
            case "GET", "/sdapi/v1/progress":
                return self._progress(request.query.get("skip_current_image") == "true")
            case "POST", "/sdapi/v1/interrupt":
                self.interrupted.set()
                return web.json_response({})
            case "GET", "/sdapi/v1/options":
                return web.json_response({"sd_model_checkpoint": CHECKPOINT["title"], "samples_format": "png"})
            case "GET", "/sdapi/v1/scripts":
                return web.json_response({"txt2img": SCRIPTS, "img2img": SCRIPTS})
            case "GET", "/sdapi/v1/upscalers":
                return web.json_response([{"name": name, "model_name": None, "scale": 4} for name in UPSCALERS])
            case "POST", "/sdapi/v1/extra-single-image":
                return await self._work(request, UPSCALE, "image")
            case "POST", "/rembg" if self.rembg:
                return await self._work(request, REMBG, "input_image")
            case "GET", "/sdapi/v1/sd-models":
                return web.json_response([CHECKPOINT])
        return web.json_response({"detail": "Not Found"}, status=404)

    async def _draw(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        kind = request.path.rpartition("/")[2]
        self.asked.append((kind, body))
        if unknown := set(body) - (IMG2IMG if kind == "img2img" else TXT2IMG):
            return fault(422, "RequestValidationError", f"no such field: {sorted(unknown)}")
        if body.get("sampler_name", "Euler") != "Euler":
            return fault(404, "HTTPException", "Sampler not found")
        for name in body.get("alwayson_scripts", ()):
            if name.lower() not in SCRIPTS:
                return fault(422, "HTTPException", f"always on script {name} not found")
        if kind == "img2img":
            (picture,) = body["init_images"]
            assert base64.b64decode(picture.partition(",")[2])
        if isinstance(self.said, web.Response):
            return self.said
        if self.said is not None:
            return web.json_response(self.said)
        self.drawing = True
        self.begun.set()
        for step in range(self.steps):
            if self.hurry:
                break
            self.step = step
            if self.gate is not None:
                await self.gate.wait()
                self.gate.clear()
            await asyncio.sleep(self.pace)
        self.drawing = False
        info = json.dumps({"seed": 7, "all_seeds": [7], "infotexts": ["a fox"]})
        picture = base64.b64encode(picture_bytes()).decode()
        return web.json_response({"images": [picture], "parameters": body, "info": info})

    async def _work(self, request: web.Request, takes: set[str], picture: str) -> web.StreamResponse:
        body = await request.json()
        self.asked.append((request.path.rpartition("/")[2], body))
        if unknown := set(body) - takes:
            return fault(422, "RequestValidationError", f"no such field: {sorted(unknown)}")
        if not base64.b64decode(body[picture].rpartition(",")[2]):
            return fault(500, "HTTPException", "Invalid encoded image")
        if isinstance(self.said, web.Response):
            return self.said
        if self.said is not None:
            return web.json_response(self.said)
        return web.json_response({"image": base64.b64encode(picture_bytes()).decode(), "html_info": ""})

    def _progress(self, skip_image: bool) -> web.StreamResponse:
        state = {"job": "scripts_txt2img" if self.drawing else "", "sampling_step": self.step,
                 "sampling_steps": self.steps if self.drawing else 0}  # fmt: skip
        progress = 0.01 + self.step / self.steps if self.drawing else 0
        image = (
            base64.b64encode(picture_bytes("JPEG")).decode() if self.drawing and self.step and not skip_image else None
        )
        answer = {"progress": progress, "eta_relative": 2.5 if self.drawing else 0, "state": state,
                  "current_image": image, "textinfo": None}  # fmt: skip
        if self.gate is not None:
            self.gate.set()
        return web.json_response(answer)


def fault(status: int, kind: str, detail: str, errors: str = "") -> web.Response:
    return web.json_response({"error": kind, "detail": detail, "body": "", "errors": errors}, status=status)
