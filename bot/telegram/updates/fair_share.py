"""Limits how much of the memory for updates one account may use: updates beyond its share wait in the inbox."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

from storage import Database, StorageUnavailable
from storage.records import InboxUpdate

log = structlog.stdlib.get_logger(__name__)

SHARE = 100  # updates of one lane in memory: a hundred such accounts are needed to fill the room of all


@dataclass(slots=True)
class _Rest:
    """A lane's updates in the inbox beyond its share: everything after `last`. `grown`: more came since the inbox was
    read."""

    last: int
    grown: bool = True


class FairShare:
    """`waiting(lane)`: how many updates of a lane are in memory."""

    def __init__(self, db: Database, waiting: Callable[[int], int]) -> None:
        self._db = db
        self._waiting = waiting
        self._rests: dict[int, _Rest] = {}

    def __len__(self) -> int:
        """Number of lanes that have more updates in the inbox."""
        return len(self._rests)

    def admit(self, rows: Iterable[InboxUpdate]) -> list[InboxUpdate]:
        """The rows that may be taken into memory now, ordered by id; the others stay in the inbox."""
        taken: list[InboxUpdate] = []
        counts: dict[int, int] = {}
        for row in rows:
            rest = self._rests.get(row.lane)
            if rest is not None:
                rest.grown = True
                continue
            count = counts.get(row.lane)
            if count is None:
                count = self._waiting(row.lane)
            if count >= SHARE:
                log.warning("an account has more updates than its share: the rest waits", lane=row.lane, share=SHARE)
                self._rests[row.lane] = _Rest(row.update_id - 1)
                continue
            counts[row.lane] = count + 1
            taken.append(row)
        return taken

    async def more(self) -> list[InboxUpdate]:
        """Rows of the inbox for lanes that have room in their shares again."""
        found: list[InboxUpdate] = []
        for lane, rest in list(self._rests.items()):
            room = SHARE - self._waiting(lane)
            if room < SHARE // 2:
                continue
            rest.grown = False
            try:
                async with self._db.read() as unit:
                    rows = await unit.inbox.of_lane(lane, after=rest.last, limit=room)
            except StorageUnavailable:
                rest.grown = True
                break
            if rows:
                rest.last = rows[-1].update_id
                found += rows
            if len(rows) < room and not rest.grown:
                del self._rests[lane]
        return found
