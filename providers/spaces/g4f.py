"""G4F's Spaces behind one name, routed by model.

`flux` and `flux-dev` go to FluxDev, other names with "flux" in them to a quick FLUX by one POST, all others to Janus.
Each part has its Space. Once `url` is pointed elsewhere, all of them go there, but for those whose own attribute
(`url_flux`, `url_flux_dev`) is set.
"""

import secrets
import string
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import ClassVar

import aiohttp

from providers.base import random_seed
from providers.capabilities import Bounds, Capabilities
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.run import Headers
from providers.events import Event, ImagePreview, ImageResponse, Reasoning
from providers.pictures.fetch import Picture
from providers.request import ImageRequest
from providers.spaces.flux1_schnell import multiple_of_8
from providers.spaces.flux_dev import FluxDev
from providers.spaces.janus_pro import DeepseekAI_JanusPro7b
from providers.spaces.zerogpu import ZeroGpuProvider

JANUS_URL = "https://roxky-janus-pro-7b.hf.space"


class G4FFlux(ZeroGpuProvider):
    """FLUX by one POST that answers when the picture is done."""

    label = "G4F FLUX"
    url = "https://roxky-g4f-flux.hf.space"
    space = "roxky/g4f-flux"
    api_endpoint = "/run/predict"
    protocol = "predict"
    api_name = "predict"
    fn_index = 3
    trigger_id = 10
    poll_interval = 0.2
    default_model = "flux"
    default_image_model = default_model
    image_models: ClassVar[list[str]] = [default_model]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(
        frozenset({"width", "height", "seed"}),
        width=Bounds(1, 2048, 8, rounds=True),
        height=Bounds(1, 2048, 8, rounds=True),
    )

    def payload(self, request: ImageRequest) -> dict[str, Json]:
        randomize = True if self._randomize is None else self._randomize
        return {
            "prompt": request.prompt,
            "seed": 9999 + random_seed(2**32 - 1 - 9999) if request.seed is None else request.seed,
            "width": multiple_of_8(request.width or 1024),
            "height": multiple_of_8(request.height or 1024),
            "randomize_seed": randomize,
            "num_inference_steps": 1,
        }

    def new_session_hash(self) -> str:
        return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(10))

    async def headers(self, link: Connection) -> Headers:
        post = {**await self.zerogpu_headers(link), **self.auth_headers()}
        return Headers(post, post)

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield Reasoning("Acquiring GPU Token")
        async with aclosing(super()._draw(request, session)) as events:
            async for event in events:
                yield event


class G4F(DeepseekAI_JanusPro7b):
    label = "G4F framework"
    url = JANUS_URL
    url_flux: str | None = None  # None: G4FFlux's, or `url` where that was pointed elsewhere
    url_flux_dev: str | None = None  # None: FluxDev's, likewise
    space = "roxky/Janus-Pro-7B"
    poll_interval = 0.2
    default_model = "flux"
    default_image_model = default_model
    model_aliases: ClassVar[dict[str, str]] = {"flux-schnell": default_model}
    image_models: ClassVar[list[str]] = [
        DeepseekAI_JanusPro7b.default_image_model,
        default_model,
        "flux-dev",
        *model_aliases,
    ]
    models: ClassVar[list[str]] = [DeepseekAI_JanusPro7b.default_model, *image_models]
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImagePreview, ImageResponse)
    capabilities = Capabilities(
        frozenset({"width", "height", "seed", "guidance_scale", "num_inference_steps", "image"}),
        width=Bounds(1, 2048, 8, rounds=True),
        height=Bounds(1, 2048, 8, rounds=True),
        previews=True,
        progress=True,
        queue_position=True,
        cancel=True,
        notes=("what it takes depends on the model",),
    )
    _part: ZeroGpuProvider | None = None

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """The router takes any name: with "flux" in it one of the flux models, else Janus."""
        if not model or model in cls.models:
            return super().get_model(model)
        return cls.default_model if "flux" in model else DeepseekAI_JanusPro7b.default_image_model

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        name = model or cls.default_model
        return _part_for(name).capabilities if "flux" in name else DeepseekAI_JanusPro7b.capabilities

    def prepare(self, request: ImageRequest) -> tuple[ImageRequest, list[str]]:
        """The model stays as it was named: an alias takes another way than the name that it stands for."""
        name = request.model or self.default_model
        known = self.default_model if "flux" in name else name
        prepared, dropped = super().prepare(replace(request, model=known))
        return replace(prepared, model=name), dropped

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        name = request.model or self.default_model
        if "flux" not in name:
            drawing = super()._draw(request, session)
        else:
            self._part = self._delegate(name)
            drawing = self._part.generate(replace(request, model="flux"), session)
        async with aclosing(drawing) as events:
            async for event in events:
                yield event

    def _delegate(self, name: str) -> ZeroGpuProvider:
        kind = _part_for(name)
        own = self.url_flux_dev if kind is FluxDev else self.url_flux
        part = kind(
            url=own or (self.url if self.url.rstrip("/") != JANUS_URL else None),
            api_key=self.api_key,
            proxy=self.proxy,
            cookies=self.cookies,
            timeout=self.timeout,
            poll_interval=self.poll_interval,
        )
        part.queue_timeout, part.picture_hosts = self.queue_timeout, self.picture_hosts
        self.entrust(part)
        if self.detached:
            part.detach()
        return part

    def detach(self) -> None:
        super().detach()
        if self._part is not None:
            self._part.detach()

    async def fetch(self, url: str, session: aiohttp.ClientSession) -> Picture:
        if self._part is not None:
            return await self._part.fetch(url, session)
        return await super().fetch(url, session)


def _part_for(name: str) -> type[ZeroGpuProvider]:
    """Which one draws a model with "flux" in its name."""
    return FluxDev if name in {"flux", "flux-dev"} else G4FFlux
