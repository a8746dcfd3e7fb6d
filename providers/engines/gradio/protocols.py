"""The three ways to run a function: `call` (by name), `queue` (by index, tells most) and `predict` (one POST).

`begin_*` hands the job over and answers its ids; what it says then is Following's, and for predict, which has no job,
Prediction's. Both give Completed or Failed last.
"""

import asyncio
from collections.abc import Mapping
from functools import partial

from providers.bounds import job_id
from providers.engines.gradio.config import Function
from providers.engines.gradio.connection import Connection
from providers.engines.gradio.diffs import Json
from providers.engines.gradio.event_readers import CUT, CallReader, QueueReader, outputs_of
from providers.engines.gradio.job import Job
from providers.engines.gradio.messages import (
    Completed,
    Failed,
    Heartbeat,
    Message,
)
from providers.errors import BadAnswer, Unavailable

Headers = Mapping[str, str]


async def begin_call(link: Connection, prefix: str, function: Function, data: list[Json], headers: Headers) -> Job:
    answer = await link.post(f"{prefix}/call/{function.api_name}", {"data": data}, headers)
    event_id = _event_id(answer)
    return Job(prefix, function.index, event_id, event_id)


async def begin_queue(
    link: Connection, prefix: str, function: Function, data: list[Json], headers: Headers, session_hash: str
) -> Job:
    body = _body(function, data, session_hash)
    answer = await link.post(f"{prefix}/queue/join?__theme=light", body, headers)
    return Job(prefix, function.index, session_hash, _event_id(answer))


class Following:
    """The messages of a job's stream, which is open within the block."""

    __slots__ = ("_reader", "_stream", "path")

    def __init__(self, link: Connection, reader: CallReader | QueueReader, headers: Headers) -> None:
        self._reader = reader
        self.path = reader.path
        self._stream = link.stream(reader.path, headers)

    async def __aenter__(self) -> None:
        await self._stream.__aenter__()

    async def __aexit__(self, *raised: object) -> None:
        await self._stream.__aexit__(*raised)

    async def next(self) -> Message:
        """Raises Unavailable where it was cut short."""
        stream = self._stream
        while (event := stream.event_at_hand() or await stream.next_event()) is not None:
            if (message := self._reader.read(event)) is not None:
                if isinstance(message, Completed | Failed):
                    await stream.drain()
                return message
        raise Unavailable(CUT)


class Prediction:
    """One POST, under way within the block, that answers when all is done; every `tick` seconds a Heartbeat. It cannot
    be cancelled at the server."""

    def __init__(
        self,
        link: Connection,
        prefix: str,
        function: Function,
        data: list[Json],
        headers: Headers,
        session_hash: str,
        tick: float,
    ) -> None:
        path = f"{prefix}/run/{function.api_name or 'predict'}"
        self._post = partial(link.post, path, _body(function, data, session_hash), headers, silence=None)
        self._tick = tick
        self._now = asyncio.get_running_loop().time

    async def __aenter__(self) -> None:
        self._posting = asyncio.create_task(self._post())
        self._begun = self._now()

    async def __aexit__(self, *_: object) -> None:
        if not self._posting.done():
            self._posting.cancel()
            await asyncio.wait({self._posting})

    async def next(self) -> Message:
        if not (await asyncio.wait({self._posting}, timeout=self._tick))[0]:
            return Heartbeat(self._now() - self._begun)
        answer = self._posting.result()
        if isinstance(answer, dict) and answer.get("is_generating") is True:
            raise BadAnswer("this function streams its pictures and predict gives only the first; use protocol queue")
        return Completed(outputs_of(answer.get("data") if isinstance(answer, dict) else answer))


def _body(function: Function, data: list[Json], session_hash: str) -> dict[str, Json]:
    return {
        "data": data,
        "event_data": None,
        "fn_index": function.index,
        "trigger_id": function.trigger,
        "session_hash": session_hash,
    }


def _event_id(answer: Json) -> str:
    return job_id(answer.get("event_id") if isinstance(answer, dict) else None)
