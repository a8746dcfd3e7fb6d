"""What each event of a job's stream means: with the call API events have names, with the queue each is a message.

A reader yields Completed or Failed last. Neither stream can be taken up again: closing it drops the messages, and a
second GET stays silent for ever.
"""

from urllib.parse import quote

from providers.bounds import number, seconds, whole
from providers.engines.bodies import parse_json
from providers.engines.gradio.diffs import Json, Outputs
from providers.engines.gradio.errors import clean, failure
from providers.engines.gradio.job import Job
from providers.engines.gradio.messages import (
    Completed,
    Failed,
    Heartbeat,
    Log,
    Message,
    Partial,
    Started,
    Waiting,
    progress_message,
)
from providers.engines.sse import ServerSentEvent
from providers.errors import BadAnswer, Cancelled, Unavailable

MOST_WAITING = 10**6  # a place in a queue beyond is none
CUT = "the stream ended before the picture"


class CallReader:
    """The call API tells neither place nor progress, and before Gradio 6 not why it failed."""

    __slots__ = ("path",)

    def __init__(self, job: Job, api_name: str) -> None:
        self.path = f"{job.prefix}/call/{api_name}/{quote(job.event_id, safe='')}"

    def read(self, event: ServerSentEvent) -> Message | None:
        match event.event:
            case "generating":
                return Partial(outputs_of(parse_json(event.data)))
            case "complete":
                return _completed(parse_json(event.data))
            case "error":
                return Failed(failure(parse_json(event.data)))
            case "heartbeat":
                return Heartbeat()
        return None


class QueueReader:
    __slots__ = ("_event_id", "_outputs", "path")

    def __init__(self, job: Job) -> None:
        self.path = f"{job.prefix}/queue/data?session_hash={job.session_hash}"
        self._event_id = job.event_id
        self._outputs = Outputs()

    def read(self, event: ServerSentEvent) -> Message | None:
        message = parse_json(event.data)
        if not isinstance(message, dict):
            raise BadAnswer("a queue message that is no object")
        if message.get("event_id") not in (None, self._event_id):
            return None  # one stream carries all jobs of a session
        match message.get("msg"):
            case "process_completed" | "process_generating" if message.get("success") is False:
                return Failed(failure(message.get("output"), title=message.get("title")))
            case "process_completed":
                return _completed(_data(message))
            case "process_generating":
                found = self._outputs.update(_data(message), len(event.data))
                return None if found is None else Partial(found)
            case "close_stream":
                raise Unavailable(CUT)
            case "unexpected_error":
                return Failed(failure(message.get("message")))
            case kind:
                return _told(kind, message)


def _told(kind: Json, message: dict[str, Json]) -> Message | None:
    """The messages that only tell how it goes."""
    match kind:
        case "progress":
            return progress_message(message.get("progress_data"))
        case "estimation":
            return Waiting(
                whole(message.get("rank"), 0, MOST_WAITING),
                whole(message.get("queue_size"), 0, MOST_WAITING),
                seconds(number(message.get("rank_eta"))),
            )
        case "process_starts":
            return Started(seconds(number(message.get("eta"))))
        case "log":
            return Log(clean(message.get("log")))
        case "heartbeat":
            return Heartbeat()
    return None


def _data(message: dict[str, Json]) -> Json:
    """The outputs in a queue message; None when there are none."""
    output = message.get("output")
    return output.get("data") if isinstance(output, dict) else None


def _completed(data: Json) -> Completed | Failed:
    if data is None:
        return Failed(Cancelled("the job was cancelled at the Space"))
    return Completed(outputs_of(data))


def outputs_of(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise BadAnswer("an answer without outputs")
    return data
