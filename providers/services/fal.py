"""fal.ai: any of its models by its endpoint's id, through its queue; the model's own schema maps the arguments.

Sources: fal-client 1.0.3 (September 2026), `client.py`; @fal-ai/client 1.10.1; fal.ai's docs, "Errors" and "Queue API".
A content refusal is a COMPLETED job whose result answers 422.
"""

import json
import math
import re
from collections.abc import AsyncGenerator, Hashable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import aiohttp
from yarl import URL

from providers.capabilities import Bounds, Capabilities
from providers.catalog.file import OptionError
from providers.charging import Charged
from providers.choices import MAX_CHOICES, MAX_NAME, Choice, Kind
from providers.engines.bodies import NO_TOTAL, parse_json, read_bounded, translated
from providers.engines.deadline import Deadline
from providers.engines.http import ANSWER, Call, Json
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
    ResponseError,
    Unauthorized,
    Unavailable,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.encoded import data_url, mime_of
from providers.proxies import proxy_for
from providers.request import OPTIONAL_PARAMETERS, ImageRequest
from providers.services.schema_arguments import NAMES, Arguments, InputSchema, arguments, task_arguments
from providers.tasks import CUTOUT, UPSCALE, VIDEO

CHECK = 15.0  # seconds
QUEUE = "https://queue.fal.run"
SCHEMAS = "https://fal.ai"  # public: it is asked without the key
DOMAINS = ("fal.run", "falrun.com")
MODEL_ID = re.compile(r"[A-Za-z0-9._-]{1,64}(/[A-Za-z0-9._-]{1,64}){1,6}")
MANY = re.compile(r"edit|multi|reference")  # in an id: it starts from several pictures
SINGLE = re.compile(r"image-to-image|kontext|fill|redux|upscal|inpaint")
SEVERAL = re.compile(r"^fal-ai/(flux/|nano-banana)|^fal-ai/bytedance/seedream/")  # a run gives up to four
PICKED = (*NAMES["sampler"], *NAMES["scheduler"], *NAMES["loras"])
PERCENT = re.compile(r"(\d{1,3})%\|")  # tqdm's line in the logs

ERRORS: Mapping[str, type[ProviderError]] = {
    "content_policy_violation": ContentRejected,
    "no_media_generated": NoPicture,
    "downstream_service_error": Unavailable,
    "downstream_service_unavailable": Unavailable,
    "generation_timeout": Unavailable,
    "internal_server_error": Unavailable,
}
# What most models of FLUX's kind take; for a model whose schema cannot be read.
USUAL = InputSchema(
    {
        "prompt": {"type": "string"},
        "seed": {"type": "integer"},
        "num_images": {"type": "integer", "maximum": 4},
        "image_size": {"properties": {"width": {}, "height": {}}},
    },
    frozenset({"prompt"}),
)
WORKING = InputSchema({"image_url": {"type": "string"}}, frozenset({"image_url"}))  # what most models with a task take


class Fal(PollingProvider):
    """The catalogue's `fal`.

    `model` is an endpoint's id (`fal-ai/flux/dev`); `edit_path` is what stands behind it for requests with pictures
    (`/edit`), where that is another endpoint. `extra` has more arguments of the model, such as `safety_tolerance`.
    A LoRA is an address, or a repository of Hugging Face. Entries with a task need a model for it (`fal-ai/esrgan`,
    `fal-ai/birefnet/v2`, one whose name ends in `image-to-video`); `scale` is how far one upscales.
    """

    label = "fal"
    url = QUEUE
    paid = True
    charged = Charged.ON_HANDOVER  # a running model is billed even when it was cancelled
    picture_hosts = ("fal.media", "*.fal.media")
    poll_interval = 0.7
    default_model = default_image_model = "fal-ai/flux/dev"
    image_models: ClassVar[list[str]] = [default_model]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset((*OPTIONAL_PARAMETERS, "sampler", "scheduler", "loras")),
        width=Bounds(64, 4096),
        height=Bounds(64, 4096),
        steps=Bounds(1, 500),
        images=4,
        edits=True,
        progress=True,
        queue_position=True,
        cancel=True,
        resume=True,
        notes=("what it takes depends on the model, and is read from its schema",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    listed = frozenset({Kind.SAMPLER, Kind.SCHEDULER})  # by the schema, which says no names of LoRAs
    tasks = frozenset({UPSCALE, CUTOUT, VIDEO})
    usual_scale = 2.0
    extra: Mapping[str, object] = {}
    edit_path: str = ""
    scale: float | None = None

    _arguments = Arguments({}, ())
    _finished = False
    _at_once = False
    _handed_over = False

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any id of an endpoint is valid. Raises InvalidParameter for text that cannot be one."""
        name = model or cls.default_model
        if MODEL_ID.fullmatch(name) is None:
            raise InvalidParameter(f"{name!r} is no id of fal's, such as {cls.default_model}")
        return name

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        return cls.capabilities_with(model, {})

    @classmethod
    def capabilities_with(cls, model: str | None, options: Mapping[str, object]) -> Capabilities:
        """Its id tells whether a model starts from pictures, and of some that a run gives several; the catalogue's
        `input_images` and `images` know better. What a schema lacks is found only when it is drawn, and then people
        would get one picture for four."""
        return _named(cls, cls.get_model(model) + str(options.get("edit_path") or ""))

    @classmethod
    def read_options(cls, options: dict[str, Any], model: str | None, folder: Path) -> dict[str, Any]:
        cls.get_model(model)
        if "task" in options and model is None:
            raise OptionError("model", "is missing: name a model of fal's for this task")
        return options

    def can(self, model: str) -> Capabilities:
        return self.capabilities_with(model, {"edit_path": self.edit_path})

    def auth_headers(self) -> dict[str, str]:
        return {"Authorization": f"Key {self.api_key}"} if self.api_key else {}

    def trusts(self, url: URL) -> bool:
        """Whether the key may go there: a job's URLs may be on another of fal's hosts."""
        return super().trusts(url) or (url.scheme == "https" and _within(URL(self.url)) and _within(url))

    # -- arguments -----------------------------------------------------------------------------------------

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        if request.images and self.edit_path:
            request = replace(request, model=f"{request.model}{self.edit_path}")
        schema = await self._schema(request.model or "", session)
        pictures = [data_url(picture, mime_of(picture)) for picture in request.images]
        mask = None if request.mask is None else data_url(request.mask, mime_of(request.mask))
        if self.task not in self.tasks:
            self._arguments = arguments(request, schema, pictures, mask)
        else:
            self._arguments = task_arguments(self.task, request, schema, pictures, self.scale or self.usual_scale)
        if self._arguments.untaken:
            untaken = self._arguments.untaken
            yield Reasoning(f"{request.model} does not take: {', '.join(untaken)}", untaken=untaken)
        with forgotten_if_refused(self._schema_key(request.model or "")):
            async with aclosing(super()._draw(request, session)) as events:
                async for event in events:
                    yield event

    def _schema_key(self, model: str) -> Hashable:
        return ("fal", self.url, model)

    async def list_choices(self, kind: Kind, session: aiohttp.ClientSession) -> Sequence[Choice]:
        """The names that the model's schema lists."""
        schema = await self._schema(self.get_model(self.model), session)
        names = [name for name in schema.names(str(kind)) if len(name) <= MAX_NAME and name.isprintable()]
        return [Choice(name) for name in names[:MAX_CHOICES]]

    async def _schema(self, model: str, session: aiohttp.ClientSession) -> InputSchema:
        """The schema of a model, remembered for a while; a usual one if fal does not answer with one."""
        try:
            found, _ = await memory().recall(self._schema_key(model), lambda: self._read_schema(model, session))
        except (Unavailable, BadAnswer):
            found = None
        return found or (WORKING if self.task in self.tasks else USUAL)

    async def _read_schema(self, model: str, session: aiohttp.ClientSession) -> InputSchema | None:
        origin = SCHEMAS if _within(URL(self.url)) else self.url
        address = f"{origin}/api/openapi/queue/openapi.json?endpoint_id={quote(model, safe='')}"
        patience = Deadline(ANSWER, ANSWER)
        with translated("fal.ai"):
            response = await patience.wait(
                session.get(address, proxy=proxy_for(address, self.proxy), timeout=NO_TOTAL, allow_redirects=False),
                ANSWER,
            )
            async with response:
                if response.status == 404:
                    raise ModelNotFound(f"fal.ai has no model {model!r}")
                if response.status != 200:
                    return None
                body = await patience.wait(read_bounded(response, 5_000_000), ANSWER)
        document = parse_json(body)
        return None if not isinstance(document, dict) else _input(document, model)

    # -- the job -----------------------------------------------------------------------------------------

    def submit(self, request: ImageRequest) -> Call:
        fields = self._arguments.fields
        picked = {name: fields[name] for name in PICKED if name in fields}  # goes before the operator's own
        return Call("POST", f"/{request.model}", json={**fields, **self.extra, **picked})

    def job_id(self, answer: Json) -> str:
        """The job's three addresses, which must not be built from its id."""
        self._handed_over = True
        told = {key: answer.get(f"{key}_url") for key in ("status", "response", "cancel")}
        if not all(isinstance(url, str) and "://" in url and len(url) < 1000 for url in told.values()):
            raise BadAnswer(f"{self.host} took the prompt but named no addresses of the job")
        return json.dumps(told, separators=(",", ":"))

    def poll(self, job_id: str) -> Call:
        self._handed_over = True
        addresses = _addresses(job_id)
        if self._finished:
            return Call("GET", addresses["response"])
        return Call("GET", addresses["status"], query={"logs": "1"})

    def pause(self) -> float:
        at_once, self._at_once = self._at_once, False
        return 0 if at_once else super().pause()

    def cancellation(self, job_id: str) -> Call:
        return Call("PUT", _addresses(job_id)["cancel"])

    def state(self, answer: Json, patience: Deadline) -> Reasoning | ImageResponse:
        if self._finished:
            return self._response(answer)
        match answer.get("status"):
            case "IN_QUEUE":
                patience.in_queue()
                place = answer.get("queue_position")
                known = isinstance(place, int) and not isinstance(place, bool) and 0 <= place < 10**6
                return Reasoning("Waiting", position=int(place or 0) + 1 if known else None)
            case "IN_PROGRESS":
                patience.begin_drawing()
                return Reasoning("Drawing", _progress(answer.get("logs")))
            case "COMPLETED" if answer.get("error"):
                raise self._failed(answer)
            case "COMPLETED":
                self._finished = self._at_once = True
                return Reasoning("Finishing", 1.0)
            case "CANCELLED" | "CANCELED":
                raise Cancelled(f"{self.host}: the job was cancelled")
        raise BadAnswer(f"{self.host} does not say how the job goes")

    def _failed(self, answer: Json) -> ProviderError:
        kind, said = str(answer.get("error_type") or "")[:100], tidy(str(answer.get("error")))
        return ERRORS.get(kind, ResponseError)(f"{self.host}: {kind}: {said}")

    def _response(self, answer: Json) -> ImageResponse:
        listed = answer.get("images")
        urls = _urls(listed if isinstance(listed, list) else [answer.get("image")])
        several = answer.get("videos")
        videos = _urls([answer.get("video"), *(several if isinstance(several, list) else [])])
        flags = answer.get("has_nsfw_concepts")
        flagged = flags if isinstance(flags, list) else []
        shown = [url for number, url in enumerate(urls) if number >= len(flagged) or flagged[number] is not True]
        if (urls or videos) and flagged and all(flag is True for flag in flagged):  # these are there, but black
            raise ContentRejected(f"{self.host} withheld what was drawn as adult content")
        if self.task == VIDEO:
            if not videos and shown:
                raise NoVideo(f"{self.host} answered with a picture: is {self.model} a model for videos?")
            shown = videos
        elif not shown and videos:
            raise NoPicture(f'{self.host} made a video of it: such a model is declared with task = "video"')
        if not shown:
            raise NoPicture(f"{self.host} says it is done, but has no {'video' if self.task == VIDEO else 'picture'}")
        return ImageResponse(shown)

    def refusal(self, refused: Refused) -> ProviderError:
        details = refused.answer.get("detail")
        kinds = {
            str(each.get("type"))
            for each in (details if isinstance(details, list) else [])[:20]
            if isinstance(each, dict)
        }
        for kind in sorted(kinds & ERRORS.keys()):
            return ERRORS[kind](str(refused))
        if refused.status == 403 and re.search(r"balance|TOP_UP|locked", refused.said):
            # of a job that is under way this says nothing
            return (Unavailable if self._handed_over else PaymentRequired)(str(refused))
        if refused.status == 404 and not self._handed_over and refused.answer:
            return ModelNotFound(str(refused))
        if refused.status == 408:
            return Unavailable(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that the model's schema exists and the key is valid. Costs nothing: it asks about an unknown job.
        Raises ProviderError."""
        model = self.get_model(self.model)
        await memory().recall(self._schema_key(model), lambda: self._read_schema(model, session))
        owner = "/".join(model.split("/")[:2])
        nobodys = f"/{owner}/requests/00000000-0000-4000-8000-000000000000/status"
        try:
            await self.ask(session, Deadline(CHECK, CHECK), Call("GET", nobodys))
        except (Unauthorized, PaymentRequired, Unavailable, NotThisServer):
            raise
        except ResponseError:
            return  # it knows no such job, as it should be


@lru_cache(maxsize=256)
def _named(kind: type[Fal], name: str) -> Capabilities:
    """What an endpoint of this name can do."""
    can = kind.capabilities
    count = 10 if MANY.search(name) else 1 if SINGLE.search(name) else 0
    parameters = can.parameters - (set() if count else {"image", "mask", "strength"})
    several = 4 if SEVERAL.search(name) else 1
    return replace(can, parameters=parameters, input_images=count, edits=count > 0, images=several)


def _within(url: URL) -> bool:
    host = url.host or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in DOMAINS)


def _urls(items: Sequence[object]) -> list[str]:
    return [str(item["url"]) for item in items if isinstance(item, dict) and isinstance(item.get("url"), str)]


@lru_cache(maxsize=1024)  # of a job, they are asked for at each look
def _addresses(ticket: str) -> Mapping[str, str]:
    """The addresses in a ticket. Raises BadAnswer if the ticket is not fal's."""
    found = parse_json(ticket.encode())
    names = ("status", "response", "cancel")
    if not isinstance(found, dict) or not all(isinstance(found.get(name), str) for name in names):
        raise BadAnswer("a ticket that is not fal's")
    return {name: found[name] for name in names}


def _input(document: Json, model: str) -> InputSchema | None:
    """The schema of the body of the model's own route."""
    paths = document.get("paths")
    for path, methods in (paths if isinstance(paths, dict) else {}).items():
        post = methods.get("post") if isinstance(methods, dict) else None
        if str(path).strip("/") != model or not isinstance(post, dict):
            continue
        body: Any = post
        for key in ("requestBody", "content", "application/json", "schema"):
            body = body.get(key) if isinstance(body, dict) else None
        components = document.get("components")
        return InputSchema.read(body, components.get("schemas") if isinstance(components, dict) else None)
    return None


def _progress(logs: object) -> float | None:
    """The last percentage in the newest log lines, which is all that a model reports about its steps."""
    for entry in reversed(logs[-20:] if isinstance(logs, list) else []):
        found = PERCENT.findall(str(entry.get("message"))[-2000:]) if isinstance(entry, dict) else []
        if found and math.isfinite(share := int(found[-1]) / 100) and share <= 1:
            return share
    return None
