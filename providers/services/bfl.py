"""Black Forest Labs' own API: FLUX.2 and its like, by submit-and-poll. Source: docs.bfl.ai.

The answer to a submission names a `polling_url` at one of its regions (api.us1.bfl.ai, ...), which must be asked with
the key. So the key goes to the configured origin, and from a server within bfl.ai also to others there, by https.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import aiohttp
from yarl import URL

from providers.bounds import fraction, text
from providers.capabilities import Bounds, Capabilities
from providers.engines.credits import check_credits
from providers.engines.deadline import Deadline
from providers.engines.http import Call, Json
from providers.engines.polling import PollingProvider
from providers.engines.refusals import Refused, tidy
from providers.errors import BadAnswer, ContentRejected, ModelNotFound, NoPicture, ProviderError, ResponseError
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import scaled
from providers.pictures.encoded import mime_of, plain_base64
from providers.request import ImageRequest

DOMAIN = "bfl.ai"
STEP = 16  # pixels
MOST = 4_000_000  # pixels in all


class BlackForestLabs(PollingProvider):
    """The catalogue's `bfl`. `model` is the end of the route, such as flux-2-pro; `extra` has more fields, such as
    `safety_tolerance` or `output_format`."""

    label = "Black Forest Labs"
    url = "https://api.bfl.ai"
    api_endpoint = "/v1"
    paid = True
    poll_interval = 1
    default_model = default_image_model = "flux-2-pro"
    image_models: ClassVar[list[str]] = ["flux-2-pro", "flux-2-max", "flux-2-flex", "flux-pro-1.1"]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "image"}),
        width=Bounds(64, 4096, STEP, rounds=True),
        height=Bounds(64, 4096, STEP, rounds=True),
        resume=True,
        notes=("sizes in multiples of 16, up to 4 megapixels",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    picture_hosts = ("*.bfl.ai", "*.blob.core.windows.net")
    extra: Mapping[str, object] = {}

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name: new ones come every few months."""
        return model or cls.default_model

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        """FLUX.2 and Kontext start from a picture; older ones only hint at it, under another name."""
        if cls.get_model(model).startswith(("flux-2-", "flux-kontext-")):
            return cls.capabilities
        return replace(cls.capabilities, parameters=cls.capabilities.parameters - {"image"})

    def can(self, model: str) -> Capabilities:
        return self.capabilities_of(model)

    def auth_headers(self) -> dict[str, str]:
        return {"x-key": self.api_key} if self.api_key else {}

    def trusts(self, url: URL) -> bool:
        return super().trusts(url) or (url.scheme == "https" and _within(URL(self.url)) and _within(url))

    def submit(self, request: ImageRequest) -> Call:
        fields: Json = {"prompt": request.prompt}
        if request.seed is not None:
            fields["seed"] = request.seed
        width, height = request.width or request.height, request.height or request.width
        if width is not None and height is not None:
            fields["width"], fields["height"] = scaled(width, height, step=STEP, low=1, high=MOST)
        if request.first_image is not None:
            mime_of(request.first_image)
            fields["input_image"] = plain_base64(request.first_image)
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
        if refused.answer.get("status") == "Task not found":
            return ResponseError(str(refused))
        if refused.status == 404 and refused.answer:
            return ModelNotFound(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        await check_credits(self, session, "/v1/credits")


def _within(url: URL) -> bool:
    return (url.host or "") == DOMAIN or (url.host or "").endswith(f".{DOMAIN}")
