"""A job at a Gradio server: its ids, and how it is cancelled there."""

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from providers.engines.deadline import Deadline
from providers.engines.gradio.connection import Connection
from providers.errors import ProviderError

log = logging.getLogger(__name__)

CANCEL = 3.0  # seconds for the cancellation; 5 and 6 answer only after a generator's current step
LOOK = 0.15  # seconds in which a server finds that a reader has gone: it looks every 0.05


@dataclass(frozen=True, slots=True)
class Job:
    """With the call API the session's hash is the event's id, unless one was sent."""

    prefix: str
    fn_index: int
    session_hash: str
    event_id: str

    def ticket(self) -> str:
        return json.dumps(
            {
                "prefix": self.prefix,
                "fn_index": self.fn_index,
                "session_hash": self.session_hash,
                "event_id": self.event_id,
            }
        )


async def cancel(link: Connection, job: Job, headers: Mapping[str, str], unread: str | None = None) -> None:
    """Tell the server to stop; without it a running function keeps its worker to the end.

    `unread` is the path of the job's stream where nobody has opened it yet: before version 6 cancelling stops what
    runs, and a job that still waits leaves the queue only when its reader goes (`routes.py`, `queue_data_helper`).

    Never raises for what is remote, and is through within some seconds. It leaves even when our own task is being
    cancelled, as it is as a rule when this is called.
    """
    leaving = asyncio.create_task(_leave(link, job, headers, unread), name="gradio-cancel")
    try:
        await asyncio.shield(leaving)
    except asyncio.CancelledError:
        await asyncio.wait({leaving})  # it has a deadline of its own
        raise


async def _leave(link: Connection, job: Job, headers: Mapping[str, str], unread: str | None) -> None:
    if unread is not None:
        try:
            async with link.with_patience(Deadline(CANCEL, CANCEL)).stream(unread, headers):
                pass
            await asyncio.sleep(LOOK)
        except ProviderError as error:
            log.debug("job's event stream not read", extra={"host": link.host, "error": str(error)})
    body = {"session_hash": job.session_hash, "fn_index": job.fn_index, "event_id": job.event_id}
    try:
        await link.with_patience(Deadline(CANCEL, CANCEL)).post(f"{job.prefix}/cancel", body, headers)
    except ProviderError as error:
        log.debug("job not cancelled", extra={"host": link.host, "error": str(error)})
