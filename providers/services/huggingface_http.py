"""The HTTP client of huggingface_hub in this process: it uses the draw's proxy, bounds answers, and does not reach
private networks.

The library has one factory of clients for all callers, so settings that differ between draws are in a context variable.
It fetches some pictures by itself, from addresses that a back-end named: these are checked as in `fetch_picture`.
"""

import ipaddress
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache

import httpx
import huggingface_hub
from huggingface_hub import constants

from providers.bounds import MAX_BODY
from providers.errors import BadAnswer, Unavailable
from providers.pictures.addresses import is_listed, is_public
from providers.proxies import proxy_for

CONNECT = 15.0  # seconds
LOOKUP = 60.0  # seconds of silence, for what the library asks while it blocks
IDENTITY = "identity"  # not compressed
QUEUES = ("queue.fal.run", "api.wavespeed.ai")  # that the library polls, where a key goes straight to them
PROXIES = 16  # transports kept, one for each proxy of the catalogue


@dataclass(frozen=True, slots=True)
class Way:
    """The settings of one draw. `origins`: the configured servers, which may be asked wherever they are. Behind a proxy
    `hosts` may be asked as well, and no others.

    Once `over`, no request is sent any more, because the library polls some jobs for ever. `refusals`: the error
    answers to its blocking requests, some of which it takes for results. Those of the Hub's own API are not among them:
    the library raises for them itself, or asked beside the draw.
    """

    origins: frozenset[str]
    hosts: tuple[str, ...] = ()
    proxy: str | None = None
    over: threading.Event = field(default_factory=threading.Event)
    refusals: list[httpx.Response] = field(default_factory=list)


way: ContextVar[Way] = ContextVar("way")


@cache
def install() -> None:
    """Makes the library use these clients. Calling it once is enough.

    The library's telemetry is off in this process, as with HF_HUB_DISABLE_TELEMETRY=1: else its first request is
    preceded by one that asks the Hub how to recognise coding agents, for the User-Agent. That header goes without the
    version of PyTorch, too; nothing else is affected.
    """
    constants.HF_HUB_DISABLE_TELEMETRY = True
    huggingface_hub.set_client_factory(_client)
    huggingface_hub.set_async_client_factory(_async_client)


def origin_of(url: str) -> str:
    parts = httpx.URL(url)
    return f"{parts.scheme}://{parts.netloc.decode()}"


def _client() -> httpx.Client:
    return httpx.Client(
        transport=_Checked(),
        follow_redirects=True,
        timeout=httpx.Timeout(LOOKUP, connect=CONNECT),
        trust_env=False,
        event_hooks={"response": [_noted]},
    )


def _noted(response: httpx.Response) -> None:
    if response.is_error and not _at_the_hub(response.url):
        response.read()
        way.get().refusals.append(response)


def _at_the_hub(url: httpx.URL) -> bool:
    return str(url).startswith(str(httpx.URL(f"{constants.ENDPOINT}/api/")))


def _async_client() -> httpx.AsyncClient:
    """The client for requests with a key: no redirects; the draw's deadline applies."""
    transport = _AsyncBounded(httpx.AsyncHTTPTransport(proxy=way.get().proxy, trust_env=False))
    return httpx.AsyncClient(transport=transport, timeout=httpx.Timeout(None, connect=CONNECT), trust_env=False)


@lru_cache(PROXIES)
def _transport(proxy: str | None) -> httpx.HTTPTransport:
    # nobody closes it, so it keeps no idle connections: its requests are few
    return httpx.HTTPTransport(proxy=proxy, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


class _Checked(httpx.BaseTransport):
    """One transport for all draws, as the library requires."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        route = way.get()
        if route.over.is_set():
            raise Unavailable("nobody waits for this any more")
        url = request.url
        if origin_of(str(url)) not in route.origins:
            listed = is_listed(url.host, route.hosts)
            if route.proxy is not None and not listed:
                raise BadAnswer(f"{url.host} is not the configured server, and behind a proxy it is not listed")
            if not listed:  # the connection goes to the very address that was checked
                request.extensions = {**request.extensions, "sni_hostname": url.host}
                request.url = url.copy_with(host=_public_address(url.host, url.port or 443))
        request.headers["Accept-Encoding"] = IDENTITY
        response = _transport(proxy_for(str(url), route.proxy)).handle_request(request)
        request.url = url
        _check_encoding(response)
        response.stream = _Bounded(response.stream)
        return response


def _public_address(host: str, port: int) -> str:
    found = [ipaddress.ip_address(str(info[4][0])) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_public(address) for address in found):
        raise BadAnswer(f"{host} is not on the public internet, and not the configured server")
    return str(found[0])


class _AsyncBounded(httpx.AsyncBaseTransport):
    def __init__(self, inner: httpx.AsyncHTTPTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["Accept-Encoding"] = IDENTITY
        response = await self._inner.handle_async_request(request)
        _check_encoding(response)
        response.stream = _AsyncBoundedStream(response.stream)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: object) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._stream, httpx.SyncByteStream)
        size = 0
        for chunk in self._stream:
            size = _counted(size, chunk)
            yield chunk

    def close(self) -> None:
        if isinstance(self._stream, httpx.SyncByteStream):
            self._stream.close()


class _AsyncBoundedStream(httpx.AsyncByteStream):
    def __init__(self, stream: object) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._stream, httpx.AsyncByteStream)
        size = 0
        async for chunk in self._stream:
            size = _counted(size, chunk)
            yield chunk

    async def aclose(self) -> None:
        if isinstance(self._stream, httpx.AsyncByteStream):
            await self._stream.aclose()


def _check_encoding(response: httpx.Response) -> None:
    """Raises BadAnswer for a compressed answer: it may grow without bound after its bytes were counted, and no request
    asked for compression."""
    if response.headers.get("Content-Encoding", IDENTITY) != IDENTITY:
        raise BadAnswer("an answer that is compressed without having been asked to")


def _counted(size: int, chunk: bytes) -> int:
    if (size := size + len(chunk)) > MAX_BODY:
        raise BadAnswer(f"an answer of more than {MAX_BODY // 1_000_000} MB")
    return size
