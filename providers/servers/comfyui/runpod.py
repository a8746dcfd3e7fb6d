"""ComfyUI behind RunPod's serverless endpoints: one body has the workflow with its pictures, and the job is polled.

Source: runpod-workers/worker-comfyui d2a5572 (March 2026), `handler.py` and its README. Never run live.
"""

import json
import re
import uuid
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import aiohttp

from providers.base import random_seed
from providers.bounds import plain
from providers.capabilities import Bounds, Capabilities
from providers.charging import Charged
from providers.engines.deadline import Deadline
from providers.engines.http import Call, Json
from providers.engines.polling import PollingProvider
from providers.engines.refusals import Refused, own_fault
from providers.errors import (
    BadAnswer,
    Cancelled,
    DeadlineExceeded,
    InvalidParameter,
    ModelNotFound,
    NoPicture,
    NotThisServer,
    Phase,
    ProviderError,
    ResponseError,
    at_phase,
)
from providers.events import Event, ImageResponse, Reasoning
from providers.pictures.encoded import mime_of, plain_base64
from providers.request import ImageRequest
from providers.servers.comfyui.pictures import in_shape, masked
from providers.servers.comfyui.provider import ComfyUI
from providers.servers.comfyui.workflow import Inputs, Uploaded, Workflow, checkpoint_workflow

MAX_JOB = 10_000_000  # bytes of a job's body
CHECK = 15.0  # seconds
JOB_ID = re.compile(r"[A-Za-z0-9_-]{4,120}")
MISSING_FILE = re.compile(r"not in list|value_not_in_list|not available|does not exist", re.IGNORECASE)


class RunPodComfyUI(PollingProvider):
    """The catalogue's `runpod`: `url` is the endpoint, `https://api.runpod.ai/v2/ID`; `workflow` and `inputs` are as
    for `comfyui`, and `extra` has more fields of a job's input."""

    label = "ComfyUI (RunPod)"
    api_endpoint = "/run"
    paid = True
    charged = Charged.ON_HANDOVER  # by the second of the worker
    poll_interval = 2
    capabilities = Capabilities(
        frozenset(),
        width=Bounds(64, 4096, 8),
        height=Bounds(64, 4096, 8),
        steps=Bounds(1, 200),
        cancel=True,
        resume=True,
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImageResponse)
    workflow: Workflow | None = None
    inputs: Inputs = {}  # noqa: RUF012 - a Mapping, which nobody changes
    extra: Mapping[str, Any] = {}  # each with its own type

    _body: Json = {}  # noqa: RUF012 - replaced for each draw, never changed
    _handed_over = False

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name is valid: only the worker knows its files."""
        return model or ""

    @classmethod
    def read_options(cls, options: dict[str, Any], model: str | None, folder: Path) -> dict[str, Any]:
        return ComfyUI.read_options(options, model, folder)

    @classmethod
    def capabilities_with(cls, model: str | None, options: Mapping[str, object]) -> Capabilities:
        workflow = options.get("workflow")
        return cls._of(workflow if isinstance(workflow, Workflow) else checkpoint_workflow())

    def can(self, model: str) -> Capabilities:
        return self._of(self.workflow or checkpoint_workflow())

    @classmethod
    def _of(cls, workflow: Workflow) -> Capabilities:
        pictures = len(workflow.places.get("picture", ()))
        return replace(
            cls.capabilities,
            parameters=workflow.parameters,
            input_images=pictures,
            edits=workflow.edits,
            images=workflow.images,
        )

    # -- the job -----------------------------------------------------------------------------------------

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        workflow = self.workflow or checkpoint_workflow()
        if request.seed is None:
            request = replace(request, seed=random_seed())
        request = in_shape(request, workflow)
        self._body = await self._job(request, workflow)
        async with aclosing(super()._draw(request, session)) as events:
            async for event in events:
                yield event

    async def _job(self, request: ImageRequest, workflow: Workflow) -> Json:
        """The job's body. Raises InvalidParameter if its pictures make it too large."""
        pictures = list(request.images[: len(workflow.places.get("picture", ()))])
        mask = request.mask if pictures and "mask" in workflow.places else None
        if mask is not None:
            for number in workflow.masked_pictures & set(range(len(pictures))):
                pictures[number] = await masked(pictures[number], mask)
        own = [mask] if mask is not None and workflow.has_mask_of_its_own else []
        files = [(_name(picture), picture) for picture in [*pictures, *own]]
        names = [name for name, _ in files]
        uploaded = Uploaded(tuple(names[: len(pictures)]), names[-1] if own else None)
        given: Json = {**self.extra, "workflow": workflow.filled(request, uploaded)}
        if files:
            given["images"] = [{"name": name, "image": plain_base64(data)} for name, data in files]
        milliseconds = int(self.timeout * 1000)
        # Should nobody be there to cancel it, it ends by itself.
        body = {
            "input": given,
            "policy": {"executionTimeout": milliseconds, "ttl": milliseconds + int(self.queue_timeout * 1000)},
        }
        if len(json.dumps(body)) > MAX_JOB:
            raise InvalidParameter(f"{self.host} takes jobs of at most {MAX_JOB // 1_000_000} MB, pictures included")
        return body

    def submit(self, request: ImageRequest) -> Call:
        return Call("POST", self.api_endpoint, json=self._body)

    def job_id(self, answer: Json) -> str:
        self._handed_over = True
        found = answer.get("id")
        if not isinstance(found, str) or JOB_ID.fullmatch(found) is None:
            raise BadAnswer(f"{self.host} took the workflow but gave no id")
        return found

    def poll(self, job_id: str) -> Call:
        self._handed_over = True
        if JOB_ID.fullmatch(job_id) is None:
            raise BadAnswer("a ticket that is not RunPod's")
        return Call("GET", f"/status/{job_id}")

    def cancellation(self, job_id: str) -> Call:
        return Call("POST", f"/cancel/{job_id}")

    def state(self, answer: Json, patience: Deadline) -> Reasoning | list[str]:
        match answer.get("status"):
            case "IN_QUEUE":
                patience.in_queue()
                return Reasoning("Waiting")
            case "IN_PROGRESS":
                patience.begin_drawing()
                return Reasoning("Drawing")
            case "COMPLETED":
                return self._pictures(answer.get("output"))
            case "FAILED":
                raise self._failed(plain(answer.get("error")) or "no reason given")
            case "CANCELLED":
                raise Cancelled(f"{self.host}: the job was cancelled")
            case "TIMED_OUT":
                raise DeadlineExceeded(f"{self.host}: the worker was stopped after its time")
        raise BadAnswer(f"{self.host} does not say how the job goes")

    def _pictures(self, output: object) -> list[str]:
        found = output if isinstance(output, dict) else {}
        listed = found.get("images")
        if not isinstance(listed, list):  # a worker before 5.0
            listed = [{"data": found.get("message")}]
        pictures = [address for each in listed if (address := _address(each)) is not None]
        if not pictures:
            errors = found.get("errors")
            told = "; ".join(plain(each) for each in errors[:5]) if isinstance(errors, Sequence) else ""
            with at_phase(Phase.DRAWN):
                raise NoPicture(f"{self.host} says it is done, but has no picture{f': {told}' if told else ''}")
        return pictures

    def _failed(self, reason: str) -> ProviderError:
        if (fault := own_fault(reason)) is not None:
            return fault
        if MISSING_FILE.search(reason):
            return ModelNotFound(f"{self.host}: {reason}")
        return ResponseError(f"{self.host}: {reason}")

    def refusal(self, refused: Refused) -> ProviderError:
        if refused.status == 404 and self._handed_over:
            return ResponseError(f"{refused}; results are kept for half an hour")
        if refused.status == 404:
            return NotThisServer(f"{refused}; there is no such endpoint")
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Checks that the key may use the endpoint, and returns how many workers it has. Costs nothing. Raises
        ProviderError."""
        health = (await self.ask(session, Deadline(CHECK, CHECK), Call("GET", "/health"))).json()
        workers = health.get("workers")
        if not isinstance(workers, dict) or not isinstance(health.get("jobs"), dict):
            raise NotThisServer(f"{self.host} does not answer as an endpoint of RunPod does")
        if not any(isinstance(count, int) and count > 0 for count in workers.values()):
            self.remarks = ("no worker is awake, so the first picture takes longer",)


def _name(picture: bytes) -> str:
    return f"imagine-{uuid.uuid4().hex}.{mime_of(picture).partition('/')[2]}"


def _address(picture: object) -> str | None:
    """The URL of a picture `{type: base64|s3_url, data}`; `data` itself shows which of both it is."""
    data = picture.get("data") if isinstance(picture, dict) else None
    if not isinstance(data, str) or not data:
        return None
    if data.startswith(("https://", "http://", "data:")):
        return data
    return f"data:image/png;base64,{data}"
