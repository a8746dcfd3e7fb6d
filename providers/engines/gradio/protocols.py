"""The three ways to run a function: `call` (by name), `queue` (by index, tells most) and `predict` (one POST).

`begin_*` hands the job over and answers its ids, `follow_*` yields its messages, Completed or Failed last. Neither
`call` nor `queue` can be taken up again: closing the stream drops the messages, and a second GET stays silent for ever.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping

from providers.engines.gradio.diffs import Json, Outputs
from providers.engines.gradio.errors import clean, failure
from providers.engines.gradio.job import Job
from providers.engines.gradio.link import Link, Stream
from providers.engines.gradio.messages import (
    Completed,
    Failed,
    Heartbeat,
    Log,
    Message,
    Partial,
    Started,
    Waiting,
    number,
    progress_message,
    whole,
)
from providers.engines.gradio.space import Function
from providers.engines.sse import SseDecoder
from providers.errors import BadAnswer, Cancelled, Unavailable
from providers.http import parse_json

Headers = Mapping[str, str]
CUT = "the stream ended before the picture"


async def begin_call(link: Link, prefix: str, function: Function, data: list[Json], headers: Headers) -> Job:
    answer = await link.post(f"{prefix}/call/{function.api_name}", {"data": data}, headers)
    event_id = _event_id(answer)
    return Job(prefix, function.index, event_id, event_id)


async def follow_call(link: Link, job: Job, api_name: str, headers: Headers) -> AsyncGenerator[Message, None]:
    """The call API tells neither place nor progress, and before Gradio 6 not why it failed."""
    path = f"{job.prefix}/call/{api_name}/{job.event_id}"
    decoder = SseDecoder()
    async with link.stream(path, headers) as stream:
        while chunk := await stream.next_chunk():
            for name, data in decoder.feed(chunk):
                if name == "generating":
                    yield Partial(_outputs(parse_json(data)))
                elif name == "complete":
                    yield await _completed(parse_json(data), stream)
                    return
                elif name == "error":
                    yield Failed(failure(parse_json(data)))
                    return
                elif name == "heartbeat":
                    yield Heartbeat()
    raise Unavailable(CUT)


async def begin_queue(
    link: Link, prefix: str, function: Function, data: list[Json], headers: Headers, session_hash: str
) -> Job:
    body = _body(function, data, session_hash)
    answer = await link.post(f"{prefix}/queue/join?__theme=light", body, headers)
    return Job(prefix, function.index, session_hash, _event_id(answer))


async def follow_queue(link: Link, job: Job, headers: Headers) -> AsyncGenerator[Message, None]:
    outputs = Outputs()
    path = f"{job.prefix}/queue/data?session_hash={job.session_hash}"
    decoder = SseDecoder()
    async with link.stream(path, headers) as stream:
        while chunk := await stream.next_chunk():
            for _, data in decoder.feed(chunk):
                message = parse_json(data)
                if not isinstance(message, dict):
                    raise BadAnswer("a queue message that is no object")
                if message.get("event_id") not in {None, job.event_id}:
                    continue  # one stream carries all jobs of a session
                match message.get("msg"):
                    case "process_completed" | "process_generating" if message.get("success") is False:
                        await stream.drain()
                        yield Failed(failure(message.get("output"), title=message.get("title")))
                        return
                    case "process_completed":
                        yield await _completed(_data(message), stream)
                        return
                    case "process_generating":
                        if (found := outputs.update(_data(message))) is not None:
                            yield Partial(found)
                    case "close_stream":
                        raise Unavailable(CUT)
                    case "unexpected_error":
                        yield Failed(failure(message.get("message")))
                        return
                    case kind:
                        if (told := _told(kind, message)) is not None:
                            yield told
    raise Unavailable(CUT)


def _told(kind: Json, message: dict[str, Json]) -> Message | None:
    """The messages that only tell how it goes."""
    match kind:
        case "progress":
            return progress_message(message.get("progress_data"))
        case "estimation":
            return Waiting(
                whole(message.get("rank")), whole(message.get("queue_size")), number(message.get("rank_eta"))
            )
        case "process_starts":
            return Started(number(message.get("eta")))
        case "log":
            return Log(clean(str(message.get("log") or "")))
        case "heartbeat":
            return Heartbeat()
    return None


async def predict(
    link: Link, prefix: str, function: Function, data: list[Json], headers: Headers, session_hash: str, tick: float
) -> AsyncGenerator[Message, None]:
    """One POST that answers when all is done; every `tick` seconds a Heartbeat. It cannot be cancelled there."""
    path = f"{prefix}/run/{function.api_name or 'predict'}"
    posting = asyncio.create_task(link.post(path, _body(function, data, session_hash), headers, silence=None))
    now = asyncio.get_running_loop().time
    begun = now()
    try:
        while not (await asyncio.wait({posting}, timeout=tick))[0]:
            yield Heartbeat(now() - begun)
        answer = posting.result()
    finally:
        if not posting.done():
            posting.cancel()
            await asyncio.wait({posting})
    if isinstance(answer, dict) and answer.get("is_generating") is True:
        raise BadAnswer("this function streams its pictures and predict gives only the first; use protocol queue")
    yield Completed(_outputs(answer.get("data") if isinstance(answer, dict) else answer))


def _body(function: Function, data: list[Json], session_hash: str) -> dict[str, Json]:
    return {
        "data": data,
        "event_data": None,
        "fn_index": function.index,
        "trigger_id": function.trigger,
        "session_hash": session_hash,
    }


def _event_id(answer: Json) -> str:
    found = answer.get("event_id") if isinstance(answer, dict) else None
    if not isinstance(found, str) or not found:
        raise BadAnswer("the job was taken without an event id")
    return found


def _data(message: dict[str, Json]) -> Json:
    """The outputs in a queue message; None when there are none."""
    output = message.get("output")
    return output.get("data") if isinstance(output, dict) else None


async def _completed(data: Json, stream: Stream) -> Completed | Failed:
    await stream.drain()
    if data is None:
        return Failed(Cancelled("the job was cancelled at the Space"))
    return Completed(_outputs(data))


def _outputs(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise BadAnswer("an answer without outputs")
    return data
