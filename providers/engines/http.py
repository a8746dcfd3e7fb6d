"""What engines over plain HTTP share: one exchange, bounded and translated, and what becomes of a refusal."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from providers.base import Provider
from providers.engines.bodies import NO_TOTAL, parse_json, read_bounded, translated
from providers.engines.deadline import Deadline
from providers.engines.refusals import Refused
from providers.errors import BadAnswer, InvalidParameter, ProviderError

log = logging.getLogger(__name__)

ANSWER = 60.0  # seconds for an answer that takes no drawing
FAREWELL = 3.0  # seconds for a cancellation
MAX_ERROR_BODY = 100_000

Json = dict[str, Any]  # an object as it came, whose fields the leaf class checks


@dataclass(frozen=True, slots=True)
class Call:
    """A request: `url` is a path of the configured server, or a whole URL; `form` goes as multipart."""

    method: str
    url: str
    json: Mapping[str, Any] | None = None
    form: aiohttp.FormData | None = None
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is no refusal. `mime` is what the server calls it."""

    body: bytes
    mime: str
    headers: Mapping[str, str]

    def json(self) -> Json:
        """Raises BadAnswer for all that is no JSON object."""
        found = parse_json(self.body)
        if not isinstance(found, dict):
            raise BadAnswer("no JSON object in the answer")
        return found


class WebProvider(Provider):
    """Every request of the engines built on this goes through `open`."""

    # -- what a subclass may write -----------------------------------------------------------------------

    def headers(self) -> dict[str, str]:
        """Sent with every request; usually overridden only for a back-end that looks at more than the key."""
        return self.auth_headers()

    def refusal(self, refused: Refused) -> ProviderError:
        """The error for a refusal; override for what an API says by codes of its own, and call this for the rest."""
        return refused.error()

    def trusts(self, url: URL) -> bool:
        """Whether a URL that the back-end named may be asked with the key. Usually not overridden."""
        return url.origin() == URL(self.url).origin()

    # -- what engines use --------------------------------------------------------------------------------

    @property
    def host(self) -> str:
        """For messages: never the whole URL, which may hold a password."""
        return urlsplit(self.url).hostname or "the server"

    async def ask(
        self,
        session: aiohttp.ClientSession,
        patience: Deadline,
        call: Call,
        *,
        silence: float | None = ANSWER,
    ) -> Answer:
        """The whole answer. `silence` is in seconds, for the wait before it and for its body each; None leaves both
        to the patience's deadline. Raises what `refusal` makes of a status that is not 2xx."""
        async with self.open(session, patience, call, silence=silence) as response:
            with translated(self.host):
                body = await patience.wait(read_bounded(response), silence)
            return Answer(body, response.content_type, response.headers)

    @asynccontextmanager
    async def open(
        self,
        session: aiohttp.ClientSession,
        patience: Deadline,
        call: Call,
        *,
        silence: float | None = ANSWER,
    ) -> AsyncGenerator[aiohttp.ClientResponse, None]:
        """Likewise, with the body still to come."""
        url = self._address(call.url)
        with translated(self.host):
            response = await patience.wait(
                session.request(
                    call.method,
                    url,
                    json=call.json,
                    data=call.form,
                    params=call.query,
                    headers={**self.headers(), **call.headers},
                    cookies=self.cookies,
                    proxy=self.proxy,
                    timeout=NO_TOTAL,
                    allow_redirects=False,  # they would carry a key to another origin
                ),
                silence,
            )
        async with response:
            if not 200 <= response.status < 300:
                raise self.refusal(await self._refused(response, patience))
            yield response

    async def farewell(self, session: aiohttp.ClientSession, call: Call) -> None:
        """A request that ends a job. Never raises for what is remote, is through within 3 s, and leaves even when our
        own task is being cancelled, as it is as a rule when this is called."""
        await finish(self._farewell(session, call))

    async def _farewell(self, session: aiohttp.ClientSession, call: Call) -> None:
        try:
            await self.ask(session, Deadline(FAREWELL, FAREWELL), call)
        except ProviderError as error:
            log.debug("the job at %s was not cancelled: %s", self.host, error)

    def _address(self, url: str) -> URL:
        try:
            address = URL(url) if "://" in url else URL(self.url.rstrip("/") + url)
            trusted = self.trusts(address)
        except ValueError:
            raise InvalidParameter(f"{self.host}: the url in the settings is no http(s) address") from None
        if not trusted:
            raise BadAnswer(f"{self.host} leads to {address.host}, which is another server")
        return address

    async def _refused(self, response: aiohttp.ClientResponse, patience: Deadline) -> Refused:
        try:
            with translated(self.host):
                body = await patience.wait(read_bounded(response, MAX_ERROR_BODY), ANSWER)
        except BadAnswer:
            body = b"<"  # as long as only a page can be
        return Refused.read(response.status, body, response.headers, secret=self.api_key)


async def finish(work: Coroutine[Any, Any, None]) -> None:
    """Run something short to its end, also when our own task is cancelled meanwhile."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
