"""ComfyUI's API: a workflow is queued, the websocket tells how it goes, the history has the result.

Source: `server.py`, `execution.py`. The socket can go silent, so the history is asked as well.
"""

import asyncio
import logging
import uuid
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

import aiohttp

from providers.base import random_seed
from providers.capabilities import Bounds, Capabilities
from providers.catalog.file import OptionError
from providers.charging import Charged
from providers.engines.bodies import translated
from providers.engines.deadline import Deadline
from providers.engines.http import FAREWELL, Call, WebProvider, finish, websocket
from providers.engines.polling import HICCUPS
from providers.engines.refusals import Refused
from providers.errors import BadAnswer, DeadlineExceeded, NotThisServer, ProviderError, ResponseError, Unavailable
from providers.events import Event, ImagePreview, ImageResponse, Reasoning, Ticket
from providers.pictures.encoded import data_url, mime_of
from providers.request import ImageRequest
from providers.servers.comfyui.history import Result, node_error, position, result
from providers.servers.comfyui.socket import Preview, Socket, Told, opened
from providers.servers.comfyui.workflow import Workflow, checkpoint_workflow

log = logging.getLogger(__name__)

MAX_FRAME = 26_000_000  # a preview has the picture's size at most
MISSING = 3  # looks in a row at which a job is neither queued nor in the history, before it counts as lost
CHECK = 15.0  # seconds


class ComfyUI(WebProvider):
    """The catalogue's `comfyui`.

    `workflow` is a file in API format, beside the catalogue's own file; without one `model` names a checkpoint, and
    the workflow that comes along draws with it. `inputs` says by path where a request goes where titles do not, and
    `extra` has more of the `extra_data` that goes along with every job.
    """

    label = "ComfyUI"
    api_endpoint = "/prompt"
    supports_stream = True
    poll_interval = 2
    capabilities = Capabilities(
        frozenset(),
        width=Bounds(64, 4096, 8),
        height=Bounds(64, 4096, 8),
        steps=Bounds(1, 200),
        progress=True,
        previews=True,
        queue_position=True,
        cancel=True,
        resume=True,
    )
    seed_events: ClassVar[tuple[type[Event], ...]] = (Reasoning, ImagePreview, ImageResponse)
    charged = Charged.NEVER
    workflow: Workflow | None = None
    inputs: Mapping[str, str] = {}
    extra: Mapping[str, Any] = {}  # each with its own type

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name: only the server knows its files."""
        return model or ""

    @classmethod
    def read_options(cls, options: dict[str, Any], model: str | None, folder: Path) -> dict[str, Any]:
        """The workflow is read and checked at the start. Raises OptionError."""
        name, inputs = options.get("workflow"), options.get("inputs", {})
        if name is not None:
            workflow = Workflow.read(folder / name, inputs)
        elif inputs:
            raise OptionError("inputs", "are paths into a workflow, and none is named")
        else:
            workflow = checkpoint_workflow()
            if not model:
                raise OptionError("workflow", "is missing: name a file in API format, or a checkpoint as `model`")
        if model and "model" not in workflow.places:
            raise OptionError("model", f"{workflow.name} has no node titled 'model' that takes {model!r}")
        return {**options, "workflow": workflow}

    @classmethod
    def capabilities_with(cls, model: str | None, options: Mapping[str, object]) -> Capabilities:
        workflow = options.get("workflow")
        return _can(workflow if isinstance(workflow, Workflow) else checkpoint_workflow())

    def can(self, model: str) -> Capabilities:
        return _can(self.workflow or checkpoint_workflow())

    # -- how a draw goes ---------------------------------------------------------------------------------

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        patience = Deadline(self.queue_timeout, self.timeout)
        workflow = self.workflow or checkpoint_workflow()
        if request.seed is None:
            request = replace(request, seed=random_seed())  # the same again would be answered from its cache
        picture = None if request.first_image is None else await self._upload(request.first_image, session, patience)
        job = f"{uuid.uuid4()}.{uuid.uuid4().hex}"
        prompt_id, _, client_id = job.partition(".")
        async with opened(self._connect(client_id, session, patience)) as socket:
            body = {
                "prompt": workflow.filled(request, picture=picture),
                "client_id": client_id,
                "prompt_id": prompt_id,
                "extra_data": {"preview_method": "auto", **self.extra},  # a server of late 2025 shows none unless told
            }
            given = await self._queued(body, session, patience)
            ticket = Ticket(f"{given}.{client_id}")  # an old server makes up an id of its own
            async with aclosing(self._watched(ticket, socket, session, patience, request.prompt)) as events:
                async for event in events:
                    yield event

    async def _queued(self, body: Mapping[str, Any], session: aiohttp.ClientSession, patience: Deadline) -> str:
        """The job's id. One whose answer is lost, or that nobody waits for, may be there all the same, and goes."""
        try:
            answer = (await self.ask(session, patience, Call("POST", self.api_endpoint, json=body))).json()
        except (asyncio.CancelledError, Unavailable, DeadlineExceeded):
            await finish(self._take_back(body["prompt_id"], session))
            raise
        given = answer.get("prompt_id")
        if not isinstance(given, str) or not given:
            raise BadAnswer(f"{self.host} took the workflow but gave no prompt_id")
        return given

    async def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        patience = Deadline(self.queue_timeout, self.timeout)
        _, _, client_id = ticket.value.partition(".")
        async with (
            opened(self._connect(client_id, session, patience)) as socket,
            aclosing(self._watched(ticket, socket, session, patience, "", told=True)) as events,
        ):
            async for event in events:
                yield event

    async def _watched(
        self,
        ticket: Ticket,
        socket: Socket,
        session: aiohttp.ClientSession,
        patience: Deadline,
        alt: str,
        *,
        told: bool = False,
    ) -> AsyncGenerator[Event, None]:
        """The job to its end; it is taken back when nobody waits for that any more."""
        over, prompt_id = False, ticket.value.partition(".")[0]
        try:
            if not told:
                yield ticket
            async with aclosing(self._follow(prompt_id, socket, session, patience, alt)) as events:
                async for event in events:
                    over = over or isinstance(event, ImageResponse)
                    yield event
        except (ResponseError, BadAnswer):
            over = True
            raise
        finally:
            if not over and not self.detached:
                await finish(self._take_back(prompt_id, session))

    async def _follow(
        self, prompt_id: str, socket: Socket, session: aiohttp.ClientSession, patience: Deadline, alt: str
    ) -> AsyncGenerator[Event, None]:
        loop = asyncio.get_running_loop()
        missing, look_at = 0, loop.time()
        while True:
            heard = await patience.wait(socket.heard(max(look_at - loop.time(), 0)))
            if isinstance(heard, Preview):
                if patience.drawing:
                    yield ImagePreview(data_url(heard.data, heard.mime), alt)
                continue
            if heard is not None and heard.prompt_id != prompt_id:
                continue
            if heard is not None and not _ends(heard):
                if (event := _event(heard, patience)) is not None:
                    yield event
                    look_at = loop.time() + self.poll_interval
                continue
            found = await self._look(prompt_id, session, patience)
            look_at = loop.time() + self.poll_interval
            if isinstance(found, list):
                yield ImageResponse([self.url + path for path in found], alt)
                return
            missing = missing + 1 if found is None else 0
            if missing >= MISSING:
                raise Unavailable(f"{self.host} no longer knows the job")
            if found:
                patience.in_queue()
                yield Reasoning("Waiting", position=found)
            elif found == 0 and not patience.drawing:
                patience.begin_drawing()
                yield Reasoning("Drawing")

    async def _look(self, prompt_id: str, session: aiohttp.ClientSession, patience: Deadline) -> list[str] | int | None:
        """The pictures' paths, or the place in the queue (0: it is drawn), or None: it is nowhere. A few looks that are
        not answered do not end the job."""
        for _ in range(HICCUPS):
            try:
                return await self._look_once(prompt_id, session, patience)
            except Unavailable:
                await patience.wait(asyncio.sleep(self.poll_interval))
        return await self._look_once(prompt_id, session, patience)

    async def _look_once(
        self, prompt_id: str, session: aiohttp.ClientSession, patience: Deadline
    ) -> list[str] | int | None:
        history = (await self.ask(session, patience, Call("GET", f"/history/{prompt_id}"))).json()
        match result(history.get(prompt_id)):
            case Result(error=ProviderError() as error):
                raise error
            case Result(files=files):
                return [f"/view?{urlencode(file)}" for file in files]
        return position((await self.ask(session, patience, Call("GET", "/queue"))).json(), prompt_id)

    async def _take_back(self, prompt_id: str, session: aiohttp.ClientSession) -> None:
        """Out of the queue, or, where this very job is drawn, interrupted."""
        patience = Deadline(FAREWELL, FAREWELL)
        try:
            await self.ask(session, patience, Call("POST", "/queue", json={"delete": [prompt_id]}))
            if position((await self.ask(session, patience, Call("GET", "/queue"))).json(), prompt_id) == 0:
                await self.ask(session, patience, Call("POST", "/interrupt", json={"prompt_id": prompt_id}))
        except ProviderError as error:
            log.debug("the job at %s was not taken back: %s", self.host, error)

    async def _upload(self, image: bytes, session: aiohttp.ClientSession, patience: Deadline) -> str:
        mime = mime_of(image)
        form = aiohttp.FormData()
        name = f"imagine-{uuid.uuid4().hex}.{mime.partition('/')[2]}"
        form.add_field("image", image, filename=name, content_type=mime)
        form.add_field("type", "input")
        answer = (await self.ask(session, patience, Call("POST", "/upload/image", form=form))).json()
        given, folder = answer.get("name"), answer.get("subfolder")
        if not isinstance(given, str) or not given:
            raise BadAnswer(f"{self.host} took the picture but gave no name")
        return f"{folder}/{given}" if isinstance(folder, str) and folder else given

    def _connect(
        self, client_id: str, session: aiohttp.ClientSession, patience: Deadline
    ) -> AbstractAsyncContextManager[aiohttp.ClientWebSocketResponse]:
        return websocket(
            session,
            patience,
            f"{self.url}/ws?{urlencode({'clientId': client_id})}",
            server=translated(self.host),
            headers={**self.login_headers(), **self.headers()},
            proxy=self.way_out,
            max_message=MAX_FRAME,
        )

    def refusal(self, refused: Refused) -> ProviderError:
        errors = refused.answer.get("node_errors")
        if isinstance(errors, dict) and errors:
            return node_error(errors)
        if refused.status == 400 and isinstance(refused.answer.get("error"), dict):
            # no node's value but the whole of it: one that is not installed, or nothing that is shown or saved
            return ResponseError(f"the workflow was refused: {refused.said}")
        return super().refusal(refused)

    async def check(self, session: aiohttp.ClientSession) -> None:
        stats = (await self.ask(session, Deadline(CHECK, CHECK), Call("GET", "/system_stats"))).json()
        if not isinstance(stats.get("system"), dict) or "devices" not in stats:
            raise NotThisServer(f"{self.host} does not answer as ComfyUI does")


def _can(workflow: Workflow) -> Capabilities:
    """What has a place in the workflow."""
    return replace(ComfyUI.capabilities, parameters=workflow.parameters)


def _ends(told: Told) -> bool:
    """Whether the history is worth a look now: it is written right before `executing` names no node any more."""
    if told.type == "executing":
        return told.data.get("node") is None
    return told.type in {"execution_success", "execution_error", "execution_interrupted"}


def _event(told: Told, patience: Deadline) -> Reasoning | None:
    if told.type not in {"execution_start", "executing", "progress"}:
        return None
    begun = patience.drawing
    patience.begin_drawing()
    value, steps = told.data.get("value"), told.data.get("max")
    if isinstance(value, int) and isinstance(steps, int) and 1 < steps < 10_000 and 0 <= value <= steps:
        return Reasoning(f"Step {value} of {steps}", value / steps)
    return None if begun else Reasoning("Drawing")
