"""Hugging Face's inference providers (hf-inference, fal, Replicate, Together, ...) through `huggingface_hub`.

The library finds out which provider serves a model, and under which name. Its calls for that, and for fetching some
pictures, block, so it works in a thread and an event loop of its own.
"""

import importlib.util
import io
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from urllib.parse import urlsplit

import aiohttp

from providers.base import Provider
from providers.bounds import names_of
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.deadline import Deadline
from providers.engines.refusals import Refused, tidy
from providers.engines.thread_loop import apart
from providers.errors import (
    BadAnswer,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    ProviderError,
    ResponseError,
    Unauthorized,
    Unavailable,
    Unreachable,
    handing_over,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.encoded import data_url, mime_of
from providers.request import ImageRequest

if TYPE_CHECKING:
    import httpx
    from huggingface_hub import AsyncInferenceClient
    from PIL import Image

ROUTER = "https://router.huggingface.co"
NEEDS = "huggingface_hub is missing: pip install 'imagine-bot[huggingface]'"
CHECK = 15.0  # seconds

# In the Hub's name of a model: it changes pictures, and perhaps several.
EDITORS = re.compile(r"kontext|edit|flux\.?2|pix2pix|image-to-image|img2img", re.IGNORECASE)
SEVERAL = re.compile(r"flux\.?2|edit-(plus|2[5-9])|multi", re.IGNORECASE)
SEVERAL_PICTURES = 3  # that all of those take
# Where the providers' models look for several pictures; the library itself sends one in the same fields.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "fal-ai": ("image_urls",),
    "replicate": ("images", "input_images"),
    "together": ("reference_images",),
    "wavespeed": ("images",),
}
READS_URLS = {"fal-ai", "replicate", "together"}  # the library takes `data:` URLs for them, each with its own type
# The library's words for a job that came to nothing; its other ValueErrors are about models and tasks.
_FAILED = "WaveSpeed AI task failed"
_ODD_ANSWERS = ("No request ID found", "No result URL found", "No output URL", "Unknown status")

_T = TypeVar("_T")


class HuggingFace(Provider):
    """The catalogue's `huggingface`. `inference_provider`: one of the Hub's names, or "auto". `url`: may be an
    Inference Endpoint. A key that begins with hf_ goes through Hugging Face's router and is billed there; any other key
    goes straight to the provider. A model that changes pictures is recognised by its name, or by the catalogue's
    `input_images`. Several pictures are sent to providers that have a field for them (`FIELDS`)."""

    label = "Hugging Face"
    url = ROUTER
    charged = Charged.ON_HANDOVER  # the providers behind it have terms of their own
    paid = True
    default_model = default_image_model = "black-forest-labs/FLUX.1-schnell"
    image_models: ClassVar[list[str]] = [default_model]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset({"negative_prompt", "width", "height", "seed", "guidance_scale", "num_inference_steps"}),
        width=Bounds(64, 2048, 8),
        height=Bounds(64, 2048, 8),
        notes=("what it takes depends on the inference provider",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    picture_hosts = ("*.fal.media", "*.replicate.delivery", "replicate.delivery", "*.wavespeed.ai")
    inference_provider: str = "auto"
    extra: Mapping[str, object] = {}

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name of the Hub is valid."""
        return model or cls.default_model

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        return cls.capabilities_with(model, {})

    @classmethod
    def capabilities_with(cls, model: str | None, options: Mapping[str, object]) -> Capabilities:
        """A model's name tells whether it starts from pictures; the catalogue's `input_images` overrides that."""
        name = cls.get_model(model)
        if EDITORS.search(name) is None:
            return cls.capabilities
        several = options.get("inference_provider") in FIELDS and SEVERAL.search(name) is not None
        return replace(cls.capabilities.with_input_images(SEVERAL_PICTURES if several else 1), edits=True)

    def can(self, model: str) -> Capabilities:
        return self.capabilities_with(model, {"inference_provider": self.inference_provider})

    @classmethod
    def lacking(cls) -> str | None:
        return None if importlib.util.find_spec("huggingface_hub") else NEEDS

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        if len(request.images) > 1 and self.inference_provider not in FIELDS:
            raise InvalidParameter(f"{self.inference_provider} takes one input picture")
        untaken = ("width", "height") if request.images and request.width and not self._sizes(request) else ()
        told = f"{self.inference_provider} takes the picture's own size"
        yield Reasoning(told, untaken=untaken) if untaken else Reasoning("Generating")
        draw = self._changed if request.images else self._drawn
        with handing_over():
            data = await self._with_client(lambda client: draw(client, request), self.timeout)
        yield ImageResponse([data_url(data, "image/png")], request.prompt)  # whatever it is: decoding finds out

    async def _drawn(self, client: "AsyncInferenceClient", request: ImageRequest) -> bytes:
        picture = await client.text_to_image(
            request.prompt,
            negative_prompt=request.negative_prompt,
            width=request.width,
            height=request.height,
            num_inference_steps=request.num_inference_steps,
            guidance_scale=request.guidance_scale,
            seed=request.seed,
            model=None if self._endpoint else request.model,
            extra_body=dict(self.extra) or None,
        )
        return _encoded(picture)

    async def _changed(self, client: "AsyncInferenceClient", request: ImageRequest) -> bytes:
        urls = [data_url(picture, mime_of(picture)) for picture in request.images]
        several = dict.fromkeys(FIELDS[self.inference_provider], urls) if len(urls) > 1 else {}
        fields: dict[str, Any] = {**self._sizes(request), "seed": request.seed, **several, **self.extra}
        picture = await client.image_to_image(
            urls[0] if self.inference_provider in READS_URLS else request.images[0],
            request.prompt,
            negative_prompt=request.negative_prompt,
            num_inference_steps=request.num_inference_steps,
            guidance_scale=request.guidance_scale,
            model=None if self._endpoint else request.model,
            **fields,
        )
        return _encoded(picture)

    def _sizes(self, request: ImageRequest) -> dict[str, Any]:
        """The size in the form that the provider's editing models take; each of WaveSpeed's has its own form."""
        if not request.width or not request.height or self.inference_provider == "wavespeed":
            return {}
        size = {"width": request.width, "height": request.height}
        return size if self.inference_provider in {"replicate", "together"} else {"target_size": size}

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks with the Hub that the key is valid and that a provider serves the model; for an Endpoint, that it
        answers. Raises ProviderError."""
        if self._endpoint:
            await super().check(session)
            return

        async def look(_: "AsyncInferenceClient") -> None:
            from huggingface_hub import HfApi

            hub = HfApi(token=self.api_key)
            if (self.api_key or "").startswith("hf_"):
                hub.whoami()
            mapping = hub.model_info(self.get_model(self.model), expand=["inferenceProviderMapping"])
            serving = [item.provider for item in mapping.inference_provider_mapping or []]
            if not serving or (self.inference_provider != "auto" and self.inference_provider not in serving):
                raise ModelNotFound(
                    f"{self.inference_provider} does not serve this model; its providers: {names_of(serving)}"
                )

        await self._with_client(look, CHECK)

    @property
    def _endpoint(self) -> bool:
        return self.url.rstrip("/") != ROUTER

    async def _with_client(self, work: "Callable[[AsyncInferenceClient], Awaitable[_T]]", seconds: float) -> _T:
        """Does the work in a thread of its own, within its deadline. Raises ProviderError."""
        if (missing := self.lacking()) is not None:
            raise ResponseError(missing)
        if not self.api_key:  # the library would take whatever token lies around on this machine
            raise Unauthorized("Hugging Face needs a key")
        from huggingface_hub import AsyncInferenceClient, constants

        from providers.services import huggingface_http as http

        http.install()
        origins = frozenset({http.origin_of(self.url), http.origin_of(constants.ENDPOINT)})
        way = http.Way(origins, (*self.picture_hosts, *http.QUEUES), self.way_out)
        http.way.set(way)
        named: dict[str, Any] = {"base_url": self.url} if self._endpoint else {"provider": self.inference_provider}

        async def run() -> _T:
            try:
                async with AsyncInferenceClient(**named, token=self.api_key) as client:
                    return await work(client)
            except Exception as error:
                raise self._translated(error, way.refusals) from error

        patience = Deadline(seconds, seconds)
        patience.begin_drawing()
        try:
            return await patience.wait(apart(run))
        finally:
            way.over.set()

    def _translated(self, error: Exception, refusals: "Sequence[httpx.Response]" = ()) -> Exception:
        """The ProviderError for an error of the library or of its HTTP client. `refusals`: answers that the library
        took for a result."""
        import httpx
        from huggingface_hub import errors as hub
        from PIL import UnidentifiedImageError

        if isinstance(error, ProviderError):
            return error
        if isinstance(error, hub.HfHubHTTPError):
            return self._refusal(error)
        if isinstance(error, UnidentifiedImageError):
            return BadAnswer("Hugging Face answered with something that is no picture")
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return Unreachable(f"Hugging Face cannot be reached: {self._clean(error) or type(error).__name__}")
        if isinstance(error, httpx.HTTPError | OSError):
            return Unavailable(f"Hugging Face cannot be reached: {self._clean(error) or type(error).__name__}")
        if refusals and isinstance(error, ValueError | LookupError | TypeError | AttributeError):
            return self._refused(refusals[-1])
        if type(error) is ValueError or isinstance(error, hub.HFValidationError):
            return self._by_words(self._clean(error))
        if isinstance(error, IndexError):  # the first picture of none
            return NoPicture("Hugging Face answered without a picture")
        if isinstance(error, ValueError | LookupError | TypeError | AttributeError):
            return BadAnswer(f"an answer of another shape than the library knows: {type(error).__name__}")
        return error

    def _refusal(self, error: Any) -> ProviderError:  # HfHubHTTPError, which is imported on demand
        from huggingface_hub import errors as hub

        if isinstance(error, hub.RepositoryNotFoundError) and not isinstance(error, hub.GatedRepoError):
            return ModelNotFound(f"the Hub has no such model: {self._clean(error)}")
        return self._refused(error.response)

    def _refused(self, response: "httpx.Response") -> ProviderError:
        refused = Refused.read(response.status_code, response.content, response.headers, secret=self.api_key)
        if refused.no_route and self._endpoint:
            return NotThisServer(f"{urlsplit(self.url).hostname} is no Inference Endpoint: {refused}")
        return ModelNotFound(str(refused)) if refused.status in {404, 410} else refused.error()

    def _by_words(self, said: str) -> ProviderError:
        """The error by its text: the library's own errors have one class."""
        if said.startswith(_FAILED):
            return ResponseError(said)
        if said.startswith(_ODD_ANSWERS):
            return BadAnswer(said)
        if "Supported task: image-to-image" in said:
            return InvalidParameter(f"this model changes pictures, and needs one: {said}")
        return ModelNotFound(said)  # or a task that the provider does not serve

    def _clean(self, error: Exception) -> str:
        return tidy(self.redact(str(error)))


def _encoded(picture: "Image.Image") -> bytes:
    """The picture's bytes as they came; the library has opened but not decoded them."""
    source = getattr(picture, "fp", None)
    if isinstance(source, io.BytesIO):
        return source.getvalue()
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
