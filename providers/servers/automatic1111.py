"""AUTOMATIC1111's API, which Forge and SD.Next speak too. Source: `modules/api/api.py` and `models.py`.

Progress and interruption are of the whole server, not of one job: with `max_concurrency = 1` in the catalogue, and
nobody else drawing there, they are this draw's.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import aiohttp

from providers.bounds import number
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.bodies import parse_json
from providers.engines.deadline import Deadline
from providers.engines.http import Answer, Call, Json
from providers.engines.media import inline
from providers.engines.refusals import Refused, tidy
from providers.engines.single import Ask, SingleProvider
from providers.errors import BadAnswer, InvalidParameter, ModelNotFound, NoPicture, NotThisServer, ProviderError
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import scaled
from providers.pictures.encoded import data_url, mime_of, size_of
from providers.request import OPTIONAL_PARAMETERS, ImageRequest

OPTIONS, MODELS = Call("GET", "/sdapi/v1/options"), Call("GET", "/sdapi/v1/sd-models")
PROGRESS = Call("GET", "/sdapi/v1/progress", query={"skip_current_image": "false"})
INTERRUPT = Call("POST", "/sdapi/v1/interrupt")
MEGAPIXEL = 1024 * 1024
CHECK = 15.0  # seconds


class Automatic1111(SingleProvider):
    """The catalogue's `automatic1111`. `model` is a checkpoint, by its title, name or file; without one the server
    draws with what it has loaded. `api_key` is `name:password` for a server with `--api-auth`, or a proxy's token."""

    label = "Stable Diffusion WebUI"
    api_endpoint = "/sdapi/v1/txt2img"
    supports_stream = True
    capabilities = Capabilities(
        frozenset(OPTIONAL_PARAMETERS),
        width=Bounds(64, 2048, 8),
        height=Bounds(64, 2048, 8),
        steps=Bounds(1, 150),
        progress=True,
        previews=True,
        cancel=True,
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImagePreview, ImageResponse)
    charged = Charged.NEVER
    extra: Mapping[str, object] = {}  # more fields of the request, such as sampler_name

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name: only the server knows its checkpoints."""
        return model or ""

    def auth_headers(self) -> dict[str, str]:
        name, colon, password = (self.api_key or "").partition(":")
        if not colon:
            return super().auth_headers()
        return {"Authorization": aiohttp.encode_basic_auth(name, password, "utf-8")}

    async def before(self, request: ImageRequest, ask: Ask) -> None:
        """An unknown checkpoint is ignored by the server without a word, so it is looked up."""
        if request.model:
            find_checkpoint(request.model, parse_json((await ask(MODELS)).body))

    def call(self, request: ImageRequest) -> Call:
        fields: Json = {
            "prompt": request.prompt,
            "negative_prompt": request.negative_prompt,
            "seed": -1 if request.seed is None else request.seed,
            "steps": request.num_inference_steps,
            "cfg_scale": request.guidance_scale,
            "width": request.width,
            "height": request.height,
            "override_settings": {"sd_model_checkpoint": request.model} if request.model else None,
        }
        path = "/sdapi/v1/txt2img"
        if request.first_image is not None:
            path = "/sdapi/v1/img2img"
            fields["init_images"] = [data_url(request.first_image, mime_of(request.first_image))]
            fields["denoising_strength"] = request.strength
            if request.width is None and request.height is None:  # the server's own default would squeeze it
                shape = size_of(request.first_image)
                fields["width"], fields["height"] = scaled(*shape, step=8, low=MEGAPIXEL // 4, high=MEGAPIXEL)
        fields = {name: value for name, value in fields.items() if value is not None}
        return Call("POST", path, json={**fields, **self.extra})

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        images = answer.json().get("images")
        if not isinstance(images, list) and images is not None:
            raise BadAnswer(f"{self.host} answered with images that are no list")
        if not images:
            raise NoPicture(f"{self.host} answered without a picture")
        return ImageResponse([inline(images[0])], request.prompt)

    def look(self) -> Call:
        return PROGRESS

    def seen(self, answer: Answer, request: ImageRequest) -> list[Event]:
        found = answer.json()
        progress, state = _number(found.get("progress")), found.get("state")
        if not progress:  # idle, or still loading
            return []
        told: Mapping[str, Any] = state if isinstance(state, dict) else {}  # as it came
        step, steps = _number(told.get("sampling_step")), _number(told.get("sampling_steps"))
        text = found.get("textinfo")
        status = f"Step {step:.0f} of {steps:.0f}" if step and steps else tidy(text) if isinstance(text, str) else ""
        events: list[Event] = [
            Reasoning(status or "Generating", min(1.0, progress), eta=_number(found.get("eta_relative")))
        ]
        if found.get("current_image"):
            events.append(ImagePreview(inline(found["current_image"]), request.prompt))
        return events

    def interruption(self) -> Call:
        return INTERRUPT

    def refusal(self, refused: Refused) -> ProviderError:
        if refused.status == 404 and refused.said == "Model not found":
            return ModelNotFound(str(refused))
        if refused.status == 404 and "error" in refused.answer:  # "Sampler not found" and its like
            return InvalidParameter(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Whether it has the API's options, and the checkpoint that the catalogue names."""
        patience = Deadline(CHECK, CHECK)
        try:
            known = "sd_model_checkpoint" in (await self.ask(session, patience, OPTIONS)).json()
        except BadAnswer:
            known = False
        if not known:
            raise NotThisServer(f"{self.host} has no Stable Diffusion WebUI; was it started with --api?")
        if self.model:
            find_checkpoint(self.model, parse_json((await self.ask(session, patience, MODELS)).body))


def find_checkpoint(name: str, listed: object) -> None:
    """Raises ModelNotFound with some that there are; a title is "name.safetensors [hash]"."""
    if not isinstance(listed, list):
        raise BadAnswer("the list of checkpoints is none")
    titles = []
    for item in listed:
        if not isinstance(item, dict):
            continue
        title = str(item.get("title", ""))
        file = str(item.get("filename", "")).replace("\\", "/").rpartition("/")[2]
        if name in (title, title.partition(" [")[0], file, item.get("model_name"), item.get("hash")):
            return
        titles.append(title)
    raise ModelNotFound(f"there is no checkpoint {name!r}; there are: {', '.join(titles[:10]) or 'none'}")


def _number(value: object) -> float | None:
    """A number that can be shown, else None."""
    return number(value, 0, 1e6)
