"""The one HTTP exchange of all engines: bounded, within a deadline, translated, and without redirects.

`send` asks, `receive` reads the whole answer, and a status that is not 2xx is raised as what it means.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from providers.base import Provider
from providers.bounds import MAX_BODY, MAX_ERROR_BODY
from providers.engines.bodies import NO_TOTAL, parse_json, read_bounded, translated
from providers.engines.deadline import Deadline
from providers.engines.refusals import Refused
from providers.errors import BadAnswer, InvalidParameter, ProviderError, Unavailable

log = logging.getLogger(__name__)

ANSWER = 60.0  # seconds for an answer that takes no drawing
FAREWELL = 3.0  # seconds for a cancellation

Json = dict[str, Any]  # an object as it came, whose fields the leaf class checks


class Call(NamedTuple):
    """A request: `url` is a path of the configured server, or a whole URL; `form` goes as multipart."""

    method: str
    url: str
    json: Mapping[str, Any] | None = None
    form: aiohttp.FormData | None = None
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] = MappingProxyType({})


class Answer(NamedTuple):
    """An answer that is no refusal."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def mime(self) -> str:
        """What the server calls it."""
        return self.headers.get("Content-Type", "application/octet-stream").partition(";")[0].strip().lower()

    def json(self) -> Json:
        """Raises BadAnswer for all that is no JSON object."""
        found = parse_json(self.body)
        if not isinstance(found, dict):
            raise BadAnswer("no JSON object in the answer")
        return found


async def send(
    session: aiohttp.ClientSession,
    patience: Deadline,
    call: Call,
    url: URL | str,
    *,
    server: translated,
    headers: Mapping[str, str] | None = None,
    refusal: Callable[[Refused], ProviderError],
    silence: float | None = ANSWER,
    whole: bool = False,
    proxy: str | None = None,
    cookies: Mapping[str, str] | None = None,
) -> aiohttp.ClientResponse:
    """The 2xx answer to a call, its body still to come; whoever gets it closes it.

    `headers` go in place of the call's own. `silence` is in seconds, for each pause before and within the answer; None
    leaves that to the patience's deadline. A server that keeps sending is cut off at the last possible deadline, and
    where the `whole` answer is read at once, after twice the silence. Raises what `refusal` makes of any other status,
    and what `server` makes of a connection's fault.
    """
    answering = session.request(
        call.method,
        url,
        json=call.json,
        data=call.form,
        params=call.query,
        headers=call.headers if headers is None else headers,
        cookies=cookies,
        proxy=proxy,
        timeout=_timeout(silence, 2 * silence if whole and silence is not None else patience.longest),
        allow_redirects=False,  # they would carry a key to another origin, and us to any address
    )
    with server:
        response = await patience.bounded(answering, silence)
    if 200 <= response.status < 300:
        return response
    async with response:
        try:
            body = await receive(response, patience, server=server, limit=MAX_ERROR_BODY)
        except BadAnswer:
            body = b"<"  # as long as only a page can be
        raise refusal(Refused.read(response.status, body, response.headers))


@lru_cache(maxsize=64)
def _timeout(silence: float | None, total: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total, sock_connect=NO_TOTAL.sock_connect, sock_read=silence)


async def receive(
    response: aiohttp.ClientResponse,
    patience: Deadline,
    *,
    server: translated,
    silence: float | None = ANSWER,
    limit: int = MAX_BODY,
) -> bytes:
    """The body of an answer. Raises BadAnswer when it has more than `limit` bytes."""
    body = read_bounded(response, limit)
    with server:
        # Most answers came whole with their headers, and what is here needs no timer.
        return await (body if response.content.is_eof() else patience.wait(body, silence))


@asynccontextmanager
async def websocket(
    session: aiohttp.ClientSession,
    patience: Deadline,
    url: str,
    *,
    server: translated,
    headers: Mapping[str, str],
    proxy: str | None,
    max_message: int,
) -> AsyncGenerator[aiohttp.ClientWebSocketResponse, None]:
    """A websocket, open within the block. Raises Unavailable where none comes about, also for a redirect: it would lead
    to whatever address the server likes, from within our network."""
    # ws_connect follows redirects and cannot be told otherwise; a session of its own on the same connections can.
    async with aiohttp.ClientSession(
        connector=session.connector,
        connector_owner=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=NO_TOTAL,
        middlewares=(_no_redirects,),
    ) as own:
        with server:
            connection = await patience.wait(
                own.ws_connect(url, headers=headers, proxy=proxy, max_msg_size=max_message, heartbeat=30), ANSWER
            )
        async with connection:
            yield connection


async def _no_redirects(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    response = await handler(request)
    if 300 <= response.status < 400:
        response.close()
        raise Unavailable(f"{request.url.host} redirects its websocket")
    return response


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
        return url.origin() == _origin(self.url)

    # -- what engines use --------------------------------------------------------------------------------

    @property
    def host(self) -> str:
        """For messages: never the whole URL, which may hold a password."""
        return _host(self.url)

    @property
    def translated(self) -> translated:
        """For what aiohttp raises on the way to the server."""
        return _translated(self.url)

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
        async with await self._opened(session, patience, call, silence, whole=True) as response:
            body = await receive(response, patience, server=self.translated, silence=silence)
            return Answer(body, response.headers)

    @asynccontextmanager
    async def open(
        self,
        session: aiohttp.ClientSession,
        patience: Deadline,
        call: Call,
        *,
        silence: float | None = ANSWER,
    ) -> AsyncGenerator[aiohttp.ClientResponse, None]:
        """The answer as `ask` has it, with its body still to come."""
        async with await self._opened(session, patience, call, silence) as response:
            yield response

    async def _opened(
        self,
        session: aiohttp.ClientSession,
        patience: Deadline,
        call: Call,
        silence: float | None,
        *,
        whole: bool = False,
    ) -> aiohttp.ClientResponse:
        """The answer, its body still to come; whoever gets it closes it."""
        url = self._address(call.url)
        try:
            return await send(
                session,
                patience,
                call,
                url,
                headers={**self.login_headers(), **self.headers(), **call.headers},
                server=self.translated,
                refusal=self.refusal,
                silence=silence,
                whole=whole,
                proxy=self.way_out,
                cookies=self.cookies,
            )
        except ProviderError as error:
            self.redact_error(error)
            raise

    async def farewell(self, session: aiohttp.ClientSession, call: Call) -> None:
        """A request that ends a job. Never raises for what is remote, is through within 3 s, and leaves even when our
        own task is being cancelled, as it is as a rule when this is called."""
        await finish(self._farewell(session, call))

    async def _farewell(self, session: aiohttp.ClientSession, call: Call) -> None:
        try:
            await self.ask(session, Deadline(FAREWELL, FAREWELL), call)
        except ProviderError as error:
            log.debug("job not cancelled", extra={"host": self.host, "error": str(error)})

    def _address(self, url: str) -> URL:
        try:
            address = URL(url) if "://" in url else URL(self.url.rstrip("/") + url)
            trusted = self.trusts(address)
        except ValueError:
            raise InvalidParameter(f"{self.host}: the url in the settings is no http(s) address") from None
        if not trusted:
            raise BadAnswer(f"{self.host} leads to {address.host}, which is another server")
        return address


@lru_cache(maxsize=256)
def _host(url: str) -> str:
    return urlsplit(url).hostname or "the server"


@lru_cache(maxsize=256)
def _translated(url: str) -> translated:
    return translated(_host(url))


@lru_cache(maxsize=256)
def _origin(url: str) -> URL:
    """Raises ValueError for a url that is none."""
    return URL(url).origin()


async def finish(work: Coroutine[Any, Any, None]) -> None:
    """Run something short to its end, also when our own task is cancelled meanwhile."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
