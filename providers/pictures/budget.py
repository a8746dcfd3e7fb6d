"""The only way in which the bot decodes pictures of strangers and back-ends: `within_budget`, on any event loop.

The header is read first. A picture that is small according to it is decoded in one of a few threads, without delay. Any
other goes to a worker process with limits of memory and time. Neither blocks the event loop, the default executor, or
the end of the process.
"""

import asyncio
import functools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import is_dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, get_type_hints

from providers.errors import BadPicture, ProviderError
from providers.pictures.header import Header, read_header, remembered
from providers.pictures.processes import Job, PictureProcesses

P = ParamSpec("P")
T = TypeVar("T")
Pictures = TypeVar("Pictures", bytes, Sequence[bytes])

THREADS = max(2, min(4, os.cpu_count() or 2))


class Decoding:
    """Decodes small pictures in threads, the rest in processes."""

    def __init__(self, processes: PictureProcesses | None = None, *, threads: int = THREADS) -> None:
        self.processes = processes or PictureProcesses()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="small pictures")
        self._most = threads
        self._under_way: set[Future[Any]] = set()

    @property
    def full(self) -> bool:
        """Whether the next picture would have to wait for a thread."""
        return len(self._under_way) >= self._most

    async def run(
        self,
        work: Callable[Concatenate[Pictures, P], T],
        pictures: Pictures,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Calls `work` with one or more encoded pictures as its first argument, and returns its result.

        `work` is a function of a module (not of `__main__`) that imports little. Its arguments and result are plain
        values, or a dataclass of such. Raises BadPicture for bytes that are no picture or cost too much, and the other
        errors of `providers` that the work raises. If the caller is cancelled, the work's process ends.
        """
        future = self._threads.submit(functools.partial(_small, work, pictures, *args, **kwargs))
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)  # when the work ends, whoever waits for it
        small, result = await asyncio.wrap_future(future)
        if small:
            return result  # type: ignore[return-value]  # it is the work's
        job = Job(
            f"{work.__module__}:{work.__qualname__}",
            [pictures, *args],
            dict(kwargs),
            max(len(_listed(pictures)), 1),
        )
        self.processes.submit(job)
        try:
            return _as_declared(work, await asyncio.wrap_future(job.future))
        except asyncio.CancelledError:
            self.processes.abandon(job)
            raise

    def close(self) -> None:
        """Ends at once, and gives up what is being decoded."""
        self.processes.close()
        self._threads.shutdown(wait=False, cancel_futures=True)


async def within_budget(
    work: Callable[Concatenate[Pictures, P], T], pictures: Pictures, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`Decoding.run` of this process's decoder."""
    return await _of_this_process().run(work, pictures, *args, **kwargs)


def decoders_full() -> bool:
    """`Decoding.full` of this process's decoder."""
    return _of_this_process().full


def close() -> None:
    """Ends the worker processes of this process at once; new ones are started when they are needed."""
    if _of_this_process.cache_info().currsize:
        _of_this_process().processes.close()


@functools.cache
def _of_this_process() -> Decoding:
    return Decoding()


if hasattr(os, "register_at_fork"):  # threads do not come along
    os.register_at_fork(after_in_child=_of_this_process.cache_clear)


def _small(
    work: Callable[Concatenate[Pictures, P], T], pictures: Pictures, *args: P.args, **kwargs: P.kwargs
) -> tuple[bool, T | None]:
    """Whether it was small enough to be decoded here, and the result."""
    headers = [read_header(data) for data in _listed(pictures)]
    if not all(header.cheap for header in headers):
        return False, None
    try:
        with remembered(list(zip(_listed(pictures), headers, strict=True))):
            return True, work(pictures, *args, **kwargs)
    except ProviderError:
        raise
    except Exception as error:  # decoders of broken data raise nearly everything
        raise BadPicture(f"the picture does not decode: {type(error).__name__}: {error}") from error


def _listed(pictures: bytes | Sequence[bytes]) -> Sequence[bytes]:
    return [pictures] if isinstance(pictures, bytes) else pictures


def _as_declared(work: Callable[..., T], value: object) -> T:
    """The value as the dataclass that `work` declares: from a process it comes as a list of its fields."""
    kind = get_type_hints(work).get("return")
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, list):
        return kind(*value)  # type: ignore[return-value]  # the work's own type
    return value  # type: ignore[return-value]  # the work's own type


__all__ = ["Decoding", "Header", "close", "within_budget"]
