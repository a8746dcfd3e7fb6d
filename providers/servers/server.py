"""What self-hosted servers have in common: a name and a password, and several of them behind one entry."""

import asyncio
import logging
from abc import abstractmethod
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

import aiohttp
from yarl import URL

from providers.engines.deadline import Deadline
from providers.engines.http import WebProvider
from providers.errors import ProviderError, Unavailable
from providers.pictures.fetch import Picture

log = logging.getLogger(__name__)

ASKED = 5.0  # seconds for a server to say how many jobs it has

# Draws of this process under way, by server: two that begin at once see the same queues.
_in_flight: Counter[str] = Counter()


class ServerProvider(WebProvider):
    """A server of one's own. `api_key` is `name:password` (HTTP Basic) or a token (Bearer); a name and password may
    stand in the `url` instead. `urls` are several servers that have the same models: the one with the fewest jobs
    draws, and one that does not answer is passed over."""

    urls: tuple[str, ...] = ()

    def __init__(
        self,
        *,
        url: str | None = None,
        api_key: str | None = None,
        proxy: str | None = None,
        cookies: Mapping[str, str] | None = None,
        timeout: float | None = None,
        poll_interval: float | None = None,
    ) -> None:
        super().__init__(
            url=url, api_key=api_key, proxy=proxy, cookies=cookies, timeout=timeout, poll_interval=poll_interval
        )
        self._passwords: dict[str, tuple[str, str]] = {}
        self.url = self._bare(self.url)

    @abstractmethod
    async def jobs(self, session: aiohttp.ClientSession, patience: Deadline) -> int:
        """How many jobs the server at `url` draws or has waiting. Raises ProviderError when it does not answer."""

    @abstractmethod
    async def check_server(self, session: aiohttp.ClientSession) -> None:
        """Whether the server at `url` can draw with this entry, as `check` of all providers has it."""

    # -- name and password -------------------------------------------------------------------------------

    def _bare(self, url: str) -> str:
        """The address without what stands before the `@`, which is remembered as the server's name and password."""
        try:
            address = URL(url)
            if address.user is None and address.password is None:
                return url
            bare = str(address.with_user(None)).rstrip("/")
        except ValueError:
            return url  # the first request says what is wrong with it
        self._passwords[bare] = (address.user or "", address.password or "")
        return bare

    def auth_headers(self) -> dict[str, str]:
        name, colon, password = (self.api_key or "").partition(":")
        if self.api_key and not colon:
            return super().auth_headers()
        if not colon:
            if self.url not in self._passwords:
                return {}
            name, password = self._passwords[self.url]
        return {"Authorization": aiohttp.encode_basic_auth(name, password, "utf-8")}

    # -- several servers ---------------------------------------------------------------------------------

    @property
    def servers(self) -> tuple[str, ...]:
        """The addresses of all, without names and passwords."""
        return tuple(dict.fromkeys(self._bare(url.rstrip("/")) for url in (self.urls or (self.url,))))

    async def choose(self, session: aiohttp.ClientSession) -> None:
        """Point `url` at the server with the fewest jobs. Raises what the first one said when none answers."""
        servers = self.servers
        if len(servers) == 1:
            self.url = servers[0]
            return
        answers = await asyncio.gather(*(self._jobs_at(url, session) for url in servers))
        loads = {
            url: count + _in_flight[url] for url, count in zip(servers, answers, strict=True) if isinstance(count, int)
        }
        if not loads:
            raise next(
                (error for error in answers if isinstance(error, ProviderError)), Unavailable("no server answers")
            )
        self.url = min(loads, key=lambda url: loads[url])

    async def _jobs_at(self, url: str, session: aiohttp.ClientSession) -> int | ProviderError:
        try:
            return await self.at(url).jobs(session, Deadline(ASKED, ASKED))
        except ProviderError as error:
            log.warning("a server of %s is passed over: %s", self.label, error)
            return error

    def at(self, url: str) -> "ServerProvider":
        """The same provider for one of its servers."""
        other = type(self)(url=url, api_key=self.api_key, proxy=self.proxy, cookies=self.cookies, timeout=self.timeout)
        own: dict[str, Any] = {name: value for name, value in vars(self).items() if name not in {"url", "urls"}}
        vars(other).update(own)
        return other

    @contextmanager
    def counted(self) -> Generator[None]:
        """A draw under way at the server at `url`."""
        url = self.url
        _in_flight[url] += 1
        try:
            yield
        finally:
            _in_flight[url] -= 1
            if not _in_flight[url]:
                del _in_flight[url]

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Whether one of the servers can draw. Raises what the first one said when none can."""
        errors = await asyncio.gather(*(self._checked(url, session) for url in self.servers))
        if all(errors) and errors[0] is not None:
            raise errors[0]

    async def _checked(self, url: str, session: aiohttp.ClientSession) -> ProviderError | None:
        try:
            await self.at(url).check_server(session)
        except ProviderError as error:
            return error
        return None

    async def fetch(self, url: str, session: aiohttp.ClientSession) -> Picture:
        """A picture of whichever of the servers named it."""
        self.url = self._server_of(url) or self.url
        return await super().fetch(url, session)

    def _server_of(self, url: str) -> str | None:
        try:
            origin = URL(url).origin()
            return next((server for server in self.servers if URL(server).origin() == origin), None)
        except ValueError:
            return None
