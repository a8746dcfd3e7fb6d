"""One draw's way to one Gradio server: its address, session, proxy and patience; every request goes through here."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Self

import aiohttp
from yarl import URL

from providers.engines.bodies import parse_json, translated
from providers.engines.deadline import Deadline
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.errors import fits_no_longer, refusal
from providers.engines.http import ANSWER, Call, receive, send
from providers.engines.refusals import Refused
from providers.engines.sse import ServerSentEvent, SseDecoder
from providers.errors import BadAnswer, InvalidParameter, ProviderError

HEARTBEAT = 15.0  # seconds between two of Gradio's heartbeats, in all versions
SILENCE = 3 * HEARTBEAT + 5  # no byte for so long: three heartbeats did not come
QUICK = 15.0  # seconds, for what only has to be looked up
DRAIN = 0.25  # seconds, for the end of a stream after its last message


class Connection:
    """Requests to one server.

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
        if isinstance(body, aiohttp.FormData):
            call = Call("POST", path, form=body, headers=headers)
        else:
            call = Call("POST", path, json=body, headers=headers)
        return parse_json(await self._body(call, silence))

    async def get(self, path: str, headers: Mapping[str, str]) -> Json:
        """The JSON answer to a GET, which comes at once."""
        return parse_json(await self._body(Call("GET", path, headers=headers), QUICK))

    async def page(self, path: str, headers: Mapping[str, str], limit: int) -> str:
        """A page for people, of at most `limit` bytes."""
        return (await self._body(Call("GET", path, headers=headers), QUICK, limit)).decode("utf-8", "replace")

    async def _body(self, call: Call, silence: float | None, limit: int | None = None) -> bytes:
        read = receive if limit is None else partial(receive, limit=limit)
        async with await self.open(call, silence, whole=True) as response:
            return await read(response, self.patience, server=self.translated, silence=silence)

    def stream(self, path: str, headers: Mapping[str, str]) -> "Stream":
        """An event stream, open and checked within the block."""
        return Stream(self, path, headers)

    async def open(self, call: Call, silence: float | None, *, whole: bool = False) -> aiohttp.ClientResponse:
        """The answer to a call, its body still to come; whoever gets it closes it. Raises what a refusal means."""
        return await send(
            self.session,
            self.patience,
            call,
            self.base + call.url,
            server=self.translated,
            refusal=self._refusal,
            silence=silence,
            whole=whole,
            proxy=self._proxy,
        )

    def _refusal(self, refused: Refused) -> ProviderError:
        self.misfit = fits_no_longer(refused)
        return refusal(refused)


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
        response = await self._link.open(Call("GET", self._path, headers=self._headers), SILENCE)
        kind = response.headers.get("Content-Type", "nothing").partition(";")[0].strip().lower()
        if kind != "text/event-stream":
            response.release()
            raise BadAnswer(f"{kind[:100]} in place of an event stream")
        self._response = response
        return self

    async def __aexit__(self, *_: object) -> None:
        self._response.release()
        await self._response.wait_for_close()

    def event_at_hand(self) -> ServerSentEvent | None:
        """The next event, if it has come already."""
        return self._events.pop() if self._events else None

    async def next_event(self) -> ServerSentEvent | None:
        """Waits for the next event; None at the end."""
        content, patience = self._response.content, self._link.patience
        while not self._events:
            with self._link.translated:
                chunk = await patience.bounded(content.readany(), SILENCE)
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
