"""The OpenAI Images API, and every server that speaks its shape: OpenAI, LocalAI, Together, xAI, ...

Source: openai-python, `types/image_*.py`, `resources/images.py` and `resources/models.py`.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlsplit

import aiohttp

from providers.capabilities import Bounds, Capabilities
from providers.engines.bodies import parse_json
from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, Json
from providers.engines.media import inline
from providers.engines.refusals import Refused, tidy
from providers.engines.single import SingleProvider
from providers.engines.sse import ServerSentEvent
from providers.errors import (
    BadAnswer,
    ContentRejected,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    PaymentRequired,
    ProviderError,
    Unauthorized,
    Unavailable,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.pictures.encoded import mime_of
from providers.request import OPTIONAL_PARAMETERS, ImageRequest
from providers.services.openai_models import MULTIPART, Family, family_of

CHECK = 15.0  # seconds

# Codes and types of errors; what is not here follows from the status.
ERRORS: Mapping[str, type[ProviderError]] = {
    "invalid_api_key": Unauthorized,
    "insufficient_quota": PaymentRequired,
    "billing_hard_limit_reached": PaymentRequired,
    "billing_not_active": PaymentRequired,
    "billing_limit_user_error": PaymentRequired,
    "moderation_blocked": ContentRejected,
    "content_policy_violation": ContentRejected,
    "content_filter": ContentRejected,
    "model_not_found": ModelNotFound,
    "server_error": Unavailable,
}


class OpenAIImages(SingleProvider):
    """The catalogue's `openai`.

    `parameters` says what a compatible server takes, and under which names, in place of what its model is known to
    take: `{num_inference_steps = "steps", size = "size"}`; `size` ("WxH") and `aspect_ratio` stand for width and height
    together. `extra` has fields that go along as they stand; an empty text there leaves one of ours out.
    """

    label = "OpenAI Images"
    url = "https://api.openai.com"
    api_endpoint = "/v1/images/generations"
    supports_stream = True
    paid = True
    default_model = default_image_model = "gpt-image-2"
    image_models: ClassVar[list[str]] = [
        "gpt-image-2.5-sunburst",
        "gpt-image-2.5-flare",
        default_model,
        "gpt-image-1.5",
        "gpt-image-1-mini",
    ]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset(OPTIONAL_PARAMETERS) - {"strength"},
        width=Bounds(64, 4096),
        height=Bounds(64, 4096),
        images=10,
        previews=True,
        notes=("what it takes depends on the model",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImagePreview, ImageResponse)

    parameters: Mapping[str, str] = {}
    extra: Mapping[str, object] = {}
    partial_images: int = 2  # previews of models that stream; each costs a little at OpenAI

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name: only the server knows what it has."""
        return model or cls.default_model

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        return cls.capabilities_with(model, {})

    @classmethod
    def capabilities_with(cls, model: str | None, options: Mapping[str, object]) -> Capabilities:
        named = options.get("parameters")
        family = family_of(cls.get_model(model), named if isinstance(named, Mapping) else {})
        return replace(
            cls.capabilities,
            parameters=family.taken,
            images=family.images if "n" in family.sends else 1,
            previews=family.streams,
            notes=family.notes,
        )

    def can(self, model: str) -> Capabilities:
        return self.capabilities_with(model, {"parameters": self.parameters})

    def call(self, request: ImageRequest) -> Call:
        family = family_of(request.model or "", self.parameters)
        fields = self._fields(request, family)
        field = family.sends.get("image")
        if request.first_image is None or field not in MULTIPART:
            return Call("POST", self._route("/images/generations"), json=fields)
        form = aiohttp.FormData(default_to_multipart=True)
        mime = mime_of(request.first_image)
        form.add_field(field, request.first_image, filename=f"picture.{mime.rpartition('/')[2]}", content_type=mime)
        for name, value in fields.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        return Call("POST", self._route("/images/edits"), form=form)

    def _route(self, path: str) -> str:
        """`url` is with or without the version, as servers' documents have it."""
        return path if urlsplit(self.url).path.rstrip("/").endswith("/v1") else f"/v1{path}"

    def _fields(self, request: ImageRequest, family: Family) -> Json:
        fields: Json = {"prompt": request.prompt, "model": request.model}
        for name, field in family.sends.items():
            if field not in MULTIPART and (value := family.value(name, request)) is not None:
                fields[field] = value
        if family.response_format:
            fields["response_format"] = "b64_json"
        if family.streams and self.partial_images and request.n == 1:
            fields |= {"stream": True, "partial_images": self.partial_images}
        return {name: value for name, value in {**fields, **self.extra}.items() if value != ""}

    # -- what the answer says ----------------------------------------------------------------------------

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        found = answer.json()
        data = found.get("data")
        if "error" in found and not data:
            raise self.refusal(Refused.read(400, answer.body, answer.headers, secret=self.api_key))
        if data is not None and not isinstance(data, list):
            raise BadAnswer(f"{self.host} answered with data that is no list")
        items = [item for item in data or [] if isinstance(item, dict)]
        images = [inline(item["b64_json"]) if item.get("b64_json") else item.get("url") for item in items]
        urls = [image for image in images if isinstance(image, str) and image]
        if not urls:
            raise NoPicture(f"{self.host} answered without a picture")
        revised = next((text for item in items if isinstance(text := item.get("revised_prompt"), str) and text), "")
        return ImageResponse(urls, tidy(revised) or request.prompt)

    def streamed(self, event: ServerSentEvent, request: ImageRequest) -> Event | None:
        if event.data == b"[DONE]":
            return None
        found = parse_json(event.data)
        kind = str(found.get("type") or event.event) if isinstance(found, dict) else ""
        if kind.endswith(".partial_image"):
            return ImagePreview(inline(found.get("b64_json")), request.prompt)
        if kind.endswith(".completed"):
            if not found.get("b64_json"):
                raise NoPicture(f"{self.host} says it is done, but sent no picture")
            return ImageResponse([inline(found["b64_json"])], request.prompt)
        if kind == "error" or (isinstance(found, dict) and "error" in found):
            raise self.refusal(Refused.read(400, event.data, {}, secret=self.api_key))
        return None

    def refusal(self, refused: Refused) -> ProviderError:
        error = refused.answer.get("error", refused.answer)
        told: Mapping[str, Any] = error if isinstance(error, Mapping) else {}  # as it came
        for key in (told.get("code"), told.get("type")):
            if isinstance(key, str) and key in ERRORS:
                return ERRORS[key](str(refused))
        if told.get("param") == "model" and refused.status in {400, 404}:
            return ModelNotFound(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Whether the key lets us see the list of models, and this one is in it. Costs nothing."""
        patience = Deadline(CHECK, CHECK)
        try:
            answer = parse_json((await self.ask(session, patience, Call("GET", self._route("/models")))).body)
        except BadAnswer as error:
            raise NotThisServer(f"{self.host} does not speak OpenAI's API: {error}") from None
        listed = answer.get("data") if isinstance(answer, dict) else answer  # Together has the bare list
        if not isinstance(listed, list):
            raise NotThisServer(f"{self.host} does not speak OpenAI's API: no list of models at /v1/models")
        names = [str(item.get("id")) for item in listed if isinstance(item, dict)]
        if names and (model := self.get_model(self.model)) not in names:
            raise ModelNotFound(f"{self.host} has no model {model!r}")
