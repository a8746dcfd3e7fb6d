"""A bench for the jobs: real storage, scripted providers, an outbox that remembers, and a clock that stands still."""

import asyncio
import io
import itertools
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import aiohttp
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from PIL import Image

from bot.composition import Surroundings, build_jobs
from bot.jobs.acceptance.validation import Ask
from bot.jobs.contracts import Accepted, DrawStatus, Failure, Outcome, Refused, Square
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.models.health import Health
from bot.jobs.own_keys import OwnKeys
from bot.jobs.settings import JobSettings
from bot.jobs.supervisor import Supervisor
from bot.telegram.outbox.outbox import Card, Destination, FinalPicture, Recall, Shown
from providers.base import Provider
from providers.capabilities import Capabilities
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.events import Event, ImageResponse, Ticket
from providers.pictures.encoded import Picture, data_url
from providers.request import ImageRequest
from storage import Database
from storage.records import Detour, Draw, Parameters, PictureRecord, Request, RequestState
from tests.clock import FakeClock

CHAT = Destination(chat_id=7, reply_to=1)
PATIENCE = 60.0  # seconds that a test waits for what must happen, also on a busy machine


def png(color: str = "red", size: tuple[int, int] = (64, 64)) -> bytes:
    body = io.BytesIO()
    Image.new("RGB", size, color).save(body, "PNG")
    return body.getvalue()


def picture_url(color: str = "red", size: tuple[int, int] = (64, 64)) -> str:
    return data_url(png(color, size), "image/png")


async def eventually(condition: Callable[[], object], what: str = "", *, passing: FakeClock | None = None) -> None:
    """Wait in real time: SQLite and Pillow work in threads, which no clock of ours moves. The time of a clock that is
    `passing` goes on meanwhile, for what is looked at again and again."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"never: {what or condition}"
        if passing is not None:
            await passing.advance(0.1)
        await asyncio.sleep(0.002)


# -- a back-end ------------------------------------------------------------------------------------------

Script = Callable[["Scripted", ImageRequest], AsyncGenerator[Event, None]]


class Scripted(Provider):
    """Draws what a test says. `closed` counts jobs that were cancelled at the back-end."""

    capabilities = Capabilities(
        frozenset({"seed", "width", "height", "negative_prompt", "num_inference_steps"}), progress=True
    )
    light_check = False  # nothing listens at its address
    default_model = "scripted"
    models = ["scripted"]  # noqa: RUF012 - as the base class declares it

    async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        yield ImageResponse([picture_url()])


async def red(provider: Scripted, request: ImageRequest) -> AsyncGenerator[Event, None]:
    """The shortest script: a picture at once."""
    yield ImageResponse([picture_url()])


@dataclass
class Backend:
    """The far side of all draws of a test: what was asked, what is running, what was cancelled or left alone."""

    script: Script = red
    resumed_script: Script | None = None
    requests: list[ImageRequest] = field(default_factory=list)
    resumed: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)  # addresses of pictures
    running: int = 0
    most: int = 0
    cancelled: int = 0
    detached: int = 0

    def provider_class(self) -> type[Provider]:
        backend = self

        class Drawn(Scripted):
            if backend.resumed_script is not None:
                capabilities = replace(Scripted.capabilities, resume=True, cancel=True)

            async def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
                backend.requests.append(request)
                async for event in backend.watched(self, backend.script(self, request)):
                    yield event

            async def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
                backend.resumed.append(ticket.value)
                assert backend.resumed_script is not None
                async for event in backend.watched(self, backend.resumed_script(self, ImageRequest("resumed"))):
                    yield event

            async def fetch(self, url: str, session: aiohttp.ClientSession) -> Picture:
                backend.fetched.append(url)
                return await super().fetch(url, session)

        return Drawn

    async def watched(self, provider: Provider, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            async for event in events:
                yield event
        except (asyncio.CancelledError, GeneratorExit):
            if provider.detached:
                self.detached += 1
            else:
                self.cancelled += 1
            raise
        finally:
            self.running -= 1


class Gate:
    """Scripts wait at it until a test opens it."""

    def __init__(self) -> None:
        self.waiting = 0
        self._open = asyncio.Event()

    def open(self) -> None:
        self._open.set()

    async def __call__(self) -> None:
        self.waiting += 1
        try:
            await self._open.wait()
        finally:
            self.waiting -= 1


# -- words and Telegram ----------------------------------------------------------------------------------


def _told(detours: Sequence[Detour]) -> str:
    return ", ".join(f"{detour.model}: {detour.code}" for detour in detours)


class PlainPresenter:
    """Facts as they are."""

    def progress(self, request: Request, status: DrawStatus) -> Card:
        facts = [status.phase.value]
        if status.position is not None:
            facts.append(f"place {status.position}")
        if status.progress is not None:
            facts.append(f"{status.progress:.0%}")
        if status.status:
            facts.append(status.status)
        if status.attempt > 1:
            facts.append(f"attempt {status.attempt}")
        if status.model:
            facts.append(f"by {status.model} after {_told(status.detours)}")
        if status.elapsed >= 1:
            facts.append(f"{status.elapsed:.0f} s")
        return Card(", ".join(facts))

    def finished(self, request: Request, outcome: Outcome, keys: Collection[str] = ()) -> Card:
        failures = f" without {', '.join(outcome.failures)}" if outcome.failures else ""
        detours = f" after {_told(outcome.detours)}" if outcome.detours else ""
        return Card(f"{len(outcome.pictures)} of {request.prompt}{failures}{detours}")

    def further(self, request: Request, pictures: Sequence[PictureRecord], first: int, total: int) -> Card:
        return Card(f"{first + 1} to {first + len(pictures)} of {total}")

    def buttons(
        self,
        request: Request,
        pictures: Sequence[PictureRecord],
        elsewhere: Collection[int] = (),
        keys: Collection[str] = (),
    ) -> InlineKeyboardMarkup:
        numbers = [str(number) for number, one in enumerate(pictures, start=1) if one.id not in elsewhere]
        row = [InlineKeyboardButton(text=number, callback_data=number) for number in numbers]
        return InlineKeyboardMarkup(inline_keyboard=[row])

    def squares(self, request: Request, draws: Sequence[Draw], pictures: Sequence[PictureRecord]) -> tuple[Square, ...]:
        return ()

    def full(self, request: Request, picture: PictureRecord, number: int | None, keys: Collection[str] = ()) -> Card:
        return Card(f"number {number}")

    def failed(self, request: Request, failure: Failure) -> Card:
        detours = f" after {_told(failure.detours)}" if failure.detours else ""
        return Card(" ".join(["failed:", failure.code, failure.detail or ""]).strip() + detours)

    def cancelled(self, request: Request) -> Card:
        return Card("cancelled")

    def ended(self, request: Request) -> Card:
        return Card(f"ended: {request.state.value}")


@dataclass
class Message:
    place: Destination
    kind: str
    text: str
    picture: bytes | None = None
    edits: list[str] = field(default_factory=list)
    previews: int = 0
    spoiler: bool = False
    buttons: list[str] = field(default_factory=list)  # those that it got later


class Telegram:
    """An outbox that remembers. Its messages outlive a bench, as Telegram's do.

    `faults[method]` are raised, one a call; a `gates[method]` is waited at before the call has its effect, an
    `answers[method]` between its effect and its answer. `skip` has placeholders skipped.
    """

    def __init__(self) -> None:
        self.messages: dict[int, Message] = {}
        self.calls: list[str] = []
        self.faults: dict[str, list[Exception]] = {}
        self.gates: dict[str, Gate] = {}
        self.answers: dict[str, Gate] = {}
        self.skip = False
        self.worked: list[Destination] = []
        self._ids = itertools.count(100)

    @asynccontextmanager
    async def _call(self, method: str) -> AsyncIterator[None]:
        self.calls.append(method)
        if self.faults.get(method):
            raise self.faults[method].pop(0)
        if method in self.gates:
            await self.gates[method]()
        yield
        if method in self.answers:
            await self.answers[method]()

    def _shown(self, message_id: int) -> Shown:
        message = self.messages[message_id]
        file_id = f"file-{message_id}" if message.picture is not None else None
        return Shown(message_id, message.kind, file_id)

    def _send(self, place: Destination, card: Card, kind: str = "text", picture: bytes | None = None) -> int:
        message_id = next(self._ids)
        self.messages[message_id] = Message(place, kind, card.text, picture, [card.text])
        return message_id

    def _edit(self, shown: Shown, card: Card, kind: str, picture: bytes | None) -> int:
        message = self.messages[shown.message_id]
        message.text, message.kind, message.picture = card.text, kind, picture
        message.edits.append(card.text)
        return shown.message_id

    async def placeholder(self, place: Destination, card: Card, *, recall: Recall | None = None) -> Shown | None:
        async with self._call("placeholder"):
            if self.skip or (recall is not None and recall.called_back):
                return None
            message_id = self._send(place, card)
        return self._shown(message_id)

    async def progress(self, place: Destination, shown: Shown, card: Card) -> Shown | None:
        async with self._call("progress"):
            self._edit(shown, card, "photo" if card.preview else shown.kind, card.preview)
            self.messages[shown.message_id].previews += card.preview is not None
        return self._shown(shown.message_id)

    async def working(self, place: Destination, *, video: bool = False) -> None:
        self.worked.append(place)

    async def final(
        self,
        place: Destination,
        shown: Shown | None,
        picture: FinalPicture,
        card: Card,
        *,
        recall: Recall | None = None,
    ) -> Shown:
        async with self._call("final"):
            kind = "document" if picture.as_document else "photo"
            if shown is None:
                message_id = self._send(place, card, kind, picture.data)
            else:
                message_id = self._edit(shown, card, kind, picture.data)
            self.messages[message_id].spoiler = picture.spoiler
        return self._shown(message_id)

    async def cached(self, picture: FinalPicture) -> FinalPicture:
        async with self._call("cached"):
            return replace(picture, file_id="cached")

    async def card(self, place: Destination, shown: Shown | None, card: Card) -> Shown:
        async with self._call("card"):
            message_id = self._send(place, card) if shown is None else self._edit(shown, card, shown.kind, None)
        return self._shown(message_id)

    async def reply(self, place: Destination, card: Card) -> Shown:
        async with self._call("reply"):
            message_id = self._send(place, card)
        return self._shown(message_id)

    async def send_picture(self, place: Destination, picture: FinalPicture, card: Card) -> Shown:
        async with self._call("send_picture"):
            kind = "document" if picture.as_document else "photo"
            message_id = self._send(place, card, kind, picture.data or (picture.file_id or "").encode())
        return self._shown(message_id)

    async def album(
        self, place: Destination, pictures: Sequence[FinalPicture], captions: Sequence[str] = ()
    ) -> list[Shown]:
        return []

    async def send_document(self, place: Destination, picture: FinalPicture, card: Card) -> Shown:
        return await self.send_picture(place, replace(picture, as_document=True), card)

    async def keyboard(self, place: Destination, shown: Shown, keyboard: InlineKeyboardMarkup | None) -> bool:
        async with self._call("keyboard"):
            rows = keyboard.inline_keyboard if keyboard is not None else []
            self.messages[shown.message_id].buttons = [button.text for row in rows for button in row]
        return True

    async def delete(self, place: Destination, message_id: int) -> bool:
        async with self._call("delete"):
            return self.messages.pop(message_id, None) is not None

    @property
    def only(self) -> Message:
        assert len(self.messages) == 1, self.messages
        return next(iter(self.messages.values()))


# -- all of it together ----------------------------------------------------------------------------------


class Bench:
    """One process: a service over a database and a Telegram that outlive it."""

    def __init__(
        self,
        db: Database,
        telegram: Telegram,
        backend: Backend,
        clock: FakeClock,
        session: aiohttp.ClientSession,
        settings: JobSettings,
        models: dict[str, dict[str, object]],
    ) -> None:
        self.db, self.telegram, self.backend, self.clock = db, telegram, backend, clock
        self.files: dict[str, bytes] = {}
        self.supervisor = Supervisor()
        provider = backend.provider_class()
        self.catalog = Catalog(
            Model(**{"id": id_, "label": id_, "provider": "Scripted", "provider_class": provider, **options})  # type: ignore[arg-type]  # keys of Model
            for id_, options in models.items()
        )
        around = Surroundings(
            db=db,
            catalog=self.catalog,
            outbox=telegram,
            presenter=PlainPresenter(),
            session=session,
            clock=clock,
            supervisor=self.supervisor,
            fetch_file=self._fetch_file,
            own_keys=OwnKeys(db, self.catalog, None),
        )
        self.jobs = build_jobs(around, settings, Health(clock))
        self.service = self.jobs.service

    async def _fetch_file(self, file_id: str) -> bytes:
        return self.files[file_id]

    async def start(self) -> "Bench":
        await self.jobs.start()
        return self

    async def stop(self, grace: float | None = None) -> None:
        """In order, as SIGTERM has it."""
        await self.jobs.stop(grace)

    def active(self, request_id: int = 1) -> ActiveRequest | None:
        """What the process remembers of an open request."""
        return self.jobs.active.get(request_id)

    async def kill(self) -> None:
        """As SIGKILL has it: nothing is handed back, nothing is told. (The generators see a cancellation.)"""
        await self.supervisor.close()

    async def ask(
        self,
        prompt: str = "a fox",
        *,
        source: str = "message:7:1:0",
        place: Destination = CHAT,
        user: int = 1,
        model: str | None = None,
        age: timedelta = timedelta(),
        admin: bool = False,
        **parameters: object,
    ) -> Accepted | Refused:
        return await self.service.ask(
            Ask(
                source=source,
                place=place,
                chat_kind="supergroup" if place.group else "private",
                requester_id=user,
                language="en",
                asked_at=self.clock.now() - age,
                prompt=prompt,
                model_id=model,
                admin=admin,
                parameters=Parameters(**parameters),  # type: ignore[arg-type]  # the test's own keywords
            )
        )

    async def accepted(self, *args: object, **kwargs: object) -> Request:
        answer = await self.ask(*args, **kwargs)  # type: ignore[arg-type]  # as `ask` takes them
        assert isinstance(answer, Accepted), answer
        return answer.request

    async def request(self, request_id: int = 1) -> Request:
        async with self.db.read() as unit:
            request = await unit.requests.get(request_id)
        assert request is not None
        return request

    async def draws(self, request_id: int = 1) -> list[Draw]:
        async with self.db.read() as unit:
            return await unit.draws.of_request(request_id)

    async def pictures(self, request_id: int = 1) -> list[PictureRecord]:
        async with self.db.read() as unit:
            return await unit.pictures.of_request(request_id)

    async def until(self, state: RequestState, request_id: int = 1) -> Request:
        """Wait until the request is in this state. On SQLite who stored it has gone on by then; on PostgreSQL what it
        does next may come later."""
        deadline = time.monotonic() + PATIENCE
        while (request := await self.request(request_id)).state is not state:
            assert time.monotonic() < deadline, f"request {request_id} is {request.state}, never {state}"
            await asyncio.sleep(0.002)
        await self.settle()  # who stored it has something left to do
        return request

    async def settle(self) -> None:
        """Let every task run until it waits for something other than a transaction on SQLite."""
        await self.clock.settle()
        async with self.db.transaction():
            pass  # its turn comes when the writer has told the others of their commits, which a reader sees before
        await self.clock.settle()

    async def until_shown(self, text: str, message_id: int = 100) -> Message:
        """Wait until this message's text contains that."""
        await eventually(
            lambda: message_id in self.telegram.messages and text in self.telegram.messages[message_id].text,
            f"{text!r} in {self.telegram.messages}",
        )
        return self.telegram.messages[message_id]


MakeBench = Callable[..., Awaitable[Bench]]
