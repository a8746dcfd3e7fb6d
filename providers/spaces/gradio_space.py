"""Any Gradio app by its URL: the function that draws, and what its parameters take, follow from its `/info`."""

from collections.abc import Mapping
from typing import ClassVar

import aiohttp

from providers.base import random_seed
from providers.bounds import names_of
from providers.capabilities import Bounds, Capabilities
from providers.engines.deadline import Deadline
from providers.engines.gradio import GradioProvider
from providers.engines.gradio.connection import QUICK, Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.resolve import read_info, read_prefix
from providers.engines.gradio.run import Headers
from providers.engines.gradio.upload import upload
from providers.errors import InvalidParameter, Unauthorized
from providers.events import ImagePreview, ImageResponse, Reasoning
from providers.pictures.fetch import Picture
from providers.request import OPTIONAL_PARAMETERS, ImageRequest
from providers.spaces.gradio_login import forget_login, logged_in
from providers.spaces.gradio_mapping import SYNONYMS, Drawing, choose, fill, missing

RANDOMIZE = SYNONYMS["randomize_seed"]


class GradioSpace(GradioProvider):
    """The catalogue's `gradio`: `url`, and `api_name` where the app has several functions that draw. `parameters` say
    which parameter, by its name or label, takes what: `{ prompt = "text" }`. `api_key` is a token, or `name:password`
    for an app behind `launch(auth=...)`."""

    label = "Gradio Space"
    api_name = ""
    protocol = "queue"
    api_endpoint = "/gradio_api/queue/join"
    seed_events = (Reasoning, ImagePreview, ImageResponse)
    capabilities: ClassVar[Capabilities] = Capabilities(
        frozenset(OPTIONAL_PARAMETERS),
        width=Bounds(1, 8192),
        height=Bounds(1, 8192),
        steps=Bounds(1, 1000),
        guidance=Bounds(0, 1000, 0.1),
        previews=True,
        progress=True,
        queue_position=True,
        cancel=True,
        notes=("what it takes depends on the Space",),
    )
    parameters: Mapping[str, str] = {}
    _session: Mapping[str, str] | None = None  # headers, once it is logged in

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """A Space is its own model, under whatever name the catalogue gives it."""
        return model or cls.default_model

    # -- who we are --------------------------------------------------------------------------------------------

    @property
    def _password(self) -> tuple[str, str] | None:
        name, colon, password = (self.api_key or "").partition(":")
        return (name, password) if colon else None

    def auth_headers(self) -> dict[str, str]:
        return super().auth_headers() if self._password is None else dict(self._session or {})

    async def log_in(self, link: Connection) -> None:
        """Get the cookie of an app that wants a name and a password."""
        if self._password is not None and self._session is None:
            self._session = await logged_in(link, *self._password)

    async def headers(self, link: Connection) -> Headers:
        await self.log_in(link)
        return await super().headers(link)

    async def fetch(self, url: str, session: aiohttp.ClientSession) -> Picture:
        await self.log_in(self._quick(session))
        return await super().fetch(url, session)

    def _quick(self, session: aiohttp.ClientSession) -> Connection:
        return self.link(session).with_patience(Deadline(QUICK, QUICK))

    # -- what is drawn -----------------------------------------------------------------------------------------

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Whether a Gradio app answers, and has a function that draws from a prompt, by the names in the catalogue."""
        link = self._quick(session)
        await self.log_in(link)
        try:
            await super().check(session)
            await self._drawing(link, self.auth_headers())
        except Unauthorized:
            self._forget_login(link)
            raise

    async def arguments(self, request: ImageRequest, link: Connection, headers: Headers) -> dict[str, Json]:
        if not self.url:
            raise InvalidParameter("a Gradio Space needs a url")
        try:
            prefix, drawing = await self._drawing(link, headers.post)
        except Unauthorized:
            self._forget_login(link)
            raise
        self.api_name = drawing.api_name
        room = any(parameter.takes_pictures for parameter in drawing.parameters)
        pictures = [
            await upload(link, prefix, image, headers, self.new_session_hash()) for image in request.images if room
        ]
        mask = None
        if room and request.mask is not None:
            mask = await upload(link, prefix, request.mask, headers, self.new_session_hash())
        seed: int | None
        seed, randomize = self.seed_to_send(request)
        if request.seed is None:
            # an app that does not randomize by itself would draw the same picture again and again
            by_itself = randomize and any(parameter.is_called(RANDOMIZE) for parameter in drawing.parameters)
            seed = None if by_itself else seed or random_seed()
        arguments, self.untaken = fill(
            drawing,
            request,
            self.parameters,
            pictures=pictures,
            mask=mask,
            seed=seed,
            randomize=randomize,
        )
        if request.images and not room:
            self.untaken = (*self.untaken, "image")
        return arguments

    async def _drawing(self, link: Connection, headers: Mapping[str, str]) -> tuple[str, Drawing]:
        """Where its routes begin, and the function to draw with. Raises InvalidParameter where it has none."""
        prefix = await read_prefix(link, headers, self.documented_prefix)
        info = await read_info(link, headers, prefix)
        drawing = choose(info, self.api_name.lstrip("/"), self.parameters)
        if unknown := missing(drawing, self.parameters):
            names = names_of((parameter.name for parameter in drawing.parameters), 30)
            raise InvalidParameter(f"{drawing.api_name} has no parameter {unknown[0]!r}; it has: {names}")
        return prefix, drawing

    def _forget_login(self, link: Connection) -> None:
        if self._password is not None:
            self._session = None
            forget_login(link, *self._password)
