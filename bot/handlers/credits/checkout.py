"""Answers Telegram's question whether a payment may go ahead, within the ten seconds that Telegram waits.

This only reads. It is the payment itself that credits, as it was offered, whatever has changed since.
"""

import asyncio
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.handlers.credits.shop import Shop
from bot.telegram.star_calls import StarCalls
from bot.telegram.updates.inbox import RawUpdate
from bot.telegram.updates.payments import CURRENCY, offer_of
from bot.texts.fluent import Texts, choose
from storage import Database, StorageUnavailable, Unit
from storage.records import OfferKind

log = structlog.stdlib.get_logger(__name__)

LOOK = 5.0  # s for the database
ANSWER = 4  # s for the call; with LOOK it stays within Telegram's ten
RENEWAL = timedelta(days=2)  # so long before a subscription ends, a checkout may be its renewal


class Checkouts:
    """Decides on payments before they are made. `operators` are never refused as banned."""

    def __init__(
        self,
        db: Database,
        calls: StarCalls,
        texts: Texts,
        clock: Clock,
        shop: Shop,
        operators: frozenset[int],
    ) -> None:
        self._db = db
        self._calls = calls
        self._texts = texts
        self._clock = clock
        self._shop = shop
        self._operators = operators

    async def answer(self, query: RawUpdate) -> None:
        """Answers a pre-checkout `query`, as Telegram sent it. Never raises; without an answer Telegram drops the
        payment."""
        query_id, sender = query.get("id"), query.get("from")
        person = sender.get("id") if isinstance(sender, dict) else None
        if not isinstance(query_id, str) or not isinstance(sender, dict) or type(person) is not int:
            log.warning("checkout query not understood")
            return
        code, language = sender.get("language_code"), None
        try:
            async with asyncio.timeout(LOOK), self._db.read() as unit:
                language = (await unit.users.settings(person)).language
                refusal = await self._refusal(unit, person, query)
        except (TimeoutError, StorageUnavailable) as error:
            log.warning("checkout refused: database unavailable", user=person, error=str(error))
            refusal = "checkout-later"
        except Exception:
            log.exception("checkout refused: unexpected error", user=person)
            refusal = "checkout-later"
        texts = self._texts(choose(code if isinstance(code, str) else None, language))
        if refusal is not None:
            log.info("checkout refused", user=person, reason=refusal)
        await self._calls.answer_checkout(query_id, texts.get(refusal) if refusal else None, seconds=ANSWER)

    async def _refusal(self, unit: Unit, person: int, query: RawUpdate) -> str | None:
        """The key of the text that refuses the payment; None: it may go ahead."""
        offer_id, total = offer_of(query.get("invoice_payload")), query.get("total_amount")
        offer = await unit.credits.offered(offer_id) if offer_id is not None else None
        if offer is None or not self._shop.sells(offer):
            return "checkout-gone"
        if query.get("currency") != CURRENCY or total != offer.stars:
            return "checkout-gone"
        if offer.person != person:
            return "checkout-not-yours"
        if person not in self._operators and await unit.moderation.ban_of(person) is not None:
            return "checkout-banned"
        if offer.kind is OfferKind.SUBSCRIPTION:
            until = await unit.credits.subscribed_until(person)
            if until is not None and until - self._clock.now() > RENEWAL:
                return "checkout-subscribed"
        return None
