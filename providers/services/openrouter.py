"""OpenRouter's image API: one request form for the models of many vendors; its list says what each model takes.

Sources: openrouter 1.3.84 (November 2026), `images.py`, `components/image*.py`, `apierrortype.py`; openrouter.ai's
docs, "Errors and Debugging". The list needs no key.
"""

import math
from collections.abc import AsyncGenerator, Hashable, Mapping
from contextlib import aclosing
from typing import Any, ClassVar

import aiohttp

from providers.bounds import names_of
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.bodies import parse_json
from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, Json
from providers.engines.media import inline
from providers.engines.memory import forgotten_if_refused, memory
from providers.engines.refusals import Refused
from providers.engines.single_request import SingleProvider
from providers.engines.sse import ServerSentEvent
from providers.errors import (
    BadAnswer,
    ContentRejected,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    Unavailable,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import ratio_of
from providers.pictures.encoded import data_url, mime_of
from providers.request import MAX_INPUT_IMAGES, ImageRequest
from providers.services.deep_merge import merged

CHECK = 15.0  # seconds
MEGAPIXEL = 1024 * 1024
RESOLUTIONS = {"512": 0.25, "768": 0.5625, "1K": 1.0, "1.5K": 2.25, "2K": 4.0, "4K": 16.0}  # megapixels of a square

ERRORS: Mapping[str, type[ProviderError]] = {
    "content_policy_violation": ContentRejected,
    "refusal": ContentRejected,
    "moderation": ContentRejected,
    "payment_required": PaymentRequired,
    "provider_overloaded": Unavailable,
    "provider_unavailable": Unavailable,
    "timeout": Unavailable,
    "invalid_prompt": InvalidParameter,
    "invalid_image": InvalidParameter,
    "image_too_large": InvalidParameter,
    "image_too_small": InvalidParameter,
    "unsupported_image_format": InvalidParameter,
}


class OpenRouter(SingleProvider):
    """The catalogue's `openrouter`. `model` is one of its ids (author/name); `extra` has more fields of the body,
    merged into ours: `extra = { quality = "low", provider = { sort = "price" } }`."""

    label = "OpenRouter"
    url = "https://openrouter.ai"
    api_endpoint = "/api/v1/images"
    supports_stream = True
    paid = True
    charged = Charged.ON_HANDOVER  # the makers behind it have terms of their own
    default_model = default_image_model = "black-forest-labs/flux.2-pro"
    image_models: ClassVar[list[str]] = [default_model]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "image"}),
        width=Bounds(64, 6336),
        height=Bounds(64, 6336),
        input_images=MAX_INPUT_IMAGES,
        edits=True,
        notes=("what it takes depends on the model, and is read from OpenRouter's list",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImagePreview, ImageResponse)
    extra: Mapping[str, Any] = {}  # fields of the API, each with its own type
    partial_images: int = 0  # 1 and more: previews, of models that stream

    _known: Mapping[str, Any] = {}  # the model's entry in the list; empty where the list could not be read

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any id is valid: the list changes by the day, and `check` asks for it."""
        return model or cls.default_model

    async def _answered(
        self, request: ImageRequest, session: aiohttp.ClientSession, patience: Deadline, look: Call | None
    ) -> AsyncGenerator[Event, None]:
        try:
            self._known = await self._entry(request.model or "", session)
        except Unavailable:
            self._known = {}  # then it gets the words and the pictures, which all models take
        if untaken := self._untaken(request):
            yield Reasoning(f"{request.model} does not take: {', '.join(untaken)}", untaken=untaken)
        with forgotten_if_refused(self._list_of_models):
            async with aclosing(super()._answered(request, session, patience, look)) as events:
                async for event in events:
                    yield event

    @property
    def _list_of_models(self) -> Hashable:
        return ("openrouter", self.url)

    async def _entry(self, model: str, session: aiohttp.ClientSession) -> Json:
        """The model's entry in the current list. Raises ModelNotFound if there is none."""
        found, _ = await memory().recall(self._list_of_models, lambda: self._list(session))
        listed = found or {}
        if model not in listed:
            raise ModelNotFound(f"{self.host} has no picture model {model!r}; it has: {names_of(listed)}")
        return listed[model]

    async def _list(self, session: aiohttp.ClientSession) -> dict[str, Json]:
        try:
            answer = await self.ask(session, Deadline(CHECK, CHECK), Call("GET", "/api/v1/images/models"))
            listed = answer.json().get("data")
        except BadAnswer as error:
            raise NotThisServer(f"{self.host} does not speak OpenRouter's API: {error}") from None
        if not isinstance(listed, list):
            raise NotThisServer(f"{self.host} does not speak OpenRouter's API: no list at /api/v1/images/models")
        return {str(each["id"]): each for each in listed if isinstance(each, dict) and each.get("id")}

    # -- what is sent --------------------------------------------------------------------------------------------

    def call(self, request: ImageRequest) -> Call:
        body: Json = {"model": request.model, "prompt": request.prompt, **self._shape(request)}
        if request.n > 1 and self._takes("n"):
            body["n"] = min(request.n, self._most("n", request.n))
        if request.seed is not None and self._takes("seed"):
            body["seed"] = request.seed
        if request.images and self._inputs():
            body["input_references"] = [
                {"type": "image_url", "image_url": {"url": data_url(picture, mime_of(picture))}}
                for picture in request.images[: self._inputs()]
            ]
        if self.partial_images and request.n == 1 and self._known.get("supports_streaming") is True:
            body["stream"] = True
        return Call("POST", self.api_endpoint, json=merged(body, self.extra))

    def _shape(self, request: ImageRequest) -> Json:
        shape: Json = {}
        ratios = [value for value in self._values("aspect_ratio") if _whole(value)]
        ratio = ratio_of(request.aspect_ratio, request.width, request.height, ratios) if ratios else None
        if ratio is not None:
            shape["aspect_ratio"] = ratio
        width, height = request.width or request.height, request.height or request.width
        tiers = [value for value in self._values("resolution") if value in RESOLUTIONS]
        if width and height and tiers:
            asked = width * height / MEGAPIXEL
            shape["resolution"] = min(tiers, key=lambda tier: abs(math.log(RESOLUTIONS[tier] / asked)))
        if width and height and not shape and self._takes("size"):
            shape["size"] = f"{width}x{height}"
        return shape

    def _untaken(self, request: ImageRequest) -> tuple[str, ...]:
        """The parameters that were asked for and that this model does not have."""
        if not self._known:
            return ()
        untaken = [name for name in ("seed",) if getattr(request, name) is not None and not self._takes(name)]
        if len(request.images) > self._inputs():
            untaken.append("image")
        if (request.width or request.height) and not self._shape(request):
            untaken += ["width", "height"]
        if request.n > self._most("n", 10 if self._takes("n") else 1):
            untaken.append("n")
        return tuple(untaken)

    def _parameter(self, name: str) -> Json:
        supported = self._known.get("supported_parameters")
        found = supported.get(name) if isinstance(supported, dict) else None
        return found if isinstance(found, dict) else {}

    def _takes(self, name: str) -> bool:
        return bool(self._parameter(name))

    def _values(self, name: str) -> list[str]:
        values = self._parameter(name).get("values")
        return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []

    def _most(self, name: str, otherwise: int) -> int:
        most = self._parameter(name).get("max")
        return int(most) if isinstance(most, int | float) and 1 <= most <= 1000 else otherwise

    def _inputs(self) -> int:
        """How many input pictures this model takes; if the list could not be read, as many as there are."""
        if not self._known:
            return MAX_INPUT_IMAGES
        architecture = self._known.get("architecture")
        kinds = architecture.get("input_modalities") if isinstance(architecture, dict) else None
        able = self._takes("input_references") or (isinstance(kinds, list) and "image" in kinds)
        return self._most("input_references", MAX_INPUT_IMAGES) if able else 0

    # -- what the answer says ----------------------------------------------------------------------------

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        found = answer.json()
        if "error" in found and not found.get("data"):
            raise self.refusal(Refused.read(_status(found), answer.body, answer.headers, secret=self.api_key))
        items = found.get("data")
        if not isinstance(items, list):
            raise NoPicture(f"{self.host} answered without a picture")
        pictures = [inline(item["b64_json"]) for item in items if isinstance(item, dict) and item.get("b64_json")]
        if not pictures:
            raise ContentRejected(f"{self.host} gave no picture: an empty list, as after a refusal")
        return ImageResponse(pictures, request.prompt)

    def streamed(self, event: ServerSentEvent, request: ImageRequest) -> Event | None:
        if event.data == b"[DONE]":
            return None
        found = parse_json(event.data)
        kind = str(found.get("type") or event.event) if isinstance(found, dict) else ""
        if kind.endswith(".partial_image"):
            return ImagePreview(inline(found.get("b64_json")), request.prompt)
        if kind.endswith(".completed"):
            return ImageResponse([inline(found.get("b64_json"))], request.prompt)
        if kind == "error" or (isinstance(found, dict) and "error" in found):
            raise self.refusal(Refused.read(_status(found), event.data, {}, secret=self.api_key))
        return None

    def refusal(self, refused: Refused) -> ProviderError:
        error = refused.answer.get("error")
        told: Mapping[str, Any] = error if isinstance(error, Mapping) else {}  # as it came
        metadata = told.get("metadata")
        more: Mapping[str, Any] = metadata if isinstance(metadata, Mapping) else {}
        for kind in (more.get("error_type"), told.get("error_type"), told.get("type"), told.get("code")):
            if isinstance(kind, str) and kind in ERRORS:
                return ERRORS[kind](str(refused))
        if refused.status == 403 and ("reasons" in more or "flagged_input" in more):
            return ContentRejected(str(refused))
        if refused.status == 402 and more.get("limit_source") == "openrouter_in_flight_budget":
            return QuotaExceeded(str(refused), retry_after=refused.retry_after)
        if refused.status == 404 and refused.answer:
            return ModelNotFound(str(refused))
        if refused.status == 408:
            return Unavailable(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that the model is listed, the key valid, and its own limit not spent. Costs nothing. Raises
        ProviderError."""
        await self._entry(self.get_model(self.model), session)
        answer = await self.ask(session, Deadline(CHECK, CHECK), Call("GET", "/api/v1/key"))
        account = answer.json().get("data")
        if not isinstance(account, dict):
            raise NotThisServer(f"{self.host} does not speak OpenRouter's API: nothing about the key")
        limit, usage = account.get("limit"), account.get("usage")
        if isinstance(limit, int | float) and isinstance(usage, int | float) and usage >= limit:
            raise PaymentRequired("the key's own limit is spent")


def _status(found: object) -> int:
    """The status inside an answer with HTTP status 200."""
    error = found.get("error") if isinstance(found, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 400


def _whole(ratio: str) -> bool:
    wide, colon, high = ratio.partition(":")
    return (
        bool(colon)
        and wide.isascii()
        and high.isascii()
        and wide.isdigit()
        and high.isdigit()
        and "0" not in {wide, high}
    )
