"""One draw's way to one Gradio server: its address, session, proxy and patience; every request goes through here."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache

import aiohttp
from yarl import URL

from providers.engines.gradio.diffs import Json
from providers.engines.gradio.errors import fits_no_longer, refusal
from providers.engines.patience import Patience
from providers.errors import BadAnswer, InvalidParameter, ProviderError
from providers.http import NO_TOTAL, parse_json, read_bounded, translated

HEARTBEAT = 15.0  # seconds between two of Gradio's heartbeats, in all versions
SILENCE = 3 * HEARTBEAT + 5  # no byte for so long: three heartbeats did not come
ANSWER = 60.0  # for a POST that only hands a job over
QUICK = 15.0  # for what only has to be looked up
DRAIN = 0.25  # for the end of a stream after its last message
MAX_ERROR_BODY = 100_000


class Link:
    """Requests to one server. Redirects are not followed: they would carry keys to another origin.

    `misfit` tells after a refusal that what we believe of the server's routes and numbers may be stale.
    """

    def __init__(
        self, session: aiohttp.ClientSession, base: str, patience: Patience, *, proxy: str | None = None
    ) -> None:
        self.base, self.host = _address(base)
        self.translated = translated(self.host)
        self.session = session
        self.patience = patience
        self.misfit = False
        self._proxy = proxy

    def with_patience(self, patience: Patience) -> "Link":
        """The same server, with other deadlines."""
        return Link(self.session, self.base, patience, proxy=self._proxy)

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
            response = await self._request(method, path, headers, **payload)
            async with response:
                if response.status != 200:
                    raise await self._refusal(response)
                return parse_json(await read_bounded(response))

    @asynccontextmanager
    async def stream(self, path: str, headers: Mapping[str, str]) -> AsyncGenerator["Stream", None]:
        """An event stream, open and checked."""
        with self.translated:
            response = await self.patience.wait(self._request("GET", path, headers), SILENCE)
        async with response:
            if response.status != 200:
                raise await self.patience.wait(self._refusal(response), ANSWER)
            if response.content_type != "text/event-stream":
                raise BadAnswer(f"{response.content_type} in place of an event stream")
            yield Stream(response, self)

    async def _request(
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

    async def _refusal(self, response: aiohttp.ClientResponse) -> ProviderError:
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
    """The bytes of an event stream, with deadlines and translated errors."""

    def __init__(self, response: aiohttp.ClientResponse, link: Link) -> None:
        self._content = response.content
        self._link = link

    async def next_chunk(self) -> bytes:
        """What has come since, b"" at the end."""
        if (chunk := self._buffered()) is not None:
            return chunk  # the usual case on a busy machine, and far cheaper than a deadline
        with self._link.translated:
            return await self._link.patience.wait(self._content.readany(), SILENCE)

    def _buffered(self) -> bytes | None:
        if self._content.exception() is None and (chunk := self._content.read_nowait()):
            return chunk
        return None

    async def drain(self) -> None:
        """Read up to the end that follows the last message, so that the connection can serve the next request."""
        if self._content.at_eof():
            return
        try:
            async with asyncio.timeout(DRAIN):
                with self._link.translated:
                    while await self._content.readany():
                        pass
        except (TimeoutError, ProviderError):
            pass  # then the connection is closed instead
