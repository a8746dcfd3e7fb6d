"""Words for a picture: of the chat model if it sees, else of the catalogue's models for that (`task = "describe"`)."""

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import structlog

from bot.jobs.acceptance.budget import Money, price
from bot.jobs.drawing.input_picture import LARGEST, FetchFile
from bot.jobs.drawing.prompt_help import HelpFailedError, NothingLeftError, Payer, PromptHelp
from bot.jobs.drawing.wording import CHARGED_AS
from bot.prompt.blocklist import BlockedWords
from bot.prompt.chat_answers import UnusableError, enhancement
from providers.catalog.catalog import Catalog
from providers.catalog.model import Model
from providers.charging import Charged
from providers.engines.memory import Memory
from providers.errors import ProviderError
from providers.pictures.budget import within_budget
from providers.pictures.inputs import prepare_input
from storage import Database, StorageUnavailable

log = structlog.stdlib.get_logger(__name__)

SIDE = 1024  # pixels of what is looked at
FETCH_SECONDS = 60.0
SECONDS = 90.0  # for one other than the chat model: the Horde has a queue
AT_ONCE = 4
MOST_AN_HOUR = 30  # of one account, in all processes
HOUR = timedelta(hours=1)


class NotDescribedError(Exception):
    """`code` is the end of the text's key: picture (it cannot be had), blocked, too-many, budget (nothing is left
    for it), failed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Describer:
    """Keeps what it said of a picture for ten minutes."""

    def __init__(
        self,
        db: Database,
        catalog: Catalog,
        money: Money,
        session: aiohttp.ClientSession,
        fetch_file: FetchFile,
        blocked: BlockedWords,
        help_: PromptHelp | None,
    ) -> None:
        self._db = db
        self._models = catalog.describers()
        self._money = money
        self._session = session
        self._fetch_file = fetch_file
        self._blocked = blocked
        self._help = help_
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._memory = Memory()

    @property
    def available(self) -> bool:
        """Whether there is anybody to ask."""
        return self._help is not None or bool(self._models)

    async def describe(self, file_id: str, account: int) -> str:
        """Words that would draw a picture, of at most 1000 characters, on one line. `account` pays for them (see
        `storage.records.account_of`). Raises NotDescribedError and StorageUnavailable."""

        async def learn() -> str:
            await self._count(account)
            async with self._turn():
                picture = await self._fetched(file_id)
                words = await self._words(picture, PaidByAccount(self._db, self._money, account))
            if self._blocked.found_in(words):
                raise NotDescribedError("blocked")
            return words

        words, _ = await self._memory.recall(file_id, learn)
        assert words is not None
        return words

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None, None]:
        try:
            async with asyncio.timeout(SECONDS):
                await self._turns.acquire()
        except TimeoutError:
            raise NotDescribedError("failed") from None
        try:
            yield
        finally:
            self._turns.release()

    async def _count(self, account: int) -> None:
        async with self._db.transaction() as unit:
            counted = await unit.spending.note_description(account, most=MOST_AN_HOUR, within=HOUR)
        if not counted:
            raise NotDescribedError("too-many")

    async def _fetched(self, file_id: str) -> bytes:
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                data = await self._fetch_file(file_id)
                if len(data) > LARGEST:
                    raise NotDescribedError("picture")
                return await within_budget(prepare_input, data, max_side=SIDE)
        except Exception as error:  # noqa: BLE001 - Telegram's errors, and a picture that is none, mean the same here
            log.info("no picture to describe", error=f"{type(error).__name__}: {error}")
            raise NotDescribedError("picture") from None

    async def _words(self, picture: bytes, payer: Payer) -> str:
        why = "failed"
        if self._help is not None:
            try:
                return await self._help.described(picture, ("en",), payer)
            except HelpFailedError as error:
                why = "budget" if isinstance(error, NothingLeftError) else why
                log.info("picture not described by the chat model", error=str(error))
        for model in self._models:
            try:
                return await self._asked(model, picture, payer)
            except (ProviderError, UnusableError, NothingLeftError, TimeoutError) as error:
                why = "budget" if isinstance(error, NothingLeftError) else why
                log.warning("picture not described", model=model.id, error=str(error) or type(error).__name__)
        raise NotDescribedError(why)

    async def _asked(self, model: Model, picture: bytes, payer: Payer) -> str:
        """Raises ProviderError, UnusableError, NothingLeftError and TimeoutError."""
        cost = price(model)
        charge = await payer.pay(cost) if cost else None
        counts = True
        try:
            async with asyncio.timeout(SECONDS):
                return enhancement(await model.create().describe(picture, self._session))
        except ProviderError as error:
            charged = model.provider_class.charged
            counts = charged is not Charged.NEVER and charged.counts(error)
            raise
        finally:
            if charge is not None:
                await payer.settle(charge, charged=counts)


class PaidByAccount:
    """Charges what belongs to no draw."""

    def __init__(self, db: Database, money: Money, account: int) -> None:
        self._db = db
        self._money = money
        self._account = account

    async def pay(self, amount: int) -> int | None:
        """Raises NothingLeftError and StorageUnavailable."""
        async with self._db.transaction() as unit:
            left, _ = await self._money.reserve(unit, self._account)
            if left is not None and left < amount:
                raise NothingLeftError("it would cost more than is left for today")
            attempt, number = secrets.randbelow(2**31), secrets.randbelow(2**31)  # a charge of no draw is only unique
            return await unit.spending.charge(self._account, CHARGED_AS, amount, attempt=attempt, number=number)

    async def settle(self, charge: int, *, charged: bool) -> None:
        try:
            async with self._db.transaction() as unit:
                await unit.spending.settle(charge, charged=charged)
        except StorageUnavailable as error:  # it counts until then
            log.warning("charge not settled: database unavailable", error=str(error))
