"""What the service asks of whoever drives requests: plain tasks in one process, leases where there are many."""

from collections.abc import Callable, Sequence
from typing import Protocol

from storage import Unit
from storage.records import Draw, Request

Settle = Callable[[bool], None]  # told whether the transaction is known to be committed


class Driver(Protocol):
    """Brings every accepted request to its end. Methods that read or write raise StorageUnavailable."""

    async def start(self) -> None:
        """Take up what is unfinished, and begin to admit."""
        ...

    async def stop(self, grace: float) -> None:
        """Admit nothing more, let draws finish for `grace` seconds, hand back the rest, and end what is being shown."""
        ...

    async def accept(self, unit: Unit, request: Request, draws: Sequence[Draw]) -> Settle:
        """In the transaction that has stored them: what may begin by now is admitted with it. Call what it returns once
        the transaction has ended."""
        ...

    async def take_up(self, request: Request) -> None:
        """Do what is next for a request that was accepted before, unless somebody is at it."""
        ...

    async def cancel(self, request: Request) -> bool:
        """End it wherever it is. False: it has ended, or is ending, in another way."""
        ...

    async def supersede(self, request: Request) -> bool:
        """The same without a word: another request takes over its message. True again where that was done before."""
        ...
