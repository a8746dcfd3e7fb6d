"""The engine: what every provider on Gradio shares. A leaf class is a URL, some numbers and one or two mappings."""

import re
import uuid
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from functools import lru_cache
from typing import ClassVar
from urllib.parse import urlsplit

import aiohttp

from providers.base import Charged, Provider
from providers.engines.deadline import Deadline
from providers.engines.gradio.config import parse_config
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.files import pictures
from providers.engines.gradio.job import Job
from providers.engines.gradio.messages import Completed, Heartbeat, Log, Message, Partial, Progress, Started, Waiting
from providers.engines.gradio.resolve import Endpoint
from providers.engines.gradio.run import Headers, Run
from providers.errors import BadAnswer, NoPicture, NotThisServer, Phase, at_phase
from providers.events import Event, ImagePreview, ImageResponse, Reasoning, Ticket
from providers.request import ImageRequest

CHECK = 15.0  # seconds
HUB_HEADER = "X-HF-Authorization"


class GradioProvider(Provider):
    """A function of a Gradio app, version 4, 5 or 6.

    A subclass sets `url`, `api_endpoint` and `api_name`, perhaps `fn_index` and `trigger_id`, and writes `payload`.
    The documented route and numbers serve only where `/config` cannot be read. `protocol` is call, queue or predict.
    """

    supports_stream: ClassVar[bool] = True
    charged = Charged.NEVER
    protocol: str = "call"
    api_name: str = "infer"
    fn_index: int = 0
    trigger_id: int | None = None
    untaken: tuple[str, ...] = ()  # parameters that `arguments` found no place for, to be said

    def __init__(
        self,
        *,
        url: str | None = None,
        api_key: str | None = None,
        proxy: str | None = None,
        cookies: Mapping[str, str] | None = None,
        timeout: float | None = None,
        poll_interval: float | None = None,
        protocol: str | None = None,
        api_name: str | None = None,
    ) -> None:
        super().__init__(
            url=url, api_key=api_key, proxy=proxy, cookies=cookies, timeout=timeout, poll_interval=poll_interval
        )
        if protocol is not None:
            self.protocol = protocol
        if api_name is not None:
            self.api_name = api_name

    # -- what a subclass writes --------------------------------------------------------------------------------

    def payload(self, request: ImageRequest) -> dict[str, Json]:
        """The function's arguments by name, in its order of parameters."""
        raise NotImplementedError

    async def arguments(self, request: ImageRequest, link: Connection, headers: Headers) -> dict[str, Json]:
        """`payload`, for those that must ask or tell the server something first; usually not overridden."""
        return self.payload(request)

    async def headers(self, link: Connection) -> Headers:
        """What the server wants to see; asked for once a draw. Usually not overridden."""
        auth = self.auth_headers()
        return Headers(auth, auth)

    def auth_headers(self) -> dict[str, str]:
        """The key as a bearer; a Hub token only as HUB_HEADER, and only to a Space's own address.

        The Spaces' proxy reads that header and takes it away, while `Authorization` reaches the Space's code, which is
        somebody else's.
        """
        if not is_hub_token(self.api_key):
            return {**self.login_headers(), **super().auth_headers()}
        return {HUB_HEADER: f"Bearer {self.api_key}"} if is_space(self.url) else self.login_headers()

    def new_session_hash(self) -> str:
        """Ours to choose; usually not overridden."""
        return uuid.uuid4().hex

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Whether a Gradio app answers, by its `/config`, which every version and every page of it reads."""
        link = self.link(session).with_patience(Deadline(CHECK, CHECK))
        try:
            with self.redacted():
                parse_config(await link.get("/config", self.auth_headers()))
        except BadAnswer as error:
            raise NotThisServer(f"{link.host} is no Gradio app: {error}") from None

    # -- how a draw goes ---------------------------------------------------------------------------------------

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        link = self.link(session)
        headers = await self.headers(link)
        arguments = await self.arguments(request, link, headers)
        if self.untaken:
            yield Reasoning(f"{self.label} does not take: {', '.join(self.untaken)}", untaken=self.untaken)
        run, preview, alt = self.run(link, headers, arguments), "", request.prompt
        async with aclosing(run.messages()) as messages:
            async for message in messages:
                if isinstance(message, Completed):
                    with at_phase(Phase.DRAWN):
                        if not (images := pictures(message.data, run.root)):
                            raise NoPicture("there is no picture in the answer")
                    yield Reasoning("Finished", progress=1.0)
                    yield ImageResponse(images, alt)
                elif isinstance(message, Partial):
                    link.patience.begin_drawing()
                    found = pictures(message.data, run.root)
                    if found and found[0] != preview:
                        preview = found[0]
                        yield ImagePreview(preview, alt)
                elif (event := status(message, link.patience)) is not None:
                    yield event

    def link(self, session: aiohttp.ClientSession) -> Connection:
        return Connection(session, self.url, Deadline(self.queue_timeout, self.timeout), proxy=self.way_out)

    @property
    def documented_prefix(self) -> str:
        return _prefix_of(self.api_endpoint)

    def run(
        self, link: Connection, headers: Headers, arguments: dict[str, Json], endpoint: Endpoint | None = None
    ) -> Run:
        """A run of the documented function, or of another one of the same app."""
        endpoint = endpoint or Endpoint(self.api_name.lstrip("/"), self.fn_index, self.trigger_id)
        return Run(
            link=link,
            headers=headers,
            protocol=self.protocol,
            endpoint=endpoint._replace(prefix=self.documented_prefix),
            arguments=arguments,
            session_hash="" if self.protocol == "call" else self.new_session_hash(),
            tick=self.poll_interval,
            detached=lambda: self.detached,
        )


def is_hub_token(key: str | None) -> bool:
    """Whether a key is one of Hugging Face's, which opens more than a Space."""
    return key is not None and key.startswith("hf_")


def is_space(url: str) -> bool:
    """Whether a URL is a Space's own address: https, and the one name that the Hub gives it."""
    parts = urlsplit(url)
    return parts.scheme == "https" and re.fullmatch(r"[a-z0-9-]+\.hf\.space", parts.hostname or "") is not None


@lru_cache(maxsize=64)
def _prefix_of(api_endpoint: str) -> str:
    """What stands before the protocol's own part of a documented route."""
    route = urlsplit(api_endpoint).path
    return next((route.partition(part)[0] for part in ("/call/", "/queue/", "/run/") if part in route), "")


def status(message: Job | Message, patience: Deadline) -> Reasoning | Ticket | None:
    """A message that is no picture as an event; moves the deadline along."""
    match message:
        case Progress(text=text, fraction=fraction):
            patience.begin_drawing()
            return Reasoning(text, fraction)
        case Job():
            return Ticket(message.ticket())
        case Waiting(rank=rank, size=size, eta=eta):
            patience.in_queue()
            if rank is None:
                return Reasoning("In queue", eta=eta)
            return Reasoning(f"In queue: {rank + 1}" + (f" of {size}" if size else ""), position=rank + 1, eta=eta)
        case Started(eta=eta):
            patience.begin_drawing()
            return Reasoning("Generating", eta=eta)
        case Log(text=text) if text:
            return Reasoning(text)
        case Heartbeat(elapsed=None) if not patience.waiting:
            return Reasoning("Generating")
        case Heartbeat(elapsed=float(elapsed)):
            return Reasoning(f"Generating {elapsed:.2f}s")
    return None
