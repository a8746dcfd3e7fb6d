"""Edits placeholders while their requests are drawn: every few seconds, and only if something changed.

Finished pictures come first, also for the CPU. While some wait, or the event loop is late, an edit is left out, not
postponed; a preview is left out while all decoders are busy.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Protocol

import aiohttp
import structlog

from bot.clock import Clock
from bot.jobs.lifecycle.active_requests import ActiveRequest
from bot.jobs.lifecycle.chat_action import LATE, ChatActions
from bot.jobs.lifecycle.display import Display
from bot.jobs.settings import JobSettings
from bot.jobs.supervisor import Supervisor
from bot.pictures.fit import preview, small_enough
from bot.telegram.outbox.outbox import ChatGone
from providers.base import Provider
from providers.errors import ProviderError
from providers.pictures.budget import decoders_full, within_budget
from storage.records import Draw

log = structlog.stdlib.get_logger(__name__)

PREVIEW_TIMEOUT = 10.0  # seconds for fetching one
PREVIEWS_AT_ONCE = 4  # fetched, over all requests
PREVIEW_PAUSE = 0.2  # s between two, over all requests, of many: one costs as much CPU as a finished picture
PREVIEW_BURST = 10  # that need no pause, after a time with fewer
HELD_BACK = 1.0  # s without any edit, once one has come late
FIRST_WORD = 1.0  # s in which a back-end usually speaks: that a draw has left the queue is told together with it


class Turns(Protocol):
    """Decides which process edits a placeholder that several processes know."""

    async def is_ours(self, active: ActiveRequest) -> bool:
        """Whether this process shows the progress of a request that several processes are drawing."""
        ...

    def while_it_waits(self, active: ActiveRequest) -> AbstractContextManager[None]:
        """Calls inside are sent only while no draw of the request is admitted."""
        ...

    @property
    def end_elsewhere(self) -> bool:
        """Whether another process may show the end as soon as the last draw's is stored."""
        ...


class OnlyOurs:
    """`Turns` of the only process."""

    end_elsewhere = False

    async def is_ours(self, active: ActiveRequest) -> bool:
        return True

    def while_it_waits(self, active: ActiveRequest) -> AbstractContextManager[None]:
        return nullcontext()


class Previews:
    """Makes small copies of back-ends' unfinished pictures."""

    def __init__(self, session: aiohttp.ClientSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._at_once = asyncio.Semaphore(PREVIEWS_AT_ONCE)
        self._scaling = asyncio.Lock()  # ten times the work of a finished picture, so one at a time
        self._due = float("-inf")  # when the next may begin

    @property
    def full(self) -> bool:
        """Whether one more would be too many, or would have a finished picture wait."""
        return self._clock.monotonic() < self._due or decoders_full()

    async def fetch(self, provider: Provider, url: str) -> bytes | None:
        """A small JPEG, or None: an unfinished picture is worth no more than one try."""
        idle_since = self._clock.monotonic() - (PREVIEW_BURST - 1) * PREVIEW_PAUSE
        self._due = max(self._due, idle_since) + PREVIEW_PAUSE
        try:
            async with self._at_once, asyncio.timeout(PREVIEW_TIMEOUT):
                picture = await provider.fetch(url, self._session)
                if small_enough(picture.mime, picture.width, picture.height, len(picture.data)):
                    return picture.data
                async with self._scaling:
                    return await within_budget(preview, picture.data)
        except (ProviderError, TimeoutError) as error:
            log.debug("preview not shown", reason=str(error))
        except Exception:
            log.exception("preview not shown")
        return None


class ProgressEdits:
    """One task for each request that is being drawn, and one for all chat actions."""

    def __init__(
        self,
        display: Display,
        previews: Previews,
        turns: Turns,
        clock: Clock,
        settings: JobSettings,
        supervisor: Supervisor,
        crowded: Callable[[], bool],
    ) -> None:
        """`crowded()`: whether finished pictures wait to be stored or delivered."""
        self._display = display
        self._previews = previews
        self._turns = turns
        self._clock = clock
        self._settings = settings
        self._supervisor = supervisor
        self._crowded = crowded
        self._actions = ChatActions(display, clock, supervisor, self._makes_way)
        self._held_back = float("-inf")  # until then the event loop is taken to be late

    def started(self, active: ActiveRequest, draw: Draw) -> None:
        """A draw of the request begins in this process."""
        progress = active.progress
        progress.started(draw, self._clock.monotonic())
        if progress.followed is None and not progress.quiet:
            name = f"progress of request {active.request.id}"
            progress.followed = self._supervisor.spawn(self._follow(active), name=name, request=active.request.id)
        if not (progress.working or progress.quiet or active.place.group):
            progress.working = True
            self._actions.begin(active)

    async def quiesce(self, active: ActiveRequest, draw_id: int) -> None:
        """Call it before the end of a draw is stored: another process may then show the request's end at once, so no
        edit of this process may be in flight. If this process has more draws of the request, whose ends come later, it
        does nothing."""
        progress = active.progress
        if not self._turns.end_elsewhere or len(progress) == 1 or progress.others_run(draw_id):
            return
        progress.stop()
        await progress.through()

    def show_position(self, active: ActiveRequest) -> None:
        """Shows a new position in the queue."""
        with self._turns.while_it_waits(active):
            name = f"place of request {active.request.id}"
            self._supervisor.spawn(self._edit(active), name=name, request=active.request.id)

    def interval(self, active: ActiveRequest) -> float:
        """Seconds between two edits."""
        return self._settings.progress_group if active.place.group else self._settings.progress_private

    async def _follow(self, active: ActiveRequest) -> None:
        if await active.placeholder.answered() is None:
            return  # skipped or unknown: there is nothing to edit
        progress, interval = active.progress, self.interval(active)
        seen: int | None = None  # of the preview's URL, which may hold the whole picture
        if progress.just_started:
            await self._pause(active, FIRST_WORD, early=True)
        while not progress.quiet:
            if not self._makes_way():
                picture = None
                useless = self._previews.full or active.place.inline is not None  # those take no uploads
                newest = None if useless else progress.take_preview()
                if newest is not None and hash(newest[1]) != seen:
                    seen = hash(newest[1])
                    picture = await self._previews.fetch(*newest)
                if len(progress) == 1 or await self._turns.is_ours(active):
                    await self._edit(active, picture)
            due = self._clock.monotonic() + interval
            await self._pause(active, interval, early=progress.silent)
            if (now := self._clock.monotonic()) > due + LATE:
                self._held_back = now + HELD_BACK

    def _makes_way(self) -> bool:
        """Whether finished pictures need what an edit would take. If one edit is late, all are left out for a while."""
        return self._clock.monotonic() < self._held_back or self._crowded()

    async def _pause(self, active: ActiveRequest, seconds: float, *, early: bool) -> None:
        """Waits until the next edit. The first status of a back-end is shown at once, all others at their interval."""
        if not early:
            await self._clock.sleep(seconds)
            return
        pause = asyncio.create_task(self._clock.sleep(seconds))
        with active.progress.hastened(pause):
            await asyncio.wait({pause})

    async def _edit(self, active: ActiveRequest, picture: bytes | None = None) -> None:
        progress, placeholder = active.progress, active.placeholder
        if progress.quiet or placeholder.shown is None or progress.editing:
            return
        card = self._display.progress_card(active.request, progress.status(self._clock.monotonic()))
        if card.text == progress.text and picture is None:  # the buttons never change
            return
        shown = card
        if picture is not None:
            shown = replace(card, preview=picture, covered=active.request.parameters.spoiler)
        try:
            with progress.edit():
                edited = await self._display.progress(active, shown)
        except ChatGone:
            # The end of the request meets the same and stores it; here there is nothing left to watch.
            progress.quiet = True
            return
        progress.edited(self._clock.monotonic())
        if edited is not None:
            placeholder.shown, progress.text = edited, card.text
