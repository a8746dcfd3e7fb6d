"""The OpenAI Images API, and every server that implements it: OpenAI, Azure, LiteLLM, Ark, xAI, LocalAI, ...

Sources: openai-python, `types/image_*.py`, `resources/images.py` and `resources/models.py`; other vendors' are in
`openai_models` and `openai_answers`.
"""

import json
import re
from collections import OrderedDict
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import aiohttp
from yarl import URL

from providers.capabilities import Bounds, Capabilities
from providers.catalog.file import OptionError
from providers.charging import Charged
from providers.engines.bodies import parse_json
from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, Json
from providers.engines.media import inline
from providers.engines.refusals import Refused
from providers.engines.single_request import Ask, SingleProvider
from providers.engines.sse import ServerSentEvent
from providers.errors import (
    BadAnswer,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unauthorized,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.pictures.encoded import size_of
from providers.pictures.masks import shaped, transparent_mask, white_mask
from providers.request import OPTIONAL_PARAMETERS, ImageRequest
from providers.services.openai_answers import error_by_code, fields_named, own_address, read_answer
from providers.services.openai_models import Family, family_of
from providers.services.openai_pictures import FILE, FORMS, add_files, form_of, json_fields

CHECK = 15.0  # seconds
OPENAI = "https://api.openai.com"
PREVIEWS = 2  # where nobody says; each costs a little
PICTURES = ("image", "images", "mask")  # parameters that hold pictures
MOST_LEFT_OUT = 3  # refusals of a field that one draw survives
SERVER_ARGUMENTS = re.compile(r"</?sd_cpp_extra_args>", re.IGNORECASE)  # stable-diffusion.cpp reads JSON between them

# Fields that a server has refused, by its address and model: they are not tried again while this process lives.
_left_out: OrderedDict[tuple[str, str], frozenset[str]] = OrderedDict()
_REMEMBERED = 200


class OpenAIImages(SingleProvider):
    """The catalogue's `openai`.

    `url`: the server's address. Without a path it gets `/v1`; any other path is the base as it is, with its query.
    `path` and `edit_path`: the routes below it, without and with input pictures. `key_header`: the header for the key,
    if it is no bearer token.

    `parameters`: what a compatible server takes, and its names for that, instead of what its model is known to take:
    `{num_inference_steps = "steps", size = "size"}`. `size` ("WxH") and `aspect_ratio` stand for width and height
    together, `images` for several pictures if their field is not `image`. `picture_form`: how pictures are sent: file,
    data-url, base64 or object (`{url, type}`). `extra`: fields that are sent unchanged; an empty text there leaves a
    field out.
    """

    label = "OpenAI Images"
    url = OPENAI
    api_endpoint = "/v1/images/generations"
    supports_stream = True
    paid = True
    charged = Charged.ON_HANDOVER  # previews and pictures are billed even when the connection is closed
    default_model = default_image_model = "gpt-image-2"
    image_models: ClassVar[list[str]] = [
        "gpt-image-2.6-sunburst",
        "gpt-image-2.6-flare",
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

    path: str = "/images/generations"
    edit_path: str = ""  # the family's, else /images/edits for files and `path` for pictures in JSON
    key_header: str = ""
    picture_form: str = ""
    parameters: Mapping[str, str] = {}
    extra: Mapping[str, object] = {}
    partial_images: int | None = None  # previews of models that stream; None: PREVIEWS at OpenAI itself, else none

    _sent: frozenset[str] = frozenset()  # fields of the last request, but for those that no draw can go without
    _named: frozenset[str] = frozenset()  # those of them that its refusal calls unknown
    _without: frozenset[str] = frozenset()
    _mask: bytes | None = None  # in the form that the model wants

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name is valid: only the server knows what it has."""
        return model or cls.default_model

    @classmethod
    def read_options(cls, options: dict[str, Any], model: str | None, folder: Path) -> dict[str, Any]:
        for key in ("path", "edit_path"):
            if not str(options.get(key, "/")).startswith("/"):
                raise OptionError(key, 'should begin with "/": it stands behind the url')
        if options.get("picture_form", FILE) not in FORMS:
            raise OptionError("picture_form", f"should be one of {', '.join(FORMS)}")
        return options

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        return cls.capabilities_with(model, {})

    @classmethod
    def capabilities_with(cls, model: str | None, options: Mapping[str, object]) -> Capabilities:
        named, previews = options.get("parameters"), options.get("partial_images")
        family = family_of(cls.get_model(model), named if isinstance(named, Mapping) else {})
        streams = family.streams and _previews(str(options.get("url") or cls.url), previews) > 0
        return replace(
            cls.capabilities,
            parameters=family.taken,
            images=family.images if "n" in family.sends else 1,
            input_images=family.input_images,
            edits=family.edits and family.input_images > 0,
            previews=streams,
            notes=family.notes,
        )

    def can(self, model: str) -> Capabilities:
        known = {"parameters": self.parameters, "url": self.url, "partial_images": self.partial_images}
        return self.capabilities_with(model, known)

    def auth_headers(self) -> dict[str, str]:
        if self.api_key and self.key_header:
            return {self.key_header: self.api_key}
        return super().auth_headers()

    # -- what is sent --------------------------------------------------------------------------------------------

    async def before(self, request: ImageRequest, ask: Ask) -> None:
        if request.mask is None or request.first_image is None:
            return
        form = transparent_mask if family_of(request.model or "", self.parameters).alpha_mask else white_mask
        self._mask = await shaped(form, request.mask, size_of(request.first_image))

    def call(self, request: ImageRequest) -> Call:
        family = family_of(request.model or "", self.parameters)
        fields = self._fields(request, family)
        self._sent = frozenset(fields) - {"prompt", "model"}
        if not request.images:
            return Call("POST", self._route(self.path), json=fields)
        several = len(request.images) > 1 and "images" in family.sends
        field = family.sends["images" if several else "image"]
        way = form_of(field, self.picture_form or family.picture_form)
        route = self.edit_path or family.edit_path
        if way != FILE:
            fields |= json_fields(field, request.images, way)
            if self._mask is not None:
                fields |= json_fields(family.sends["mask"], [self._mask], way)
            return Call("POST", self._route(route or self.path), json=fields)
        form = aiohttp.FormData(default_to_multipart=True)
        add_files(form, field, request.images)
        if self._mask is not None:
            form.add_field(family.sends["mask"], self._mask, filename="mask.png", content_type="image/png")
        for name, value in fields.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        return Call("POST", self._route(route or "/images/edits"), form=form)

    def _route(self, path: str) -> str:
        """The URL of `path` below the base. Raises InvalidParameter if the url is not valid."""
        try:
            base, behind = URL(self.url), URL(path)
            root = base.raw_path.rstrip("/") or "/v1"
            return str(
                base.with_path(root + behind.raw_path, encoded=True).with_query(base.query).extend_query(behind.query)
            )
        except ValueError:
            raise InvalidParameter(f"{self.host}: the url in the settings is no http(s) address") from None

    def _fields(self, request: ImageRequest, family: Family) -> Json:
        fields: Json = {"prompt": SERVER_ARGUMENTS.sub(" ", request.prompt), "model": request.model}
        for name, field in family.sends.items():
            if name not in PICTURES and (value := family.value(name, request)) is not None:
                fields[field] = value
        if family.response_format:
            fields["response_format"] = "b64_json"
        if family.streams and request.n == 1 and (previews := _previews(self.url, self.partial_images)):
            fields |= {"stream": True, "partial_images": previews}
        fields = {name: value for name, value in {**family.fixed, **fields, **self.extra}.items() if value != ""}
        without = self._without | _left_out.get((self.url, request.model or ""), frozenset())
        if "stream" in without:
            without |= {"partial_images"}
        return {name: value for name, value in fields.items() if name not in without}

    async def _answered(
        self, request: ImageRequest, session: aiohttp.ClientSession, patience: Deadline, look: Call | None
    ) -> AsyncGenerator[Event, None]:
        """The answer. If the server calls a field unknown, the request is sent again without it: nothing was drawn by
        then."""
        for _ in range(MOST_LEFT_OUT):
            self._named = frozenset()
            try:
                async with aclosing(super()._answered(request, session, patience, look)) as events:
                    async for event in events:
                        self._remember(request)
                        yield event
                return
            except InvalidParameter:
                if not self._named:
                    raise
            self._without |= self._named
            if lost := self._asked_for(request):
                yield Reasoning(f"{self.host} does not take: {', '.join(lost)}", untaken=lost)
        async with aclosing(super()._answered(request, session, patience, look)) as events:
            async for event in events:
                yield event

    def _remember(self, request: ImageRequest) -> None:
        if not self._without:
            return
        server = (self.url, request.model or "")
        _left_out[server] = _left_out.get(server, frozenset()) | self._without
        _left_out.move_to_end(server)
        while len(_left_out) > _REMEMBERED:
            _left_out.popitem(last=False)

    def _asked_for(self, request: ImageRequest) -> tuple[str, ...]:
        """The request's parameters that were in the fields that were just named."""
        sends = family_of(request.model or "", self.parameters).sends
        lost = {name for name, field in sends.items() if field in self._named and name not in PICTURES}
        shape = {"width", "height"} if lost & {"size", "aspect_ratio"} else set()
        return tuple(sorted((lost | shape) - {"size", "aspect_ratio"}))

    # -- what the answer says ----------------------------------------------------------------------------

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        found = answer.json()
        listed = found.get("data") or found.get("images")
        if not listed and ("error" in found or ("code" in found and "message" in found)):
            raise self.refusal(Refused.read(400, answer.body, answer.headers, secret=self.api_key))
        answered = read_answer(found, self.host)
        if not answered.pictures:
            raise NoPicture(f"{self.host} answered without a picture")
        base = URL(self._route(self.path))
        return ImageResponse([own_address(url, base) for url in answered.pictures], answered.revised or request.prompt)

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
        if (error := error_by_code(refused)) is not None:
            return error
        told = refused.answer.get("error")
        param = told.get("param") if isinstance(told, Mapping) else None
        if param == "model" and refused.status in {400, 404}:
            return ModelNotFound(str(refused))
        if refused.status in {400, 422}:
            self._named = fields_named(refused, self._sent)
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that the key may list models. A model that is not listed is only a remark. Costs nothing. Raises
        ProviderError."""
        patience = Deadline(CHECK, CHECK)
        try:
            answer = parse_json((await self.ask(session, patience, Call("GET", self._route("/models")))).body)
        except (NotThisServer, ResponseError) as error:
            if not self._elsewhere() or isinstance(error, Unauthorized | QuotaExceeded):
                raise
            self.remarks = (f"{self.host} has no list of models, so only its address was looked at",)
            return
        except BadAnswer as error:
            raise NotThisServer(f"{self.host} does not speak OpenAI's API: {error}") from None
        listed = answer.get("data", answer.get("models")) if isinstance(answer, dict) else answer  # Together's is bare
        if not isinstance(listed, list):
            raise NotThisServer(f"{self.host} does not speak OpenAI's API: no list of models at /models")
        names = {str(item.get("id") or item.get("name")) for item in listed if isinstance(item, dict)}
        if names and (model := self.get_model(self.model)) not in names:
            self.remarks = (f"{self.host} does not list the model {model!r}; a draw will show whether it has it",)

    def _elsewhere(self) -> bool:
        """Whether the API has an unusual address, where a list of models cannot be expected."""
        return self.path != type(self).path or URL(self.url).path.rstrip("/") not in {"", "/v1"}


def _previews(url: str, stated: object) -> int:
    """How many partial pictures to ask for: as the catalogue says, else PREVIEWS at OpenAI itself and none elsewhere,
    because other servers' streams are known to fail after the picture was drawn and paid for."""
    if isinstance(stated, int):
        return stated
    return PREVIEWS if url.rstrip("/") in {OPENAI, f"{OPENAI}/v1"} else 0
