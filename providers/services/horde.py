"""AI Horde: volunteers' machines behind one queue; works without a key, and faster with one.

Source: Haidra-Org/AI-Horde, `horde/apis/v2/stable.py` and `README_return_codes.md`. Asking how a job goes is answered
from a cache of a second and allowed 10 times a second; the finished job may be fetched 10 times a minute, and is once.
Both are counted by address and route, so for each job apart; submissions by address, 2 a second and 90 a minute.
"""

import asyncio
import difflib
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from typing import Any, ClassVar

import aiohttp

from providers.bounds import entries, job_id, number, seconds, text, whole
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
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

ANONYMOUS = "0000000000"
STEP = 64  # pixels
MEGAPIXEL = 1024 * 1024
MAX_MODELS = 2000  # in the Horde's list
MEGAPIXEL_MODELS = re.compile(r"xl|flux|cascade|pony|illustrious|qwen|z-image", re.IGNORECASE)
REMIXING_MODELS = re.compile(r"cascade", re.IGNORECASE)  # the only ones that take several pictures
REMIXED = 2  # input pictures of an ordinary user: one, and one extra; trusted users may send five extra ones
CAPTION = "caption"  # the form of a description
SEPARATOR = " ### "  # between the prompt and what to leave out
WEBP_QUALITY = 90


class Horde(PollingProvider):
    """The catalogue's `horde`. `model` is one of the Horde's own names, any of them without it; `extra` has more
    fields of the request, with those of `params` among them: `extra = { nsfw = true, params = { karras = true } }`."""

    label = "AI Horde"
    url = "https://aihorde.net"
    api_endpoint = "/api/v2/generate/async"
    poll_interval = 3
    capabilities = Capabilities(
        frozenset(
            {"negative_prompt", "width", "height", "seed", "guidance_scale", "num_inference_steps"}
            | {"image", "mask", "strength"}
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
    charged = Charged.NEVER  # kudos are no money
    extra: Mapping[str, Any] = {}  # fields of the API, each with its own type

    _finished = False
    _at_once = False

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name: which models there are changes by the hour. "" is whichever a worker has."""
        return model or cls.default_model

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        """Without kudos, models of a megapixel are drawn in that at any load, all others only up to 576x576 pixels.
        Stable Cascade alone remixes several pictures; the catalogue's `input_images` knows how trusted a key is."""
        can = cls.capabilities if MEGAPIXEL_MODELS.search(model or "") else replace(cls.capabilities, area=576 * 576)
        return can.with_input_images(REMIXED) if REMIXING_MODELS.search(model or "") else can

    def can(self, model: str) -> Capabilities:
        return self.capabilities_of(model)

    def auth_headers(self) -> dict[str, str]:
        return {"apikey": self.api_key or ANONYMOUS}

    def headers(self) -> dict[str, str]:
        return {**self.auth_headers(), "Client-Agent": _agent()}

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        if request.images:
            mask = None if request.mask is None else await _webp(request.mask)
            pictures = tuple([await _webp(each) for each in request.images])
            request = self._in_shape(replace(request, images=pictures, mask=mask))
        async with aclosing(super()._draw(request, session)) as events:
            async for event in events:
                yield event

    def _in_shape(self, request: ImageRequest) -> ImageRequest:
        """With the input picture's shape where nobody asked for a size: the Horde's own square would squeeze it."""
        if request.first_image is None or request.width is not None or request.height is not None:
            return request
        most = self.capabilities_of(request.model).area or MEGAPIXEL
        width, height = scaled(*size_of(request.first_image), step=STEP, low=min(MEGAPIXEL // 4, most), high=most)
        return replace(request, width=width, height=height)

    # -- the job -----------------------------------------------------------------------------------------

    def submit(self, request: ImageRequest) -> Call:
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
        body: Json = {"prompt": _with_negative(request), "nsfw": False, "censor_nsfw": True, "r2": True}
        body |= _sources(request)
        body["models"] = [request.model] if request.model else []  # left out, it would mean stable_diffusion alone
        more = dict(self.extra)
        params = {name: value for name, value in params.items() if value is not None} | more.pop("params", {})
        return Call("POST", self.api_endpoint, json={**body, **more, "params": params})

    def job_id(self, answer: Json) -> str:
        found = job_id(answer.get("id"))
        if not found.replace("-", "").isalnum():
            raise BadAnswer(f"{self.host} took the prompt but gave no id")
        return found

    def poll(self, job_id: str) -> Call:
        return Call("GET", f"/api/v2/generate/{'status' if self._finished else 'check'}/{job_id}")

    def pause(self) -> float:
        at_once, self._at_once = self._at_once, False
        return 0 if at_once else self.poll_interval

    def cancellation(self, job_id: str) -> Call:
        return Call("DELETE", f"/api/v2/generate/status/{job_id}")

    def state(self, answer: Json, patience: Deadline) -> Reasoning | ImageResponse:
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

    def _response(self, answer: Json) -> ImageResponse:
        generations = entries(answer.get("generations"))
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
        """By a volunteer's machine that captions. The question is taken back when nobody waits for it any more."""
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
                await patience.wait(asyncio.sleep(self.poll_interval))
        except BaseException:
            await self.farewell(session, Call("DELETE", path))
            raise

    def _caption(self, answer: Json) -> str | None:
        """None: it is not there yet."""
        forms = entries(answer.get("forms"), 1)
        form: Json = forms[0] if forms else {}
        result = form.get("result")
        if isinstance(result, dict) and (caption := text(result.get(CAPTION))).strip():
            return caption
        if {answer.get("state"), form.get("state")} & {"faulted", "cancelled"}:
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
        if self.model:
            listed = await self.ask(session, patience, Call("GET", "/api/v2/status/models", query={"type": "image"}))
            find_model(self.model, parse_json(listed.body))


def find_model(name: str, listed: object) -> None:
    """Raises ModelNotFound, with the nearest names, for a model that no worker has."""
    names = [each["name"] for each in entries(listed, MAX_MODELS) if isinstance(each.get("name"), str)]
    if name not in names:
        near = difflib.get_close_matches(name[:200], names, 5, 0.4) or names[:5]
        raise ModelNotFound(f"no worker has the model {name!r}; there are: {', '.join(near) or 'none'}")


@lru_cache(maxsize=1)
def _agent() -> str:
    """name:version:contact; those that do not say are the first to be blocked."""
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


def _image(generation: Json) -> str | None:
    """Its URL, or a WebP inline as base64."""
    found = generation.get("img")
    if not isinstance(found, str) or not found:
        return None
    return found if found.startswith(("http://", "https://")) else f"data:image/webp;base64,{found}"


def _with_negative(request: ImageRequest) -> str:
    """`###` in people's own words would end the prompt."""
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
