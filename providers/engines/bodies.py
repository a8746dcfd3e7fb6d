"""What every engine needs of HTTP: bounded bodies, JSON that is JSON, and foreign exceptions translated once."""

import json
import math
from types import TracebackType
from typing import Any

import aiohttp

from providers.bounds import MAX_BODY, MAX_DIGITS, MAX_JSON_VALUES, plain
from providers.errors import BadAnswer, InvalidParameter, Unavailable, Unreachable

# Deadlines are ours (asyncio.timeout), because a session's default total of 300 s would cut long queues.
NO_TOTAL = aiohttp.ClientTimeout(total=None, sock_connect=15)


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= MAX_DIGITS else None


def _number(digits: str) -> float | None:
    found = float(digits)
    return found if math.isfinite(found) else None


# NaN and Infinity are no JSON, yet Python servers send them: they count as null, and so do 1e999 and 400 digits.
_json = json.JSONDecoder(parse_constant=lambda _: None, parse_int=_whole, parse_float=_number)
_LARGE = 200_000  # bytes; below, there cannot be so many values that counting them is worth it


class translated:  # noqa: N801  (like contextlib's own)
    """Turns what aiohttp raises into our classes; `server` is a host for the message, never a whole URL,
    because a URL may hold a password. One may be entered again and again."""

    __slots__ = ("_server",)

    def __init__(self, server: str) -> None:
        self._server = server

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        server = self._server
        match error:
            case None:
                return
            case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
                raise InvalidParameter(f"{server}: the url in the settings is no http(s) address") from None
            case aiohttp.ClientConnectorError():
                reason = error.os_error.strerror or type(error.os_error).__name__
                raise Unreachable(f"{server} cannot be reached: {plain(reason)}") from error
            case aiohttp.SocketTimeoutError():
                raise Unavailable(f"{server} sent not a byte for too long") from None
            case aiohttp.ClientPayloadError():
                raise Unavailable(f"{server} broke off in the middle of its answer") from error
            case aiohttp.ClientResponseError():
                raise BadAnswer(f"{server} does not speak HTTP as it should: {plain(error.message, 200)}") from error
            case TimeoutError() if not isinstance(error, aiohttp.ClientError):
                raise Unavailable(f"{server} did not come to an end in time") from None
            case aiohttp.ClientError() | OSError():
                raise Unavailable(f"{server} cannot be reached: {type(error).__name__}") from error


async def read_bounded(response: aiohttp.ClientResponse, limit: int = MAX_BODY) -> bytes:
    """The body as it streams in; BadAnswer as soon as it is known to have more than `limit` bytes."""
    if (response.content_length or 0) > limit:
        raise _too_large(limit)
    chunks: list[bytes] = []
    size = 0
    while chunk := await response.content.readany():
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
    return b"".join(chunks)


def _too_large(limit: int) -> BadAnswer:
    return BadAnswer(f"an answer of more than {limit // 1_000_000} MB")


def parse_json(body: bytes) -> Any:  # whatever the server sent: callers check its shape
    """JSON with finite numbers only, at most MAX_JSON_VALUES values. Raises BadAnswer for anything else, naming HTML as
    such, because that is what a sleeping or private server sends. No text in it has half a surrogate pair, which could
    stand in no URL and no request: such a half is replaced by a question mark."""
    if len(body) > _LARGE and sum(map(body.count, (b",", b"[", b"{"))) > MAX_JSON_VALUES:
        raise BadAnswer(f"JSON of more than {MAX_JSON_VALUES} values")
    try:
        text = body.decode()
        value, end = None, -1
        if text[:1] in "{[" and text:  # as servers send it; `decode` looks for white space around it twice
            value, end = _json.raw_decode(text)
        if end != len(text):
            value = _json.decode(text)
        # One character is searched for ten times as fast as two, and a picture in base64 has no backslash.
        return _encodable(value) if "\\" in text and ("\\ud" in text or "\\uD" in text) else value
    except (ValueError, RecursionError):
        kind = "HTML" if body.lstrip()[:1] == b"<" else "something else"
        raise BadAnswer(f"{kind} in place of JSON") from None


def _encodable(value: Any) -> Any:  # JSON, of any shape
    return _json.decode(json.dumps(value, ensure_ascii=False).encode(errors="replace").decode())
