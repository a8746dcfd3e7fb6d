"""Replicate: any of its models by owner/name, as predictions; the model's own schema maps the arguments.

Sources: replicate-python-beta (December 2025), `resources/predictions.py`, `types/prediction.py`; @ai-sdk/replicate
3.0.46; replicate.com's docs, "Prediction lifecycle".
"""

import re
from collections.abc import AsyncGenerator, Hashable, Mapping
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import aiohttp

from providers.capabilities import Bounds, Capabilities
from providers.catalog.file import OptionError
from providers.charging import Charged
from providers.engines.deadline import Deadline
from providers.engines.http import Call, Json
from providers.engines.memory import forgotten_if_refused, memory
from providers.engines.polling import PollingProvider
from providers.engines.refusals import Refused, tidy
from providers.errors import (
    BadAnswer,
    Cancelled,
    ContentRejected,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    NoVideo,
    PaymentRequired,
    ProviderError,
    QuotaExceeded,
    ResponseError,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.encoded import data_url, mime_of
from providers.request import OPTIONAL_PARAMETERS, ImageRequest
from providers.services.schema_arguments import Arguments, InputSchema, arguments, task_arguments
from providers.tasks import CUTOUT, UPSCALE, VIDEO

CHECK = 15.0  # seconds
INLINE = 256_000  # bytes of a picture; larger ones are uploaded first
MODEL_ID = re.compile(r"[A-Za-z0-9._-]{1,64}/[A-Za-z0-9._-]{1,128}(:[0-9a-f]{64})?")
JOB_ID = re.compile(r"[A-Za-z0-9_-]{4,100}")
MANY = re.compile(r"flux-2|flux-3|nano-banana|seedream|gpt-image|multi|edit-plus")  # they start from several pictures
SINGLE = re.compile(r"kontext|edit|image-to-image|img2img|fill|redux|inpaint|upscal|stable-diffusion|sdxl|flux-dev")
PERCENT = re.compile(r"(\d{1,3})%\|")  # tqdm's line in the logs
REFUSED = re.compile(r"nsfw|sensitive|flagged|content (policy|moderation)|\(E005\)|safety", re.IGNORECASE)
PASSING = re.compile(r"\(E00[34]\)|code: PA|interrupted|temporarily unavailable", re.IGNORECASE)
MEMORY = re.compile(r"out of memory", re.IGNORECASE)
MOVING = re.compile(r"\.(mp4|webm|mov|mkv)(\?|$)", re.IGNORECASE)
STILL = re.compile(r"\.(png|jpe?g|avif)(\?|$)", re.IGNORECASE)


class Replicate(PollingProvider):
    """The catalogue's `replicate`. `model` is owner/name, with or without `:version`; `extra` has more inputs of the
    model, such as `output_format`. Entries with a task need a model for it; `scale` is how far one upscales."""

    label = "Replicate"
    url = "https://api.replicate.com"
    api_endpoint = "/v1/predictions"
    paid = True
    charged = Charged.ON_HANDOVER  # by the second of the machine, for many models
    picture_hosts = ("replicate.delivery", "*.replicate.delivery")
    poll_interval = 0.7
    default_model = default_image_model = "black-forest-labs/flux-2-pro"
    image_models: ClassVar[list[str]] = [default_model]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset(OPTIONAL_PARAMETERS),
        width=Bounds(64, 4096),
        height=Bounds(64, 4096),
        steps=Bounds(1, 500),
        edits=True,
        progress=True,
        cancel=True,
        resume=True,
        notes=("what it takes depends on the model, and is read from its schema",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    tasks = frozenset({UPSCALE, CUTOUT, VIDEO})
    usual_scale = 2.0
    extra: Mapping[str, object] = {}
    scale: float | None = None

    _arguments = Arguments({}, ())
    _version = ""  # for models that have no route of their own
    _handed_over = False

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any model's name is valid. Raises InvalidParameter for text that cannot be one."""
        name = model or cls.default_model
        if MODEL_ID.fullmatch(name) is None:
            raise InvalidParameter(f"{name!r} is no model of Replicate's, such as {cls.default_model}")
        return name

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        """A model's name tells whether it starts from pictures; the catalogue's `input_images` overrides that. Only the
        schema says whether a run gives several pictures, so the catalogue's `images` has to say it."""
        name = cls.get_model(model)
        count = 8 if MANY.search(name) else 1 if SINGLE.search(name) else 0
        parameters = cls.capabilities.parameters - (set() if count else {"image", "mask", "strength"})
        edits = MANY.search(name) is not None or "kontext" in name or "edit" in name
        return replace(cls.capabilities, parameters=parameters, input_images=count, edits=edits)

    @classmethod
    def read_options(cls, options: dict[str, Any], model: str | None, folder: Path) -> dict[str, Any]:
        cls.get_model(model)
        if "task" in options and model is None:
            raise OptionError("model", "is missing: name a model of Replicate's for this task")
        return options

    def can(self, model: str) -> Capabilities:
        return self.capabilities_of(model)

    # -- arguments -----------------------------------------------------------------------------------------

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        with forgotten_if_refused(self._schema_key(request.model or "")):
            async with aclosing(self._drawn(request, session)) as events:
                async for event in events:
                    yield event

    async def _drawn(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        schema, latest, official = await self._look_up(request.model or "", session)
        self._version = (request.model or "").partition(":")[2] or ("" if official else latest)
        patience = Deadline(self.timeout, self.timeout)
        pictures = [await self._picture(picture, session, patience) for picture in request.images]
        mask = None if request.mask is None else await self._picture(request.mask, session, patience)
        if self.task in self.tasks:
            self._arguments = task_arguments(self.task, request, schema, pictures, self.scale or self.usual_scale)
        else:
            self._arguments = arguments(request, schema, pictures, mask)
        if self._arguments.untaken:
            untaken = self._arguments.untaken
            yield Reasoning(f"{request.model} does not take: {', '.join(untaken)}", untaken=untaken)
        try:
            async with aclosing(super()._draw(request, session)) as events:
                async for event in events:
                    yield event
            return
        except ModelNotFound:
            if self._handed_over or ":" in (request.model or "") or not latest:
                raise
        self._version = "" if self._version else latest  # the other one of the two routes
        async with aclosing(super()._draw(request, session)) as events:
            async for event in events:
                yield event

    def _schema_key(self, model: str) -> Hashable:
        return ("replicate", self.url, model.partition(":")[0])

    async def _look_up(self, model: str, session: aiohttp.ClientSession) -> tuple[InputSchema, str, bool]:
        """The model's schema, its latest version, and whether it has a route of its own; remembered for a while. Raises
        ModelNotFound."""
        name = model.partition(":")[0]
        found, _ = await memory().recall(self._schema_key(model), lambda: self._read_model(name, session))
        if found is None:
            raise ModelNotFound(f"{self.host}: the model {name!r} says nothing of what it takes")
        return found

    async def _read_model(self, name: str, session: aiohttp.ClientSession) -> tuple[InputSchema, str, bool] | None:
        answer = (await self.ask(session, Deadline(CHECK, CHECK), Call("GET", f"/v1/models/{name}"))).json()
        latest = answer.get("latest_version")
        if not isinstance(latest, dict):
            return None
        found: Any = latest.get("openapi_schema")
        for key in ("components", "schemas"):
            found = found.get(key) if isinstance(found, dict) else None
        if not isinstance(found, dict):
            return None
        version = latest.get("id")
        known = version if isinstance(version, str) and re.fullmatch(r"[0-9a-f]{64}", version) else ""
        # a version that is hidden, or said to be official, is drawn by the model's own route
        return InputSchema.read(found.get("Input"), found), known, answer.get("is_official") is True or not known

    async def _picture(self, picture: bytes, session: aiohttp.ClientSession, patience: Deadline) -> str:
        """The URL of a picture: inline if it is small, else of a file that Replicate keeps for a day."""
        mime = mime_of(picture)
        if len(picture) <= INLINE:
            return data_url(picture, mime)
        form = aiohttp.FormData(default_to_multipart=True)
        form.add_field("content", picture, filename=f"picture.{mime.rpartition('/')[2]}", content_type=mime)
        answer = (await self.ask(session, patience, Call("POST", "/v1/files", form=form))).json()
        urls = answer.get("urls")
        address = urls.get("get") if isinstance(urls, dict) else None
        if not isinstance(address, str) or not address.startswith(("https://", "http://")):
            raise BadAnswer(f"{self.host} took a picture but named no address of it")
        return address

    # -- the job -----------------------------------------------------------------------------------------

    def submit(self, request: ImageRequest) -> Call:
        body: Json = {"input": {**self._arguments.fields, **self.extra}}
        route = f"/v1/models/{request.model}/predictions"
        if self._version:
            route = self.api_endpoint
            body["version"] = self._version
        # should nobody be there to cancel it, it ends by itself
        return Call(
            "POST", route, json=body, headers={"Cancel-After": f"{int(self.queue_timeout + self.timeout) + 5}s"}
        )

    def job_id(self, answer: Json) -> str:
        self._handed_over = True
        found = answer.get("id")
        if not isinstance(found, str) or JOB_ID.fullmatch(found) is None:
            raise BadAnswer(f"{self.host} took the prompt but gave no id")
        return found

    def poll(self, job_id: str) -> Call:
        self._handed_over = True
        if JOB_ID.fullmatch(job_id) is None:
            raise BadAnswer("a ticket that is not Replicate's")
        return Call("GET", f"{self.api_endpoint}/{job_id}")

    def cancellation(self, job_id: str) -> Call:
        return Call("POST", f"{self.api_endpoint}/{job_id}/cancel")

    def state(self, answer: Json, patience: Deadline) -> Reasoning | list[str]:
        match answer.get("status"):
            case "starting" | "queued":
                patience.in_queue()
                return Reasoning("Waiting")
            case "processing":
                patience.begin_drawing()
                return Reasoning("Drawing", _progress(answer.get("logs")))
            case "succeeded":
                return self._pictures(answer.get("output"))
            case "failed":
                raise self._failed(tidy(str(answer.get("error") or "no reason given")))
            case "canceled" | "cancelled":
                raise Cancelled(f"{self.host}: the prediction was cancelled")
            case "aborted":
                raise ResponseError(f"{self.host}: the prediction was not begun in time")
        raise BadAnswer(f"{self.host} does not say how the prediction goes")

    def _pictures(self, output: object) -> list[str]:
        listed = output if isinstance(output, list) else [output]
        if isinstance(output, dict):  # a model with several outputs, each by its name
            listed = [output.get("video") if self.task == VIDEO else output.get("image")]
        urls = [url for url in listed if isinstance(url, str) and url.startswith(("https://", "http://", "data:"))]
        if self.task == VIDEO:
            # An address without an ending is judged by its bytes, once it is fetched.
            found = [url for url in urls if not STILL.search(url)]
            if urls and not found:
                raise NoVideo(f"{self.host} answered with a picture: is {self.model} a model for videos?")
        else:
            found = [url for url in urls if not MOVING.search(url)]
            if urls and not found:
                raise NoPicture(f'{self.host} made a video of it: such a model is declared with task = "video"')
        if not found:
            raise NoPicture(f"{self.host} says it is done, but has no {'video' if self.task == VIDEO else 'picture'}")
        return found

    def _failed(self, reason: str) -> ProviderError:
        if REFUSED.search(reason):
            return ContentRejected(reason)
        if PASSING.search(reason):
            return ResponseError(f"{self.host}: {reason}")
        if MEMORY.search(reason):
            return InvalidParameter(f"{self.host}: {reason}; a smaller picture may do")
        return ResponseError(f"{self.host}: {reason}")

    def refusal(self, refused: Refused) -> ProviderError:
        if refused.status == 429:
            wait = refused.answer.get("retry_after")
            known = isinstance(wait, int | float) and not isinstance(wait, bool) and 0 <= wait <= 86_400
            return QuotaExceeded(str(refused), retry_after=float(wait or 0) if known else refused.retry_after)
        if refused.status == 404 and refused.answer:
            return (ResponseError if self._handed_over else ModelNotFound)(str(refused))
        if refused.status == 422 and "Invalid version" in refused.said:
            return ModelNotFound(str(refused))
        if refused.status == 422 and REFUSED.search(refused.said):
            return ContentRejected(str(refused))
        if refused.status == 402:
            return PaymentRequired(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that the key is valid and that the model exists. Costs nothing. Raises ProviderError."""
        try:
            await self.ask(session, Deadline(CHECK, CHECK), Call("GET", "/v1/account"))
            await self._look_up(self.get_model(self.model), session)
        except BadAnswer as error:
            raise NotThisServer(f"{self.host} does not speak Replicate's API: {error}") from None


def _progress(logs: object) -> float | None:
    """The last percentage in the log, which is all that a model reports about its steps."""
    found = PERCENT.findall(logs[-2000:]) if isinstance(logs, str) else []
    share = int(found[-1]) / 100 if found else 0.0
    return share if 0 < share <= 1 else None
