"""What self-hosted servers have in common: a name and password, and several servers behind one entry."""

import asyncio
import logging
from abc import abstractmethod
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Self

import aiohttp
from yarl import URL

from providers.choices import Choice, Kind
from providers.engines.deadline import Deadline
from providers.engines.http import WebProvider
from providers.errors import DeadlineExceeded, ProviderError, Unavailable
from providers.pictures.fetch import Picture

log = logging.getLogger(__name__)

ASKED = 5.0  # seconds for a server to say how many jobs it has

# Draws of this process under way, by server: two that begin at once see the same queues.
_in_flight: Counter[str] = Counter()


class ServerProvider(WebProvider):
    """A self-hosted server. `api_key`: `name:password` (HTTP Basic) or a token (Bearer); a name and password may be in
    the `url` instead. `urls`: several servers with the same models. The one with the fewest jobs draws, and one that
    does not answer is skipped."""

    _urls: tuple[str, ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of all servers, as the catalogue has them."""
        return self._urls

    @urls.setter
    def urls(self, urls: Iterable[str]) -> None:
        self._urls = tuple(urls)
        self._secrets = (*self._secrets, *self._urls)  # a name and a password may stand in them

    @abstractmethod
    async def jobs(self, session: aiohttp.ClientSession, patience: Deadline) -> int:
        """How many jobs the server at `url` draws or has waiting. Raises ProviderError if it does not answer."""

    @abstractmethod
    async def check_server(self, session: aiohttp.ClientSession) -> None:
        """Checks that the server at `url` can draw with this entry, like `check` of all providers."""

    def auth_headers(self) -> dict[str, str]:
        name, colon, password = (self.api_key or "").partition(":")
        if not colon:
            return super().auth_headers()
        return {"Authorization": aiohttp.encode_basic_auth(name, password, "utf-8")}

    # -- several servers ---------------------------------------------------------------------------------

    @property
    def servers(self) -> tuple[str, ...]:
        """The addresses of all servers, without names and passwords."""
        return tuple(dict.fromkeys(self.at(url).url for url in self.urls)) if self.urls else (self.url,)

    async def choose(self, session: aiohttp.ClientSession) -> None:
        """Sets `url` to the server with the fewest jobs. Raises the first one's error if none answers."""
        if len(urls := self.urls) < 2:
            return
        answers = await asyncio.gather(*(self._jobs_at(url, session) for url in urls))
        loads = {
            url: max(count, _in_flight[self.at(url).url])
            for url, count in zip(urls, answers, strict=True)
            if isinstance(count, int)
        }
        if not loads:
            raise next(error for error in answers if isinstance(error, ProviderError))
        self.point_at(min(loads, key=lambda url: loads[url]))

    def point_at(self, url: str) -> None:
        """Uses this server from now on."""
        other = self.at(url)
        self.url, self._login = other.url, other._login  # noqa: SLF001 - one of us

    async def _jobs_at(self, url: str, session: aiohttp.ClientSession) -> int | ProviderError:
        server = self.at(url)
        try:
            return await server.jobs(session, Deadline(ASKED, ASKED))
        except ProviderError as error:
            log.warning("server skipped", extra={"model": self.label, "host": server.host, "error": str(error)})
            return error

    def at(self, url: str) -> Self:
        """The same provider for one of its servers."""
        other = type(self)(url=url)
        vars(other).update(
            {name: value for name, value in vars(self).items() if name not in {"url", "_login", "_urls"}}
        )
        return other

    @contextmanager
    def counted(self) -> Generator[None]:
        """Counts a draw at the server at `url` while inside."""
        url = self.url
        _in_flight[url] += 1
        try:
            yield
        finally:
            _in_flight[url] -= 1
            if not _in_flight[url]:
                del _in_flight[url]

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that one of the servers can draw. Raises the first one's error if none can."""
        errors = await asyncio.gather(*(self._checked(url, session) for url in self.urls or (None,)))
        if all(errors) and errors[0] is not None:
            raise errors[0]

    async def _checked(self, url: str | None, session: aiohttp.ClientSession) -> ProviderError | None:
        try:
            await (self if url is None else self.at(url)).check_server(session)
        except ProviderError as error:
            return error
        return None

    async def list_choices(self, kind: Kind, session: aiohttp.ClientSession) -> Sequence[Choice]:
        """The names of the first server that answers: all have the same. Raises the first one's error if none does."""
        failed: ProviderError | None = None
        for url in self.urls or (None,):
            try:
                return await (self if url is None else self.at(url)).list_of_server(kind, session)
            except (Unavailable, DeadlineExceeded) as error:
                failed = failed or error
        assert failed is not None
        raise failed

    async def list_of_server(self, kind: Kind, session: aiohttp.ClientSession) -> Sequence[Choice]:
        """The names of a kind at the server at `url`, like `list_choices` of all providers."""
        return ()

    async def fetch(self, url: str, session: aiohttp.ClientSession) -> Picture:
        """Fetches a picture from the server that named it."""
        if (server := self._server_of(url)) is not None:
            self.point_at(server)
        return await super().fetch(url, session)

    def _server_of(self, url: str) -> str | None:
        """The server's address as in the catalogue, with its password."""
        try:
            origin = URL(url).origin()
            return next((server for server in self.urls if URL(self.at(server).url).origin() == origin), None)
        except ValueError:
            return None
