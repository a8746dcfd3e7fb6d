"""One slot per message: edits of it one after the other, the newest progress wins, and nothing after its end."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.telegram.rate_limit.priority import Recall

Key = tuple[int | str, int]  # chat or inline message, message
FINISHED_KEPT = 4096  # messages that became a picture, so that a late progress edit cannot paint over it


class _EditLock:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()  # held during an edit: two at once could arrive in any order
        self.users = 0
        self.newest = 0
        self.ends = 0  # pictures or end cards under way
        self.recall: Recall | None = None  # of the progress edit that waits or is on its way

    def call_back(self) -> None:
        if self.recall is not None:
            self.recall.call_back()


class EditLocks:
    """A slot is there only while somebody uses it."""

    def __init__(self) -> None:
        self._slots: dict[Key, _EditLock] = {}
        self._finished: OrderedDict[Key, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._slots)

    def finished(self, key: Key) -> None:
        """The message is its picture now."""
        self._finished[key] = None
        if len(self._finished) > FINISHED_KEPT:
            self._finished.popitem(last=False)

    @asynccontextmanager
    async def progress(self, key: Key) -> AsyncIterator[Recall | None]:
        """The right to show progress, under a recall that stops it while it waits; None: it is overtaken."""
        with self._using(key) as slot:
            slot.newest += 1
            mine = slot.newest
            slot.call_back()
            async with slot.lock:
                if slot.ends or mine != slot.newest or key in self._finished:
                    yield None
                    return
                slot.recall = Recall()
                try:
                    yield slot.recall
                finally:
                    slot.recall = None

    @asynccontextmanager
    async def end(self, key: Key) -> AsyncIterator[None]:
        """The right to show the end. Progress that waits is called back, one on its way is waited for."""
        with self._using(key) as slot:
            slot.ends += 1
            slot.call_back()
            try:
                async with slot.lock:
                    yield
            finally:
                slot.ends -= 1

    @contextmanager
    def _using(self, key: Key) -> Iterator[_EditLock]:
        slot = self._slots.setdefault(key, _EditLock())
        slot.users += 1
        try:
            yield slot
        finally:
            slot.users -= 1
            if not slot.users:
                del self._slots[key]
