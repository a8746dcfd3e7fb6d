"""Google's Gemini image models ("Nano Banana") by their native API: prompt and pictures in, a picture out.

Sources: google-genai 3.6.1 (November 2026), `types.py`, `models.py`, `errors.py`; google-gemini/cookbook,
`Get_Started_Nano_Banana.ipynb`. Refusals come with status 200, as block reasons and finish reasons.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar

import aiohttp

from providers.bounds import names_of
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, Json
from providers.engines.media import inline
from providers.engines.refusals import Refused, tidy
from providers.engines.single_request import SingleProvider
from providers.errors import (
    BadAnswer,
    ContentRejected,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    Unauthorized,
    Unavailable,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import ratio_of
from providers.pictures.encoded import mime_of, plain_base64
from providers.request import ImageRequest
from providers.services.deep_merge import merged

CHECK = 15.0  # seconds
MAX_SEED = 2**31 - 1
RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")
LONG_RATIOS = (*RATIOS, "1:4", "4:1", "1:8", "8:1")
MEGAPIXEL = 1024 * 1024
TIERS = {"512": 0.25, "1K": 1.0, "2K": 4.0, "4K": 16.0}  # megapixels of a square

REFUSALS = frozenset({
    "SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT",
    "IMAGE_RECITATION", "RECITATION", "SPII", "MODEL_ARMOR", "JAILBREAK",
})  # fmt: skip
ONCE_MORE = frozenset({"NO_IMAGE", "IMAGE_OTHER", "MALFORMED_RESPONSE"})
WAIT = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)s")  # RetryInfo's retryDelay


@dataclass(frozen=True, slots=True)
class Family:
    ratios: tuple[str, ...]
    tiers: tuple[str, ...]  # for imageSize; () sends none
    inputs: int


# By how a name begins; the first that fits. What is newer is taken for the newest that is known.
FAMILIES: Mapping[str, Family] = {
    "gemini-2.5-flash-image": Family(RATIOS, (), 3),
    "gemini-3-pro-image": Family(RATIOS, ("1K", "2K", "4K"), 14),
    "gemini-3.1-flash-lite-image": Family(LONG_RATIOS, (), 14),
    "gemini-3.1-flash-image": Family(LONG_RATIOS, ("512", "1K", "2K", "4K"), 14),
    "": Family(LONG_RATIOS, ("1K", "2K", "4K"), 14),
}


class _OnceMore(NoPicture):
    """There is no picture, for a reason that may pass. Asking again is a new job: the tokens of this one may have been
    charged."""

    @property
    def repeatable(self) -> bool:
        return True


class Gemini(SingleProvider):
    """The catalogue's `gemini`. `extra` has more fields of the body, merged into ours:
    `extra = { generationConfig = { imageConfig = { imageSize = "2K" } } }`, or `safetySettings`."""

    label = "Gemini"
    url = "https://generativelanguage.googleapis.com"
    api_endpoint = "/v1beta/models"
    paid = True
    charged = Charged.ON_HANDOVER  # tokens are counted from the request on; whether a refusal is free is not documented
    default_model = default_image_model = "gemini-3.1-flash-image"
    image_models: ClassVar[list[str]] = [
        "gemini-nano-banana-2.1",
        "gemini-3-pro-image",
        default_model,
        "gemini-3.1-flash-lite-image",
        "gemini-2.5-flash-image",
    ]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "image"}),
        width=Bounds(256, 6336),
        height=Bounds(256, 6336),
        input_images=14,
        edits=True,
        notes=("draws a ratio near 1, 4 or 16 megapixels, whichever is nearest",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    extra: Mapping[str, Any] = {}  # fields of the API, each with its own type

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name is valid: new models come every few months."""
        return (model or cls.default_model).removeprefix("models/")

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        return _with_inputs(cls, _family(cls.get_model(model)).inputs)

    def can(self, model: str) -> Capabilities:
        return self.capabilities_of(model)

    def auth_headers(self) -> dict[str, str]:
        return {"x-goog-api-key": self.api_key} if self.api_key else {}

    def call(self, request: ImageRequest) -> Call:
        parts: list[Json] = [
            {"inlineData": {"mimeType": mime_of(picture), "data": plain_base64(picture)}} for picture in request.images
        ]
        parts.append({"text": request.prompt})
        config: Json = {"responseModalities": ["TEXT", "IMAGE"]}
        if request.seed is not None:
            config["seed"] = request.seed & MAX_SEED
        if image := _image_config(request):
            config["imageConfig"] = image
        body: Json = {"contents": [{"role": "user", "parts": parts}], "generationConfig": config}
        route = f"{self.api_endpoint}/{request.model}:generateContent"
        return Call("POST", route, json=merged(body, self.extra))

    # -- what the answer says ----------------------------------------------------------------------------

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        found = answer.json()
        candidates = [each for each in _list(found.get("candidates")) if isinstance(each, dict)]
        parts = [part for candidate in candidates for part in _parts(candidate)]
        pictures = [inline(f"data:{mime};base64,{data}") for mime, data in map(_inline, parts) if data]
        if pictures:
            return ImageResponse(pictures, request.prompt)
        feedback = found.get("promptFeedback")
        blocked = str(feedback.get("blockReason") or "") if isinstance(feedback, dict) else ""
        if blocked:
            raise ContentRejected(f"{self.host} blocked the prompt: {tidy(blocked)}")
        if not candidates:
            raise NoPicture(f"{self.host} answered without a picture")
        raise self._unfinished(candidates[0], " ".join(_texts(parts)))

    def _unfinished(self, candidate: Json, text: str) -> ProviderError:
        reason = tidy(str(candidate.get("finishReason") or ""))
        said = tidy(str(candidate.get("finishMessage") or text or "no reason given"))
        if reason in ONCE_MORE:
            return _OnceMore(f"{self.host} made no picture: {reason}: {said}")
        if reason in REFUSALS:
            return ContentRejected(f"{self.host} withheld the picture: {reason}: {said}")
        if reason == "PUP_LIMITED_DISABLED":
            return Unauthorized(f"{self.host}: the account may not draw: {said}")
        if reason in {"", "STOP"} and text:
            return ContentRejected(f"{self.host} answered in words: {said}")
        return NoPicture(f"{self.host} ended without a picture: {reason}: {said}")

    def refusal(self, refused: Refused) -> ProviderError:
        error = refused.answer.get("error")
        told: Mapping[str, Any] = error if isinstance(error, Mapping) else {}  # as it came
        details = [each for each in _list(told.get("details"))[:20] if isinstance(each, dict)]
        if any(each.get("reason") == "API_KEY_INVALID" for each in details):
            return Unauthorized(str(refused))
        match refused.status, told.get("status"):
            case 400, "FAILED_PRECONDITION":
                return (PaymentRequired if "billing" in refused.said.lower() else Unauthorized)(str(refused))
            case 404, "NOT_FOUND":
                return ModelNotFound(str(refused))
            case 429, _:
                return _quota(refused, details)
            case 499, _:
                return Unavailable(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that the key may list models, and that this one is listed. Costs nothing. Raises ProviderError."""
        patience = Deadline(CHECK, CHECK)
        try:
            answer = await self.ask(session, patience, Call("GET", self.api_endpoint, query={"pageSize": "1000"}))
            listed = answer.json().get("models")
        except BadAnswer as error:
            raise NotThisServer(f"{self.host} does not speak Gemini's API: {error}") from None
        if not isinstance(listed, list):
            raise NotThisServer(f"{self.host} does not speak Gemini's API: no list of models")
        names = {str(each.get("name")).removeprefix("models/") for each in listed if isinstance(each, dict)}
        if (model := self.get_model(self.model)) not in names:
            able = sorted(name for name in names if "image" in name or "banana" in name)
            raise ModelNotFound(f"{self.host} has no model {model!r}; it has: {names_of(able)}")


@lru_cache(maxsize=64)
def _with_inputs(kind: type[Gemini], inputs: int) -> Capabilities:
    return replace(kind.capabilities, input_images=inputs)


def _family(model: str) -> Family:
    return next(family for prefix, family in FAMILIES.items() if model.startswith(prefix))


def _image_config(request: ImageRequest) -> Json:
    """Without a ratio Gemini keeps that of the first input picture; without a size it draws 1K."""
    family = _family(request.model or "")
    config: Json = {}
    ratio = ratio_of(request.aspect_ratio, request.width, request.height, family.ratios)
    if ratio is not None:
        config["aspectRatio"] = ratio
    width, height = request.width or request.height, request.height or request.width
    if width and height and family.tiers:
        asked = width * height / MEGAPIXEL
        tier = min(family.tiers, key=lambda tier: abs(math.log(TIERS[tier] / asked)))
        if tier != "1K":
            config["imageSize"] = tier
    return config


def _quota(refused: Refused, details: list[Json]) -> QuotaExceeded:
    """The kind of quota that is used up: none without billing, the day's (until midnight in California), or a short
    one."""
    violations = [
        violation for each in details for violation in _list(each.get("violations"))[:20] if isinstance(violation, dict)
    ]
    ids = " ".join(str(violation.get("quotaId"))[:200] for violation in violations)
    if any(str(v.get("quotaValue", "")) == "0" for v in violations) or re.search(r"limit: 0\b", refused.said):
        return PaymentRequired(f"{refused}; pictures need billing")
    if "PerDay" in ids:
        return QuotaExceeded(str(refused), retry_after=_until_midnight(datetime.now(UTC)))
    waits = [match for each in details if (match := WAIT.fullmatch(str(each.get("retryDelay", ""))[:20]))]
    return QuotaExceeded(str(refused), retry_after=float(waits[0][1]) if waits else refused.retry_after)


def _until_midnight(now: datetime) -> float:
    """Seconds until midnight, Pacific standard time; in summer this is an hour too late."""
    local = now - timedelta(hours=8)
    return 86_400.0 - (local.hour * 3600 + local.minute * 60 + local.second)


def _parts(candidate: Json) -> list[Json]:
    """What was said or drawn. Parts of the reasoning are left out, because they may hold drafts."""
    content = candidate.get("content")
    parts = _list(content.get("parts")) if isinstance(content, dict) else []
    return [part for part in parts if isinstance(part, dict) and part.get("thought") is not True]


def _inline(part: Json) -> tuple[str, str]:
    data = part.get("inlineData", part.get("inline_data"))
    if not isinstance(data, dict) or not isinstance(data.get("data"), str):
        return "", ""
    return str(data.get("mimeType") or data.get("mime_type") or "image/png")[:50], data["data"]


def _texts(parts: list[Json]) -> Iterator[str]:
    return (part["text"][:2000] for part in parts if isinstance(part.get("text"), str))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
