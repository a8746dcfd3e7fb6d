"""Runs an errand to its end: the next best form when Telegram refuses one, the same again when the net fails.

What is repeated after an error whose effect is unknown (a broken connection, a server error):
- an edit of a known message, until the lane's patience ends: doing it twice changes nothing;
- a new message as often as `Policy.resend` says, because the Bot API has no idempotency key;
- a call that surely never left, like an edit.
"""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

import structlog
from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Message
from cachetools import TTLCache

from bot.clock import Clock
from bot.telegram.errors import Outcome, classify, describe, migrated_to
from bot.telegram.outbox.messages import ChatGone, DeliveryFailed, Sent, Shown
from bot.telegram.outbox.send_request import SendRequest
from bot.telegram.rate_limit.priority import PATIENCE, Priority, Recall, lane

log = structlog.stdlib.get_logger(__name__)

FIRST_PAUSE = 0.5  # s before the first repetition; doubled each time
LONGEST_PAUSE = 30.0
# Of whispers that a chat refused: so long no other is tried there, and for so many chats. A refused try takes a place
# of the chat's calls, of which a group has twenty a minute.
ALOUD_FOR = 600.0  # s
ALOUD_CHATS = 4096
_UNKNOWN = frozenset({Outcome.AMBIGUOUS, Outcome.TRANSIENT})
# Of an inline message all of these say the same: it was deleted, or its chat is out of reach.
_INLINE_GONE = frozenset({Outcome.MESSAGE_GONE, Outcome.CHAT_GONE, Outcome.NO_RIGHTS})


@dataclass(frozen=True, slots=True)
class Policy:
    """How one kind of errand is run. `resend`: how often a new message whose effect is unknown is sent again;
    `instead`: for which outcomes other forms are tried; `timeout` in seconds for one call, None: by its size."""

    lane: Priority
    resend: int = 1
    instead: frozenset[Outcome] = frozenset(Outcome)
    retry: bool = True
    timeout: int | None = None


FINAL = Policy(Priority.FINAL)
END = Policy(Priority.FINAL, instead=frozenset(Outcome) - {Outcome.WRONG_KIND})
PLACEHOLDER = Policy(Priority.PLACEHOLDER, resend=0, timeout=20)
REPLY = Policy(Priority.REPLY)
# A full timeout: an edit that was given up may still have its effect, and the picture must not come before it.
PROGRESS = Policy(Priority.PROGRESS, instead=frozenset({Outcome.WRONG_KIND}), retry=False)


@dataclass(frozen=True, slots=True)
class Hooks:
    """Told about chats: `gone(chat_id, reason)`, `migrated(old_id, new_id)`. Called before the caller learns."""

    gone: Callable[[int, str], Awaitable[None]] | None = None
    migrated: Callable[[int, int], Awaitable[None]] | None = None


class Sender:
    def __init__(self, bot: Bot, clock: Clock, hooks: Hooks) -> None:
        self._bot = bot
        self._clock = clock
        self._hooks = hooks
        self._aloud = TTLCache[tuple[int, bool], bool](ALOUD_CHATS, ALOUD_FOR, timer=clock.monotonic)
        self.sent_again = 0  # new messages whose first sending may have had its effect

    async def run(self, errand: SendRequest, policy: Policy, recall: Recall | None = None) -> Shown:
        """Raises ChatGone or DeliveryFailed."""
        if _whispering(errand) in self._aloud:
            errand = errand.aloud()
        deadline = self._clock.monotonic() + PATIENCE[policy.lane]
        tried: set[Outcome] = set()
        repeated = resent = 0
        while True:
            error: Exception
            try:
                return await self._call(errand, policy, recall, deadline)
            except Exception as caught:  # noqa: BLE001 - classified right below
                error = caught
            outcome = classify(error)
            if outcome is Outcome.NOT_MODIFIED and errand.shown is not None:
                return errand.result(None)
            if (louder := errand.louder(outcome)) is not None:
                if outcome is Outcome.NO_RIGHTS and errand.shown is None:
                    self._aloud[_whispering(errand)] = True
                errand = louder
                continue
            await self._tell(errand, outcome, error)
            other = errand.instead(outcome, migrated_to(error))
            if other is not None and outcome in policy.instead - tried:
                tried.add(outcome)
                errand = other
                continue
            unknown = errand.shown is None and outcome in _UNKNOWN
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**repeated) * (0.75 + random.random() / 2)
            if (
                not policy.retry
                or outcome not in _UNKNOWN | {Outcome.UNSENT}
                or (unknown and resent >= policy.resend)
                or self._clock.monotonic() + pause > deadline
            ):
                raise DeliveryFailed(outcome, describe(error)) from error
            repeated += 1
            if unknown:
                resent += 1
                self.sent_again += 1
                log.warning("sending again what may have arrived", chat=errand.place.chat_id, outcome=str(outcome))
            await self._clock.sleep(pause)

    def rights_changed(self, chat_id: int) -> None:
        """What was refused in that chat may be tried again."""
        for answers in (False, True):
            self._aloud.pop((chat_id, answers), None)

    async def _call(self, errand: SendRequest, policy: Policy, recall: Recall | None, deadline: float) -> Shown:
        patience = max(0.0, deadline - self._clock.monotonic())
        with lane(policy.lane, patience=patience, recall=recall):
            # The methods return different types, and TelegramMethod is invariant in its own.
            method = cast("TelegramMethod[Sent | Message | bool]", errand.method())
            answer = await self._bot(method, request_timeout=policy.timeout or errand.timeout)
        return errand.result(answer)

    async def _tell(self, errand: SendRequest, outcome: Outcome, error: Exception) -> None:
        """Raises ChatGone."""
        if errand.place.inline is not None:
            if outcome in _INLINE_GONE:
                log.info("inline message is gone", reason=describe(error))
                raise ChatGone(errand.place.chat_id, describe(error)) from error
            return
        chat_id, new_id = errand.place.chat_id, migrated_to(error)
        await self.gone(chat_id, error)
        if outcome is Outcome.MIGRATED and new_id is not None:
            log.info("group became a supergroup", chat=chat_id, new_id=new_id)
            if self._hooks.migrated is not None:
                await _safely(self._hooks.migrated(chat_id, new_id))

    async def gone(self, chat_id: int, error: Exception) -> None:
        """Raises ChatGone if that is what the error says."""
        if classify(error) is not Outcome.CHAT_GONE:
            return
        reason = describe(error)
        log.info("chat is gone", chat=chat_id, reason=reason)
        if self._hooks.gone is not None:
            await _safely(self._hooks.gone(chat_id, reason))
        raise ChatGone(chat_id, reason) from error


def _whispering(errand: SendRequest) -> tuple[int, bool]:
    """What one refusal says of the next: the chat, and whether the whisper answers something, which needs no rights of
    an admin."""
    whisper = errand.place.whisper
    answers = whisper is not None and (whisper.query_id is not None or whisper.answers is not None)
    return errand.place.chat_id, answers


async def _safely(hook: Awaitable[None]) -> None:
    """What a hook could not note it is told again at the next call; the errand has an outcome all the same."""
    try:
        await hook
    except Exception:
        log.exception("what became of a chat could not be noted")
