"""Stable Diffusion 3.5 Large on its Space."""

from typing import ClassVar

from providers.capabilities import Bounds, Capabilities
from providers.engines.gradio import GradioProvider
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.run import Headers
from providers.events import Event, ImagePreview, ImageResponse
from providers.request import ImageRequest


class StabilityAI_SD35Large(GradioProvider):  # noqa: N801  (the seeds' name)
    label = "StabilityAI SD-3.5-Large"
    url = "https://stabilityai-stable-diffusion-3-5-large.hf.space"
    api_endpoint = "/gradio_api/call/infer"
    default_model = "stabilityai-stable-diffusion-3-5-large"
    default_image_model = default_model
    model_aliases: ClassVar[dict[str, str]] = {"sd-3.5": default_model}
    image_models: ClassVar[list[str]] = [default_model]
    models: ClassVar[list[str]] = image_models
    seed_events: ClassVar[tuple[type[Event], ...]] = (ImagePreview, ImageResponse)
    capabilities = Capabilities(
        frozenset({"negative_prompt", "width", "height", "seed", "guidance_scale", "num_inference_steps"}),
        width=Bounds(64, 2048, 8, rounds=True),
        height=Bounds(64, 2048, 8, rounds=True),
        previews=True,
        progress=True,
        queue_position=True,
        cancel=True,
    )

    def payload(self, request: ImageRequest) -> dict[str, Json]:
        seed, randomize = self.seed_to_send(request)
        return {
            "prompt": request.prompt,
            "negative_prompt": request.negative_prompt,
            "seed": seed,
            "randomize_seed": randomize,
            "width": request.width or 1024,
            "height": request.height or 1024,
            "guidance_scale": 4.5 if request.guidance_scale is None else request.guidance_scale,
            "num_inference_steps": request.num_inference_steps or 50,
        }

    async def headers(self, link: Connection) -> Headers:
        both = {"Content-Type": "application/json", "Accept": "application/json", **self.auth_headers()}
        return Headers(both, both)
