"""FLUX.1 dev on its Space: by the queue, with progress and previews."""

from typing import ClassVar

from providers.capabilities import Bounds, Capabilities
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.run import Headers
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.request import ImageRequest
from providers.spaces.zerogpu import UNKNOWN, ZeroGpuProvider


class BlackForestLabs_Flux1Dev(ZeroGpuProvider):  # noqa: N801  (the seeds' name)
    label = "BlackForestLabs Flux-1-Dev"
    url = "https://black-forest-labs-flux-1-dev.hf.space"
    space = "black-forest-labs/FLUX.1-dev"
    api_endpoint = "/gradio_api/queue/join"
    protocol = "queue"
    fn_index = 2
    trigger_id = 4
    zerogpu_uuid = UNKNOWN
    default_model = "black-forest-labs-flux-1-dev"
    default_image_model = default_model
    model_aliases: ClassVar[dict[str, str]] = {"flux-dev": default_model, "flux": default_model}
    image_models: ClassVar[list[str]] = [default_model, *model_aliases]
    models: ClassVar[list[str]] = image_models
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImagePreview, ImageResponse)
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "guidance_scale", "num_inference_steps"}),
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
            "seed": seed,
            "randomize_seed": randomize,
            "width": request.width or 1024,
            "height": request.height or 1024,
            "guidance_scale": 3.5 if request.guidance_scale is None else request.guidance_scale,
            "num_inference_steps": request.num_inference_steps or 28,
        }

    async def headers(self, link: Connection) -> Headers:
        post, stream = await super().headers(link)
        return Headers({"accept": "application/json", **post}, stream)
