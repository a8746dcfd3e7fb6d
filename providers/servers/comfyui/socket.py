"""Messages of ComfyUI's websocket. Source: `server.py` and `protocol.py`.

Text is JSON, `{type, data}`. A binary frame begins with a big-endian u32: 1 is a preview (then u32 1 for JPEG or 2 for
PNG, and the bytes); 4 is a preview with metadata (then u32 length, that many bytes of JSON, and the bytes).
"""

import asyncio
import struct
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from providers.engines.bodies import parse_json
from providers.errors import BadAnswer, InvalidParameter, ProviderError
from providers.pictures.encoded import data_url, mime_of
from providers.servers.comfyui.workflow import Workflow

PREVIEW, PREVIEW_WITH_METADATA = 1, 4
WEBSOCKET_NODE = "SaveImageWebsocket"  # its pictures come over the socket and are saved nowhere
MAX_SENT = 8  # pictures of one job that are kept


@dataclass(frozen=True, slots=True)
class Preview:
    data: bytes = field(repr=False)
    mime: str


@dataclass(frozen=True, slots=True)
class Told:
    """A message. `data` as it came: the reader has to check it."""

    type: str
    data: Mapping[str, Any]

    @property
    def prompt_id(self) -> str | None:
        found = self.data.get("prompt_id")
        return found if isinstance(found, str) else None


def read_frame(frame: bytes) -> Preview | None:
    """The preview in a binary frame; None: it is no preview of a known kind. The picture's own bytes say its format."""
    if len(frame) < 8:
        return None
    kind, second = struct.unpack_from(">II", frame)
    if kind == PREVIEW:
        data = frame[8:]
    elif kind == PREVIEW_WITH_METADATA and 8 + second <= len(frame):
        data = frame[8 + second :]
    else:
        return None
    try:
        return Preview(data, mime_of(data))
    except InvalidParameter:
        return None


def read_text(text: str) -> Told | None:
    try:
        found = parse_json(text.encode("utf-8", "replace"))
    except BadAnswer:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("type"), str):
        return None
    data = found.get("data")
    return Told(found["type"], data if isinstance(data, dict) else {})


class Sent:
    """The pictures that a workflow sends over the websocket. They look like previews, but come while the sending node
    runs."""

    def __init__(self, workflow: Workflow) -> None:
        self._nodes = {node_id for node_id, node in workflow.nodes.items() if node["class_type"] == WEBSOCKET_NODE}
        self._running = ""
        self.pictures: list[str] = []

    def follow(self, told: Told) -> None:
        if told.type == "executing":
            self._running = str(told.data.get("node"))

    def take(self, preview: Preview) -> bool:
        """Whether it is such a picture, and not a preview; keeps it."""
        if self._running not in self._nodes:
            return False
        if len(self.pictures) < MAX_SENT:
            self.pictures.append(data_url(preview.data, preview.mime))
        return True


class Socket:
    """The open connection, or none: then nothing is heard, and the history reports progress."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse | None) -> None:
        self._connection = connection

    async def heard(self, seconds: float) -> Preview | Told | None:
        """The next message; None: there was none for that many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    if self._connection is None:
                        await asyncio.Event().wait()
                    elif (message := self._read(await self._connection.receive())) is not None:
                        return message
        except TimeoutError:
            return None

    def _read(self, message: aiohttp.WSMessage) -> Preview | Told | None:
        if message.type is aiohttp.WSMsgType.TEXT:
            return read_text(message.data)
        if message.type is aiohttp.WSMsgType.BINARY:
            return read_frame(message.data)
        self._connection = None  # closed, or broken
        return None


@asynccontextmanager
async def opened(
    connecting: AbstractAsyncContextManager[aiohttp.ClientWebSocketResponse],
) -> AsyncGenerator[Socket, None]:
    """A socket, whether or not the connection succeeds."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(connecting)
        except (aiohttp.ClientError, OSError, ProviderError):
            yield Socket(None)
            return
        yield Socket(connection)
