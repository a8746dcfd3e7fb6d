"""Places in the queue for placeholders: exact while few wait, and a little old while many do."""

import time

from storage import Unit

FEW = 50  # that many places are read anew for each placeholder
SECONDS_EACH = 0.0001  # how long a longer list is good, by its length: reading it takes about a thirtieth of that


class Places:
    """The order of all who wait is read at once, and costs more the more they are: a thousand who come together
    would have it read a thousand times."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._good_until = 0.0

    async def of(self, unit: Unit, request_id: int) -> int | None:
        """None: it is not known yet, because the request came after the others were read."""
        if time.monotonic() >= self._good_until:
            self._known = await unit.requests.queue_places()
            many = len(self._known) > FEW
            self._good_until = time.monotonic() + len(self._known) * SECONDS_EACH if many else 0.0
        return self._known.get(request_id)
