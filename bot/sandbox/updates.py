"""The updates that wait for the bot, with the offset semantics and the conflicts of getUpdates.

As tdlib's server does it: a second getUpdates ends the first with 409 and goes on itself; a positive offset
confirms everything before it; a negative one forgets all but that many of the newest.
"""

import asyncio
from collections.abc import Sequence

from bot.sandbox import errors
from bot.sandbox.errors import ApiError, JsonObject
from bot.sandbox.state import World

_KEPT = 100_000
# Delivered only when asked for by name (Bot API, getUpdates).
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Waiting updates by id, oldest first. `allowed` is what the bot asked for last; empty: the default."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting = world.waiting
        self._arrived = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self.allowed: list[str] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, kind: str, payload: JsonObject) -> None:
        """Queues an update, unless the bot does not want its kind."""
        if (kind not in self.allowed) if self.allowed else (kind in _NOT_BY_DEFAULT):
            return
        update_id = self._world.next_update_id
        self._world.next_update_id += 1
        self._waiting[update_id] = {"update_id": update_id, kind: payload}
        if len(self._waiting) > _KEPT:
            self._drop_oldest()
        self._arrived.set()

    def put_again(self, update: JsonObject) -> None:
        """The very same update once more, as Telegram does after an unconfirmed delivery."""
        others = dict(self._waiting)
        self._waiting.clear()
        self._waiting.update({update["update_id"]: update} | others)
        self._arrived.set()

    def peek(self, limit: int = 100) -> list[JsonObject]:
        return [update for update, _ in zip(self._waiting.values(), range(limit), strict=False)]

    def confirm(self, update_ids: Sequence[int]) -> None:
        for update_id in update_ids:
            self._waiting.pop(update_id, None)

    def clear(self) -> None:
        self._waiting.clear()

    async def arrival(self) -> None:
        """Until something waits."""
        while not self._waiting:
            self._arrived.clear()
            await self._arrived.wait()

    def interrupt(self, refusal: ApiError) -> None:
        """Ends a getUpdates that is waiting with this error."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(refusal)
        self._poll = None

    async def poll(self, offset: int, limit: int, timeout: float) -> list[JsonObject]:
        """One getUpdates. `timeout` in seconds. Raises ApiError (409) when another one takes its place."""
        self.interrupt(errors.POLL_CONFLICT())
        self._apply(offset)
        if self._waiting or timeout <= 0:
            return self.peek(limit)
        ended = self._poll = asyncio.get_running_loop().create_future()
        arrival = asyncio.ensure_future(self.arrival())
        try:
            await asyncio.wait((ended, arrival), timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                ended.result()
        finally:
            arrival.cancel()
            ended.cancel()
            if self._poll is ended:
                self._poll = None
        return self.peek(limit)

    def _apply(self, offset: int) -> None:
        if offset > 0:
            while self._waiting and next(iter(self._waiting)) < offset:
                self._drop_oldest()
        elif offset < 0:
            while len(self._waiting) > -offset:
                self._drop_oldest()

    def _drop_oldest(self) -> None:
        del self._waiting[next(iter(self._waiting))]
