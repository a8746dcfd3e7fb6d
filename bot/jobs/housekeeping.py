"""What has expired goes, once an hour."""

from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.jobs.settings import JobSettings
from storage import Database, StorageUnavailable
from storage.records import TYPED

log = structlog.stdlib.get_logger(__name__)

EVERY = 3600.0  # seconds
CHARGES_KEPT = timedelta(days=31)  # budgets count a day, the operators' figures a month
INPUTS_KEPT = timedelta(days=7)  # what messages asked for, for the buttons below their answers
TYPED_KEPT = timedelta(days=1)  # of them, words of inline queries that may never have been sent
LONG_TEXTS_KEPT = timedelta(days=1)  # as long as Telegram keeps updates that nobody took


async def keep_house(db: Database, clock: Clock, settings: JobSettings) -> None:
    """For ever. Processes that share a database may all do it."""
    while True:
        try:
            async with db.transaction() as unit:
                purged = await unit.pictures.purge(clock.now())
                await unit.spending.purge(clock.now() - CHARGES_KEPT)
                await unit.kept_inputs.purge(clock.now() - INPUTS_KEPT)
                await unit.kept_inputs.purge(clock.now() - TYPED_KEPT, prefix=TYPED)
                await unit.credits.release_stranded()
                await unit.long_texts.purge(clock.now() - LONG_TEXTS_KEPT)
            if purged:
                log.info("pictures expired", pictures=purged)
            await _purge_history(db, clock, settings)
        except StorageUnavailable as error:
            log.warning("nothing purged: database unavailable", error=str(error))
        await clock.sleep(EVERY)


async def _purge_history(db: Database, clock: Clock, settings: JobSettings) -> None:
    """A bounded transaction for each batch."""
    if settings.history is None:
        return
    before, erased = clock.now() - settings.history, True
    while erased:
        async with db.transaction() as unit:
            erased = bool(await unit.history.purge(before))
