"""The contract of a provider: `generate` and `resume` yield events, `create_async_generator` is the seeds'.

A provider lives for one draw: it is made by `Model.create()`, draws once, and is thrown away. A subclass is
data (class attributes) and `_draw`; most do not even write `_draw`, because an engine does.
"""

import asyncio
import logging
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Hashable, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from providers.bounds import is_ticket
from providers.capabilities import Capabilities
from providers.charging import Charged
from providers.choices import (
    ONE,
    PARAMETERS,
    Choice,
    Choices,
    Kind,
    Lora,
    UnknownChoice,
    find,
    nearest,
    restricted,
    with_words,
)
from providers.engines.bodies import NO_TOTAL, translated
from providers.engines.memory import memory
from providers.errors import (
    BadAnswer,
    InvalidParameter,
    NoPicture,
    NotThisServer,
    Phase,
    ProviderError,
    Unauthorized,
    Unavailable,
    at_phase,
)
from providers.events import Event, ImagePreview, ImageResponse, Reasoning, Ticket
from providers.pictures.encoded import size_of
from providers.pictures.fetch import Picture, fetch_picture, fetch_video
from providers.prompt import Messages, format_image_prompt, use_aspect_ratio
from providers.proxies import DIRECT, proxy_for
from providers.redaction import Redaction
from providers.request import KNOWN_PARAMETERS, ImageRequest, check, fill_in, without_unsupported
from providers.tasks import DESCRIBE, DRAW, UPSCALE, VIDEO, check_upscaled

log = logging.getLogger(__name__)

FRESH = 30.0  # seconds in which a server's list is not asked for again for the sake of a name that it lacks
NO_PICTURE = "it ended without a picture"


class Provider(ABC):
    """One back-end of one kind.

    Class attributes are read at each call, so a subclass (or a test) points a provider elsewhere by `url`
    alone. `timeout` and `queue_timeout` are in seconds: of drawing, and of waiting before it; `poll_interval`
    likewise. What `get_model` answers must be a name that it takes itself.
    """

    label: ClassVar[str] = ""
    url: str = ""
    api_endpoint: str = ""
    working: ClassVar[bool] = True
    supports_stream: ClassVar[bool] = False
    supports_system_message: ClassVar[bool] = False
    supports_message_history: ClassVar[bool] = False
    offline: ClassVar[bool] = False  # it draws without any server, so it has no url
    paid: ClassVar[bool] = False  # the back-end charges for pictures, so nothing is asked of it that nobody wants
    charged: ClassVar[Charged] = Charged.ON_HANDOVER  # when a job has cost what it costs; see providers/charging.py
    describes: ClassVar[bool] = False  # it can say what a picture shows: `describe`
    tasks: ClassVar[frozenset[str]] = frozenset()  # what else than drawing it can be declared for: `providers.tasks`
    usual_scale: ClassVar[float | None] = None  # of its upscaling, where the catalogue names none
    light_check: ClassVar[bool] = True  # `check` costs nothing and no quota, so it may be run every few minutes
    default_model: ClassVar[str] = ""
    default_image_model: ClassVar[str] = ""
    image_models: ClassVar[list[str]] = []
    models: ClassVar[list[str]] = []
    model_aliases: ClassVar[dict[str, str]] = {}

    model: str | None = None  # the catalogue's; what a request names wins
    describe_model: str | None = None  # the catalogue's, of an entry that describes pictures
    task: str = DRAW  # the catalogue's
    timeout: float = 300
    queue_timeout: float = 900
    poll_interval: float = 1
    api_key: str | None = None
    proxy: str | None = None
    cookies: Mapping[str, str] | None = None
    declared_input_images: int | None = None  # the catalogue's `input_images`
    declared_images: int | None = None  # and its `images`
    remarks: tuple[str, ...] = ()  # what `check` found worth telling the operator, though the back-end answers
    listed: ClassVar[frozenset[Kind]] = frozenset()  # of which the back-end tells the names: `list_choices`
    choices: Choices | None = None  # the catalogue's: what people may pick; None: whatever the back-end takes
    picture_hosts: tuple[str, ...] = ()  # foreign hosts whose pictures are fetched even behind a proxy

    capabilities: ClassVar[Capabilities] = Capabilities(frozenset())
    # What the seeds' entry yields of all events; the response always.
    seed_events: ClassVar[tuple[type[Event], ...]] = (ImageResponse,)
    # The seeds' entry draws a random seed unless told otherwise; False: it sends none.
    randomize_seed_default: ClassVar[bool] = True

    def __init__(
        self,
        *,
        url: str | None = None,
        api_key: str | None = None,
        proxy: str | None = None,
        cookies: Mapping[str, str] | None = None,
        timeout: float | None = None,
        poll_interval: float | None = None,
    ) -> None:
        address, self._login = _without_login(url or self.url)
        given = {
            "url": address.rstrip("/") if address != self.url or url else None,
            "api_key": _sendable(api_key),
            "proxy": proxy,
            "cookies": cookies,
            "timeout": timeout,
            "poll_interval": poll_interval,
        }
        for name, value in given.items():
            if value is not None:
                setattr(self, name, value)
        self._secrets = (self.api_key, url, self.proxy, *(self.cookies or {}).values())
        self._detached = False
        self._randomize: bool | None = None

    # -- what a subclass or an engine writes -------------------------------------------------------------

    @abstractmethod
    def _draw(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        """Draw a request that was checked and filled in: `model` resolved, sizes set or None.

        Closing it must cancel at the back-end, where that can be done, unless `self.detached`.
        """

    def _resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        """Go on with a job that an earlier process began; override together with `capabilities.resume`."""
        raise InvalidParameter(f"{type(self).__name__} cannot resume a job")

    @classmethod
    def get_model(cls, model: str | None) -> str:
        """The back-end's own name for a model or alias; "" and None are the default.

        Raises InvalidParameter with the valid names for any other.
        """
        if not model:
            return cls.default_model
        if model in cls.model_aliases:
            return cls.model_aliases[model]
        if model in cls.models:
            return model
        valid = ", ".join(dict.fromkeys([*cls.models, *cls.model_aliases]))
        raise InvalidParameter(f"{cls.__name__} has no model {model!r}; it has: {valid}")

    @classmethod
    def capabilities_of(cls, model: str | None) -> Capabilities:
        """What one of its models can do; override where they differ."""
        return cls.capabilities

    @classmethod
    def read_options(cls, options: dict[str, Any], model: str | None, folder: Path) -> dict[str, Any]:
        """The catalogue's keys for this provider, each with its own type, as its instances want them: files in
        `folder` are read here, at the start. Raises OptionError."""
        return options

    @classmethod
    def capabilities_with(cls, model: str | None, options: Mapping[str, object]) -> Capabilities:
        """Likewise where the catalogue's keys for this provider decide as well; override together with `can`."""
        return cls.capabilities_of(model)

    async def list_choices(self, kind: Kind, session: aiohttp.ClientSession) -> Sequence[Choice]:
        """What the back-end has of a kind. Override together with `listed`. Raises the errors of `providers.errors`."""
        return ()

    @classmethod
    def tasks_of(cls, model: str | None) -> frozenset[str]:
        """What an entry with this model may be declared for; override where that depends on the model."""
        return cls.tasks | {DRAW} | ({DESCRIBE} if cls.describes else set())

    @classmethod
    def task_capabilities(cls, task: str, model: str | None, options: Mapping[str, object]) -> Capabilities:
        """What it takes where it makes something of a picture: that picture, and no words."""
        scale = options.get("scale") or cls.usual_scale
        picked = {"upscaler"} if task == UPSCALE and Kind.UPSCALER in cls.listed else set()
        return replace(
            cls.capabilities,
            parameters=frozenset({"image", *picked}),
            input_images=1,
            images=1,
            edits=False,
            words=False,
            scale=float(str(scale)) if task == UPSCALE and scale is not None else None,
            notes=(),
        )

    @classmethod
    def capabilities_for(cls, task: str, model: str | None, options: Mapping[str, object]) -> Capabilities:
        """What an entry with this task, model and keys can do."""
        if task in {DRAW, DESCRIBE}:
            return cls.capabilities_with(model, options)
        return cls.task_capabilities(task, model, options)

    def can(self, model: str) -> Capabilities:
        """What this very provider takes: by this a request is checked and reduced."""
        return self.capabilities

    def _can(self, model: str) -> Capabilities:
        can = self.can(model) if self.task == DRAW else self.task_capabilities(self.task, model, vars(self))
        if self.choices is not None:
            can = restricted(can, self.choices)
        if self.declared_images is not None and self.task == DRAW:
            can = replace(can, images=self.declared_images)
        return can if self.declared_input_images is None else can.with_input_images(self.declared_input_images)

    @classmethod
    def lacking(cls) -> str | None:
        """What must be installed before it can draw, as a sentence; None: nothing. Override for an optional library."""
        return None

    # -- what everybody calls ------------------------------------------------------------------------------

    def drawing_seconds(self, request: ImageRequest) -> float:
        """How long drawing it may take: `timeout`, which is that of one run."""
        return self.timeout

    @property
    def detached(self) -> bool:
        return self._detached

    def detach(self) -> None:
        """From now on closing the generator leaves the back-end's job alone: a successor can resume it."""
        self._detached = True

    def generate(self, request: ImageRequest, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        """Draw: every event, and exactly one ImageResponse last.

        Raises the errors of `providers.errors` and nothing else that is remote; InvalidParameter before
        anything is drawn when the request itself cannot be. A parameter that this back-end does not
        take is dropped and said in a Reasoning first.
        """
        return self._to_the_end(request, session)

    def resume(self, ticket: Ticket, session: aiohttp.ClientSession) -> AsyncGenerator[Event, None]:
        """Go on with a job begun earlier, by the ticket that `generate` yielded; all else as there."""
        return self._to_the_end(ticket, session)

    async def _to_the_end(
        self, asked: ImageRequest | Ticket, session: aiohttp.ClientSession
    ) -> AsyncGenerator[Event, None]:
        """The events up to the response, without secrets in them, as are the errors."""
        if isinstance(asked, Ticket):
            drawing = self._resume(asked, session)
        else:
            prepared, dropped = self.prepare(asked)
            if prepared.picks:
                prepared, missing = await self._with_choices(prepared, session)
                dropped = [*dropped, *missing]
            if dropped:
                said = f"{self.label or type(self).__name__} does not take: {', '.join(dropped)}"
                yield Reasoning(said, untaken=tuple(dropped))
            drawing = self._draw(prepared, session)
        try:
            async with aclosing(drawing) as events:
                async for event in events:
                    yield self._cleared(event)
                    if isinstance(event, ImageResponse):
                        return
            raise NoPicture(NO_PICTURE)
        except ProviderError as error:
            self.redact_error(error)
            raise

    def _cleared(self, event: Event) -> Event:
        """The event without secrets in it. Raises BadAnswer for a ticket that cannot be kept."""
        if isinstance(event, Reasoning) and (said := self.redact(event.status)) != event.status:
            return replace(event, status=said)
        if isinstance(event, Ticket) and not is_ticket(event.value):
            with at_phase(Phase.HANDED_OVER):
                raise BadAnswer("the job was taken, but under an id that cannot be kept")
        return event

    async def fetch(self, url: str, session: aiohttp.ClientSession) -> Picture:
        """A picture that this provider named: checked, decoded, at most 25 MB; with the task `video` a video of at most
        50 MB whose header is checked. The key stays at our origin.

        What it raises has the phase DRAWN.
        """
        fetched = fetch_video if self.task == VIDEO else fetch_picture
        with at_phase(Phase.DRAWN), self.redacted():
            return await fetched(
                url,
                session,
                origin=self.url,
                hosts=self.picture_hosts,
                proxy=None if self.proxy == DIRECT else self.proxy,
                headers={**self.login_headers(), **self.auth_headers()},
            )

    async def check(self, session: aiohttp.ClientSession) -> None:
        """Whether the back-end answers, without drawing anything. Raises what is wrong; engines look closer."""
        if self.offline:
            return
        with self.redacted(), translated(urlsplit(self.url).hostname or self.url):
            async with session.get(
                self.url,
                proxy=self.way_out,
                headers={**self.login_headers(), **self.auth_headers()},
                timeout=NO_TOTAL,
                allow_redirects=False,  # to whatever address the back-end likes, from within our network
            ) as response:
                if response.status in {401, 403}:
                    raise Unauthorized(f"it answers {response.status}: the key is missing or wrong")
                if response.status >= 500:
                    raise Unavailable(f"it answers {response.status}: asleep or down")

    async def describe(self, picture: bytes, session: aiohttp.ClientSession) -> str:
        """What a picture (JPEG) shows, in the back-end's words: untrusted text. Override together with `describes`.

        Raises the errors of `providers.errors`; ends within `timeout`.
        """
        raise InvalidParameter(f"{self.label or type(self).__name__} does not describe pictures")

    async def choices_of(self, kind: Kind, session: aiohttp.ClientSession) -> tuple[Choice, ...]:
        """What may be picked of a kind: the catalogue's list, else the back-end's, which is remembered for some
        minutes; empty where it has none. Raises the errors of `providers.errors`."""
        return (await self._listed(kind, session))[0]

    async def choice(self, kind: Kind, name: str, session: aiohttp.ClientSession) -> Choice:
        """The one of this name. A list that was read a while ago is read again before a name counts as unknown. Raises
        UnknownChoice, and the errors of `providers.errors`."""
        if self.choices is None and kind not in self.listed:
            return Choice(name)  # only the back-end knows
        listed, age = await self._listed(kind, session)
        found = find(listed, name)
        if found is None and age > FRESH:
            memory().forget(self._list_key(kind))
            listed, _ = await self._listed(kind, session)
            found = find(listed, name)
        if found is None:
            raise UnknownChoice(kind, name, await asyncio.to_thread(nearest, listed, name))
        return found

    async def _listed(self, kind: Kind, session: aiohttp.ClientSession) -> tuple[tuple[Choice, ...], float]:
        """The list, and how many seconds ago it was read."""
        own = (self.choices or {}).get(kind)
        if own is not None:
            return own, 0

        async def learn() -> tuple[tuple[Choice, ...], float] | None:
            with self.redacted():
                try:
                    found = tuple(await self.list_choices(kind, session))
                except NotThisServer:  # it has no such list
                    return None
            return (found, time.monotonic()) if found else None

        known, _ = await memory().recall(self._list_key(kind), learn)
        return ((), 0) if known is None else (known[0], time.monotonic() - known[1])

    def list_source(self, kind: Kind) -> Hashable:
        """What decides, beside the address, which list `list_choices` gives."""
        return self.model

    def _list_key(self, kind: Kind) -> Hashable:
        return ("choices", type(self), self.url, self.list_source(kind), kind)

    async def _with_choices(
        self, request: ImageRequest, session: aiohttp.ClientSession
    ) -> tuple[ImageRequest, list[str]]:
        """With the back-end's own names for what was picked and the trigger words of LoRAs, and which of the optional
        ones it does not have. Raises UnknownChoice."""
        missing: list[str] = []

        async def known(kind: Kind, name: str) -> Choice | None:
            try:
                return await self.choice(kind, name, session)
            except UnknownChoice:
                if PARAMETERS[kind] not in request.optional_choices:
                    raise
                missing.append(PARAMETERS[kind])
                return None

        # replace() has one type for all keywords
        picked: dict[str, Any] = {}
        for kind in ONE:
            name = getattr(request, kind)
            found = await known(kind, name) if name is not None else None
            picked[str(kind)] = found.sent if found is not None else None
        loras = [(one, lora.weight) for lora in request.loras if (one := await known(Kind.LORA, lora.name))]
        return replace(
            request,
            prompt=with_words(request.prompt, (one for one, _ in loras)),
            loras=tuple(Lora(one.sent, weight) for one, weight in loras),
            **picked,
        ), list(dict.fromkeys(missing))

    def auth_headers(self) -> dict[str, str]:
        """Headers that also a picture of a private server needs."""
        return {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}

    def login_headers(self) -> dict[str, str]:
        """A name and password that stand in the `url`, for whatever asks for them before the server does. What
        `auth_headers` says under the same name wins."""
        if self._login is None:
            return {}
        return {"Authorization": aiohttp.encode_basic_auth(*self._login, "utf-8")}

    @property
    def way_out(self) -> str | None:
        """The proxy to the server's own url; None: it is asked directly."""
        return proxy_for(self.url, self.proxy)

    def redact(self, text: str) -> str:
        """The text without this provider's key, passwords and cookies."""
        return _redaction(self._secrets)(text) if any(self._secrets) else text

    @contextmanager
    def redacted(self) -> Iterator[None]:
        """Takes the secrets out of the errors that are raised in the block."""
        try:
            yield
        except ProviderError as error:
            self.redact_error(error)
            raise

    def redact_error(self, error: ProviderError) -> None:
        """The same with one that is at hand."""
        error.args = tuple(self.redact(part) if isinstance(part, str) else part for part in error.args)

    def prepare(self, request: ImageRequest) -> tuple[ImageRequest, list[str]]:
        """The request as this provider can draw it, and the names of the parameters it had to drop."""
        model = self.get_model(request.model or self.model)
        can = self._can(model)
        filled = fill_in(request, model, can)
        check(filled, can)
        if self.task == UPSCALE and filled.first_image is not None:
            check_upscaled(size_of(filled.first_image), can)
        return without_unsupported(filled, can)

    @classmethod
    async def create_async_generator(
        cls,
        model: str | None,
        messages: Messages,
        *,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        aspect_ratio: str | None = None,
        width: int | None = None,
        height: int | None = None,
        seed: int | None = None,
        randomize_seed: bool | None = None,
        guidance_scale: float | None = None,
        num_inference_steps: int | None = None,
        api_key: str | None = None,
        proxy: str | None = None,
        cookies: Mapping[str, str] | None = None,
        zerogpu_uuid: str | None = None,
        session: aiohttp.ClientSession | None = None,
    ) -> AsyncGenerator[Event, None]:
        """The seeds' entry: draw for a conversation, with a session of its own unless one is given.

        Yields what this provider's seed documents (`seed_events`). `randomize_seed` None is false when a seed
        is given, else as the seeds say. Raises as `generate` does; an unknown keyword is a TypeError.
        """
        provider = cls(api_key=api_key, proxy=proxy, cookies=cookies)
        provider._adopt(randomize_seed=randomize_seed, zerogpu_uuid=zerogpu_uuid)
        # The seeds' own table of sizes; a ratio that it lacks is refused by name.
        size = use_aspect_ratio({"width": width, "height": height}, aspect_ratio)
        request = ImageRequest(
            format_image_prompt(messages, prompt),
            model=model,
            negative_prompt=negative_prompt,
            aspect_ratio=aspect_ratio,
            width=size.get("width"),
            height=size.get("height"),
            seed=seed,
            guidance_scale=guidance_scale,
            num_inference_steps=num_inference_steps,
        )
        prepared, dropped = provider.prepare(request)
        if dropped:
            log.warning("%s does not take: %s", cls.__name__, ", ".join(dropped))
        response: ImageResponse | None = None
        async with (
            _session_or_own(session) as own,
            aclosing(provider.generate(prepared, own)) as events,
        ):
            async for event in events:
                if isinstance(event, ImageResponse):
                    response = event
                elif isinstance(event, cls.seed_events):
                    yield event
        # Callers leave the loop at the picture and close nothing, so all of ours is closed before they see it.
        if response is not None:
            yield response

    def _adopt(self, *, randomize_seed: bool | None, zerogpu_uuid: str | None) -> None:
        """Take over what only the seeds' entry can say; engines that know ZeroGPU use the rest too."""
        self._randomize = randomize_seed

    def seed_to_send(self, request: ImageRequest) -> tuple[int, bool]:
        """(seed, randomize_seed) for back-ends that take both: a given seed stays unless it was asked to go."""
        randomize = self._randomize
        if randomize is None:
            randomize = request.seed is None and self.randomize_seed_default
        return request.seed or 0, randomize


def _without_login(url: str) -> tuple[str, tuple[str, str] | None]:
    """The address without a name and password, and these. They travel as a header: in a URL they would show in
    messages, and in the addresses of pictures."""
    if "@" not in url:
        return url, None
    try:
        address = URL(url)
        if not address.user and not address.password:
            return url, None
        return str(address.with_user(None)), (address.user or "", address.password or "")
    except ValueError:
        return url, None  # it is refused where it is used


def _sendable(key: str | None) -> str | None:
    """A key without white space around it, as a file made by `echo` has it. Raises Unauthorized for one that no header
    can carry."""
    if key is None:
        return None
    key = key.strip()
    if not key.isascii() or not key.isprintable():
        raise Unauthorized("the key has characters in it that no key has: a line end, a control character or a letter "
                           "that is not ASCII")  # fmt: skip
    return key or None


@lru_cache(maxsize=256)
def _redaction(secrets: tuple[str | None, ...]) -> Redaction:
    return Redaction(secrets)


def random_seed(upto: int = 2**31 - 1) -> int:
    """A seed in 0..upto; the default bound is the one that every known back-end takes."""
    return secrets.randbelow(upto + 1)


@asynccontextmanager
async def _session_or_own(session: aiohttp.ClientSession | None) -> AsyncIterator[aiohttp.ClientSession]:
    if session is not None:
        yield session
        return
    # Streams may be silent for 15 s and last for minutes; every wait has its own deadline in the engines.
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None, sock_connect=30)) as own:
        yield own


__all__ = ["KNOWN_PARAMETERS", "Charged", "ImagePreview", "ImageRequest", "Provider", "random_seed"]
