"""For a library whose coroutines block now and then: a thread with a loop of its own, cancelled with the caller."""

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


async def apart(make: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """The result of the coroutine that `make` makes, in the caller's context but on another loop.

    When the caller is cancelled, so is the coroutine, as soon as what blocks lets it; nobody waits for that. The
    thread ends with the coroutine, and holds no process up.
    """
    ours = asyncio.get_running_loop()
    outcome: asyncio.Future[_T] = ours.create_future()
    there: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]]] = []
    given_up = threading.Event()

    async def run() -> _T:
        task = asyncio.current_task()
        if task is not None:
            there.append((asyncio.get_running_loop(), task))
        if given_up.is_set():
            raise asyncio.CancelledError
        return await make()

    def tell(result: _T | None, error: BaseException | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]  # None only where _T is None

    def work() -> None:
        result: _T | None = None
        failed: BaseException | None = None
        try:
            result = asyncio.run(run())
        except asyncio.CancelledError:
            failed = RuntimeError("cancelled from within")
        except BaseException as error:  # noqa: BLE001 - raised where the result is awaited
            failed = error
        with contextlib.suppress(RuntimeError):  # that loop has closed meanwhile
            ours.call_soon_threadsafe(tell, result, failed)

    threading.Thread(target=contextvars.copy_context().run, args=(work,), name="apart", daemon=True).start()
    try:
        return await outcome
    except asyncio.CancelledError:
        given_up.set()
        for loop, task in there:
            with contextlib.suppress(RuntimeError):  # that loop has closed meanwhile
                loop.call_soon_threadsafe(task.cancel)
        raise
