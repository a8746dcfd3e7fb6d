"""Pollinations: the prompt in the path of a GET, the picture in its answer. Source: gen.pollinations.ai's docs.

It speaks OpenAI's shape too: `provider = "openai"` with its url.
"""

import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import quote

import aiohttp

from providers.bounds import names_of
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.bodies import parse_json
from providers.engines.deadline import Deadline
from providers.engines.http import Call
from providers.engines.refusals import Refused
from providers.engines.single_request import SingleProvider
from providers.errors import (
    BadAnswer,
    ContentRejected,
    InvalidParameter,
    ModelNotFound,
    NotThisServer,
    ProviderError,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.request import ImageRequest

CHECK = 15.0  # seconds
MAX_PATH = 7000  # bytes of an encoded prompt: servers in between take about 8000 for a whole request line

_REJECTED = re.compile(r"nsfw|moderat|content (policy|filter)|safety|unsafe", re.IGNORECASE)


class Pollinations(SingleProvider):
    """The catalogue's `pollinations`; it needs a key. `extra` has more of the query, such as `quality` or `safe`."""

    label = "Pollinations"
    url = "https://gen.pollinations.ai"
    api_endpoint = "/image"
    paid = True
    charged = Charged.ON_HANDOVER  # its terms say nothing of failed requests
    default_model = default_image_model = "flux"
    image_models: ClassVar[list[str]] = ["flux"]
    models: ClassVar[list[str]] = image_models
    capabilities = Capabilities(frozenset({"width", "height", "seed"}), width=Bounds(64, 2048), height=Bounds(64, 2048))
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    extra: Mapping[str, object] = {}

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name is valid: the list changes often, and `check` asks for it."""
        return model or cls.default_model

    def call(self, request: ImageRequest) -> Call:
        path = quote(" ".join(request.prompt.split()), safe="")  # many routers take no line end in a path
        if len(path) > MAX_PATH:
            raise InvalidParameter(f"the prompt is too long: {len(path)} of at most {MAX_PATH} bytes in a URL")
        if not path.strip("."):  # a path of dots leads elsewhere
            path += "%20"
        fields = {"model": request.model, "width": request.width, "height": request.height, "seed": request.seed}
        query = {name: _text(value) for name, value in {**fields, **self.extra}.items() if value is not None}
        return Call("GET", f"{self.api_endpoint}/{path}", query=query)

    def refusal(self, refused: Refused) -> ProviderError:
        if refused.status in {400, 403, 422} and _REJECTED.search(refused.said):
            return ContentRejected(str(refused))
        if refused.status in {400, 404} and refused.answer and re.search(r"\bmodel\b", refused.said, re.IGNORECASE):
            return ModelNotFound(str(refused))
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that the model is listed. The list needs no key, so a wrong key is found out only when drawing. Raises
        ProviderError."""
        try:
            answer = await self.ask(session, Deadline(CHECK, CHECK), Call("GET", "/image/models"))
            listed = parse_json(answer.body)
        except BadAnswer as error:
            raise NotThisServer(f"{self.host} does not speak Pollinations' API: {error}") from None
        if not isinstance(listed, list):
            raise NotThisServer(f"{self.host} does not speak Pollinations' API: no list at /image/models")
        names = {str(item.get("name")) if isinstance(item, dict) else str(item) for item in listed}
        aliases = {alias for item in listed if isinstance(item, dict) for alias in _texts(item.get("aliases"))}
        if (model := self.get_model(self.model)) not in names | aliases:
            raise ModelNotFound(f"{self.host} has no model {model!r}; it has: {names_of(sorted(names))}")


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
