"""Stability's Stable Image API, v2beta: core, ultra and the SD3 family; multipart in, a picture out.

Source: platform.stability.ai, "Stable Image: Generate".
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

import aiohttp

from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.credits import check_credits
from providers.engines.http import Answer, Call
from providers.engines.refusals import Refused
from providers.engines.single import SingleProvider
from providers.errors import ContentRejected, ModelNotFound, ProviderError
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.aspect_ratios import nearest_ratio
from providers.pictures.encoded import mime_of
from providers.request import ImageRequest

RATIOS = ("16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21")
MAX_SEED = 4294967294
STRENGTH = 0.65  # where nobody says; the API has no default


class Stability(SingleProvider):
    """The catalogue's `stability`. `model` is core, ultra or a name of the SD3 family; `extra` has more fields, such
    as `style_preset`."""

    label = "Stability AI"
    url = "https://api.stability.ai"
    api_endpoint = "/v2beta/stable-image/generate"
    paid = True
    charged = Charged.ON_SUCCESS  # failed and filtered results are not charged
    default_model = default_image_model = "core"
    sd3_models: ClassVar[list[str]] = ["sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium"]
    image_models: ClassVar[list[str]] = ["core", "ultra", *sd3_models]
    models: ClassVar[list[str]] = image_models
    model_aliases: ClassVar[dict[str, str]] = {
        "stable-image-core": "core",
        "stable-image-ultra": "ultra",
        "sd3": "sd3.5-large",
    }
    capabilities = Capabilities(
        frozenset({"negative_prompt", "width", "height", "seed", "guidance_scale", "image", "strength"}),
        width=Bounds(64, 4096),
        height=Bounds(64, 4096),
        guidance=Bounds(1, 10, 0.1),
        notes=(f"draws in the nearest of {', '.join(RATIOS)}",),
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    extra: Mapping[str, object] = {}

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        if cls.get_model(model) in cls.sd3_models:
            return cls.capabilities
        return replace(
            cls.capabilities, parameters=cls.capabilities.parameters - {"guidance_scale", "image", "strength"}
        )

    def can(self, model: str) -> Capabilities:
        return self.capabilities_of(model)

    def call(self, request: ImageRequest) -> Call:
        route = "sd3" if request.model in self.sd3_models else request.model
        fields: dict[str, object] = {"prompt": request.prompt, "negative_prompt": request.negative_prompt}
        if request.seed is not None:
            fields["seed"] = min(request.seed, MAX_SEED)
        if route == "sd3":
            fields |= {"model": request.model, "cfg_scale": request.guidance_scale}
        width, height = request.width or request.height, request.height or request.width
        form = aiohttp.FormData(default_to_multipart=True)
        if request.first_image is not None:  # the new picture has its shape
            strength = STRENGTH if request.strength is None else request.strength
            fields |= {"mode": "image-to-image", "strength": strength}
            mime = mime_of(request.first_image)
            name = f"picture.{mime.removeprefix('image/')}"
            form.add_field("image", request.first_image, filename=name, content_type=mime)
        elif width is not None and height is not None:
            fields["aspect_ratio"] = nearest_ratio(width, height, RATIOS)
        for name, value in {**fields, **self.extra}.items():
            if value is not None:
                form.add_field(name, str(value))
        return Call("POST", f"{self.api_endpoint}/{route}", form=form, headers={"Accept": "image/*"})

    def images(self, answer: Answer, request: ImageRequest) -> ImageResponse:
        if answer.headers.get("finish-reason") == "CONTENT_FILTERED":
            raise ContentRejected("the picture was filtered out")
        return super().images(answer, request)

    def refusal(self, refused: Refused) -> ProviderError:
        if refused.answer.get("name") == "content_moderation":
            return ContentRejected(str(refused))
        if refused.status in {400, 404, 422} and refused.said.startswith("model"):
            return ModelNotFound(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        await check_credits(self, session, "/v1/user/balance")
