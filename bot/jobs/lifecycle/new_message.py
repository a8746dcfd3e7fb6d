"""An end that is a message of its own, because no placeholder is known whose place it could take.

An edit can be repeated by whoever comes next; a new message cannot: it is there twice. So its sender hears its answer,
also when another process takes the end over meanwhile, and deletes its message when the other one's is stored.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.jobs.lifecycle.display import Display
from bot.jobs.settings import Policies
from bot.telegram.outbox.outbox import Recall, Shown
from bot.telegram.rate_limit.lease_guard import unfenced
from storage import Database, StorageUnavailable
from storage.records import Request

log = structlog.stdlib.get_logger(__name__)


class NewMessages:
    def __init__(self, db: Database, display: Display, policies: Policies) -> None:
        self._db = db
        self._display = display
        self._policies = policies

    async def send(
        self,
        request: Request,
        show: Callable[[Recall], Awaitable[Shown]],
        store: Callable[[Shown], Awaitable[bool]],
    ) -> None:
        """`show` sends it; what waits for its turn does not leave any more once its recall was called. `store` says
        whether the end is stored by this process, with this message.

        Cancelled, it calls back what has not left, and waits for the rest: the cancellation is raised then. Raises what
        `show` and `store` raise.
        """
        recall = Recall()
        sending = asyncio.create_task(self._send(request, show, store, recall), name=f"the end of request {request.id}")
        try:
            await asyncio.shield(sending)
        except asyncio.CancelledError:
            recall.call_back()
            await _ended(sending, self._policies.answer_of_end)
            raise

    async def _send(
        self,
        request: Request,
        show: Callable[[Recall], Awaitable[Shown]],
        store: Callable[[Shown], Awaitable[bool]],
        recall: Recall,
    ) -> None:
        shown = await show(recall)

        async def mine() -> bool:
            if await store(shown):
                return True
            async with self._db.read() as unit:  # an earlier try may have stored it, its answer lost
                now = await unit.requests.get(request.id)
            return now is None or now.message_id == shown.message_id

        # The message is there: until that is stored, or is known to be in vain, nobody here begins anew.
        if await self._policies.note.run(mine, StorageUnavailable):
            return
        with unfenced():  # it is not this process's to show any more, but still its to take back
            gone = await self._display.take_back(request, shown)
        log.warning("sent by another process as well: taken back", request=request.id, deleted=gone)


async def _ended(sending: "asyncio.Task[None]", seconds: float) -> None:
    """Wait for it, at most so long, or until the caller is cancelled once more."""
    try:
        await asyncio.wait({sending}, timeout=seconds)
    finally:
        sending.cancel()
        if sending.done() and not sending.cancelled():
            sending.exception()  # seen: the cancellation is what the caller gets
