"""The engine for submit-and-poll: one POST hands the job over and gets its id, further ones ask how it goes.

A leaf class says what to send and what the answers mean; deadlines, bounds, retries and errors are here.
"""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncGenerator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

import aiohttp

from providers.base import Provider
from providers.engines.patience import Patience
from providers.errors import (
    BadAnswer,
    InvalidParameter,
    ProviderError,
    QuotaExceeded,
    ResponseError,
    Unauthorized,
    Unavailable,
)
from providers.events import Event, ImageResponse, Reasoning, Ticket
from providers.http import NO_TOTAL, parse_json, read_bounded, translated
from providers.request import ImageRequest

ANSWER = 60.0  # seconds for one answer
HICCUPS = 3  # unanswered polls in a row that a job survives: it goes on at the back-end

Json = dict[str, Any]  # an object as it came, whose fields the leaf class checks


class PollingProvider(Provider):
    """`timeout`, `queue_timeout` and `poll_interval` are in seconds, as everywhere."""

    submit_path: ClassVar[str]
    poll_path: ClassVar[str]

    # -- what a subclass writes --------------------------------------------------------------------------

    @abstractmethod
    def submission(self, request: ImageRequest) -> Json:
        """The body that hands a job over."""

    @abstractmethod
    def job_id(self, answer: Json) -> str:
        """The id in the answer to it; raises BadAnswer if there is none."""

    @abstractmethod
    def question(self, job_id: str) -> Json:
        """The body that asks how a job goes."""

    @abstractmethod
    def state(self, answer: Json, patience: Patience) -> Reasoning | list[str]:
        """How it goes, or the finished pictures' URLs.

        Tells `patience` whether the job waits or is drawn. Raises ResponseError when the job has failed.
        """

    def headers(self) -> dict[str, str]:
        """Usually overridden only for a back-end that looks at more than the key."""
        return self.auth_headers()

    # -- how a draw goes ---------------------------------------------------------------------------------

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        patience = Patience(self.queue_timeout, self.timeout)
        answer = await self._post(session, patience, self.submit_path, self.submission(request))
        ticket = Ticket(self.job_id(answer))
        yield ticket
        async for event in self._follow(ticket, session, patience, request.prompt):
            yield event

    async def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        patience = Patience(self.queue_timeout, self.timeout)
        async for event in self._follow(ticket, session, patience, ""):
            yield event

    async def _follow(
        self, ticket: Ticket, session: aiohttp.ClientSession, patience: Patience, alt: str
    ) -> AsyncGenerator[Event, None]:
        said: Reasoning | None = None
        hiccups = 0
        while True:
            try:
                answer = await self._post(session, patience, self.poll_path, self.question(ticket.value))
                hiccups = 0
                state = self.state(answer, patience)
            except Unavailable:
                hiccups += 1
                if hiccups > HICCUPS:
                    raise
                state = None
            if isinstance(state, list):
                yield ImageResponse(state, alt)
                return
            if state is not None and state != said:
                said = state
                yield state
            await patience.wait(asyncio.sleep(self.poll_interval))

    async def _post(
        self, session: aiohttp.ClientSession, patience: Patience, path: str, body: Mapping[str, Any]
    ) -> Json:
        host = urlsplit(self.url).hostname or "the server"
        with translated(host):
            answer = await patience.wait(self._exchange(session, path, body), ANSWER)
        if not isinstance(answer, dict):
            raise BadAnswer(f"{host} answered {path} with no object")
        return answer

    async def _exchange(self, session: aiohttp.ClientSession, path: str, body: Mapping[str, Any]) -> object:
        async with session.post(
            self.url + path,
            json=body,
            headers=self.headers(),
            cookies=self.cookies,
            proxy=self.proxy,
            timeout=NO_TOTAL,
            allow_redirects=False,  # they would carry a key to another origin
        ) as response:
            if response.status != 200:
                raise await _refusal(response)
            return parse_json(await read_bounded(response))


async def _refusal(response: aiohttp.ClientResponse) -> ProviderError:
    """The error for an HTTP status that is not 200, with the back-end's own words where it has some."""
    status = response.status
    said = f"HTTP {status}"
    if status not in {401, 403, 429} and status < 500:
        text = (await read_bounded(response, 100_000)).decode("utf-8", "replace").strip()
        said += f": {'an HTML page' if text.startswith('<') else text[:200] or 'no reason given'}"
    if status in {401, 403}:
        return Unauthorized(f"{said}: a key is needed, or it has no rights here")
    if status == 429:
        seconds = response.headers.get("Retry-After", "")
        return QuotaExceeded(said, retry_after=float(seconds) if seconds.isdecimal() else None)
    if status >= 500:
        return Unavailable(said)
    if status in {400, 413, 422}:
        return InvalidParameter(said)
    return ResponseError(said) if status >= 400 else BadAnswer(said)
