"""Black Forest Labs' own API: FLUX.2, FLUX 3, Kontext and others, by submit-and-poll.

Sources: docs.bfl.ai; @ai-sdk/black-forest-labs 2.0.41; clients written against BFL's OpenAPI of 2026-10-01 (FLUX 3).
The answer to a submission names a `polling_url` in one of its regions (api.us1.bfl.ai, ...), which needs the key. So
the key goes to the configured origin; and if that is within bfl.ai, also to other servers there, by https.
"""

import math
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import ClassVar

import aiohttp
from yarl import URL

from providers.bounds import fraction, text
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.credits import check_credits
from providers.engines.deadline import Deadline
from providers.engines.http import Call, Json
from providers.engines.polling import PollingProvider
from providers.engines.refusals import Refused, tidy
from providers.errors import (
    BadAnswer,
    ContentRejected,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    ProviderError,
    ResponseError,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import ratio_of, scaled
from providers.pictures.encoded import mime_of, plain_base64, size_of
from providers.pictures.masks import shaped, white_mask
from providers.request import ImageRequest

DOMAIN = "bfl.ai"
MEGAPIXEL = 1024 * 1024
MOST = 4_000_000  # pixels in all
RATIOS = ("21:9", "2:1", "16:9", "3:2", "7:5", "4:3", "5:4", "1:1", "4:5", "3:4", "5:7", "2:3", "9:16", "1:2", "9:21")
RESOLUTIONS = {"768sq": 0.5625, "1k": 1.0, "1.5k": 2.25, "2k": 4.0, "4k": 16.0}  # megapixels of a square

SIXTEENS, STEPS, GUIDANCE = Bounds(64, 4096, 16, rounds=True), Bounds(1, 50), Bounds(1.5, 10, 0.1)
SIDES, RATIO, TIERS = "width and height", "aspect_ratio", "aspect_ratio and resolution"


@dataclass(frozen=True, slots=True)
class Family:
    """What the models of a name take. `shape`: SIDES, RATIO, TIERS, or "" (the picture's own). `pictures`: the JSON
    fields for one picture each; "images" is one list of all."""

    shape: str = SIDES
    bounds: Bounds = SIXTEENS
    pictures: tuple[str, ...] = ()
    most_pictures: int = 0
    parameters: frozenset[str] = frozenset({"seed"})
    edits: bool = False
    steps: Bounds = STEPS
    guidance: Bounds = GUIDANCE
    note: str = "sizes in multiples of 16, up to 4 megapixels"


def _numbered(count: int) -> tuple[str, ...]:
    return ("input_image", *(f"input_image_{number}" for number in range(2, count + 1)))


_TUNED = frozenset({"seed", "guidance_scale", "num_inference_steps"})
_RATIO_NOTE = f"draws in the nearest of {', '.join(RATIOS)}"
FLUX_2 = Family(pictures=_numbered(8), most_pictures=8, edits=True)
FLUX_1 = Family(
    bounds=Bounds(256, 1440, 32, rounds=True),
    pictures=("image_prompt",),
    most_pictures=1,
    note="sizes in multiples of 32, 256 to 1440 pixels a side",
)
# By how the end of the route begins; the first that fits. What is newer is taken for a FLUX.2.
FAMILIES: Mapping[str, Family] = {
    "flux-3-": Family(
        TIERS, pictures=("images",), most_pictures=10, parameters=frozenset(), edits=True, note=_RATIO_NOTE
    ),
    "flux-2-flex": replace(FLUX_2, parameters=_TUNED),
    "flux-2-klein": replace(FLUX_2, pictures=_numbered(4), most_pictures=4),
    "flux-kontext-": Family(RATIO, pictures=_numbered(4), most_pictures=4, edits=True, note=_RATIO_NOTE),
    "flux-pro-1.1-ultra": Family(RATIO, pictures=("image_prompt",), most_pictures=1, note=_RATIO_NOTE),
    "flux-pro-1.0-fill": Family(
        "",
        pictures=("image",),
        most_pictures=1,
        parameters=frozenset({"mask", "guidance_scale", "num_inference_steps"}),
        edits=True,
        steps=Bounds(15, 50),
        guidance=Bounds(1.5, 100, 0.1),
        note="redraws what a mask says; the picture keeps its size",
    ),
    "flux-pro-1.1": FLUX_1,
    "flux-dev": replace(FLUX_1, parameters=_TUNED, guidance=Bounds(1.5, 5, 0.1)),
    "": FLUX_2,
}


class BlackForestLabs(PollingProvider):
    """The catalogue's `bfl`. `model` is the end of the route, such as flux-2-pro; `extra` has more fields, such as
    `safety_tolerance` or `output_format`."""

    label = "Black Forest Labs"
    url = "https://api.bfl.ai"
    api_endpoint = "/v1"
    paid = True
    charged = Charged.ON_HANDOVER  # its terms say nothing of failed jobs
    poll_interval = 1
    default_model = default_image_model = "flux-2-pro"
    image_models: ClassVar[list[str]] = [
        "flux-3-image",
        "flux-2-pro",
        "flux-2-max",
        "flux-2-flex",
        "flux-2-klein-9b",
        "flux-2-klein-4b",
        "flux-kontext-pro",
        "flux-kontext-max",
        "flux-pro-1.1",
        "flux-pro-1.1-ultra",
        "flux-pro-1.0-fill",
        "flux-dev",
    ]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "image"}),
        width=FLUX_2.bounds,
        height=FLUX_2.bounds,
        input_images=8,
        edits=True,
        resume=True,
        notes=(FLUX_2.note,),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    picture_hosts = ("*.bfl.ai", "*.blob.core.windows.net")
    extra: Mapping[str, object] = {}

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name is valid: new models come every few months."""
        return model or cls.default_model

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        family = _family(cls.get_model(model))
        shaped = {"width", "height"} if family.shape else set()
        return replace(
            cls.capabilities,
            parameters=family.parameters | shaped | ({"image"} if family.most_pictures else set()),
            width=family.bounds,
            height=family.bounds,
            steps=family.steps,
            guidance=family.guidance,
            input_images=family.most_pictures,
            edits=family.edits,
            notes=(family.note,),
        )

    def can(self, model: str) -> Capabilities:
        return self.capabilities_of(model)

    def auth_headers(self) -> dict[str, str]:
        return {"x-key": self.api_key} if self.api_key else {}

    def trusts(self, url: URL) -> bool:
        return super().trusts(url) or (url.scheme == "https" and _within(URL(self.url)) and _within(url))

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        if not request.images and _family(request.model or "").shape == "":
            raise InvalidParameter(f"{request.model} redraws a part of a picture: it needs one to start from")
        if request.mask is not None and request.first_image is not None:
            size = size_of(request.first_image)
            request = replace(request, mask=await shaped(white_mask, request.mask, size))
        async with aclosing(super()._draw(request, session)) as events:
            async for event in events:
                yield event

    def submit(self, request: ImageRequest) -> Call:
        family = _family(request.model or "")
        fields: Json = {"prompt": request.prompt, **_shape(request, family)}
        tuned = {"seed": request.seed, "steps": request.num_inference_steps, "guidance": request.guidance_scale}
        fields |= {name: value for name, value in tuned.items() if value is not None}
        for picture in request.images:
            mime_of(picture)
        encoded = [plain_base64(picture) for picture in request.images]
        if family.pictures == ("images",):
            fields |= {"images": encoded} if encoded else {}
        else:
            fields |= dict(zip(family.pictures, encoded, strict=False))
        if request.mask is not None:
            fields["mask"] = plain_base64(request.mask)
        return Call("POST", f"/v1/{request.model}", json={**fields, **self.extra})

    def job_id(self, answer: Json) -> str:
        found = answer.get("polling_url")
        if not isinstance(found, str) or "://" not in found:
            raise BadAnswer(f"{self.host} took the prompt but named no polling_url")
        return found

    def poll(self, job_id: str) -> Call:
        return Call("GET", job_id)

    def state(self, answer: Json, patience: Deadline) -> Reasoning | list[str]:
        status = text(answer.get("status"))
        if status == "Ready":
            result = answer.get("result")
            sample = result.get("sample") if isinstance(result, dict) else None
            if not isinstance(sample, str) or not sample:
                raise NoPicture(f"{self.host} says it is ready, but names no picture")
            return [sample]
        if status in {"Request Moderated", "Content Moderated"}:
            raise ContentRejected(status)
        if status in {"Task not found", "Error", "Failed"}:
            raise ResponseError(f"{self.host}: {status}")
        return Reasoning(tidy(status) or "Pending", fraction(answer.get("progress")) or None)

    def refusal(self, refused: Refused) -> ProviderError:
        status = text(refused.answer.get("status"))
        if status == "Task not found":
            return ResponseError(str(refused))
        if status in {"Request Moderated", "Content Moderated"}:  # a failed job may answer so with 422 or 503
            return ContentRejected(status)
        if status in {"Error", "Failed"}:
            return ResponseError(f"{self.host}: {status}")
        if refused.status == 404 and refused.answer:
            return ModelNotFound(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        await check_credits(self, session, "/v1/credits")


def _within(url: URL) -> bool:
    return (url.host or "") == DOMAIN or (url.host or "").endswith(f".{DOMAIN}")


def _family(model: str) -> Family:
    return next(family for prefix, family in FAMILIES.items() if model.startswith(prefix))


def _shape(request: ImageRequest, family: Family) -> Json:
    """Without it a picture to start from says its shape."""
    width, height = request.width or request.height, request.height or request.width
    if width is None or height is None or not family.shape:
        return {}
    if family.shape == SIDES:
        step = int(family.bounds.step)
        wide, high = scaled(width, height, step=step, low=1, high=MOST)
        return {"width": int(family.bounds.clamp(wide)), "height": int(family.bounds.clamp(high))}
    shape: Json = {"aspect_ratio": ratio_of(request.aspect_ratio, width, height, RATIOS)}
    if family.shape == TIERS:
        asked = width * height / MEGAPIXEL
        tier = min(RESOLUTIONS, key=lambda name: abs(math.log(RESOLUTIONS[name] / asked)))
        if tier != "1k":
            shape["resolution"] = tier
    return shape
