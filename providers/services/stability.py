"""Stability's Stable Image API, v2beta: core, ultra, SD3, editing and upscaling; multipart in, a picture out. The
creative upscaler answers with an id, and its result is polled.

Sources: platform.stability.ai, "Stable Image: Generate, Edit, Control"; litellm 1.110.2's types.
"""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

import aiohttp

from providers.bounds import job_id
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.credits import check_credits
from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, Json
from providers.engines.media import inline
from providers.engines.polling import PollingProvider
from providers.engines.refusals import Refused
from providers.engines.single_request import Ask, SingleProvider
from providers.errors import BadAnswer, ContentRejected, InvalidParameter, ModelNotFound, NoPicture, ProviderError
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import ratio_of
from providers.pictures.encoded import mime_of, size_of
from providers.pictures.masks import shaped, white_mask
from providers.request import ImageRequest
from providers.tasks import CUTOUT, DRAW, UPSCALE

RATIOS = ("16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21")
MAX_SEED = 4294967294
STRENGTH = 0.65  # where nobody says; the API has no default
MOST_BEYOND = 2000  # pixels that outpainting draws on each side
JSON = "application/json"
FILTERED = "CONTENT_FILTERED"  # a reason to finish, with status 200 and a blurred picture
FILTERED_OUT = "the picture was filtered out"
EDITABLE = 9_437_184  # pixels of an input picture
PLAIN_WORDS = "a sharp, detailed picture"  # for a route that wants words where nobody has said any


@dataclass(frozen=True, slots=True)
class Route:
    """`takes`: fields of `ImageRequest`. `needs_picture`: it edits one. `strength`: the API's name for that. `words`:
    it has a prompt. `task`: the task of its entries. `scale` and `pixels`: those of `Capabilities`."""

    path: str
    takes: frozenset[str]
    needs_picture: bool = False
    strength: str = "strength"
    fixed: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    words: bool = True
    task: str = DRAW
    scale: float | None = None
    pixels: int | None = None
    later: bool = False  # it answers with an id


_WORDS = frozenset({"negative_prompt", "seed"})
_SHAPED = _WORDS | {"width", "height"}
_NOTE = (f"draws in the nearest of {', '.join(RATIOS)}",)
_EDIT = ("edits a picture, of at most 9.4 megapixels",)
_CONTROL = Route(
    "control/structure", _WORDS | {"image", "strength"}, needs_picture=True, strength="control_strength", notes=_EDIT
)
_SD3 = Route("generate/sd3", _SHAPED | {"guidance_scale", "image", "strength"}, notes=_NOTE)
ROUTES: Mapping[str, Route] = {
    "core": Route("generate/core", _SHAPED, notes=_NOTE),
    "ultra": Route("generate/ultra", _SHAPED | {"image", "strength"}, notes=_NOTE),
    "sd3.5-large": _SD3,
    "sd3.5-large-turbo": _SD3,
    "sd3.5-medium": _SD3,
    "inpaint": Route("edit/inpaint", _WORDS | {"image", "mask"}, needs_picture=True, notes=_EDIT),
    "sketch": replace(_CONTROL, path="control/sketch"),
    "structure": _CONTROL,
    "style": Route(
        "control/style", _SHAPED | {"image", "strength"}, needs_picture=True, strength="fidelity", notes=_EDIT
    ),
    "outpaint": Route("edit/outpaint", frozenset({"seed", "image", "expand"}), needs_picture=True, notes=_EDIT),
    "search-and-replace": Route("edit/search-and-replace", _WORDS | {"image"}, needs_picture=True, notes=_EDIT),
    "search-and-recolor": Route("edit/search-and-recolor", _WORDS | {"image"}, needs_picture=True, notes=_EDIT),
    "upscale-fast": Route(
        "upscale/fast",
        frozenset({"image"}),
        needs_picture=True,
        words=False,
        task=UPSCALE,
        scale=4,
        pixels=1024 * 1024,
    ),
    "upscale-conservative": Route(
        "upscale/conservative", _WORDS | {"image"}, needs_picture=True, task=UPSCALE, pixels=EDITABLE
    ),
    "upscale-creative": Route(
        "upscale/creative", _WORDS | {"image"}, needs_picture=True, task=UPSCALE, pixels=1024 * 1024, later=True
    ),
    "remove-background": Route(
        "edit/remove-background",
        frozenset({"image"}),
        needs_picture=True,
        words=False,
        task=CUTOUT,
        pixels=2048 * 2048,
    ),
}


class Stability(SingleProvider, PollingProvider):
    """The catalogue's `stability`. `model` is core, ultra, a name of the SD3 family, or a way to edit a picture
    (inpaint, outpaint, sketch, structure, style, search-and-replace, search-and-recolor); `extra` has more fields, such
    as `style_preset`, and those that a way to edit needs (`search_prompt`, `select_prompt`, `left`). Entries with
    `task = "upscale"` have upscale-fast, upscale-conservative or upscale-creative, and those with `task = "cutout"`
    remove-background."""

    label = "Stability AI"
    url = "https://api.stability.ai"
    api_endpoint = "/v2beta/stable-image"
    paid = True
    charged = Charged.ON_SUCCESS  # failed and filtered results are not charged
    default_model = default_image_model = "core"
    sd3_models: ClassVar[list[str]] = ["sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium"]
    image_models: ClassVar[list[str]] = list(ROUTES)
    models: ClassVar[list[str]] = image_models
    model_aliases: ClassVar[dict[str, str]] = {
        "stable-image-core": "core",
        "stable-image-ultra": "ultra",
        "sd3": "sd3.5-large",
    }
    capabilities = Capabilities(
        frozenset({"negative_prompt", "width", "height", "seed", "guidance_scale", "image", "mask", "strength"}),
        width=Bounds(64, 4096),
        height=Bounds(64, 4096),
        guidance=Bounds(1, 10, 0.1),
        notes=(f"draws in the nearest of {', '.join(RATIOS)}",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    extra: Mapping[str, object] = {}
    poll_interval = 10.0  # the API's own limit

    _mask: bytes | None = None

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        route = ROUTES[cls.get_model(model)]
        return replace(cls.capabilities, parameters=route.takes, edits=route.needs_picture, notes=route.notes)

    @classmethod
    def tasks_of(cls, model: str | None) -> frozenset[str]:
        return frozenset({ROUTES[cls.get_model(model)].task})

    @classmethod
    def task_capabilities(cls, task: str, model: str | None, options: Mapping[str, object]) -> Capabilities:
        route = ROUTES[cls.get_model(model)]
        can = super().task_capabilities(task, model, options)
        return replace(can, parameters=route.takes, scale=route.scale, input_pixels=route.pixels, resume=route.later)

    def can(self, model: str) -> Capabilities:
        return self.capabilities_of(model)

    async def before(self, request: ImageRequest, ask: Ask) -> None:
        if request.first_image is None:
            if ROUTES[request.model or ""].needs_picture:
                raise InvalidParameter(f"{request.model} edits a picture: it needs one to start from")
        elif request.mask is not None:
            self._mask = await shaped(white_mask, request.mask, size_of(request.first_image))

    def call(self, request: ImageRequest) -> Call:
        route = ROUTES[request.model or ""]
        fields = _said(request, route)
        if request.seed is not None:
            fields["seed"] = min(request.seed, MAX_SEED)
        if route is _SD3:
            fields |= {"model": request.model, "cfg_scale": request.guidance_scale}
        form = aiohttp.FormData(default_to_multipart=True)
        if request.first_image is not None:
            fields[route.strength] = request.strength
            if not route.needs_picture and request.strength is None:
                fields[route.strength] = STRENGTH
            if route is _SD3:
                fields["mode"] = "image-to-image"
            _add_file(form, "image", request.first_image)
        if self._mask is not None:
            _add_file(form, "mask", self._mask)
        if "width" in route.takes and (request.first_image is None or route.needs_picture):
            fields["aspect_ratio"] = ratio_of(request.aspect_ratio, request.width, request.height, RATIOS)
        for name, value in {**fields, **self.extra}.items():
            if value is not None:
                form.add_field(name, str(value))
        accept = JSON if route.later else "image/*"
        return Call("POST", f"{self.api_endpoint}/{route.path}", form=form, headers={"Accept": accept})

    def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        return self._drawing(request, session) if ROUTES[request.model or ""].later else super()._draw(request, session)

    # -- what is answered later: `GET /v2beta/results/{id}`, which is kept for a day; nothing cancels it ------

    def submit(self, request: ImageRequest) -> Call:
        if request.first_image is None:
            raise InvalidParameter("there is no picture to work on")
        return self.call(request)

    def job_id(self, answer: Json) -> str:
        found = job_id(answer.get("id"))
        if not found.isalnum():
            raise BadAnswer(f"{self.host} took the picture but gave no id")
        return found

    def poll(self, job_id: str) -> Call:
        return Call("GET", f"/v2beta/results/{job_id}", headers={"Accept": JSON})

    def state(self, answer: Json, patience: Deadline) -> Reasoning | ImageResponse:
        patience.begin_drawing()
        if answer.get("status") == "in-progress":
            return Reasoning("Drawing")
        if answer.get("finish_reason") == FILTERED:
            raise ContentRejected(FILTERED_OUT)
        if not answer.get("image"):
            raise NoPicture(f"{self.host} says it is done, but has no picture")
        return ImageResponse([inline(answer["image"])])

    # -- what is answered at once -------------------------------------------------------------------------

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        if answer.headers.get("finish-reason") == FILTERED:
            raise ContentRejected(FILTERED_OUT)
        return super().images(answer, request)

    # -- either way --------------------------------------------------------------------------------------

    def refusal(self, refused: Refused) -> ProviderError:
        if refused.answer.get("name") == "content_moderation":
            return ContentRejected(str(refused))
        if refused.status in {400, 404, 422} and refused.said.startswith("model"):
            return ModelNotFound(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        await check_credits(self, session, "/v1/user/balance")


def _said(request: ImageRequest, route: Route) -> dict[str, object]:
    """The prompt, and the margins to draw around the picture, if the route has parameters for them."""
    fields: dict[str, object] = {"negative_prompt": request.negative_prompt}
    if route.words:
        fields["prompt"] = request.prompt or PLAIN_WORDS
    if request.expand is not None:
        sides = (min(pixels, MOST_BEYOND) for pixels in request.expand)
        fields |= dict(zip(("left", "up", "right", "down"), sides, strict=True))
    if route.task == CUTOUT:
        fields["output_format"] = "png"
    return fields


def _add_file(form: aiohttp.FormData, name: str, picture: bytes) -> None:
    mime = mime_of(picture)
    form.add_field(name, picture, filename=f"picture.{mime.removeprefix('image/')}", content_type=mime)
