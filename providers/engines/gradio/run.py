"""One run of one function: resolved, begun, followed, and cancelled at the server when it is given up."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from providers.engines.gradio import protocols
from providers.engines.gradio.config import Function
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.event_readers import CallReader, QueueReader
from providers.engines.gradio.job import Job, cancel
from providers.engines.gradio.messages import Completed, Failed, Log, Message
from providers.engines.gradio.resolve import Endpoint, Resolved, forget, resolve
from providers.errors import (
    Cancelled,
    ContentRejected,
    InvalidParameter,
    Phase,
    ProviderError,
    QuotaExceeded,
    handing_over,
)

PROTOCOLS = ("call", "queue", "predict")
START = 5.0  # seconds that a cancelled hand-over may still take to tell its job's id

Messages: TypeAlias = AsyncGenerator[Job | Message, None]


class Headers(NamedTuple):
    """What goes with POSTs, and with the GET of a stream."""

    post: Mapping[str, str]
    stream: Mapping[str, str]


@dataclass(slots=True)
class Run:
    """`arguments` by name in the order of parameters; `tick` is how often `predict` says that it waits, in seconds;
    `detached` is asked when it is given up: True leaves the job alone."""

    link: Connection
    headers: Headers
    protocol: str
    endpoint: Endpoint
    arguments: Mapping[str, Json]
    session_hash: str
    tick: float
    detached: Callable[[], bool]
    root: str = ""  # of the server's routes, known once it has begun
    notes: list[str] = field(default_factory=list)  # what had to be changed in the arguments, in words

    async def messages(self) -> Messages:
        """The job as soon as the server has it, then all that it says; Completed last. Raises what it failed with."""
        if self.protocol not in PROTOCOLS:
            raise InvalidParameter(f"protocol is {self.protocol!r}; it may be {', '.join(PROTOCOLS)}")
        with handing_over():
            job, source = await self._begin_fitting()
        ended, unread = job is None, True
        try:
            for note in self.notes:
                yield Log(note)
            if job is not None:
                yield job
            async with source:
                completed = unread = False
                while not completed:
                    message = await source.next()
                    completed = isinstance(message, Completed)
                    ended = ended or completed or isinstance(message, Failed)
                    if isinstance(message, Failed):
                        raise message.error
                    yield message
        except ProviderError as error:
            error.phase = max(error.phase, Phase.HANDED_OVER)
            if not isinstance(error, QuotaExceeded | ContentRejected | Cancelled):
                forget(self.link, self.headers.post)  # the next draw looks whether the app has changed
            raise
        finally:
            if job is not None and not ended and not self.detached():
                path = source.path if unread and isinstance(source, protocols.Following) else None
                await cancel(self.link, job, self.headers.post, path)

    async def _begin_fitting(self) -> tuple[Job | None, protocols.Following | protocols.Prediction]:
        resolved = await self._resolve()
        self.link.misfit = False
        try:
            return await self._begin(resolved)
        except ProviderError:
            # Refused perhaps because the app was changed since we read its /config: once more with the new one.
            if not (self.link.misfit and resolved.remembered):
                raise
            forget(self.link, self.headers.post)
            return await self._begin(await self._resolve())

    async def _resolve(self) -> Resolved:
        resolved = await resolve(self.link, self.headers.post, self.endpoint, len(self.arguments))
        self.root = self.link.base + resolved.prefix
        return resolved

    async def _begin(self, resolved: Resolved) -> tuple[Job | None, protocols.Following | protocols.Prediction]:
        """Hand the job over; predict has no job, its one request is made as its messages are read."""
        link, function, prefix = self.link, resolved.function, resolved.prefix
        data, self.notes = function.fit(self.arguments)
        post, stream = self.headers
        if self.protocol == "predict" and not function.streams:  # of a stream it gives only the first picture
            return None, protocols.Prediction(link, prefix, function, data, post, self.session_hash, self.tick)
        if self.protocol == "call":
            begin = protocols.begin_call(link, prefix, function, data, post)
        else:
            begin = protocols.begin_queue(link, prefix, function, data, post, self.session_hash)
        job = await self._hand_over(begin, function)
        return job, protocols.Following(link, self._reader(job, function), stream)

    def _reader(self, job: Job, function: Function) -> CallReader | QueueReader:
        return CallReader(job, function.api_name) if self.protocol == "call" else QueueReader(job)

    async def _hand_over(self, begin: Coroutine[None, None, Job], function: Function) -> Job:
        """Begin; cancelled meanwhile, wait for the job's id, because the server may run it already."""
        beginning = asyncio.create_task(begin, name="gradio-begin")
        try:
            return await asyncio.shield(beginning)
        except asyncio.CancelledError:
            try:
                await asyncio.wait({beginning}, timeout=START)
            finally:
                beginning.cancel()  # nothing, if it is done
            if beginning.done() and beginning.exception() is None and not self.detached():
                job = beginning.result()
                await cancel(self.link, job, self.headers.post, self._reader(job, function).path)
            raise
