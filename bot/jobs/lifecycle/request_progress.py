"""A request's progress as people see it: what its draws report, as one status, and when a change is worth an edit."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bot.jobs.contracts import DrawStatus, Phase, clean
from providers.base import Provider
from providers.events import ImagePreview, Reasoning
from storage.records import Detour, Draw, DrawState

_ENDED = frozenset({DrawState.DRAWN, DrawState.FAILED, DrawState.CANCELLED})
_SILENT = frozenset({Phase.QUEUED, Phase.STARTING, Phase.RETRYING})  # no back-end speaks yet


@dataclass(slots=True)
class DrawLine:
    """The progress of one draw. `model`: the one that draws it."""

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
        """The model that draws in place of the one that was asked for; None: that one draws."""
        return self.model if self.detours else None

    def begin(self, phase: Phase, model: str, detours: tuple[Detour, ...]) -> None:
        """A new run begins: nothing that an earlier one reported applies any more."""
        self.phase, self.model, self.detours, self.attempt = phase, model, detours, 1
        self.status = self.progress = self.position = self.eta = None
        self.untaken = frozenset()

    def tell(self, event: Reasoning) -> None:
        """Applies an event of a back-end. An event without a number keeps the number that was there."""
        self.phase = Phase.DRAWING
        self.status = clean(event.status) or self.status
        if event.progress is not None:
            self.progress = min(max(event.progress, 0.0), 1.0) if event.progress == event.progress else None
        self.position, self.eta = event.position, event.eta
        self.untaken |= frozenset(event.untaken)


class RequestProgress:
    """Changed only by its methods. Times are of the clock's monotonic time, in seconds."""

    __slots__ = (  # a thousand may be open
        "_began",
        "_edited_at",
        "_lines",
        "_pause",
        "_preview",
        "_through",
        "followed",
        "position",
        "quiet",
        "text",
        "working",
    )

    def __init__(self, draws: Sequence[Draw]) -> None:
        self._lines = {
            draw.id: DrawLine(model=draw.model, detours=draw.detours, ended=draw.state in _ENDED) for draw in draws
        }
        self._began: float | None = None  # when its first draw started here
        self._edited_at = float("-inf")
        self._pause: asyncio.Task[None] | None = None  # before an edit that something may hasten
        self._preview: tuple[Provider, str] | None = None  # the newest that a back-end named
        self._through: asyncio.Event | None = None  # set when the edit that is under way is through
        self.text: str | None = None  # what is shown now
        self.position: int | None = None  # in our own queue
        self.followed: asyncio.Task[None] | None = None  # who edits the card while it is drawn
        self.working = False  # the chat action is renewed meanwhile
        self.quiet = False  # nothing is shown of it any more

    # -- what a draw tells -------------------------------------------------------------------------------

    def started(self, draw: Draw, now: float) -> None:
        self._lines[draw.id].begin(Phase.STARTING, draw.model, draw.detours)
        if self._began is None:
            self._began = now

    def told(self, draw_id: int, event: Reasoning) -> None:
        line = self._lines[draw_id]
        first = line.phase is not Phase.DRAWING
        line.tell(event)
        if first:
            self.hasten()

    def previewed(self, provider: Provider, event: ImagePreview) -> None:
        first = self._preview is None
        self._preview = (provider, event.url)
        if first:
            self.hasten()

    def retrying(self, draw_id: int, attempt: int) -> None:
        line = self._lines[draw_id]
        line.phase, line.attempt = Phase.RETRYING, attempt
        line.status = line.progress = line.position = line.eta = None
        self.hasten()

    def rerouted(self, draw_id: int, model_id: str, detours: tuple[Detour, ...]) -> None:
        """Another model takes the draw over as soon as it is admitted there."""
        self._lines[draw_id].begin(Phase.QUEUED, model_id, detours)
        self.position = None
        self.hasten()

    def fetching(self, draw_id: int) -> None:
        line = self._lines[draw_id]
        line.phase, line.progress = Phase.SENDING, 1.0
        line.status = line.position = line.eta = None

    def ended(self, draw_id: int) -> None:
        if draw_id in self._lines:
            self._lines[draw_id].ended = True

    def admitted(self) -> None:
        """The request's first draw is about to start."""
        line = next(iter(self._lines.values()))
        if line.phase is Phase.QUEUED:
            line.phase = Phase.STARTING

    # -- what follows from it ----------------------------------------------------------------------------

    def __len__(self) -> int:
        """Number of draws of the request."""
        return len(self._lines)

    @property
    def untaken(self) -> frozenset[str]:
        return frozenset().union(*(line.untaken for line in self._lines.values()))

    @property
    def queued(self) -> bool:
        return all(line.phase is Phase.QUEUED for line in self._lines.values())

    @property
    def silent(self) -> bool:
        """Whether no back-end has reported anything yet."""
        return all(line.phase in _SILENT for line in self._lines.values())

    @property
    def just_started(self) -> bool:
        """Whether the only news is that it has left the queue."""
        untold = all(line.phase is Phase.STARTING and not line.detours for line in self._lines.values())
        return untold and self._preview is None

    def others_run(self, draw_id: int) -> bool:
        """Whether other draws of the request are being drawn here."""
        return any(
            line.phase is not Phase.QUEUED and not line.ended for id_, line in self._lines.items() if id_ != draw_id
        )

    def status(self, now: float) -> DrawStatus:
        """All draws as one status."""
        lines = list(self._lines.values())
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
            elapsed=now - self._began if self._began is not None else 0,
            attempt=max((line.attempt for line in active), default=1),
            done=ended,
            total=len(lines),
            model=speaker.stand_in if speaker else None,
            detours=speaker.detours if speaker else (),
        )

    # -- its edits ---------------------------------------------------------------------------------------

    def hasten(self) -> None:
        """Something worth an early edit has happened."""
        if self._pause is not None:
            self._pause.cancel()

    @contextmanager
    def hastened(self, pause: asyncio.Task[None]) -> Iterator[None]:
        """While inside, `hasten` ends the pause, which is over after it in any case."""
        self._pause = pause
        try:
            yield
        finally:
            self._pause = None
            pause.cancel()

    def take_preview(self) -> tuple[Provider, str] | None:
        """The newest preview that was not taken yet: the provider that can fetch it, and its URL."""
        newest, self._preview = self._preview, None
        return newest

    def stop(self) -> None:
        """No progress is shown from here on. An edit that was sent cannot be undone: the outbox orders what follows."""
        self.quiet = True
        self._preview = None
        if self.followed is not None and not self.editing:
            self.followed.cancel()
        self.followed = None

    @property
    def editing(self) -> bool:
        """Whether an edit is under way."""
        return self._through is not None

    @contextmanager
    def edit(self) -> Iterator[None]:
        """An edit is in flight while inside; only one at a time."""
        assert self._through is None
        through = self._through = asyncio.Event()
        try:
            yield
        finally:
            self._through = None
            through.set()

    async def through(self) -> None:
        """Waits for an edit that is in flight."""
        if self._through is not None:
            await self._through.wait()

    def edited(self, now: float) -> None:
        self._edited_at = now

    def since_edit(self, now: float) -> float:
        """Seconds since the newest edit; infinite before the first."""
        return now - self._edited_at


def _overall(phases: Sequence[Phase], *, all_ended: bool) -> Phase:
    """The phase that says most about a request whose draws are in these phases."""
    if all_ended:
        return Phase.SENDING
    for phase in (Phase.DRAWING, Phase.RETRYING, Phase.SENDING):
        if phase in phases:
            return phase
    return Phase.STARTING


def _mean(lines: Sequence[DrawLine]) -> float | None:
    """The mean progress over all draws, including those that have not begun; None: no number is known."""
    if all(line.progress is None and not line.ended for line in lines):
        return None
    return sum(1.0 if line.ended else line.progress or 0.0 for line in lines) / len(lines)
