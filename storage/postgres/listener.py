"""A connection for LISTEN, which reconnects when it is lost."""

import asyncio
import logging
from collections.abc import Callable

from storage.errors import StorageError
from storage.postgres.server import Connection, Server

log = logging.getLogger(__name__)

PING_SECONDS = 5.0  # a connection that is lost silently is noticed within twice this time
PAUSES = (0.2, 0.5, 1.0, 2.0)  # s before it is tried again; the last one from then on

Hear = Callable[[str], None]


class Listener:
    """Call `listen` for each channel; `run` must be running."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._hears: dict[str, list[Hear]] = {}
        self._connection: Connection | None = None
        self._listening = asyncio.Event()

    async def listen(self, channel: str, hear: Hear) -> None:
        """Subscribes to the channel that the SQL expression `channel` names. Waits briefly for the subscription;
        subscribers must poll now and then anyway."""
        known = channel in self._hears
        self._hears.setdefault(channel, []).append(hear)
        if self._connection is not None:
            if not known:
                await self._add(self._connection, channel)
            return
        try:
            async with asyncio.timeout(PING_SECONDS):
                await self._listening.wait()
        except TimeoutError:
            log.warning("LISTEN not active yet: signals are missed until it is")

    def forget(self, channel: str, hear: Hear) -> None:
        self._hears[channel].remove(hear)

    async def run(self) -> None:
        """Keeps the connection until cancelled."""
        failed = 0
        while True:
            try:
                connection = await self._server.connect(statement_seconds=PING_SECONDS)
            except StorageError as error:
                if not failed:
                    log.warning("LISTEN connection failed, will retry", extra={"error": str(error)})
            else:
                failed = 0
                try:
                    await self._serve(connection)
                except Exception as error:  # noqa: BLE001 - however it was lost, it is made again
                    log.warning(
                        "LISTEN connection lost, reconnecting", extra={"error": str(error) or type(error).__name__}
                    )
                finally:
                    self._listening.clear()
                    self._connection = None
                    connection.terminate()
            await asyncio.sleep(PAUSES[min(failed, len(PAUSES) - 1)])
            failed += 1

    async def _serve(self, connection: Connection) -> None:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        for channel in list(self._hears):
            await self._add(connection, channel)
        self._connection = connection
        self._listening.set()
        while not lost.is_set():
            try:
                async with asyncio.timeout(PING_SECONDS):
                    await lost.wait()
            except TimeoutError:
                await connection.execute("SELECT 1")
        raise ConnectionError("the connection was closed")

    async def _add(self, connection: Connection, channel: str) -> None:
        name = await connection.fetchval(f"SELECT {channel}")

        def heard(_connection: Connection, _pid: int, _channel: str, payload: str) -> None:
            for hear in list(self._hears[channel]):
                hear(payload)

        await connection.add_listener(name, heard)
