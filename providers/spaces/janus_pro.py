"""Janus Pro 7B on its Space: one half draws a gallery of pictures, the other looks at one and tells what it sees."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import ClassVar

import aiohttp

from providers.base import random_seed
from providers.capabilities import Capabilities
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.errors import clean
from providers.engines.gradio.messages import Completed
from providers.engines.gradio.provider import status
from providers.engines.gradio.resolve import Endpoint, read_prefix
from providers.engines.gradio.upload import upload
from providers.events import Event, ImageResponse, Reasoning
from providers.request import ImageRequest
from providers.spaces.zerogpu import ZeroGpuProvider

UNDERSTAND = Endpoint("multimodal_understanding", fn_index=2, trigger_id=10)


class DeepseekAI_JanusPro7b(ZeroGpuProvider):  # noqa: N801  (the seeds' name)
    label = "DeepseekAI Janus-Pro-7B"
    url = "https://deepseek-ai-janus-pro-7b.hf.space"
    space = "deepseek-ai/Janus-Pro-7B"
    api_endpoint = "/gradio_api/queue/join"
    protocol = "queue"
    api_name = "generate_image"
    fn_index = 3
    trigger_id = 20
    default_model = "janus-pro-7b"
    default_image_model = "janus-pro-7b-image"
    image_models: ClassVar[list[str]] = [default_image_model]
    models: ClassVar[list[str]] = [default_model, *image_models]
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    capabilities = Capabilities(
        frozenset({"seed", "image", "guidance_scale"}),
        progress=True,
        queue_position=True,
        cancel=True,
        notes=("answers with a gallery", "an input picture is looked at first, then drawn from what it shows"),
    )

    def payload(self, request: ImageRequest) -> dict[str, Json]:
        return {
            "prompt": request.prompt,
            "seed": request.seed,
            "guidance": 5 if request.guidance_scale is None else request.guidance_scale,
            "temperature": 1,
        }

    def referer(self, base: str) -> str:
        return f"{base}?__theme=light"

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        if request.seed is None:
            request = replace(request, seed=1000 + random_seed(998_999))
        if request.first_image is not None:
            seen = ""
            async with aclosing(self._look(request, request.first_image, session)) as looking:
                async for event in looking:
                    if isinstance(event, str):
                        seen = event
                    else:
                        yield event
            request = replace(request, prompt=f"{request.prompt}\n{seen}".strip(), images=())
        async with aclosing(super()._draw(request, session)) as events:
            async for event in events:
                yield event

    async def _look(
        self, request: ImageRequest, image: bytes, session: aiohttp.ClientSession
    ) -> AsyncGenerator[Event | str, None]:
        """What the picture shows, with the prompt as the question; the answer last, as text."""
        link = self.link(session)
        headers = await self.headers(link)
        prefix = await read_prefix(link, headers.post, self.documented_prefix)
        yield Reasoning("Looking at the picture")
        session_hash = self.new_session_hash()
        file = await upload(link, prefix, image, headers, session_hash)
        arguments = {
            "image": file,
            "question": request.prompt,
            "seed": request.seed,
            "top_p": 0.95,
            "temperature": 0.1,
        }
        run = self.run(link, headers, arguments, UNDERSTAND)
        run.session_hash = session_hash
        async with aclosing(run.messages()) as messages:
            async for message in messages:
                if isinstance(message, Completed):
                    yield clean(message.data[0] if message.data else "")
                elif (event := status(message, link.patience)) is not None:
                    yield event
