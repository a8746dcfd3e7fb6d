"""Fetches pictures from outside: as a stream, bounded, and decoded before they are used.

A URL comes from a back-end and is only as trustworthy as that. The origin that the operator configured may be anywhere,
also in a private network. Any other host must have public addresses: they are resolved and checked here, and the
connection goes to the very address that was checked, so that DNS rebinding does not work. Redirects are followed one by
one, each with the same checks.
"""

import asyncio
from collections.abc import Mapping
from functools import lru_cache

import aiohttp
from yarl import URL

from providers.errors import (
    BadAnswer,
    BadPicture,
    BadVideo,
    DeadlineExceeded,
    ProviderError,
    Unauthorized,
    Unavailable,
    VideoTooLarge,
    VideoTooLong,
)
from providers.pictures.addresses import NotPublic, Unresolved, is_listed, public_addresses
from providers.pictures.budget import within_budget
from providers.pictures.encoded import Picture, TooManyBytes, data_url, data_url_bytes, read_picture
from providers.pictures.header import MAX_BYTES
from providers.pictures.video import MAX_BYTES as MAX_VIDEO_BYTES
from providers.pictures.video import read_video_header
from providers.proxies import proxy_for

MAX_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
FETCH_TIMEOUT = 60.0
VIDEO_TIMEOUT = 85.0  # seconds, for twice the bytes


async def fetch_picture(
    url: str,
    session: aiohttp.ClientSession,
    *,
    origin: str,
    hosts: tuple[str, ...] = (),
    proxy: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = FETCH_TIMEOUT,
) -> Picture:
    """Fetches a picture by http(s) or an inline `data:` URL, and decodes it as a check: at most 25 MB and 50
    megapixels.

    `origin`: the configured server's URL; only it gets `headers` (a key). `hosts`: hosts that are asked wherever they
    are ("*.example.org": all of that domain). Behind a `proxy`, which resolves names itself, all others are refused. A
    private or unknown host name is the name that the configured server has in its own network: the picture is fetched
    from that server. `timeout`: seconds for everything. Raises BadAnswer, Unavailable, Unauthorized or
    DeadlineExceeded.
    """
    try:
        async with asyncio.timeout(timeout):
            data = await download(url, session, origin=origin, hosts=hosts, proxy=proxy, headers=headers)
            return await within_budget(read_picture, data)
    except TimeoutError:
        raise DeadlineExceeded(f"the picture did not arrive within {timeout:g} s") from None


async def fetch_video(
    url: str,
    session: aiohttp.ClientSession,
    *,
    origin: str,
    hosts: tuple[str, ...] = (),
    proxy: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = VIDEO_TIMEOUT,
) -> Picture:
    """Fetches a video, or a moving picture, of at most 50 MB, and reads its header; a video is not decoded. Everything
    else is as in `fetch_picture`; it raises NoVideo, BadVideo, VideoTooLong and VideoTooLarge as well."""
    try:
        async with asyncio.timeout(timeout):
            data = await download(
                url, session, origin=origin, hosts=hosts, proxy=proxy, headers=headers, most=MAX_VIDEO_BYTES
            )
            header = await asyncio.to_thread(read_video_header, data)
            if not header.is_picture:
                return Picture(data, header.mime, header.width, header.height)
            return await within_budget(read_picture, data)  # its first frame, as of any picture
    except (BadVideo, VideoTooLong, VideoTooLarge):
        raise
    except BadPicture as error:
        raise BadVideo(f"the first frame of the animation does not open: {error}") from None
    except TooManyBytes:
        raise VideoTooLarge(f"the video has more than {MAX_VIDEO_BYTES // 1_000_000} MB") from None
    except TimeoutError:
        raise DeadlineExceeded(f"the video did not arrive within {timeout:g} s") from None


async def download(
    address: str,
    session: aiohttp.ClientSession,
    *,
    origin: str,
    hosts: tuple[str, ...] = (),
    proxy: str | None = None,
    headers: Mapping[str, str] | None = None,
    most: int = MAX_BYTES,
) -> bytes:
    """The bytes behind an http(s) or inline `data:` URL, at most `most`, unchecked. Everything else is as in
    `fetch_picture`, but without a deadline."""
    if address[:5].lower() == "data:":
        return await asyncio.to_thread(data_url_bytes, address, most)
    url, door = _http_url(address), _Door(session, _parsed(origin), hosts, proxy, headers or {}, most)
    try:
        return await _followed(url, door)
    except (NotPublic, Unresolved) as error:
        try:
            found = await _followed(door.beside(url), door)
        except ProviderError:
            found = b""
        if not found:
            raise error from None
        return found


async def _followed(url: URL, door: "_Door") -> bytes:
    """The bytes at the end of the redirects."""
    for _ in range(MAX_REDIRECTS + 1):
        try:
            own = door.is_own(url)
            async with await door.open(url, own=own) as response:
                if response.status not in REDIRECTS:
                    return await _body(response, url, own=own, most=door.most)
                location = response.headers.get("Location", "")
        except TimeoutError:  # aiohttp's is a ClientError as well
            raise
        except (aiohttp.ClientError, OSError) as error:
            raise Unavailable(f"{url.host} did not give the picture: {type(error).__name__}: {error}") from error
        url = _http_url(location, base=url)
    raise BadAnswer(f"more than {MAX_REDIRECTS} redirects on the way to the picture")


class _Door:
    """Decides for each URL whether and how it may be fetched. All requests go through it."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        origin: URL,
        hosts: tuple[str, ...],
        proxy: str | None,
        headers: Mapping[str, str],
        most: int,
    ) -> None:
        self._session, self._origin, self._hosts, self._proxy = session, origin, hosts, proxy
        self._headers = headers
        self.most = most  # bytes of a body

    def beside(self, url: URL) -> URL:
        """The same path on the configured server."""
        own = self._origin
        return url.with_scheme(own.scheme).with_host(own.host or "").with_port(own.port)

    def is_own(self, url: URL) -> bool:
        own = self._origin
        return (url.scheme, url.host, url.port) == (own.scheme, own.host, own.port)

    async def open(self, url: URL, *, own: bool) -> aiohttp.ClientResponse:
        host, proxy = url.host or "", proxy_for(url, self._proxy)
        listed = own or is_listed(host, self._hosts)
        if not listed and proxy is None:
            return await self._connect_checked(url, host)
        if not listed:
            raise BadAnswer(f"{host} is not the configured server, and behind a proxy it is not listed")
        headers = self._headers if own else {}
        return await self._session.get(url, headers=headers, proxy=proxy, allow_redirects=False)

    async def _connect_checked(self, url: URL, host: str) -> aiohttp.ClientResponse:
        """Tries the checked addresses one after the other, with the host's name in the request."""
        refused: Exception | None = None
        for address in await public_addresses(host, url.port or 0):
            try:
                return await self._session.get(
                    url.with_host(str(address)),
                    headers={"Host": url.host_port_subcomponent or host},
                    server_hostname=host if url.scheme == "https" else None,
                    allow_redirects=False,
                )
            except aiohttp.ClientConnectorError as error:
                refused = error
        raise Unavailable(f"{host} cannot be reached: {refused}")


@lru_cache(maxsize=256)
def _parsed(origin: str) -> URL:
    return URL(origin)


def _http_url(address: str, base: URL | None = None) -> URL:
    try:
        url = URL(address) if base is None else base.join(URL(address))
    except (ValueError, TypeError):
        raise BadAnswer("the picture's address is no URL") from None
    if url.scheme not in {"http", "https"} or not url.host or not url.port:
        raise BadAnswer(f"a picture by {url.scheme or 'no'} scheme; only http, https and data will do")
    if url.user is not None or url.password is not None:
        raise BadAnswer("the picture's address carries a password")
    return url


async def _body(response: aiohttp.ClientResponse, url: URL, *, own: bool, most: int) -> bytes:
    status = response.status
    if own and status in {401, 403}:
        raise Unauthorized(f"{url.host} does not give the picture to this key: HTTP {status}")
    if status == 429 or status >= 500:
        raise Unavailable(f"{url.host} did not give the picture: HTTP {status}")
    if status != 200:
        raise BadAnswer(f"{url.host} did not give the picture: HTTP {status}")
    chunks: list[bytes] = []
    left = most
    if (response.content_length or 0) <= left:
        while chunk := await response.content.readany():
            chunks.append(chunk)
            left -= len(chunk)
            if left < 0:
                break
        else:
            return b"".join(chunks)
    raise TooManyBytes(f"the picture has more than {most // 1_000_000} MB")


__all__ = ["Picture", "data_url", "fetch_picture", "read_picture"]
