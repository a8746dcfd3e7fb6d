"""Sends an end as a new message, because no placeholder is known whose place it could take.

An edit can be repeated by any process, but a repeated new message is a duplicate. So its sender waits for Telegram's
answer, even if another process takes the end over meanwhile, and deletes its message if the other process's is the one
that is stored.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.jobs.lifecycle.display import Display
from bot.jobs.settings import Policies
from bot.telegram.outbox.outbox import Recall, Shown
from bot.telegram.rate_limit.lease_guard import unfenced
from storage import Database, StorageUnavailable, Unit
from storage.records import Request

log = structlog.stdlib.get_logger(__name__)

IsKnown = Callable[[Unit, int], Awaitable[bool]]  # whether the rows know a message by its id


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
        is_known: IsKnown | None = None,
    ) -> bool:
        """`show` sends it; what waits for its turn does not leave any more once its recall was called. `store` says
        whether it is stored by this process, with this message; `is_known` looks whether it is nevertheless, by default
        as that of the request. False: it is not, for another process has gone on, and the message is taken back.

        Cancelled, it calls back what has not left, and waits for the rest: the cancellation is raised then. Raises what
        `show` and `store` raise.
        """
        recall = Recall()
        work = self._send(request, show, store, is_known or partial(_is_of, request.id), recall)
        sending = asyncio.create_task(work, name=f"the end of request {request.id}")
        try:
            return await asyncio.shield(sending)
        except asyncio.CancelledError:
            recall.call_back()
            await _ended(sending, self._policies.answer_of_end)
            raise

    async def _send(
        self,
        request: Request,
        show: Callable[[Recall], Awaitable[Shown]],
        store: Callable[[Shown], Awaitable[bool]],
        is_known: IsKnown,
        recall: Recall,
    ) -> bool:
        shown = await show(recall)

        async def mine() -> bool:
            if await store(shown):
                return True
            async with self._db.read() as unit:  # an earlier try may have stored it, its answer lost
                return await is_known(unit, shown.message_id)

        # The message is there: until that is stored, or is known to be in vain, nobody here begins anew.
        if await self._policies.note.run(mine, StorageUnavailable):
            return True
        with unfenced():  # it is not this process's to show any more, but still its to take back
            gone = await self._display.take_back(request, shown)
        log.warning("sent by another process as well: taken back", request=request.id, deleted=gone)
        return False


async def _is_of(request_id: int, unit: Unit, message_id: int) -> bool:
    now = await unit.requests.get(request_id)
    return now is None or now.message_id == message_id


async def _ended(sending: "asyncio.Task[bool]", seconds: float) -> None:
    """Wait for it, at most so long, or until the caller is cancelled once more."""
    try:
        await asyncio.wait({sending}, timeout=seconds)
    finally:
        sending.cancel()
        if sending.done() and not sending.cancelled():
            sending.exception()  # seen: the cancellation is what the caller gets
