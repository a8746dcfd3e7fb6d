"""One HTTP request into a call: query, urlencoded form, JSON body or multipart with files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from bot.sandbox import errors
from bot.sandbox.errors import Json, JsonObject, bad

# The largest document, and room for the parameters beside it.
MAX_BODY = 52 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a multipart body."""

    filename: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A checked call: `params` as the schema types them, `uploads` by the name that attach:// uses."""

    method: str
    params: JsonObject
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.params.get(name, default)
        return value if isinstance(value, int) else default


async def read(request: web.Request) -> tuple[JsonObject, dict[str, Upload]]:
    """The parameters as they came (query first, then the body over it) and the files. Raises ApiError."""
    raw: JsonObject = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type.startswith("multipart/"):
        await _multipart(request, raw, uploads)
    elif request.content_type == "application/json":
        raw.update(_json_object(await _body(request)))
    elif request.can_read_body:
        raw.update(_only_text(await request.post()))
    return raw, uploads


async def _body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise errors.TOO_LARGE() from None


def _json_object(body: bytes) -> JsonObject:
    try:
        parsed: Json = json.loads(body or b"{}")
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(parsed, dict):
        raise bad("expected a JSON object")
    return parsed


def _only_text(form: Mapping[str, object]) -> JsonObject:
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _multipart(request: web.Request, raw: JsonObject, uploads: dict[str, Upload]) -> None:
    """Parts are read one by one; more than MAX_BODY in all is 413, as Telegram's front server answers."""
    room = MAX_BODY
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or not part.name:
                continue
            data = bytearray()
            while chunk := await part.read_chunk(1 << 18):
                room -= len(chunk)
                if room < 0:
                    raise errors.TOO_LARGE()
                data += chunk
            if part.filename is None:
                raw[part.name] = data.decode("utf-8", "replace")
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                uploads[part.name] = Upload(part.filename, mime, bytes(data))
    except ValueError:
        raise bad("can't parse the multipart body") from None
