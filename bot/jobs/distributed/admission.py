"""Admission that many processes share: any of them admits, and what was admitted goes into the queue of all."""

import asyncio
from dataclasses import replace

import structlog

from bot.jobs.driver import Settle
from storage import Database, StorageUnavailable, Unit
from storage.records import Limits

log = structlog.stdlib.get_logger(__name__)


class SharedAdmission:
    def __init__(self, db: Database, limits: Limits) -> None:
        self._db = db
        self._limits = limits
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """A draw may be waiting, or a slot may be free. Returns at once."""
        self._woken.set()

    async def run(self) -> None:
        """For ever, each time that somebody wakes it."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                async with self._db.transaction() as unit:
                    await self.admit(unit)
            except StorageUnavailable as error:
                log.warning("no admission: database unavailable", error=str(error))
            except Exception:
                log.exception("admission failed")

    async def admit_with(self, unit: Unit) -> Settle:
        """In a transaction that has accepted a request: admit what may begin, and enqueue it. It does not wait for
        another admission; then it wakes ours as soon as the transaction has ended."""
        admitted = await unit.draws.try_admit(await self._limits_now(unit))
        await unit.dispatch.enqueue([draw for draw, _ in admitted or ()])

        def settle(_committed: bool) -> None:
            if admitted is None:
                self.wake()

        return settle

    async def admit(self, unit: Unit) -> None:
        """Likewise, after whoever is at it."""
        admitted = await unit.draws.admit(await self._limits_now(unit))
        await unit.dispatch.enqueue([draw for draw, _ in admitted])

    async def _limits_now(self, unit: Unit) -> Limits:
        """What all workers together have no room for waits where its turn is fair."""
        return replace(self._limits, total=min(self._limits.total, await unit.dispatch.capacity()))
