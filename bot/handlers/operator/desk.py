"""Everything that operators see and do: figures, people, models. Each act and its audit entry are one transaction."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from aiogram import Bot

from bot.clock import Clock
from bot.config import Settings
from bot.handlers.operator import cards
from bot.handlers.operator.cards import Money
from bot.jobs.models.switchboard import Switchboard
from bot.jobs.service import ImagineService
from bot.operations.usage import Period, UsageReport, gather_usage
from bot.pictures.chart import usage_chart
from bot.telegram.errors import describe
from bot.telegram.inline_check import InlineFault, inline_fault
from bot.telegram.outbox.outbox import Card, ChatGone, DeliveryFailed, Destination, Outbox
from bot.texts.fluent import LanguageTexts, Texts, choose
from providers.catalog.catalog import Catalog
from storage import Database, Unit
from storage.records import Allowance, Balance, Ban

log = structlog.stdlib.get_logger(__name__)

FRESH = 30.0  # s for which figures are remembered
MONTH, DAY = timedelta(days=30), timedelta(days=1)
ACTS = 15  # entries of the audit that are shown


class OperatorDesk:
    """The operators' acts and reports. Methods raise StorageUnavailable, and then nothing has changed."""

    def __init__(
        self,
        db: Database,
        catalog: Catalog,
        settings: Settings,
        service: ImagineService,
        outbox: Outbox,
        texts: Texts,
        clock: Clock,
        switchboard: Switchboard,
        bot: Bot,
    ) -> None:
        self._db = db
        self._catalog = catalog
        self._settings = settings
        self._service = service
        self._outbox = outbox
        self._texts = texts
        self._clock = clock
        self._switchboard = switchboard
        self._bot = bot
        self._reports: dict[Period, tuple[float, UsageReport]] = {}
        self._gathering = asyncio.Lock()

    def is_operator(self, user_id: int) -> bool:
        return user_id in self._settings.admin_ids

    # -- reports

    async def usage(self, texts: LanguageTexts, period: Period) -> Card:
        report = await self._report(period)
        async with self._db.read() as unit:
            paused = await unit.switches.paused()
        card = cards.usage_card(texts, report, self._catalog, paused=paused)
        told = await self._inline(texts)
        return replace(card, text=f"{card.text}\n\n{told}") if told else card

    async def _inline(self, texts: LanguageTexts) -> str:
        """What has to be done for inline mode; "": nothing, or Telegram does not answer."""
        media_chat = self._settings.media_chat_id
        try:
            fault = await inline_fault(self._bot, media_chat)
        except Exception as error:  # noqa: BLE001 - the figures are what was asked for
            log.info("inline mode not checked", error=describe(error))
            return ""
        if fault is None:
            return ""
        values = {"chat": str(media_chat)} if fault is InlineFault.NO_RIGHTS else {}
        return texts.html(f"admin-inline-{fault}", **values)

    async def chart(self, texts: LanguageTexts, period: Period) -> Card:
        report = await self._report(period)
        picture = await asyncio.to_thread(usage_chart, report.bars, hourly=period is Period.TODAY)
        return Card(texts.html("admin-usage", since=f"{report.since:%Y-%m-%d %H:%M}"), preview=picture)

    async def models(self, texts: LanguageTexts) -> Card:
        async with self._db.read() as unit:
            state = await unit.switches.state()
        return cards.switches_card(texts, self._catalog, state, own_keys=self._settings.allow_own_keys)

    async def audit(self, texts: LanguageTexts) -> Card:
        async with self._db.read() as unit:
            acts = await unit.moderation.acts(limit=ACTS)
            return cards.audit_card(texts, acts, await unit.moderation.names_of([entry.by for entry in acts]))

    async def person(self, texts: LanguageTexts, person: int) -> Card:
        now = self._clock.now()
        async with self._db.read() as unit:
            acts = await unit.moderation.acts(subject=person, limit=5)
            day, month = await unit.usage.costs(now - DAY, person), await unit.usage.costs(now - MONTH, person)
            return cards.person_card(
                texts,
                person,
                name=await unit.moderation.name_of(person),
                standing=(await unit.moderation.ban_of(person), await unit.moderation.allowance(person)),
                counts=await unit.usage.of_person(person, now - MONTH),
                costs=(sum(day.values()), sum(month.values())),
                newest=await unit.usage.newest_of(person),
                acts=acts,
                names=await unit.moderation.names_of([entry.by for entry in acts]),
                catalog=self._catalog,
                money=await self._money(unit, person),
            )

    async def _money(self, unit: Unit, person: int) -> Money | None:
        plan = self._settings.credit_plan
        has = await unit.credits.balance(person, free=plan.free if plan is not None else 0)
        payments = await unit.credits.payments_of(person)
        nothing = plan is None and not payments and has == Balance()
        return None if nothing else Money(has, payments)

    async def id_of(self, who: str) -> int | None:
        """The id for an id or a @name as typed; None: no person of that name has used the bot."""
        if not who.startswith("@"):
            return int(who)
        async with self._db.read() as unit:
            return await unit.moderation.by_name(who)

    # -- acts

    async def ban(
        self, texts: LanguageTexts, by: int, person: int, term: timedelta | None, reason: str
    ) -> tuple[bool, str]:
        """Bans a person and cancels their open requests. Returns whether it was done, and the sentence that says so."""
        if person == by:
            return False, texts.html("admin-ban-oneself")
        if self.is_operator(person):
            return False, texts.html("admin-ban-operator")
        until = self._until(term)
        async with self._db.transaction() as unit:
            await unit.moderation.ban(person, Ban(reason or None, until))
            await unit.moderation.note(by, "ban", person, f"{cards.ban_end(texts, until)} {reason}".strip())
        await self._service.cancel_all(person)
        return True, texts.html("admin-banned", id=str(person), until=cards.ban_end(texts, until))

    async def unban(self, by: int, person: int) -> None:
        async with self._db.transaction() as unit:
            await unit.moderation.unban(person)
            await unit.moderation.note(by, "unban", person)

    async def allow(self, by: int, person: int, allowance: Allowance) -> None:
        if allowance.exempt:
            detail = "exempt"
        elif allowance == Allowance():
            detail = "as everybody"
        else:
            detail = f"requests {allowance.daily_limit}, cost {allowance.daily_cost} millionths"
        async with self._db.transaction() as unit:
            await unit.moderation.allow(person, allowance)
            await unit.moderation.note(by, "limits", person, detail)

    async def message(self, texts: LanguageTexts, by: int, person: int, words: str) -> str:
        """Sends `words` to the person's private chat with the bot. Returns the sentence that says whether they
        arrived."""
        async with self._db.read() as unit:
            language = (await unit.users.settings(person)).language
        theirs = self._texts(choose(None, language))
        try:
            await self._outbox.reply(Destination(person), Card(theirs.html("operator-message", words=words)))
        except (ChatGone, DeliveryFailed) as error:
            return texts.html("admin-message-failed", reason=error.reason)
        async with self._db.transaction() as unit:
            await unit.moderation.note(by, "message", person, words)
        return texts.html("admin-message-sent")

    async def switch(self, by: int, model: str, sentence: str, *, on: bool) -> bool:
        """Switches a model on or off. False: there is no such model."""
        if model not in self._catalog:
            return False
        async with self._db.transaction() as unit:
            if on:
                await unit.switches.switch_on(model)
            else:
                await unit.switches.switch_off(model, sentence)
            await unit.moderation.note(by, "model on" if on else "model off", None, f"{model} {sentence}".strip())
            await self._switchboard.reread(unit)
        return True

    async def pause(self, by: int, sentence: str, *, on: bool) -> None:
        async with self._db.transaction() as unit:
            if on:
                await unit.switches.pause(sentence)
            else:
                await unit.switches.resume()
            await unit.moderation.note(by, "pause" if on else "resume", None, sentence or None)

    def _until(self, term: timedelta | None) -> datetime | None:
        return cards.until_of(self._clock.now(), term)

    async def _report(self, period: Period) -> UsageReport:
        async with self._gathering:  # two operators at once cause one query
            known = self._reports.get(period)
            if known is not None and self._clock.monotonic() - known[0] < FRESH:
                return known[1]
            report = await gather_usage(self._db, period, self._clock.now())
            self._reports[period] = self._clock.monotonic(), report
            return report
