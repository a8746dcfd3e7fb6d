"""A line to PostgreSQL that can be cut: to those behind it the server restarts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

from tests.ports import held_port


class Line:
    """Passes everything on, after `mend`. `cut` breaks all connections and takes no new ones until `mend`."""

    def __init__(self, host: str, to_port: int, port: int) -> None:
        self._target = host, to_port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = port

    async def mend(self) -> None:
        if self._server is not None:
            return
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._open):
            writer.transport.abort()

    async def close(self) -> None:
        await self.cut()
        # What was accepted a moment ago begins, and ends at once; on a busy machine a moment is long.
        while any("_accept_connection2" in repr(task.get_coro()) for task in asyncio.all_tasks()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open.add(writer)
        try:
            if self._server is None:  # accepted in the moment of the cut
                return
            with suppress(OSError):
                beyond, to = await asyncio.open_connection(*self._target)
                self._open.add(to)
                if self._server is None:
                    writer.transport.abort()
                try:
                    # Whichever side ends first ends both.
                    ways = {asyncio.create_task(_copy(reader, to)), asyncio.create_task(_copy(beyond, writer))}
                    _, left = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                    for way in left:
                        way.cancel()
                    await asyncio.gather(*ways, return_exceptions=True)
                finally:
                    self._open.discard(to)
                    to.transport.abort()
        finally:
            self._open.discard(writer)
            writer.transport.abort()
            self._tasks.discard(task)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


@asynccontextmanager
async def line_to(url: str) -> AsyncIterator[tuple[Line, str]]:
    """A line to the server of this URL, and the URL that leads through it."""
    parts = urlsplit(url)
    with held_port() as port:
        line = Line(parts.hostname or "127.0.0.1", parts.port or 5432, port)
        await line.mend()
        who = parts.netloc.rpartition("@")[0]
        netloc = f"{who}@127.0.0.1:{port}" if who else f"127.0.0.1:{port}"
        try:
            yield line, urlunsplit(parts._replace(netloc=netloc))
        finally:
            await line.close()
