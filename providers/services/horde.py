"""AI Horde: volunteers' machines behind one queue; it works without a key, and faster with one.

Source: Haidra-Org/AI-Horde, `horde/apis/v2/stable.py` and `README_return_codes.md`. A job's state comes from a cache of
one second, and may be asked for 10 times a second. The finished job may be fetched 10 times a minute, and is fetched
once. Both limits count by address and route, so separately for each job. Submissions are limited by address to 2 a
second and 90 a minute.
"""

import difflib
import re
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

import aiohttp

from providers.bounds import entries, job_id, names_of, number, plain, seconds, text, whole
from providers.capabilities import Bounds, Capabilities
from providers.catalog.file import OptionError
from providers.charging import Charged
from providers.choices import Choice, Kind, Lora, is_name
from providers.engines.bodies import parse_json
from providers.engines.deadline import Deadline
from providers.engines.http import Call, Json
from providers.engines.polling import PollingProvider
from providers.engines.refusals import Refused
from providers.errors import (
    BadAnswer,
    BadPicture,
    ContentRejected,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    NoWorkers,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unavailable,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import scaled
from providers.pictures.budget import within_budget
from providers.pictures.encoded import plain_base64, size_of
from providers.pictures.inputs import converted
from providers.request import ImageRequest
from providers.tasks import CUTOUT, UPSCALE, check_upscaled

ANONYMOUS = "0000000000"
STEP = 64  # pixels
MEGAPIXEL = 1024 * 1024
MAX_MODELS = 2000  # in the Horde's list
MEGAPIXEL_MODELS = re.compile(r"xl|flux|cascade|pony|illustrious|qwen|z-image", re.IGNORECASE)
SAMPLERS = ("k_lms", "k_heun", "k_euler", "k_euler_a", "k_dpm_2", "k_dpm_2_a", "k_dpm_fast", "k_dpm_adaptive",
            "k_dpmpp_2s_a", "k_dpmpp_2m", "k_dpmpp_sde", "dpmsolver", "DDIM", "lcm")  # fmt: skip
SCHEDULERS = ("karras", "normal")  # which the API has as a switch
VERSION = "version:"  # before the id of a version at CivitAI, in place of a LoRA's name or model's id
REMIXING_MODELS = re.compile(r"cascade", re.IGNORECASE)  # the only ones that take several pictures
REMIXED = 2  # input pictures of an ordinary user: one, and one extra; trusted users may send five extra ones
CAPTION = "caption"  # the form of a description
UPSCALER, CUTTER = "RealESRGAN_x4plus", "strip_background"  # the forms of tasks, where the catalogue names none
UPSCALERS: Mapping[str, float] = {  # to how many times as long the sides get
    "RealESRGAN_x4plus": 4,
    "RealESRGAN_x2plus": 2,
    "RealESRGAN_x4plus_anime_6B": 4,
    "NMKD_Siax": 4,
    "4x_AnimeSharp": 4,
    "4xNomos8kSC": 4,
    "4xLSDIRplus": 4,
    "4xNomosWebPhoto_RealPLKSR": 4,
    "4xNomos2_realplksr_dysample": 4,
    "4xNomos2_hq_dat2": 4,
    "2xModernSpanimationV1": 2,
}
ENUMERATED: Mapping[Kind, Iterable[str]] = {
    Kind.SAMPLER: SAMPLERS,
    Kind.SCHEDULER: SCHEDULERS,
    Kind.UPSCALER: UPSCALERS,
}
LISTED = Call("GET", "/api/v2/status/models", query={"type": "image"})
LISTING = 30.0  # seconds
FORMS = 5_000_000  # bytes of a picture to which forms are filled in
SEPARATOR = " ### "  # between the prompt and what to leave out
WEBP_QUALITY = 90


class Horde(PollingProvider):
    """The catalogue's `horde`. `model`: one of the Horde's own names; without it, whichever a worker has. `extra`: more
    fields of the request, including those of `params`: `extra = { nsfw = true, params = { karras = true } }`.

    With `task = "upscale"` `model` is one of the Horde's upscalers; with `task = "cutout"` there is no model to name.
    """

    label = "AI Horde"
    url = "https://aihorde.net"
    api_endpoint = "/api/v2/generate/async"
    poll_interval = 3
    capabilities = Capabilities(
        frozenset(
            {
                *("negative_prompt", "width", "height", "seed", "guidance_scale", "num_inference_steps"),
                *("image", "mask", "strength", "checkpoint", "sampler", "scheduler", "loras"),
            }
        ),
        width=Bounds(64, 3072, STEP, rounds=True),
        height=Bounds(64, 3072, STEP, rounds=True),
        steps=Bounds(1, 500),
        guidance=Bounds(0, 100, 0.5),
        images=20,
        progress=True,
        queue_position=True,
        cancel=True,
        resume=True,
        notes=("drawn by volunteers, in a queue that a key with kudos shortens", "sizes in multiples of 64"),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    picture_hosts = ("*.r2.cloudflarestorage.com",)
    describes = True
    tasks = frozenset({UPSCALE, CUTOUT})
    charged = Charged.NEVER  # kudos are no money
    # LoRAs are all those of CivitAI
    listed = frozenset({Kind.CHECKPOINT, Kind.SAMPLER, Kind.SCHEDULER, Kind.UPSCALER})
    extra: Mapping[str, Any] = {}  # fields of the API, each with its own type

    _finished = False
    _at_once = False

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name is valid: the list changes by the hour. "": whichever a worker has."""
        return model or cls.default_model

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        """Without kudos, models of a megapixel draw that size at any load; all others draw only up to 576x576
        pixels. Only Stable Cascade takes several pictures; the catalogue's `input_images` says how many a trusted
        key may send."""
        can = cls.capabilities if MEGAPIXEL_MODELS.search(model or "") else replace(cls.capabilities, area=576 * 576)
        return can.with_input_images(REMIXED) if REMIXING_MODELS.search(model or "") else can

    @classmethod
    def read_options(cls, options: dict[str, Any], model: str | None, folder: Path) -> dict[str, Any]:
        """Raises OptionError for a model that its task does not know."""
        names = {UPSCALE: list(UPSCALERS), CUTOUT: [CUTTER]}.get(options.get("task", ""))
        if model is not None and names is not None and model not in names:
            raise OptionError("model", f"should be one of {', '.join(names)}")
        return options

    @classmethod
    def task_capabilities(cls, task: str, model: str | None, options: Mapping[str, object]) -> Capabilities:
        """If people may pick an upscaler, the factor is not known before they have picked one."""
        can = super().task_capabilities(task, model, options)
        picked = options.get("choices")
        known = task == UPSCALE and not (isinstance(picked, Mapping) and Kind.UPSCALER in picked)
        return replace(can, scale=UPSCALERS.get(model or UPSCALER) if known else None)

    def can(self, model: str) -> Capabilities:
        return self.capabilities_of(model)

    def auth_headers(self) -> dict[str, str]:
        return {"apikey": self.api_key or ANONYMOUS}

    def headers(self) -> dict[str, str]:
        return {**self.auth_headers(), "Client-Agent": _agent()}

    def prepare(self, request: ImageRequest) -> tuple[ImageRequest, list[str]]:
        """The size of an upscaled picture depends on the upscaler."""
        prepared, dropped = super().prepare(request)
        if self.task == UPSCALE and prepared.first_image is not None:
            scale = UPSCALERS.get(prepared.upscaler or prepared.model or UPSCALER)
            check_upscaled(size_of(prepared.first_image), replace(self._can(prepared.model or ""), scale=scale))
        return prepared, dropped

    async def list_choices(self, kind: Kind, session: aiohttp.ClientSession) -> Sequence[Choice]:
        """The models that workers have, those of most workers first; for other kinds the API's own enumeration, because
        no route lists them."""
        if kind is not Kind.CHECKPOINT:
            return [Choice(name) for name in ENUMERATED.get(kind, ())]
        patience = Deadline(LISTING, LISTING)
        listed = entries(parse_json((await self.ask(session, patience, LISTED)).body), MAX_MODELS)
        listed.sort(key=lambda each: -_count(each.get("count")))
        names = (each.get("name") for each in listed)
        return [Choice(name) for name in names if isinstance(name, str) and is_name(name)]

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        if request.images:
            mask = None if request.mask is None else await _webp(request.mask)
            pictures = tuple([await _webp(each) for each in request.images])
            request = replace(request, images=pictures, mask=mask)
            if self.task not in self.tasks:
                request = self._in_shape(request)
        async with aclosing(super()._draw(request, session)) as events:
            async for event in events:
                yield event

    def _in_shape(self, request: ImageRequest) -> ImageRequest:
        """The request with the input picture's shape, if no size was asked for: the Horde's default square would
        distort it."""
        if request.first_image is None or request.width is not None or request.height is not None:
            return request
        most = self.capabilities_of(request.checkpoint or request.model).area or MEGAPIXEL
        width, height = scaled(*size_of(request.first_image), step=STEP, low=min(MEGAPIXEL // 4, most), high=most)
        return replace(request, width=width, height=height)

    # -- the job -----------------------------------------------------------------------------------------

    def submit(self, request: ImageRequest) -> Call:
        if self.task in self.tasks:
            return self._work(request)
        params: Json = {
            "n": request.n,
            "width": _in_steps(request.width),
            "height": _in_steps(request.height),
            "seed": None if request.seed is None else str(request.seed),
            "cfg_scale": request.guidance_scale,
            "steps": request.num_inference_steps,
            # Several workers may share the run, and each would begin with the very same seed.
            "seed_variation": 1 if request.n > 1 and request.seed is not None else None,
            "denoising_strength": request.strength if len(request.images) == 1 else None,
        }
        picked: Json = {
            "sampler_name": request.sampler,
            "karras": None if request.scheduler is None else request.scheduler == "karras",
            "loras": [_lora(lora) for lora in request.loras] or None,
        }
        body: Json = {"prompt": _with_negative(request), "nsfw": False, "censor_nsfw": True, "r2": True}
        body |= _sources(request)
        model = request.checkpoint or request.model
        body["models"] = [model] if model else []  # left out, it would mean stable_diffusion alone
        more = dict(self.extra)
        params = _given(params) | more.pop("params", {}) | _given(picked)
        return Call("POST", self.api_endpoint, json={**body, **more, "params": params})

    def _work(self, request: ImageRequest) -> Call:
        """The request of a task with a picture."""
        if request.first_image is None:
            raise InvalidParameter("there is no picture to work on")
        if len(request.first_image) > FORMS:
            raise InvalidParameter(f"the picture has more than {FORMS // 1_000_000} MB")
        body: Json = {
            "source_image": plain_base64(request.first_image),
            "forms": [{"name": request.upscaler or self._form}],
            "slow_workers": True,
        }
        return Call("POST", "/api/v2/interrogate/async", json=body)

    @property
    def _form(self) -> str:
        return self.model or (UPSCALER if self.task == UPSCALE else CUTTER)

    def job_id(self, answer: Json) -> str:
        found = job_id(answer.get("id"))
        if not found.replace("-", "").isalnum():
            raise BadAnswer(f"{self.host} took the prompt but gave no id")
        return found

    def poll(self, job_id: str) -> Call:
        if self.task in self.tasks:
            return Call("GET", f"/api/v2/interrogate/status/{job_id}")
        return Call("GET", f"/api/v2/generate/{'status' if self._finished else 'check'}/{job_id}")

    def pause(self) -> float:
        at_once, self._at_once = self._at_once, False
        return 0 if at_once else super().pause()

    def cancellation(self, job_id: str) -> Call:
        if self.task in self.tasks:
            return Call("DELETE", f"/api/v2/interrogate/status/{job_id}")
        return Call("DELETE", f"/api/v2/generate/status/{job_id}")

    def state(self, answer: Json, patience: Deadline) -> Reasoning | ImageResponse:
        if self.task in self.tasks:
            return self._worked(answer, patience)
        if self._finished:
            return self._response(answer)
        if not isinstance(answer.get("done"), bool):
            raise BadAnswer(f"{self.host} does not say whether it is done")
        if answer["done"]:
            self._finished = self._at_once = True
            return Reasoning("Finishing", 1.0)
        if answer.get("faulted") is True:
            raise ResponseError(f"{self.host}: the job failed at the workers that had it")
        if answer.get("is_possible") is False:
            raise NoWorkers(f"{self.host}: no worker that is there now can draw this")
        return _progress(answer, patience)

    def _worked(self, answer: Json, patience: Deadline) -> Reasoning | ImageResponse:
        forms = entries(answer.get("forms"), 1)
        form: Json = forms[0] if forms else {}
        found, states = form.get("result"), _states(answer, form)
        name = form.get("form")  # a job that is resumed knows the name of its form no more
        url = found.get(name if isinstance(name, str) else self._form) if isinstance(found, dict) else None
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            return ImageResponse([url])
        if states & {"faulted", "cancelled"}:
            raise ResponseError(f"{self.host}: no worker could do it")
        if "done" in states:
            raise NoPicture(f"{self.host} says it is done, but has no picture")
        if not states & {"waiting", "processing", "partial"}:
            raise BadAnswer(f"{self.host} does not say how it goes")
        if states & {"processing", "partial"}:
            patience.begin_drawing()
            return Reasoning("Drawing")
        patience.in_queue()
        return Reasoning("Waiting")

    def _response(self, answer: Json) -> ImageResponse:
        generations = entries(answer.get("generations"))
        if trouble := next((said for each in generations if (said := _lora_trouble(each))), None):
            raise InvalidParameter(f"{self.host}: {trouble}")
        images = [image for each in generations if not _censored(each) and (image := _image(each))]
        if images:
            return ImageResponse(images)
        if any(_censored(each) for each in generations):
            raise ContentRejected(f"{self.host}: the worker censored what it had drawn")
        raise NoPicture(f"{self.host} says it is done, but has no picture")

    def refusal(self, refused: Refused) -> ProviderError:
        match refused.answer.get("rc"):
            case "KudosUpfront" | "KudosValidationError":
                return PaymentRequired(str(refused))
            case "NoValidWorkers" | "MaintenanceMode":
                return NoWorkers(str(refused))
            case "CorruptPrompt":
                return ContentRejected(str(refused))
            case "TooManyPrompts":
                return QuotaExceeded(str(refused), retry_after=refused.retry_after)
            case "RequestNotFound":
                return ResponseError(f"{refused}; a job is kept for 10 to 20 minutes")
        if refused.status == 429:  # asked too often from this address, which passes within a second or a minute
            return Unavailable(str(refused))
        return super().refusal(refused)

    async def describe(self, picture: bytes, session: aiohttp.ClientSession) -> str:
        """Has a volunteer's machine describe the picture. The job is cancelled when nobody waits for it any more."""
        patience = Deadline(self.timeout, self.timeout)
        data = await _webp(picture)
        forms: Json = {"source_image": plain_base64(data), "forms": [{"name": CAPTION}], "slow_workers": True}
        answer = await self.ask(session, patience, Call("POST", "/api/v2/interrogate/async", json=forms))
        path = f"/api/v2/interrogate/status/{self.job_id(answer.json())}"
        try:
            while True:
                found = (await self.ask(session, patience, Call("GET", path))).json()
                if (caption := self._caption(found)) is not None:
                    return caption
                await patience.sleep(self.poll_interval)
        except BaseException:
            await self.farewell(session, Call("DELETE", path))
            raise

    def _caption(self, answer: Json) -> str | None:
        """The caption; None: it is not ready yet. Raises ProviderError."""
        forms = entries(answer.get("forms"), 1)
        form: Json = forms[0] if forms else {}
        result = form.get("result")
        if isinstance(result, dict) and (caption := text(result.get(CAPTION))).strip():
            return caption
        if _states(answer, form) & {"faulted", "cancelled"}:
            raise ResponseError(f"{self.host}: no worker could describe it")
        if answer.get("state") == "done":
            raise BadAnswer(f"{self.host} says it is done, but has no caption")
        return None

    async def check(self, session: aiohttp.ClientSession) -> None:
        patience = Deadline(self.timeout, self.timeout)
        answer = await self.ask(session, patience, Call("GET", "/api/v2/status/heartbeat"))
        if "version" not in answer.json():
            raise NotThisServer(f"{self.host} does not answer as an AI Horde does")
        if self.api_key:  # a wrong one is refused here as it would be at each draw
            await self.ask(session, patience, Call("GET", "/api/v2/find_user"))
        if self.model and self.task not in self.tasks:
            listed = await self.ask(session, patience, LISTED)
            find_model(self.model, parse_json(listed.body))


def find_model(name: str, listed: object) -> None:
    """Raises ModelNotFound, with the nearest names, for a model that no worker has."""
    names = [each["name"] for each in entries(listed, MAX_MODELS) if isinstance(each.get("name"), str)]
    if name not in names:
        near = difflib.get_close_matches(name[:200], names, 5, 0.4) or names[:5]
        raise ModelNotFound(f"no worker has the model {name!r}; there are: {names_of(near)}")


@lru_cache(maxsize=1)
def _agent() -> str:
    """name:version:contact. Clients that do not send it are the first to be blocked."""
    return f"imagine-bot:{version('imagine-bot')}:self-hosted"


def _progress(answer: Json, patience: Deadline) -> Reasoning:
    finished, processing, waiting = (_count(answer.get(name)) for name in ("finished", "processing", "waiting"))
    if processing or finished:
        patience.begin_drawing()
    else:
        patience.in_queue()
    eta = seconds(number(answer.get("wait_time"))) or None
    if not processing and not finished:  # perhaps again, after a worker that had it gave up
        return Reasoning("Waiting", position=_count(answer.get("queue_position")) or None, eta=eta)
    total = finished + processing + waiting
    return Reasoning("Drawing", finished / total if total > 1 else None, eta=eta)


def _count(value: object) -> int:
    return whole(value, 0, 10**9) or 0


def _censored(generation: Json) -> bool:
    """By its flag, or by what the worker noted beside the picture (`METADATA_TYPE` of horde-sdk)."""
    kinds = [note.get("type") for note in entries(generation.get("gen_metadata"))]
    return generation.get("censored") is True or "censorship" in kinds


def _given(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


def _lora(lora: Lora) -> Json:
    """A LoRA with its own trigger words, which the worker knows."""
    name = lora.name.removeprefix(VERSION)
    versioned: Json = {"is_version": True} if name != lora.name else {}
    return {"name": name, "model": lora.weight, "clip": lora.weight, "inject_trigger": "any", **versioned}


def _states(answer: Json, form: Json) -> set[str]:
    """The states of a job without a picture: the job's own, and that of its form."""
    return {text(answer.get("state")), text(form.get("state"))}


def _lora_trouble(generation: Json) -> str | None:
    """The worker's note about a LoRA that it could not use; it has drawn without it."""
    for note in entries(generation.get("gen_metadata")):
        if note.get("type") == "lora":
            return f"the LoRA {plain(note.get('ref'), 60)!r} was not used: {plain(note.get('value'), 60)}"
    return None


def _image(generation: Json) -> str | None:
    """Its URL, or a WebP inline as base64."""
    found = generation.get("img")
    if not isinstance(found, str) or not found:
        return None
    return found if found.startswith(("http://", "https://")) else f"data:image/webp;base64,{found}"


def _with_negative(request: ImageRequest) -> str:
    """The prompt and the negative prompt in one text. `###` in people's own words would end the prompt."""
    parts = [part.replace("###", "") for part in (request.prompt, request.negative_prompt) if part]
    return SEPARATOR.join(parts)


def _sources(request: ImageRequest) -> Json:
    """The fields of the input pictures. Raises InvalidParameter for a mask with several of them."""
    if not request.images:
        return {}
    first, *others = map(plain_base64, request.images)
    if request.mask is not None:
        if others:
            raise InvalidParameter("a mask goes with one input picture")
        mask = plain_base64(request.mask)  # white is drawn anew
        return {"source_image": first, "source_processing": "inpainting", "source_mask": mask}
    if others:
        extra = [{"image": other, "strength": 1.0} for other in others]
        return {"source_image": first, "source_processing": "remix", "extra_source_images": extra}
    return {"source_image": first, "source_processing": "img2img"}


def _in_steps(pixels: int | None) -> int | None:
    return None if pixels is None else int(Horde.capabilities.width.clamp(pixels))


async def _webp(data: bytes) -> bytes:
    """An input picture as the API wants it. Raises InvalidParameter if it is none."""
    try:
        return await within_budget(converted, data, "WEBP", quality=WEBP_QUALITY)
    except BadPicture:
        raise InvalidParameter("the input picture does not open") from None
