"""A local AUTOMATIC1111 (`modules/api/api.py`): one job at a time, progress of the whole server, interruption."""

import asyncio
import base64
import json
import re
from typing import Any

from aiohttp import encode_basic_auth, web

from tests.providers.serving import picture_bytes

TXT2IMG = {"prompt", "negative_prompt", "seed", "steps", "cfg_scale", "width", "height", "sampler_name", "scheduler",
           "n_iter", "batch_size", "override_settings", "force_task_id", "enable_hr", "hr_scale", "hr_upscaler",
           "restore_faces", "denoising_strength", "alwayson_scripts"}  # fmt: skip
IMG2IMG = TXT2IMG | {"init_images", "mask", "inpainting_fill", "inpaint_full_res"}
SAMPLERS = [{"name": "Euler", "aliases": ["k_euler"], "options": {}},
            {"name": "Euler a", "aliases": ["k_euler_a"], "options": {}},
            {"name": "DPM++ 2M", "aliases": ["k_dpmpp_2m"], "options": {}}]  # fmt: skip
SCHEDULERS: list[dict[str, Any]] = [
    {"name": "karras", "label": "Karras", "aliases": None, "default_rho": 7.0, "need_inner_model": False},
    {"name": "sgm_uniform", "label": "SGM Uniform", "aliases": ["SGMUniform"], "default_rho": -1},
]
VAES = [{"model_name": "vae-ft-mse.safetensors", "filename": "C:\\models\\VAE\\vae-ft-mse.safetensors"}]
LORAS: list[dict[str, Any]] = [
    {"name": "pixel-art", "alias": "pixelart_v2", "path": "/models/Lora/pixel-art.safetensors",
     "metadata": {"modelspec.trigger_phrase": "pixel art style"}},
    {"name": "add_detail", "alias": "add_detail", "path": "/models/Lora/add_detail.safetensors",
     "metadata": {"ss_tag_frequency": {"10_detail": {"sharp": 40, "hair": 12, "eyes": 30, "hat": 1}}}},
    {"name": "flux only", "alias": "flux only", "path": "/models/Lora/flux only.safetensors", "metadata": {}},
]  # fmt: skip
UPSCALE = {"image", "resize_mode", "upscaling_resize", "upscaler_1", "upscaler_2", "gfpgan_visibility"}
REMBG = {"input_image", "model", "return_mask", "alpha_matting"}
UPSCALERS = ["None", "Lanczos", "R-ESRGAN 4x+", "4x-UltraSharp"]
SCRIPTS = ["adetailer", "controlnet"]
CHECKPOINT = {"title": "dream.safetensors [abc123]", "model_name": "dream", "hash": "abc123", "sha256": None,
              "filename": "C:\\models\\dream.safetensors", "config": None}  # fmt: skip
CHECKPOINTS = [CHECKPOINT, {"title": "xl/anime.safetensors", "model_name": "xl_anime", "hash": None, "sha256": None,
                            "filename": "C:\\models\\xl\\anime.safetensors", "config": None}]  # fmt: skip


class WebUI:
    """Draws in `steps` steps of `pace` seconds; `auth` is what --api-auth said. `said` comes in place of pictures."""

    def __init__(self, *, steps: int = 3, pace: float = 0.0, auth: str = "", said: Any = None) -> None:
        self.steps, self.pace, self.auth, self.said = steps, pace, auth, said
        self.step = 0
        self.rembg = True  # the extension is installed
        self.iterates = True  # it knows n_iter; servers that imitate the API draw one picture whatever is asked for
        self.drawing = False
        self.hurry = False  # the rest of the steps is left out
        self.interrupted = asyncio.Event()
        self.begun = asyncio.Event()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.gate: asyncio.Event | None = None  # each step waits for one look
        self.lists: dict[str, list[dict[str, Any]]] = {
            "samplers": SAMPLERS, "schedulers": SCHEDULERS, "loras": list(LORAS), "sd-vae": VAES,
        }  # fmt: skip
        self.listed: list[str] = []  # what was asked for of these

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
            case "POST", "/sdapi/v1/extra-single-image":
                return await self._work(request, UPSCALE, "image")
            case "POST", "/rembg" if self.rembg:
                return await self._work(request, REMBG, "input_image")
            case "GET", _:
                return self._told(request.path.removeprefix("/sdapi/v1/"))
        return web.json_response({"detail": "Not Found"}, status=404)

    def _told(self, name: str) -> web.Response:
        match name:
            case "options":
                return web.json_response({"sd_model_checkpoint": CHECKPOINT["title"], "samples_format": "png"})
            case "scripts":
                return web.json_response({"txt2img": SCRIPTS, "img2img": SCRIPTS})
            case "upscalers":
                return web.json_response([{"name": name, "model_name": None, "scale": 4} for name in UPSCALERS])
            case "sd-models":
                return web.json_response(CHECKPOINTS)
        if name in self.lists:
            self.listed.append(name)
            return web.json_response(self.lists[name])
        return web.json_response({"detail": "Not Found"}, status=404)

    async def _draw(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        kind = request.path.rpartition("/")[2]
        self.asked.append((kind, body))
        if unknown := set(body) - (IMG2IMG if kind == "img2img" else TXT2IMG):
            return fault(422, "RequestValidationError", f"no such field: {sorted(unknown)}")
        if body.get("sampler_name", "Euler") not in [one["name"] for one in SAMPLERS]:
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
        first = body.get("seed", -1)
        seeds = [(7 if first < 0 else first) + at for at in range(body.get("n_iter", 1) if self.iterates else 1)]
        told = {"seed": seeds[0], "all_seeds": seeds, "infotexts": ["a fox"], "comments": self._comments(body)}
        pictures = [base64.b64encode(picture_bytes()).decode() for _ in seeds]
        return web.json_response({"images": pictures, "parameters": body, "info": json.dumps(told)})

    def _comments(self, body: dict[str, Any]) -> str:
        """What the Lora extension notes: it fails at nothing."""
        wrong = [name for name in re.findall(r"<lora:([^:>]+)", body["prompt"]) if name.startswith("flux")]
        return "".join(f"Networks with errors: {name} (86)\n" for name in wrong)

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
