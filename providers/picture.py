"""Pictures from outside: fetched as a stream, bounded, and decoded before anybody believes them."""

from dataclasses import dataclass

import aiohttp


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture that decodes: `mime` is what its bytes are, sizes are in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


async def fetch_picture(
    url: str,
    session: aiohttp.ClientSession,
    *,
    origin: str,
    hosts: tuple[str, ...] = (),
    proxy: str | None = None,
    headers: dict[str, str] | None = None,
) -> Picture:
    raise NotImplementedError
