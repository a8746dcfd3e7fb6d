"""ComfyUI's API: a workflow is queued, the websocket reports its progress, and the history has the result.

Source: `server.py`, `execution.py`. The websocket can go silent, so the history is polled as well.
"""

import asyncio
import logging
import uuid
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

import aiohttp

from providers.base import random_seed
from providers.capabilities import Bounds, Capabilities
from providers.catalog.file import OptionError
from providers.charging import Charged
from providers.choices import MAX_CHOICES, MAX_NAME, PARAMETERS, Choice, Kind
from providers.engines.deadline import Deadline
from providers.engines.http import FAREWELL, Call, finish, websocket
from providers.engines.polling import HICCUPS
from providers.engines.refusals import Refused
from providers.errors import (
    BadAnswer,
    DeadlineExceeded,
    NotThisServer,
    ProviderError,
    ResponseError,
    Unavailable,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning, Ticket
from providers.pictures.encoded import data_url, mime_of
from providers.request import ImageRequest
from providers.servers.comfyui.choices import Installed, choices_of
from providers.servers.comfyui.history import Result, length, node_error, position, result
from providers.servers.comfyui.pictures import in_shape, masked
from providers.servers.comfyui.socket import Preview, Sent, Socket, Told, opened
from providers.servers.comfyui.workflow import CHOSEN, Inputs, Uploaded, Workflow, checkpoint_workflow
from providers.servers.server import ServerProvider
from providers.tasks import CUTOUT, UPSCALE, VIDEO

log = logging.getLogger(__name__)

MAX_FRAME = 26_000_000  # a preview has the picture's size at most
MISSING = 3  # looks in a row at which a job is neither queued nor in the history, before it counts as lost
CHECK = 15.0  # seconds
CLOUD = "cloud.comfy.org"  # speaks the same API below /api, and wants its key in a header of its own


class ComfyUI(ServerProvider):
    """The catalogue's `comfyui`.

    `workflow`: a file beside the catalogue's own file, in API format or as the editor saves it. Without one `model`
    names a checkpoint, and the built-in workflow draws with it. `inputs`: paths that say where a request goes, if links
    and titles do not (with a task only the picture needs a place). `extra`: more fields of the `extra_data` of every
    job. A key of Comfy Cloud ("comfyui-...") is sent as `X-API-Key`.
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
    tasks = frozenset({UPSCALE, CUTOUT, VIDEO})
    charged = Charged.NEVER
    listed = frozenset(Kind)
    scale: float | None = None  # how far the workflow upscales
    workflow: Workflow | None = None
    inputs: Inputs = {}  # noqa: RUF012 - a Mapping, which nobody changes
    extra: Mapping[str, Any] = {}  # each with its own type

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """Any name is valid: only the server knows its files."""
        return model or ""

    @classmethod
    def read_options(cls, options: dict[str, Any], model: str | None, folder: Path) -> dict[str, Any]:
        """Reads and checks the workflow at the start. Raises OptionError."""
        name, inputs = options.get("workflow"), options.get("inputs", {})
        if name is not None:
            task = options.get("task")
            workflow = Workflow.read(folder / name, inputs, words=task is None, video=task == VIDEO)
        elif "task" in options:
            raise OptionError("workflow", "is missing: name a file that makes something of a picture")
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

    @classmethod
    def task_capabilities(cls, task: str, model: str | None, options: Mapping[str, object]) -> Capabilities:
        """One picture, and the other parameters that have a place in the workflow."""
        can = super().task_capabilities(task, model, options)
        return replace(can, parameters=cls.capabilities_with(model, options).parameters - {"width", "height", "mask"})

    def can(self, model: str) -> Capabilities:
        return _can(self.workflow or checkpoint_workflow())

    # -- how a draw goes ---------------------------------------------------------------------------------

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        await self.choose(session)
        patience = Deadline(self.queue_timeout, self.timeout)
        workflow = self.workflow or checkpoint_workflow()
        if request.seed is None:
            request = replace(request, seed=random_seed())  # the same again would be answered from its cache
        if self.task not in self.tasks:
            request = in_shape(request, workflow)
        with self.counted():
            uploaded = await self._uploaded(request, workflow, session, patience)
            nodes = workflow.filled(request, uploaded)
            try:
                async with aclosing(self._run(nodes, session, patience, request.prompt)) as events:
                    async for event in events:
                        yield event
            except _OnlyCached:  # without a file to show: what saves is made to save anew
                async with aclosing(self._run(_saving_anew(nodes), session, patience, request.prompt)) as events:
                    async for event in events:
                        yield event

    async def _run(
        self, nodes: Mapping[str, Any], session: aiohttp.ClientSession, patience: Deadline, alt: str
    ) -> AsyncGenerator[Event, None]:
        job = f"{uuid.uuid4()}.{uuid.uuid4().hex}"
        prompt_id, _, client_id = job.partition(".")
        async with opened(self._connect(client_id, session, patience)) as socket:
            body = {
                "prompt": nodes,
                "client_id": client_id,
                "prompt_id": prompt_id,
                "extra_data": {"preview_method": "auto", **self.extra},  # a server of late 2025 shows none unless told
            }
            given = await self._queued(body, session, patience)
            # an old server makes up an id of its own
            ticket = Ticket(
                f"{given}.{client_id}" + (f".{self.servers.index(self.url)}" if len(self.servers) > 1 else "")
            )
            async with aclosing(self._watched(ticket, socket, session, patience, alt)) as events:
                async for event in events:
                    yield event

    async def _queued(self, body: Mapping[str, Any], session: aiohttp.ClientSession, patience: Deadline) -> str:
        """Queues the workflow and returns the job's id. A job whose answer was lost, or for which nobody waits, may
        exist nevertheless and is cancelled."""
        try:
            answer = (await self.ask(session, patience, Call("POST", self._path("/prompt"), json=body))).json()
        except (asyncio.CancelledError, Unavailable, DeadlineExceeded):
            await finish(self._take_back(body["prompt_id"], session))
            raise
        given = answer.get("prompt_id")
        if not isinstance(given, str) or not given:
            raise BadAnswer(f"{self.host} took the workflow but gave no prompt_id")
        return given

    async def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        patience = Deadline(self.queue_timeout, self.timeout)
        _, client_id, server = (*ticket.value.split("."), "", "")[:3]
        if server.isascii() and server.isdigit() and int(server[:4]) < len(self.urls):
            self.point_at(self.urls[int(server[:4])])
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
        """Waits for the end of the job; cancels it when nobody waits any more."""
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
        sent = Sent(self.workflow or checkpoint_workflow())
        while True:
            heard = await patience.wait(socket.heard(max(look_at - loop.time(), 0)))
            if isinstance(heard, Preview):
                if not sent.take(heard) and patience.drawing:
                    yield ImagePreview(data_url(heard.data, heard.mime), alt)
                continue
            if heard is not None and heard.prompt_id != prompt_id:
                continue
            if heard is not None and not _ends(heard):
                sent.follow(heard)
                if (event := _event(heard, patience)) is not None:
                    yield event
                    look_at = loop.time() + self.poll_interval
                continue
            found = await self._look(prompt_id, session, patience)
            look_at = loop.time() + self.poll_interval
            if isinstance(found, Result):
                if found.others:
                    yield Reasoning(f"Several nodes saved pictures, besides: {', '.join(found.others)[:100]}")
                pictures = [] if self.task == VIDEO else sent.pictures  # what comes by the socket stands still
                yield ImageResponse(pictures or self._addresses(found), alt)
                return
            missing = missing + 1 if found is None else 0
            if missing >= MISSING:
                raise Unavailable(f"{self.host} no longer knows the job")
            if (event := _waits(found, patience)) is not None:
                yield event

    def _addresses(self, found: Result) -> list[str]:
        """The URLs of the pictures. Raises the job's error."""
        if found.error is not None:
            raise _OnlyCached(str(found.error)) if found.cached else found.error
        return [self.url + self._view(file) for file in found.files]

    def _view(self, file: Mapping[str, str]) -> str:
        return f"{self._path('/view')}?{urlencode(file)}"

    async def _look(self, prompt_id: str, session: aiohttp.ClientSession, patience: Deadline) -> Result | int | None:
        """The job's result; or its position in the queue (0: it is drawn); or None: the server does not know it. A few
        looks without an answer do not end the job."""
        for _ in range(HICCUPS):
            try:
                return await self._look_once(prompt_id, session, patience)
            except Unavailable:
                await patience.sleep(self.poll_interval)
        return await self._look_once(prompt_id, session, patience)

    async def _look_once(
        self, prompt_id: str, session: aiohttp.ClientSession, patience: Deadline
    ) -> Result | int | None:
        wanted = (self.workflow or checkpoint_workflow()).result
        path = f"/history_v2/{prompt_id}" if self._on_cloud else f"/history/{prompt_id}"
        history = (await self.ask(session, patience, Call("GET", self._path(path)))).json()
        if (found := result(history.get(prompt_id), wanted, video=self.task == VIDEO)) is not None:
            return found
        return position((await self.ask(session, patience, Call("GET", self._path("/queue")))).json(), prompt_id)

    async def _take_back(self, prompt_id: str, session: aiohttp.ClientSession) -> None:
        """Removes the job from the queue, or interrupts it if this very job is being drawn."""
        patience = Deadline(FAREWELL, FAREWELL)
        try:
            await self.ask(session, patience, Call("POST", self._path("/queue"), json={"delete": [prompt_id]}))
            if position((await self.ask(session, patience, Call("GET", self._path("/queue")))).json(), prompt_id) == 0:
                await self.ask(session, patience, Call("POST", self._path("/interrupt"), json={"prompt_id": prompt_id}))
        except ProviderError as error:
            log.debug("job not cancelled", extra={"host": self.host, "error": str(error)})

    async def _uploaded(
        self, request: ImageRequest, workflow: Workflow, session: aiohttp.ClientSession, patience: Deadline
    ) -> Uploaded:
        """Uploads the request's pictures and mask, if the workflow has places for them."""
        room = len(workflow.places.get("picture", ()))
        images = list(request.images[:room])
        mask = request.mask if images and "mask" in workflow.places else None
        if mask is not None:
            for number in workflow.masked_pictures & set(range(len(images))):
                images[number] = await masked(images[number], mask)
        names = [await self._upload(image, session, patience) for image in images]
        own = mask is not None and workflow.has_mask_of_its_own
        return Uploaded(tuple(names), await self._upload(mask, session, patience) if own and mask else None)

    async def _upload(self, image: bytes, session: aiohttp.ClientSession, patience: Deadline) -> str:
        mime = mime_of(image)
        form = aiohttp.FormData()
        name = f"imagine-{uuid.uuid4().hex}.{mime.partition('/')[2]}"
        form.add_field("image", image, filename=name, content_type=mime)
        form.add_field("type", "input")
        answer = (await self.ask(session, patience, Call("POST", self._path("/upload/image"), form=form))).json()
        given, folder = answer.get("name"), answer.get("subfolder")
        if not isinstance(given, str) or not given:
            raise BadAnswer(f"{self.host} took the picture but gave no name")
        return f"{folder}/{given}" if isinstance(folder, str) and folder else given

    def _connect(
        self, client_id: str, session: aiohttp.ClientSession, patience: Deadline
    ) -> AbstractAsyncContextManager[aiohttp.ClientWebSocketResponse]:
        query = {"clientId": client_id}
        if self._on_cloud and self.api_key:
            query["token"] = self.api_key
        return websocket(
            session,
            patience,
            f"{self.url}{self._path('/ws')}?{urlencode(query)}",
            server=self.translated,
            headers={**self.login_headers(), **self.headers()},
            proxy=self.way_out,
            max_message=MAX_FRAME,
        )

    # -- the server --------------------------------------------------------------------------------------

    @property
    def _on_cloud(self) -> bool:
        return self.host == CLOUD

    def _path(self, path: str) -> str:
        """The route's path. Comfy Cloud has the routes only below /api; one's own server has them there as well, but an
        old one does not."""
        return f"/api{path}" if self._on_cloud else path

    def auth_headers(self) -> dict[str, str]:
        if self.api_key and (self._on_cloud or self.api_key.startswith("comfyui-")):
            return {"X-API-Key": self.api_key}
        return super().auth_headers()

    def list_source(self, kind: Kind) -> tuple[str, str] | None:
        """The class and the input of the workflow's own node for a kind."""
        workflow = self.workflow or checkpoint_workflow()
        field = next((field for field, chosen in CHOSEN.items() if chosen == PARAMETERS[kind]), str(kind))
        for node_id, name in workflow.places.get(field, ()):
            return str(workflow.nodes[node_id]["class_type"]), name
        return None

    async def list_of_server(self, kind: Kind, session: aiohttp.ClientSession) -> Sequence[Choice]:
        """The names that this node chooses between."""
        if (source := self.list_source(kind)) is None:
            return ()
        installed = Installed(self, session, Deadline(CHECK, CHECK))
        names = choices_of(await installed.read(source[0]), source[1])
        return [Choice(each) for each in names[:MAX_CHOICES] if len(each) <= MAX_NAME and each.isprintable()]

    async def jobs(self, session: aiohttp.ClientSession, patience: Deadline) -> int:
        return length((await self.ask(session, patience, Call("GET", self._path("/queue")))).json())

    def refusal(self, refused: Refused) -> ProviderError:
        errors = refused.answer.get("node_errors")
        if isinstance(errors, dict) and errors:
            return node_error(errors)
        if refused.status == 400 and isinstance(refused.answer.get("error"), dict):
            # no node's value but the whole of it: one that is not installed, or nothing that is shown or saved
            return ResponseError(f"the workflow was refused: {refused.said}")
        return super().refusal(refused)

    async def check_server(self, session: aiohttp.ClientSession) -> None:
        """Checks that it is a ComfyUI that has the workflow's nodes and the file that the catalogue names. Raises
        ProviderError."""
        patience = Deadline(CHECK, CHECK)
        stats = (await self.ask(session, patience, Call("GET", self._path("/system_stats")))).json()
        if not isinstance(stats.get("system"), dict) or "devices" not in stats:
            raise NotThisServer(f"{self.host} does not answer as ComfyUI does")
        await Installed(self, session, patience).check(self.workflow or checkpoint_workflow(), self.model)

    def object_info(self, kind: str) -> Call:
        """The request for the inputs of a class of nodes; its answer is `{}` if the server has no such class."""
        return Call("GET", self._path(f"/object_info/{quote(kind, safe='')}"))


class _OnlyCached(Exception):  # noqa: N818 - what happened
    """Nothing was drawn, because the server had all results already, and it does not say where they are."""


def _can(workflow: Workflow) -> Capabilities:
    """The capabilities that have a place in the workflow."""
    return replace(
        ComfyUI.capabilities,
        parameters=workflow.parameters,
        input_images=len(workflow.places.get("picture", ())),
        edits=workflow.edits,
        images=workflow.images,
    )


def _saving_anew(nodes: Mapping[str, Any]) -> Mapping[str, Any]:
    """The workflow with new names for saved files: the saving nodes run again, and the cached picture is not drawn
    again."""
    inputs: Sequence[dict[str, Any]] = [node["inputs"] for node in nodes.values()]
    for each in inputs:
        if isinstance(each.get("filename_prefix"), str):
            each["filename_prefix"] += f"-{uuid.uuid4().hex[:8]}"
    return nodes


def _ends(told: Told) -> bool:
    """Whether the history is worth a look now: it is written right before `executing` names no node any more."""
    if told.type == "executing":
        return told.data.get("node") is None
    return told.type in {"execution_success", "execution_error", "execution_interrupted"}


def _waits(place: int | None, patience: Deadline) -> Reasoning | None:
    if place:
        patience.in_queue()
        return Reasoning("Waiting", position=place)
    if place == 0 and not patience.drawing:
        patience.begin_drawing()
        return Reasoning("Drawing")
    return None


def _event(told: Told, patience: Deadline) -> Reasoning | None:
    if told.type not in {"execution_start", "executing", "progress"}:
        return None
    begun = patience.drawing
    patience.begin_drawing()
    value, steps = told.data.get("value"), told.data.get("max")
    if isinstance(value, int) and isinstance(steps, int) and 1 < steps < 10_000 and 0 <= value <= steps:
        return Reasoning(f"Step {value} of {steps}", value / steps)
    return None if begun else Reasoning("Drawing")
