"""Where a life ends: at a call to Telegram, at a step of the back-end, or as it confirms an update.

Each is ordered before the life is begun, and holds for that one: a call that waited for its answer may outlive its
caller, and must not end a later life.
"""

import asyncio
from collections.abc import Callable

from bot.sandbox import SandboxServer
from bot.sandbox.faults import ConnectionCut, Fault
from bot.sandbox.wire import Call
from tests.faults.backend import Backend, Cut, Hook
from tests.faults.lives import Life


class Deadly:
    """Both far ends of a bot, and its lives. `hooks` hear of the back-end's steps before any kill."""

    def __init__(self, server: SandboxServer, scripted: Backend) -> None:
        self.server = server
        self.backend = scripted
        self.lives: list[Life] = []
        self.hooks: list[Hook] = []  # of the back-end's steps
        self._kills_at_steps: list[Hook] = []
        self._kills_at_calls: list[Fault] = []
        self._tasks: list[asyncio.Task[None]] = []
        scripted.hook = self._step

    @property
    def life(self) -> Life:
        return self.lives[-1]

    async def _kill(self, victim: int) -> None:
        """Not a later one: a call that waited for an answer may outlive its caller."""
        if victim == len(self.lives) - 1:
            await self.life.kill()

    def at_call(
        self, method: str, moment: str, when: Callable[[Call], bool] = lambda _: True, *, skip: int = 0
    ) -> None:
        """Kill it as such a call comes in, or when it has had its effect and is not answered."""

        victim = len(self.lives)

        async def kill(_: Call) -> None:
            await self._kill(victim)
            raise ConnectionCut

        hook = {"before": kill} if moment == "before" else {"after": kill}
        self._kill_by(Fault(method, skip=skip, when=when, **hook))  # type: ignore[arg-type]

    def at_step(self, step: str, *, number: int = 1) -> None:
        """Kill it as the back-end comes to that step for the `number`-th time, whoever's job it is."""
        left, victim = number, len(self.lives)

        async def hook(name: str, _: int) -> None:
            nonlocal left
            if name == step:
                left -= 1
                if left == 0:
                    await self._kill(victim)

        self._kills_at_steps.append(hook)

    async def _step(self, name: str, number: int) -> None:
        """A life that ended meanwhile hears nothing more."""
        life = self.life
        for hook in [*self.hooks, *self._kills_at_steps]:
            await hook(name, number)
            if life.ended:
                raise Cut

    def forget_kills(self) -> None:
        """Those that did not come to pass; all other faults stay."""
        faults = self.server.faults
        faults.rules = [rule for rule in faults.rules if rule not in self._kills_at_calls]
        self._kills_at_calls.clear()
        self._kills_at_steps.clear()

    def _kill_by(self, fault: Fault) -> None:
        """Before all other faults."""
        self._kills_at_calls.append(fault)
        self.server.faults.rules.insert(0, fault)

    def at_confirm(self, moment: str) -> None:
        """Kill it as it confirms an update, or when Telegram has noted that."""

        victim = len(self.lives)

        async def kill_when_noted() -> None:
            # The effect comes at once, the answer only with the next update.
            await polled(lambda: not self.server.state.waiting)
            await self._kill(victim)

        async def kill(_: Call) -> None:
            if moment == "after":
                self._tasks.append(asyncio.create_task(kill_when_noted()))
                return
            await self._kill(victim)
            raise ConnectionCut

        self._kill_by(Fault("getUpdates", when=lambda call: call.integer("offset") > 0, before=kill))


async def polled(look: Callable[[], bool]) -> None:
    """Until something is so that nothing outside tells of, such as a commit."""
    while not look():  # noqa: ASYNC110 - likewise
        await asyncio.sleep(0.01)
