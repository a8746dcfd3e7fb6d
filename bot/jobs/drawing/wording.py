"""The prompt that a draw's model gets: the person's own, or its translation or enhancement.

It is decided once a draw, and stored before the back-end has the job. So a repeated draw uses the same prompt, and
people can see and copy it. Without help the person's own prompt is used, and the caption says so.
"""

from dataclasses import replace

import structlog

from bot.jobs.acceptance.budget import Money
from bot.jobs.acceptance.parameters import image_request
from bot.jobs.drawing.bill import FenceLostError
from bot.jobs.drawing.prompt_help import HelpFailedError, NothingLeftError, PromptHelp
from bot.prompt.blocklist import BlockedWords
from bot.prompt.languages import looks_foreign
from providers.catalog.model import Model
from providers.errors import InvalidParameter
from storage import Database, StorageUnavailable
from storage.records import Draw, DrawnWords, Request

log = structlog.stdlib.get_logger(__name__)

CHARGED_AS = "prompt-model"  # in the charges, where models stand
_OWN = DrawnWords()


class BlockedWordsError(Exception):
    """The translated prompt contains blocked words, so it is not drawn."""


class Wording:
    """Without `help` all prompts are used as they are."""

    def __init__(self, db: Database, money: Money, blocked: BlockedWords, help_: PromptHelp | None) -> None:
        self._db = db
        self._money = money
        self._blocked = blocked
        self._help = help_

    async def of(self, draw: Draw, request: Request, model: Model, prompt: str, *, pictures: int) -> DrawnWords:
        """The prompt and negative prompt that this model gets, for this many input pictures. A field that is None: the
        person's own.

        Raises BlockedWordsError, FenceLostError and StorageUnavailable.
        """
        if draw.words is not None:
            return draw.words
        if self._help is None or draw.ticket is not None:  # that job has its words already
            return _OWN
        words = await self._decided(self._help, draw, request, model, prompt, pictures)
        if words != _OWN:
            async with self._db.transaction() as unit:
                mine = await unit.draws.set_words(draw.id, draw.attempt, words)
            if not mine:
                raise FenceLostError
        return words

    async def _decided(
        self, help_: PromptHelp, draw: Draw, request: Request, model: Model, prompt: str, pictures: int
    ) -> DrawnWords:
        asked, reads = request.parameters, model.reads
        payer = PaidByDraw(self._db, self._money, request, draw)
        words = _OWN
        instruction = model.capabilities.edits and pictures > 0  # richer, it would say more than is to be changed
        if asked.enhance and not instruction:
            try:
                richer = await help_.enhanced(prompt, reads, payer)
            except HelpFailedError:
                return DrawnWords(failed="enhance")
            if self._blocked.found_in(richer) or not _drawable(model, request, richer):
                log.info("enhanced prompt not drawn: blocked words, or too long", request=request.id)
                return DrawnWords(failed="enhance")
            words = replace(words, prompt=richer)
        elif asked.translate and reads:
            try:
                words = replace(words, prompt=self._checked(await help_.translated(prompt, reads, payer), prompt))
            except HelpFailedError:
                # A prompt that may be English already needs no note in the caption.
                return DrawnWords(failed="translate") if looks_foreign(prompt, reads) else _OWN
        negative = asked.negative_prompt
        if negative and asked.translate and reads and model.capabilities.takes("negative_prompt"):
            try:
                other = await help_.translated(negative, reads, payer)
                words = replace(words, negative_prompt=other if other.split() != negative.split() else None)
            except HelpFailedError:
                words = replace(words, failed="translate" if looks_foreign(negative, reads) else None)
        if words.prompt is not None and not _drawable(model, request, words.prompt):
            return DrawnWords(failed="translate")
        return words

    def _checked(self, translated: str, own: str) -> str | None:
        """The translation; None: it equals the prompt. Raises BlockedWordsError."""
        if translated.split() == own.split():  # line breaks mean nothing to a model
            return None
        if self._blocked.found_in(translated):
            raise BlockedWordsError
        return translated


def _drawable(model: Model, request: Request, words: str) -> bool:
    """Whether the model takes words of this length."""
    try:
        model.create().prepare(image_request(model, words, replace(request.parameters, count=1)))
    except InvalidParameter:
        return False
    return True


class PaidByDraw:
    """Charges questions about a draw's prompt to its account."""

    def __init__(self, db: Database, money: Money, request: Request, draw: Draw) -> None:
        self._db = db
        self._money = money
        self._request = request
        self._draw = draw
        self._asked = 0

    async def pay(self, amount: int) -> int | None:
        """Raises NothingLeftError and StorageUnavailable."""
        async with self._db.transaction() as unit:
            left, _ = await self._money.reserve(unit, self._request.account)
            if left is not None and left < amount:
                raise NothingLeftError("it would cost more than is left for today")
            number = -self._asked  # the numbers of the draw's own jobs begin with 1
            self._asked += 1
            return await unit.spending.charge(
                *(self._request.account, CHARGED_AS, amount),
                draw_id=self._draw.id,
                attempt=self._draw.attempt,
                number=number,
            )

    async def settle(self, charge: int, *, charged: bool) -> None:
        try:
            async with self._db.transaction() as unit:
                await unit.spending.settle(charge, charged=charged)
        except StorageUnavailable as error:  # it counts until then
            log.warning("charge not settled: database unavailable", error=str(error))
