"""How processes on one PostgreSQL share the work: signals and the work queue."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from storage.postgres.listener import Listener
from storage.postgres.server import Server
from storage.repositories.signals import CHANNEL, heard

if TYPE_CHECKING:
    from storage.postgres.work_queue import WorkQueue


class Sharing:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._listener = Listener(server)

    async def hear(self, told: Callable[[str, int], None]) -> None:
        """Calls `told(word, request_id)` for each signal (`storage.repositories.signals`). `listen` must be running."""

        def hear(payload: str) -> None:
            if (signal := heard(payload)) is not None:
                told(*signal)

        await self._listener.listen(CHANNEL, hear)

    async def listen(self) -> None:
        """Listens until cancelled."""
        await self._listener.run()

    def queue(self, take: Callable[[int, int], Awaitable[None]], room: Callable[[], int]) -> "WorkQueue":
        """The work queue; see `WorkQueue`."""
        from storage.postgres.work_queue import WorkQueue

        return WorkQueue(self._server, self._listener, take, room)
