"""Models that operators have switched off: read from the database at most once a second, by whatever needs to know."""

from bot.clock import Clock
from bot.jobs.models.health import Health
from storage import Unit
from storage.repositories.switches import SwitchState

FRESH = 1.0  # s: what another process has switched is known here by then


class Switchboard:
    """As large as the catalogue at most. What is refused follows from the rows themselves; this is for menus."""

    def __init__(self, clock: Clock, health: Health) -> None:
        self._clock = clock
        self._health = health
        self._read_at: float | None = None
        self.state = SwitchState()

    async def look(self, unit: Unit) -> None:
        """Raises StorageUnavailable."""
        now = self._clock.monotonic()
        if self._read_at is not None and now - self._read_at < FRESH:
            return
        self._read_at = now
        await self.reread(unit)

    async def reread(self, unit: Unit) -> None:
        """After a change of one's own. Raises StorageUnavailable."""
        self.state = await unit.switches.state()
        self._health.switch_off(frozenset(self.state.off))
