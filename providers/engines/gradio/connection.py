"""One draw's way to one Gradio server: its address, session, proxy and patience; every request goes through here."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Self

import aiohttp
from yarl import URL

from providers.engines.bodies import NO_TOTAL, parse_json, read_bounded, translated
from providers.engines.deadline import Deadline
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.errors import fits_no_longer, refusal
from providers.engines.sse import ServerSentEvent, SseDecoder
from providers.errors import BadAnswer, InvalidParameter, ProviderError

HEARTBEAT = 15.0  # seconds between two of Gradio's heartbeats, in all versions
SILENCE = 3 * HEARTBEAT + 5  # no byte for so long: three heartbeats did not come
ANSWER = 60.0  # for a POST that only hands a job over
QUICK = 15.0  # for what only has to be looked up
DRAIN = 0.25  # for the end of a stream after its last message
MAX_ERROR_BODY = 100_000


class Connection:
    """Requests to one server. Redirects are not followed: they would carry keys to another origin.

    `misfit` tells after a refusal that what we believe of the server's routes and numbers may be stale.
    """

    __slots__ = ("_proxy", "base", "host", "misfit", "patience", "session", "translated")

    def __init__(
        self, session: aiohttp.ClientSession, base: str, patience: Deadline, *, proxy: str | None = None
    ) -> None:
        self.base, self.host = _address(base)
        self.translated = translated(self.host)
        self.session = session
        self.patience = patience
        self.misfit = False
        self._proxy = proxy

    def with_patience(self, patience: Deadline) -> "Connection":
        """The same server, with other deadlines."""
        return Connection(self.session, self.base, patience, proxy=self._proxy)

    async def post(
        self,
        path: str,
        body: Mapping[str, Json] | aiohttp.FormData,
        headers: Mapping[str, str],
        *,
        silence: float | None = ANSWER,
    ) -> Json:
        """The JSON answer; `silence` None leaves the patience's deadline alone to bound the wait for it."""
        payload = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
        return await self.patience.wait(self._exchange("POST", path, headers, **payload), silence)

    async def get(self, path: str, headers: Mapping[str, str]) -> Json:
        return await self.patience.wait(self._exchange("GET", path, headers), QUICK)

    async def _exchange(self, method: str, path: str, headers: Mapping[str, str], **payload: Json) -> Json:
        with self.translated:
            response = await self.request(method, path, headers, **payload)
            async with response:
                if response.status != 200:
                    raise await self.refusal_in(response)
                return parse_json(await read_bounded(response))

    def stream(self, path: str, headers: Mapping[str, str]) -> "Stream":
        """An event stream, open and checked within the block."""
        return Stream(self, path, headers)

    async def request(
        self, method: str, path: str, headers: Mapping[str, str], **payload: Json
    ) -> aiohttp.ClientResponse:
        return await self.session.request(
            method,
            self.base + path,
            headers=headers,
            proxy=self._proxy,
            timeout=NO_TOTAL,
            allow_redirects=False,
            **payload,
        )

    async def refusal_in(self, response: aiohttp.ClientResponse) -> ProviderError:
        """The error for a status that is not 200."""
        try:
            with self.translated:
                body = await read_bounded(response, MAX_ERROR_BODY)
        except BadAnswer:
            body = b"<"  # as long as only a page can be
        self.misfit = fits_no_longer(response.status, body)
        return refusal(response.status, body, retry_after_header=response.headers.get("Retry-After"))


@lru_cache(maxsize=256)
def _address(base: str) -> tuple[str, str]:
    """The base URL without credentials (which travel as a header, not in messages and file URLs), and its host."""
    try:
        url = URL(base)
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.host:
        raise InvalidParameter("the url in the settings is no http(s) address")
    return str(url.with_user(None)).rstrip("/"), url.host


class Stream:
    """The events of a stream, with deadlines and translated errors."""

    __slots__ = ("_decoder", "_events", "_headers", "_link", "_path", "_response")
    _response: aiohttp.ClientResponse

    def __init__(self, link: Connection, path: str, headers: Mapping[str, str]) -> None:
        self._link, self._path, self._headers = link, path, headers
        self._decoder = SseDecoder()
        self._events: list[ServerSentEvent] = []  # those that are here and not read yet, the next one last

    async def __aenter__(self) -> Self:
        link = self._link
        with link.translated:
            response = await link.patience.wait(link.request("GET", self._path, self._headers), SILENCE)
        try:
            if response.status != 200:
                raise await link.patience.wait(link.refusal_in(response), ANSWER)
            kind = response.headers.get("Content-Type", "nothing").partition(";")[0].strip().lower()
            if kind != "text/event-stream":
                raise BadAnswer(f"{kind} in place of an event stream")
        except BaseException:
            response.release()
            raise
        self._response = response
        return self

    async def __aexit__(self, *_: object) -> None:
        self._link.patience.rest()
        self._response.release()
        await self._response.wait_for_close()

    async def next_event(self) -> ServerSentEvent | None:
        """None at the end."""
        while not self._events:
            content = self._response.content
            with self._link.translated:
                if content.exception() is not None or not (chunk := content.read_nowait()):
                    chunk = await self._link.patience.wait(content.readany(), SILENCE)
            if not chunk:
                return None
            self._events = self._decoder.feed(chunk)[::-1]
        return self._events.pop()

    async def drain(self) -> None:
        """Read up to the end that follows the last message, so that the connection can serve the next request."""
        content = self._response.content
        try:
            while not content.at_eof():
                with self._link.translated:
                    await self._link.patience.wait(content.readany(), DRAIN)
        except ProviderError:
            pass  # then the connection is closed instead
