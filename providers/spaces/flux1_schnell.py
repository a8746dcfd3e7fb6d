"""FLUX.1 schnell on its Space: few steps, and the quickest of all."""

from typing import ClassVar

from providers.capabilities import Bounds, Capabilities
from providers.engines.gradio import GradioProvider
from providers.engines.gradio.diffs import Json
from providers.request import ImageRequest


def multiple_of_8(pixels: int) -> int:
    """Down to a multiple of 8, at least 32: what these models take."""
    return max(32, pixels - pixels % 8)


class BlackForestLabs_Flux1Schnell(GradioProvider):  # noqa: N801  (the seeds' name)
    label = "BlackForestLabs Flux-1-Schnell"
    url = "https://black-forest-labs-flux-1-schnell.hf.space"
    api_endpoint = "/call/infer"  # of Gradio 4; on 5 and 6 the prefix comes from /config
    default_model = "black-forest-labs-flux-1-schnell"
    default_image_model = default_model
    model_aliases: ClassVar[dict[str, str]] = {"flux-schnell": default_model, "flux": default_model}
    image_models: ClassVar[list[str]] = [default_model, *model_aliases]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "num_inference_steps"}),
        width=Bounds(1, 2048, 8, rounds=True),
        height=Bounds(1, 2048, 8, rounds=True),
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
            "width": multiple_of_8(request.width or 768),
            "height": multiple_of_8(request.height or 768),
            "num_inference_steps": request.num_inference_steps or 2,
        }
