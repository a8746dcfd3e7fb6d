"""What this process holds in memory about an open request beside its rows: its progress, its placeholder, and the claim
to end it."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.jobs.lifecycle.request_progress import RequestProgress
from bot.telegram.outbox.outbox import Destination, Recall, Shown
from storage.records import Draw, PlaceholderState, Request

# By which a fencing token grows at once: the claims of two processes differ, and a million claims fit into 31 bits.
MOST_RAISED = 2048


class PlaceholderMessage:
    """The message that stands for a request until the end takes its place. It is answered once: with the message that
    is shown, or with None if no message is known to be."""

    __slots__ = ("_answer", "_noted", "given_up", "recall", "sent_here", "shown")

    def __init__(self) -> None:
        self._answer: asyncio.Future[Shown | None] = asyncio.get_running_loop().create_future()
        self._noted: asyncio.Future[None] | None = None  # while the row does not say yet what was sent
        self.recall = Recall()  # drops it while it waits for its turn
        self.sent_here = False  # this process sends, or has sent it
        self.shown: Shown | None = None  # the newest answer of Telegram (progress may have made a photo of it)
        self.given_up = False  # the row says that there will be none

    @property
    def is_answered(self) -> bool:
        return self._answer.done()

    def answer(self, shown: Shown | None) -> None:
        """Sets the answer; later calls change nothing."""
        if not self._answer.done():
            self.shown = shown
            self._answer.set_result(shown)

    async def answered(self) -> Shown | None:
        """Waits for the answer, and returns what is shown now."""
        await asyncio.shield(self._answer)
        return self.shown

    @contextmanager
    def noting(self) -> Iterator[None]:
        """While inside, `noted` waits: the message was sent, and the row does not say so yet."""
        self._noted = asyncio.get_running_loop().create_future()
        try:
            yield
        finally:
            self._noted.set_result(None)
            self._noted = None

    async def noted(self) -> None:
        """Waits until the row says what was sent, or until that cannot be stored."""
        if self._noted is not None:
            await asyncio.shield(self._noted)


class EndClaim:
    """The right to show how a request ended. One part of this process takes it, and releases it if the end could not be
    shown.

    `attempt`: the row's fencing token as far as this process knows it. While this process raised it last, no other
    process may show the end.
    """

    __slots__ = ("_driven", "_held", "_raising", "_taken", "attempt", "finished", "telling")

    def __init__(self, attempt: int) -> None:
        self.attempt = attempt
        self.telling = False  # a cancellation is being shown, which any process may do
        self.finished = False  # its end is stored, here or elsewhere: no work for it needs to start any more
        self._taken = False
        self._driven = False
        self._raising: int | None = None  # what the fence is being raised to
        self._held = False

    @property
    def taken(self) -> bool:
        return self._taken

    @property
    def held(self) -> bool:
        """Whether this process raised the fencing token last, as far as it knows."""
        return self._held and self._raising is None

    def take(self) -> bool:
        """Takes the claim. False: somebody else has it."""
        if self._taken:
            return False
        self._taken = True
        return True

    def give_back(self) -> None:
        self._taken = False

    def know(self, attempt: int) -> None:
        """Sets the fencing token that a newer read of the row found."""
        if attempt > self.attempt:
            self.attempt, self._held, self._raising = attempt, False, None

    def raising(self) -> int:
        """The value to which the fencing token is going to be raised in the row. It stays the same until it is known
        whether that was stored: if the answer was lost, the value tells this process's claim from another one's."""
        if self._raising is None:
            self._raising = self.attempt + random.randint(1, MOST_RAISED)
        return self._raising

    def raised(self, attempt: int) -> None:
        """This process has raised the fencing token."""
        self.attempt, self._held, self._raising = attempt, True, None

    def drive(self) -> bool:
        """Makes the caller the one that drives the request, until `let_go`. False: somebody else drives it, or it is
        finished."""
        if self._driven or self.finished:
            return False
        self._driven = True
        return True

    def let_go(self) -> None:
        """Releases the claim: another process shows the end, or it is done."""
        self._driven = self._taken = self._held = self.telling = False


class ActiveRequest:
    """One open request of this process. `request`: its row when it was opened here."""

    __slots__ = ("claim", "place", "placeholder", "progress", "request")

    def __init__(self, request: Request, draws: Sequence[Draw]) -> None:
        self.request = request
        self.place = place_of(request)
        self.progress = RequestProgress(draws)
        self.placeholder = PlaceholderMessage()
        self.claim = EndClaim(request.attempt)

    def stop_showing(self) -> None:
        """Stops progress edits, because the end comes next. A placeholder that was not sent yet need not be sent."""
        self.progress.stop()
        self.placeholder.recall.call_back()


class ActiveRequests:
    """The open requests by id. A request is removed when its end is stored."""

    def __init__(self) -> None:
        self._active: dict[int, ActiveRequest] = {}

    def __iter__(self) -> Iterator[ActiveRequest]:
        return iter(list(self._active.values()))

    def __len__(self) -> int:
        return len(self._active)

    def get(self, request_id: int) -> ActiveRequest | None:
        return self._active.get(request_id)

    def open(self, request: Request, draws: Sequence[Draw]) -> ActiveRequest:
        """The request's entry; a new one if it has none."""
        active = self._active.get(request.id)
        if active is None:
            active = self._active[request.id] = ActiveRequest(request, draws)
        return active

    def close(self, active: ActiveRequest) -> None:
        """Removes the request: this process has nothing left to do for it."""
        if self._active.get(active.request.id) is active:
            del self._active[active.request.id]
        active.claim.finished = True
        active.progress.stop()
        active.placeholder.answer(None)


def place_of(request: Request) -> Destination:
    """Where a request's messages go."""
    return Destination(
        chat_id=request.chat_id,
        topic_id=request.topic_id,
        reply_to=request.reply_to,
        group=request.chat_kind != "private",
        inline=request.inline_message_id,
    )


def known_placeholder(request: Request) -> Shown | None:
    """The placeholder's message according to the row; None: no message is known to be shown."""
    if request.placeholder is not PlaceholderState.KNOWN:
        return None
    return known_message(request)


def known_message(request: Request) -> Shown | None:
    """The message that stands for the request, as it is stored."""
    if request.message_id is None:
        return None
    return Shown(message_id=request.message_id, kind=request.message_kind or "text", file_id=None)
