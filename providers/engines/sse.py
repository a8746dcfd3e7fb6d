"""Server-sent events, for every engine: lines of any length, LF, CRLF or CR, split anywhere.

The one reader of this project; aiohttp's own line reading gives up at 128 KiB, and inline pictures are longer.
Wire format: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from typing import NamedTuple

from providers.bounds import MAX_BODY, MAX_EVENT_LINES
from providers.errors import BadAnswer

BOM = b"\xef\xbb\xbf"


class ServerSentEvent(NamedTuple):
    """`event` is empty where the server named none."""

    event: str
    data: bytes


class SseDecoder:
    """Bytes in, events out; an event that has not ended is held, up to `limit` bytes and MAX_EVENT_LINES lines (then
    BadAnswer).

    What is still held when the stream ends was cut short and is no event.
    """

    __slots__ = ("_after_cr", "_at_start", "_data", "_data_size", "_event", "_limit", "_line", "_line_size")

    def __init__(self, limit: int = MAX_BODY) -> None:
        self._limit = limit
        self._line: list[bytes] = []  # pieces of the line that has not ended
        self._line_size = 0
        self._data: list[bytes] = []
        self._data_size = 0
        self._event = b""
        self._after_cr = False  # a LF that comes next belongs to the line end before it
        self._at_start = True

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        if self._after_cr and chunk:
            self._after_cr = False
            if chunk[0] == 0x0A:
                chunk = chunk[1:]
        if not chunk:
            return []
        lines = chunk.splitlines()
        last = chunk[-1]
        self._after_cr = last == 0x0D
        rest = lines.pop() if last not in (0x0A, 0x0D) else None
        if lines and self._line:
            self._line.append(lines[0])
            lines[0] = b"".join(self._line)
            self._line.clear()
            self._line_size = 0
        events = [event for line in lines if (event := self._take(line)) is not None]
        if rest is not None:
            self._line.append(rest)
            self._line_size += len(rest)
        if self._line_size + self._data_size > self._limit:
            raise BadAnswer(f"a message of more than {self._limit // 1_000_000} MB")
        return events

    def _take(self, line: bytes) -> ServerSentEvent | None:
        if self._at_start:
            self._at_start = False
            line = line.removeprefix(BOM)
        if not line:
            return self._dispatch()
        field, _, value = line.partition(b":")
        if value[:1] == b" ":
            value = value[1:]
        if field == b"data":
            if len(self._data) == MAX_EVENT_LINES:
                raise BadAnswer(f"a message of more than {MAX_EVENT_LINES} lines")
            self._data.append(value)
            self._data_size += len(value)
        elif field == b"event":
            self._event = value
        return None  # comments, ids and retry times mean nothing to us

    def _dispatch(self) -> ServerSentEvent | None:
        data, name = self._data, self._event
        self._data, self._event, self._data_size = [], b"", 0
        if not data:
            return None
        return ServerSentEvent(name.decode("utf-8", "replace"), data[0] if len(data) == 1 else b"\n".join(data))
