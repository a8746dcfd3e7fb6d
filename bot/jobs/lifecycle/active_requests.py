"""The open requests of this process: what is known of each beside its row, and who may end it."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.jobs.contracts import DrawStatus, Failure, Phase, clean
from bot.telegram.outbox.outbox import Card, Destination, Recall, Shown
from providers.base import Provider
from providers.events import Reasoning
from storage.records import Detour, Draw, DrawState, Request

_ENDED = frozenset({DrawState.DRAWN, DrawState.FAILED, DrawState.CANCELLED})
_SILENT = frozenset({Phase.QUEUED, Phase.STARTING, Phase.RETRYING})  # no back-end speaks yet


@dataclass(slots=True)
class DrawLine:
    """How one draw goes. `model` is who draws it."""

    phase: Phase = Phase.QUEUED
    status: str | None = None
    progress: float | None = None
    position: int | None = None
    eta: float | None = None
    attempt: int = 1
    ended: bool = False
    untaken: frozenset[str] = frozenset()  # fields of the request that the back-end had no place for
    model: str = ""
    detours: tuple[Detour, ...] = ()

    @property
    def stand_in(self) -> str | None:
        """Who draws it in place of the model that was asked for."""
        return self.model if self.detours else None

    def begin(self, phase: Phase, model: str, detours: tuple[Detour, ...]) -> None:
        """A run of its own: nothing that an earlier one told holds any more."""
        self.phase, self.model, self.detours, self.attempt = phase, model, detours, 1
        self.status = self.progress = self.position = self.eta = None
        self.untaken = frozenset()

    def tell(self, event: Reasoning) -> None:
        """Take over what a back-end says; a line without a number leaves the number that was there."""
        self.phase = Phase.DRAWING
        self.status = clean(event.status) or self.status
        if event.progress is not None:
            self.progress = min(max(event.progress, 0.0), 1.0) if event.progress == event.progress else None
        self.position, self.eta = event.position, event.eta
        self.untaken |= frozenset(event.untaken)


class ActiveRequest:
    """One open request. `placeholder` is answered exactly once: with what is shown, or None where nothing is known
    to be; `shown` is the newest answer of Telegram after that."""

    __slots__ = (  # a thousand may be open
        "_ending",
        "began",
        "card",
        "claim",
        "failure",
        "follower",
        "lines",
        "news",
        "nudge",
        "over",
        "place",
        "placeholder",
        "position",
        "preview",
        "pushed",
        "pushing",
        "quiet",
        "recall",
        "request",
        "showing",
        "shown",
        "through",
        "tries",
    )

    def __init__(self, request: Request, draws: Sequence[Draw]) -> None:
        self.request = request
        self.place = place_of(request)
        self.placeholder: asyncio.Future[Shown | None] = asyncio.get_running_loop().create_future()
        self.recall = Recall()  # calls the placeholder back while it waits for its turn
        self.showing = False  # this process sends, or has sent, the placeholder
        self.shown: Shown | None = None
        self.card: Card | None = None  # the one that is shown now, without its preview
        self.lines = {
            draw.id: DrawLine(model=draw.model, detours=draw.detours, ended=draw.state in _ENDED) for draw in draws
        }
        self.position: int | None = None  # in our own queue
        self.began: float | None = None  # of the clock's monotonic time, when its first draw started here
        self.pushed = float("-inf")  # likewise, when it was last edited
        self.failure: Failure | None = None  # of the draw that failed last
        self.nudge: asyncio.Event | None = None  # while an edit that something may hasten is waited for
        self.preview: tuple[Provider, str] | None = None  # the newest that a back-end named
        self.follower: asyncio.Task[None] | None = None  # edits the card while it is drawn
        self.pushing = False  # an edit is under way
        self.through: asyncio.Event | None = None  # while somebody waits for that edit
        self.quiet = False  # no progress is shown any more
        self.tries = 0  # how often its end was tried in vain
        self.claim: int | None = None  # many processes: the attempt under which this one shows its end
        self.news: asyncio.Event | None = None  # likewise, while another one's placeholder is waited for
        self.over = False  # its end is stored: nothing of it needs to start any more
        self._ending = False

    def hasten(self) -> None:
        """Something worth an early edit has happened."""
        if self.nudge is not None:
            self.nudge.set()

    def answer(self, shown: Shown | None) -> None:
        """The placeholder's answer; later ones change nothing."""
        if not self.placeholder.done():
            self.shown = shown
            self.placeholder.set_result(shown)

    async def answered(self) -> Shown | None:
        """Wait for the placeholder, and say what is shown now (progress may have made a photo of it)."""
        await asyncio.shield(self.placeholder)
        return self.shown

    async def overtaken(self) -> Shown | None:
        """Likewise, but a placeholder that has not left yet need not leave any more."""
        self.recall.call_back()
        return await self.answered()

    def end(self) -> bool:
        """Claim the right to show how it ended; only one caller gets it."""
        if self._ending:
            return False
        self._ending = self.quiet = True
        return True

    @property
    def ending(self) -> bool:
        """Whether that right is taken."""
        return self._ending

    def reopen(self) -> None:
        """Give that right back: the end could be neither shown nor stored."""
        self._ending = False

    @property
    def untaken(self) -> frozenset[str]:
        return frozenset().union(*(line.untaken for line in self.lines.values()))

    @property
    def queued(self) -> bool:
        return all(line.phase is Phase.QUEUED for line in self.lines.values())

    @property
    def silent(self) -> bool:
        """Whether no back-end speaks yet."""
        return all(line.phase in _SILENT for line in self.lines.values())

    @property
    def just_started(self) -> bool:
        """Whether there is nothing to tell yet but that it has left the queue."""
        untold = all(line.phase is Phase.STARTING and not line.detours for line in self.lines.values())
        return untold and self.preview is None

    def admitted(self) -> None:
        """Its first draw is about to start."""
        line = next(iter(self.lines.values()))
        if line.phase is Phase.QUEUED:
            line.phase = Phase.STARTING

    def status(self, now: float) -> DrawStatus:
        """All draws as one status. `now` is of the clock's monotonic time, in seconds."""
        lines = list(self.lines.values())
        ended = sum(line.ended for line in lines)
        if self.queued and not ended:
            waiting = next((line for line in lines if line.detours), lines[0])
            return DrawStatus(
                Phase.QUEUED, position=self.position, total=len(lines), model=waiting.stand_in, detours=waiting.detours
            )
        active = [line for line in lines if not line.ended and line.phase is not Phase.QUEUED]
        told = [line for line in active if line.phase is Phase.DRAWING]
        speaker = max(told or active, key=lambda line: line.progress or 0, default=None)
        return DrawStatus(
            phase=_overall([line.phase for line in active], all_ended=ended == len(lines)),
            position=speaker.position if speaker else None,
            progress=_mean(lines),
            status=speaker.status if speaker else None,
            eta=max((line.eta for line in told if line.eta is not None), default=None),
            elapsed=now - self.began if self.began is not None else 0,
            attempt=max((line.attempt for line in active), default=1),
            done=ended,
            total=len(lines),
            model=speaker.stand_in if speaker else None,
            detours=speaker.detours if speaker else (),
        )


def _overall(phases: Sequence[Phase], *, all_ended: bool) -> Phase:
    """The phase that says most about a request whose draws are in these."""
    if all_ended:
        return Phase.SENDING
    for phase in (Phase.DRAWING, Phase.RETRYING, Phase.SENDING):
        if phase in phases:
            return phase
    return Phase.STARTING


def _mean(lines: Sequence[DrawLine]) -> float | None:
    """Over all draws, those that have not begun included; None while no number is known."""
    if all(line.progress is None and not line.ended for line in lines):
        return None
    return sum(1.0 if line.ended else line.progress or 0.0 for line in lines) / len(lines)


class ActiveRequests:
    """The open requests by id. A request leaves it when its end is stored."""

    def __init__(self) -> None:
        self._live: dict[int, ActiveRequest] = {}

    def __iter__(self) -> Iterator[ActiveRequest]:
        return iter(list(self._live.values()))

    def __len__(self) -> int:
        return len(self._live)

    def get(self, request_id: int) -> ActiveRequest | None:
        return self._live.get(request_id)

    def open(self, request: Request, draws: Sequence[Draw]) -> ActiveRequest:
        """The request's place on the board: the one that it has, or a new one."""
        live = self._live.get(request.id)
        if live is None:
            live = self._live[request.id] = ActiveRequest(request, draws)
        return live

    def close(self, request_id: int) -> None:
        live = self._live.pop(request_id, None)
        if live is not None:
            live.quiet = live.over = True
            live.answer(None)


def place_of(request: Request) -> Destination:
    """Where a request's messages go."""
    return Destination(
        chat_id=request.chat_id,
        topic_id=request.topic_id,
        reply_to=request.reply_to,
        group=request.chat_kind != "private",
    )
