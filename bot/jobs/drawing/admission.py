"""Who draws what, and when: admission in the database's order, and the tasks of what was admitted."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.clock import Clock
from bot.jobs.supervisor import Supervisor
from storage import Database, StorageUnavailable, Unit
from storage.records import Draw, Limits, Request

log = logging.getLogger(__name__)

TIMER = 5.0  # seconds: admission without any event, for what was missed
AT_ONCE = 12  # draws of one admission: a thousand begin one after the other, not all before the first is done
CROWDED_PAUSE = 0.25  # s before more are admitted while as many pictures as may be in memory are
LETTING_GO = 10.0  # seconds for runners to hand back at shutdown

Settle = Callable[[bool], None]  # told whether the transaction is known to be committed


class Dispatcher(Protocol):
    """What differs between one process and many: how an admitted draw comes to a runner."""

    def start(self) -> None: ...

    async def enqueue(self, unit: Unit) -> Settle:
        """In the transaction that has accepted a request: what may begin by now is admitted with it. Call what it
        returns once the transaction has ended."""
        ...

    def wake(self) -> None:
        """A draw may be waiting, or a slot may be free. Returns at once."""
        ...

    def cancel(self, request_id: int) -> None:
        """Stop what runs of a request, at the back-end too. Its rows are the caller's affair."""
        ...

    async def drain(self, grace: float) -> None:
        """Admit nothing more, let what runs finish for `grace` seconds, and hand back the rest."""
        ...


class Runnable(Protocol):
    async def run(self) -> None: ...

    def detach(self) -> None: ...


class EmbeddedDispatcher:
    """Plain tasks of this process. `runner` makes what draws, or None for a request that has ended meanwhile."""

    def __init__(
        self,
        db: Database,
        limits: Limits,
        runner: Callable[[Draw, Request], Runnable | None],
        supervisor: Supervisor,
        clock: Clock,
        memory: asyncio.Semaphore,
    ) -> None:
        """`memory` is what draws hold while they have pictures in memory."""
        self._db = db
        self._limits = limits
        self._memory = memory
        self._runner = runner
        self._supervisor = supervisor
        self._clock = clock
        self._woken = asyncio.Event()
        self._running: dict[int, tuple[int, Runnable, asyncio.Task[None]]] = {}  # by draw: request, runner, task
        self._orphans: dict[int, int] = {}  # draw -> attempt: `drawing` in the database, with no runner any more
        self._loops: list[asyncio.Task[None]] = []
        self._draining = False

    def start(self) -> None:
        self._loops = [
            self._supervisor.spawn(self._admit_for_ever(), name="admission"),
            self._supervisor.spawn(self._tick(), name="admission timer"),
        ]
        self.wake()

    async def enqueue(self, unit: Unit) -> Settle:
        """Where little is going on, who asks is admitted at once; in a crowd the loop admits a few at a time."""
        calm = len(self._running) < AT_ONCE and not self._draining
        admitted = await unit.draws.admit(self._few_more()) if calm else []

        def settle(committed: bool) -> None:
            if committed:
                self._begin(admitted)
            else:  # perhaps it is, and its answer was lost: handing back what does not exist changes nothing
                self._orphans |= {draw.id: draw.attempt for draw, _ in admitted}
            if not (admitted and committed) or len(self._running) >= AT_ONCE:
                self.wake()  # more may wait

        return settle

    def wake(self) -> None:
        self._woken.set()

    def cancel(self, request_id: int) -> None:
        for of_request, _, task in list(self._running.values()):
            if of_request == request_id:
                task.cancel()

    async def drain(self, grace: float) -> None:
        self._draining = True
        for loop in self._loops:
            loop.cancel()
        # An admission that was under way may have started draws of which no runner knows yet; they are `drawing`,
        # and the next start takes them up.
        await asyncio.gather(*self._loops, return_exceptions=True)
        tasks = [task for _, _, task in self._running.values()]
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        left = [(runner, task) for _, runner, task in self._running.values()]
        for runner, task in left:
            runner.detach()
            task.cancel()
        if left:
            log.info("%d draws are handed back", len(left))
            await asyncio.wait([task for _, task in left], timeout=LETTING_GO)

    async def _tick(self) -> None:
        while True:
            await self._clock.sleep(TIMER)
            self.wake()

    async def _admit_for_ever(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            if self._memory.locked():  # what is drawn goes before what is not begun
                await self._clock.sleep(CROWDED_PAUSE)
            try:
                await self._adopt()
                async with self._db.transaction() as unit:
                    admitted = await unit.draws.admit(self._few_more())
            except StorageUnavailable as error:
                log.warning("nothing can be admitted now: %s", error)
                continue  # the timer wakes it again
            except Exception:
                log.exception("admission failed")
                continue
            self._begin(admitted)
            if len(admitted) >= AT_ONCE:
                self.wake()  # more may wait

    def _few_more(self) -> Limits:
        return replace(self._limits, total=min(self._limits.total, len(self._running) + AT_ONCE))

    async def _adopt(self) -> None:
        """Hand back what lost its runner while the database was gone."""
        for draw_id, attempt in list(self._orphans.items()):
            async with self._db.transaction() as unit:
                await unit.draws.hand_back(draw_id, attempt)
            del self._orphans[draw_id]

    def _begin(self, admitted: Sequence[tuple[Draw, Request]]) -> None:
        for draw, request in admitted:
            if (runner := self._runner(draw, request)) is None:
                continue
            name = f"draw {draw.id} of request {request.id}"
            task = self._supervisor.spawn(self._run(runner, draw), name=name, request=request.id)
            self._running[draw.id] = (request.id, runner, task)
            task.add_done_callback(partial(self._ended, draw.id))

    async def _run(self, runner: Runnable, draw: Draw) -> None:
        try:
            await runner.run()
        except Exception as error:  # a runner stores every failure; what it cannot store leaves an orphan
            self._orphans[draw.id] = draw.attempt
            if not isinstance(error, StorageUnavailable):
                raise

    def _ended(self, draw_id: int, _: asyncio.Task[None]) -> None:
        self._running.pop(draw_id, None)
        self.wake()
