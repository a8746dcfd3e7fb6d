"""Asks a chat model to translate prompts, enhance them, and describe pictures.

Draws never depend on it: each question about words has eight seconds, only a few run at once, answers are remembered
for some hours, and while it keeps failing it is not asked. Its answers are untrusted until `bot/prompt/` has checked
them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import aiohttp
import structlog

from bot.jobs.models.circuit_breaker import Breaker
from bot.prompt.chat_answers import UnusableError, enhancement, translation
from bot.prompt.instructions import VERSION, describing, enhancing, material, translating
from bot.prompt.languages import reads_it
from bot.prompt.protected_parts import DamagedError, Protected, protected
from providers.engines.memory import Memory
from providers.errors import (
    BadAnswer,
    ContentRejected,
    InvalidParameter,
    ModelNotFound,
    ProviderError,
    QuotaExceeded,
    Unauthorized,
    Unreachable,
)
from providers.services.chat import ChatModel

log = structlog.stdlib.get_logger(__name__)

SECONDS = 8.0  # for one question, the wait for its turn included
SEEING_SECONDS = (
    30.0  # for one about a picture: no draw waits for it, and models that see are slow on one's own hardware
)
AT_ONCE, SEEING_AT_ONCE = 4, 2  # apart, so that no prompt waits for a picture that is looked at
LONGEST = 2000  # characters of a prompt that it is asked about
REMEMBERED = 2000  # answers, of a few hundred characters as a rule
KEPT, FAILURE_KEPT = 6 * 3600.0, 20.0  # seconds


class HelpFailedError(Exception):
    """There is no help with this prompt, so it is drawn as it is. The text is for the log."""


class NothingLeftError(HelpFailedError):
    """A question would cost more than is left for today."""


class Payer(Protocol):
    """Pays for a question. It is called only when a question is really asked."""

    async def pay(self, amount: int) -> int | None:
        """Charges an amount in millionths and returns the charge's id. Raises NothingLeftError."""
        ...

    async def settle(self, charge: int, *, charged: bool) -> None: ...


class PromptHelp:
    """`cost`: of one question, in millionths of the operator's unit."""

    def __init__(
        self, chat: ChatModel, session: aiohttp.ClientSession, now: Callable[[], float], *, cost: int = 0
    ) -> None:
        self._chat = chat
        self._session = session
        self._now = now
        self._cost = cost
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._seeing_turns = asyncio.Semaphore(SEEING_AT_ONCE)
        self._breaker = Breaker()
        self._seeing = Breaker()  # separate: a model that cannot see may still handle words
        self._memory = Memory(now, entries=REMEMBERED, keep=KEPT, keep_absence=FAILURE_KEPT)

    async def translated(self, text: str, reads: Sequence[str], payer: Payer) -> str:
        """The prompt in a language that the model reads. Unchanged if it is in one already; if that is clear, no
        question is asked. Raises HelpFailedError."""
        if len(text) > LONGEST and reads_it(text, reads) is True:
            return text
        given = _protected(text, reads)
        read = reads_it(given.words, reads)
        if read is True:
            return text

        async def ask() -> str:
            answer = await self._asked(translating(reads), material(given.text))
            words = given.restored(translation(answer, given.text))
            still = protected(words, lambda _: True).words
            if reads_it(still, reads) is False or (read is False and words.split() == text.split()):
                raise UnusableError("another language")
            return words

        return await self._remembered("translate", text, reads, ask, payer)

    async def enhanced(self, text: str, reads: Sequence[str], payer: Payer) -> str:
        """A richer prompt, in a language that the model reads. Raises HelpFailedError."""
        given = _protected(text, reads)

        async def ask() -> str:
            answer = await self._asked(enhancing(reads), material(given.text), temperature=0.7)
            words = given.restored(enhancement(answer))
            if reads_it(protected(words, lambda _: True).words, reads) is False:
                raise UnusableError("another language")
            return words

        return await self._remembered("enhance", text, reads, ask, payer)

    async def described(self, picture: bytes, reads: Sequence[str], payer: Payer) -> str:
        """A prompt that would draw the picture (JPEG or PNG). Raises HelpFailedError."""

        async def ask() -> str:
            answer = await self._asked(describing(reads), "Describe this picture.", picture=picture)
            words = enhancement(answer)
            if reads_it(words, reads) is False:
                raise UnusableError("another language")
            return words

        return await self._answered("describe", ask, payer, self._seeing)

    async def _remembered(
        self, task: str, text: str, reads: Sequence[str], ask: Callable[[], Awaitable[str]], payer: Payer
    ) -> str:
        async def learn() -> str | None:
            try:
                return await self._answered(task, ask, payer, self._breaker)
            except _NotToldError:
                return None

        key = (task, VERSION, self._chat.model, tuple(reads), text)
        found, remembered = await self._memory.recall(key, learn)
        if found is None:
            raise HelpFailedError("it failed a moment ago" if remembered else "it failed")
        return found

    async def _answered(self, task: str, ask: Callable[[], Awaitable[str]], payer: Payer, breaker: Breaker) -> str:
        """Asks once. Raises HelpFailedError; of these, _NotToldError for failures that would happen again at once."""
        if not breaker.admit(self._now()):
            raise _NotToldError("it is not asked while it keeps failing")
        charge: int | None = None
        charged = True
        try:
            charge = await payer.pay(self._cost) if self._cost else None
            words = await ask()
            breaker.succeeded()
            return words
        except (UnusableError, DamagedError) as error:
            breaker.succeeded()
            log.warning("prompt help unusable", task=task, answered=str(error) or "a protected part is damaged")
            raise _NotToldError(str(error)) from None
        except ProviderError as error:
            charged = not isinstance(error, Unreachable)
            _note(breaker, error, self._now())
            log.warning("prompt help failed", task=task, code=error.code, error=str(error))
            raise _NotToldError(str(error)) from None
        except TimeoutError:
            breaker.failed(self._now())
            log.warning("prompt help failed", task=task, code="deadline", error="no answer in time")
            raise _NotToldError("it took too long") from None
        except BaseException:
            breaker.undecided()
            raise
        finally:
            if charge is not None:
                await payer.settle(charge, charged=charged)

    async def _asked(
        self, instructions: str, words: str, *, picture: bytes | None = None, temperature: float = 0.2
    ) -> str:
        seconds, turns = (SECONDS, self._turns) if picture is None else (SEEING_SECONDS, self._seeing_turns)
        async with asyncio.timeout(seconds), turns:
            return await self._chat.answer(
                self._session, instructions, words, picture=picture, temperature=temperature, timeout=seconds
            )


def _protected(text: str, reads: Sequence[str]) -> Protected:
    if len(text) > LONGEST:
        raise HelpFailedError(f"more than {LONGEST} characters")
    return protected(text, lambda words: reads_it(words, reads) is True)


def _note(breaker: Breaker, error: ProviderError, now: float) -> None:
    """Records a failure, unless it was about this one question only."""
    if isinstance(error, ContentRejected | InvalidParameter) or type(error) is BadAnswer:
        breaker.undecided()
    else:
        pause = error.retry_after if isinstance(error, QuotaExceeded) else None
        breaker.failed(now, at_once=isinstance(error, Unauthorized | ModelNotFound), pause=pause)


class _NotToldError(HelpFailedError):
    """A failure of the chat model, not of the payer: the next question would fail as well."""
